"""The label sets that Souvenir comes with, to be switched on and off as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from app import wording
from app.background import CancelToken
from app.labels.built_in import own_word, those_missing, those_there
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
        name, description = own_word(label_set.name), own_word(label_set.description)
        self.switch = QCheckBox(name.replace("&", "&&"))
        self.switch.clicked.connect(self._clicked)
        named = ", ".join(wording.shown(own_word(label.name)) for label in label_set.labels[:NAMED])
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

    def show_on(self, labels: Sequence[Label]) -> None:
        """Show whether it is switched on, where the library has these labels.

        Those that come switched off do not count: they are there to be switched on one by one.
        """
        there = those_there(self.label_set.labels, labels)
        on = [n in there and there[n].active for n in _switched_along(self.label_set)]
        state = Qt.CheckState.PartiallyChecked
        if all(on):
            state = Qt.CheckState.Checked
        elif not any(label.active for label in there.values()):
            state = Qt.CheckState.Unchecked
        self.switch.setTristate(state == Qt.CheckState.PartiallyChecked)
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
        self._token = CancelToken()
        self._session.ask("reading", _built_in, self._take, self._fail, self._token)

    def done(self, result: int) -> None:
        """Closed: what there is need not be shown any more."""
        self._token.cancel()
        super().done(result)

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
        for row in self.rows:
            row.show_on(self._actions.labels)
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
        labels = self._actions.labels
        there = those_there(label_set.labels, labels)
        along = _switched_along(label_set) if on else list(there)
        other = {there[name].id: on for name in along if name in there and there[name].active != on}
        if other:
            self._actions.switch_all(other)
        if on and (missing := those_missing(label_set.labels, labels)):
            self._actions.create(missing)


def _switched_along(label_set: LabelSet) -> list[str]:
    """The names of the labels that are switched on with their set."""
    return [label.name for label in label_set.labels if label.active]


def _built_in(library: Library) -> Sequence[LabelSet]:
    return library.labels.built_in()
