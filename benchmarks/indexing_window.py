"""A window that is told to watch a folder, and how its event loop fares while that is indexed.

    python -m benchmarks.indexing_window LIBRARY PHOTOS

Starts the window as `souvenir` does, off screen, over a new library; once it is up, PHOTOS is
chosen as the folder. Closes when everything is indexed. Prints JSON: the times between two turns of
the event loop, and when the first photos were painted and could be found. All in seconds.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer

from benchmarks.window_start import painted

if TYPE_CHECKING:
    from app.window.window import MainWindow

BEAT_MS = 1
LOOK_MS = 10
READY_SECONDS = 3.0  # a person looks at the first page for a while
PATIENCE = 540.0


class Measurement:
    """What is noted from the choice of the folder to the end of indexing."""

    def __init__(self, window: MainWindow, photos: str) -> None:
        self._window = window
        self._photos = photos
        self._started = 0.0
        self._last = 0.0
        self.gaps: list[tuple[float, float]] = []
        self.painted: float | None = None
        self.embedded: float | None = None
        self.ended: float | None = None
        self._beat = QTimer(window)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._note)
        self._looks = QTimer(window)
        self._looks.timeout.connect(self._look)
        window.session.events.photos_embedded.connect(self._found)
        QTimer.singleShot(int(READY_SECONDS * 1000), window, self._choose)

    def _choose(self) -> None:
        self._started = self._last = time.perf_counter()
        self._beat.start(BEAT_MS)
        self._looks.start(LOOK_MS)
        self._window.first_start.accepted.emit(self._photos)

    def _note(self) -> None:
        now = time.perf_counter()
        self.gaps.append((self._last - self._started, now - self._last))
        self._last = now

    def _found(self) -> None:
        if self.embedded is None:
            self.embedded = time.perf_counter() - self._started

    def _look(self) -> None:
        now = time.perf_counter() - self._started
        if self.painted is None and painted(self._window):
            self.painted = now
        if (self.painted is not None and self.embedded is not None and self._window.settled) or (
            now > PATIENCE
        ):
            self.ended = now
            self._beat.stop()
            self._looks.stop()
            self._window.close()


def main(library: str, photos: str) -> int:
    """Run the window; print what was measured when it is closed."""
    from app import application
    from app.__main__ import main as start
    from app.window.window import MainWindow

    measurements: list[Measurement] = []

    class Watched(MainWindow):
        """The window with a measurement in it."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            measurements.append(Measurement(self, photos))

    vars(application)["MainWindow"] = Watched
    code = start(["--library", library, "gui"])
    (measured,) = measurements
    gaps = [gap for _, gap in measured.gaps]
    print(
        json.dumps(
            {
                "gaps": gaps,
                "worst": sorted(measured.gaps, key=lambda gap: -gap[1])[:20],
                "painted": measured.painted,
                "embedded": measured.embedded,
                "ended": measured.ended,
                "torch": "torch" in sys.modules,
            }
        )
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
