"""What one does with labels in the window, off screen, and how long it takes to be seen.

    python -m benchmarks.label_window LIBRARY WIDTHxHEIGHT TIMES [WHAT…]

starts the window as `souvenir` does on a library of benchmarks/label_library.py, and does each
thing TIMES times; WHAT: line, page, review, chooser, all of them by default. Prints JSON: by what
was done, milliseconds by the clock, and of work of the GUI thread (its processor time).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.sidebar.places import Place

if TYPE_CHECKING:
    from app.labels.line import LineHandle
    from app.window.window import MainWindow
    from core.library import Label

READY_MS = 500
PAUSE = 0.003  # seconds for the threads between two looks at the event loop
MOVED = 0.016  # seconds from one move of the mouse to the next
PATIENCE = 120.0
PERSON = 0.25  # seconds that a person looks at a photo before they say yes or no
YES = 0.7  # of the answers
MOST_ANSWERS = 60  # each of them is taken back at the end
TYPED = "sea"


@dataclass
class Times:
    """Milliseconds by the clock, and of the GUI thread's processor time."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, clock: float, cpu: float) -> None:
        """Take in what began at these times of both, in seconds."""
        self.clock.append(1000 * (time.perf_counter() - clock))
        self.cpu.append(1000 * (time.thread_time() - cpu))


class Painted(QObject):
    """Whether a widget was painted since it was asked for the last time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._painted = False
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See it being painted."""
        self._painted = self._painted or event.type() == QEvent.Type.Paint
        return False

    def __call__(self) -> bool:
        """Whether it was; from now on, it is to be painted anew."""
        painted, self._painted = self._painted, False
        return painted


class Hand:
    """Does things at a window, and waits for what comes of them."""

    def __init__(self, window: MainWindow, times: int) -> None:
        self.window = window
        self.times = times
        self.measured: dict[str, Times] = {}
        self.labels: list[Label] = []

    def begin(self, size: QSize) -> None:
        """Wait until the window is up and at rest, with all labels known."""
        self.window.resize(size)
        self.wait(lambda: self.window.settled and len(self.window.labels.actions.labels) > 0)
        self.labels = [label for label in self.window.labels.actions.labels if label.active]

    def turn(self) -> None:
        """Let the window do and paint what it was asked for."""
        QApplication.processEvents()

    def wait(self, until: Callable[[], object]) -> None:
        """Let it work until something holds."""
        end = time.monotonic() + PATIENCE
        self.turn()
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(PAUSE)
            self.turn()

    def rest(self) -> None:
        """Let everything come that was asked for."""
        self.wait(lambda: self.window.settled)

    def pause(self, seconds: float) -> None:
        """Let it work for a while."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def timed(
        self, name: str, step: Callable[[], object], until: Callable[[], object] = lambda: True
    ) -> None:
        """Do a step, and have `until` hold."""
        times = self.measured.setdefault(name, Times())
        clock, cpu = time.perf_counter(), time.thread_time()
        step()
        self.wait(until)
        times.take(clock, cpu)

    # What is done

    def look_at(self, label: Label) -> None:
        """Go to the page of a label."""
        self.window.sidebar.choose(Place("label", str(label.id), label.name))

    def looks_at(self, label: Label) -> bool:
        """Whether the photos of a label are to be seen, beside its line and below."""
        panel = self.window.labels.panel
        here = panel.isVisible() and panel.shown is not None and panel.shown.label.id == label.id
        return here and panel.pictures.complete and self.window.browse.grid.complete

    def page(self) -> None:
        """Open pages of labels, one after the other, from all photos."""
        chosen = random.Random(0).sample(self.labels, min(self.times, len(self.labels)))
        for label in chosen:
            self.window.sidebar.choose(Place("all"))
            self.rest()
            self.timed("page", partial(self.look_at, label), partial(self.looks_at, label))
            self.rest()

    def line(self) -> None:
        """Move the line of a label by all that moves it, all the way through the library."""
        self.look_at(self.labels[0])
        self.wait(partial(self.looks_at, self.labels[0]))
        self.rest()
        panel = self.window.labels.panel
        width = panel.scale.width()
        painted = Painted(panel.scale)
        self._drag("line on the histogram", panel.scale, (0.95 * width, 0.05 * width), painted)
        self._drag("line between photos", panel.divider, (0, 14 * self.times / 2), painted)
        panel.scale.setFocus()
        self.rest()
        for n in range(self.times):
            key = Qt.Key.Key_Left if n % 40 < 20 else Qt.Key.Key_Right
            painted()
            self.timed("line by an arrow key", partial(QTest.keyClick, panel.scale, key), painted)
            self._after("line by an arrow key")
        self.rest()

    def _drag(
        self,
        name: str,
        handle: LineHandle,
        along: tuple[float, float],
        painted: Callable[[], object],
    ) -> None:
        """Drag with the mouse, from one place to the other and back."""
        begin, end = along
        self._mouse(handle, QEvent.Type.MouseButtonPress, begin)
        self.rest()
        for n in range(1, self.times):
            there = 2 * min(n, self.times - n) / self.times
            place = begin + there * (end - begin)
            painted()
            self.timed(name, partial(self._mouse, handle, QEvent.Type.MouseMove, place), painted)
            self._after(name)
        self._mouse(handle, QEvent.Type.MouseButtonRelease, begin)
        self.rest()

    def _after(self, name: str) -> None:
        """Until the next move: thumbnails arrive and are painted, the grid follows."""
        end = time.monotonic() + MOVED
        while time.monotonic() < end:
            self.timed(f"{name}, what comes after", lambda: None)
            time.sleep(PAUSE)

    def _mouse(self, handle: LineHandle, kind: QEvent.Type, along: float) -> None:
        """An event of the mouse, so far along the histogram, or down from between photos."""
        across = handle is self.window.labels.panel.scale
        point = QPointF(along, 20) if across else QPointF(20, 10 + along)
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        button = none if kind == QEvent.Type.MouseMove else left
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        whole = QPointF(handle.mapToGlobal(point))
        event = QMouseEvent(kind, point, whole, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)

    def review(self) -> None:
        """Say yes and no: as fast as photos are there, and as fast as one looks at them."""
        for n, (name, looked) in enumerate((("at once", 0.0), ("looked at", PERSON))):
            label = self.labels[1 + n]
            self.look_at(label)
            self.wait(partial(self.looks_at, label))
            self.rest()
            asked = partial(self.window.labels.about_shown, "teach")
            self.timed("review opened", asked, partial(self._asks_other, None))
            self.rest()
            self._answer(name, looked)
            review = self.window.labels.review
            QTest.keyClick(review, Qt.Key.Key_Escape)
            self.rest()

    def _answer(self, name: str, looked: float) -> None:
        review = self.window.labels.review
        chance = random.Random(1)
        said = 0
        while said < min(self.times, MOST_ANSWERS):
            photo = review.photo_id
            if photo is None:
                more = review.again.click
                self.timed(f"next photos proposed, {name}", more, partial(self._asks_other, None))
                continue
            self.pause(looked)
            key = Qt.Key.Key_Y if chance.random() < YES else Qt.Key.Key_N
            press = partial(QTest.keyClick, review, key)
            last = review.place.text().split()[0] == review.place.text().split()[-1]
            what = f"last of a dozen judged, {name}" if last else f"next photo to judge, {name}"
            self.timed(what, press, partial(self._asks_other, photo))
            said += 1

    def _asks_other(self, photo: int | None) -> bool:
        """Whether another photo is asked about and drawn in full, or the end is reached."""
        review = self.window.labels.review
        if review.waits and review.photo_id is None:
            return False
        if review.photo_id is None:
            return photo is not None
        return review.photo_id != photo and review.view.sharp

    def chooser(self) -> None:
        """Open what photos are tagged with by hand, find a label by its name, and leave it."""
        self.window.sidebar.choose(Place("all"))
        self.rest()
        self.window.browse.grid.go_to(0)
        self.rest()
        chooser = self.window.labels.chooser
        listed = Painted(chooser.list.viewport())
        below = Painted(self.window.browse.grid.viewport())
        steps = (
            ("labels to choose from", partial(self.window.commands.run, "photo.label"), listed),
            *(
                ("a letter of a label's name", partial(QTest.keyClicks, chooser.field, one), listed)
                for one in TYPED
            ),
            ("a line down", partial(QTest.keyClick, chooser.field, Qt.Key.Key_Down), listed),
            ("none chosen", partial(QTest.keyClick, chooser.field, Qt.Key.Key_Escape), below),
        )
        for _ in range(self.times):
            for name, step, painted in steps:
                painted()
                self.timed(name, step, painted)
                self.rest()

    def take_back(self) -> None:
        """Leave the library as it was."""
        while self.window.undo.can_undo:
            self.window.undo.undo()
            self.rest()


def main(library: str, size: QSize, times: int, what: list[str]) -> int:
    """Run the window; print what was measured when it is closed."""
    from app import application
    from app.__main__ import main as start
    from app.window.window import MainWindow

    hands: list[Hand] = []

    class Watched(MainWindow):
        """The window with somebody who uses labels in it."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            hands.append(Hand(self, times))
            QTimer.singleShot(READY_MS, self, self.use)

        def use(self) -> None:
            """Do everything, and close."""
            (hand,) = hands
            try:
                hand.begin(size)
                for each in what:
                    getattr(hand, each)()
                hand.take_back()
            finally:
                self.close()

    vars(application)["MainWindow"] = Watched
    code = start(["--library", library, "gui"])
    measured = {name: vars(times) for name, times in hands[0].measured.items()}
    print(json.dumps(measured))
    return code


if __name__ == "__main__":
    asked = [int(part) for part in sys.argv[2].split("x")]
    wanted = sys.argv[4:] or ["page", "line", "review", "chooser"]
    sys.exit(main(sys.argv[1], QSize(*asked), int(sys.argv[3]), wanted))
