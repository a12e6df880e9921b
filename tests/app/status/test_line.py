"""The status line and its details: what goes on, in words, and the ways out of trouble."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.sidebar.places import Place
from app.status.details import StatusDetails
from app.status.line import StatusLine
from app.theme import LIGHT
from app.window.window import MainWindow
from core.catalog.statistics import FailedFile
from core.events import DeviceChosen, Progress
from tests.app.fake_library import FakeFolder
from tests.app.opening import OpenWindow

BUSY = Progress("indexing", 1941, 4511, 0, 64.2, 40.0, current="/home/me/Phone/IMG_1.JPG")


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine(LIGHT)
    qtbot.addWidget(made)
    made.resize(1280, 30)
    made.show()
    return made


def said(widget: QWidget) -> list[str]:
    """Every text that is seen, from left to right."""
    parts: list[QLabel | QPushButton] = [
        *widget.findChildren(QLabel),
        *widget.findChildren(QPushButton),
    ]
    seen = [part for part in parts if part.isVisible() and part.text()]
    return [part.text() for part in sorted(seen, key=lambda part: (part.x(), part.y()))]


def button(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text)


# The line


def test_it_says_what_goes_on_and_how_long_it_takes(line: StatusLine) -> None:
    line.show_progress(BUSY, "Phone")
    line.show_model("starter", "cpu", "There is no GPU.")
    line.show_photos(18_904)
    assert said(line) == [
        "Indexing Phone",
        "1,941 of 4,511",
        "64 photos/s",
        "40 s left",
        "Pause",
        "Starter model on CPU",
        "18,904 photos",
    ]
    bar = line.findChild(QProgressBar)
    assert bar is not None
    assert (bar.value(), bar.maximum()) == (1941, 4511)


def test_while_looking_for_photos_the_total_may_grow(line: StatusLine) -> None:
    line.show_progress(Progress("scanning", scanning=True))
    assert said(line) == ["Looking for photos…", "Pause"]
    line.show_progress(Progress("indexing", 3, 70, scanning=True))
    assert "3 of 70 so far" in said(line)


def test_at_the_end_there_is_nothing_to_pause(line: StatusLine) -> None:
    line.show_progress(Progress("idle", 70, 70))
    assert said(line) == ["Up to date"]


def test_an_end_with_nothing_new_is_up_to_date_as_well(line: StatusLine) -> None:
    assert said(line) == []  # nothing is known yet
    line.show_progress(Progress("idle"))
    assert said(line) == ["Up to date"]


def test_before_a_device_is_chosen_only_the_model_is_named(line: StatusLine) -> None:
    details = StatusDetails(line)
    details.show()
    for part in (line, details):
        part.show_model("starter", "", "The device is chosen when the first photo is read.")
        assert "Starter model" in said(part)


def test_on_battery_it_says_why_it_is_slow(line: StatusLine) -> None:
    line.show_progress(Progress("indexing", 3, 70, slowed_by_battery=True))
    assert "On battery: slower" in said(line)


def test_a_narrow_line_says_what_matters_most(line: StatusLine) -> None:
    line.show_progress(BUSY, "A folder with a very long name that nobody wants to read")
    line.show_failed(12, 0)
    line.show_model("starter", "cpu", "")
    line.show_photos(18_904)
    line.resize(560, 30)
    line.grab()  # lays out
    left = said(line)
    assert "1,941 of 4,511" in left
    assert "Pause" in left
    assert "12 files not read" in left
    assert "64 photos/s" not in left
    assert all(w.geometry().right() <= 560 for w in line.findChildren(QWidget) if w.isVisible())


def test_a_click_on_the_line_and_the_model_ask_for_details(line: StatusLine, qtbot: QtBot) -> None:
    line.show_model("starter", "cpu", "")
    with qtbot.waitSignal(line.details_asked) as asked:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert asked.args == [line.rect().center().x()]
    with qtbot.waitSignal(line.details_asked):
        QTest.keyClick(button(line, "Starter model on CPU"), Qt.Key.Key_Space)


# The details


def open_details(window: MainWindow, qtbot: QtBot) -> StatusDetails:
    details = window.findChild(StatusDetails)
    assert details is not None
    window.status.details_asked.emit(40)
    qtbot.waitUntil(details.isVisible)
    return details


def test_the_details_say_everything(open_window: OpenWindow, qtbot: QtBot) -> None:
    failed = tuple(FailedFile(f"/p/{n}.jpg", "It is empty.", 0.0) for n in range(3))
    window, library = open_window(10, failed=failed, folder_list=[FakeFolder(1, "/home/me/Phone")])
    details = open_details(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.feed._folders))
    library.events.emit(BUSY)
    qtbot.waitUntil(lambda: "Indexing Phone" in said(details))
    qtbot.waitUntil(lambda: "Thumbnails" in said(details))
    texts = said(details)
    assert "1,941 of 4,511   64 photos/s   40 s left" in texts
    assert "/home/me/Phone/IMG_1.JPG" in texts
    assert "Starter model on CPU" in texts
    assert "The CPU is used because there is no NVIDIA driver." in texts
    assert "3 files not read" in texts
    assert any(text.endswith("MB") for text in texts)


def test_the_details_keep_inside_the_window_and_close_with_esc(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(10)
    details = open_details(window, qtbot)
    place = details.frameGeometry()
    foot = window.status.mapToGlobal(window.status.rect().topLeft())
    assert place.left() >= foot.x()
    assert place.bottom() <= foot.y()
    QTest.keyClick(details, Qt.Key.Key_Escape)
    assert not details.isVisible()


def test_pausing_from_the_details(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    details = open_details(window, qtbot)
    library.events.emit(BUSY)
    qtbot.waitUntil(lambda: "Pause" in said(details))
    button(details, "Pause").click()
    qtbot.waitUntil(lambda: library.paused)
    library.events.emit(Progress("paused", 1941, 4511))
    qtbot.waitUntil(lambda: "Resume" in said(details))
    button(details, "Resume").click()
    qtbot.waitUntil(lambda: not library.paused)


def test_the_failed_count_leads_to_the_problems(open_window: OpenWindow, qtbot: QtBot) -> None:
    failed = (FailedFile("/p/1.jpg", "It is empty.", 0.0),)
    window, _library = open_window(10, failed=failed)
    qtbot.waitUntil(lambda: "1 file not read" in said(window.status))
    button(window.status, "1 file not read").click()
    assert window.sidebar.place == Place("problems")
    qtbot.waitUntil(lambda: window.problems.count == 1)


def test_the_device_that_was_chosen_late_is_told(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, library = open_window(10)
    qtbot.waitUntil(lambda: library.calls.count("status") == 1)
    library.events.emit(DeviceChosen("cpu", "There is no NVIDIA driver."))
    qtbot.waitUntil(lambda: library.calls.count("status") == 2)


def test_the_speed_is_chosen_in_the_details(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    details = open_details(window, qtbot)
    qtbot.waitUntil(lambda: button(details, "Normal").isChecked())
    button(details, "Gentle").click()
    qtbot.waitUntil(lambda: library.settings.speed == "gentle")
    assert "Stays in the background: other programs come first." in said(details)


# Trouble


def test_a_model_in_trouble_is_told_with_the_ways_out(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10, model_error="The model ViT-B-32 is damaged: install it.")
    qtbot.waitUntil(lambda: "Model trouble" in said(window.status))
    details = open_details(window, qtbot)
    assert "The model ViT-B-32 is damaged: install it." in said(details)
    assert {"Use the starter model", "Try again", "Settings…"} <= set(said(details))
    button(details, "Use the starter model").click()
    qtbot.waitUntil(lambda: "use_model" in library.calls)
    qtbot.waitUntil(lambda: "Starter model on CPU" in said(window.status))
    assert "Model trouble" not in said(window.status)


def test_trying_again_tells_when_nothing_is_better(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10, model_error="The model ViT-B-32 is damaged: install it.")
    qtbot.waitUntil(lambda: "Model trouble" in said(window.status))
    details = open_details(window, qtbot)
    before = library.calls.count("status")
    button(details, "Try again").click()
    qtbot.waitUntil(lambda: library.calls.count("status") > before)
    assert "Model trouble" in said(window.status)
