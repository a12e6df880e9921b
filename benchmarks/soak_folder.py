"""A folder that does not keep still: files come, go, move, change, and the whole is unplugged."""

from __future__ import annotations

import random
import shutil
import threading
from collections import Counter
from pathlib import Path

FEWEST, MOST = 50, 400  # files: more than the first and fewer than the last are kept


class ChangingFolder(threading.Thread):
    """Copies, deletes, moves, edits and unplugs below `folder` until told to stop."""

    def __init__(self, folder: Path, photos: list[Path], seed: int) -> None:
        super().__init__(name="changing-folder")
        self._folder = folder
        self._photos = photos
        self._random = random.Random(seed)
        self._over = threading.Event()
        self.done: Counter[str] = Counter()

    def stop(self) -> None:
        """Put everything back where it belongs and end."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """One change every second or so."""
        changes = (
            self._copy_in,
            self._copy_another_in,
            self._copy_another_in,
            self._delete_one,
            self._move_one,
            self._move_folder,
            self._edit_one,
            self._unplug,
        )
        number = 0
        while not self._over.wait(self._random.uniform(0.3, 2.0)):
            number += 1
            change = self._random.choice(changes)
            change(number)
            self.done[change.__name__] += 1

    def _files(self) -> list[Path]:
        return [file for file in self._folder.rglob("*") if file.is_file()]

    def _some_file(self) -> Path:
        return self._random.choice(self._files())

    def _new_place(self, number: int, suffix: str) -> Path:
        while len(files := self._files()) > MOST:
            self._random.choice(files).unlink()
        into = self._folder / f"trip {number % 7}"
        into.mkdir(exist_ok=True)
        return into / f"{number}{suffix}"

    def _copy_in(self, number: int) -> None:
        """A photo that may be there already: one photo in several files."""
        source = self._random.choice(self._photos)
        shutil.copyfile(source, self._new_place(number, source.suffix))

    def _copy_another_in(self, number: int) -> None:
        """One that never was there: decoders do not mind what follows a picture."""
        source = self._random.choice(self._photos)
        content = source.read_bytes() + f"number {number}".encode()
        self._new_place(number, source.suffix).write_bytes(content)

    def _delete_one(self, _number: int) -> None:
        if len(self._files()) > FEWEST:
            self._some_file().unlink()

    def _move_one(self, number: int) -> None:
        file = self._some_file()
        file.rename(self._folder / f"moved {number}{file.suffix}")

    def _move_folder(self, number: int) -> None:
        folders = sorted(path for path in self._folder.iterdir() if path.is_dir())
        if folders:
            self._random.choice(folders).rename(self._folder / f"journey {number}")

    def _edit_one(self, _number: int) -> None:
        shutil.copyfile(self._random.choice(self._photos), self._some_file())

    def _unplug(self, _number: int) -> None:
        away = self._folder.with_name("unplugged")
        self._folder.rename(away)
        self._over.wait(self._random.uniform(1.0, 5.0))
        away.rename(self._folder)
