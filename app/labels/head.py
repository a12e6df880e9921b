"""The line at the top of a label: its name, the words it goes by, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from app import wording
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.theme import Theme
    from core.library import Label

CHIPS = 4
CHIP_WIDEST = 190
NARROW = 640  # without chips
NARROWER = 420  # without the note


class PromptChip(QPushButton):
    """A prompt, shortened where it must be; a click leads to where it is changed."""

    def __init__(self, text: str, *, against: bool) -> None:
        super().__init__()
        self.setObjectName("prompt_chip")
        self.setProperty("against", against)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._whole = self.tr("not: {prompt}").format(prompt=text) if against else text
        self.setToolTip(self.tr("{prompt}\nChange the prompts").format(prompt=self._whole))
        self.setAccessibleName(self.tr("Prompt {prompt}").format(prompt=self._whole))

    def shorten(self, width: int) -> None:
        """Be no wider than this."""
        room = max(24, width - 22)
        shown = wording.shown(self._whole)
        text = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))


class LabelHead(QWidget):
    """Shows a label. `menu` makes what the dots open, when they do.

    `prompts_asked` to change the words, `teach_asked` for photos to judge, `undo_asked` to take
    back what was done to the label last.
    """

    prompts_asked = Signal()
    teach_asked = Signal()
    undo_asked = Signal()

    def __init__(
        self, theme: Theme, menu: Callable[[], QMenu], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make_menu = menu
        self._chips: list[QPushButton] = []
        self.name = ElidedLabel()
        self.name.setProperty("role", "heading")
        self.name.setSizePolicy(
            self.name.sizePolicy().horizontalPolicy(), self.name.sizePolicy().verticalPolicy()
        )
        self._chip_line = QHBoxLayout()
        self._chip_line.setSpacing(6)
        self.change = QPushButton(self.tr("+ prompt"))
        self.change.setProperty("link", True)
        self.change.setObjectName("add_prompt")
        self.change.setAccessibleName(self.tr("Change the prompts"))
        self.change.clicked.connect(self.prompts_asked)
        self.note = QLabel()
        self.note.setProperty("class", "dim")
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.clicked.connect(self.undo_asked)
        self.undo.hide()
        self.teach = QPushButton(self.tr("Teach"))
        self.teach.setObjectName("teach")
        self.teach.setProperty("primary", True)
        self.teach.setToolTip(
            self.tr(
                "Say yes or no to the photos whose answer helps most: the label learns at once."
            )
        )
        self.teach.clicked.connect(self.teach_asked)
        self.more = QToolButton()
        self.more.setAccessibleName(self.tr("More about this label"))
        self.more.setToolTip(self.tr("More"))
        self.more.clicked.connect(self._open_menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.name)
        line.addLayout(self._chip_line)
        line.addWidget(self.change)
        line.addStretch(1)
        line.addWidget(self.note)
        line.addWidget(self.undo)
        line.addWidget(self.teach)
        line.addWidget(self.more)
        self.set_theme(theme)

    @contained(QSize)
    def minimumSizeHint(self) -> QSize:
        """The name gives way to everything else."""
        return QSize(220, super().minimumSizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.more.setIcon(icon("ellipsis", theme.colour("text")))

    def set_writable(self, writable: bool) -> None:
        """Whether the label can be changed."""
        for part in (self.change, self.teach, self.more):
            part.setVisible(writable)

    def offer_undo(self, what: str) -> None:
        """Offer to take back what was done last, in the words of the menu; "" for nothing."""
        had_keys = self.undo.hasFocus()
        self.undo.setToolTip(what)
        self.undo.setAccessibleName(what or self.tr("Undo"))
        self.undo.setVisible(bool(what))
        if had_keys and not what:
            self.teach.setFocus()
        self._fit()

    def show_label(self, label: Label, note: str) -> None:
        """Show a label, and what there is to say of it."""
        self.name.setText(wording.shown(label.name))
        self.note.setText(note)
        for chip in self._chips:
            self._chip_line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        prompts = [(text, False) for text in label.prompts]
        prompts += [(text, True) for text in label.against]
        self._chips = []
        for text, against in prompts[:CHIPS]:
            self._add_chip(PromptChip(text, against=against))
        if len(prompts) > CHIPS:
            more = QPushButton(f"+{len(prompts) - CHIPS}")
            more.setObjectName("prompt_chip")
            more.setAccessibleName(
                self.tr("{n} more prompts").format(n=wording.number(len(prompts) - CHIPS))
            )
            self._add_chip(more)
        self._fit()

    def _add_chip(self, chip: QPushButton) -> None:
        chip.clicked.connect(self.prompts_asked)
        self._chips.append(chip)
        self._chip_line.addWidget(chip)

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room, or more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The name first, then what can be done, then the words as far as there is room."""
        self.note.setVisible(self.width() >= self._theme.px(NARROWER) and bool(self.note.text()))
        beside = [
            part
            for part in (self.change, self.note, self.undo, self.teach, self.more)
            if not part.isHidden()
        ]
        room = self.width() - sum(part.sizeHint().width() + 10 for part in beside) - 10
        room -= min(self.name.sizeHint().width(), self.width() // 3)
        wide = self.width() >= self._theme.px(NARROW)
        for chip in self._chips:
            if isinstance(chip, PromptChip):
                chip.shorten(self._theme.px(CHIP_WIDEST))
            width = chip.sizeHint().width() + 6
            chip.setVisible(wide and width <= room)
            room = room - width if wide and width <= room else 0

    @Slot()
    def _open_menu(self) -> None:
        menu = self._make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)
