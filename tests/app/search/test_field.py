from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.files.drag import PHOTOS
from app.search.field import SearchField
from app.search.line import LONGEST
from app.search.photo import SIDE, LikePhoto, PastedFile, like_photo, photo_in
from app.theme import DARK, LIGHT
from app.window.window import MainWindow
from tests.app.fake_library import FakeLibrary
from tests.app.opening import OpenWindow

Key = Qt.Key
ANSWERS = {
    "beach": ([3, 1, 4], [0.9, 0.8, 0.2], 2),
    "like 7": ([5, 2], [0.9, 0.1], 1),
    "like 7 at night": ([2], [0.9], 1),
    "like red.png": ([6], [0.9], 1),
    "like pasted.png": ([8], [0.9], 1),
}


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (300, 200), "red").save(path)
    return path


def drop(field: SearchField, mime: QMimeData) -> bool:
    """Drag over the field and let go; returns whether it took it."""
    actions = Qt.DropAction.CopyAction
    at = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(9, 9), actions, *at)
    entered.ignore()
    field.dragEnterEvent(entered)
    if entered.isAccepted():
        field.dropEvent(QDropEvent(QPointF(9, 9), actions, *at))
    return entered.isAccepted()


def ours(*photo_ids: int) -> QMimeData:
    mime = QMimeData()
    mime.setData(PHOTOS, ",".join(map(str, photo_ids)).encode())
    mime.setUrls([QUrl.fromLocalFile("/photos/somewhere.jpg")])
    return mime


def showing(window: MainWindow, ids: list[int]) -> Callable[[], bool]:
    return lambda: window.model.ids.tolist() == ids


# What counts as a photo


def test_our_photos_files_and_pictures_are_searched_by_and_text_is_not(red: Path) -> None:
    assert photo_in(ours(7, 8)) == 7
    files = QMimeData()
    files.setUrls([QUrl("https://example.org/x.jpg"), QUrl.fromLocalFile(str(red))])
    assert photo_in(files) == red
    picture = QMimeData()
    picture.setImageData(QImage(str(red)))
    assert isinstance(photo_in(picture), QImage)
    picture.setText("a cell of a table, and how it looks")
    assert photo_in(picture) is None
    text = QMimeData()
    text.setText("kids at the beach")
    assert photo_in(text) is None


def test_a_pasted_picture_is_kept_in_a_file_only_as_long_as_it_is_searched_by() -> None:
    image = QImage(4000, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    like = like_photo(image)(None)  # type: ignore[arg-type]
    assert isinstance(like.photo, Path)
    folder = like.photo.parent
    assert QImage(str(like.photo)).width() == 1600
    assert like.image is not None
    assert min(like.image.width(), like.image.height()) == SIDE
    del like
    assert not folder.exists()


def test_a_file_is_read_by_a_decoder_and_never_in_the_window(red: Path) -> None:
    library = FakeLibrary(red.parent)
    like = like_photo(red)(library)  # type: ignore[arg-type]
    assert library.pictures.read == [("whole", red.name)]
    assert like.image is not None
    assert like.image.pixelColor(4, 4).red() > 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.timeout(60)
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    like = like_photo(tmp_path / "pipe.png")(FakeLibrary(tmp_path))  # type: ignore[arg-type]
    assert (like.photo, like.image) == (tmp_path / "pipe.png", None)


def test_a_pasted_file_can_be_removed_at_once() -> None:
    kept = PastedFile(QImage(8, 8, QImage.Format.Format_RGB32))
    kept.remove()
    assert not kept.path.parent.exists()


# In the window


def test_a_photo_dragged_from_the_grid_is_searched_by_and_words_are_added(
    open_window: OpenWindow, qtbot: QtBot, thumbnail: Callable[[int], Path]
) -> None:
    thumbnail(7)
    window, _library = open_window(10, answers=ANSWERS)
    field = window.header.search
    assert drop(field, ours(7))
    qtbot.waitUntil(showing(window, [5, 2]))
    like = field.like
    assert like is not None
    assert like.name == "IMG_0007.JPG"
    assert like.image is not None
    field.setFocus()
    QTest.keyClicks(field.edit, "at night")
    qtbot.waitUntil(showing(window, [2]))
    QTest.keyClick(field.edit, Key.Key_Home)
    QTest.keyClick(field.edit, Key.Key_Backspace)  # before the words is the photo
    assert field.like is None
    assert field.text() == "at night"


def test_a_file_dropped_anywhere_on_the_field_is_searched_by(
    open_window: OpenWindow, qtbot: QtBot, red: Path
) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(red))])
    assert drop(window.header.search, mime)
    qtbot.waitUntil(showing(window, [6]))
    window.browse.grid.setFocus()
    QTest.keyClick(window.browse.grid, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.model.ids) == 10)
    assert window.header.search.like is None


def test_a_file_that_is_no_photo_is_said_to_be_none(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, _library = open_window(10)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "gone.jpg"))])
    drop(window.header.search, mime)
    qtbot.waitUntil(lambda: "gone.jpg cannot be read" in window.browse.heading.problem)
    assert len(window.model.ids) == 10


def test_a_picture_is_pasted_into_the_field_or_by_its_command(
    open_window: OpenWindow, qtbot: QtBot, red: Path
) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    field = window.header.search
    QGuiApplication.clipboard().setImage(QImage(str(red)))
    field.setFocus()
    QTest.keyClick(field.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(showing(window, [8]))
    assert field.like is not None
    assert isinstance(field.like.photo, Path)
    pasted = field.like.photo
    assert pasted.exists()
    QTest.keyClick(field.edit, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.model.ids) == 10)
    window.commands["search.paste_photo"].trigger()
    qtbot.waitUntil(showing(window, [8]))
    qtbot.waitUntil(lambda: not pasted.exists())  # that of before


def test_pasting_nothing_to_search_by_is_said(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10)
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(window.assistant.problem) as told:
        window.commands["search.paste_photo"].trigger()
    assert told.args == ["No photo was copied: copy a photo or a picture file first."]


def test_similar_photos_of_the_selected_one(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    window.browse.grid.choice.only(3)
    window.commands["search.similar"].trigger()
    qtbot.waitUntil(showing(window, [5, 2]))


def test_chips_come_once_the_language_is_loaded(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10)
    window.header.search.put("beach -狗 date:2021")
    qtbot.waitUntil(lambda: window.header.search.edit.labels == ["not 狗", "date: 2021"])


def test_a_query_that_is_far_too_long_is_refused_and_the_window_lives(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    field = window.header.search
    mime = QMimeData()
    mime.setText("x\x00\u200f" * LONGEST)
    field.edit.insertFromMimeData(mime)
    assert len(field.edit.query) == LONGEST
    qtbot.waitUntil(lambda: field.wrong)
    assert window.browse.heading.problem.startswith("The query is ")
    QTest.keyClick(field.edit, Key.Key_Escape)
    field.ask("beach")
    qtbot.waitUntil(showing(window, [3, 1, 4]))
    assert not field.wrong


def test_the_field_looks_right_in_both_themes_with_a_photo(qtbot: QtBot, red: Path) -> None:
    field = SearchField(LIGHT)
    qtbot.addWidget(field)
    field.resize(500, 34)
    field.ask("at night", LikePhoto(red, "red.png", QImage(str(red))))
    light = field.grab().toImage()
    field.set_theme(DARK)
    assert field.grab().toImage() != light
