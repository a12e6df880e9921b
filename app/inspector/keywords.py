"""Keywords as chips, with a field to add one that offers those that exist."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app import wording
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.flow_layout import FlowLayout
from app.widgets.icons import icon

OFFERED = 8


class Chip(QWidget):
    """One keyword with a button that takes it off. `partly`: only some of the photos have it."""

    removed = Signal(str)

    def __init__(self, word: str, note: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("partly", bool(note))
        self.word = word
        text = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        text.setText(wording.shown(word))
        self.setToolTip(note or word)
        self.button = QPushButton()
        self.button.setProperty("link", True)
        self.button.setFixedSize(18, 18)
        self.set_theme(theme)
        self.button.setAccessibleName(self.tr("Remove {word}").format(word=word))
        self.button.clicked.connect(partial(self.removed.emit, word))
        self._line = QHBoxLayout(self)
        self._line.setSpacing(2)
        self._line.addWidget(text)
        self._line.addWidget(self.button)
        self.set_writable(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.button.setIcon(icon("x", theme.colour("dim"), 12))

    def set_writable(self, writable: bool) -> None:
        """Whether it can be taken off."""
        self.button.setVisible(writable)
        self._line.setContentsMargins(8, 2, 3 if writable else 8, 2)


class Keywords(QWidget):
    """The keywords of what is inspected.

    `added` and `removed` carry one keyword; `asked` what was typed, for `offer` to answer.
    """

    added = Signal(str)
    removed = Signal(str)
    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: dict[str, int] = {}
        self._photos = 0
        self._chips: list[Chip] = []
        self._writable = True
        self._flow = FlowLayout(self)
        self.field = QLineEdit()
        self.field.setObjectName("inline_edit")
        self.field.setPlaceholderText(self.tr("Add a keyword"))
        self.field.setAccessibleName(self.tr("Add a keyword"))
        self.field.setMinimumWidth(120)
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take_offer, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(self._enter)
        self.field.installEventFilter(self)
        self._flow.addWidget(self.field)

    @property
    def words(self) -> list[str]:
        """What the chips say."""
        return [chip.word for chip in self._chips]

    @property
    def counts(self) -> dict[str, int]:
        """The keywords, with how many of the photos have each."""
        return dict(self._words)

    def show_words(self, words: Mapping[str, int], photos: int) -> None:
        """Show keywords, with how many of the photos have each."""
        if dict(words) == self._words and photos == self._photos:
            return
        self._words, self._photos = dict(words), photos
        self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for chip in self._chips:
            chip.set_theme(theme)

    def set_writable(self, writable: bool) -> None:
        """Whether they can be changed."""
        self._writable = writable
        self.field.setVisible(writable)
        for chip in self._chips:
            chip.set_writable(writable)

    @Slot(list)
    def offer(self, words: list[str]) -> None:
        """Offer keywords that exist for what was typed."""
        offers = [word for word in words if self._words.get(word, 0) < self._photos]
        self._offers.setStringList(offers[:OFFERED])
        if offers and self.field.hasFocus() and self.field.text():
            self.field.completer().complete()

    def _rebuild(self) -> None:
        self._flow.setEnabled(False)  # else all of them would find their places anew for each
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.field)
        self._chips = []
        for word, count in self._words.items():
            note = ""
            if count < self._photos:
                note = self.tr("{n} of {photos}").format(
                    n=wording.number(count), photos=wording.photos(self._photos)
                )
            chip = Chip(word, note, self._theme, self)
            chip.removed.connect(self.removed)
            chip.set_writable(self._writable)
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        self._flow.addWidget(self.field)
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.updateGeometry()

    @Slot(str)
    def _edited(self, text: str) -> None:
        if "," in text:  # as people type lists
            self._enter()
        elif text.strip():
            self.asked.emit(text.strip())

    @Slot(str)
    def _take_offer(self, word: str) -> None:
        self.field.clear()
        self._add(word)

    @Slot()
    def _enter(self) -> None:
        typed = self.field.text()
        self.field.clear()
        for word in typed.split(","):
            self._add(word)

    def _add(self, word: str) -> None:
        word = " ".join(word.split())
        if word and self._words.get(word, 0) < max(self._photos, 1):
            self.added.emit(word)

    @contained(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty field goes to the last chip; Esc empties the field."""
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape:
            if pressed:
                self.field.clear()
                self.field.clearFocus()
            event.accept()  # a shortcut of the window would take the key otherwise
            return True
        if pressed and event.key() == Qt.Key.Key_Backspace and not self.field.text():
            if self._chips:
                self._chips[-1].button.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)
