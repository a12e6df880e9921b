"""The viewer of the real window: one photo as large as fits, the next one, turning, comparing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from tests.e2e.real_window import Person

Key, Keys = Qt.Key, Qt.KeyboardModifier


def open_photo(person: Person, name: str) -> None:
    """Open a photo of the grid by Enter, and wait until all of it is read."""
    viewer = person.window.viewer
    person.click_photo(name)
    person.press(person.window.browse.grid, Key.Key_Return)
    assert person.sees(viewer)
    person.wait(lambda: viewer.picture is not None)
    person.wait(lambda: viewer.view.sharp)


def test_esc_returns_to_the_very_photo(person: Person) -> None:
    viewer, grid = person.window.viewer, person.window.browse.grid
    open_photo(person, "cat.png")
    assert viewer.photo_id == person.id_of("cat.png")
    person.press(viewer, Key.Key_PageUp)
    now = viewer.photo_id
    assert now != person.id_of("cat.png")
    person.press(viewer, Key.Key_Escape)
    assert person.sees(person.window.browse)
    assert grid.choice.ids() == [now]
    assert grid.hasFocus()


def test_zooming_and_turning(person: Person) -> None:
    viewer = person.window.viewer
    open_photo(person, "china.jpg")
    fitting = viewer.view.place.shown_zoom
    person.press(viewer, Key.Key_Plus)
    assert viewer.view.place.shown_zoom > fitting
    person.press(viewer, Key.Key_1, Keys.ControlModifier)
    assert viewer.view.place.shown_zoom == 1.0
    person.press(viewer, Key.Key_0, Keys.ControlModifier)
    assert viewer.view.place.shown_zoom == fitting
    photo_id = viewer.photo_id
    assert photo_id is not None
    before = Path(person.photo(photo_id).files[0].path).read_bytes()
    person.press(viewer, Key.Key_BracketRight)
    person.wait(lambda: person.photo(photo_id).rotation == 1)
    assert Path(person.photo(photo_id).files[0].path).read_bytes() == before
    person.settle()


def test_full_screen_and_slide_show_end_one_after_the_other(person: Person) -> None:
    viewer = person.window.viewer
    open_photo(person, "cat.png")
    person.press(viewer, Key.Key_F5)
    person.wait(lambda: viewer.slide_show.running and viewer.screen_use.full)
    person.press(viewer, Key.Key_Escape)
    person.wait(lambda: not viewer.slide_show.running)
    person.press(viewer, Key.Key_Escape)
    person.wait(lambda: person.sees(person.window.browse))


def test_rating_in_the_viewer_is_there_to_be_searched(person: Person) -> None:
    viewer = person.window.viewer
    cat = person.id_of("cat.png")
    open_photo(person, "cat.png")
    person.press(viewer, Key.Key_5)
    person.wait(lambda: person.photo(cat).rating == 5)
    person.press(viewer, Key.Key_Escape)
    person.search("rating:5")
    assert person.window.model.ids.tolist() == [cat]


def test_photos_are_compared_side_by_side_with_one_zoom(person: Person) -> None:
    window, compare = person.window, person.window.compare
    chosen = person.select("cat.png", "coffee.png")
    person.command("view.compare")
    assert person.sees(compare)
    assert compare.photo_ids == chosen
    person.wait(lambda: all(pane.view.sharp for pane in compare.panes))
    assert [pane.view.place.zoom for pane in compare.panes] == [None, None]  # all of each
    fitting = [pane.view.place.shown_zoom for pane in compare.panes]
    person.press(compare, Key.Key_Plus)
    now = [pane.view.place.shown_zoom for pane in compare.panes]
    assert now[0] / fitting[0] == pytest.approx(now[1] / fitting[1])
    assert now[0] > fitting[0]
    person.press(compare, Key.Key_Escape)
    assert person.sees(window.browse)


def test_an_animation_plays(person: Person) -> None:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "green", "blue")]
    frames[0].save(
        person.folder / "moving.gif", save_all=True, append_images=frames[1:], duration=60, loop=0
    )
    person.arrive(16)
    open_photo(person, "moving.gif")
    player = person.window.viewer.view.player
    person.wait(lambda: player.playing)
    person.press(person.window.viewer, Key.Key_K)
    assert not player.playing
    person.press(person.window.viewer, Key.Key_Escape)


def test_turned_cameras_are_shown_upright(person: Person, shared: Path) -> None:
    shutil.copyfile(shared / "photos/orientation/Portrait_6.jpg", person.folder / "turned.jpg")
    person.arrive(16)
    open_photo(person, "turned.jpg")
    picture = person.window.viewer.picture
    assert picture is not None
    assert picture.whole.height() > picture.whole.width()
    person.press(person.window.viewer, Key.Key_Escape)


def test_a_panorama_of_a_hundred_megapixels_is_seen_in_tiles(person: Person) -> None:
    Image.new("RGB", (20_000, 5_000), "teal").save(person.folder / "panorama.jpg", quality=50)
    person.arrive(16)
    open_photo(person, "panorama.jpg")
    view = person.window.viewer.view
    picture = view.picture
    assert picture is not None
    assert picture.image.sizeInBytes() < 64 * 2**20
    view.actual_size()
    person.wait(lambda: view.sharp)
    person.press(person.window.viewer, Key.Key_Escape)
