"""A person at the real window: waits for what is to be seen, presses keys, answers questions.

What the window or the library is still at is never asserted. Wait for exactly what is asserted, by
`wait`, `becomes` or `arrive`. `settle` is for what the window was asked for by hand; it knows of
files that changed on disk only once the watcher told, and so comes after a wait for their first
sign, or else `catch_up` has the library look at the disk now.

After every step, whatever was done or waited for, all parts of the window have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.sidebar.places import Place
from app.window.window import MainWindow
from core.catalog.photos import Photo
from tests.helpers.agreement import disagreements

NO_KEYS = Qt.KeyboardModifier.NoModifier
T = TypeVar("T", bound=QWidget)
V = TypeVar("V")


class Person:
    """Uses one window. `folder`: the photos that it watches."""

    def __init__(self, window: MainWindow, folder: Path, qtbot: QtBot) -> None:
        self.window = window
        self.folder = folder
        self.qtbot = qtbot

    # Waiting

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something can be seen; what stands is told where it never can."""
        __tracebackhide__ = True
        try:
            self.qtbot.waitUntil(lambda: bool(condition()))
        except TimeoutError as error:
            pytest.fail(f"{error}: {self.how_it_stands()}")
        self.agree()

    def becomes(self, look: Callable[[], V], wanted: V) -> None:
        """Wait until `look` gives what is wanted; what it gave last is told where it never does."""
        __tracebackhide__ = True
        try:
            self.qtbot.waitUntil(lambda: look() == wanted)
        except TimeoutError as error:
            pytest.fail(f"{look()!r} is not {wanted!r}, {error}: {self.how_it_stands()}")
        self.agree()

    def agree(self) -> None:
        """Fail where the parts of the window do not say the same, or not what is so."""
        __tracebackhide__ = True
        found = disagreements(self.window) if isValid(self.window) else []
        if found:
            pytest.fail(f"the window does not agree: {found}; {self.how_it_stands()}")

    def settle(self) -> None:
        """Wait until everything that was asked for is there, and indexing has nothing to do."""
        self.wait(lambda: self.window.settled and self._indexing_rests)

    def catch_up(self) -> None:
        """Have the library look at the disk now, and wait until all of it is known and shown."""
        self.window.session.library.rescan([self.folder])
        self.settle()

    @property
    def _indexing_rests(self) -> bool:
        """Whether no run is under way, and the watcher told of nothing that waits for one."""
        follower = self.window.session.library._follower
        return follower is None or not (follower._in_run or follower._waiting)

    def how_it_stands(self) -> str:
        """What one would want to know of a window that did not do what it should."""
        window, library = self.window, self.window.session.library
        waits = [
            name
            for name, here in (
                ("window", not window.settled),
                ("indexing", not self._indexing_rests),
                ("events", window.session.events.waits),
                ("threads", window.session.background.busy),
                ("browsing", window.browsing.waits),
                ("inspector", window.inspector.waits),
                ("thumbnails", not window.browse.grid.complete),
            )
            if here
        ]
        files = {
            file.path: p.id
            for p in library.photos(window.model.ids[:50].tolist())
            for file in p.files
        }
        return (
            f"{self.count} photos are shown, the first ones {files}; at work: {waits}; "
            f"{window.feed._progress}; failed: {library.browse.failures()[:50]}"
        )

    # Looking

    @property
    def count(self) -> int:
        """How many photos are shown."""
        return len(self.window.model.ids)

    def photo(self, photo_id: int) -> Photo:
        """What the library knows of a photo."""
        found = self.window.session.library.photo(photo_id)
        assert found is not None
        return found

    def path(self, photo_id: int) -> str:
        """Where the library knows a photo to be; "" while it is nowhere."""
        found = self.window.session.library.photo(photo_id)
        return found.files[0].path if found is not None and found.files else ""

    def names(self) -> list[str]:
        """The file names of what is shown, in order; "" for a photo that has just gone."""
        ids = self.window.model.ids.tolist()
        found = {photo.id: photo for photo in self.window.session.library.photos(ids)}
        return [
            Path(found[photo_id].files[0].path).name
            if photo_id in found and found[photo_id].files
            else ""
            for photo_id in ids
        ]

    def id_of(self, name: str) -> int:
        """The photo that is shown with a file of this name."""
        return self.window.model.id_at(self.names().index(name))

    def sees(self, page: QWidget) -> bool:
        """Whether this page of the desk is shown."""
        return self.window.desk.page is page

    def known_files(self) -> set[str]:
        """The names of all files that the library has made something of: photos and failures."""
        library = self.window.session.library
        photos = library.photos(library.photo_ids("name").tolist())
        paths = [file.path for photo in photos for file in photo.files]
        paths += [failed.path for failed in library.browse.failures()]
        return {Path(path).name for path in paths}

    # Doing

    def press(self, widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key in a widget.

        Its window comes to the front: off screen, nothing does that when a dialog closes.
        """

        def in_front() -> bool:
            # Asked for again and again: a window that is just going away takes it once more.
            widget.window().activateWindow()
            return widget.isActiveWindow()

        self.wait(in_front)
        widget.setFocus()
        QTest.keyClick(widget, key, keys)
        self.agree()

    def type_text(self, widget: QWidget, text: str) -> None:
        """Type, after what is there."""
        widget.setFocus()
        QTest.keyClicks(widget, text)
        self.agree()

    def click(
        self, widget: QWidget, point: QPoint | None = None, keys: Qt.KeyboardModifier = NO_KEYS
    ) -> None:
        """Click on a widget with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, keys, point or widget.rect().center())
        self.agree()

    def click_photo(self, name: str, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Click on a photo of the grid, scrolling there first."""
        grid, position = self.window.browse.grid, self.names().index(name)
        grid.scrollTo(self.window.model.index(position))
        self.click(grid.viewport(), self.tile(position), keys)

    def tile(self, position: int) -> QPoint:
        """The middle of a tile, in the grid's viewport."""
        grid = self.window.browse.grid
        box = grid.tiles.box(position)
        return QPoint(box.x + box.width // 2, box.y + box.height // 2 - grid.verticalOffset())

    def select(self, *names: str) -> list[int]:
        """Select these photos with the mouse; returns their ids in the order shown."""
        for number, name in enumerate(names):
            self.click_photo(name, Qt.KeyboardModifier.ControlModifier if number else NO_KEYS)
        chosen = self.window.browse.grid.choice.ids()
        assert len(chosen) == len(names)
        return chosen

    def arrive(self, count: int) -> None:
        """Wait until so many photos are shown, with their thumbnails."""
        self.becomes(lambda: self.count, count)
        self.wait(lambda: self.count == count and self.window.browse.grid.complete)

    def select_at(self, position: int) -> list[int]:
        """Go to a photo by its position, scrolling there; returns what is selected."""
        self.window.browse.grid.go_to(position)
        self.settle()
        return self.window.browse.grid.choice.ids()

    def search(self, query: str) -> None:
        """Type a query instead of what is in the field, and wait for its answers."""
        field = self.window.header.search
        self.window.to_search()
        self.type_text(field.edit, query)
        self.wait(lambda: self.window.browse.shown.query == query)
        self.settle()

    def command(self, name: str) -> None:
        """Use a command, as from a menu."""
        action = self.window.commands[name]
        assert action.isEnabled()
        action.trigger()
        self.agree()

    def go(self, kind: str, value: str = "") -> None:
        """Choose a place in the sidebar, and wait for what is there."""
        self.window.sidebar.choose(Place(kind, value))  # type: ignore[arg-type]
        self.wait(lambda: self.window.browse.shown.place.kind == kind)
        self.settle()

    # Answering

    def dialog(self, kind: type[T]) -> T:
        """The dialog that opens."""

        def opened() -> list[T]:
            found: Sequence[QWidget] = QApplication.topLevelWidgets()
            return [w for w in found if isinstance(w, kind) and w.isVisible()]

        self.wait(opened)
        return opened()[0]

    def give_folder(self, folder: Path) -> None:
        """Answer the question for a folder."""
        dialog = self.dialog(QFileDialog)
        dialog.setDirectory(str(folder.parent))
        dialog.selectFile(str(folder))
        dialog.accept()
        self.wait(lambda: not _is_seen(dialog))


def _is_seen(dialog: QDialog) -> bool:
    try:
        return dialog.isVisible()
    except RuntimeError:  # Qt has removed it
        return False
