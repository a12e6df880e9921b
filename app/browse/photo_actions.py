"""What a person says of photos: rating, favourite, turning, albums; every bit can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app import wording
from app.grid.model import PhotoModel
from app.session import Session
from app.undo import Maker, Undo

if TYPE_CHECKING:
    from app.commands import Commands
    from app.grid.photo_row import PhotoRow
    from core.catalog.edits import Edit
    from core.library import Library

STARS = range(6)


class PhotoActions(QObject):
    """Changes what is shown at once, and the library through `undo`.

    `chosen` tells which photos are meant, by id. `edit_asked` goes to `Undo.do`, which is connected
    here already; others may listen.
    """

    edit_asked = Signal(object, str)  # an Edit, and what it is called

    def __init__(
        self,
        session: Session,
        model: PhotoModel,
        undo: Undo,
        chosen: Callable[[], list[int]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._chosen = chosen
        self.edit_asked.connect(undo.do)
        undo.showing.connect(self._show)
        undo.failed.connect(self._show_as_it_is)

    def add_commands(self, commands: Commands, where: Sequence[QWidget]) -> None:
        """Make the commands; their keys work inside the widgets of `where`."""
        group = self.tr("Photo")
        texts = {
            0: self.tr("No rating"),
            1: self.tr("1 star"),
            2: self.tr("2 stars"),
            3: self.tr("3 stars"),
            4: self.tr("4 stars"),
            5: self.tr("5 stars"),
        }
        for stars, text in texts.items():
            commands.add(
                f"photo.rate_{stars}",
                text,
                partial(self.rate, stars),
                keys=(str(stars),),
                icon="star" if stars else "",
                where=where,
                group=group,
            )
        commands.add(
            "photo.favourite",
            self.tr("Favourite"),
            self.toggle_favourite,
            keys=("F",),
            icon="heart",
            where=where,
            group=group,
        )
        commands.add(
            "photo.rotate_left",
            self.tr("Rotate left"),
            partial(self.rotate, -1),
            keys=("[", "Ctrl+["),
            icon="rotate-ccw",
            where=where,
            group=group,
        )
        commands.add(
            "photo.rotate_right",
            self.tr("Rotate right"),
            partial(self.rotate, 1),
            keys=("]", "Ctrl+]"),
            icon="rotate-cw",
            where=where,
            group=group,
        )

    # What can be said

    def rate(self, rating: int) -> None:
        """Rate what is chosen, 0 (none) to 5."""
        self.rate_photos(self._chosen(), rating)

    def rate_photos(self, ids: Sequence[int], rating: int) -> None:
        """Rate these photos, 0 (none) to 5."""
        if ids:
            from core.catalog.edits import SetRating

            name = self.tr("rating {photos}") if rating else self.tr("taking stars off {photos}")
            self._ask(SetRating(dict.fromkeys(ids, rating)), name, len(ids))

    def toggle_favourite(self) -> None:
        """Make what is chosen favourites; not so if all of them are."""
        ids = self._chosen()
        if ids:
            rows = self._model.known(ids)
            self.set_favourite(ids, not rows or not all(row.favourite for row in rows))

    def set_favourite(self, ids: Sequence[int], favourite: bool) -> None:
        """Mark photos as favourites, or not."""
        from core.catalog.edits import SetFavourite

        name = (
            self.tr("marking {photos} as favourite")
            if favourite
            else self.tr("unmarking {photos} as favourite")
        )
        self._ask(SetFavourite(dict.fromkeys(ids, favourite)), name, len(ids))

    def rotate(self, quarters: int) -> None:
        """Turn what is chosen by quarters, clockwise; each from how it is shown now."""
        ids = self._chosen()
        if ids:
            name = self.tr("rotating {photos}").format(photos=wording.photos(len(ids)))
            self.edit_asked.emit(Turning(tuple(ids), quarters), name)

    def add_to_album(self, album_id: int, title: str) -> None:
        """Put what is chosen into an album."""
        self.add_photos_to_album(album_id, self._chosen(), title)

    @Slot(int, list, str)
    def add_photos_to_album(self, album_id: int, ids: list[int], title: str) -> None:
        """Put photos into an album, as dropping them there does."""
        if ids:
            from core.catalog.edits import AddToAlbum

            name = self.tr("adding {photos} to “{album}”")
            self._ask(AddToAlbum(album_id, tuple(ids)), name, len(ids), album=title)

    def remove_from_album(self, album_id: int, title: str) -> None:
        """Take what is chosen out of an album."""
        ids = self._chosen()
        if ids:
            from core.catalog.edits import RemoveFromAlbum

            name = self.tr("removing {photos} from “{album}”")
            self._ask(RemoveFromAlbum(album_id, tuple(ids)), name, len(ids), album=title)

    def create_album(self, title: str) -> None:
        """Make an album of what is chosen."""
        from core.catalog.edits import CreateAlbum

        name = self.tr("new album “{album}”").format(album=title)
        self.edit_asked.emit(CreateAlbum(title, tuple(self._chosen())), name)

    # Inside

    def _ask(self, edit: Edit, name: str, count: int, album: str = "") -> None:
        self.edit_asked.emit(edit, name.format(photos=wording.photos(count), album=album))

    @Slot(object)
    def _show(self, edit: Edit | Maker) -> None:
        """What is known of the photos is drawn as it will be."""
        if isinstance(edit, Turning):
            known = self._model.known(edit.ids)
            self._model.update_rows(
                replace(row, rotation=(row.rotation + edit.quarters) % 4) for row in known
            )
            return
        field = shown_field(edit)
        if field is not None:
            values = cast("dict[int, object]", edit.values)  # type: ignore[union-attr]
            rows = self._model.known(values)
            self._model.update_rows(_changed(row, field, values[row.id]) for row in rows)

    @Slot(object)
    def _show_as_it_is(self, edit: Edit | Maker) -> None:
        """It was not done after all: fetch again what was drawn too early."""
        if isinstance(edit, Turning):
            self._model.forget(edit.ids)
        elif shown_field(edit) is not None:
            self._model.forget(list(edit.values))  # type: ignore[union-attr]


@dataclass(frozen=True)
class Turning:
    """Makes the edit that turns photos from how they are when everything before it is done."""

    ids: tuple[int, ...]
    quarters: int

    def __call__(self, library: Library) -> Edit:
        """On a thread: look how they are turned."""
        from core.catalog.edits import SetRotation

        found = library.photos(self.ids)
        return SetRotation({p.id: (p.rotation + self.quarters) % 4 for p in found})


Field = Literal["rating", "favourite", "rotation"]


def shown_field(edit: Edit | Maker) -> Field | None:
    """Which fact that the grid shows is changed by an edit."""
    from core.catalog.edits import SetFavourite, SetRating, SetRotation

    match edit:
        case SetRating():
            return "rating"
        case SetFavourite():
            return "favourite"
        case SetRotation():
            return "rotation"
        case _:
            return None


def _changed(row: PhotoRow, field: Field, value: object) -> PhotoRow:
    return replace(row, **{field: value})  # type: ignore[arg-type]
