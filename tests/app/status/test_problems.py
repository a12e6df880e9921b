"""The page of files that could not be read: reasons, groups, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.sidebar.places import Place
from app.status.notice import Notice
from app.status.problem_model import Heading, ProblemModel, grouped
from app.status.problem_table import ProblemTable
from app.status.problems import ProblemsPage
from app.window.window import MainWindow
from core.catalog.statistics import FailedFile
from core.events import FailuresChanged, Progress
from tests.app.fake_library import FakeLibrary
from tests.app.opening import OpenWindow

EMPTY, BROKEN = "The file is empty.", "The picture is cut off."
FAILED = (
    FailedFile("/photos/2011/a.jpg", EMPTY, 0.0),
    FailedFile("/photos/2011/b.jpg", BROKEN, 0.0),
    FailedFile("/photos/家庭/c.jpg", EMPTY, 0.0),
)


def open_page(
    open_window: OpenWindow, qtbot: QtBot, failed: tuple[FailedFile, ...] = FAILED
) -> tuple[MainWindow, FakeLibrary, ProblemsPage]:
    window, library = open_window(10, failed=failed)
    window.session.begin()  # the photos are left before they are shown
    window.sidebar.choose(Place("problems"))
    qtbot.waitUntil(lambda: window.problems.count == len(failed) and not window.problems.waits)
    return window, library, window.problems


def table(page: ProblemsPage) -> ProblemTable:
    found = page.findChild(ProblemTable)
    assert found is not None
    return found


def notice(window: MainWindow) -> Notice:
    found = window.findChild(Notice)
    assert found is not None
    return found


def texts(page: ProblemsPage) -> list[str]:
    model = table(page).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def button(page: ProblemsPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def choose(page: ProblemsPage, *rows: int) -> None:
    selection = table(page).selectionModel()
    flag = QItemSelectionModel.SelectionFlag
    selection.clearSelection()
    for row in rows:
        selection.select(table(page).model().index(row, 0), flag.Select | flag.Rows)


def test_files_are_grouped_by_reason_the_largest_group_first() -> None:
    rows = grouped(FAILED, "reason")
    assert rows == [Heading(EMPTY, 2), FAILED[0], FAILED[2], Heading(BROKEN, 1), FAILED[1]]


def test_files_are_grouped_by_folder_in_its_order() -> None:
    rows = grouped(FAILED, "folder")
    assert rows == [Heading("/photos/2011", 2), *FAILED[:2], Heading("/photos/家庭", 1), FAILED[2]]


def test_the_model_keeps_to_the_rules() -> None:
    model = ProblemModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(grouped(FAILED, "reason"))
    assert [row for row in range(5) if model.heading(row)] == [0, 3]
    assert model.paths == [FAILED[0].path, FAILED[2].path, FAILED[1].path]
    name = model.index(1, 0)
    assert name.data(Qt.ItemDataRole.AccessibleTextRole) == f"a.jpg, {EMPTY}"
    assert name.data(Qt.ItemDataRole.ToolTipRole) == f"/photos/2011/a.jpg\n{EMPTY}"
    del tester


def test_the_page_lists_every_file_with_its_reason(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot)
    assert texts(page) == [
        "The file is empty.   2",
        "a.jpg",
        "c.jpg",
        "The picture is cut off.   1",
        "b.jpg",
    ]
    next(b for b in page.findChildren(QPushButton) if b.text() == "By folder").click()
    qtbot.waitUntil(lambda: texts(page)[0] == "/photos/2011   2")


CLOSED = FailedFile("/photos/private", "This folder cannot be read.", 0.0, is_folder=True)


def test_folders_that_could_not_be_read_are_listed_among_the_files(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library, page = open_page(open_window, qtbot, (*FAILED, CLOSED))
    assert texts(page)[-2:] == ["This folder cannot be read.   1", "private/"]
    title = page.findChild(QLabel, "heading_title")
    assert title is not None
    assert title.text() == "3 files, 1 folder not read"
    heading = table(page).model().index(len(texts(page)) - 2, 0)
    spoken = heading.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "This folder cannot be read., 1 folder"
    choose(page, len(texts(page)) - 1)
    button(page, "problems_retry").click()
    qtbot.waitUntil(lambda: notice(window).text == "1 folder will be read again.")
    assert library.retried == [[CLOSED.path]]
    qtbot.waitUntil(lambda: not page.waits)
    choose(page)
    button(page, "problems_ignore").click()
    qtbot.waitUntil(lambda: page.count == 0)
    said = "3 files, 1 folder are ignored from now on."
    qtbot.waitUntil(lambda: notice(window).text == said)


def test_the_status_line_counts_folders_that_could_not_be_read(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10, failed=(CLOSED,))
    qtbot.waitUntil(lambda: status_says(window, "1 folder not read"))
    library.failed = (*FAILED, CLOSED)
    library.events.emit(Progress("indexing", 1, 5, failed=3))
    qtbot.waitUntil(lambda: status_says(window, "3 files, 1 folder not read"))
    library.failed = ()
    library.events.emit(FailuresChanged())
    qtbot.waitUntil(lambda: not status_says(window, "not read"))


def status_says(window: MainWindow, text: str) -> bool:
    found = window.status.findChildren(QPushButton)
    return any(text in each.text() for each in found if not each.isHidden())


def test_without_problems_the_page_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot, ())
    assert not table(page).isVisible()
    assert page.isVisible()


def test_a_click_on_a_heading_selects_its_group(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot)
    seen = table(page)
    point = seen.visualRect(seen.model().index(0, 0)).topLeft() + QPoint(12, 12)
    QTest.mouseClick(seen.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert seen.selected() == [FAILED[0].path, FAILED[2].path]
    assert button(page, "problems_retry").text() == "Read again"


def test_selected_files_are_read_again_or_all(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library, page = open_page(open_window, qtbot)
    choose(page, 4)
    button(page, "problems_retry").click()
    qtbot.waitUntil(lambda: library.retried == [[FAILED[1].path]])
    qtbot.waitUntil(lambda: notice(window).text == "1 file will be read again.")
    qtbot.waitUntil(lambda: not page.waits)
    choose(page)
    assert button(page, "problems_retry").text() == "Read all again"
    button(page, "problems_retry").click()
    qtbot.waitUntil(lambda: library.retried[1:] == [sorted(f.path for f in FAILED)])


def test_ignored_files_go_and_come_back_by_undo(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library, page = open_page(open_window, qtbot)
    choose(page, 1, 2)
    button(page, "problems_ignore").click()
    qtbot.waitUntil(lambda: page.count == 1)
    assert [f.path for f in library.set_aside] == [FAILED[0].path, FAILED[2].path]
    qtbot.waitUntil(lambda: notice(window).text == "2 files are ignored from now on.")
    undo = next(b for b in notice(window).findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    qtbot.waitUntil(lambda: library.retried == [[FAILED[0].path, FAILED[2].path]])


def test_ignored_files_can_be_looked_at(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot)
    choose(page, 1)
    page.ignore()
    switch = next(b for b in page.findChildren(QPushButton) if b.text().startswith("Ignored"))
    qtbot.waitUntil(lambda: switch.text() == "Ignored: 1")
    switch.click()
    qtbot.waitUntil(lambda: texts(page)[1:] == ["a.jpg"])
    assert not button(page, "problems_ignore").isEnabled()


def test_the_list_is_copied_with_reasons(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot)
    choose(page, 4)
    page.copy()
    assert QGuiApplication.clipboard().text() == f"/photos/2011/b.jpg\t{BROKEN}"
    choose(page)
    page.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3


def test_a_file_is_shown_where_it_lies(open_window: OpenWindow, qtbot: QtBot) -> None:
    _window, _library, page = open_page(open_window, qtbot)
    assert not button(page, "problems_show").isEnabled()
    choose(page, 2)
    with qtbot.waitSignal(page.show_in_files_asked) as asked:
        button(page, "problems_show").click()
    assert asked.args == [FAILED[2].path]


def test_selection_and_place_stay_when_the_list_changes(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    many = tuple(FailedFile(f"/photos/{n:05}.jpg", EMPTY, 0.0) for n in range(3000))
    _window, library, page = open_page(open_window, qtbot, many)
    choose(page, 1501, 1502, 1600)
    seen = table(page)
    seen.scrollTo(seen.model().index(1500, 0), seen.ScrollHint.PositionAtTop)
    top, selected = seen.top(), seen.selected()
    library.failed = many[100:]
    library.events.emit(FailuresChanged())
    qtbot.waitUntil(lambda: page.count == 2900)
    assert seen.selected() == selected
    assert seen.top() == top


def test_a_hundred_thousand_files_are_listed_and_selected(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    many = tuple(
        FailedFile(f"/photos/{n // 100}/{n}.jpg", f"Reason {n % 3}", 0.0) for n in range(100_000)
    )
    _window, _library, page = open_page(open_window, qtbot, many)
    table(page).selectAll()
    assert len(table(page).selected()) == 100_000
    assert len(page.chosen) == 100_000


def test_esc_leads_back_to_the_photos(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _library, page = open_page(open_window, qtbot)
    table(page).setFocus()
    QTest.keyClick(table(page), Qt.Key.Key_Escape)
    assert window.browse.isVisible()
    assert not page.isVisible()
    assert window.sidebar.place == Place("all")
