"""The words of a label, to be written: its name, prompts, counter-prompts and phrasings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.virtuals import contained
from app.widgets.icons import icon

if TYPE_CHECKING:
    from app.theme import Theme
    from core.library import Label

LONGEST = 300
LONGEST_NAME = 200


class Texts(QWidget):
    """Lines of text, one field each; another one comes by the button below or by Enter.

    `hint` stands in the first field while nothing is written; `each` is what a screen reader calls
    a field.
    """

    edited = Signal()

    def __init__(self, title: str, hint: str, each: str, add: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._each = each
        self._hint = hint
        self._fields: list[QLineEdit] = []
        self._lines: list[QWidget] = []
        heading = QLabel(title)
        heading.setProperty("role", "section")
        self.add = QPushButton(add)
        self.add.setProperty("link", True)
        self.add.clicked.connect(self.add_field)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(heading)
        whole.addLayout(self._column)
        whole.addLayout(foot)

    @property
    def fields(self) -> list[QLineEdit]:
        """Where one writes."""
        return list(self._fields)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written, without what is empty or said twice."""
        texts = (" ".join(field.text().split()) for field in self._fields)
        return tuple(dict.fromkeys(text for text in texts if text))

    def set_hint(self, hint: str) -> None:
        """Propose another text in the first field."""
        self._hint = hint
        if self._fields:
            self._fields[0].setPlaceholderText(hint)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for line in self._lines:
            button = line.findChild(QToolButton)
            if isinstance(button, QToolButton):
                button.setIcon(icon("x", theme.colour("dim"), 14))

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show these, in fields; one that is empty where there are none."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._fields, self._lines = [], []
        for text in texts or ("",):
            self._add(text)

    @Slot()
    def add_field(self) -> None:
        """Another field, to write in at once; the last one where that is still empty."""
        if not self._fields or self._fields[-1].text().strip():
            self._add("")
        self._fields[-1].setFocus()

    def _add(self, text: str) -> None:
        field = QLineEdit(text)
        field.setMaxLength(LONGEST)
        field.setAccessibleName(self._each)
        field.setCursorPosition(0)
        field.textEdited.connect(self.edited)
        field.installEventFilter(self)
        if not self._fields:
            field.setPlaceholderText(self._hint)
        remove = QToolButton()
        remove.setIcon(icon("x", self._theme.colour("dim"), 14))
        remove.setToolTip(self.tr("Remove"))
        remove.setAccessibleName(
            self.tr("Remove {what}").format(what=wording.shown(text) or self._each)
        )
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(field, 1)
        row.addWidget(remove)
        remove.clicked.connect(lambda: self._remove(line, field))
        self._fields.append(field)
        self._lines.append(line)
        self._column.addWidget(line)

    def _remove(self, line: QWidget, field: QLineEdit) -> None:
        if len(self._fields) == 1:
            field.clear()
            field.setFocus()
        else:
            at = self._fields.index(field)
            self._fields.remove(field)
            self._lines.remove(line)
            self._column.removeWidget(line)
            self._fields[max(0, at - 1)].setFocus()
            line.hide()
            line.deleteLater()
        self.edited.emit()

    @contained(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to another field."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if (
            pressed
            and watched in self._fields
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)  # type: ignore[attr-defined]
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier  # type: ignore[attr-defined]
        ):
            self.add_field()
            return True
        return super().eventFilter(watched, event)


class LabelForm(QWidget):
    """Everything that can be written about a label; `edited` whenever something is."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self.name = QLineEdit()
        self.name.setObjectName("label_name")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("receipt, our red tent, heron …"))
        self.name.setAccessibleName(self.tr("Name of the label"))
        self.prompts = Texts(
            self.tr("What its photos show"),
            self.tr("what the name says"),
            self.tr("Prompt"),
            self.tr("+ Another description"),
            theme,
        )
        self.against = Texts(
            self.tr("But not"),
            self.tr("what looks alike and is not meant"),
            self.tr("Counter-prompt"),
            self.tr("+ Another one"),
            theme,
        )
        self.templates = Texts(
            self.tr("Phrasings"),
            self.tr("the usual ones, or: a blurry photo of {}"),
            self.tr("Phrasing, {} stands for the description"),
            self.tr("+ Another phrasing"),
            theme,
        )
        self.parent_label = QComboBox()
        self.parent_label.setAccessibleName(self.tr("Only among photos of"))
        self.group = QLineEdit()
        self.group.setMaxLength(LONGEST_NAME)
        self.group.setPlaceholderText(self.tr("none: it is judged alone"))
        self.group.setAccessibleName(self.tr("Exactly one label of the group fits"))
        self.more = QPushButton(self.tr("More"))
        self.more.setProperty("quiet", True)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_more)
        self._more = QWidget()
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(6)
        more.addWidget(self.templates)
        for text, field in (
            (self.tr("Only among photos of"), self.parent_label),
            (self.tr("Group of which exactly one fits"), self.group),
        ):
            heading = QLabel(text)
            heading.setProperty("role", "section")
            more.addSpacing(8)
            more.addWidget(heading)
            more.addWidget(field)
        name = QLabel(self.tr("Name"))
        name.setProperty("role", "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(name)
        column.addWidget(self.name)
        column.addSpacing(10)
        column.addWidget(self.prompts)
        column.addSpacing(10)
        column.addWidget(self.against)
        column.addSpacing(6)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addStretch(1)
        for texts in (self.prompts, self.against, self.templates):
            texts.edited.connect(self.edited)
        self.name.textEdited.connect(self._name_edited)
        self.group.textEdited.connect(self.edited)
        self.parent_label.activated.connect(self.edited)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for texts in (self.prompts, self.against, self.templates):
            texts.set_theme(theme)
        self.more.setIcon(icon("chevron-down", theme.colour("dim")))

    def show_label(self, label: Label, parents: Sequence[str]) -> None:
        """Write about a label. `parents`: names of labels that it can be judged below."""
        self._label = label
        self.name.setText(label.name)
        self.prompts.show_texts(label.prompts)
        self.against.show_texts(label.against)
        self.templates.show_texts(label.templates)
        self.group.setText(label.group)
        self.parent_label.clear()
        self.parent_label.addItem(self.tr("all photos"), "")
        for name in parents:
            self.parent_label.addItem(wording.shown(name), name)
        self.parent_label.setCurrentIndex(max(0, self.parent_label.findData(label.parent)))
        self.more.setChecked(bool(label.templates or label.parent or label.group))
        self._show_more(self.more.isChecked())
        self._propose()

    def written(self) -> Label | None:
        """The label as it is written; None while nothing says what it means."""
        name = " ".join(self.name.text().split())
        prompts = self.prompts.texts or ((name,) if name else ())
        if self._label is None or not prompts:
            return None
        return replace(
            self._label,
            name=name or prompts[0],
            prompts=prompts,
            against=self.against.texts,
            templates=self.templates.texts,
            parent=str(self.parent_label.currentData() or ""),
            group=" ".join(self.group.text().split()),
        )

    @Slot()
    def _name_edited(self) -> None:
        self._propose()
        self.edited.emit()

    def _propose(self) -> None:
        name = " ".join(self.name.text().split())
        self.prompts.set_hint(name or self.tr("what the name says"))

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
