from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.browse import words as browse_words
from app.browse.page import BrowsePage, Surroundings
from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.labels.order import LabelOrder
from app.labels.panel import LabelPanel
from app.labels.shown import LabelShown
from app.search.answers import Question, Shown
from app.search.photo import LikePhoto
from app.sidebar.places import ALL_PHOTOS, Place
from app.theme import DARK, LIGHT
from core.events import PhotosChanged
from core.library import Label
from tests.app.searching import Asking

MANY = 5000


class Page(Asking):
    """A page beside the browsing that fills it."""

    def __init__(self, qtbot: QtBot, directory: Path) -> None:
        super().__init__(qtbot, directory, MANY)
        self.model = PhotoModel(self.session)
        thumbnails = Thumbnails(self.session.background, parent=self.session)
        panel = LabelPanel(self.session, DARK, QMenu)
        self.page = BrowsePage(self.model, thumbnails, DARK, panel)
        self.model.rows_wanted.connect(self.session.read_rows)
        self.session.rows_read.connect(self.model.take_rows)
        self.browsing.shown.connect(self.page.show_photos)
        self.page.go_asked.connect(self.browsing.go_to)
        self.page.resize(900, 600)
        self.page.show()
        self.answered(self.browsing.show)

    @property
    def top(self) -> tuple[int | None, int]:
        """The photo at the top of the grid, and how far it is scrolled."""
        place = self.page.grid.place()
        return place.top_id, place.offset

    def scroll_to(self, position: int) -> None:
        self.page.grid.choice.only(position)
        self.page.grid.verticalScrollBar().setValue(self.page.grid.tiles.box(position).y + 17)


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    made = Page(qtbot, tmp_path)
    yield made
    made.close()  # first: what is still answered finds its page
    made.page.close()
    made.page.deleteLater()


def shown(ids: int = 0, place: Place = ALL_PHOTOS, query: str = "", **facts: object) -> Shown:
    """What would be shown, with `ids` photos."""
    question = Question(place, query, facts.pop("like", None), facts.pop("sort", "taken"))  # type: ignore[arg-type]
    return Shown(np.arange(ids, dtype=np.int64), question=question, **facts)  # type: ignore[arg-type]


# Coming back


def test_clearing_a_search_leads_back_to_the_very_place_and_selection(at: Page) -> None:
    at.scroll_to(2500)
    before = at.top
    assert before[0] is not None
    at.answered(lambda: at.browsing.search("beach"))
    assert at.model.ids.tolist() == [3, 1, 4]
    at.answered(lambda: at.browsing.search("beach dog"))
    at.answered(lambda: at.browsing.search(""))
    assert at.top == before
    assert at.page.grid.choice.ids() == [MANY - 2500]


def test_each_place_is_found_as_it_was_left(at: Page) -> None:
    at.scroll_to(3000)
    before = at.top
    at.answered(lambda: at.browsing.go_to(Place("folder", "/photos")))
    assert at.top == (None, 0)
    at.scroll_to(700)
    in_folder = at.top
    at.answered(lambda: at.browsing.go_to(ALL_PHOTOS))
    assert at.top == before
    at.answered(lambda: at.browsing.go_to(Place("folder", "/photos")))
    assert at.top == in_folder


def test_photos_that_come_do_not_move_what_one_looks_at(at: Page) -> None:
    at.scroll_to(2500)
    before = at.top
    at.library.count += 300
    at.answered(lambda: at.library.events.emit(PhotosChanged(added=tuple(range(5001, 5301)))))
    assert len(at.model.ids) == MANY + 300
    assert at.top == before
    assert at.page.grid.choice.ids() == [MANY - 2500]


def test_what_is_selected_stays_so_in_another_order(at: Page) -> None:
    at.page.grid.choice.only(10)
    at.answered(lambda: at.browsing.set_order("taken", False))
    assert at.page.grid.choice.ids() == [MANY - 10]


def test_enter_before_the_answer_goes_to_the_first_of_the_answers(at: Page) -> None:
    at.browsing.search("beach")
    at.page.to_photos(soon=True)
    at.settle()
    assert at.page.grid.choice.ids() == [3]


# Nothing to show


@pytest.mark.parametrize(
    ("what", "around", "title", "command"),
    [
        (shown(place=Place("favourites")), Surroundings(), "No favourites yet", "all"),
        (shown(place=Place("recent")), Surroundings(), "Nothing new", "all"),
        (shown(place=Place("album", "1", "A")), Surroundings(), "This album is empty", "all"),
        (
            shown(place=Place("folder", "/disk/2011")),
            Surroundings(offline=frozenset({"/disk"})),
            "This folder is offline",
            "",
        ),
        (shown(place=Place("folder", "/disk")), Surroundings(), "No photos here", "all"),
        (shown(), Surroundings(working=True), "Nothing here yet", ""),
        (shown(), Surroundings(), "No photos here", "folder.add"),
        (shown(query="zebra"), Surroundings(), "No photos match “zebra”", "search.clear"),
        (
            shown(place=Place("album", "1", "A"), query="zebra"),
            Surroundings(),
            "No photos match “zebra”",
            "all",
        ),
        (
            shown(place=Place("search", "1", "Best of Norway"), query="name:norway"),
            Surroundings(),
            "“Best of Norway” finds no photos",
            "search.clear",
        ),
        (
            shown(like=LikePhoto(3)),
            Surroundings(),
            "No photos are like this one",
            "search.clear",
        ),
    ],
)
def test_every_empty_place_says_what_to_do(
    what: Shown, around: Surroundings, title: str, command: str
) -> None:
    empty = browse_words.why_empty(what, around)
    assert (empty.title, empty.command) == (title, command)
    assert empty.text.endswith(".")
    assert bool(empty.button) == bool(command)


def test_an_endless_or_odd_query_is_repeated_in_a_line() -> None:
    title = browse_words.why_empty(shown(query="x\x07" * 5000), Surroundings()).title
    assert len(title) < 100
    assert "\x07" not in title


def test_the_button_of_an_empty_place_leads_to_all_photos(at: Page) -> None:
    at.answered(lambda: at.browsing.go_to(Place("favourites")))
    assert at.page.empty_text == "No favourites yet"
    at.answered(at.page.empty.button.click)
    assert at.page.empty_text == ""
    assert len(at.model.ids) == MANY


def test_other_buttons_ask_for_a_command(at: Page, qtbot: QtBot) -> None:
    at.answered(lambda: at.browsing.search("zebra"))
    assert at.page.empty_text == "No photos match “zebra”"
    with qtbot.waitSignal(at.page.command_asked) as asked:
        at.page.empty.button.click()
    assert asked.args == ["search.clear"]


# The heading


@pytest.mark.parametrize(
    ("what", "title", "notes"),
    [
        (shown(1941), "1,941 photos", ["newest first"]),
        (shown(3, Place("favourites")), "Favourites", ["3 photos", "newest first"]),
        (shown(3, Place("folder", "/a/家庭 照片")), "家庭 照片", ["3 photos", "newest first"]),
        (shown(9, query="rating:4", sort="size"), "9 photos match", ["largest first"]),
        (shown(0, query="zebra"), "No photos match", []),
    ],
)
def test_the_heading_says_how_many_and_in_which_order(
    what: Shown, title: str, notes: list[str]
) -> None:
    assert browse_words.title(what) == title
    assert browse_words.notes(what, Surroundings()) == notes


def test_ranked_results_have_a_line_and_may_all_be_below_it() -> None:
    relevances = np.linspace(1, 0, 50, dtype=np.float32)
    found = shown(50, query="beach", sort="relevance", relevances=relevances, cut=20)
    assert browse_words.title(found) == "20 photos match"
    assert browse_words.notes(found, Surroundings()) == ["by relevance"]
    none = shown(50, query="beach", sort="relevance", relevances=relevances, cut=0)
    assert browse_words.title(none) == "No clear match"
    assert browse_words.notes(none, Surroundings()) == ["these come closest"]


def test_photos_beyond_the_line_are_told_of_as_the_page_draws_it() -> None:
    """In a search they are less likely; on the page of a label they do not carry it."""
    found = shown(50, query="beach")
    label = LabelShown(Label("beach", ("a beach",)), LabelOrder())
    carried = shown(50, label=label)
    assert browse_words.others(found, 1, 9).startswith("1 of them is less likely")
    assert browse_words.others(found, 9, 9).startswith("None of them clearly matches")
    assert browse_words.others(carried, 1, 9) == "1 of them does not carry the label."
    assert browse_words.others(carried, 1200, 1300) == "1,200 of them do not carry the label."
    assert browse_words.others(carried, 9, 9) == "None of them carries the label."


def test_while_indexing_results_say_how_far_it_is(at: Page) -> None:
    at.answered(lambda: at.browsing.search("beach"))
    at.page.set_surroundings(Surroundings(working=True, done=1941, total=4511))
    assert at.page.heading.title == "2 photos match"
    assert at.page.heading.note.startswith("so far: 1,941 of 4,511 indexed")
    at.page.set_surroundings(Surroundings())
    assert at.page.heading.note == "by relevance"


def test_what_is_selected_is_said_at_the_right(at: Page, qtbot: QtBot) -> None:
    at.page.grid.choice.only(0)
    qtbot.waitUntil(lambda: at.page.heading.end == "IMG_5000.JPG")
    QTest.keyClick(at.page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert at.page.heading.end == "5,000 selected"


def test_the_page_looks_right_in_both_themes(at: Page) -> None:
    at.answered(lambda: at.browsing.go_to(Place("favourites")))
    dark = at.page.grab().toImage()
    at.page.set_theme(LIGHT)
    assert at.page.grab().toImage() != dark


# What stands over the photos is about them


def test_no_number_is_said_before_all_photos_are_here(at: Page) -> None:
    said: list[tuple[int, str, str]] = []
    heading = at.page.heading
    at.browsing.shown.connect(lambda s: said.append((len(s.ids), heading.title, heading.note)))
    at.answered(lambda: at.browsing.set_order("name", False))
    assert said[0] == (400, "All photos", "by name")
    assert said[-1] == (MANY, "5,000 photos", "by name")


def test_the_heading_says_that_it_looks_where_the_answer_is_not_there_at_once(
    at: Page, qtbot: QtBot
) -> None:
    heading = at.page.heading
    at.browsing.asked.connect(heading.look)
    at.library.search_seconds = 1.0
    at.browsing.search("beach")
    assert heading._title.text() == "5,000 photos"
    qtbot.waitUntil(lambda: heading._title.text() == "Looking…")
    assert heading._note.text() == ""
    at.settle()
    assert not heading.looks
    assert heading._title.text() == "2 photos match"


def test_a_question_that_has_no_answer_is_looked_for_no_longer(at: Page) -> None:
    at.browsing.asked.connect(at.page.heading.look)
    at.browsing.failed.connect(lambda _: at.page.show_problem("It is wrong."))
    at.browsing.search("date:nonsense")
    at.settle()
    assert at.errors
    assert not at.page.heading.looks
