"""Pictures as the window draws them: made on threads from what core decodes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.library import Library


@dataclass(frozen=True)
class Picture:
    """A photo as far as it was read, upright and in sRGB.

    `preview`: this is its thumbnail. `whole` is the photo's own size in pixels. `moving`: it is
    the first frame of an animation. `room`: what it was read to fit, None for a preview.
    """

    image: QImage
    preview: bool
    whole: QSize
    moving: bool = False
    room: QSize | None = None

    @property
    def bytes(self) -> int:
        """Memory that the image takes."""
        return self.image.sizeInBytes()


def read_preview(thumbnail: Path, whole: QSize) -> Picture | None:
    """Read the thumbnail of a photo of size `whole`; None where there is none. For any thread."""
    image = QImageReader(str(thumbnail)).read()
    if image.isNull():
        return None
    return Picture(drawable(image), preview=True, whole=whole)


def read_whole(
    library: Library, path: Path, room: QSize, cancelled: Callable[[], bool]
) -> Picture | None:
    """Read a photo to fit `room` in pixels; None once it was cancelled. Raises SouvenirError."""
    found = library.pictures.whole(path, room.width(), room.height(), cancelled)
    if found is None:
        return None
    image = image_of(found.pixels, found.width, found.height)
    whole = QSize(found.full_width, found.full_height)
    return Picture(image, preview=False, whole=whole, moving=found.moving, room=room)


def image_of(pixels: bytes, width: int, height: int) -> QImage:
    """An image of its own from RGB bytes."""
    lent = QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    return lent.convertToFormat(QImage.Format.Format_RGB32)


def drawable(image: QImage) -> QImage:
    """The image in the form that is drawn fastest."""
    return image.convertToFormat(QImage.Format.Format_RGB32)
