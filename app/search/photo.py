"""Photos to search by: dropped, pasted or picked, with the small picture that stands for each."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app import wording
from app.files.drag import dragged_ids
from app.viewer.picture import image_of
from core.errors import PhotoError, SouvenirError

if TYPE_CHECKING:
    from core.library import Library

SIDE = 48
READ_SIDE = 4 * SIDE
"""Longest side of what is read for it: of a panorama, enough is left for its short side."""
LARGEST_SIDE = 1600
"""Longest side of a pasted picture that is kept: a model looks at far less."""

Given = int | Path | QImage
"""A photo of the library by id, a file, or a picture that is in no file."""


@dataclass(frozen=True)
class LikePhoto:
    """A photo to search by. `photo`: its id, or a file; `name`: what the person knows it by.

    `image`: small, for the field; null where it could not be read. `kept`: what holds a pasted
    picture's file; it is removed when nothing holds this any more.
    """

    photo: int | Path
    name: str = ""
    image: QImage | None = None
    kept: PastedFile | None = None


class PastedFile:
    """A file for a picture that has none, gone when it is not needed any more."""

    def __init__(self, image: QImage) -> None:
        folder = tempfile.mkdtemp(prefix="souvenir-")
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = Path(folder, "pasted.png")
        if max(image.width(), image.height()) > LARGEST_SIDE:
            image = _within(image, LARGEST_SIDE)
        if not image.save(str(self.path), "PNG"):  # type: ignore[call-overload]
            self._remove()
            raise SouvenirError("The picture cannot be kept for the search: make room on the disk.")

    def remove(self) -> None:
        """Remove it now."""
        self._remove()


def photo_in(mime: QMimeData) -> Given | None:
    """The first photo that is dragged or pasted: ours, a file, or a bare picture."""
    ids = dragged_ids(mime)
    if ids:
        return ids[0]
    for url in mime.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    # Some programs copy a picture of their text beside the text.
    if mime.hasImage() and not mime.hasText():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return image
    return None


def like_photo(given: Given) -> Callable[[Library], LikePhoto]:
    """What to search by for what was given: a question for a thread."""

    def of(library: Library) -> LikePhoto:
        if isinstance(given, QImage):
            kept = PastedFile(given)
            return LikePhoto(kept.path, "", _within(given, SIDE), kept)
        if isinstance(given, Path):
            return LikePhoto(given, wording.shown(given.name), _small_of(given, library))
        photo = library.photo(given)
        if photo is None:
            raise SouvenirError("This photo is not in the library any more: choose another one.")
        thumbnail = library.thumbnail(given)
        image = None if thumbnail is None else _small_of_thumbnail(thumbnail)
        name = Path(photo.files[0].path).name if photo.files else ""
        return LikePhoto(given, wording.shown(name), image)

    return of


def _small_of(path: Path, library: Library) -> QImage | None:
    """A file that anybody may have made: not opened in this process, which it could hang."""
    with suppress(PhotoError):  # the search says what is wrong with it
        found = library.pictures.whole(path, READ_SIDE, READ_SIDE)
        if found is not None:
            return _within(image_of(found.pixels, found.width, found.height), SIDE)
    return None


def _small_of_thumbnail(path: Path) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), _EXPANDING))
    image = reader.read()
    return None if image.isNull() else _within(image, SIDE)


def _within(image: QImage, side: int) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    mode = _EXPANDING if side == SIDE else Qt.AspectRatioMode.KeepAspectRatio
    return image.scaled(QSize(side, side), mode, smooth)


_EXPANDING = Qt.AspectRatioMode.KeepAspectRatioByExpanding
