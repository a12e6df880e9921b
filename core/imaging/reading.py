"""One read of the file and one decode give everything that Souvenir needs of a photo."""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog.metadata import PhotoContent
from core.errors import FileAccessError, PhotoError
from core.imaging.allowance import NeedsMemoryError, ask_for
from core.imaging.decoding import Decoded, decode
from core.imaging.formats import looks_like_photo, why_not_a_photo
from core.imaging.metadata import read_metadata, read_sidecars
from core.imaging.model_input import ModelInput, most_reduced, prepare_views
from core.imaging.perceptual_hash import perceptual_hash
from core.imaging.regular_files import IrregularFileError, open_regular
from core.imaging.thumbnails import THUMBNAIL_SIDE, write_thumbnail
from core.paths import thumbnail_path

__all__ = [
    "PhotoReading",
    "damage_explained",
    "hash_bytes",
    "hash_file",
    "looks_like_photo",
    "read_bytes",
    "read_photo",
    "why_not_a_photo",
]

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 1 << 30
_HASH_BYTES = 16
# The model's input is scaled from an image at least this many times larger, so that it is nearly
# what it would be from the whole photo. Over 91 photos the embeddings of a ViT-B-32-256 then have a
# cosine of at least 0.99999 (0.99993 without the margin), those of the starter model of 0.995.
_MODEL_MARGIN = 2.0


@dataclass(frozen=True)
class PhotoReading:
    """What a file holds.

    `pixels` is the model's input, if asked for: uint8 (views x size, size, 3), the views of a photo
    below each other. Nearly all photos have one; see core.imaging.model_input.
    """

    content: PhotoContent
    pixels: NDArray[np.uint8] | None


def read_photo(
    path: Path, *, model_input: ModelInput | None, thumbnail_dir: Path | None
) -> PhotoReading:
    """Read the photo in a file, and write its thumbnail unless there is one.

    `thumbnail_dir` is the folder of all thumbnails. Raises PhotoError with the reason when the file
    cannot be read as a photo, NeedsMemoryError where that takes more than is allowed. A thumbnail
    that cannot be written is logged, not raised: it is a cache, and the photo is fine.
    """
    try:
        data = read_bytes(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # metadata and sizes that are odd
            return _understand(data, path, model_input, thumbnail_dir)
    except MemoryError as error:
        raise NeedsMemoryError(None) from error


def _understand(
    data: bytes, path: Path, model_input: ModelInput | None, thumbnail_dir: Path | None
) -> PhotoReading:
    content_hash = hash_bytes(data)
    decoded = _decode(data, path, model_input)
    content = PhotoContent(
        content_hash=content_hash,
        byte_size=len(data),
        format=decoded.format,
        width=decoded.width,
        height=decoded.height,
        perceptual_hash=perceptual_hash(decoded.image, decoded.box),
        metadata=read_metadata(decoded.source, data, raw=decoded.format == "RAW"),
        sidecar=read_sidecars(path),
    )
    if thumbnail_dir is not None:
        _keep_thumbnail(decoded, thumbnail_path(thumbnail_dir, content_hash))
    pixels = None
    if model_input is not None:
        pixels = prepare_views(decoded.image, model_input, decoded.box)
    return PhotoReading(content, pixels)


def hash_bytes(data: bytes) -> bytes:
    """BLAKE2b-128 of a file's bytes, as in PhotoContent."""
    return hashlib.blake2b(data, digest_size=_HASH_BYTES).digest()


def hash_file(path: Path) -> bytes:
    """BLAKE2b-128 of a file's bytes, as in PhotoContent. Raises PhotoError if it cannot be read."""
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(
                file, lambda: hashlib.blake2b(digest_size=_HASH_BYTES)
            ).digest()
    except IrregularFileError as error:
        raise PhotoError(_why_irregular(path)) from error
    except OSError as error:
        raise FileAccessError(_why_unreadable(error)) from error


def read_bytes(path: Path) -> bytes:
    """Everything in a file. Raises PhotoError when it cannot be read or is too large."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_FILE_BYTES:
                raise PhotoError("The file is larger than 1 GiB, the most that is read.")
            ask_for(size)
            return file.read()
    except IrregularFileError as error:
        raise PhotoError(_why_irregular(path)) from error
    except OSError as error:
        raise FileAccessError(_why_unreadable(error)) from error


def _why_irregular(path: Path) -> str:
    if path.is_dir():
        return "This is a folder, not a photo."
    return "This is a device or a pipe, not a photo."


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "The file is no longer there."
    if isinstance(error, PermissionError):
        return "The file may not be read: permission denied."
    return f"The file cannot be read: {error.strerror or 'the disk reports an error'}."


def _decode(data: bytes, path: Path, model_input: ModelInput | None) -> Decoded:
    def reduction(width: int, height: int) -> float:
        return _largest_reduction(width, height, model_input)

    with damage_explained(path):
        return decode(data, path.suffix.lower(), reduction)


@contextmanager
def damage_explained(path: Path) -> Iterator[None]:
    """What a decoder raises on a damaged file, as a PhotoError with the reason.

    Warnings are silenced: decoders warn of odd metadata and of sizes, which are dealt with where
    they arise.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except MemoryError as error:
        raise NeedsMemoryError(None) from error
    except PhotoError:
        raise
    except Exception as error:
        log.debug("%s cannot be decoded", path, exc_info=True)
        text = str(error).lower()
        if isinstance(error, EOFError) or "truncated" in text or "unexpected end" in text:
            reason = "The file ends too early: it may be incomplete."
        else:
            reason = "The file is damaged and cannot be decoded."
        raise PhotoError(reason) from error


def _largest_reduction(width: int, height: int, model_input: ModelInput | None) -> float:
    """How many times smaller a photo may be decoded, at least 1."""
    factors = [max(width, height) / THUMBNAIL_SIDE]
    if model_input is not None:
        factors.append(most_reduced(width, height, model_input) / _MODEL_MARGIN)
    return max(1.0, min(factors))


def _keep_thumbnail(decoded: Decoded, path: Path) -> None:
    if path.exists():
        return
    try:
        write_thumbnail(decoded.image, decoded.box, path)
    except OSError as error:
        log.info("The thumbnail %s could not be written: %s", path, error)
