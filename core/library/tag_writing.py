"""Tags and ratings out of the library: beside photos or into them, where that is switched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.catalog import folders, labels, tags, written
from core.catalog.catalogue import Catalogue
from core.catalog.files import FileStat, keys_of_paths, record_unread, remove_files
from core.catalog.folders import Folder, Writes
from core.catalog.labels import Label
from core.catalog.names import fold, relative_path
from core.catalog.tags import PhotoTag
from core.catalog.written import FileToWrite, Place, Written
from core.errors import FolderError, SouvenirError
from core.events import Events, FoldersChanged, PhotosChanged
from core.filing.inside import opened_inside
from core.filing.metadata_writing import (
    Note,
    NotIntoFileError,
    Prepared,
    check_writable,
    prepare_file,
    prepare_sidecar,
    put_in_place,
)
from core.filing.placing import remove_leftovers
from core.filing.steps import FilingError, Problem, problem_of
from core.filing.tag_plan import Wanted, differences
from core.imaging.formats import why_not_a_photo
from core.imaging.reading import hash_bytes
from core.paths import LibraryPaths
from core.private_files import make_private_folder, write_private

_AT_ONCE = 200
Cancelled = Callable[[], bool]

__all__ = ["Note", "TagChange", "TagWriting", "Writes"]


@dataclass(frozen=True)
class TagChange:
    """What is, or was, written of one photo: `done` of `total` files were looked at.

    `target`: the sidecar or the photo, None where nothing is to be written. `added`, `removed`:
    keywords. `rating` and `title`: what stands there and what will, None for none. `note`: why it
    is a sidecar although files were chosen.
    """

    done: int
    total: int
    path: Path
    target: Path | None = None
    place: Place = "sidecar"
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rating: tuple[str | None, str | None] = (None, None)
    title: tuple[str | None, str | None] = (None, None)
    note: Note = ""
    problem: Problem | None = None


class TagWriting:
    """What `Library.tag_writing` gives. Safe from any thread; everything may take a while."""

    def __init__(self, catalogue: Catalogue, paths: LibraryPaths, events: Events) -> None:
        self._catalogue = catalogue
        self._paths = paths
        self._events = events

    def folder_of(self, path: Path) -> Folder:
        """The watched folder that `path` is or lies in. Raises FolderError where there is none."""
        return self._place(path)[0]

    def choose(self, path: Path, writes: Writes) -> None:
        """Switch writing for the watched folder at `path`: "off", "sidecar" or "file"."""
        folder, directory = self._place(path)
        if directory:
            raise FolderError(
                f"{path} is a part of {folder.path}: writing tags is switched for that as a whole."
            )
        with self._catalogue.transaction() as tx:
            written.set_writes(tx, folder.id, writes)
        self._events.emit(FoldersChanged())

    def preview(self, path: Path, cancelled: Cancelled) -> Iterator[TagChange]:
        """What `write` would do, one file after the other; beside the photos where it is off."""
        return self._each(path, cancelled, writing=False)

    def write(self, path: Path, cancelled: Cancelled) -> Iterator[TagChange]:
        """Write the tags and ratings of the photos in `path`, a watched folder or a part of one.

        What we wrote and is no more so goes; what others wrote stays. Ends after a whole file when
        cancelled. Raises SouvenirError where writing is off there.
        """
        folder = self.folder_of(path)
        if folder.writes == "off":
            raise SouvenirError(
                f"Writing tags is off for {folder.path}: switch it on in the settings of folders, "
                f"or with 'souvenir folders tags sidecar {folder.path}'."
            )
        return self._each(path, cancelled, writing=True)

    # Inside

    def _place(self, path: Path) -> tuple[Folder, str]:
        path = path.expanduser().absolute()
        with self._catalogue.reader() as c:
            watched = folders.list_folders(c)
        for folder in watched:
            inside = relative_path(str(path), folder.path)
            if inside is not None:
                if folder.offline or not path.is_dir():
                    raise FolderError(
                        f"{path} is not there at the moment: connect its disk, or check the name."
                    )
                return folder, inside
        raise FolderError(f"{path} is in no watched folder: add it with 'souvenir index' first.")

    def _each(self, path: Path, cancelled: Cancelled, *, writing: bool) -> Iterator[TagChange]:
        folder, directory = self._place(path)
        root = Path(folder.path)
        with self._catalogue.reader() as c:
            files = written.files_below(c, folder.id, directory)
        total, writes = len(files), "sidecar" if folder.writes == "off" else folder.writes
        deal = self._done if writing else _look_only
        tidied: set[Path] = set()
        for start in range(0, total, _AT_ONCE):
            some = files[start : start + _AT_ONCE]
            rewritten: list[int] = []
            try:
                for done, (each, wanted, ours) in enumerate(self._wanted(some), start + 1):
                    if cancelled():
                        return
                    parent = Path(each.path).parent
                    if writing and parent not in tidied:
                        tidied.add(parent)
                        _tidy(root, parent)
                    change = _one(each, wanted, ours, writes, deal, root)
                    if change.target == change.path:
                        rewritten.append(each.photo_id)
                    yield replace(change, done=done, total=total)
            finally:
                if rewritten and writing:
                    self._events.emit(PhotosChanged(updated=tuple(sorted(rewritten))))

    def _wanted(
        self, files: Sequence[FileToWrite]
    ) -> list[tuple[FileToWrite, Wanted, dict[Place, Written]]]:
        """Files with what they should say, and what was written of them before."""
        with self._catalogue.reader() as c:
            carried = tags.tags_of(c, list(dict.fromkeys(each.photo_id for each in files)))
            by_name = {label.name: label for label in labels.list_labels(c)}
            known = written.written_of(c, [each.file_id for each in files])
        return [
            (
                each,
                _said_of(each, carried[each.photo_id], by_name),
                {place: what for (file, place), what in known.items() if file == each.file_id},
            )
            for each in files
        ]

    def _done(self, each: FileToWrite, prepared: Prepared, known: Written) -> None:
        """Write what was prepared, and remember what of it is ours, `known` before.

        That is kept before the file has its new content: whatever ends us, ours stays ours.
        """
        new_hash = hash_bytes(prepared.data) if prepared.data is not None else b""
        into_photo = prepared.place == "file" and not prepared.same
        if into_photo:
            self._keep_thumbnail(each.content_hash, new_hash)

        @contextmanager
        def commit(stat: FileStat | None) -> Iterator[None]:
            with self._catalogue.transaction() as tx:
                written.put_written(tx, each.file_id, prepared.place, prepared.plan.written)
                if into_photo and stat is not None:
                    if not written.content_rewritten(tx, each, stat, new_hash):
                        raise FilingError("changed")
                else:
                    for key in keys_of_paths(tx, [prepared.target]):
                        if stat is None:
                            remove_files(tx, key.folder_id, key.directory, [key.name])
                        else:
                            reason = why_not_a_photo(prepared.target) or ""
                            record_unread(tx, key, stat, "skipped", reason)
                yield

        if prepared.same:
            self._remember(each, prepared.place, prepared.plan.written)
            return
        self._remember(each, prepared.place, known | prepared.plan.written)
        try:
            put_in_place(prepared, commit)
        except BaseException:
            self._remember(each, prepared.place, known)
            raise
        if into_photo:
            self._paths.thumbnail(each.content_hash).unlink(missing_ok=True)

    def _remember(self, each: FileToWrite, place: Place, ours: Written) -> None:
        with self._catalogue.transaction() as tx:
            written.put_written(tx, each.file_id, place, ours)

    def _keep_thumbnail(self, old: bytes, new: bytes) -> None:
        """The picture stays what it is: so does its thumbnail, under the new content's name."""
        source, target = self._paths.thumbnail(old), self._paths.thumbnail(new)
        if source.exists() and not target.exists():
            make_private_folder(target.parent)
            write_private(target, source.read_bytes())


def _look_only(_: FileToWrite, prepared: Prepared, _known: Written) -> None:
    """Leave it at what was prepared, but tell what would be refused."""
    if not prepared.same:
        check_writable(prepared)


def _tidy(root: Path, folder: Path) -> None:
    with suppress(OSError, FilingError), opened_inside(root, folder):
        remove_leftovers(folder)


def _one(
    each: FileToWrite,
    wanted: Wanted,
    ours: dict[Place, Written],
    writes: str,
    deal: Callable[[FileToWrite, Prepared, Written], None],
    root: Path,
) -> TagChange:
    """Prepare and deal with all places of one file; problems are told, not raised."""
    path = Path(each.path)
    change = TagChange(0, 0, path)
    try:
        with opened_inside(root, path.parent):
            _must_be_known(each, path)
        for prepared in _places(each, path, wanted, ours, writes, root):
            known = ours.get(prepared.place, Written())
            if prepared.same and prepared.plan.written == known:
                continue
            deal(each, prepared, known)
            if not prepared.same:
                added, removed = differences(prepared.now.words, prepared.plan.said.words)
                change = replace(
                    change,
                    target=prepared.target,
                    place=prepared.place,
                    added=tuple(dict.fromkeys((*change.added, *added))),
                    removed=tuple(dict.fromkeys((*change.removed, *removed))),
                    rating=(prepared.now.rating, prepared.plan.said.rating),
                    title=(prepared.now.title, prepared.plan.said.title),
                    note=prepared.note,
                )
    except (OSError, FilingError) as error:
        return replace(change, problem=problem_of(path, error))
    return change


def _places(
    each: FileToWrite,
    path: Path,
    wanted: Wanted,
    ours: dict[Place, Written],
    writes: str,
    root: Path,
) -> Iterator[Prepared]:
    """Where the words go, and where they went once and no longer belong: that comes last."""
    beside, inside = ours.get("sidecar", Written()), ours.get("file", Written())
    note: Note = ""
    if writes == "file":
        note = "format" if each.format != "JPEG" else "copies" if each.files > 1 else ""
        if not note:
            try:
                yield prepare_file(path, inside, wanted, root)
            except NotIntoFileError as error:
                note = error.note
            else:
                if beside:
                    yield prepare_sidecar(path, beside, Wanted(), root)
                return
    outside = replace(wanted, known=each.file_keywords)
    yield replace(prepare_sidecar(path, beside, outside, root), note=note)
    if inside and writes == "sidecar" and each.files == 1:
        try:
            yield prepare_file(path, inside, Wanted(), root)
        except NotIntoFileError:
            return  # it changed in a way that does not let us in: what is there stays


def _must_be_known(each: FileToWrite, path: Path) -> None:
    """Raise FilingError where the file is not the one whose photo carries the tags."""
    status = path.stat()
    now = FileStat(status.st_size, status.st_mtime_ns, status.st_ino)
    if (now.size, now.mtime_ns) != (each.stat.size, each.stat.mtime_ns):
        raise FilingError("not_indexed")


def _said_of(each: FileToWrite, carried: Sequence[PhotoTag], by_name: dict[str, Label]) -> Wanted:
    """What a photo should say: its labels with those above them, and the person's own words."""
    paths: list[tuple[str, ...]] = []
    for tag in sorted(carried, key=lambda tag: tag.label.name):
        above: list[str] = []
        label: Label | None = tag.label
        while label is not None:
            above.insert(0, label.name)
            label = by_name.get(label.parent)
        paths.append(tuple(above))
    have = {fold(path[-1]) for path in paths}
    paths += [(word,) for word in each.keywords if fold(word) not in have]
    return Wanted(tuple(paths), each.rating, title=each.title)
