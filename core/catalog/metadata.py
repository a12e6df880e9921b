"""What a photo says about itself, and what reading a photo yields for the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Metadata:
    """What the camera, or a program since, wrote into the file. None: it does not say.

    `taken_at` is the clock at the place, "2021-06-05T14:03:22"; `utc_offset_minutes` is how far
    that clock is ahead of UTC. `latitude` and `longitude` are degrees, `rating` is 0…5.
    """

    taken_at: str | None = None
    utc_offset_minutes: int | None = None
    camera: str | None = None
    lens: str | None = None
    exposure_seconds: float | None = None
    f_number: float | None = None
    focal_length_mm: float | None = None
    iso: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    rating: int | None = None
    title: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotoContent:
    """What reading a file's bytes tells about the photo in it.

    `content_hash` is 16 bytes of BLAKE2b over the whole file, `format` a name like "JPEG",
    `width` and `height` are pixels of the upright photo, `perceptual_hash` is unsigned, 64 bit.
    `metadata` is what the file itself says, `sidecar` what files beside it do, None without any.
    """

    content_hash: bytes
    byte_size: int
    format: str
    width: int
    height: int
    perceptual_hash: int | None = None
    metadata: Metadata = field(default_factory=Metadata)
    sidecar: Metadata | None = None
