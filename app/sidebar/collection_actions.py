"""Albums and saved searches, changed from outside the sidebar; all of it can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app import wording
from app.undo import Undo

# core.library is imported inside the functions: the window is up before core is.


class CollectionActions(QObject):
    """Makes edits of what was dropped on an album or is to be found again."""

    def __init__(self, undo: Undo, parent: QObject) -> None:
        super().__init__(parent)
        self._undo = undo

    @Slot(int, list)
    def add_to_album(self, album_id: int, photo_ids: list[int]) -> None:
        """Add photos to an album."""
        from core.library import AddToAlbum

        name = self.tr("adding {photos} to an album").format(photos=wording.photos(len(photo_ids)))
        self._undo.do(AddToAlbum(album_id, tuple(photo_ids)), name)

    @Slot(str, str)
    def save_search(self, name: str, query: str) -> None:
        """Keep a query under a name."""
        from core.library import SaveSearch

        self._undo.do(SaveSearch(name, query), self.tr("saving a search"))

    @Slot(str, str)
    def update_search(self, search: str, query: str) -> None:
        """Give the saved search of this id another query."""
        from core.library import ChangeSearch

        self._undo.do(ChangeSearch(int(search), query), self.tr("updating a search"))
