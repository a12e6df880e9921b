from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.sidebar.places import ALL_PHOTOS, Place
from app.sidebar.view import SidebarView
from app.widgets.question import Question
from app.window.window import MainWindow
from core.events import PhotosChanged, Progress, Trouble
from tests.app.fake_library import FakeFolder
from tests.app.opening import OpenWindow
from tests.helpers.patience import PATIENCE

Key = Qt.Key


def type_into(window: MainWindow, text: str) -> None:
    window.header.search.setFocus()
    QTest.keyClicks(window.header.search.edit, text)


# First start and folders


def test_the_first_start_asks_for_one_folder_and_begins(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, library = open_window()
    assert window.pages.currentWidget() is window.first_start
    window.first_start.propose(str(tmp_path))
    starts = [b for b in window.first_start.findChildren(QPushButton) if b.property("primary")]
    assert len(starts) == 1
    starts[0].click()
    assert window.browse.empty_text == "Nothing here yet"
    qtbot.waitUntil(lambda: [f.path for f in library.folder_list] == [str(tmp_path)])
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 1)


def test_a_folder_that_cannot_be_added_is_said_in_a_sentence(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(3, photos=Path("/nowhere/at all"))
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text.startswith("/nowhere/at all is not a folder")


def test_a_first_folder_that_cannot_be_added_leads_back_to_the_choice(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(photos=Path("/nowhere"))
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.first_start)
    assert window.first_start.problem.startswith("/nowhere is not a folder")


def test_the_sidebar_lists_folders_and_looks_into_one(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    folders = [FakeFolder(1, "/photos/家庭照片"), FakeFolder(2, "/disk", offline=True)]
    window, _library = open_window(10, folder_list=folders)
    qtbot.waitUntil(lambda: window.browse.heading.title == "10 photos")
    window.sidebar.choose(Place("folder", "/photos/家庭照片", "家庭照片"))
    qtbot.waitUntil(lambda: len(window.model.ids) == 5)
    assert window.browse.heading.title == "家庭照片"
    window.sidebar.choose(ALL_PHOTOS)
    qtbot.waitUntil(lambda: len(window.model.ids) == 10)


def test_removing_a_folder_asks_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10, folder_list=[FakeFolder(1, "/a"), FakeFolder(2, "/b")])
    qtbot.waitUntil(lambda: "folders" in library.calls and not window.session.background.busy)
    window.sidebar.choose(Place("folder", "/b"))
    window.sidebar.remove_folder_asked.emit("/b")
    question = window.findChild(Question)
    assert question is not None
    assert "Remove “b”" in question.title.text()
    assert "10 photos" in question.text.text()
    assert len(library.folder_list) == 2
    question.yes.click()
    qtbot.waitUntil(lambda: [f.path for f in library.folder_list] == ["/a"])
    qtbot.waitUntil(lambda: window.sidebar.place == ALL_PHOTOS)


def test_after_a_folder_was_pointed_at_enter_starts_with_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window, _library = open_window()
    other = next(
        b for b in window.first_start.findChildren(QPushButton) if not b.property("primary")
    )
    other.setFocus()
    window.folder_actions.picked.emit(str(tmp_path))
    focus = window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.property("primary")


def test_after_a_click_in_the_sidebar_keys_are_about_the_photos(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(10, folder_list=[FakeFolder(1, "/a"), FakeFolder(2, "/b")])
    view = window.sidebar.findChild(SidebarView)
    assert view is not None
    qtbot.waitUntil(lambda: window.sidebar.count(Place("folder", "/b")) is not None)
    row = window.sidebar._model.made("folder:/b")
    at = view.visualRect(row).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    qtbot.waitUntil(lambda: len(window.model.ids) == 5)
    focus = window.focusWidget()
    assert focus is window.browse.grid
    QTest.keyClick(focus, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.chosen() == window.model.ids.tolist()


def test_the_inspector_tells_nothing_beside_files_that_could_not_be_read(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(10)
    qtbot.waitUntil(lambda: window.browse.heading.title == "10 photos")
    assert window.inspector.isVisible()
    window.sidebar.choose(Place("problems"))
    assert not window.inspector.isVisible()
    window.sidebar.choose(ALL_PHOTOS)
    assert window.inspector.isVisible()


# Searching


ANSWERS = {"beach": ([3, 1, 4], [0.9, 0.8, 0.2], 2), "beach dog": ([4], [0.7], 1)}


def test_results_follow_as_one_types_with_their_line(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10, answers=ANSWERS)
    type_into(window, "beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    assert library.searched == ["beach"]  # one question, not one a letter
    assert window.model.ids.tolist() == [3, 1, 4]
    assert window.model.cut == 2
    assert window.browse.heading.title == "2 photos match"


def test_a_later_query_cancels_the_one_before(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10, answers=ANSWERS, search_seconds=2 * PATIENCE)
    window.header.search.ask("beach")
    qtbot.waitUntil(lambda: library.searched == ["beach"])
    library.search_seconds = 0.0
    window.header.search.ask("beach dog")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach dog")
    assert library.cancelled == ["beach"]


def test_esc_clears_and_one_is_back_where_one_was(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(5000, answers=ANSWERS)
    qtbot.waitUntil(lambda: window.browse.shown.complete)
    grid = window.browse.grid
    grid.choice.only(2500)
    top = grid.place().top_id, grid.place().offset
    assert grid.verticalScrollBar().value() > 0
    QTest.keyClick(grid, Key.Key_Slash)
    assert window.header.search.hasFocus()
    type_into(window, "beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    QTest.keyClick(window.header.search.edit, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.browse.shown.query == "")
    assert (grid.place().top_id, grid.place().offset) == top
    assert grid.choice.ids() == [2500]
    assert window.header.search.text() == ""


def test_a_wrong_query_is_explained_under_the_field(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    type_into(window, "beach date:20x1")
    qtbot.waitUntil(lambda: window.browse.heading.problem != "")
    assert window.browse.heading.problem.startswith('"20x1" (at character 7) is not a date')
    assert len(window.model.ids) == 10  # what was shown stays
    window.header.search.edit.selectAll()
    type_into(window, "beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    assert window.browse.heading.problem == ""


def test_a_long_explanation_keeps_all_its_lines_and_stays_while_indexing_goes_on(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(3)
    heading = window.browse.heading
    high = heading.height()
    heading.tell_problem("This is not understood, and much is said about why. " * 8)
    qtbot.waitUntil(lambda: bool(heading.problem))
    assert heading.height() > 2 * high
    library.events.emit(Progress("indexing", 2, 3))
    qtbot.waitUntil(lambda: "2 of 3" in window.status.text)
    assert heading.problem
    heading.clear_problem()
    assert heading.height() == high


def test_inside_a_folder_the_wrong_part_is_still_where_it_was_typed(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10, folder_list=[FakeFolder(1, "/photos/2021 \\ summer")])
    window.sidebar.choose(Place("folder", "/photos/2021 \\ summer"))
    window.header.search.ask("beach date:20x1")
    qtbot.waitUntil(lambda: window.browse.heading.problem != "")
    assert "(at character 7)" in window.browse.heading.problem
    library.answers = {"beach": ([2, 3], [0.9, 0.8], 2)}
    window.header.search.ask("beach")
    qtbot.waitUntil(lambda: window.model.ids.tolist() == [3])  # the folder has every other photo


def test_no_match_says_what_to_do(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10)
    window.header.search.ask("zebra")
    qtbot.waitUntil(lambda: window.browse.empty_text == "No photos match “zebra”")


def test_enter_goes_to_the_photos(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library = open_window(10, answers=ANSWERS)
    window.header.search.ask("beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    window.header.search.setFocus()
    QTest.keyClick(window.header.search.edit, Key.Key_Return)
    assert window.browse.grid.hasFocus()
    qtbot.waitUntil(
        lambda: window.browse.grid.choice.ids() == [3]
    )  # later, if photos are being listed again


# Photos


def test_ratings_and_favourites_are_shown_at_once_and_kept(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: window.model.row(0) is not None)
    grid = window.browse.grid
    grid.setFocus()
    grid.choice.only(0)
    QTest.keyClick(grid, Key.Key_4)
    row = window.model.row(0)
    assert row is not None
    assert row.rating == 4
    QTest.keyClick(grid, Key.Key_F)
    qtbot.waitUntil(lambda: library.ratings == {10: 4} and library.favourites == {10})
    QTest.keyClick(grid, Key.Key_F)
    qtbot.waitUntil(lambda: library.favourites == set())


def test_digits_typed_into_the_field_rate_nothing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    window.browse.grid.choice.only(0)
    type_into(window, "5 f/2")
    assert window.header.search.text() == "5 f/2"
    qtbot.wait(50)
    assert library.ratings == {}


def test_a_photo_opens_and_the_arrow_keys_go_on(
    open_window: OpenWindow, qtbot: QtBot, thumbnail: Callable[[int], Path]
) -> None:
    files = {n: thumbnail(n) for n in range(1, 6)}
    names = {n: path.name for n, path in files.items()}
    window, library = open_window(5, paths_of=files, names=names, offline={3})
    grid = window.browse.grid
    grid.choice.only(0)
    QTest.keyClick(grid, Key.Key_Return)
    assert window.desk.page is window.viewer
    qtbot.waitUntil(lambda: getattr(window.viewer.picture, "preview", True) is False)
    picture = window.viewer.picture
    assert picture is not None
    assert picture.image.width() == 512
    QTest.keyClick(window.viewer, Key.Key_Right)
    assert window.viewer.photo_id == 4
    QTest.keyClick(window.viewer, Key.Key_3)
    qtbot.waitUntil(lambda: library.ratings == {4: 3})
    QTest.keyClick(window.viewer, Key.Key_Escape)
    assert window.browse.isVisible()
    assert grid.choice.ids() == [4]


def test_a_file_that_went_is_shown_by_its_thumbnail(
    open_window: OpenWindow, qtbot: QtBot, thumbnail: Callable[[int], Path]
) -> None:
    thumbnail(1)
    window, _library = open_window(1, paths_of={1: Path("/not/here/IMG.HEIC")})
    window.browse.opened.emit(0)
    qtbot.waitUntil(lambda: window.viewer.picture is not None)
    picture = window.viewer.picture
    assert picture is not None
    assert picture.preview


def test_a_photo_that_goes_while_it_is_open_closes_the_viewer(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(3)
    window.browse.opened.emit(0)
    library.count = 2
    library.events.emit(PhotosChanged(removed=(3,)))
    qtbot.waitUntil(lambda: window.desk.page is window.browse)
    assert window.model.ids.tolist() == [2, 1]


def test_full_screen_leaves_nothing_but_the_picture(open_window: OpenWindow) -> None:
    window, _library = open_window(3)
    window.browse.opened.emit(0)
    window.notice.tell("A disk is gone.")
    around = (window.notice, window.status, window.inspector, window.viewer.bar)
    assert all(part.isVisible() for part in around)
    window.commands.run("view.full_screen")
    assert not any(part.isVisible() for part in around)
    window.session.list_folders()
    assert not window.status.isVisible()
    window.commands.run("view.full_screen")
    assert all(part.isVisible() for part in around)


def test_the_inspector_tells_of_the_compared_photo_that_keys_are_for(
    open_window: OpenWindow,
) -> None:
    window, _library = open_window(3)
    window.navigation.open_compare([3, 2])
    window.compare.choose(2)
    assert window.inspector.feed.ids == [2]


def test_a_photo_is_opened_by_its_command_and_only_where_it_is_not_open_yet(
    open_window: OpenWindow,
) -> None:
    window, _library = open_window(3)
    assert not window.commands["photo.view"].isEnabled()
    window.browse.grid.choice.only(1)
    window.commands.run("photo.view")
    assert window.viewer.photo_id == 2
    assert not window.commands["photo.view"].isEnabled()


def test_order_and_size_of_photos_are_not_for_files_that_could_not_be_read(
    open_window: OpenWindow,
) -> None:
    window, _library = open_window(3)
    window.navigation.show_problems()
    assert not window.view_bar.isEnabled()
    window.sidebar.choose(ALL_PHOTOS)
    assert window.view_bar.isEnabled()


# Status


def test_progress_can_be_paused_and_resumed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    library.events.emit(Progress("indexing", 1941, 4511, 0, 64.2, 40.0))
    qtbot.waitUntil(lambda: "1,941 of 4,511" in window.status.text)
    assert "64 photos/s" in window.status.text
    assert "40 s left" in window.status.text
    pause = next(b for b in window.status.findChildren(QPushButton) if b.text() == "Pause")
    pause.click()
    qtbot.waitUntil(lambda: library.paused)
    library.events.emit(Progress("paused", 1941, 4511))
    qtbot.waitUntil(lambda: window.status.text.startswith("Paused"))
    pause.click()
    qtbot.waitUntil(lambda: not library.paused)


def test_trouble_is_told(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    library.events.emit(Trouble("The disk is full: make room."))
    qtbot.waitUntil(lambda: window.notice.text == "The disk is full: make room.")


def test_new_photos_appear_while_one_looks(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    library.count = 12
    library.events.emit(PhotosChanged(added=(11, 12)))
    qtbot.waitUntil(lambda: len(window.model.ids) == 12)
