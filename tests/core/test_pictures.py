"""Pictures for the viewer: whole, in part, moving; upright, in sRGB, bounded, from any file."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import PhotoError
from core.imaging.picture import Picture, forget_picture, picture_part, whole_picture
from core.imaging.picture_frames import picture_frames
from core.imaging.pool import DecodePool
from core.library import Library
from core.library.pictures import Pictures
from tests.core.test_imaging_raw import red_top, write_dng
from tests.helpers.colour_profiles import linear_profile
from tests.helpers.orientations import as_stored
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import copy_sample_photos

ORIENTATION = 0x0112


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    made = Pictures()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    yield
    forget_picture()


def pixels(picture: Picture) -> NDArray[np.uint8]:
    return np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width, 3)


def scene(width: int, height: int) -> Image.Image:
    """A picture in which every place has a colour of its own."""
    across = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return Image.fromarray(np.dstack([across, down, np.full_like(across, 90)]))


def furthest(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    return int(np.abs(one.astype(int) - other).max())


# Whole pictures


def test_a_whole_picture_fits_and_is_never_enlarged(tmp_path: Path) -> None:
    scene(1600, 1200).save(tmp_path / "a.jpg", quality=95)

    fitted = whole_picture(tmp_path / "a.jpg", 800, 300)
    roomy = whole_picture(tmp_path / "a.jpg", 5000, 5000)

    assert (fitted.width, fitted.height) == (400, 300)
    assert (fitted.full_width, fitted.full_height) == (1600, 1200)
    assert (roomy.width, roomy.height) == (1600, 1200)
    assert furthest(pixels(roomy), np.asarray(scene(1600, 1200))) < 12


def test_sample_photos_of_every_format_are_shown(tmp_path: Path) -> None:
    for path in copy_sample_photos(tmp_path):
        with Image.open(path) as image:
            size = image.size
        whole = whole_picture(path, 10_000, 10_000)
        assert (whole.width, whole.height) == size
        assert (whole.full_width, whole.full_height) == size
        assert len(whole.pixels) == 3 * size[0] * size[1]
        assert not whole.moving


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_every_orientation_is_upright_whole_and_in_part(
    tmp_path: Path, orientation: int, suffix: str
) -> None:
    """Stored by the inverse of what the tag says, so that all eight must look the same."""
    upright = scene(800, 600)
    stored = as_stored(upright, orientation)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = tmp_path / f"photo{suffix}"
    stored.save(path, exif=exif)

    whole = whole_picture(path, 800, 600)
    part = picture_part(path, (600, 50, 760, 130), 1)
    half = picture_part(path, (600, 50, 760, 130), 2)

    expected = np.asarray(upright)
    assert furthest(pixels(whole), expected) < 16
    assert (part.full_width, part.full_height) == (800, 600)
    assert furthest(pixels(part), expected[50:130, 600:760]) < 16
    assert (half.width, half.height) == (80, 40)
    assert furthest(pixels(half), expected[50:130:2, 600:760:2]) < 16


def test_real_photos_in_all_orientations_look_alike(shared: Path) -> None:
    for name in ("Landscape", "Portrait"):
        folder = shared / "photos/orientation"
        first = pixels(whole_picture(folder / f"{name}_1.jpg", 300, 300))
        for orientation in range(2, 9):
            other = pixels(whole_picture(folder / f"{name}_{orientation}.jpg", 300, 300))
            assert other.shape == first.shape
            assert np.abs(other.astype(int) - first).mean() < 6


def test_the_colour_profile_is_applied_whole_and_in_part(tmp_path: Path) -> None:
    path = tmp_path / "linear.jpg"
    Image.new("RGB", (640, 480), (128, 128, 128)).save(path, icc_profile=linear_profile())

    assert abs(int(pixels(whole_picture(path, 100, 100))[10, 10, 0]) - 188) <= 3
    assert abs(int(pixels(picture_part(path, (0, 0, 64, 64), 1))[10, 10, 0]) - 188) <= 3


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGBA", "P", "I;16"])
def test_odd_pixels_are_brought_to_srgb_whole_and_in_part(tmp_path: Path, mode: str) -> None:
    grey = Image.new("L", (300, 200), 100)
    if mode == "I;16":
        image = Image.fromarray(np.full((200, 300), 100 * 257, np.uint16))
    else:
        image = grey.convert("RGB").convert(mode)
    image.save(tmp_path / "odd.tif")

    assert abs(int(pixels(whole_picture(tmp_path / "odd.tif", 50, 50)).mean()) - 100) <= 2
    part = picture_part(tmp_path / "odd.tif", (100, 100, 164, 164), 1)
    assert pixels(part).shape == (64, 64, 3)
    assert abs(int(pixels(part).mean()) - 100) <= 2


# Parts


def test_a_part_of_heic_is_at_full_resolution(shared: Path) -> None:
    path = shared / "photos/formats/formats/heic/IMG_2682.heic"
    whole = whole_picture(path, 400, 400)
    assert max(whole.width, whole.height) == 400
    assert max(whole.full_width, whole.full_height) > 3000

    middle = (whole.full_width // 2, whole.full_height // 2)
    part = pixels(picture_part(path, (*middle, middle[0] + 256, middle[1] + 256), 1))

    assert part.shape == (256, 256, 3)
    # What is seen there is what the whole picture shows there, at its own scale.
    scale = whole.full_width / whole.width
    left, top = round(middle[0] / scale), round(middle[1] / scale)
    side = round(256 / scale)
    expected = pixels(whole)[top : top + side, left : left + side].mean((0, 1))
    assert np.abs(part.mean((0, 1)) - expected).max() < 10


@pytest.mark.parametrize("name", ["avif/8bit-sRGB.avif", "jxl/8bit-sRGB.jxl", "webp/denali.webp"])
def test_real_formats_are_read_whole_and_in_part(shared: Path, name: str) -> None:
    path = shared / "photos/formats/formats" / name
    whole = whole_picture(path, 300, 300)
    part = picture_part(path, (0, 0, 128, 96), 1)
    assert max(whole.width, whole.height) == 300
    assert (part.width, part.height) == (128, 96)


def test_a_raw_file_is_seen_by_its_preview_and_developed_for_its_parts(tmp_path: Path) -> None:
    """The preview, 900 × 600, is all that a view of that size needs; parts show every pixel."""
    write_dng(tmp_path / "a.dng", orientation=1, preview=red_top(900, 600))

    whole = whole_picture(tmp_path / "a.dng", 600, 600)
    part = picture_part(tmp_path / "a.dng", (100, 20, 164, 84), 1)

    assert (whole.width, whole.height) == (600, 400)
    assert (whole.full_width, whole.full_height) == (1200, 800)
    assert pixels(whole)[2, 300].tolist()[0] > 200
    assert (part.width, part.height) == (64, 64)
    assert pixels(part).std() > 10  # the noise of the sensor; the preview is one red


def test_a_raw_preview_of_nearly_full_size_serves_for_parts_too(tmp_path: Path) -> None:
    write_dng(tmp_path / "a.dng", orientation=6, preview=red_top(1160, 760))
    part = picture_part(tmp_path / "a.dng", (0, 0, 800, 1200), 4)
    assert (part.width, part.height) == (200, 300)
    assert pixels(part)[:, 195, 0].mean() > 200  # turned as the camera was held


def test_a_part_reaches_no_further_than_the_photo(tmp_path: Path) -> None:
    scene(300, 200).save(tmp_path / "a.png")
    inside = picture_part(tmp_path / "a.png", (256, 128, 512, 384), 1)
    outside = picture_part(tmp_path / "a.png", (400, 0, 500, 100), 1)
    assert (inside.width, inside.height) == (44, 72)
    assert furthest(pixels(inside), np.asarray(scene(300, 200))[128:, 256:]) == 0
    assert (outside.width, outside.height) == (0, 0)


def test_an_edited_file_is_decoded_again(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (64, 64), (255, 0, 0)).save(path)
    picture_part(path, (0, 0, 8, 8), 1)
    Image.new("RGB", (65, 64), (0, 0, 255)).save(path)
    assert pixels(picture_part(path, (0, 0, 8, 8), 1))[0, 0].tolist() == [0, 0, 255]


@pytest.fixture(scope="module")
def panorama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JPEG of 100 megapixels: 25,000 × 4,000, each tile of 500 px of its own grey."""
    small = np.arange(50 * 8, dtype=np.uint16).reshape(8, 50) * 7 % 256
    path = tmp_path_factory.mktemp("panorama") / "panorama.jpg"
    image = Image.fromarray(small.astype(np.uint8)).resize((25_000, 4_000), Image.Resampling.BOX)
    image.convert("RGB").save(path, quality=80)
    return path


def grey_of(column: int, row: int) -> int:
    return (row * 50 + column) * 7 % 256


def test_parts_of_a_panorama_of_100_megapixels(panorama: Path, pictures: Pictures) -> None:
    whole = pictures.whole(panorama, 1600, 1000)
    assert whole is not None
    assert (whole.width, whole.height) == (1600, 256)
    assert (whole.full_width, whole.full_height) == (25_000, 4_000)
    for column, row in ((0, 0), (31, 5), (49, 7)):
        left, top = 500 * column + 100, 500 * row + 100
        part = pictures.part(panorama, (left, top, left + 300, top + 200))
        assert part is not None
        assert (part.width, part.height) == (300, 200)
        assert abs(int(pixels(part).mean()) - grey_of(column, row)) <= 2
    quarter = pictures.part(panorama, (0, 0, 4096, 2048), 4)
    assert quarter is not None
    assert (quarter.width, quarter.height) == (1024, 512)
    assert len(quarter.pixels) == 3 * 1024 * 512


def own_peak_mb() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def peak_after_part(path: Path) -> tuple[float, float]:
    before = own_peak_mb()
    for left in range(0, 25_000, 5_000):
        picture_part(path, (left, 1000, left + 512, 1512), 1)
    return before, own_peak_mb()


def peak_after_whole(path: Path) -> tuple[float, float]:
    before = own_peak_mb()
    whole_picture(path, 1600, 1000)
    return before, own_peak_mb()


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system as POSIX does")
def test_a_panorama_takes_bounded_memory(panorama: Path) -> None:
    """Fitted to the screen a fraction of it; in part no more than its pixels, once."""
    with DecodePool(1) as pool:
        before, whole = pool.run(partial(peak_after_whole, panorama)).result()
        assert whole - before < 100
        before, part = pool.run(partial(peak_after_part, panorama)).result()
        assert part - before < 400


# Moving pictures


def moving_gif(path: Path, count: int = 5, side: int = 64) -> Path:
    """Frame n is a grey of 20 × n, shown for 40 ms."""
    frames = [Image.new("L", (side, side), 20 * n) for n in range(count)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=40, loop=0)
    return path


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_an_animation_gives_its_frames_in_order(tmp_path: Path, suffix: str) -> None:
    path = moving_gif(tmp_path / f"moving{suffix}")

    assert whole_picture(path, 100, 100).moving
    found = picture_frames(path, 0, 32, 32)

    assert found.ended
    assert (found.width, found.height) == (32, 32)
    greys = [int(np.frombuffer(frame.pixels, np.uint8).mean()) for frame in found.frames]
    assert all(abs(grey - 20 * n) <= 3 for n, grey in enumerate(greys))
    assert len(greys) == 5
    assert {frame.milliseconds for frame in found.frames} == {40}


def test_a_long_animation_comes_in_parts(tmp_path: Path) -> None:
    frames = [Image.new("L", (16, 16), 2 * n) for n in range(50)]
    frames[0].save(tmp_path / "long.gif", save_all=True, append_images=frames[1:], duration=5)

    first = picture_frames(tmp_path / "long.gif", 0, 16, 16)
    second = picture_frames(tmp_path / "long.gif", len(first.frames), 16, 16)

    assert not first.ended
    assert second.ended
    assert len(first.frames) + len(second.frames) == 50
    assert np.frombuffer(second.frames[-1].pixels, np.uint8)[0] == 98
    assert first.frames[0].milliseconds == 100  # too short a time to be meant


def test_an_animation_that_breaks_off_plays_until_there(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (8, 64, 64), np.uint8)
    frames = [Image.fromarray(frame) for frame in noise]
    path = tmp_path / "torn.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=40)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    found = picture_frames(path, 0, 64, 64)

    assert found.ended
    assert 1 <= len(found.frames) < 8


# What goes wrong


def test_files_that_cannot_be_shown_give_the_reason(tmp_path: Path, pictures: Pictures) -> None:
    (tmp_path / "text.jpg").write_text("not a photo at all, just words")
    torn = tmp_path / "torn.jpg"
    scene(800, 600).save(torn)
    torn.write_bytes(torn.read_bytes()[:2000])
    for path, reason in (
        (tmp_path / "gone.jpg", "no longer there"),
        (tmp_path / "text.jpg", "text file"),
        (torn, "ends too early"),
    ):
        with pytest.raises(PhotoError, match=reason):
            pictures.whole(path, 100, 100)
        with pytest.raises(PhotoError, match=reason):
            pictures.part(path, (0, 0, 10, 10))


def test_every_broken_file_is_shown_or_has_a_reason(shared: Path, pictures: Pictures) -> None:
    reasons = []
    for path in sorted((shared / "photos/broken").iterdir())[::6]:
        try:
            whole = pictures.whole(path, 500, 500)
        except PhotoError as error:
            reasons.append(str(error))
        else:
            assert whole is not None
            assert max(whole.width, whole.height) <= 500
    assert reasons
    assert all(reason.endswith(".") for reason in reasons)


def test_what_nobody_wants_any_more_is_given_up(tmp_path: Path, pictures: Pictures) -> None:
    scene(60, 40).save(tmp_path / "quick.png")
    pictures._for_details().run(partial(time.sleep, 30))  # as a file does that hangs its decoder
    assert pictures.part(tmp_path / "quick.png", (0, 0, 10, 10), cancelled=lambda: True) is None
    pictures._for_details().close()


def test_a_decoder_that_hangs_is_stopped(
    tmp_path: Path, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.library.pictures._TIMEOUT_SECONDS", 5)
    hanging = pictures._for_details().run(partial(time.sleep, PATIENCE))
    with pytest.raises(PhotoError, match="longer than 5 seconds"):
        hanging.result()
    scene(60, 40).save(tmp_path / "quick.png")
    assert pictures.part(tmp_path / "quick.png", (0, 0, 10, 10)) is not None


def test_decoders_can_be_started_before_they_are_needed(tmp_path: Path, pictures: Pictures) -> None:
    pictures.start()
    scene(60, 40).save(tmp_path / "a.png")
    assert pictures.whole(tmp_path / "a.png", 30, 30) is not None


def test_after_closing_nothing_is_read(tmp_path: Path, pictures: Pictures) -> None:
    scene(60, 40).save(tmp_path / "a.png")
    pictures.close()
    assert pictures.whole(tmp_path / "a.png", 10, 10) is None


def test_a_library_reads_pictures_until_it_is_closed(tmp_path: Path) -> None:
    scene(60, 40).save(tmp_path / "a.png")
    with Library.open(tmp_path / "library") as library:
        whole = library.pictures.whole(tmp_path / "a.png", 30, 30)
        assert whole is not None
        assert (whole.width, whole.height) == (30, 20)
    assert library.pictures.whole(tmp_path / "a.png", 30, 30) is None
