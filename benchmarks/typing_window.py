"""A window that somebody searches in, key by key, and how long each key takes to show its photos.

    python -m benchmarks.typing_window LIBRARY KEYS [PHOTOS]

Starts the window as `souvenir` does, off screen. With PHOTOS, a folder, that is added first, and
one types while it is indexed. Prints JSON: for every key the seconds until the answer to what is
written then was painted, and until its tiles had their thumbnails; the photos indexed meanwhile.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from benchmarks.window_start import painted

if TYPE_CHECKING:
    from app.window.window import MainWindow
    from core.events import PhotosEmbedded, Progress

LOOK_MS = 2
PAUSES_MS = (40, 240)  # from a painted answer to the next key
READY_SECONDS = 2.0
PATIENCE = 10.0  # for one key
QUERIES = (
    "children playing at the beach",
    "a dog in the snow",
    "birthday cake date:2015..2020",
    "red tent by a lake -people",
    "people dancing camera:canon",
    "sunset over water",
)


class Typist:
    """Presses one key after the other, each when the photos for the one before are there."""

    def __init__(self, window: MainWindow, keys: int, photos: str) -> None:
        self._window = window
        self._left = keys
        self._photos = photos
        self._chance = random.Random(0)
        self._queries = [QUERIES[n % len(QUERIES)] for n in range(len(QUERIES) * 50)]
        self._letters: list[str] = []
        self._pressed = 0.0
        self._results: float | None = None
        self._working = False
        self.results: list[float] = []
        self.thumbnails: list[float] = []
        self.indexed = 0
        self._looks = QTimer(window)
        self._looks.timeout.connect(self._look)
        window.session.events.photos_embedded.connect(self._embedded)
        window.session.events.progress.connect(self._progressed)
        self._start = QTimer(window)
        self._start.timeout.connect(self._begin)
        self._start.start(int(READY_SECONDS * 1000))

    def _begin(self) -> None:
        """Type once the window is up, and photos are being indexed where they are to be."""
        if self._photos:
            self._window.session.add_folder(Path(self._photos))
            self._photos, self._working = "", True
        elif not self._working or self.indexed:
            self._start.stop()
            self.indexed = 0
            self._window.to_search()
            self._press()

    def _embedded(self, event: PhotosEmbedded) -> None:
        self.indexed += len(event.photo_ids)

    def _progressed(self, progress: Progress) -> None:
        if self._working and self.indexed and progress.phase == "idle":
            self._finish()  # there is nothing left to be indexed beside

    def _press(self) -> None:
        field = self._window.header.search
        if not self._letters:
            self._letters = list(self._queries.pop())
            field.edit.selectAll()
        while True:
            before = field.text()
            self._pressed = time.perf_counter()
            QTest.keyClicks(field.edit, self._letters.pop(0))
            # Blanks and the first signs of filters ask for nothing.
            if not self._letters or (field.text() != before and not field.holds_back()):
                break
        self._results = None
        self._looks.start(LOOK_MS)

    def _look(self) -> None:
        taken = time.perf_counter() - self._pressed
        shown, wanted = self._window.browse.shown, self._window.header.search.text()
        wrong = self._window.browse.heading.problem or self._window.header.search.wrong
        if self._results is None and shown.query == wanted:
            self._window.browse.grid.viewport().repaint()
            self._results = time.perf_counter() - self._pressed
        if self._results is not None and (not len(shown.ids) or painted(self._window)):
            self.results.append(self._results)
            self.thumbnails.append(time.perf_counter() - self._pressed)
        elif not wrong and taken < PATIENCE:
            return
        self._looks.stop()
        self._left -= 1
        if self._left:
            QTimer.singleShot(self._chance.randint(*PAUSES_MS), self._window, self._press)
        else:
            self._finish()

    def _finish(self) -> None:
        self._looks.stop()
        self._left = 0
        self._window.close()


def main(library: str, keys: int, photos: str) -> int:
    """Run the window; print what was measured when it is closed."""
    from app import application
    from app.__main__ import main as start
    from app.window.window import MainWindow

    typists: list[Typist] = []

    class Watched(MainWindow):
        """The window with somebody who types."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            typists.append(Typist(self, keys, photos))

    vars(application)["MainWindow"] = Watched
    code = start(["--library", library, "gui"])
    (typist,) = typists
    measured = {
        "results": typist.results,
        "thumbnails": typist.thumbnails,
        "indexed": typist.indexed,
    }
    print(json.dumps(measured))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
