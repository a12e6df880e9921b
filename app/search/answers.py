"""What is shown for a question: asked of the library on a thread.

The first screen is found first where all may take a moment, the whole of it after that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from app.labels.shown import LabelShown, look_at_label
from app.search.photo import LikePhoto
from app.sidebar.places import ALL_PHOTOS, Place

if TYPE_CHECKING:
    from app.background import CancelToken
    from core.catalog.filters import Filter
    from core.catalog.listing import Listing
    from core.library import Library
    from core.search.knowing import Gaps
    from core.search.naming import NoSuchName
    from core.search.ranking import SearchResults

FIRST = 400
"""Photos that are shown before all are found: more than any screen holds."""
RESULTS = 1000
"""Ranked photos that are shown where fewer than these match: the rest is ever less likely."""
MANY = 20_000
"""Ranked photos at most, where more than RESULTS match."""

SortName = Literal["taken", "added", "name", "size", "rating", "relevance"]


@dataclass(frozen=True)
class Question:
    """Which photos, and in which order. `query` and `like` may both be there, or neither."""

    place: Place = ALL_PHOTOS
    query: str = ""
    like: LikePhoto | None = None
    sort: SortName = "taken"
    descending: bool = True

    @property
    def searches(self) -> bool:
        """Whether it is more than a place."""
        return bool(self.query) or self.like is not None


def _no_ids() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Shown:
    """Photos in order, and why these.

    `ids` int64, `days` int32 since 1970-01-01, `aspects` float32: arrays of one length. For ranked
    answers, `relevances` (float32, 0…1), `cut` (how many come before the line; None: no line) and
    `more` (whether more match than are shown). `again`: the same question as before, asked because
    something changed. `complete`: whether these are all, not only the first. `label`: the label
    whose photos these are, where one looks at a label and searches for nothing.
    """

    ids: NDArray[np.int64] = field(default_factory=_no_ids)
    days: NDArray[np.int32] | None = None
    aspects: NDArray[np.float32] | None = None
    relevances: NDArray[np.float32] | None = None
    cut: int | None = None
    more: bool = False
    question: Question = field(default_factory=Question)
    seconds: float = 0.0
    again: bool = False
    complete: bool = True
    gaps: Gaps | None = None  # what of the query the model does not know
    missing: tuple[NoSuchName, ...] = ()  # labels and albums of the query that are not there
    label: LabelShown | None = None

    @property
    def place(self) -> Place:
        """Where one looks."""
        return self.question.place

    @property
    def query(self) -> str:
        """What is searched for, in words and filters."""
        return self.question.query

    @property
    def like(self) -> LikePhoto | None:
        """The photo that is searched by."""
        return self.question.like

    @property
    def sort(self) -> SortName:
        """What they are in order of; "relevance" only where they are ranked."""
        return self.question.sort

    @property
    def descending(self) -> bool:
        """Whether the largest, newest or last comes first."""
        return self.question.descending

    @property
    def ranked(self) -> bool:
        """Whether some fit better than others."""
        return self.relevances is not None

    @property
    def likely(self) -> int:
        """How many are before the line."""
        return len(self.ids) if self.cut is None else self.cut

    def same_as(self, other: Shown) -> bool:
        """Whether both show the same photos in the same order, with the same relevance."""
        return (
            (self.cut, self.more, self.question, self.missing)
            == (other.cut, other.more, other.question, other.missing)
            and np.array_equal(self.ids, other.ids)
            and _alike(self.relevances, other.relevances)
            and _alike(self.days, other.days)
            and _alike(self.aspects, other.aspects)
            and (
                self.label is other.label
                or (self.label is not None and self.label.same_as(other.label))
            )
        )


def _alike(one: NDArray[np.generic] | None, other: NDArray[np.generic] | None) -> bool:
    return one is other or (one is not None and other is not None and np.array_equal(one, other))


class Answering:
    """One question on its way: `first` screen, then the `rest` if there is more. For threads."""

    def __init__(
        self, library: Library, question: Question, token: CancelToken, *, again: bool
    ) -> None:
        self._library = library
        self._question = question
        self._token = token
        self._again = again
        self._found: Shown | None = None
        self._began = time.monotonic()

    def first(self) -> Shown:
        """The first screen, or everything where that is no more."""
        self._found = self._answer(self._library, FIRST)
        return self._found

    def rest(self) -> Shown | None:
        """Everything; None where the first was all there is."""
        if self._found is None:
            return self._answer(self._library, None)
        if self._found.complete:
            return None
        return replace(self._answer(self._library, None), again=True)

    @property
    def seconds(self) -> float:
        """How long it takes so far."""
        return time.monotonic() - self._began

    def _answer(self, library: Library, limit: int | None) -> Shown:
        began = time.monotonic()
        question = self._question
        if question.searches and _ranks(question):
            shown = self._ranked(library, limit)
            if question.query:
                shown = replace(shown, gaps=library.gaps(question.query))
        elif question.place.kind == "label" and not question.searches:
            shown = _label(library, question)
        else:
            sort = "taken" if question.sort == "relevance" else question.sort
            question = replace(question, sort=sort)
            place = place_filters(question.place, library)
            filters = [*place, *_query_filters(question.query)]
            found = library.browse.listing(
                sort, descending=question.descending, filters=filters, limit=limit
            )
            complete = limit is None or len(found.ids) < limit
            shown = _shown(found, question, complete=complete)
        if question.query:
            shown = replace(shown, missing=library.browse.no_such_names(question.query))
        return replace(shown, seconds=time.monotonic() - began, again=self._again)

    def _ranked(self, library: Library, limit: int | None) -> Shown:
        question = self._question
        found = self._search(library, limit or RESULTS)
        if limit is None and found.cut >= RESULTS:
            found = self._search(library, MANY)
        complete = limit is None or len(found.ids) < limit
        scored = question.like is not None or bool(found.query)
        if not scored:  # words that are left out, and filters: no photo fits better than another
            sort = "taken" if question.sort == "relevance" else question.sort
            found_ids = _in_order(library, found.ids, sort, question.descending)
            listed = library.browse.listing_of(found_ids)
            shown = _shown(listed, replace(question, sort=sort), complete=complete)
            return replace(shown, more=len(found.ids) >= MANY)
        cut = found.cut
        ids, relevances = found.ids, found.relevances
        if not cut:
            # Nothing fits: what comes closest is all that there is to say.
            question = replace(question, sort="relevance", descending=True)
        elif question.sort != "relevance":
            ids, relevances, cut = _sorted_parts(library, found, question)
        listed = library.browse.listing_of(ids)
        if len(listed.ids) != len(ids):  # some went meanwhile
            here = np.isin(ids, listed.ids)
            relevances, cut = relevances[here], int(here[:cut].sum())
        more = cut >= MANY
        line = None if cut >= len(listed.ids) else cut
        shown = _shown(listed, question, complete=complete)
        return replace(shown, relevances=relevances, cut=line, more=more)

    def _search(self, library: Library, top: int) -> SearchResults:
        question, token = self._question, self._token
        filters = place_filters(question.place, library)
        if question.like is None:
            return library.search(question.query, top=top, cancelled=token, filters=filters)
        return library.similar(
            question.like.photo, words=question.query, top=top, cancelled=token, filters=filters
        )


def _label(library: Library, question: Question) -> Shown:
    """All photos in the order in which they fit a label, with its line through them."""
    label = look_at_label(library, int(question.place.value))
    listed = library.browse.listing_of(label.order.ids)
    if len(listed.ids) != len(label.order.ids):  # some went meanwhile
        label = replace(label, order=label.order.only(listed.ids))
    shown = _shown(listed, replace(question, sort="relevance", descending=True), complete=True)
    return replace(shown, relevances=label.order.relevances, cut=label.cut, label=label)


def place_filters(place: Place, library: Library) -> list[Filter]:
    """What photos must pass to be in a place."""
    # Imported here, on a thread: the window is up before core is.
    from core.catalog.filters import (
        AddedSince,
        AlbumFilter,
        DirectoryFilter,
        IsFavouriteFilter,
        LabelFilter,
    )
    from core.library.browse import RECENT_SECONDS

    match place.kind:
        case "favourites":
            return [IsFavouriteFilter()]
        case "recent":
            return [AddedSince(time.time() - RECENT_SECONDS)]
        case "folder":
            return [DirectoryFilter(place.value)]
        case "album":
            return [AlbumFilter(int(place.value))]
        case "label":
            return [LabelFilter(library.labels.label(int(place.value)).name)]
        case _:
            return []


def _ranks(question: Question) -> bool:
    """Whether words or a photo are in it: filters alone are answered by the catalogue."""
    from core.search.query import parse_query

    query = parse_query(question.query)
    return question.like is not None or bool(query.text or query.excluded)


def _query_filters(query: str) -> tuple[Filter, ...]:
    from core.search.query import parse_query

    return parse_query(query).filters if query else ()


def _shown(found: Listing, question: Question, *, complete: bool) -> Shown:
    return Shown(found.ids, found.days, found.aspects, question=question, complete=complete)


def _in_order(
    library: Library, ids: NDArray[np.int64], sort: SortName, descending: bool
) -> NDArray[np.int64]:
    assert sort != "relevance"
    return library.browse.sorted_ids(ids, sort, descending)


def _sorted_parts(
    library: Library, found: SearchResults, question: Question
) -> tuple[NDArray[np.int64], NDArray[np.float32], int]:
    """What is before the line in another order, and what is behind it; relevances go along."""
    order = np.argsort(found.ids)
    known = found.ids[order]
    parts = [
        _in_order(library, part, question.sort, question.descending)
        for part in (found.ids[: found.cut], found.ids[found.cut :])
    ]
    ids = np.concatenate(parts)
    return ids, found.relevances[order][np.searchsorted(known, ids)], len(parts[0])
