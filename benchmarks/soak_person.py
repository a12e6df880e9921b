"""A person's clicks, keys and commands at random, in the real window."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.files.export_dialog import ExportDialog
from app.theme import DARK, LIGHT
from app.widgets.dialog import Dialog
from app.window.window import MainWindow
from tests.helpers.agreement import disagreements

log = logging.getLogger(__name__)

EVERY_MS = 250
AWAY_MS = 1500  # how long the window is hidden, as it is in the tray
QUERIES = ("dog", "a red car", "people on a beach", "date:2011", "camera:canon", "-dog snow", "zzz")
KEYS = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_3,
    Qt.Key.Key_0,
    Qt.Key.Key_F,
)
# What ends the window, asks other programs, or takes files where this run does not look.
LEFT_ALONE = ("app.quit", "photo.trash", "photo.open", "photo.show", "window.close")


class Person(QObject):
    """Does something in the window a few times a second; after each step all parts must agree.

    What does not agree is logged as an error, which the soak counts among its complaints.
    """

    comparing = Signal(bool)  # the event loop stands still meanwhile, which is no fault of it

    def __init__(self, window: MainWindow, seed: int) -> None:
        super().__init__(window)
        self._window = window
        self._random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.agreed = 0  # how often all parts were asked whether they agree
        self._step = ""
        self._acts: tuple[Callable[[], None], ...] = (
            *(self._press,) * 6,
            *(self._search, self._scroll, self._click, self._resize, self._command) * 2,
            self._theme,
            self._menu,
            self._hide,
        )
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._act)
        self._timer.start(EVERY_MS)

    def rest(self) -> None:
        """Take the hands off."""
        self._timer.stop()

    @Slot()
    def _act(self) -> None:
        if self._window.isHidden():
            return
        self._compare()  # once more what the step before led to, answered meanwhile
        box = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if box is not None:
            self._step = "_answer"
            self._answer(box)
            self._compare()
            return
        act = self._random.choice(self._acts)
        log.info("%s", act.__name__)
        self._step = act.__name__
        act()
        self.done[act.__name__] += 1
        self._compare()

    def _compare(self) -> None:
        """Log what does not agree."""
        self.agreed += 1
        self.comparing.emit(True)
        for found in disagreements(self._window):
            log.error("after %s: %s", self._step, found)
        self.comparing.emit(False)

    def _answer(self, box: QWidget) -> None:
        """Close what asks; now and then say yes to it, with a name where one is asked for."""
        plain = isinstance(box, Dialog) and not isinstance(box, ExportDialog)
        if plain and self._random.random() < 0.3:
            log.info("saying yes to %r", box)
            self.done["_yes"] += 1
            field = box.findChild(QLineEdit)
            if field is not None and not field.text():
                QTest.keyClicks(field, f"name {self._random.randrange(10)}")
            QTest.keyClick(box, Qt.Key.Key_Return)
        if box.isVisible():
            log.info("closing %r", box)
            box.close()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _press(self) -> None:
        modifier = self._random.choice(
            (Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,)
        )
        QTest.keyClick(self._focus(), self._random.choice(KEYS), modifier)

    def _search(self) -> None:
        self._window.to_search()
        QTest.keyClicks(self._focus(), self._random.choice(QUERIES))

    def _scroll(self) -> None:
        bar = self._window.browse.grid.verticalScrollBar()
        bar.setValue(self._random.randint(bar.minimum(), bar.maximum()))

    def _somewhere(self, widget: QWidget) -> QPoint:
        return QPoint(
            self._random.randrange(max(1, widget.width())),
            self._random.randrange(max(1, widget.height())),
        )

    def _click(self) -> None:
        viewport = self._window.browse.grid.viewport()
        if viewport.isVisible():
            place = self._somewhere(viewport)
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)

    def _menu(self) -> None:
        """The menu under the pointer, in the grid or in the viewer; the next act closes it."""
        for part in (self._window.browse.grid, self._window.viewer):
            if part.isVisible():
                self._window.open_context_menu(part, self._somewhere(part))
                return

    def _resize(self) -> None:
        self._window.resize(self._random.randint(900, 1900), self._random.randint(600, 1000))

    def _command(self) -> None:
        """Any command at all, but for those that are left alone."""
        names = [c.name for c in self._window.commands if not c.name.startswith(LEFT_ALONE)]
        action = self._window.commands[self._random.choice(names)]
        if action.isEnabled():
            log.info("%s", action.objectName())
            action.trigger()

    def _theme(self) -> None:
        self._window.set_theme(self._random.choice((DARK, LIGHT)))

    def _hide(self) -> None:
        """Be away for a while, as a window in the tray is, and come back."""
        self._window.hide()
        QTimer.singleShot(AWAY_MS, self._window, self._window.come_forward)
