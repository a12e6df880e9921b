"""The files of photos: copied, moved, renamed and exported, with the catalogue told of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.catalog import folders, photos
from core.catalog.catalogue import Catalogue
from core.catalog.photos import Photo
from core.errors import SouvenirError
from core.filing.exchange import exchange_files
from core.filing.exporting import ExportOptions, ToExport, export_photos
from core.filing.moving import (
    Gathering,
    copy_files,
    gather_files,
    move_files,
    name_conflicts,
    on_other_disks,
)
from core.filing.names import NameProblem
from core.filing.pattern import NameFacts, PatternError
from core.filing.placing import Cancelled
from core.filing.renaming import Renaming, plan_renaming, rename_files
from core.filing.steps import Problem, Reason, Step, Transfer
from core.imaging.sidecars import sidecars
from core.imaging.xmp_writing import Words
from core.watching.root import is_real_directory

log = logging.getLogger(__name__)

__all__ = [
    "ExportOptions",
    "Filing",
    "Gathering",
    "GatheringPlan",
    "NameProblem",
    "PatternError",
    "Problem",
    "Reason",
    "Renaming",
    "Step",
    "Transfer",
]


@dataclass(frozen=True)
class GatheringPlan:
    """What copying or linking photos into a folder meets, each photo by the file it is shown by.

    `photos` that are here, and `away` whose disk is not; `taken`: names that get a number there;
    `other_disk`: files that hard links cannot lead to from there; `watched`: whether the folder is
    part of the library, where each photo then has one more file.
    """

    photos: int
    away: int
    taken: tuple[str, ...]
    other_disk: int
    watched: bool


class Filing:
    """Works on files, photo by photo, as generators of steps; nothing is ever overwritten.

    When a generator ends, however it ends, `rescan` is told which files to look at, so that photos
    keep their ids wherever their files went.
    """

    def __init__(self, catalogue: Catalogue, rescan: Callable[[Sequence[Path]], object]) -> None:
        self._catalogue = catalogue
        self._rescan = rescan

    # What there is

    def shown_files(self, photo_ids: Sequence[int]) -> list[Path]:
        """The file that each photo is shown by; photos whose disk is not here are left out."""
        return [Path(photo.files[0].path) for photo in self._here(photo_ids)]

    def all_files(self, photo_ids: Sequence[int]) -> list[Path]:
        """Every file of the photos that is here, sidecar files after their photo.

        Not those in a folder that is a link by now, which leads out of the watched one.
        """
        found: dict[Path, None] = {}
        for photo in self._here(photo_ids):
            paths = [Path(file.path) for file in photo.files if not file.offline]
            for path in self._apart(paths)[0]:
                found.update(dict.fromkeys([path, *sidecars(path)]))
        return list(found)

    def conflicts(self, photo_ids: Sequence[int], folder: Path) -> list[str]:
        """Names that are taken in `folder`: copied or moved there, files would get a number."""
        return name_conflicts(self.shown_files(photo_ids), folder)

    def plan_gathering(self, photo_ids: Sequence[int], folder: Path) -> GatheringPlan:
        """What `gather` would meet in `folder`, which need not be there yet; writes nothing."""
        sources = self.shown_files(photo_ids)
        return GatheringPlan(
            photos=len(sources),
            away=len(self._away(photo_ids)),
            taken=tuple(name_conflicts(sources, folder)),
            other_disk=len(on_other_disks(sources, folder)),
            watched=self.watches(folder),
        )

    def watches(self, folder: Path) -> bool:
        """Whether photos in `folder` are part of the library: moved elsewhere, they leave it."""
        with self._catalogue.reader() as connection:
            roots = [Path(found.path) for found in folders.list_folders(connection)]
        inside = [folder.relative_to(root) for root in roots if folder.is_relative_to(root)]
        return any(not any(part.startswith(".") for part in path.parts) for path in inside)

    # What can be done

    def copy(self, photo_ids: Sequence[int], folder: Path, cancelled: Cancelled) -> Iterator[Step]:
        """Copy the files that photos are shown by into `folder`."""
        steps = copy_files(self.shown_files(photo_ids), folder, cancelled)
        return self._told(steps, self._away(photo_ids), cancelled)

    def gather(
        self, photo_ids: Sequence[int], folder: Path, gathering: Gathering, cancelled: Cancelled
    ) -> Iterator[Step]:
        """Copy the files that photos are shown by into `folder`, or link to them there.

        The folder is made where it is not there. Raises SouvenirError where it cannot be.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SouvenirError(
                f"The folder {folder} cannot be made ({error.strerror}): choose another one."
            ) from error
        steps = gather_files(self.shown_files(photo_ids), folder, gathering, cancelled)
        return self._told(steps, self._away(photo_ids), cancelled)

    def move(self, photo_ids: Sequence[int], folder: Path, cancelled: Cancelled) -> Iterator[Step]:
        """Move the files that photos are shown by into `folder`."""
        within, linked = self._apart(self.shown_files(photo_ids))
        steps = move_files(within, folder, cancelled)
        return self._told(steps, [*linked, *self._away(photo_ids)], cancelled)

    def plan_renaming(self, photo_ids: Sequence[int], pattern: str) -> list[Renaming]:
        """What the files that photos are shown by would be called. Raises PatternError."""
        return plan_renaming(self._facts(photo_ids), pattern)

    def rename(self, plan: Sequence[Renaming], cancelled: Cancelled) -> Iterator[Step]:
        """Rename files as planned."""
        within, linked = self._apart([renaming.source for renaming in plan])
        stays = set(within)
        steps = rename_files([r for r in plan if r.source in stays], cancelled)
        return self._told(steps, linked, cancelled)

    def transfer(self, transfers: Sequence[Transfer], cancelled: Cancelled) -> Iterator[Step]:
        """Move files to exact places: the way back of what was done, and forth again.

        A folder that went with its last file is made again, inside a watched folder that is here.
        """
        with self._catalogue.reader() as connection:
            watched = folders.list_folders(connection)
        # Where a disk is not here, a folder made in its place would be made on another one.
        roots = [Path(folder.path) for folder in watched if not folder.offline]
        for folder in {transfer.target.parent for transfer in transfers}:
            if any(_may_be_made(folder, root) for root in roots):
                with suppress(OSError):  # each file that wants to go there tells of it
                    folder.mkdir(parents=True, exist_ok=True)
        steps = exchange_files([[transfer] for transfer in transfers], cancelled)
        return self._told(steps, [], cancelled)

    def export(
        self,
        photo_ids: Sequence[int],
        options: ExportOptions,
        folder: Path,
        cancelled: Cancelled,
    ) -> Iterator[Step]:
        """Write photos into `folder` in another format and size. Raises PatternError."""
        found = self._here(photo_ids)
        facts = _facts(found)
        wanted = [
            ToExport(fact, photo.rotation, Words(photo.title, photo.keywords, photo.rating))
            for photo, fact in zip(found, facts, strict=True)
        ]
        steps = export_photos(wanted, options, folder, cancelled)
        return self._told(steps, self._away(photo_ids), cancelled)

    def look_again(self, files: Sequence[Path]) -> None:
        """Something outside of here moved these files, or brought them back."""
        self._look(files)

    # Inside

    def _here(self, photo_ids: Sequence[int]) -> list[Photo]:
        with self._catalogue.reader() as connection:
            found = photos.get_photos(connection, photo_ids)
        return [photo for photo in found if not photo.offline]

    def _facts(self, photo_ids: Sequence[int]) -> list[NameFacts]:
        return _facts(self._here(photo_ids))

    def _away(self, photo_ids: Sequence[int]) -> list[Problem]:
        """Files of photos whose disk is not here."""
        with self._catalogue.reader() as connection:
            found = photos.get_photos(connection, photo_ids)
        return [Problem(Path(photo.files[0].path), "offline") for photo in found if photo.offline]

    def _apart(self, paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
        """Files that are in their watched folder, and those that a link leads elsewhere for."""
        with self._catalogue.reader() as connection:
            roots = [Path(folder.path) for folder in folders.list_folders(connection)]
        real: dict[Path, bool] = {}
        for parent in {path.parent for path in paths}:
            root = next((root for root in roots if parent.is_relative_to(root)), parent)
            real[parent] = is_real_directory(str(root), _below(parent, root))
        linked = [path for path in paths if not real[path.parent] and path.parent.is_dir()]
        kept = set(linked)
        within = [path for path in paths if path not in kept]
        return within, [Problem(path, "link") for path in linked]

    def _told(
        self, steps: Iterator[Step], left: Sequence[Problem], cancelled: Cancelled
    ) -> Iterator[Step]:
        """Pass the steps on, say what was `left`, and tell the catalogue whatever happens."""
        touched: dict[Path, None] = {}
        total = 0
        try:
            for step in steps:
                for transfer in step.transfers:
                    touched |= {transfer.target: None, transfer.source: None}
                total = step.total
                yield step
            if not cancelled():
                for n, problem in enumerate(left, total + 1):
                    yield Step(n, total + len(left), problem.path, problem=problem)
        finally:
            if touched:
                self._look(list(touched))

    def _look(self, files: Sequence[Path]) -> None:
        """Have the catalogue follow. What was done is done, whatever becomes of that."""
        try:
            self._rescan(files)
        except SouvenirError as error:
            log.info("the folders are looked at later: %s", error)
        except Exception:
            log.exception("looking again at what was moved failed; the next scan finds it")


def _below(folder: Path, root: Path) -> str:
    inside = folder.relative_to(root).as_posix()
    return "" if inside == "." else inside


def _may_be_made(folder: Path, root: Path) -> bool:
    """Whether a folder can be made in a watched one, without a link that leads out of it."""
    if not folder.is_relative_to(root) or not root.is_dir():
        return False
    there = next(part for part in (folder, *folder.parents) if os.path.lexists(part))
    return is_real_directory(str(root), _below(there, root))


def _facts(found: Sequence[Photo]) -> list[NameFacts]:
    return [
        NameFacts(Path(photo.files[0].path), number, _taken(photo), photo.metadata.camera)
        for number, photo in enumerate(found, 1)
    ]


def _taken(photo: Photo) -> datetime:
    """When it was taken, by the clock at the place; else when its file was written."""
    try:
        return datetime.fromisoformat((photo.metadata.taken_at or "")[:19])
    except ValueError:
        return datetime.fromtimestamp(photo.files[0].mtime)
