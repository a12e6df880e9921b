"""`python -m benchmarks.soak`: use the real window for a long while, over a folder that changes.

A person's clicks and keys at random, and a folder whose files come, go, move, change and are
unplugged meanwhile. Prints what went wrong, how long the event loop stood still, and the memory by
the minute. Needs a display, real or virtual (QT_QPA_PLATFORM=offscreen does too).
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.background import Background
from app.qt_log import log_qt_messages
from app.session import Session
from app.theme import DARK, LIGHT
from app.window import MainWindow
from benchmarks.plan import percentile
from core.library import Library

log = logging.getLogger(__name__)

BEAT_MS = 5
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


class Complaints(logging.Handler):
    """Remembers every warning and error that anything logs, Qt included."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.messages.append(f"{time.strftime('%H:%M:%S')} {record.name}: {record.getMessage()}")


class ChangingFolder(threading.Thread):
    """Copies, deletes, moves, edits and unplugs below `folder` until told to stop."""

    def __init__(self, folder: Path, photos: list[Path], seed: int) -> None:
        super().__init__(name="changing-folder")
        self._folder = folder
        self._photos = photos
        self._random = random.Random(seed)
        self._over = threading.Event()
        self.done: dict[str, int] = {}

    def stop(self) -> None:
        """Put everything back where it belongs and end."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """One change every second or so."""
        changes = (
            self._copy_in,
            self._copy_in,
            self._delete_one,
            self._move_one,
            self._edit_one,
            self._unplug,
        )
        number = 0
        while not self._over.wait(self._random.uniform(0.3, 2.0)):
            number += 1
            change = self._random.choice(changes)
            change(number)
            self.done[change.__name__] = self.done.get(change.__name__, 0) + 1

    def _some_file(self) -> Path:
        return self._random.choice([f for f in self._folder.rglob("*") if f.is_file()])

    def _copy_in(self, number: int) -> None:
        source = self._random.choice(self._photos)
        into = self._folder / f"trip {number % 7}"
        into.mkdir(exist_ok=True)
        shutil.copyfile(source, into / f"{number}{source.suffix}")

    def _delete_one(self, _number: int) -> None:
        if sum(1 for _ in self._folder.rglob("*")) > 50:
            self._some_file().unlink()

    def _move_one(self, number: int) -> None:
        file = self._some_file()
        file.rename(self._folder / f"moved {number}{file.suffix}")

    def _edit_one(self, _number: int) -> None:
        shutil.copyfile(self._random.choice(self._photos), self._some_file())

    def _unplug(self, _number: int) -> None:
        away = self._folder.with_name("unplugged")
        self._folder.rename(away)
        self._over.wait(self._random.uniform(1.0, 5.0))
        away.rename(self._folder)


class Person(QObject):
    """Does something in the window a few times a second."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        super().__init__(window)
        self._window = window
        self._random = random.Random(seed)
        self.done: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._act)
        self._timer.start(250)

    def rest(self) -> None:
        """Take the hands off."""
        self._timer.stop()

    @Slot()
    def _act(self) -> None:
        box = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if box is not None:
            log.info("closing %r", box)
            box.close()
            return
        acts: tuple[Callable[[], None], ...] = (
            self._press,
            self._press,
            self._press,
            self._search,
            self._scroll,
            self._click,
            self._resize,
            self._command,
            self._theme,
        )
        act = self._random.choice(acts)
        log.info("%s", act.__name__)
        act()
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

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

    def _click(self) -> None:
        viewport = self._window.browse.grid.viewport()
        if viewport.isVisible():
            place = QPoint(
                self._random.randrange(max(1, viewport.width())),
                self._random.randrange(max(1, viewport.height())),
            )
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)

    def _resize(self) -> None:
        self._window.resize(self._random.randint(900, 1900), self._random.randint(600, 1000))

    def _command(self) -> None:
        """Any command at all, but for those that end the window or ask other programs."""
        left_alone = ("app.quit", "photo.trash", "photo.open", "photo.show", "window.close")
        names = [c.name for c in self._window.commands if not c.name.startswith(left_alone)]
        action = self._window.commands[self._random.choice(names)]
        if action.isEnabled():
            log.info("%s", action.objectName())
            action.trigger()

    def _theme(self) -> None:
        self._window.set_theme(self._random.choice((DARK, LIGHT)))


class Pulse(QObject):
    """How long the event loop was deaf, in milliseconds, again and again; memory by the minute."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.memory: list[int] = []
        self._last = time.perf_counter()
        self._minute = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now
        if now - self._minute >= 60:
            self._minute = now
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.memory.append(pages * os.sysconf("SC_PAGE_SIZE") // 2**20)


def main() -> int:
    """Use the window; returns 1 when anything complained or the library does not agree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("photos", type=Path, help="a folder to copy photos from; never changed")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tell", action="store_true", help="tell on stderr what is done")
    arguments = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO if arguments.tell else logging.WARNING)
    with tempfile.TemporaryDirectory() as temporary:
        return _soak(Path(temporary), arguments.photos, arguments.minutes, arguments.seed)


def _soak(place: Path, source: Path, minutes: float, seed: int) -> int:
    photos = sorted(f for f in source.rglob("*") if f.is_file())
    folder = place / "photos"
    folder.mkdir()
    for number, photo in enumerate(photos[:300]):
        shutil.copyfile(photo, folder / f"{number:04}{photo.suffix}")
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    log_qt_messages()
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    session = Session(partial(_open, place / "library"), Background(application))
    window = MainWindow(session, LIGHT, photos=folder)
    window.closed.connect(application.quit)
    window.resize(1280, 800)
    window.show()
    person, pulse = Person(window, seed), Pulse(window)
    changes = ChangingFolder(folder, photos, seed)
    changes.start()
    end = QTimer(window)
    end.setSingleShot(True)
    end.timeout.connect(person.rest)
    end.timeout.connect(changes.stop)
    end.timeout.connect(window.close)
    end.start(round(minutes * 60_000))
    application.exec()
    with Library.open(place / "library") as library:
        library.index()
        disagreements = library.verify()
    _report(complaints.messages, disagreements, person, changes, pulse)
    return int(bool(complaints.messages or disagreements))


def _open(directory: Path, write: bool) -> Library:
    return Library.open(directory, write=write)


def _report(
    complaints: list[str],
    disagreements: list[str],
    person: Person,
    changes: ChangingFolder,
    pulse: Pulse,
) -> None:
    gaps = f"p99 {percentile(pulse.gaps, 0.99):.1f} ms, longest {max(pulse.gaps):.0f} ms"
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    lines = [
        f"person: {person.done}",
        f"folder: {changes.done}",
        f"event loop: {gaps}",
        f"memory by the minute, MiB: {pulse.memory}",
        f"complaints: {len(complaints)}",
        *complaints[:50],
        f"verify: {disagreements or 'clean'}",
        f"threads left: {threads}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
