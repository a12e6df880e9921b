"""Looking through a folder in which nothing changed: what every start does."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.plan import Plan, Row
from core.catalog.files import FileStat
from core.catalog.folders import Folder
from core.watching.scan import FileFound, RootOnline, scan_folder

IN_A_DIRECTORY = 1000


def measure(plan: Plan) -> list[Row]:
    """Files per second of a scan that finds nothing new; the fastest of three."""
    count = plan.size(100_000, quick=10_000)
    with tempfile.TemporaryDirectory() as temporary:
        for start in range(0, count, IN_A_DIRECTORY):
            directory = Path(temporary, f"{start // 10_000}", f"{start}")
            directory.mkdir(parents=True)
            for number in range(start, start + IN_A_DIRECTORY):
                (directory / f"IMG_{number:06}.jpg").touch()
        folder = Folder(1, temporary, 0.0, offline=False, identity=None)
        known: dict[str, dict[str, FileStat]] = {}
        for change in scan_folder(folder, lambda _: {}, list, settle_seconds=0):
            if isinstance(change, RootOnline):
                folder = replace(folder, identity=change.identity, disk=change.disk)
            elif isinstance(change, FileFound):
                known.setdefault(change.key.directory, {})[change.key.name] = change.stat
        times = []
        for _ in range(3):
            started = time.perf_counter()
            found = list(scan_folder(folder, lambda name: known.get(name, {}), lambda: list(known)))
            times.append(time.perf_counter() - started)
            if found:
                raise RuntimeError(f"nothing changed, but the scan says {found[0]}")
    return [Row(f"rescan of {count:,} files", count / min(times), "files/s", least=50_000)]
