"""The viewer: what is seen of a photo, how one looks around in it, and how one goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.grid.photo_row import PhotoRow
from app.theme import DARK, LIGHT
from app.viewer.bar import Heading, ViewerBar
from app.viewer.picture_place import LARGEST, PicturePlace, reduction_for
from app.viewer.viewer import Viewer
from app.widgets.elided_label import ElidedLabel
from tests.app.fake_pictures import FakePictures
from tests.app.viewing import Viewing
from tests.helpers.colour_profiles import linear_profile
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import copy_sample_photos

Key = Qt.Key
Open = Callable[..., tuple[Viewer, Viewing]]


@pytest.fixture
def open_viewer(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Open the viewer on the first of some files; the session is closed afterwards."""
    opened: list[Viewing] = []

    def open_it(files: list[Path], at: int = 0, **facts: object) -> tuple[Viewer, Viewing]:
        thumbnails = tmp_path / "thumbnails"
        thumbnails.mkdir(exist_ok=True)
        for n, path in enumerate(files):
            if path.exists() and path.stat().st_size and path.suffix != ".bad":
                with Image.open(path) as image:
                    small = image.convert("RGB")
                    small.thumbnail((512, 512))
                    small.save(thumbnails / f"{len(files) - n}.jpg")
        viewing = Viewing(qtbot, thumbnails, files, **facts)
        opened.append(viewing)
        viewer = Viewer(viewing.model, viewing.session, LIGHT)
        viewer.add_commands(viewing.commands)
        viewing.show(viewer)
        viewer.open(at)
        return viewer, viewing

    yield open_it
    for viewing in opened:
        viewing.close()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Whole pictures are read only once this is set."""
    begun = threading.Event()
    whole = FakePictures.whole

    def wait_then_read(self: FakePictures, *arguments: Any) -> Any:
        assert begun.wait(PATIENCE)
        return whole(self, *arguments)

    monkeypatch.setattr(FakePictures, "whole", wait_then_read)
    return begun


def is_full(viewer: Viewer) -> bool:
    return viewer.picture is not None and not viewer.picture.preview


def scene(path: Path, width: int = 1600, height: int = 1200, **options: object) -> Path:
    """A picture in which every place has a colour of its own."""
    across = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    pixels = np.dstack([across, down, np.full_like(across, 90)])
    Image.fromarray(pixels).save(path, **options)  # type: ignore[arg-type]
    return path


def scenes(folder: Path, count: int) -> list[Path]:
    return [scene(folder / f"{n:02}.jpg", 800, 600) for n in range(count)]


def seen(viewer: Viewer) -> QImage:
    return viewer.view.grab().toImage()


def colour_at(viewer: Viewer, x: float, y: float) -> QColor:
    return seen(viewer).pixelColor(round(x), round(y))


def point_under(viewer: Viewer, at: QPointF) -> QPointF:
    """Which pixel of the photo is there."""
    return viewer.view.place.transform().inverted()[0].map(at)


# What is seen


def test_the_thumbnail_is_there_before_the_picture(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path, reading: threading.Event
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: viewer.picture is not None)
    assert not is_full(viewer)
    before = viewer.view.place
    assert before.whole == QSizeF(1600, 1200)
    assert before.fitting == pytest.approx(min(868 / 1600, (viewer.view.height() - 32) / 1200))
    reading.set()
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.view.place == before  # nothing jumps


def test_a_small_photo_is_not_enlarged_and_a_large_one_fits(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.png", 300, 200), scene(tmp_path / "b.png")])
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.view.place.shown_zoom == 1
    assert "100 %" in viewer.bar.text
    viewer.go_on(1)
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.view.place.box.width() <= viewer.view.width()
    assert viewer.picture is not None
    assert viewer.picture.image.width() == round(viewer.view.place.box.width())


def test_every_sample_photo_is_shown_in_full(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    files = copy_sample_photos(tmp_path)
    viewer, _ = open_viewer(files)
    for n, path in enumerate(files):
        viewer.go_to(n)
        qtbot.waitUntil(lambda: is_full(viewer))
        with Image.open(path) as image:
            assert viewer.view.place.whole == QSizeF(*image.size)
        assert viewer.view.remark == ""


def test_a_photo_lying_on_its_side_is_upright(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = Image.new("RGB", (600, 400), (0, 0, 255))
    stored.paste((255, 0, 0), (0, 0, 100, 400))  # its left edge is the top of the photo
    stored.save(tmp_path / "side.jpg", exif=exif, quality=95)
    viewer, _ = open_viewer([tmp_path / "side.jpg"])
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.view.place.whole == QSizeF(400, 600)
    box = viewer.view.place.box
    assert colour_at(viewer, box.center().x(), box.top() + 20).red() > 200
    assert colour_at(viewer, box.center().x(), box.bottom() - 20).blue() > 200


def test_colours_are_those_of_the_profile(open_viewer: Open, qtbot: QtBot, tmp_path: Path) -> None:
    photo = tmp_path / "linear.png"
    Image.new("RGB", (400, 300), (128, 128, 128)).save(photo, icc_profile=linear_profile())
    viewer, _ = open_viewer([photo])
    qtbot.waitUntil(lambda: is_full(viewer))
    middle = viewer.view.place.box.center()
    assert abs(colour_at(viewer, middle.x(), middle.y()).red() - 188) <= 3


def test_heic_is_shown_at_full_resolution(open_viewer: Open, qtbot: QtBot, shared: Path) -> None:
    from core.imaging.decoding import register_decoders

    register_decoders()
    viewer, viewing = open_viewer([shared / "photos/formats/formats/heic/IMG_2682.heic"])
    qtbot.waitUntil(lambda: is_full(viewer))
    viewer.view.actual_size()
    qtbot.waitUntil(lambda: viewer.view.tiles.bytes > 0 and viewer.view.sharp)
    assert ("part", "IMG_2682.heic") in viewing.library.pictures.read
    assert viewer.view.place.whole.width() > 3000


def test_the_catalogues_rotation_is_applied_when_shown(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "a.png"
    image = Image.new("RGB", (600, 400), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, 600, 60))  # the top is red
    image.save(photo)
    viewer, viewing = open_viewer([photo])
    qtbot.waitUntil(lambda: is_full(viewer))
    for turns, edge in ((1, "right"), (2, "bottom"), (3, "left"), (0, "top")):
        viewing.change(1, rotation=turns)
        place = viewer.view.place
        assert place.turned == (QSizeF(400, 600) if turns % 2 else QSizeF(600, 400))
        box = place.box.adjusted(12, 12, -12, -12)
        at = {
            "top": QPointF(box.center().x(), box.top()),
            "bottom": QPointF(box.center().x(), box.bottom()),
            "left": QPointF(box.left(), box.center().y()),
            "right": QPointF(box.right(), box.center().y()),
        }
        for name, point in at.items():
            assert (colour_at(viewer, point.x(), point.y()).red() > 200) == (name == edge)


def test_decoders_are_started_a_while_after_the_library_opened(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 1))
    viewing.session.opened.emit()
    assert viewer._prepare.isActive()
    viewer._prepare.start(0)
    qtbot.waitUntil(lambda: ("start", "") in viewing.library.pictures.read)


# Looking around


def test_the_wheel_enlarges_what_is_under_the_pointer(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: is_full(viewer))
    at = QPointF(310, 220)
    before = point_under(viewer, at)
    for _ in range(8):
        wheel(viewer, at, 120)
    after = point_under(viewer, at)
    assert viewer.view.place.shown_zoom > 2 * viewer.view.place.fitting
    assert abs(after.x() - before.x()) < 2
    assert abs(after.y() - before.y()) < 2
    for _ in range(20):
        wheel(viewer, at, -120)
    assert viewer.view.place.zoom is None  # all of it again


def wheel(viewer: Viewer, at: QPointF, delta: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(viewer.view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.view, event)


@pytest.mark.parametrize("turns", range(4))
def test_zooming_keeps_the_point_and_edges_stay_outside(turns: int) -> None:
    place = PicturePlace(QSizeF(4000, 3000), QSizeF(900, 600), turns, ratio=1.5, margin=16)
    at = QPointF(500, 250)
    before = place.transform().inverted()[0].map(at)
    closer = place.zoomed(0.9, at)
    after = closer.transform().inverted()[0].map(at)
    assert (after - before).manhattanLength() < 4
    for way in (-1e6, 1e6):
        far = closer.moved(way, way).box
        assert far.left() < 1  # no edge was drawn in
        assert far.top() < 1
        assert far.right() > 899
        assert far.bottom() > 599
    assert place.zoomed(1000).shown_zoom == LARGEST
    assert closer.zoomed(0.0001).zoom is None


def test_a_double_click_changes_between_all_and_actual_size(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: is_full(viewer))
    at = QPointF(300, 200)
    before = point_under(viewer, at)
    QTest.mouseDClick(viewer.view, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert viewer.view.place.shown_zoom == 1
    assert (point_under(viewer, at) - before).manhattanLength() < 4
    assert "100 %" in viewer.bar.text
    assert viewer.bar.button("view.actual_size").isChecked()
    QTest.mouseDClick(viewer.view, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert viewer.view.place.zoom is None


def test_an_enlarged_picture_is_moved_by_hand_and_by_key(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg", 3000, 2000), scene(tmp_path / "b.jpg")])
    qtbot.waitUntil(lambda: is_full(viewer))
    viewer.view.actual_size()
    before = viewer.view.place.box.topLeft()
    QTest.mousePress(viewer.view, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    assert viewer.view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(viewer.view, QPoint(340, 280))
    QTest.mouseRelease(viewer.view, Qt.MouseButton.LeftButton, pos=QPoint(340, 280))
    assert viewer.view.place.box.topLeft() - before == QPointF(-60, -20)
    QTest.keyClick(viewer, Key.Key_Right)
    assert viewer.position == 0  # moved within the photo
    assert viewer.view.place.box.left() < before.x() - 60
    QTest.keyClick(viewer, Key.Key_PageDown)
    assert viewer.position == 1


def test_zoom_by_key_and_by_button(open_viewer: Open, qtbot: QtBot, tmp_path: Path) -> None:
    viewer, viewing = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: is_full(viewer))
    fitting = viewer.view.place.fitting
    QTest.keyClick(viewer, Key.Key_Plus)
    assert viewer.view.place.shown_zoom == pytest.approx(1.25 * fitting)
    QTest.keyClick(viewer, Key.Key_Minus)
    assert viewer.view.place.zoom is None
    QTest.keyClick(viewer, Key.Key_Z)
    assert viewer.view.place.shown_zoom == 1
    viewer.bar.button("view.fit").click()
    assert viewer.view.place.zoom is None
    assert viewer.bar.button("view.fit").isChecked()
    assert viewing.commands.keys("view.full_screen") == ("F11",)


def test_an_enlarged_photo_is_sharp_where_it_is_seen(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """A pattern of single pixels is grey when fitted, and there when enlarged."""
    pixels = np.zeros((2000, 3000, 3), np.uint8)
    pixels[::2, ::2] = 255
    Image.fromarray(pixels).save(tmp_path / "fine.png")
    viewer, viewing = open_viewer([tmp_path / "fine.png"])
    qtbot.waitUntil(lambda: is_full(viewer))
    viewer.view.actual_size()
    qtbot.waitUntil(lambda: viewer.view.tiles.bytes > 0 and viewer.view.sharp)
    image = seen(viewer)
    line = [image.pixelColor(x, y).red() for x in range(200, 210) for y in (200, 201)]
    assert {0, 255} == set(line)
    viewer.leave()
    qtbot.waitUntil(lambda: ("forget", "") in viewing.library.pictures.read)


def test_tiles_are_as_coarse_as_the_zoom_allows() -> None:
    assert [reduction_for(zoom) for zoom in (2, 1, 0.7, 0.5, 0.3, 0.25, 0.1)] == [
        1,
        1,
        1,
        2,
        2,
        4,
        8,
    ]


def test_a_panorama_is_read_in_bounded_memory(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """Looking all along one of 48 megapixels, more than fits into the cache."""
    Image.new("RGB", (16_000, 3_000), (60, 90, 120)).save(tmp_path / "long.jpg")
    viewer, _ = open_viewer([tmp_path / "long.jpg"])
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.reader.bytes < 8 << 20
    tiles = viewer.view.tiles
    tiles._most = 12 << 20
    viewer.view.actual_size(QPointF(0, 300))
    seen_columns = set()
    for _ in range(12):
        qtbot.waitUntil(lambda: tiles.complete and tiles.bytes > 0)
        seen_columns |= {tile.column for tile in tiles._kept}
        assert tiles.bytes <= 12 << 20
        viewer.view.move_by(-850, 0)
    assert len(seen_columns) > 18


def test_a_file_that_is_edited_is_seen_as_it_is_now(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "a.png"
    Image.new("RGB", (2000, 1500), (255, 0, 0)).save(photo)
    viewer, viewing = open_viewer([photo])
    qtbot.waitUntil(lambda: is_full(viewer))
    viewer.view.actual_size()
    qtbot.waitUntil(lambda: viewer.view.tiles.bytes > 0 and viewer.view.sharp)
    Image.new("RGB", (2000, 1500), (0, 0, 254)).save(photo)
    viewing.change(1, thumbnail=tmp_path / "named by other content.jpg")
    qtbot.waitUntil(lambda: is_full(viewer) and viewer.view.tiles.bytes > 0 and viewer.view.sharp)
    assert viewer.view.place.shown_zoom == 1  # where one was
    middle = viewer.view.rect().center()
    assert colour_at(viewer, middle.x(), middle.y()) == QColor(0, 0, 254)


def test_what_was_seen_is_kept_within_a_bound(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 12))
    viewer.reader._wholes._most = 6 << 20
    for n in range(12):
        viewer.go_to(n)
        qtbot.waitUntil(lambda: is_full(viewer))
    qtbot.waitUntil(lambda: not viewer.reader._coming)
    assert viewer.reader._wholes.bytes <= 6 << 20


# Going on


def test_neighbours_are_read_ahead_in_the_direction_one_goes(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 6), at=2)
    read = viewing.library.pictures.read
    qtbot.waitUntil(lambda: {name for _, name in read} == {"01.jpg", "02.jpg", "03.jpg"})
    qtbot.waitUntil(lambda: not viewer.reader._coming)
    viewer.go_on(1)
    assert is_full(viewer)  # at once: it was read ahead
    qtbot.waitUntil(lambda: ("whole", "04.jpg") in read)
    assert not {"00.jpg", "05.jpg"} & {name for _, name in read}


def test_a_picture_is_read_again_for_a_larger_view_and_only_once(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path, reading: threading.Event
) -> None:
    viewer, viewing = open_viewer([scene(tmp_path / "a.jpg", 3000, 2000)])
    viewer.resize(1300, 900)  # while it is read for the smaller one
    viewer._settle.start(0)
    qtbot.waitUntil(lambda: not viewer._settle.isActive())
    reading.set()
    qtbot.waitUntil(
        lambda: (
            viewer.picture is not None
            and viewer.picture.image.width() == round(viewer.view.place.box.width())
        )
    )
    qtbot.waitUntil(lambda: not viewing.session.background.busy)
    assert viewing.library.pictures.read.count(("whole", "a.jpg")) == 2


def test_keys_go_on_and_stop_at_the_ends(open_viewer: Open, qtbot: QtBot, tmp_path: Path) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 4))
    moved: list[int] = []
    viewer.moved.connect(moved.append)
    for key in (
        Key.Key_Right,
        Key.Key_Space,
        Key.Key_PageDown,
        Key.Key_Down,  # the last one already
        Key.Key_Left,
        Key.Key_Home,
        Key.Key_Up,
        Key.Key_End,
        Key.Key_Backspace,
    ):
        QTest.keyClick(viewer, key)
    assert moved == [1, 2, 3, 2, 0, 3, 2]
    assert "3 of 4" in viewer.bar.text
    with qtbot.waitSignal(viewer.left) as left:
        QTest.keyClick(viewer, Key.Key_Escape)
    assert left.args == [2]


def test_the_filmstrip_shows_what_is_around_and_goes_there_by_click(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 40), at=20)
    strip = viewer.strip
    assert 20 in strip.in_view
    assert len(strip.in_view) < 20  # and no more than that is read
    assert abs(strip.box(20).center().x() - strip.width() / 2) < 2
    qtbot.waitUntil(lambda: strip._thumbnails.pixmap(viewing.model.id_at(20)) is not None)
    assert strip._thumbnails.pixmap(viewing.model.id_at(0)) is None
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.box(23).center())
    assert viewer.position == 23
    assert strip.position == 23
    viewer.view.actual_size()
    viewer.view.zoom_by(4)
    strip.setFocus()
    QTest.keyClick(strip, Key.Key_Right)
    assert viewer.position == 24  # its own arrow keys go on, whatever the zoom
    viewing.commands["view.filmstrip"].trigger()
    assert not strip.isVisible()
    assert viewer.view.height() == viewer.height() - viewer.bar.height()


def test_a_photo_that_goes_takes_the_viewer_back(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 3), at=1)
    viewing.model.show(np.array([3, 2], np.int64))
    viewer.follow_model()
    assert viewer.position == 1
    viewing.model.show(np.array([3], np.int64))
    with qtbot.waitSignal(viewer.left):
        viewer.follow_model()


def test_a_photo_that_goes_while_the_window_is_hidden_takes_the_viewer_back(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 3), at=1)
    viewing.window.hide()
    viewing.model.show(np.array([3], np.int64))
    with qtbot.waitSignal(viewer.left):
        viewer.follow_model()
    viewing.window.show()
    assert viewer.photo_id is None


def test_behind_another_page_the_viewer_does_not_come_back_by_itself(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 3), at=1)
    viewer.hide()
    viewing.model.show(np.array([3], np.int64))
    with qtbot.assertNotEmitted(viewer.left):
        viewer.follow_model()


# Moving pictures


def test_an_animation_plays_and_can_be_held(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    frames = [Image.new("L", (300, 200), 50 * n) for n in range(5)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=30, loop=0)
    viewer, _ = open_viewer([tmp_path / "a.gif"])
    shown: list[int] = []
    viewer.view.player.frame.connect(lambda image: shown.append(image.pixelColor(9, 9).red()))
    qtbot.waitUntil(lambda: len(shown) > 7)
    assert shown[:6] == [0, 50, 100, 150, 200, 0]
    assert viewer.view.player.bytes < 48 << 20
    QTest.keyClick(viewer, Key.Key_K)
    assert not viewer.view.player.playing
    QTest.keyClick(viewer, Key.Key_K)
    assert viewer.view.player.playing


# What goes wrong


def test_an_offline_photo_shows_its_preview_and_says_so(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer([scene(tmp_path / "a.jpg")], offline={1})
    qtbot.waitUntil(lambda: viewer.picture is not None)
    assert viewer.picture is not None
    assert viewer.picture.preview
    assert viewer.view.remark.startswith("This photo is offline: plug its disk in")
    assert viewing.library.pictures.read == []


def test_a_file_that_went_and_one_that_is_damaged_say_what_to_do(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    gone, torn = scene(tmp_path / "gone.jpg"), scene(tmp_path / "torn.jpg")
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg"), gone, torn])
    qtbot.waitUntil(lambda: is_full(viewer) and not viewer.reader._coming)
    gone.unlink()
    torn.write_bytes(torn.read_bytes()[:3000])
    viewer.reader.forget()
    viewer.open(1)
    qtbot.waitUntil(lambda: "no longer there" in viewer.view.remark)
    qtbot.waitUntil(lambda: viewer.picture is not None)
    assert not is_full(viewer)
    viewer.go_on(1)
    qtbot.waitUntil(lambda: "put a copy from a backup" in viewer.view.remark)
    assert "ends too early" in viewer.view.remark


def test_a_photo_that_takes_long_says_so(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path, reading: threading.Event
) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: viewer.picture is not None)
    assert viewer.view.remark == ""
    viewer._slow.start(0)
    qtbot.waitUntil(lambda: viewer.view.remark == "Reading the photo…")
    reading.set()
    qtbot.waitUntil(lambda: is_full(viewer))
    assert viewer.view.remark == ""


# Full screen and slide show


def test_full_screen_hides_the_bars_until_the_pointer_moves(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 2))
    with qtbot.waitSignal(viewer.full_screen_changed) as changed:
        QTest.keyClick(viewer, Key.Key_F11)
    assert changed.args == [True]
    assert viewer.window().isFullScreen()
    assert not viewer.bar.isVisible()
    assert viewer.view.geometry() == viewer.rect()
    QTest.mouseMove(viewer.view, QPoint(100, 100))
    QTest.mouseMove(viewer.view, QPoint(140, 120))
    qtbot.waitUntil(lambda: viewer.bar.isVisible() and viewer.strip.isVisible())
    viewer.screen_use._rest()
    QTest.keyClick(viewer, Key.Key_Escape)
    assert not viewer.window().isFullScreen()
    assert viewer.bar.isVisible()
    assert viewer.isVisible()  # the first Esc leaves full screen only


def test_a_slide_show_goes_round_rests_and_ends(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 3), at=1)
    moved: list[int] = []
    viewer.moved.connect(moved.append)
    QTest.keyClick(viewer, Key.Key_F5)
    show = viewer.slide_show
    assert [show.running, viewer.screen_use.full] == [True, True]
    show._timer.start(0)
    qtbot.waitUntil(lambda: moved == [2])
    show._timer.start(0)
    qtbot.waitUntil(lambda: moved == [2, 0])  # and from the last to the first
    QTest.keyClick(viewer, Key.Key_Space)
    assert show.paused
    assert not show._timer.isActive()
    QTest.keyClick(viewer, Key.Key_P)
    assert show._timer.isActive()
    before = show.seconds
    QTest.keyClick(viewer, Key.Key_Comma)
    assert show.seconds > before
    QTest.keyClick(viewer, Key.Key_Escape)
    assert [show.running, viewer.screen_use.full] == [False, False]
    assert viewer.isVisible()


def test_full_screen_that_the_system_ends_is_over(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 2))
    QTest.keyClick(viewer, Key.Key_F11)
    viewer.window().showNormal()
    qtbot.waitUntil(lambda: not viewer.screen_use.full)
    assert viewer.bar.isVisible()


def test_a_slide_show_reads_the_first_photo_ahead_at_the_last(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, viewing = open_viewer(scenes(tmp_path, 5), at=4)
    qtbot.waitUntil(lambda: not viewer.reader._coming)
    assert ("whole", "00.jpg") not in viewing.library.pictures.read
    QTest.keyClick(viewer, Key.Key_F5)
    qtbot.waitUntil(lambda: ("whole", "00.jpg") in viewing.library.pictures.read)


def test_a_narrow_bar_leaves_out_what_has_keys(
    open_viewer: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer, _ = open_viewer(scenes(tmp_path, 2))
    assert viewer.bar.button("view.slide_show").isVisible()

    def squeezed() -> list[str]:
        buttons = [b for b in viewer.bar.findChildren(QAbstractButton) if b.isVisible()]
        return [b.objectName() for b in buttons if b.width() < b.minimumSizeHint().width()]

    for width in (900, 560, 460, 360):
        viewer.resize(width, 600)
        qtbot.waitUntil(lambda: not squeezed())
    assert viewer.bar.button("view.back").isVisible()
    assert viewer.bar.button("view.full_screen").isVisible()
    assert not viewer.bar.button("view.slide_show").isVisible()


def test_long_words_in_the_bar_are_whole_and_buttons_go_instead(qtbot: QtBot) -> None:
    bar = ViewerBar(LIGHT)
    qtbot.addWidget(bar)
    bar.show()
    name = "2026-11-30 a very long name of a photo.jpg"
    row = PhotoRow(1, name, Path(name), Path(), None, 60, 40, "JPEG", rating=5, favourite=True)
    heading = Heading(row, 59_999, 60_000, 1.0, fitted=True, more=516_000)
    compare = bar.button("view.compare")

    def cut_off() -> list[str]:
        parts: list[QAbstractButton | QLabel] = [
            *bar.findChildren(QAbstractButton),
            *bar.findChildren(QLabel),
        ]
        return [
            part.text() or part.objectName()
            for part in parts
            if part.isVisible()
            and part.width() < part.minimumSizeHint().width()
            and not isinstance(part, ElidedLabel)
        ]

    for width in (900, 660, 630, 600):
        bar.resize(width, 52)
        bar.show_heading(heading)
        qtbot.waitUntil(lambda: not cut_off())
    assert compare.isHidden()
    bar.show_heading(replace(heading, position=0, more=0))
    assert not compare.isHidden()


def test_both_themes_are_drawn(open_viewer: Open, qtbot: QtBot, tmp_path: Path) -> None:
    viewer, _ = open_viewer([scene(tmp_path / "a.jpg")])
    qtbot.waitUntil(lambda: is_full(viewer))
    for theme in (DARK, LIGHT):
        viewer.set_theme(theme)
        assert colour_at(viewer, 3, 3) == theme.colour("window")
