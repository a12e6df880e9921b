"""A library without disk, SQL or model: what the window's tests need of core.library.Library."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.catalog.edits import (
    Edit,
    RemoveSearch,
    RenameSearch,
    SaveSearch,
    SetFavourite,
    SetKeywords,
    SetRating,
    SetRotation,
    SetTitle,
)
from core.catalog.folders import UNKNOWN_DISK, Disk
from core.catalog.metadata import Metadata
from core.errors import FolderError, PhotoError
from core.events import (
    AlbumsChanged,
    Events,
    FailuresChanged,
    FoldersChanged,
    PhotosChanged,
    SearchesChanged,
)
from core.search.query import parse_query
from tests.app.fake_browse import FakeBrowse, Said
from tests.app.fake_choices import FakeChoices
from tests.app.fake_labels import FakeLabels
from tests.app.fake_pictures import FakePictures


@dataclass
class FakeFolder:
    id: int
    path: str
    offline: bool = False
    writes: str = "off"
    disk: Disk = UNKNOWN_DISK
    other_disk: str = ""


@dataclass
class FakeLibrary(FakeChoices):
    """`count` photos with ids 1…count; photo n is named by `names` or IMG_n.JPG.

    `answers`: query → (ids, relevances, cut). Every call notes the thread it came on.
    """

    directory: Path
    count: int = 0
    folder_list: list[FakeFolder] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    paths_of: dict[int, Path] = field(default_factory=dict)
    offline: set[int] = field(default_factory=set)
    answers: dict[str, tuple[list[int], list[float], int]] = field(default_factory=dict)
    search_seconds: float = 0.0
    failed: tuple[Any, ...] = ()
    model_error: str = ""
    writable: bool = True
    only_read: str | None = None

    def __post_init__(self) -> None:
        FakeChoices.__init__(self)
        self.events = Events()
        self.said = Said()
        self.ratings = self.said.ratings
        self.favourites = self.said.favourites
        self.browse = FakeBrowse(self)
        self.pictures = FakePictures()
        self.labels = FakeLabels()
        self.searched: list[str] = []
        self.set_aside: tuple[Any, ...] = ()
        self.retried: list[list[str]] = []
        self.cancelled: list[str] = []
        self.threads: set[str] = set()
        self.calls: list[str] = []
        self.paused = False
        self.paths = SimpleNamespace(thumbnail=self._thumbnail)

    def _note(self, call: str) -> None:
        self.calls.append(call)
        self.threads.add(threading.current_thread().name)

    def _thumbnail(self, content_hash: bytes) -> Path:
        return self.directory / f"{int.from_bytes(content_hash, 'big')}.jpg"

    def folders(self) -> list[Any]:
        self._note("folders")
        return [
            SimpleNamespace(folder=folder, photos=self.count, files=self.count)
            for folder in self.folder_list
        ]

    def add_folder(self, path: Path) -> FakeFolder:
        self._note("add_folder")
        if not path.is_dir():
            raise FolderError(f"{path} is not a folder: check the name, or plug its disk in.")
        folder = FakeFolder(len(self.folder_list) + 1, str(path))
        self.folder_list.append(folder)
        self.events.emit(FoldersChanged())
        return folder

    def remove_folder(self, path: Path) -> None:
        self._note("remove_folder")
        self.folder_list = [f for f in self.folder_list if f.path != str(path)]
        self.events.emit(FoldersChanged())

    def accept_disk(self, path: Path) -> None:
        self._note("accept_disk")
        (folder,) = (f for f in self.folder_list if f.path == str(path))
        folder.offline, folder.other_disk = False, ""
        self.events.emit(FoldersChanged())

    def start_watching(self) -> None:
        self._note("start_watching")

    def stop_watching(self) -> None:
        self._note("stop_watching")

    def pause(self) -> None:
        self._note("pause")
        self.paused = True

    def resume(self) -> None:
        self._note("resume")
        self.paused = False

    def retry(self, paths: Sequence[Path] | None = None) -> int:
        self._note("retry")
        named = {str(path) for path in paths or ()}
        self.set_aside = tuple(f for f in self.set_aside if f.path not in named)
        self.retried.append(sorted(named))
        self.events.emit(FailuresChanged())
        return len(self.failed if paths is None else named)

    def ignore_failures(self, paths: Sequence[Path]) -> int:
        self._note("ignore_failures")
        named = {str(path) for path in paths}
        gone = tuple(f for f in self.failed if f.path in named)
        self.set_aside += gone
        self.failed = tuple(f for f in self.failed if f not in gone)
        self.events.emit(FailuresChanged())
        return len(gone)

    def photo_ids(self, sort: str, *, descending: bool, filters: Any) -> NDArray[np.int64]:
        self._note("photo_ids")
        if sort == "name":
            (beginning,) = [f.text.casefold() for f in filters]
            known = (self._photo(n + 1).files[0].path for n in range(self.count))
            names = [Path(path).name.casefold() for path in known]
            found = [n + 1 for n, name in enumerate(names) if name.startswith(beginning)]
            return np.array(found, np.int64)
        assert sort == "taken"
        assert descending
        count = self.count // 2 if filters else self.count
        return np.arange(count, 0, -1, dtype=np.int64)

    def photos(self, photo_ids: Sequence[int]) -> list[Any]:
        self._note("photos")
        return [self._photo(i) for i in photo_ids if i <= self.count]

    def _photo(self, photo_id: int) -> Any:
        name = self.names.get(photo_id, f"IMG_{photo_id:04}.JPG")
        path = self.paths_of.get(photo_id, Path("/photos") / name)
        return SimpleNamespace(
            id=photo_id,
            content_hash=photo_id.to_bytes(16, "big"),
            files=(
                SimpleNamespace(
                    path=str(path.with_name(name)), offline=photo_id in self.offline, problem=""
                ),
            ),
            metadata=Metadata(taken_at="2021-06-05T14:03:22"),
            byte_size=3_000_000,
            width=4000,
            height=3000,
            format="JPEG",
            rating=self.ratings.get(photo_id, 0),
            favourite=photo_id in self.favourites,
            rotation=self.said.rotations.get(photo_id, 0),
            title=self.said.titles.get(photo_id) or None,
            keywords=self.said.keywords.get(photo_id) or (),
            added_at=1_600_000_000.0,
            offline=photo_id in self.offline,
        )

    def photo(self, photo_id: int) -> Any:
        self._note("photo")
        return self._photo(photo_id) if photo_id <= self.count else None

    def thumbnail(self, photo_id: int) -> Path | None:
        self._note("thumbnail")
        path = self._thumbnail(photo_id.to_bytes(16, "big"))
        return path if path.exists() else None

    def similar(
        self,
        photo: int | Path,
        *,
        words: str = "",
        top: int,
        cancelled: Callable[[], bool],
        filters: Sequence[Any] = (),
    ) -> Any:
        """Answer the query "like NAME", with the words after it."""
        if isinstance(photo, Path) and not photo.exists():
            raise PhotoError(f"{photo.name} cannot be read: it is not there.")
        name = photo if isinstance(photo, int) else photo.name
        query = f"like {name} {words}".strip()
        return self.search(query, top=top, cancelled=cancelled, filters=filters)

    def search(
        self,
        query: str,
        *,
        top: int,
        cancelled: Callable[[], bool],
        filters: Sequence[Any] = (),
    ) -> Any:
        self._note("search")
        self.searched.append(query)
        until = time.monotonic() + self.search_seconds
        while time.monotonic() < until:
            if cancelled():
                self.cancelled.append(query)
                break
            time.sleep(0.005)
        ids, relevances, cut = self.answers.get(query, ([], [], 0))
        if filters:
            inside = set(self.browse.passing(filters))
            kept = [n for n, i in enumerate(ids) if i in inside]
            cut = sum(n < cut for n in kept)
            ids, relevances = [ids[n] for n in kept], [relevances[n] for n in kept]
        return SimpleNamespace(
            query=parse_query(query).text,
            ids=np.array(ids[:top], np.int64),
            relevances=np.array(relevances[:top], np.float32),
            cut=cut,
            seconds=0.02,
        )

    def edit(self, edit: Edit) -> Edit:
        self._note("edit")
        inverse = self.said.apply(edit)
        match edit:
            case SetRating() | SetFavourite() | SetTitle() | SetKeywords() | SetRotation():
                self.events.emit(PhotosChanged(updated=tuple(edit.values)))
            case SaveSearch() | RenameSearch() | RemoveSearch():
                self.events.emit(SearchesChanged())
            case _:
                self.events.emit(AlbumsChanged())
        return inverse

    def close(self) -> None:
        self._note("close")
