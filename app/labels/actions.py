"""What a person does with labels: making, naming, switching, removing, tagging by hand, the line.

Every bit of it can be undone. What is asked of the library is asked on threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app import wording
from app.labels.words import one_label_texts
from app.language import core_text
from app.search.history import SearchHistory
from app.widgets.question import Question

if TYPE_CHECKING:
    from app.session import Session
    from app.undo import Entry, Undo
    from core.catalog.edits import Edit
    from core.library import Label, Library

SETTLE_SECONDS = 5.0  # at most, before it is asked what would be lost

# core.library is imported inside the functions: the window is up before core is.


@dataclass(frozen=True)
class Renaming:
    """Makes the edit that names a label, as it is when everything before it is done."""

    label_id: int
    name: str

    def __call__(self, library: Library) -> Edit:
        """On a thread: look what the label is."""
        from core.library import ChangeLabel

        return ChangeLabel(replace(library.labels.label(self.label_id), name=self.name))


class LabelActions(QObject):
    """Makes edits for `undo`. `window` is what questions belong to.

    `asked(what, label id)`: "new", "sets", "import" and "export" with 0, "teach" and "prompts" with
    a label are for others. `new_asked`: a label that is called so, "" for not known yet, and the
    photos that it is for. `removed`: a sentence for a notice that offers to undo it. `answering`:
    something is about to be said by hand of photos and a label. `done`: what is undone next is
    another.
    """

    asked = Signal(str, int)
    new_asked = Signal(str, list)
    answering = Signal(int)
    done = Signal()
    removed = Signal(str)

    def __init__(self, session: Session, undo: Undo, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._undo = undo
        self._window = window
        self._labels: dict[int, Label] = {}
        self.used = SearchHistory(None, "labels/used")
        self._about: WeakKeyDictionary[Entry, int] = WeakKeyDictionary()  # by label id

    def keep_used(self, settings: QSettings | None) -> None:
        """Remember in `settings` which labels were used last."""
        self.used = SearchHistory(settings, "labels/used")

    @property
    def labels(self) -> list[Label]:
        """The labels of the library, by name."""
        return list(self._labels.values())

    def label(self, label_id: int) -> Label | None:
        """One of them."""
        return self._labels.get(label_id)

    def take(self, labels: Sequence[Label]) -> None:
        """These are the labels of the library now."""
        self._labels = {label.id: label for label in labels}

    @Slot(str, int)
    def act(self, what: str, label_id: int) -> None:
        """Do what a menu offers; see `label_words`."""
        if what == "switch":
            self.switch(label_id)
        elif what == "remove":
            self.ask_to_remove(label_id)
        else:
            self.asked.emit(what, label_id)

    def menu(self, label_id: int, parent: QWidget) -> QMenu:
        """What can be done with one label."""
        menu, label = QMenu(parent), self.label(label_id)
        for what, text in one_label_texts(off=label is not None and not label.active):
            menu.addAction(text, partial(self.act, what, label_id))
        return menu

    # The list

    @Slot(int, str)
    def rename(self, label_id: int, name: str) -> None:
        """Give a label another name."""
        asked = self.tr("renaming “{name}”").format(name=self._name(label_id))
        self._undo.do(Renaming(label_id, name), asked)

    def create(self, labels: Sequence[Label]) -> Edit:
        """Add one label or many; returns the edit that was asked for."""
        from core.library import CreateLabels

        if len(labels) == 1:
            asked = self.tr("new label “{name}”").format(name=labels[0].name)
        else:
            asked = self.tr("adding {n} labels").format(n=wording.number(len(labels)))
        edit = CreateLabels(tuple(labels))
        self._undo.do(edit, asked)
        return edit

    def change(self, label: Label) -> Edit:
        """Give a label other words; returns the edit that was asked for."""
        from core.library import ChangeLabel

        edit = ChangeLabel(label)
        self._do(edit, self.tr("changing “{name}”").format(name=label.name), label.id)
        return edit

    def switch(self, label_id: int) -> None:
        """Switch a label on or off."""
        label = self.label(label_id)
        if label is None:
            return
        if label.active:
            self.switch_all({label_id: False})
        else:
            look = partial(_notice, label)
            self._session.ask("reading", look, partial(self._switch_on, label_id))

    def _switch_on(self, label_id: int, notice: str) -> None:
        """Switch it on, asked first where the model is known to be unjust to people."""
        if not notice:
            self.switch_all({label_id: True})
            return
        title, text = self.tr("Before you switch this on"), core_text(notice)
        question = Question(title, text, self.tr("Switch on"), self._window)
        question.accepted.connect(partial(self.switch_all, {label_id: True}))
        question.finished.connect(question.deleteLater)
        question.open()

    def switch_all(self, active: dict[int, bool]) -> None:
        """Switch labels on or off, by id."""
        from core.library import SetLabelsActive

        on = all(active.values())
        if len(active) == 1:
            name = self._name(next(iter(active)))
            asked = self.tr("switching “{name}” on") if on else self.tr("switching “{name}” off")
            asked = asked.format(name=name)
        else:
            asked = (
                self.tr("switching {n} labels on") if on else self.tr("switching {n} labels off")
            )
            asked = asked.format(n=wording.number(len(active)))
        self._undo.do(SetLabelsActive(active), asked)

    def ask_to_remove(self, label_id: int) -> None:
        """Remove a label: at once, but asked for where what was said by hand would be lost."""
        if self.label(label_id) is not None:
            question: Callable[[Library], int] = partial(_said_by_hand, label_id)
            self._session.ask("counting", question, partial(self._ask_to_remove, label_id))

    def _ask_to_remove(self, label_id: int, by_hand: int) -> None:
        if not by_hand:
            self.remove(label_id)
            return
        title = self.tr("Remove the label “{name}”?").format(name=self._name(label_id))
        one = self.tr("What you said of 1 photo by hand is removed with it.")
        many = self.tr("What you said of {n} photos by hand is removed with it.")
        text = one if by_hand == 1 else many.format(n=wording.number(by_hand))
        text += " " + self.tr("You can undo this until you quit.")
        question = Question(title, text, self.tr("Remove label"), self._window)
        question.accepted.connect(partial(self.remove, label_id))
        question.finished.connect(question.deleteLater)
        question.open()

    def remove(self, label_id: int) -> None:
        """Remove a label; its photos stay."""
        from core.library import DeleteLabels

        name = self._name(label_id)
        asked = self.tr("removing label “{name}”").format(name=name)
        self._undo.do(DeleteLabels((label_id,)), asked)
        told = self.tr("Label “{name}” is removed. Its photos stay in the library.")
        self.removed.emit(told.format(name=name))

    # Photos

    @Slot(int, list)
    def tag(self, label_id: int, photo_ids: Sequence[int]) -> None:
        """Say of photos that a label fits them."""
        if photo_ids:
            self.used.add(self._name(label_id))
        self.answer(label_id, dict.fromkeys(photo_ids, True))

    def answer(self, label_id: int, answers: dict[int, bool | None]) -> None:
        """Say yes or no of photos, or take back what was said; the label learns from it."""
        from core.library import SetTags

        if not answers or self.label(label_id) is None:
            return
        said = set(answers.values())
        if said == {True}:
            asked = self.tr("tagging {photos} “{label}”")
        elif said == {False}:
            asked = self.tr("refusing “{label}” for {photos}")
        else:
            asked = self.tr("taking back what was said of {photos} and “{label}”")
        asked = asked.format(photos=wording.photos(len(answers)), label=self._name(label_id))
        self.answering.emit(label_id)
        self._do(SetTags(label_id, answers), asked, label_id)

    @Slot(object, float)
    def set_line(self, label: Label, threshold: float) -> None:
        """Have photos carry a label from another relevance on."""
        from core.library import SetThreshold

        asked = self.tr("moving the line of “{name}”").format(name=label.name)
        self._do(SetThreshold(label.id, threshold), asked, label.id)

    def photo_menu(self, parent: QWidget, photo_ids: Sequence[int]) -> QMenu:
        """A menu that tags photos by hand: the labels, and a new one."""
        menu = QMenu(self.tr("Label"), parent)
        for label in self.labels:
            action = QAction(wording.shown(label.name).replace("&", "&&"), menu)
            action.triggered.connect(partial(self._tag, label.id, list(photo_ids)))
            menu.addAction(action)
        if self._labels:
            menu.addSeparator()
        ask = partial(self.new_asked.emit, "", list(photo_ids))
        menu.addAction(self.tr("New label…"), ask)
        return menu

    def _tag(self, label_id: int, photo_ids: list[int], _checked: bool = False) -> None:
        self.tag(label_id, photo_ids)

    def undo_text(self, label_id: int) -> str:
        """What undoing would take back, where that is about a label; else ""."""
        latest = self._undo.latest
        about = latest is not None and self._about.get(latest) == label_id
        return self._undo.undo_text if about else ""

    def _do(self, edit: Edit, asked: str, label_id: int) -> None:
        before = self._undo.latest
        self._undo.do(edit, asked)
        latest = self._undo.latest
        if latest is not None and latest is not before:
            self._about[latest] = label_id
        self.done.emit()

    def _name(self, label_id: int) -> str:
        label = self.label(label_id)
        return "" if label is None else label.name


def _notice(label: Label, library: Library) -> str:
    return library.labels.notice([label])


def _said_by_hand(label_id: int, library: Library) -> int:
    library.labels.settle(SETTLE_SECONDS)  # photos that were not judged yet are not listed
    judged = library.labels.judged(label_id)
    return int((judged.answers != 0).sum())
