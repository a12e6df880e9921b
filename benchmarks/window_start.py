"""From the start of the process to the first paint with thumbnails, off screen.

    python -m benchmarks.window_start LIBRARY STARTED

starts the window as `souvenir` does and closes it once every tile in view has its thumbnail and was
painted. STARTED is the parent's time.monotonic(). Prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.window.window import MainWindow

LOOK_MS = 5
PATIENCE = 15.0


def main(library: str, started: float) -> int:
    """Start the window, and print what was measured when it is closed."""
    measured: dict[str, Any] = {"python": time.monotonic() - started}
    from app import application
    from app.__main__ import main as start
    from app.window.window import MainWindow

    measured["imported"] = time.monotonic() - started

    class Watched(MainWindow):
        """The window, looked at until it shows photos."""

        def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
            super().showEvent(event)
            measured["shown"] = time.monotonic() - started
            self.startTimer(LOOK_MS)

        def timerEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
            late = time.monotonic() - started > PATIENCE
            if painted(self) or late:
                self.killTimer(event.timerId())
                measured["painted"] = None if late else time.monotonic() - started
                measured["heavy"] = [name for name in ("torch", "open_clip") if name in sys.modules]
                self.close()

    application.__dict__["MainWindow"] = Watched
    code = start(["--library", library, "gui"])
    print(json.dumps(measured))
    return code


def painted(window: MainWindow) -> bool:
    """Whether every tile in view has its thumbnail; if so, it is painted now."""
    grid, model = window.browse.grid, window.model
    if not grid.isVisible() or not len(model.ids):
        return False
    shown = grid.tiles.visible(0, grid.viewport().height())
    if any(window.thumbnails.pixmap(model.id_at(n)) is None for n in shown):
        return False
    grid.viewport().repaint()
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
