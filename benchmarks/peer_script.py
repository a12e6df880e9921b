"""Runs in rclip's own Python: fills its index with rows, or times searches in a warm process.

python peer_script.py fill FOLDER COUNT
python peer_script.py search FOLDER TIMES
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from rclip import db, main, model
from rclip.utils import helpers


def fill(folder: str, count: int) -> None:
    """Put `count` random embeddings of photos in `folder` into the index."""
    database = db.DB(helpers.get_app_datadir() / "db.sqlite3")
    random = np.random.default_rng(0)
    for number in range(count):
        vector = random.standard_normal(model.Model.VECTOR_SIZE, np.float32)
        vector /= np.linalg.norm(vector)
        image = db.NewImage(
            filepath=f"{folder}/{number // 1000}/IMG_{number}.jpg",
            modified_at=0.0,
            size=number,
            vector=vector.tobytes(),
            hash=str(number),
        )
        database.upsert_image(image, commit=False)
    database.close()


def search(folder: str, times: int) -> list[float]:
    """Seconds of each of `times` searches, after one that warms up."""
    rclip, _, _ = main.init_rclip(folder, 8, no_indexing=True)
    seconds = []
    for number in range(times + 1):
        started = time.perf_counter()
        rclip.search(f"photo number {number}", folder, 20)
        seconds.append(time.perf_counter() - started)
    return seconds[1:]


if __name__ == "__main__":
    task, where, amount = sys.argv[1:]
    if task == "fill":
        fill(where, int(amount))
    print(json.dumps(search(where, int(amount)) if task == "search" else None))
