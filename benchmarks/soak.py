"""`python -m benchmarks.soak`: use the real window for a long while, over a folder that changes.

A person's clicks and keys at random, and a folder whose files come, go, move, change and are
unplugged meanwhile. Prints what went wrong, how long the event loop stood still and why, and the
memory by the minute. Needs a display, real or virtual (QT_QPA_PLATFORM=offscreen does too).
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.background import Background
from app.desktop.freed_memory import FreedMemory, use_one_pool
from app.desktop.painting import draw_on_one_thread
from app.desktop.qt_log import log_qt_messages
from app.session import Session
from app.theme import LIGHT
from app.window.window import MainWindow
from benchmarks.plan import percentile
from benchmarks.soak_account import Account
from benchmarks.soak_folder import ChangingFolder
from benchmarks.soak_memory import MIB, Pulse, table
from benchmarks.soak_person import Person
from benchmarks.soak_stalls import told
from core.library import Library

MOST_TOLD = 50  # complaints
FIRST = 300  # photos that are there at the beginning


class Complaints(logging.Handler):
    """Remembers every warning and error that anything logs, Qt included."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.messages.append(f"{time.strftime('%H:%M:%S')} {record.name}: {record.getMessage()}")


def main() -> int:
    """Use the window; returns 1 when anything complained or the library does not agree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("photos", type=Path, help="a folder to copy photos from; never changed")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--thumbnails", type=int, metavar="MIB", help="what thumbnails may take")
    parser.add_argument("--account", type=Path, metavar="FOLDER", help="write where memory is")
    parser.add_argument("--tell", action="store_true", help="tell on stderr what is done")
    arguments = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    if arguments.tell:
        logging.getLogger("benchmarks").setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as temporary:
        return _soak(Path(temporary), arguments)


def _soak(place: Path, arguments: argparse.Namespace) -> int:
    photos = sorted(f for f in arguments.photos.rglob("*") if f.is_file())
    folder = place / "photos"
    folder.mkdir()
    for number, photo in enumerate(photos[:FIRST]):
        shutil.copyfile(photo, folder / f"{number:04}{photo.suffix}")
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    log_qt_messages()
    use_one_pool()
    draw_on_one_thread()
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    session = Session(partial(_open, place / "library"), Background(application))
    window = MainWindow(session, LIGHT, photos=folder)
    FreedMemory(session, window)
    if arguments.thumbnails is not None:
        window.thumbnails.set_bytes_kept(arguments.thumbnails * MIB)
    window.closed.connect(application.quit)
    window.resize(1280, 800)
    window.show()
    account = None if arguments.account is None else Account(arguments.account)
    person, pulse = Person(window, arguments.seed), Pulse(window, account)
    person.comparing.connect(pulse.rest)
    changes = ChangingFolder(folder, photos, arguments.seed)
    changes.start()
    end = QTimer(window)
    end.setSingleShot(True)
    end.timeout.connect(person.rest)
    end.timeout.connect(changes.stop)
    end.timeout.connect(pulse.stop)
    end.timeout.connect(window.quit)
    end.start(round(arguments.minutes * 60_000))
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
        f"person: {dict(person.done)}, agreement asked for {person.agreed} times",
        f"folder: {dict(changes.done)}",
        f"event loop: {gaps}",
        *told(pulse.stalls),
        *table(pulse.minutes.seen),
        f"complaints: {len(complaints)}",
        *complaints[:MOST_TOLD],
        f"verify: {disagreements or 'clean'}",
        f"threads left: {threads}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
