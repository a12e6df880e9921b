"""Two ext4 images in one place by turns: run as root, in a mount namespace of its own.

    unshare --mount python tests/helpers/two_disks.py STORY FOLDER

Prints a list of steps as JSON, each [names that are known, offline, other disk, files read].
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from core.catalog import files, folders, photos
from core.catalog.catalogue import Catalogue
from core.catalog.metadata import PhotoContent
from core.indexing.jobs import FileJob, ScanRequest
from core.indexing.scanning import FolderEvent, apply_folder_event, scan_requests
from core.library.roots import disks_now


class Place:
    """A mount point, a watched folder in it, around it or at it, and its catalogue."""

    def __init__(self, story: str, base: Path) -> None:
        self.base = base
        root = base / "photos"
        self.point = root / "usb" if story == "inside" else root
        self.point.mkdir(parents=True)
        if story == "inside":
            write(root / "mine.jpg", b"mine")
        self.below = "Pictures" if story == "below it" else ""
        self.catalogue = Catalogue(base / "catalogue.sqlite")
        with self.catalogue.transaction() as tx:
            self.folder_id = folders.add_folder(tx, root / self.below).id

    def disk(self, name: str, contents: dict[str, bytes]) -> None:
        """Make an image with these files."""
        image = self.base / f"{name}.img"
        with image.open("wb") as file:
            file.truncate(4 << 20)
        run("mkfs.ext4", "-q", "-F", "-L", f"DISK {name}", str(image))
        self.mount(name)
        for each, data in contents.items():
            write(self.point / self.below / each, data)
        self.unmount()

    def mount(self, name: str) -> None:
        run("mount", "-o", "loop", str(self.base / f"{name}.img"), str(self.point))

    def unmount(self) -> None:
        run("umount", str(self.point))

    def index(self) -> list[object]:
        """Scan and take in what is found, without looking at a picture; say how it stands."""
        read, later = 0, list[FolderEvent]()
        found = scan_requests(
            self.catalogue, [ScanRequest(self.folder_id)], ignore=(), cancelled=lambda: False
        )
        for each in list(found):
            if isinstance(each, FileJob):
                read += 1
                self._store(each)
            elif isinstance(each, FolderEvent):
                later.append(each)
        with self.catalogue.transaction() as tx:
            for event in later:
                apply_folder_event(tx, event)
            (folder,) = folders.list_folders(tx)
            known = files.known_directories(tx, folder.id)
            names = sorted(n for d in known for n in files.known_files(tx, folder.id, d))
        return [names, folder.offline, folder.other_disk, read]

    def _store(self, job: FileJob) -> None:
        data = job.path.read_bytes()
        content = PhotoContent(hashlib.md5(data).digest(), len(data), "JPEG", 4, 3)
        with self.catalogue.transaction() as tx:
            photos.store_photo(tx, job.key, job.stat, content)

    def accept(self) -> None:
        """Say that it is the same folder."""
        with self.catalogue.transaction() as tx:
            (folder,) = folders.list_folders(tx)
            folders.accept_disk(tx, folder.id, *disks_now(folder))


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_600_000_000, 1_600_000_000))


def run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL)


def main(story: str, base: Path) -> list[list[object]]:
    """Tell the story."""
    place = Place(story, base / "story")
    place.disk("A", {f"{n}.jpg": b"a%d" % n for n in range(3)})
    place.disk("B", {"0.jpg": b"another", "8.jpg": b"b8"})
    steps = []
    place.mount("A")
    steps.append(place.index())
    place.unmount()
    steps.append(place.index())
    place.mount("B")
    steps.append(place.index())
    place.unmount()
    place.mount("A")
    steps.append(place.index())
    place.unmount()
    place.mount("B")
    place.accept()
    steps.append(place.index())
    place.unmount()
    place.mount("A")
    steps.append(place.index())
    place.unmount()
    place.catalogue.close()
    return steps


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
