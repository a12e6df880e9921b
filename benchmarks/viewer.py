"""The next photo in the viewer: from the key to the preview, and to the full picture, painted.

Photos of 12 megapixels in a real library. Run as a program (`python -m benchmarks.viewer LIBRARY
TIMES`) it prints milliseconds as JSON.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.large_photos import large_photos
from benchmarks.plan import Plan, Row, percentile
from benchmarks.processes import run, souvenir

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from app.viewer.viewer import Viewer

TITLE = "next photo in the viewer, 12 MP JPEGs"
WIDTH, HEIGHT = 1440, 900


def measure(plan: Plan) -> list[Row]:
    """Milliseconds to preview and picture: going on photo by photo, and to any photo at all."""
    count = plan.size(40, quick=8)
    photos = large_photos(plan.cache, count)
    library = plan.cache / f"library-viewer-{count}"
    if not (library / "done").exists():
        shutil.rmtree(library, ignore_errors=True)
        run(souvenir("--library", library, "index", photos))
        (library / "done").touch()
    times = plan.size(60, quick=10)
    command = [sys.executable, "-m", "benchmarks.viewer", str(library), str(times)]
    found = json.loads(run(command, env={"QT_QPA_PLATFORM": "offscreen"}).output)
    rows = []
    for name, what in (("next", TITLE), ("any", "any photo in the viewer, none of it read ahead")):
        preview, full = found[name]["preview"], found[name]["full"]
        asked = name == "next"
        rows += [
            Row(f"{what}: preview, p50", percentile(preview, 0.5), "ms"),
            Row("  preview, p95", percentile(preview, 0.95), "ms", most=30.0 if asked else None),
            Row("  full, p50", percentile(full, 0.5), "ms"),
            Row("  full, p95", percentile(full, 0.95), "ms", most=150.0 if asked else None),
        ]
    return [*rows, Row("  pictures kept", found["bytes"] / (1 << 20), "MB")]


def time_viewer(library: Path, times: int) -> dict[str, object]:
    """Open the viewer on a library; milliseconds by way of going on, and bytes kept at the end."""
    from PySide6.QtWidgets import QApplication

    from app.background import Background
    from app.desktop.freed_memory import use_one_pool
    from app.desktop.painting import draw_on_one_thread
    from app.grid.model import PhotoModel
    from app.session import Session
    from app.theme import LIGHT
    from app.viewer.viewer import Viewer
    from core.library import Library

    use_one_pool()
    draw_on_one_thread()
    application = QApplication([])
    wait = partial(_wait, application)
    background = Background()
    session = Session(lambda _write: Library.open(library, write=False), background)
    model = PhotoModel()
    session.rows_read.connect(model.take_rows)
    model.rows_wanted.connect(session.read_rows)
    session.open()
    wait(lambda: session.state == "open")
    model.show(session.library.photo_ids())
    model.want(range(len(model.ids)))
    wait(lambda: model.row(0) is not None)
    viewer = Viewer(model, session, LIGHT)
    viewer.resize(WIDTH, HEIGHT)
    viewer.show()
    viewer.open(0)
    calm = partial(wait, lambda: not background.busy)
    calm()
    last = len(model.ids) - 1
    following = []
    for n in range(times):  # to the end and back, each as soon as the one before is there
        along = n % (2 * last) + 1
        following.append(_go(wait, viewer, along if along <= last else 2 * last - along))
    calm()
    anywhere = []
    places = random.Random(1)
    for _ in range(times):
        viewer.reader.forget()
        far = (viewer.position + places.randrange(4, last - 2)) % (last + 1)
        anywhere.append(_go(wait, viewer, far))
        calm()
    kept = viewer.reader.bytes
    session.close()
    wait(lambda: session.state == "closed")
    return {"next": _by_kind(following), "any": _by_kind(anywhere), "bytes": kept}


def _wait(application: QApplication, done: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop

    while not done():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _go(wait: Callable[[Callable[[], bool]], None], viewer: Viewer, to: int) -> tuple[float, float]:
    """Go to a photo: milliseconds until its preview was painted, and until all of it was."""
    begun = time.perf_counter()
    viewer.go_to(to)
    wait(lambda: viewer.picture is not None)
    viewer.view.repaint()
    preview = time.perf_counter() - begun
    wait(lambda: _full(viewer))
    viewer.view.repaint()
    return preview * 1000, (time.perf_counter() - begun) * 1000


def _by_kind(took: list[tuple[float, float]]) -> dict[str, list[float]]:
    return {"preview": [each[0] for each in took], "full": [each[1] for each in took]}


def _full(viewer: Viewer) -> bool:
    return viewer.picture is not None and not viewer.picture.preview


if __name__ == "__main__":
    print(json.dumps(time_viewer(Path(sys.argv[1]), int(sys.argv[2]))))
