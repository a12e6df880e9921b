"""Library: one folder of catalogue and caches, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import folders, photos
from core.catalog.changes import Changes
from core.catalog.edits import Edit
from core.catalog.filters import Filter
from core.catalog.folders import Folder
from core.catalog.photos import Photo, Sort
from core.embedding.models import Model
from core.errors import SouvenirError
from core.events import Events, FoldersChanged, PhotosChanged
from core.imaging.budget import MemoryBudget
from core.indexing.jobs import ScanRequest
from core.indexing.report import IndexReport
from core.indexing.scanning import requests_for
from core.library.albums import Albums
from core.library.answers import Answers
from core.library.browse import Browse
from core.library.changing import Changing
from core.library.engines import Engines
from core.library.filing import Filing
from core.library.following import Follower
from core.library.labels import Labels
from core.library.opening import Opened, open_parts, why_only_read
from core.library.orphans import remove_orphans
from core.library.pictures import Pictures
from core.library.roots import disks_now, folder_to_add, watched_folder
from core.library.shelf import Shelf
from core.library.status import FolderInfo, Status, bytes_on_disk, folder_infos, library_status
from core.library.tag_writing import TagWriting
from core.library.verification import verify_library
from core.paths import LibraryPaths, default_library
from core.search.knowing import Gaps
from core.search.ranking import SearchResults
from core.settings import Settings


def _never() -> bool:
    return False


class Library:
    """The one door to a library. Safe to use from several threads.

    Make one with `open`. `writable`: whether this process is the one that writes; `only_read`: why
    it is not. Every method may raise a SouvenirError whose text is for the person.
    """

    def __init__(self, opened: Opened, *, model: str | None, device: str | None) -> None:
        self.paths = opened.paths
        self.events = Events()
        budget = MemoryBudget()
        self.pictures = Pictures(budget)
        self.writable = opened.lock is not None
        self.only_read = opened.only_read
        self._opened = opened
        self._catalogue = opened.catalogue
        self.albums = Albums(opened.catalogue, self._answers)
        self.browse = Browse(opened.catalogue, self.albums.meant)
        self._changing = Changing(opened.catalogue, self.events)
        self.filing = Filing(opened.catalogue, self.rescan)
        self.tag_writing = TagWriting(opened.catalogue, opened.paths, self.events)
        self._engines = Engines(opened, self.events, budget, model=model, device=device)
        self.labels = Labels(
            opened.catalogue,
            self.events,
            self._engines,
            lambda path: self._answers().embed_files([path])[0],
        )
        self.shelf = Shelf(self._engines)
        self._follower: Follower | None = None

    @classmethod
    def open(
        cls,
        directory: Path | None = None,
        *,
        write: bool = True,
        model: str | None = None,
        device: str | None = None,
    ) -> Library:
        """Open the library in `directory` (default: the person's own), making it when writing.

        `model` and `device` stand for the settings in this process. Raises LibraryInUseError when
        another process writes it; with `write=False` it is opened beside that one.
        """
        paths = LibraryPaths((directory or default_library()).expanduser().absolute())
        return cls(open_parts(paths, write=write), model=model, device=device)

    def close(self) -> None:
        """Stop following, join every thread and process, give the library back."""
        self.stop_watching()
        self.labels.close()
        self.pictures.close()
        self._engines.close()
        self._opened.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def directory(self) -> Path:
        """The folder that holds this library."""
        return self.paths.root

    @property
    def settings(self) -> Settings:
        """What the person chose for this library."""
        return self._engines.settings

    @property
    def model(self) -> Model:
        """The model that answers."""
        return self._engines.current.model

    # Folders

    def folders(self) -> list[FolderInfo]:
        """The watched folders with their counts."""
        with self._catalogue.reader() as connection:
            return folder_infos(connection)

    def add_folder(self, path: Path) -> Folder:
        """Watch `path`; a folder that is watched already is left as it is."""
        known = [info.folder for info in self.folders()]
        path = folder_to_add(path, known, self.paths.root)
        with self._standing_still(), self._catalogue.transaction() as tx:
            folder = folders.add_folder(tx, path)
        if self._follower is not None:
            self._follower.follow(folder)
        self.events.emit(FoldersChanged())
        return folder

    def remove_folder(self, path: Path) -> None:
        """Stop watching `path`. Its files stay; ratings are remembered if they come back."""
        folder = watched_folder(path, [info.folder for info in self.folders()])
        if self._follower is not None:
            self._follower.unfollow(folder.id)
        left = True
        with self._standing_still():
            while left:
                with self._catalogue.transaction() as tx:
                    changes, left = folders.remove_folder(tx, folder.id)
                self._engines.forget(changes.removed)
                self._changed(changes)
        self.events.emit(FoldersChanged())

    def accept_disk(self, path: Path) -> Folder:
        """Take what is at `path` now for the watched folder there, on a new disk.

        Where another disk is in its place, a folder is offline until this is said. The next scan,
        at once where folders are followed, gives up what is not on that disk.
        """
        self._must_write()
        folder = watched_folder(path, [info.folder for info in self.folders()])
        identity, disk, inside = disks_now(folder)
        with self._standing_still(), self._catalogue.transaction() as tx:
            folders.accept_disk(tx, folder.id, identity, disk, inside)
        if self._follower is not None:
            self._follower.look_again([ScanRequest(folder.id)])
        self.events.emit(FoldersChanged())
        return folder

    @contextmanager
    def _standing_still(self) -> Iterator[None]:
        """No indexing by the follower while inside."""
        if self._follower is None:
            yield
        else:
            with self._follower.held():
                yield

    @contextmanager
    def _not_following(self) -> Iterator[None]:
        """No follower while inside, and no judging; there is one again after it if there was."""
        following = self.watching
        self.stop_watching()
        try:
            with self.labels.keeper.still():
                yield
        finally:
            if following:
                self.start_watching()

    # Indexing

    def index(
        self,
        *,
        folders: Sequence[int] | None = None,
        cancelled: Callable[[], bool] = _never,
    ) -> IndexReport:
        """Bring the library (or some folders, by id) up to date; blocks. Progress is an event."""
        self._must_write()
        wanted = [info.folder for info in self.folders()]
        requests = [ScanRequest(f.id) for f in wanted if folders is None or f.id in folders]
        report = self._engines.runs().run_until_settled(requests, cancelled)
        if not report.cancelled:
            self.labels.settle()
        return report

    def start_watching(self) -> None:
        """Bring the library up to date and follow its folders, on threads of its own."""
        self._must_write()
        if self._follower is not None:
            return
        engine = self._engines.indexing
        watched = [info.folder for info in self.folders()]
        if not watched:
            engine.indexer.prepare()  # the first folder is about to come
        self._follower = Follower(
            self._engines.runs(),
            self.events,
            ignore=engine.ignore,
            polling=self.settings.polling,
        )
        self._follower.start(watched)
        self.labels.keeper.wake()

    def stop_watching(self) -> None:
        """Stop following; a run under way is cut short and nothing is lost."""
        if self._follower is not None:
            self._follower.close()
            self._follower = None

    def rescan(self, paths: Sequence[Path]) -> None:
        """Look again at these files' directories at once, at directories with all below them."""
        self._must_write()
        requests = requests_for([info.folder for info in self.folders()], paths)
        if self._follower is not None:
            self._follower.look_again(requests)
        elif requests:
            self._engines.runs().run_until_settled(requests, _never)

    @property
    def watching(self) -> bool:
        """Whether folders are followed."""
        return self._follower is not None

    @property
    def paused(self) -> bool:
        """Whether indexing is paused."""
        return self._engines.paused

    def pause(self) -> None:
        """Start no further photo until `resume`."""
        self._engines.indexing.indexer.pause()

    def resume(self) -> None:
        """Go on indexing."""
        self._engines.indexing.indexer.resume()

    # Photos

    def photo_ids(
        self, sort: Sort = "taken", *, descending: bool = True, filters: Sequence[Filter] = ()
    ) -> NDArray[np.int64]:
        """Ids of all photos, or of those that pass `filters`, in order."""
        filters = self.albums.meant(filters)
        with self._catalogue.reader() as connection:
            return photos.photo_ids(connection, sort, descending=descending, filters=filters)

    def photo(self, photo_id: int) -> Photo | None:
        """One photo with its files, or None when it is gone."""
        with self._catalogue.reader() as connection:
            return photos.get_photo(connection, photo_id)

    def photos(self, photo_ids: Sequence[int]) -> list[Photo]:
        """Photos in the order of the ids; gone ones are left out."""
        with self._catalogue.reader() as connection:
            return photos.get_photos(connection, photo_ids)

    def thumbnail(self, photo_id: int) -> Path | None:
        """The thumbnail of a photo: a JPEG, long side 512 px. None where it is missing."""
        with self._catalogue.reader() as connection:
            content_hash = photos.content_hashes(connection, [photo_id]).get(photo_id)
        path = None if content_hash is None else self.paths.thumbnail(content_hash)
        return path if path is not None and path.exists() else None

    def edit(self, edit: Edit) -> Edit:
        """Make a change, all of it or none; returns its inverse, which takes it back exactly."""
        self._must_write()
        return self._changing.edit(edit)

    # Search

    def search(
        self,
        query: str,
        *,
        top: int = 50,
        exact: bool = False,
        cancelled: Callable[[], bool] = _never,
        filters: Sequence[Filter] = (),
    ) -> SearchResults:
        """Photos for a description; QueryError says what is wrong with the query and where.

        `filters`: only photos that pass them too.
        """
        return self._answers().search(
            query, top=top, exact=exact, cancelled=cancelled, filters=filters
        )

    def similar(
        self,
        photo: int | Path,
        *,
        words: str = "",
        top: int = 50,
        cancelled: Callable[[], bool] = _never,
        filters: Sequence[Filter] = (),
    ) -> SearchResults:
        """Photos like one of the library (id) or any file, with words added; never that one."""
        return self._answers().similar(
            photo, words=words, top=top, cancelled=cancelled, filters=filters
        )

    def gaps(self, query: str) -> Gaps:
        """What of a query the model that answers does not know; QueryError for no query."""
        return self._answers().gaps(query)

    def embed(
        self, files: Sequence[Path] = (), texts: Sequence[str] = ()
    ) -> list[NDArray[np.float32]]:
        """Normalised embeddings, float32 (dim,), of the files and then of the texts."""
        answers = self._answers()
        return [*answers.embed_files(files), *answers.embed_texts(texts)]

    def _answers(self) -> Answers:
        return Answers(
            self._catalogue, lambda: self._engines.current, self.albums.meant, self.pictures
        )

    def use_model(self, name: str) -> None:
        """Have another model answer, once it has looked at all photos that this one has seen.

        Until then `settings.model_until_ready` answers.
        """
        self.change_settings(model=name)

    # State

    def change_settings(self, **changes: object) -> Settings:
        """Choose other values of core.settings.Settings: they are kept, and hold at once.

        Indexing that is under way goes on by them. Raises SouvenirError for a value without sense.
        """
        self._must_write()
        return self._engines.change(changes, self._not_following)

    def status(self, *, sizes: bool = True) -> Status:
        """Counts, problems, model and device; `sizes` on disk take a walk through the caches."""
        watcher = self._follower.watcher if self._follower is not None else None
        engine, coming = self._engines.current, self._engines.coming
        status = library_status(self._catalogue, engine, watcher, coming)
        return replace(status, bytes_on_disk=bytes_on_disk(self.paths)) if sizes else status

    def verify(self) -> list[str]:
        """What does not agree between catalogue, vectors and thumbnails; empty when all does."""
        engine = self._engines.current
        return verify_library(self._catalogue, self.paths, engine)

    def retry(self, paths: Sequence[Path] | None = None) -> int:
        """Have what failed read again: at once where folders are followed, else by the next run.

        None: all but ignored ones. Those that are named are not ignored any more. Returns how many.
        """
        self._must_write()
        if paths is None:
            paths = [Path(failed.path) for failed in self.browse.failures()]
        number = self._changing.retry(paths)
        if number and self.watching:
            self.rescan(paths)
        return number

    def ignore_failures(self, paths: Sequence[Path]) -> int:
        """Set what failed aside until it can be read or `retry` names it; returns how many."""
        self._must_write()
        return self._changing.ignore_failures(paths)

    def rebuild(self, cancelled: Callable[[], bool] = _never) -> None:
        """Make anew what can be: vector index, scores, lost or damaged thumbnails and embeddings.

        Thumbnails that belong to no photo are removed.
        """
        self._must_write()
        with self._not_following():
            engine = self._engines.indexing
            engine.drop_unusable_embeddings()
            engine.rebuild_index()
            self._engines.runs().run([], cancelled)
            engine.indexer.make_thumbnails(cancelled)
            remove_orphans(self._catalogue, self.paths, cancelled)
            self.labels.forget_scores()
        if not cancelled():
            self.labels.settle()

    # Inside

    def _must_write(self) -> None:
        if not self.writable:
            raise SouvenirError(why_only_read(self.only_read))

    def _changed(self, changes: Changes) -> None:
        if changes:
            self.events.emit(PhotosChanged(changes.added, changes.updated, changes.removed))
