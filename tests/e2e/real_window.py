"""A person at the real window: waits for what is to be seen, presses keys, answers questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.places import Place
from app.window import MainWindow
from core.catalog.photos import Photo

PATIENCE_MS = 60_000
NO_KEYS = Qt.KeyboardModifier.NoModifier
T = TypeVar("T", bound=QWidget)


class Person:
    """Uses one window. `folder`: the photos that it watches."""

    def __init__(self, window: MainWindow, folder: Path, qtbot: QtBot) -> None:
        self.window = window
        self.folder = folder
        self.qtbot = qtbot

    # Waiting

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something can be seen."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until everything that was asked for is there."""
        self.wait(lambda: self.window.settled)

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

    def names(self) -> list[str]:
        """The file names of what is shown, in order."""
        ids = self.window.model.ids.tolist()
        found = {photo.id: photo for photo in self.window.session.library.photos(ids)}
        return [Path(found[photo_id].files[0].path).name for photo_id in ids]

    def id_of(self, name: str) -> int:
        """The photo that is shown with a file of this name."""
        return self.window.model.id_at(self.names().index(name))

    def sees(self, page: QWidget) -> bool:
        """Whether this page of the desk is shown."""
        return self.window.desk.page is page

    # Doing

    def press(self, widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key in a widget.

        Its window comes to the front: off screen, nothing does that when a dialog closes.
        """
        widget.window().activateWindow()
        self.wait(widget.isActiveWindow)
        widget.setFocus()
        QTest.keyClick(widget, key, keys)

    def type_text(self, widget: QWidget, text: str) -> None:
        """Type, after what is there."""
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def click(
        self, widget: QWidget, point: QPoint | None = None, keys: Qt.KeyboardModifier = NO_KEYS
    ) -> None:
        """Click on a widget with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, keys, point or widget.rect().center())

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
