"""Reading photos: every format and oddity that can be made here, and what is refused."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from core.errors import PhotoError
from core.imaging import decoding, reading
from core.imaging.decoding import register_decoders
from core.imaging.model_input import MOST_VIEWS, ModelInput, prepare
from core.imaging.reading import PhotoReading, hash_file, read_photo
from core.paths import LibraryPaths, thumbnail_path
from tests.helpers.colour_profiles import linear_profile, srgb_profile
from tests.helpers.orientations import as_stored

ORIENTATION = 0x0112
SPEC = ModelInput(64)


def scene(width: int = 600, height: int = 400) -> Image.Image:
    """A picture that looks different in each of its four corners."""
    image = Image.new("RGB", (width, height), (90, 120, 60))
    image.paste((220, 30, 30), (0, 0, width // 2, height // 2))
    image.paste((30, 30, 220), (width // 2, 0, width, height // 2))
    image.paste((240, 240, 240), (0, height // 2, width // 4, height))
    return image


def read(path: Path, thumbnails: Path | None = None) -> PhotoReading:
    return read_photo(path, model_input=SPEC, thumbnail_dir=thumbnails)


def pixels(path: Path) -> NDArray[np.uint8]:
    found = read(path).pixels
    assert found is not None
    assert found.shape == (64, 64, 3)
    assert found.dtype == np.uint8
    return found


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The mean difference in grey levels."""
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.fixture
def upright(tmp_path: Path) -> NDArray[np.uint8]:
    scene().save(tmp_path / "upright.png")
    return pixels(tmp_path / "upright.png")


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("a.jpg", "JPEG", {"quality": 95}),
        ("a.jpg", "JPEG", {"quality": 95, "progressive": True}),
        ("a.webp", "WEBP", {"quality": 95}),
        ("a.avif", "AVIF", {"quality": 90}),
        ("a.heic", "HEIC", {"quality": 95}),
        ("a.jxl", "JXL", {"quality": 95}),
        ("a.jp2", "JP2", {}),
        ("a.tif", "TIFF", {"compression": "tiff_lzw"}),
        ("a.bmp", "BMP", {}),
        ("a.ppm", "PNM", {}),
        ("a.gif", "GIF", {}),
        ("a.png", "PNG", {}),
        ("a.qoi", "QOI", {}),
    ],
)
def test_formats(
    name: str, form: str, options: dict[str, Any], tmp_path: Path, upright: NDArray[np.uint8]
) -> None:
    register_decoders()
    scene().save(tmp_path / name, **options)

    found = read(tmp_path / name)

    assert (found.content.format, found.content.width, found.content.height) == (form, 600, 400)
    assert found.pixels is not None
    assert difference(found.pixels, upright) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "YCbCr", "LAB"])
def test_modes_become_rgb(mode: str, tmp_path: Path) -> None:
    grey = Image.new("RGB", (600, 400), (128, 128, 128))
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        to_lab = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
        grey = to_lab.apply(grey)
    else:
        grey = grey.convert(mode, dither=Image.Dither.FLOYDSTEINBERG)
    suffix = {"PA": "png", "YCbCr": "jpg", "CMYK": "jpg"}.get(mode, "tif")
    if mode == "PA":
        grey = grey.convert("RGBA").quantize(4)
    grey.save(tmp_path / f"a.{suffix}")

    assert abs(float(pixels(tmp_path / f"a.{suffix}").mean()) - 128) < 4


@pytest.mark.parametrize("suffix", ["png", "tif", "pgm"])
def test_sixteen_bits_keep_their_levels(suffix: str, tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, 600), (400, 1)).astype(np.uint16)
    Image.fromarray(ramp).save(tmp_path / f"deep.{suffix}")

    found = pixels(tmp_path / f"deep.{suffix}")

    assert found[32, 2, 0] < 60  # the middle square of the ramp: from a sixth to five sixths
    assert abs(int(found[32, 32, 0]) - 128) < 4
    assert found[32, 61, 0] > 200


def test_floating_point_and_its_holes(tmp_path: Path) -> None:
    levels = np.full((400, 600), 0.5, np.float32)
    levels[:50] = np.nan
    Image.fromarray(levels).save(tmp_path / "depth.tif")

    assert abs(int(pixels(tmp_path / "depth.tif")[40, 32, 0]) - 128) < 3


def test_transparency_lies_over_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (600, 400), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 200, 600, 400))
    image.save(tmp_path / "a.png")
    palette = Image.new("P", (600, 400), 0)
    palette.putpalette([0, 0, 0, 0, 0, 255])
    palette.paste(1, (0, 200, 600, 400))
    palette.save(tmp_path / "a.gif", transparency=0)

    for name in ("a.png", "a.gif"):
        found = pixels(tmp_path / name)
        assert found[10, 32].tolist() == [255, 255, 255]
        assert found[60, 32].tolist() == [0, 0, 255]


def test_the_first_frame_of_an_animation(tmp_path: Path, upright: NDArray[np.uint8]) -> None:
    later = Image.new("RGB", (600, 400), "black")
    for suffix in ("gif", "webp", "png", "tif"):
        scene().save(tmp_path / f"a.{suffix}", save_all=True, append_images=[later, later])

        assert difference(pixels(tmp_path / f"a.{suffix}"), upright) < 5


# A few orientations tell where encoding is slow.
TURNED = [(suffix, turn) for suffix in ("jpg", "png", "webp", "tif") for turn in range(1, 9)]
TURNED += [(suffix, turn) for suffix in ("avif", "heic", "jxl") for turn in (1, 6, 7)]


@pytest.mark.parametrize(("suffix", "orientation"), TURNED)
def test_orientations(
    suffix: str, orientation: int, tmp_path: Path, upright: NDArray[np.uint8]
) -> None:
    register_decoders()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = as_stored(scene(), orientation)
    path = tmp_path / f"a.{suffix}"
    if suffix == "jxl":  # a JPEG packed without loss: what turns it is still its EXIF
        stored.save(tmp_path / "a.jpg", quality=95, exif=exif)
        with Image.open(tmp_path / "a.jpg") as jpeg, pytest.warns(UserWarning, match="lossless"):
            jpeg.save(path)
    else:
        stored.save(path, exif=exif.tobytes(), quality=95)

    found = read(path)

    assert (found.content.width, found.content.height) == (600, 400)
    assert found.pixels is not None
    assert difference(found.pixels, upright) < 4


def waves(width: int, height: int) -> Image.Image:
    """A picture in which a shift of half a pixel shows everywhere."""
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    red = 127 + 120 * np.sin(across / 40)
    green = 127 + 120 * np.sin(down / 40)
    blue = 127 + 120 * np.sin((across + 2 * down) / 60)
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_decoding_at_a_fraction_shifts_nothing(orientation: int, tmp_path: Path) -> None:
    """No side is a multiple of the fraction: one edge has a part of a pixel; turning moves it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    for name in ("a.jpg", "a.png"):
        waves(1933, 1455).save(tmp_path / name, quality=97, subsampling=0, exif=exif)
        with Image.open(tmp_path / name) as image:
            whole = prepare(ImageOps.exif_transpose(image), SPEC)

        assert difference(pixels(tmp_path / name), whole) < 0.5


def test_jpeg_2000_is_decoded_at_a_fraction(tmp_path: Path) -> None:
    waves(1933, 1455).save(tmp_path / "a.jp2")

    found = read(tmp_path / "a.jp2", tmp_path)

    assert (found.content.width, found.content.height) == (1933, 1455)
    assert found.pixels is not None
    assert difference(found.pixels, prepare(waves(1933, 1455), SPEC)) < 2


def test_a_colour_profile_is_applied(tmp_path: Path) -> None:
    """A profile that swaps nothing but the tone curve: a grey of 128 with gamma 1 is light."""
    image = Image.new("RGB", (600, 400), (128, 128, 128))
    image.save(tmp_path / "srgb.png", icc_profile=srgb_profile())
    image.save(tmp_path / "broken.png", icc_profile=b"no profile at all")
    image.save(tmp_path / "linear.png", icc_profile=linear_profile())

    assert pixels(tmp_path / "srgb.png")[32, 32, 0] == 128
    assert pixels(tmp_path / "broken.png")[32, 32, 0] == 128
    assert abs(int(pixels(tmp_path / "linear.png")[32, 32, 0]) - 188) <= 3


def test_a_jpeg_whose_end_is_missing_is_refused_and_one_without_end_marker_is_not(
    tmp_path: Path,
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    for progressive in (False, True):
        encoded = BytesIO()
        Image.fromarray(noise).save(encoded, "JPEG", quality=90, progressive=progressive)
        whole = encoded.getvalue()
        (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
        (tmp_path / "nearly.jpg").write_bytes(whole[:-40])
        (tmp_path / "unended.jpg").write_bytes(whole[:-2])

        with pytest.raises(PhotoError, match=r"^The file ends too early: it may be incomplete\.$"):
            read(tmp_path / "half.jpg")
        with pytest.raises(PhotoError, match="ends too early"):
            read(tmp_path / "nearly.jpg")
        assert read(tmp_path / "unended.jpg").content.width == 600


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"Dear diary, nothing to see.", "This is a text file, not a photo."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is a drawing, not a photo."),
        (b"%PDF-1.7 ...", "This is a document, not a photo."),
        (b"\0\0\0\x18ftypmp42" + bytes(64), "This is a video, not a photo."),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "The file is damaged: its beginning cannot be read."),
        (bytes(range(1, 200)), "The file is damaged or of a kind that Souvenir does not know."),
    ],
)
def test_what_is_no_photo_has_a_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(content)

    with pytest.raises(PhotoError) as error:
        read(tmp_path / "a.jpg")

    assert str(error.value) == reason


def test_what_cannot_be_opened_has_a_reason(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="no longer there"):
        read(tmp_path / "gone.jpg")
    with pytest.raises(PhotoError, match="folder"):
        read(tmp_path)
    with pytest.raises(PhotoError, match="no longer there"):
        hash_file(tmp_path / "gone.jpg")


def test_sizes_are_limited_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT" + bytes(4)
    (tmp_path / "bomb.png").write_bytes(bomb)
    (tmp_path / "bomb.jxl").write_bytes(
        b"\xff\x0a" + (0x3FFF_FFFF << 3 | 3 << 1).to_bytes(9, "little")
    )

    for name in ("bomb.png", "bomb.jxl"):
        with pytest.raises(PhotoError, match="larger than"):
            read(tmp_path / name)

    scene().save(tmp_path / "a.jpg")
    monkeypatch.setattr(decoding, "MAX_JPEG_PIXELS", 1000)
    with pytest.raises(PhotoError, match="larger than"):
        read(tmp_path / "a.jpg")
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 100)
    with pytest.raises(PhotoError, match="1 GiB"):
        read(tmp_path / "a.jpg")


def test_a_strip_does_not_fill_the_memory(tmp_path: Path) -> None:
    Image.new("RGB", (1, 60_000), (200, 100, 50)).save(tmp_path / "strip.png")

    found = read_photo(tmp_path / "strip.png", model_input=ModelInput(256), thumbnail_dir=tmp_path)

    assert found.pixels is not None
    assert found.pixels.shape == (MOST_VIEWS * 256, 256, 3)
    assert found.pixels[128, 128].tolist() == [200, 100, 50]


def test_the_thumbnail_is_small_upright_and_written_once(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    scene(1600, 900).save(tmp_path / "a.jpg", quality=95, exif=exif)
    places = LibraryPaths(tmp_path / "library")

    content = read(tmp_path / "a.jpg", places.thumbnails).content

    thumbnail = places.thumbnail(content.content_hash)
    assert thumbnail == thumbnail_path(places.thumbnails, content.content_hash)
    with Image.open(thumbnail) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (288, 512))
        assert not image.getexif()
    thumbnail.write_bytes(b"kept")
    read(tmp_path / "a.jpg", places.thumbnails)
    assert thumbnail.read_bytes() == b"kept"
    assert [path.name for path in thumbnail.parent.iterdir()] == [thumbnail.name]


def test_a_small_photo_is_not_enlarged(tmp_path: Path) -> None:
    scene(90, 60).save(tmp_path / "a.png")

    content = read(tmp_path / "a.png", tmp_path / "t").content

    with Image.open(thumbnail_path(tmp_path / "t", content.content_hash)) as image:
        assert image.size == (90, 60)


def test_a_thumbnail_that_cannot_be_written_does_not_lose_the_photo(tmp_path: Path) -> None:
    scene().save(tmp_path / "a.png")
    (tmp_path / "occupied").write_text("a file where the folder should be")

    assert read(tmp_path / "a.png", tmp_path / "occupied").content.width == 600


def test_the_content_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    scene().save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()

    content = read(tmp_path / "a.jpg").content

    assert content.content_hash == hashlib.blake2b(data, digest_size=16).digest()
    assert content.content_hash == hash_file(tmp_path / "a.jpg")
    assert content.byte_size == len(data)


def test_perceptual_hashes_tell_copies_from_other_photos(shared: Path, tmp_path: Path) -> None:
    bits: dict[str, int] = {}
    source = Image.open(shared / "photos/burst/images/100_7100.JPG")
    source.save(tmp_path / "again.jpg", quality=60)
    source.resize((900, 676)).save(tmp_path / "small.jpg", quality=80)
    for name, path in {
        "original": shared / "photos/burst/images/100_7100.JPG",
        "again": tmp_path / "again.jpg",
        "small": tmp_path / "small.jpg",
        "other": shared / "photos/duplicates/tests/data/base_images/ukbench00120.jpg",
    }.items():
        found = read_photo(path, model_input=None, thumbnail_dir=None).content.perceptual_hash
        assert found is not None
        assert 0 <= found < 2**64
        bits[name] = found
    source.close()

    def distance(name: str) -> int:
        return (bits["original"] ^ bits[name]).bit_count()

    assert distance("again") <= 4
    assert distance("small") <= 4
    assert distance("other") > 16


def test_a_flat_photo_has_no_perceptual_hash(tmp_path: Path) -> None:
    Image.new("RGB", (600, 400), (40, 40, 40)).save(tmp_path / "night.png")

    assert read(tmp_path / "night.png").content.perceptual_hash is None
