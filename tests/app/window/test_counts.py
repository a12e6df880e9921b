"""How many photos are in the place that is shown is said once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.sidebar.places import ALL_PHOTOS, Place
from core.events import PhotosChanged, Progress
from core.library import FailedFile
from tests.app.opening import OpenWindow
from tests.helpers.agreement import disagreements


def test_row_and_status_line_say_what_the_grid_holds_as_soon_as_it_does(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: window.sidebar.count(ALL_PHOTOS) == 10)
    said: list[tuple[int, int | None, str]] = []

    def look() -> None:
        assert disagreements(window, catalogue=False) == []
        counts = len(window.model.ids), window.sidebar.count(ALL_PHOTOS), window.status.photos
        said.append(counts)

    window.browsing.shown.connect(look)
    window.sidebar_feed.listed.connect(look)
    library.count = 12
    library.events.emit(PhotosChanged(added=(11, 12)))
    qtbot.waitUntil(lambda: len(said) >= 2 and not window.sidebar_feed.waits)
    assert {one for one in said if one[0] == 12} == {(12, 12, "12 photos")}


def test_no_row_is_ahead_of_all_photos_while_photos_come(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """Counted before it is listed: what was added recently is never more than there is."""
    window, library = open_window(10)
    qtbot.waitUntil(lambda: window.sidebar.count(Place("recent")) == 10)
    said: list[tuple[int | None, int | None]] = []

    def look() -> None:
        said.append((window.sidebar.count(ALL_PHOTOS), window.sidebar.count(Place("recent"))))

    window.browsing.shown.connect(look)
    window.sidebar_feed.listed.connect(look)
    library.count = 12
    library.events.emit(PhotosChanged(added=(11, 12)))
    qtbot.waitUntil(lambda: window.browsing.waits)
    with qtbot.waitSignal(window.sidebar_feed.listed):
        window.sidebar_feed.ask()
    qtbot.waitUntil(lambda: not window.browsing.waits and not window.sidebar_feed.waits)
    assert said[0] == (10, 10)  # counted first
    assert said[-1] == (12, 12)
    assert all(new is not None and every is not None and new <= every for every, new in said)


def test_what_was_counted_before_a_search_is_said_everywhere_once_it_is_answered(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """The search begins while the grid has not caught up: its answer is not all photos."""
    window, library = open_window(10, answers={"beach": ([1, 2], [0.9, 0.8], 2)})
    qtbot.waitUntil(lambda: window.sidebar.count(ALL_PHOTOS) == 10)
    library.count = 12
    library.events.emit(PhotosChanged(added=(11, 12)))
    qtbot.waitUntil(lambda: window.browsing.waits)
    with qtbot.waitSignal(window.sidebar_feed.listed):
        window.sidebar_feed.ask()
    assert disagreements(window, catalogue=False) == []
    window.browsing.search("beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    assert disagreements(window, catalogue=False) == []
    assert (window.sidebar.count(ALL_PHOTOS), window.status.photos) == (12, "12 photos")


def test_files_that_fail_while_photos_come_are_said_together_with_the_photos(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: window.sidebar.count(ALL_PHOTOS) == 10)
    library.count = 12
    library.failed = (FailedFile("/p/1.jpg", "It is empty.", 0.0),)
    library.events.emit(PhotosChanged(added=(11, 12)))
    qtbot.waitUntil(lambda: window.browsing.waits)
    with qtbot.waitSignal(window.sidebar_feed.listed):
        window.sidebar_feed.ask()
    assert disagreements(window, catalogue=False) == []
    qtbot.waitUntil(lambda: window.status.failed == "1 file not read")
    assert window.sidebar.count(Place("problems")) == 1
    assert window.sidebar.count(ALL_PHOTOS) == 12


def test_photos_that_are_no_longer_new_go_from_where_new_ones_are_shown(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10)
    window.sidebar.choose(Place("recent"))
    qtbot.waitUntil(lambda: window.browse.shown.place.kind == "recent")
    qtbot.waitUntil(lambda: not window.browsing.waits)
    library.count = 8  # time went by, which nobody tells
    window.sidebar_feed.ask()
    qtbot.waitUntil(lambda: len(window.model.ids) == 8)
    assert window.sidebar.count(Place("recent")) == 8


def test_files_that_fail_are_counted_alike_in_sidebar_and_status_line(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10, failed=(FailedFile("/p/1.jpg", "It is empty.", 0.0),))
    qtbot.waitUntil(lambda: window.status.failed == "1 file not read")
    # One more fails, of a run that knows of no other.
    library.failed = (*library.failed, FailedFile("/p/2.jpg", "It is empty.", 0.0))
    library.events.emit(Progress("indexing", 1, 5, failed=1))
    qtbot.waitUntil(lambda: window.status.failed == "2 files not read")
    assert window.sidebar.count(Place("problems")) == 2
    # One is removed: of so short a run, only the end is told.
    library.failed = library.failed[:1]
    library.events.emit(Progress("scanning", scanning=True))
    library.events.emit(Progress("idle"))
    qtbot.waitUntil(lambda: window.status.failed == "1 file not read")
    assert disagreements(window, catalogue=False) == []
