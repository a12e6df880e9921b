"""What the tests of searching share: a session on a fake library, without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.browse.browsing import Browsing, Shown
from tests.app.fake_library import FakeFolder, FakeLibrary
from tests.app.opening import session_on

BEACH = {"beach": ([3, 1, 4], [0.9, 0.8, 0.2], 2), "beach dog": ([4], [0.7], 1)}
"""Answers of a fake library: query → (ids, relevances, cut)."""


class Asking:
    """An open session with what browsing shows, noted in order."""

    def __init__(self, qtbot: QtBot, directory: Path, count: int = 10, **facts: Any) -> None:
        facts = {"folder_list": [FakeFolder(1, "/photos")], "answers": BEACH} | facts
        self.library = FakeLibrary(directory, count, **facts)
        self.session = session_on(self.library)
        self.browsing = Browsing(self.session, self.session)
        self.seen: list[Shown] = []
        self.errors: list[Exception] = []
        self.browsing.shown.connect(self.seen.append)
        self.browsing.failed.connect(self.errors.append)
        self._qtbot = qtbot
        with qtbot.waitSignal(self.session.opened):
            self.session.open()

    @property
    def ids(self) -> list[int]:
        """What is shown now."""
        return self.seen[-1].ids.tolist() if self.seen else []

    def answered(self, ask: Callable[[], object]) -> Shown:
        """Ask, and wait for all of the answer."""
        before = len(self.seen)
        ask()
        self.session.events.deliver()  # what the library told, which is gathered for a moment
        self.settle()
        assert len(self.seen) > before
        return self.seen[-1]

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(lambda: not self.browsing.waits and not self.session.background.busy)

    def close(self) -> None:
        """End every thread."""
        with self._qtbot.waitSignal(self.session.closed):
            self.session.close()
