"""Indexing is killed at random moments, again and again: nothing may be lost or done twice."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plan import SHARED, Plan, Row
from benchmarks.processes import run, souvenir
from benchmarks.watching import make_photos

TITLE = "kill -9 during indexing"
SOON = 0.2  # seconds: the earliest moment for a kill


@dataclass(frozen=True)
class Killing:
    """A library that is indexed and killed, and counts of what was found in it so far."""

    library: Path
    photos: Path
    found: Counter[str]

    def index(self, seconds: float | None) -> bool:
        """Index; kill after `seconds` (None: never). Returns whether it came to its end."""
        process = subprocess.Popen(
            souvenir("--library", self.library, "index", self.photos),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            # Only the program itself: its decoders must notice by themselves that it is gone.
            process.send_signal(signal.SIGKILL)
            process.wait()
            return False
        if process.returncode != 0:
            raise RuntimeError(f"souvenir index ended with {process.returncode}: {errors[-2000:]}")
        return True

    def check(self, before: dict[int, int]) -> None:
        """Have `souvenir verify` look, and see that every photo of `before` is as it was."""
        after = self.embedded()
        self.found["looked at"] += len(before)
        self.found["lost"] += len(before.keys() - after.keys())
        self.found["twice"] += sum(after.get(photo, seq) != seq for photo, seq in before.items())
        if not (self.library / "catalogue.sqlite").exists():
            return
        command = souvenir("--library", self.library, "verify")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.found["unclean"] += 1
            print(f"verify said: {done.stdout}{done.stderr}")

    def embedded(self) -> dict[int, int]:
        """Photo id → seq of its embedding, which grows with every one that is written.

        Read from a copy: opening the catalogue itself would mend it before Souvenir has to.
        """
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary, "catalogue.sqlite")
            for ending in ("", "-wal"):
                file = self.library / f"catalogue.sqlite{ending}"
                if file.exists():
                    shutil.copy(file, f"{copy}{ending}")
            connection = sqlite3.connect(copy)
            try:
                return dict(connection.execute("SELECT photo_id, seq FROM embeddings"))
            except sqlite3.OperationalError:
                return {}  # killed before there was a schema
            finally:
                connection.close()


def measure(plan: Plan) -> list[Row]:
    """Kill, verify, index on until done; then anew with an empty library, 50 kills in all."""
    runs = plan.size(50, quick=4)
    chance = random.Random(9)
    found: Counter[str] = Counter()
    killed = libraries = 0
    with tempfile.TemporaryDirectory() as temporary:
        photos = _photos(Path(temporary, "photos"), plan.size(1200, quick=400))
        whole = run(souvenir("--library", Path(temporary, "first"), "index", photos)).seconds
        while killed < runs:
            libraries += 1
            killing = Killing(Path(temporary, f"library-{libraries}"), photos, found)
            ended = False
            while not ended:
                before = killing.embedded()
                seconds = chance.uniform(SOON, whole * 0.8) if killed < runs else None
                ended = killing.index(seconds)
                killed += not ended
                killing.check(before)
            found["missing"] += len(list(photos.iterdir())) - len(killing.embedded())
            shutil.rmtree(killing.library)
    return [
        Row(TITLE, killed, "times", note=f"over {libraries} libraries"),
        Row("  verify not clean afterwards", found["unclean"], "times", most=0),
        Row(
            "  finished photos embedded twice",
            found["twice"],
            "photos",
            most=0,
            note=f"of {found['looked at']:,} that were finished before a kill",
        ),
        Row("  finished photos lost", found["lost"], "photos", most=0),
        Row("  photos missing at the end", found["missing"], "photos", most=0),
    ]


def _photos(folder: Path, count: int) -> Path:
    folder.mkdir()
    real = sorted((SHARED / "flickr8k" / "train").glob("*.jpg"))[:count]
    for photo in real:
        shutil.copy(photo, folder)
    if not real:
        make_photos(folder, count)
    return folder
