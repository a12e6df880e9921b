"""What the window remembers, and what it makes of remembered nonsense."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from app.sidebar.places import ALL_PHOTOS, Place
from app.window.state import WindowState, brought_back, private_settings

SCREEN = QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 1280, 1024)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def state(file: Path) -> WindowState:
    return WindowState(QSettings(str(file), QSettings.Format.IniFormat))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_what_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "library" / "window.ini"
    before = os.umask(0)
    try:
        for value in ("a", "b"):
            kept = WindowState(private_settings(file))
            kept.save("search/history", value)
            kept.sync()
    finally:
        os.umask(before)
    assert kept.text("search/history") == "b"
    assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]


def test_values_come_back_after_a_restart(file: Path) -> None:
    before = state(file)
    before.save("view/sort", "name")
    before.save("view/descending", False)
    before.save("grid/side", 180)
    before.save("grid/scroll", 0.25)
    before.save("sidebar/opened", ("heading:folders", "folder:/家庭, 照片/“a”;\\b"))
    before.save_place(Place("album", "7", "Grandma’s 80th"))
    before.sync()
    after = state(file)
    assert after.text("view/sort", "taken", among=("taken", "name")) == "name"
    assert after.truth("view/descending", True) is False
    assert after.whole("grid/side", 150, 80, 400) == 180
    assert after.share("grid/scroll", 0.0) == 0.25
    assert after.texts("sidebar/opened") == ("heading:folders", "folder:/家庭, 照片/“a”;\\b")
    assert after.place() == Place("album", "7", "Grandma’s 80th")


def test_what_was_forgotten_or_never_saved_is_the_default(file: Path) -> None:
    remembered = state(file)
    remembered.save("view/sort", "name")
    remembered.forget("view/sort")
    assert remembered.text("view/sort", "taken") == "taken"
    assert remembered.place() == ALL_PHOTOS
    assert remembered.texts("sidebar/opened", ("a",)) == ("a",)


def test_without_settings_nothing_is_kept() -> None:
    nowhere = WindowState(None)
    nowhere.save("grid/side", 180)
    nowhere.sync()
    assert nowhere.whole("grid/side", 150) == 150


@pytest.mark.parametrize(
    "stored",
    [
        "null",
        '"12"',
        "-1",
        "401",
        "1e3",
        "true",
        "NaN",
        "[1]",
        "{}",
        "[" * 50_000,
        "9" * 10_000,
        "@Invalid()",
        "@ByteArray(\\0\\0)",
        "\\xff\\xfe",
        "a, b, c",
        "",
    ],
)
def test_a_value_of_the_wrong_kind_is_the_default(file: Path, stored: str) -> None:
    file.write_text(f"[grid]\nside={stored}\nscroll={stored}\n[window]\nplace={stored}\n", "utf-8")
    damaged = state(file)
    assert damaged.whole("grid/side", 150, 80, 400) == 150
    assert damaged.place() == ALL_PHOTOS
    assert 0 <= damaged.share("grid/scroll", 0.5) <= 1


@pytest.mark.parametrize(
    "stored", [["search", "sea", ""], ["album", "9" * 30, ""], ["problems", "", ""]]
)
def test_a_place_that_cannot_be_shown_is_all_photos(file: Path, stored: list[str]) -> None:
    damaged = state(file)
    damaged.save("window/place", stored)
    assert damaged.place() == ALL_PHOTOS


def test_a_file_of_nonsense_opens_a_window_of_the_usual_size(file: Path, qtbot: QtBot) -> None:
    noise = random.Random(3).randbytes(20_000)
    file.write_bytes(b"[window]\ngeometry=" + noise + b"\n[panels]\nsizes=" + noise[:500])
    window = QMainWindow()
    qtbot.addWidget(window)
    state(file).restore_window(window, QSize(700, 500))
    assert window.geometry().isValid()


def test_the_window_comes_back_where_it_was(file: Path, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(20, 30, 700, 500)
    before = state(file)
    before.save_window(window)
    before.sync()
    other = QMainWindow()
    qtbot.addWidget(other)
    state(file).restore_window(other, QSize(640, 480))
    assert other.geometry() == QRect(20, 30, 700, 500)


def test_a_maximised_window_comes_back_maximised(file: Path, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.showMaximized()
    remembered = state(file)
    remembered.save_window(window)
    other = QMainWindow()
    qtbot.addWidget(other)
    remembered.restore_window(other, QSize(640, 480))
    assert other.windowState() & Qt.WindowState.WindowMaximized


def test_panels_come_back_if_there_are_as_many(file: Path, qtbot: QtBot) -> None:
    def panels(count: int) -> QSplitter:
        splitter = QSplitter()
        qtbot.addWidget(splitter)
        for _ in range(count):
            splitter.addWidget(QWidget())
        splitter.resize(1000, 300)
        splitter.show()
        return splitter

    before = panels(2)
    before.setSizes([200, 800])
    remembered = state(file)
    remembered.save_splitter("panels/sizes", before)
    two, three = panels(2), panels(3)
    remembered.restore_splitter("panels/sizes", two)
    assert two.sizes() == before.sizes()
    usual = three.sizes()
    remembered.restore_splitter("panels/sizes", three)
    assert three.sizes() == usual
    remembered.save("panels/sizes", [-5, 10])
    remembered.restore_splitter("panels/sizes", two)
    assert two.sizes() == before.sizes()


# Back on a screen


def test_a_window_that_is_seen_stays_where_it_is() -> None:
    for place in (
        QRect(100, 50, 1280, 800),
        QRect(-300, 50, 1280, 800),
        QRect(1800, 900, 700, 500),
    ):
        assert brought_back(place, [SCREEN]) == place


def test_a_window_of_a_screen_that_is_gone_comes_to_the_middle() -> None:
    place = QRect(2500, 100, 1280, 800)
    assert brought_back(place, [SCREEN, SECOND]) == place
    back = brought_back(place, [SCREEN])
    assert SCREEN.contains(back)
    assert back.size() == place.size()
    assert abs(back.center().x() - SCREEN.center().x()) <= 1


def test_a_window_whose_title_is_above_the_screen_comes_down() -> None:
    back = brought_back(QRect(100, -600, 1280, 800), [SCREEN])
    assert SCREEN.contains(back)


def test_a_window_is_no_larger_than_the_screen_and_not_too_small_to_use() -> None:
    assert brought_back(QRect(0, 0, 4000, 3000), [SCREEN]).size() == SCREEN.size()
    assert brought_back(QRect(10, 10, 5, 5), [SCREEN]).width() >= 640
    assert brought_back(QRect(0, 0, 10, 10), []) == QRect(0, 0, 10, 10)
