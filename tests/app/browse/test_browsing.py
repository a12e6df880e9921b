from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.search.answers import FIRST
from app.search.photo import LikePhoto
from app.sidebar.places import ALL_PHOTOS, Place
from core.catalog.edits import AddToAlbum, SaveSearch
from core.errors import QueryError
from core.events import PhotosChanged, PhotosEmbedded
from tests.app.searching import BEACH, Asking
from tests.helpers.patience import PATIENCE


@pytest.fixture
def asking(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Asking]]:
    made: list[Asking] = []

    def make(count: int = 10, **facts: Any) -> Asking:
        made.append(Asking(qtbot, tmp_path, count, **facts))
        return made[-1]

    yield make
    for each in made:
        each.close()


# Places


def test_all_photos_are_shown_newest_first_with_what_lays_them_out(
    asking: Callable[..., Asking],
) -> None:
    a = asking(3)
    shown = a.answered(a.browsing.show)
    assert shown.ids.tolist() == [3, 2, 1]
    assert shown.days is not None
    assert shown.days.tolist() == [3, 2, 1]
    assert shown.aspects is not None
    assert len(shown.aspects) == 3
    assert shown.complete


def test_places_hold_what_belongs_there(asking: Callable[..., Asking]) -> None:
    a = asking(5)
    a.library.favourites.update({2, 4})
    a.library.said.albums[7] = ("Best", (1, 5))
    for place, ids in (
        (Place("favourites"), [4, 2]),
        (Place("recent"), [5, 4, 3, 2, 1]),
        (Place("folder", "/photos"), [5, 3, 1]),
        (Place("album", "7", "Best"), [5, 1]),
        (ALL_PHOTOS, [5, 4, 3, 2, 1]),
    ):
        shown = a.answered(lambda place=place: a.browsing.go_to(place))  # type: ignore[misc]
        assert (shown.place, shown.ids.tolist()) == (place, ids)


def test_going_where_one_is_asks_nothing(asking: Callable[..., Asking]) -> None:
    a = asking()
    a.answered(a.browsing.show)
    a.library.calls.clear()
    a.browsing.go_to(Place("all", "", "All photos"))
    a.settle()
    assert "listing" not in a.library.calls


def test_a_search_is_asked_within_the_place_that_one_looks_into(
    asking: Callable[..., Asking],
) -> None:
    a = asking()
    a.answered(lambda: a.browsing.search("beach"))
    assert a.ids == [3, 1, 4]
    shown = a.answered(lambda: a.browsing.go_to(Place("folder", "/photos")))
    assert (shown.query, shown.ids.tolist(), shown.cut) == ("beach", [3, 1], None)


def test_a_place_may_be_in_another_order(asking: Callable[..., Asking]) -> None:
    a = asking(4)
    a.library.ratings.update({2: 5, 3: 1})
    a.answered(a.browsing.show)
    shown = a.answered(lambda: a.browsing.set_order("rating", True))
    assert shown.ids.tolist()[:2] == [2, 3]
    assert (shown.sort, shown.descending) == ("rating", True)
    assert a.browsing.order == ("rating", True)
    assert a.answered(lambda: a.browsing.set_order("taken", False)).ids.tolist() == [1, 2, 3, 4]


# Large listings


def test_of_many_photos_the_first_screen_comes_first(asking: Callable[..., Asking]) -> None:
    a = asking(5000)
    a.answered(a.browsing.show)
    first, everything = a.seen
    assert len(first.ids) == FIRST
    assert not first.complete
    assert len(everything.ids) == 5000
    assert everything.complete
    assert everything.again  # it goes on where the first left off
    assert np.array_equal(everything.ids[:FIRST], first.ids)


def test_photos_that_come_are_shown_at_once_in_full(asking: Callable[..., Asking]) -> None:
    a = asking(5000)
    a.answered(a.browsing.show)
    a.seen.clear()
    a.library.count = 5001
    shown = a.answered(lambda: a.library.events.emit(PhotosChanged(added=(5001,))))
    assert len(a.seen) == 1
    assert (shown.again, shown.complete, shown.ids.tolist()[0]) == (True, True, 5001)


# Queries


def test_results_come_with_relevances_and_their_line(asking: Callable[..., Asking]) -> None:
    a = asking()
    shown = a.answered(lambda: a.browsing.search(" beach "))
    assert shown.query == "beach"
    assert shown.ids.tolist() == [3, 1, 4]
    assert shown.relevances is not None
    assert shown.relevances.tolist() == pytest.approx([0.9, 0.8, 0.2])
    assert shown.cut == 2
    assert shown.sort == "relevance"
    assert "MainThread" not in a.library.threads


def test_results_in_another_order_keep_their_relevances_and_the_line(
    asking: Callable[..., Asking],
) -> None:
    a = asking(answers={"beach": ([3, 8, 1, 4, 9], [0.9, 0.8, 0.7, 0.2, 0.1], 3)})
    a.answered(lambda: a.browsing.search("beach"))
    shown = a.answered(lambda: a.browsing.set_order("taken", True))
    assert shown.ids.tolist() == [8, 3, 1, 9, 4]
    assert shown.relevances is not None
    assert shown.relevances.tolist() == pytest.approx([0.8, 0.9, 0.7, 0.1, 0.2])
    assert shown.cut == 3


def test_another_order_of_results_leaves_that_of_places(asking: Callable[..., Asking]) -> None:
    a = asking()
    a.answered(lambda: a.browsing.search("beach"))
    a.answered(lambda: a.browsing.set_order("name", False))
    shown = a.answered(lambda: a.browsing.search(""))
    assert (shown.sort, shown.descending) == ("taken", True)
    shown = a.answered(lambda: a.browsing.search("beach"))  # a new search is by relevance
    assert shown.sort == "relevance"


def test_filters_alone_are_answered_without_ranking_and_without_end(
    asking: Callable[..., Asking],
) -> None:
    a = asking(3000)
    a.library.ratings.update(dict.fromkeys(range(1, 2001), 4))
    shown = a.answered(lambda: a.browsing.search("rating:4"))
    assert len(shown.ids) == 2000
    assert not shown.ranked
    assert shown.sort == "taken"
    assert a.library.searched == []


def test_where_many_match_more_are_looked_for(asking: Callable[..., Asking]) -> None:
    ids, relevances = list(range(1, 3001)), [0.9] * 2500 + [0.1] * 500
    a = asking(3000, answers={"beach": (ids, relevances, 2500)})
    shown = a.answered(lambda: a.browsing.search("beach"))
    assert (len(shown.ids), shown.cut, shown.more) == (3000, 2500, False)


def test_a_later_query_wins_over_an_earlier_one_that_is_slow(
    asking: Callable[..., Asking], qtbot: QtBot
) -> None:
    a = asking(search_seconds=2 * PATIENCE)
    a.browsing.search("beach")
    qtbot.waitUntil(lambda: a.library.searched == ["beach"])
    a.library.search_seconds = 0.0
    a.answered(lambda: a.browsing.search("beach dog"))
    assert [shown.query for shown in a.seen] == ["beach dog"]
    assert a.library.cancelled == ["beach"]


def test_a_query_that_cannot_be_understood_is_told_once_with_its_place(
    asking: Callable[..., Asking],
) -> None:
    a = asking()
    a.answered(a.browsing.show)
    a.browsing.go_to(Place("folder", "/photos"))
    a.browsing.search("beach date:20x1")
    a.settle()
    (error,) = a.errors
    assert isinstance(error, QueryError)
    assert (error.start, error.end) == (6, 15)


def test_photos_that_are_embedded_are_looked_through_as_well(
    asking: Callable[..., Asking],
) -> None:
    a = asking()
    a.answered(lambda: a.browsing.search("beach"))
    a.library.answers = {"beach": ([5, *BEACH["beach"][0]], [0.95, 0.9, 0.8, 0.2], 3)}
    shown = a.answered(lambda: a.library.events.emit(PhotosEmbedded((5,))))
    assert shown.again
    assert shown.ids.tolist() == [5, 3, 1, 4]


# Photos as queries


def test_a_photo_and_words_are_asked_together(asking: Callable[..., Asking]) -> None:
    a = asking(answers={"like 4": ([2], [0.9], 1), "like 4 at night": ([6], [0.8], 1)})
    like = LikePhoto(4, "IMG_0004.JPG")
    assert a.answered(lambda: a.browsing.search("", like)).ids.tolist() == [2]
    shown = a.answered(lambda: a.browsing.search("at night", like))
    assert shown.ids.tolist() == [6]
    assert shown.like is like


# Coming back


def test_clearing_shows_the_place_at_once_as_it_was(asking: Callable[..., Asking]) -> None:
    a = asking(5000)
    before = a.answered(a.browsing.show)
    a.answered(lambda: a.browsing.search("beach"))
    a.library.calls.clear()
    a.browsing.search("")
    assert a.seen[-1].ids is before.ids  # not even a thread was asked
    assert not a.seen[-1].again
    a.settle()
    assert "listing" not in a.library.calls


def test_what_changed_meanwhile_is_looked_up_after_coming_back(
    asking: Callable[..., Asking],
) -> None:
    a = asking(10)
    a.answered(a.browsing.show)
    a.answered(lambda: a.browsing.search("beach"))
    a.library.count = 11
    a.library.events.emit(PhotosChanged(added=(11,)))
    a.session.events.deliver()
    shown = a.answered(lambda: a.browsing.search(""))
    assert shown.ids.tolist()[0] == 11
    assert shown.again


# Saved searches


def test_a_saved_search_brings_its_query_and_takes_it_away_again(
    asking: Callable[..., Asking], qtbot: QtBot
) -> None:
    a = asking()
    a.library.said.searches[5] = ("Sea", "beach")
    a.answered(lambda: a.browsing.go_to(Place("favourites")))
    with qtbot.waitSignal(a.browsing.query_changed) as told:
        shown = a.answered(lambda: a.browsing.go_to(Place("search", "5")))
    assert told.args == ["beach"]
    assert (shown.ids.tolist(), shown.place.title) == ([3, 1, 4], "Sea")
    assert a.browsing.saved_query == "beach"
    with qtbot.waitSignal(a.browsing.place_changed) as moved:
        a.answered(lambda: a.browsing.search(""))  # Esc
    assert moved.args is not None
    assert moved.args[0].kind == "favourites"


def test_a_saved_search_that_is_gone_at_the_start_leads_to_all_photos(
    asking: Callable[..., Asking],
) -> None:
    a = asking()
    a.browsing.go_to(Place("search", "9"))
    a.settle()
    assert len(a.ids) == 10
    assert [str(error) for error in a.errors] == [
        "This saved search is not there any more: choose another one."
    ]


def test_a_saved_search_that_is_updated_is_not_changed_any_more(
    asking: Callable[..., Asking],
) -> None:
    a = asking()
    a.library.said.searches[5] = ("Sea", "beach")
    a.answered(lambda: a.browsing.go_to(Place("search", "5")))
    a.answered(lambda: a.browsing.search("beach dog"))
    assert (a.browsing.place.kind, a.browsing.saved_query) == ("search", "beach")
    shown = a.answered(lambda: a.library.edit(SaveSearch("Sea", "beach dog", 5)))
    assert (a.browsing.saved_query, shown.query) == ("beach dog", "beach dog")


def test_leaving_a_saved_search_leaves_its_query_too(asking: Callable[..., Asking]) -> None:
    a = asking()
    a.library.said.searches[5] = ("Sea", "beach")
    a.answered(lambda: a.browsing.go_to(Place("search", "5")))
    shown = a.answered(lambda: a.browsing.go_to(ALL_PHOTOS))
    assert shown.query == ""


def test_a_saved_search_that_is_gone_is_said(asking: Callable[..., Asking]) -> None:
    a = asking()
    a.answered(a.browsing.show)
    a.browsing.go_to(Place("search", "9"))
    a.settle()
    assert [str(error)[:17] for error in a.errors] == ["This saved search"]


# What is restored


@pytest.mark.parametrize("again", [False, True])
def test_a_place_that_changed_while_one_searched_is_asked_for_again(
    asking: Callable[..., Asking], again: bool
) -> None:
    a = asking(10)
    a.answered(a.browsing.show)
    a.answered(lambda: a.browsing.search("beach"))
    a.library.count = 12
    if again:  # the search is asked again, which leaves the place as it was
        a.answered(lambda: a.library.events.emit(PhotosChanged(added=(11, 12))))
    else:  # nothing of it was told yet
        a.library.events.emit(PhotosChanged(added=(11, 12)))
    a.library.calls.clear()
    a.answered(lambda: a.browsing.search(""))
    assert len(a.ids) == 12
    assert all(len(shown.ids) in (3, 12) for shown in a.seen[1:])
    assert "listing" in a.library.calls


def test_a_place_that_is_the_same_is_not_asked_for_again(asking: Callable[..., Asking]) -> None:
    a = asking(10)
    a.answered(a.browsing.show)
    a.answered(lambda: a.browsing.search("beach"))
    a.answered(lambda: a.library.events.emit(PhotosEmbedded((1,))))
    a.library.calls.clear()
    a.answered(lambda: a.browsing.search(""))
    assert "listing" not in a.library.calls


def test_an_album_that_changed_while_one_looked_elsewhere_is_asked_for_again(
    asking: Callable[..., Asking],
) -> None:
    a = asking(5)
    a.library.said.albums[7] = ("Best", (1, 5))
    a.library.edit(SaveSearch("Beach", "beach"))
    a.answered(lambda: a.browsing.go_to(Place("album", "7", "Best")))
    a.answered(lambda: a.browsing.go_to(Place("search", "1")))
    a.library.edit(AddToAlbum(7, (2,)))
    a.settle()
    shown = a.answered(lambda: a.browsing.go_to(Place("album", "7", "Best")))
    assert shown.ids.tolist() == [5, 2, 1]


def test_beside_another_souvenir_that_writes_a_place_is_asked_for_again(
    asking: Callable[..., Asking],
) -> None:
    a = asking(10, writable=False)
    a.answered(a.browsing.show)
    a.answered(lambda: a.browsing.search("beach"))
    a.library.count = 12
    assert len(a.answered(lambda: a.browsing.search("")).ids) == 12
