"""The label sets that Souvenir comes with, to be switched on and off as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from app import wording
from app.labels.words import label_set_texts
from app.language import core_text
from app.session import sentence
from app.widgets.dialog import Dialog
from app.widgets.question import Question
from app.widgets.steady_scroll_area import SteadyScrollArea

if TYPE_CHECKING:
    from app.labels.actions import LabelActions
    from app.session import Session
    from core.library import Label, LabelSet, Library

NAMED = 12  # labels of a set that are named
SIZE = QSize(600, 620)
LEAST_HEIGHT = 160


class SetRow(QFrame):
    """One set: its switch, what is in it, and what should be known before it is switched on."""

    def __init__(self, label_set: LabelSet, switched: Callable[[LabelSet, bool], None]) -> None:
        super().__init__()
        self.setObjectName("label_set")
        self.label_set = label_set
        self._switched = switched
        name, description = label_set_texts(label_set.key, label_set.name, label_set.description)
        self.switch = QCheckBox(name.replace("&", "&&"))
        self.switch.clicked.connect(self._clicked)
        named = ", ".join(wording.shown(label.name) for label in label_set.labels[:NAMED])
        if len(label_set.labels) > NAMED:
            named += " …"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 8)
        column.setSpacing(2)
        column.addWidget(self.switch)
        for text, kind in ((description, ""), (named, "dim")):
            if text:
                line = QLabel(text)
                line.setTextFormat(Qt.TextFormat.PlainText)
                line.setWordWrap(True)
                line.setProperty("class", kind)
                line.setContentsMargins(26, 0, 0, 0)
                column.addWidget(line)
        self.switch.setAccessibleDescription(f"{description} {named}")

    def show_on(self, active: int) -> None:
        """Show how many of its labels are switched on."""
        whole = len(self.label_set.labels)
        state = Qt.CheckState.PartiallyChecked
        if active in (0, whole):
            state = Qt.CheckState.Checked if active else Qt.CheckState.Unchecked
        self.switch.setCheckState(state)

    def _clicked(self, on: bool) -> None:
        self._switched(self.label_set, on)


class LabelSetsDialog(Dialog):
    """Asks the library what there is; `show_labels` tells which labels it has by now."""

    def __init__(self, session: Session, actions: LabelActions, parent: QWidget) -> None:
        super().__init__(
            self.tr("Label sets"),
            parent,
            text=self.tr(
                "Labels to begin with. Each has its line and its words, which you can change; "
                "what is switched off keeps what you said by hand."
            ),
            cancel=self.tr("Close"),
        )
        self._session = session
        self._actions = actions
        self.rows: list[SetRow] = []
        inside = QWidget()
        inside.setObjectName("label_sets")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._scroll = SteadyScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setMinimumHeight(LEAST_HEIGHT)
        self.content.addWidget(self._scroll, 1)
        self.resize(SIZE.boundedTo(parent.size()))
        self._session.ask("reading", _built_in, self._take, self._fail)

    def _take(self, sets: Sequence[LabelSet]) -> None:
        for label_set in sets:
            row = SetRow(label_set, self._switch)
            self._column.addWidget(row)
            self.rows.append(row)
        self._column.addStretch(1)
        self.show_labels()

    def _fail(self, error: Exception) -> None:
        self.tell_problem(sentence(error))

    @Slot()
    def show_labels(self) -> None:
        """The library has these labels now."""
        active = {label.name.casefold() for label in self._actions.labels if label.active}
        for row in self.rows:
            names = {label.name.casefold() for label in row.label_set.labels}
            row.show_on(len(names & active))
            row.switch.setEnabled(self._session.writable)

    def _switch(self, label_set: LabelSet, on: bool) -> None:
        if on and label_set.notice:
            title = self.tr("Before you switch this on")
            question = Question(title, core_text(label_set.notice), self.tr("Switch on"), self)
            question.accepted.connect(partial(self._do, label_set, True))
            question.rejected.connect(self.show_labels)
            question.finished.connect(question.deleteLater)
            question.open()
        else:
            self._do(label_set, on)

    def _do(self, label_set: LabelSet, on: bool) -> None:
        here = {label.name.casefold(): label for label in self._actions.labels}
        names = [label.name.casefold() for label in label_set.labels]
        known = [here[name] for name in names if name in here]
        other = {label.id: on for label in known if label.active != on}
        missing: list[Label] = [
            label for label in label_set.labels if label.name.casefold() not in here
        ]
        if other:
            self._actions.switch_all(other)
        if on and missing:
            self._actions.create(missing)


def _built_in(library: Library) -> Sequence[LabelSet]:
    return library.labels.built_in()
