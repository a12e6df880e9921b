"""Undo and redo: the changes that a person made, in order, and the way back from each.

What is shown changes at once; the library on a thread. An edit of the library is taken back on the
lane on which it was made, after it, so that taking back never overtakes what it takes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.background import CancelToken
from app.session import LaneName, Session, sentence

if TYPE_CHECKING:
    from app.commands import Commands
    from core.catalog.edits import Edit
    from core.library import Library

DEPTH = 100  # changes that can be taken back
MOST_VALUES = 2_000_000  # photos or files that all of them may name: some hundred megabytes


@dataclass(frozen=True)
class Outcome:
    """What came of a change: the way back, what is still to be done, and what to tell.

    `values`: how many photos or files the way back names.
    `back` is None where nothing was done; `rest` is None where nothing is left to try again.
    """

    back: Change | None
    rest: Change | None = None
    told: str = ""
    values: int = 0


@dataclass(frozen=True)
class _Place:
    """Where an entry was taken from, and the list to which it went."""

    source: list[Entry]
    index: int
    other: list[Entry]


Change = Callable[["Library", CancelToken], Outcome]
Maker = Callable[["Library"], "Edit"]


@dataclass(eq=False)
class Entry:
    """A change by the name that the menu calls it; `change` is the next to be made of it.

    `change` is None until what made it is done, and if that failed; `back` tells whether it takes
    back what was done, or makes it again. `failed`: it could not be taken
    back; what fails twice is given up, or it would bar the way to everything before it.
    """

    name: str
    lane: LaneName
    change: Change | None = None
    back: bool = True
    failed: bool = False
    values: int = 0


class Undo(QObject):
    """What can be undone and redone.

    Edits come to `do`; what moved files comes to `add` once it is done. `changed`: other texts, or
    another state. `showing` and `failed` carry an edit that is under way, for who shows it at once,
    and one that was not made after all.
    """

    changed = Signal()
    showing = Signal(object)  # an Edit, or what makes one
    failed = Signal(object)  # the same
    told = Signal(str)  # a sentence for the person

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._commands: Commands | None = None
        session.closed.connect(self.clear)

    # What there is

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def latest(self) -> Entry | None:
        """What `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def can_redo(self) -> bool:
        """Whether there is something to make again."""
        return bool(self._undone)

    @property
    def undo_text(self) -> str:
        """What the menu says: "Undo rating 3 photos"."""
        if not self._done:
            return self.tr("Undo")
        return self.tr("Undo {change}").format(change=self._done[-1].name)

    @property
    def redo_text(self) -> str:
        """What the menu says: "Redo rating 3 photos"."""
        if not self._undone:
            return self.tr("Redo")
        return self.tr("Redo {change}").format(change=self._undone[-1].name)

    def add_commands(self, commands: Commands) -> None:
        """Make the two commands, whose texts say what they would do."""
        group = self.tr("Edit")
        commands.add(
            "edit.undo", self.tr("Undo"), self.undo, keys=("Ctrl+Z",), icon="undo-2", group=group
        )
        commands.add(
            "edit.redo",
            self.tr("Redo"),
            self.redo,
            keys=("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo-2",
            group=group,
        )
        self._commands = commands
        self.changed.connect(self._refresh_commands)
        self._refresh_commands()

    @Slot()
    def _refresh_commands(self) -> None:
        if self._commands is not None:
            undo, redo = self._commands["edit.undo"], self._commands["edit.redo"]
            undo.setText(self.undo_text)
            undo.setEnabled(self.can_undo)
            redo.setText(self.redo_text)
            redo.setEnabled(self.can_redo)

    # Making changes

    @Slot(object, str)
    def do(self, edit: Edit | Maker, name: str) -> None:
        """Make an edit of the library; `name` follows "Undo", as "rating 3 photos" does.

        One that depends on what the library holds comes as a function that makes it: it is called
        when everything before it is done, so that quick changes do not undo each other.
        """
        if self._session.state != "open":
            return
        if not self._session.writable:
            self.told.emit(self._session.only_read)
            return
        entry = Entry(name, "changes")
        self._push(self._done, entry)
        self._undone.clear()
        self.changed.emit()
        self.showing.emit(edit)
        self._session.ask(
            "changes",
            partial(_make, entry, partial(_apply, edit), True, CancelToken()),
            partial(self._made, entry),
            partial(self._not_made, entry, edit),
        )

    def add(self, name: str, lane: LaneName, back: Change) -> Entry:
        """Something was done already; `back` takes it back, on that lane."""
        entry = Entry(name, lane, back)
        self._push(self._done, entry)
        self._undone.clear()
        self.changed.emit()
        return entry

    @Slot()
    def undo(self) -> None:
        """Take the latest change back."""
        self._turn(self._done, self._undone, back=True)

    @Slot()
    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._turn(self._undone, self._done, back=False)

    @Slot()
    def clear(self) -> None:
        """Nothing can be undone any more."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    # Inside

    def _turn(self, source: list[Entry], other: list[Entry], *, back: bool) -> None:
        if not source or self._session.state != "open":
            return
        entry = source.pop()
        place = _Place(source, len(source), other)
        self._push(other, entry)
        self.changed.emit()
        token = CancelToken()
        self._session.ask(
            entry.lane,
            partial(_turn, entry, back, token),
            partial(self._turned, entry, place),
            partial(self._not_turned, entry, place),
            token,
        )

    def _made(self, entry: Entry, outcome: Outcome) -> None:
        if outcome.back is None:
            self._remove(entry)
        while len(self._done) > 1 and sum(e.values for e in self._done) > MOST_VALUES:
            del self._done[0]

    def _not_made(self, entry: Entry, edit: Edit | Maker, error: Exception) -> None:
        self._remove(entry)
        self.failed.emit(edit)
        self.told.emit(sentence(error))

    def _turned(self, entry: Entry, place: _Place, outcome: Outcome | None) -> None:
        """It may have been done in part: then both lists keep what is theirs."""
        if outcome is None:
            return
        if outcome.back is None:
            _discard(place.other, entry)
        if outcome.rest is not None and not (entry.failed and outcome.back is None):
            back = place.source is self._done
            rest = Entry(entry.name, entry.lane, outcome.rest, back, failed=True)
            place.source.insert(place.index, rest)
        if outcome.told:
            self.told.emit(outcome.told)
        self.changed.emit()

    def _not_turned(self, entry: Entry, place: _Place, error: Exception) -> None:
        """Nothing was done: it can be tried once more.

        Where it was turned again before this was known, it is back in its place already.
        """
        if entry in place.other:
            place.other.remove(entry)
            if not entry.failed:
                place.source.insert(place.index, entry)
        entry.failed = True
        self.changed.emit()
        self.told.emit(sentence(error))

    def _push(self, entries: list[Entry], entry: Entry) -> None:
        entries.append(entry)
        del entries[:-DEPTH]

    def _remove(self, entry: Entry) -> None:
        _discard(self._done, entry)
        _discard(self._undone, entry)
        self.changed.emit()


def _discard(entries: list[Entry], entry: Entry) -> None:
    if entry in entries:
        entries.remove(entry)


def _make(
    entry: Entry, change: Change, back: bool, token: CancelToken, library: Library
) -> Outcome:
    """On a thread: make a change, and keep the way back where the next turn looks for it.

    `back`: whether what comes next takes back.
    """
    outcome = change(library, token)
    if outcome.back is not None:
        entry.change, entry.failed, entry.values = outcome.back, False, outcome.values
        entry.back = back
    return outcome


def _turn(entry: Entry, back: bool, token: CancelToken, library: Library) -> Outcome | None:
    """On a thread: None where it is that way already, as what should have turned it failed."""
    if entry.change is None:  # what made it failed, and that was told
        return Outcome(None)
    if entry.back != back:
        return None
    return _make(entry, entry.change, not back, token, library)


def _apply(edit: Edit | Maker, library: Library, _token: CancelToken) -> Outcome:
    if callable(edit):
        edit = edit(library)
        if not getattr(edit, "values", True):
            return Outcome(None)  # nothing to change after all
    inverse = library.edit(edit)
    named = getattr(inverse, "values", None) or getattr(inverse, "photo_ids", None) or ()
    return Outcome(partial(_apply, inverse), values=len(named))
