"""Changes that a person makes to a library, each in one transaction and told by its event."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.catalog import files
from core.catalog.catalogue import Catalogue
from core.catalog.edits import (
    AlbumEdit,
    ChangeSearch,
    Edit,
    RemoveSearch,
    RenameSearch,
    SaveSearch,
    SearchEdit,
    apply_edit,
)
from core.catalog.label_edits import LabelEdit, SetTags, concerned
from core.catalog.unread_directories import ignore_unread_directories
from core.events import (
    AlbumsChanged,
    Events,
    FailuresChanged,
    LabelsChanged,
    PhotosChanged,
    SearchesChanged,
    TagsChanged,
)
from core.search.album_names import AlbumNames, all_albums


class Changing:
    """Writes to a catalogue what a person wants. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, events: Events) -> None:
        self._catalogue = catalogue
        self._events = events

    def edit(self, edit: Edit) -> Edit:
        """Apply an edit; see Library.edit. An automatic album that names itself is refused."""
        with self._catalogue.transaction() as tx:
            inverse, changes = apply_edit(tx, edit)
            changed = _changed_search(edit, inverse)
            if changed is not None:
                AlbumNames(all_albums(tx)).check(changed)
        if changes:
            self._events.emit(PhotosChanged(changes.added, changes.updated, changes.removed))
        if isinstance(edit, AlbumEdit):
            self._events.emit(AlbumsChanged())
        elif isinstance(edit, SearchEdit):
            self._events.emit(SearchesChanged())
        elif isinstance(edit, LabelEdit):
            if not isinstance(edit, SetTags):
                self._events.emit(LabelsChanged())
            self._events.emit(TagsChanged(concerned(edit, inverse)))
        return inverse

    def retry(self, paths: Sequence[Path]) -> int:
        """Forget how failed files looked, and have folders count again; see Library.retry."""
        with self._catalogue.transaction() as tx:
            number = files.retry_failed(tx, files.keys_of_paths(tx, paths))
            number += ignore_unread_directories(tx, paths, ignored=False)
        self._events.emit(FailuresChanged())
        return number

    def ignore_failures(self, paths: Sequence[Path]) -> int:
        """Set failed files and folders aside; see Library.ignore_failures."""
        with self._catalogue.transaction() as tx:
            number = files.ignore_failures(tx, files.keys_of_paths(tx, paths))
            number += ignore_unread_directories(tx, paths, ignored=True)
        self._events.emit(FailuresChanged())
        return number


def _changed_search(edit: Edit, inverse: Edit) -> int | None:
    """Id of the automatic album that an edit makes or changes, None where it only comes back."""
    match edit, inverse:
        case SaveSearch(id=None), RemoveSearch(made):
            return made
        case ((RenameSearch() | ChangeSearch()), _):
            return edit.id
        case _:
            return None
