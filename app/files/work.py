"""Work on files: on its thread, with progress, cancelled at will, and the way back of what is done.

A change of files is a function of the library that yields steps. Each can be taken back: what was
moved, moves back; what was copied goes to the trash; what went to the trash comes out of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app import wording
from app.background import CancelToken
from app.desktop.trash import forget_in_trash, trash_files
from app.files.wording import problem_sentence
from app.session import Session, sentence
from app.undo import Entry, Outcome, Undo

if TYPE_CHECKING:
    from core.filing.steps import Problem, Step, Transfer
    from core.library import Library

    Steps = Callable[[Library, Callable[[], bool]], Iterator[Step]]

TELL_SECONDS = 0.1
# How a kind of work is taken back; "restore" is the way back of "trash".
Kind = Literal["move", "copy", "trash", "restore"]
_WAY_BACK: dict[Kind, Kind] = {
    "move": "move",
    "copy": "trash",
    "trash": "restore",
    "restore": "trash",
}
# These may be mended by the person, so that trying again makes sense.
_MENDABLE = frozenset(
    {"offline", "folder_gone", "denied", "full", "taken", "no_trash", "not_equal", "disk"}
)


@dataclass(frozen=True)
class Task:
    """Work to do. `title`: "Moving 3 photos"; `name`: what "Undo" is followed by.

    Without a name it cannot be taken back, as exporting cannot. `done_text` says what was done,
    from the number of files.
    """

    title: str
    name: str
    done_text: Callable[[int], str]
    kind: Kind


@dataclass(frozen=True)
class Done:
    """What came of a task."""

    transfers: tuple[Transfer, ...]
    problems: tuple[Problem, ...]
    dealt_with: tuple[Path, ...]
    total: int
    cancelled: bool


class FileWork(QObject):
    """Runs tasks one after the other on the session's lane for files.

    `begun`: a title; `progressed`: done, of so many; `ended`: a sentence, and a sentence for every
    file that could not be dealt with. `cancel` ends what runs after the file under way.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal(str, list)
    told = Signal(str)
    way_back_changed = Signal()
    _title_set = Signal(str)  # on threads, as the next
    _stepped = Signal(int, int)
    _back_ended = Signal()

    def __init__(self, session: Session, undo: Undo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._undo = undo
        self._under_way = 0
        self._stop = CancelToken()
        self._latest: Entry | None = None
        self._running = False
        self._title_set.connect(self._begin)
        self._stepped.connect(self.progressed)
        self._back_ended.connect(self._end)
        undo.changed.connect(self.way_back_changed)

    @property
    def busy(self) -> bool:
        """Whether a task runs or waits: closing the window would cut it short, losing nothing."""
        return self._under_way > 0 or self._running

    @property
    def can_take_back(self) -> bool:
        """Whether undoing would take back what this did last."""
        return self._latest is not None and self._undo.latest is self._latest

    @Slot()
    def take_back(self) -> None:
        """Undo what this did last, if nothing else was done since."""
        if self.can_take_back:
            self._undo.undo()

    @Slot()
    def cancel(self) -> None:
        """End what runs, and what waits, after the file under way; what is done stays done."""
        self._stop.cancel()
        self._stop = CancelToken()

    def run(self, task: Task, steps: Steps) -> None:
        """Do a task."""
        if self._session.state != "open":
            return
        self._under_way += 1
        closing, stop = CancelToken(), self._stop
        self._session.ask(
            "files",
            partial(self._work, task.title, steps, lambda: closing() or stop()),
            partial(self._done, task),
            self._failed,
            closing,
        )

    # On the thread

    def _work(
        self, title: str, steps: Steps, cancelled: Callable[[], bool], library: Library
    ) -> Done:
        self._title_set.emit(title)
        transfers: list[Transfer] = []
        problems: list[Problem] = []
        dealt_with: list[Path] = []
        done = total = 0
        told = 0.0
        for step in steps(library, cancelled):
            transfers += step.transfers
            done, total = step.done, step.total
            if step.problem is not None:
                problems.append(step.problem)
            if step.problem is None or step.transfers:
                dealt_with.append(step.path)
            if time.monotonic() - told >= TELL_SECONDS:
                told = time.monotonic()
                self._stepped.emit(step.done, step.total)
        short = cancelled() and done < total
        return Done(tuple(transfers), tuple(problems), tuple(dealt_with), total, short)

    def _take_back(
        self,
        kind: Kind,
        transfers: tuple[Transfer, ...],
        library: Library,
        closing: CancelToken,
    ) -> Outcome:
        """Bring files where `transfers` say, in the way that `kind` goes."""
        stop = self._stop
        steps = partial(_transfers, kind, transfers)
        try:
            done = self._work(self.tr("Moving files"), steps, lambda: closing() or stop(), library)
        finally:
            self._back_ended.emit()
        finished = {p.path for p in done.problems if p.reason not in _MENDABLE}
        finished.update(done.dealt_with)
        left = tuple(transfer for transfer in transfers if transfer.source not in finished)
        back = tuple(transfer.reversed for transfer in reversed(done.transfers))
        there = partial(self._take_back, _WAY_BACK[kind], back)
        rest = partial(self._take_back, kind, left)
        return Outcome(
            there if back else None, rest if left else None, _told_briefly(done.problems)
        )

    # On the GUI thread

    def _done(self, task: Task, done: Done) -> None:
        self._under_way -= 1
        self._running = False
        if task.name and done.transfers:
            back = tuple(transfer.reversed for transfer in reversed(done.transfers))
            way_back = partial(self._take_back, _WAY_BACK[task.kind], back)
            self._latest = self._undo.add(task.name, "files", way_back)
        self.ended.emit(self._summary(task, done), [problem_sentence(p) for p in done.problems])

    def _failed(self, error: Exception) -> None:
        self._under_way -= 1
        self._end()
        self.told.emit(sentence(error))

    @Slot(str)
    def _begin(self, title: str) -> None:
        self._running = True
        self.begun.emit(title)

    @Slot()
    def _end(self) -> None:
        self._running = False
        self.ended.emit("", [])

    def _summary(self, task: Task, done: Done) -> str:
        if done.cancelled:
            text = self.tr("Cancelled: {n} of {total} were done.")
        elif done.problems:
            text = self.tr("{n} of {total} were done.")
        else:
            return task.done_text(len(done.dealt_with))
        return text.format(n=wording.number(len(done.dealt_with)), total=wording.number(done.total))


def _transfers(
    kind: Kind,
    transfers: Sequence[Transfer],
    library: Library,
    cancelled: Callable[[], bool],
) -> Iterator[Step]:
    if kind == "trash":
        paths = [transfer.source for transfer in transfers]
        yield from to_trash(paths, library, cancelled)
        return
    for step in library.filing.transfer(transfers, cancelled):
        if kind == "restore":
            for transfer in step.transfers:
                forget_in_trash(transfer.source)
        yield step


def to_trash(
    paths: Sequence[Path], library: Library, cancelled: Callable[[], bool]
) -> Iterator[Step]:
    """Move files to the trash, and have the library look."""
    try:
        yield from trash_files(paths, cancelled)
    finally:
        library.filing.look_again(paths)


def _told_briefly(problems: Sequence[Problem]) -> str:
    """The first of what went wrong, for the one line in which undoing tells it."""
    return problem_sentence(problems[0]) if problems else ""
