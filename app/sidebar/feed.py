"""Keeps the sidebar true: asks the library what there is, when it opens and when it changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.session import Session, sentence
from app.sidebar.tree import Node, sidebar_tree

if TYPE_CHECKING:
    from core.library import DirectoryInfo, Label, Library, Overview

AT_MOST_EVERY_MS = 1000
HOUR_MS = 3_600_000  # what was added lately gets older by itself
PERSONS_MS = 30  # what the person did is seen at once
SHARE = 5  # of the time, one part at most goes into counting


@dataclass(frozen=True)
class Listed:
    """What the library has: the answer to one question."""

    overview: Overview
    directories: list[DirectoryInfo]
    rows: list[Node]
    seconds: float
    labels: tuple[Label, ...] = ()


class SidebarFeed(QObject):
    """Answers `listed` whenever there is something new, at most once a second."""

    listed = Signal(object)  # Listed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waits = False
        self._again = False
        self._failed = False
        self._took = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        self._hourly = QTimer(self)
        self._hourly.setInterval(HOUR_MS)
        self._hourly.timeout.connect(self.ask_soon)
        session.opened.connect(self._hourly.start)
        session.closing.connect(self._hourly.stop)
        session.opened.connect(self.ask)
        session.events.photos_changed.connect(self.ask_soon)
        session.events.folders_changed.connect(self.ask_now)
        session.events.albums_changed.connect(self.ask_now)
        session.events.searches_changed.connect(self.ask_now)
        session.events.labels_changed.connect(self.ask_now)
        session.events.tags_changed.connect(self.ask_soon)
        session.events.failures_changed.connect(self.ask_now)
        session.problem.connect(self._ask_after_problem)

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self._waits or self._timer.isActive()

    @Slot()
    def ask(self) -> None:
        """Ask now, or right after the answer that is under way."""
        self._timer.stop()
        if self._session.state != "open":
            return
        if self._waits:
            self._again = True
            return
        self._waits = True
        changeable = self._session.writable

        def question(library: Library) -> Listed:
            return _ask(library, changeable)

        self._session.ask("counting", question, self._answer, self._fail)

    @Slot()
    def ask_now(self) -> None:
        """The person changed something: ask as soon as the change is told in full."""
        self._timer.start(PERSONS_MS)

    @Slot()
    def ask_soon(self) -> None:
        """Photos came or went: ask within a second, more rarely where counting takes long."""
        if not self._timer.isActive():
            self._timer.start(max(AT_MOST_EVERY_MS, round(SHARE * 1000 * self._took)))

    @Slot()
    def _ask_after_problem(self) -> None:
        """Perhaps a change was refused that is shown already: show what is the case."""
        if not self._failed:
            self.ask_now()

    def _answer(self, listed: Listed) -> None:
        self._waits = False
        self._failed = False
        self._took = listed.seconds
        self.listed.emit(listed)
        if self._again:
            self._again = False
            self.ask_soon()

    def _fail(self, error: Exception) -> None:
        self._waits = self._again = False
        self._failed = True
        self._session.problem.emit(sentence(error))


def _ask(library: Library, changeable: bool) -> Listed:
    start = time.monotonic()
    overview, directories = library.browse.overview(), library.browse.folder_tree()
    counts = library.labels.counts()
    labels = [(label, counts.get(label.id)) for label in library.labels.labels()]
    rows = sidebar_tree(overview, directories, labels, changeable=changeable)
    listed = tuple(label for label, _ in labels)
    return Listed(overview, directories, rows, time.monotonic() - start, listed)
