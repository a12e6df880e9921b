"""Whether all parts of the window say the same of the photos that are shown, and say what is so.

What must hold at every moment, whatever is under way:

- The photos of the grid are those of the heading, the place is the one that is marked in the
  sidebar, and both answer what was asked; else the heading is about to say "Looking…", or says why
  there is no answer.
- All photos of a place: as many in the grid as the heading and the place's row in the sidebar say,
  and of "All photos" as many as the status line says. While only the first are here, the heading
  says no number.
- Photos that match: as many before the line as the heading says. With "More than", there may be
  more.
- What is selected is shown, and the heading says how many; the inspector is about exactly that, or
  about all that match. The name over it is never that of others.
- The viewer's "n of m" is the place of its photo among those that it goes through, which end at the
  line unless less likely ones were asked for; the filmstrip has as many.
- The status line and the sidebar say the same number of photos, and of files that were not read.

The library may be ahead of the window only while the window knows of it (`MainWindow.settled` is
false), which it shows: the status line does not say "Up to date", or what changed is told within a
moment. As soon as the window is settled, every number is what the catalogue holds; only photos that
cease to be "recently added", as time goes by, are counted anew once an hour.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QCoreApplication

from app import wording
from app.browse import words as browse_words
from app.search.answers import place_filters
from app.sidebar.places import Place
from app.window.window import MainWindow
from core.search.query import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.search.answers import Shown
    from app.sidebar.tree import Node
    from core.library import Library

T = TypeVar("T")

MANY = 20_000  # photos: of more, numbers are compared and not each photo
# A thread tells at once what it has just written; on a busy machine it may have to wait for a core.
TOLD_SECONDS = 5.0
LOOK_SECONDS = 0.1


def disagreements(window: MainWindow, *, catalogue: bool = True) -> list[str]:
    """What does not agree, in words; [] where all is well.

    With `catalogue`, and while nothing is on its way, it is held against the catalogue as well:
    read on a thread of its own, which is waited for. On the GUI thread.
    """
    if window.session.state != "open" or window.pages.currentWidget() is not window.desk:
        return []
    found = [*_place(window), *_grid(window), *_numbers(window), *_chosen(window), *_viewer(window)]
    if catalogue and not found and window.settled and window.session.writable:
        found = _held_against_the_catalogue(window)
    return found


def _differs(what: str, here: object, there: object) -> list[str]:
    return [] if here == there else [f"{what}: {here!r} and {there!r}"]


def _looks(window: MainWindow) -> bool:
    """Whether the heading says that what is shown is not what was asked for."""
    heading = window.browse.heading
    return heading.looks or bool(heading.problem) or heading._patience.isActive()


def _place(window: MainWindow) -> list[str]:
    shown, asked, marked = window.browse.shown, window.browsing.question, window.sidebar.place
    if _looks(window) or window.desk.page not in (window.browse, window.viewer, window.compare):
        return []
    found = _differs("question asked and answered", _asked(asked), _asked(shown.question))
    return found + _differs("place marked and shown", _key(marked), _key(shown.place))


def _asked(question: object) -> tuple[object, ...]:
    return _key(question.place), question.query, question.like  # type: ignore[attr-defined]


def _key(place: Place) -> tuple[str, str]:
    return place.kind, place.value


def _grid(window: MainWindow) -> list[str]:
    shown, model, grid = window.browse.shown, window.model, window.browse.grid
    found = _differs("photos listed and in the grid", len(shown.ids), len(model.ids))
    found += _differs("photos in the grid and laid out", len(model.ids), grid.drawn.count)
    found += _differs("photos in the grid and that can be chosen", len(model.ids), len(grid.choice))
    found += _differs("an empty grid and why", not len(model.ids), bool(window.browse.empty_text))
    matching = window.browse.label.cut if shown.label is not None else shown.likely
    return found + _differs(
        "photos before the line, told and in the grid", matching, model.matching
    )


def _numbers(window: MainWindow) -> list[str]:
    shown, model, sidebar = window.browse.shown, window.model, window.sidebar
    heading, count = window.browse.heading, len(model.ids)
    found: list[str] = []
    searched = shown.question.searches
    if not _looks(window):
        said = [heading.title, *heading.note.split("   ")]
        wanted = _wanted(shown, count, model.matching)
        if wanted is not None and wanted not in said:
            found.append(f"heading: {said} instead of {wanted!r}")
        if not searched and not shown.complete and any(c.isdigit() for c in heading.note):
            found.append(f"a number of photos before all are there: {said}")
    row = sidebar.count(shown.place)
    if shown.complete and not searched and row is not None:
        here = model.matching if shown.label is not None else count
        found += _differs(f"grid and sidebar of {_key(shown.place)}", here, row)
    everything, failed = sidebar.count(Place()), sidebar.count(Place("problems"))
    if everything is not None:
        found += _differs("status line and All photos", window.status.photos, _photos(everything))
    if failed is not None:
        told = sum(_numbers_in(window.status.failed))
        found += _differs("status line and Problems", told, failed)
    return found


def _wanted(shown: Shown, count: int, matching: int) -> str | None:
    """What the heading must say; None where it says no number."""
    if shown.label is not None:
        return browse_words.carried(matching)
    if shown.question.searches:
        more = shown.more or not shown.complete
        return wording.matches(matching, more=more) if matching else None
    return _photos(count) if shown.complete else None


def _numbers_in(text: str) -> list[int]:
    """The whole numbers in a text, thousands apart or not."""
    found = re.findall(r"\d(?:[\d,.\u00a0\u202f]*\d)?", text)
    return [int(re.sub(r"\D", "", number)) for number in found]


def _photos(count: int) -> str:
    return wording.photos(count)


def _chosen(window: MainWindow) -> list[str]:
    choice, inspector, shown = window.browse.grid.choice, window.inspector, window.browse.shown
    found: list[str] = []
    if choice.count > 1 and not window.browse.heading.problem:
        said = browse_words.selected(shown, choice.count, choice.less_likely)
        if said not in window.browse.heading.end:
            found.append(f"selection: {window.browse.heading.end!r} instead of {said!r}")
    if not inspector.isVisible():
        return found
    count = choice.count if window.desk.page is window.browse else None
    if count is not None and count > MANY:
        return found + _differs("photos chosen and inspected", count, len(inspector.feed.ids))
    chosen = window.navigation.chosen()
    found += _differs("photos chosen and inspected", chosen, inspector.feed.ids)
    name = inspector.name.text()
    if not chosen:
        matching, others = window.model.matching, len(window.model.ids) - window.model.matching
        said = wording.less_likely(others) if others and not matching else _photos(matching)
        found += _differs("inspector and photos that match", name, said)
    elif len(chosen) > 1 and _photos(len(chosen)) not in name:
        found.append(f"inspector: {name!r} with {len(chosen)} photos chosen")
    elif len(chosen) == 1 and window.settled:
        inspected = inspector._one
        if inspected is None:
            found.append(f"inspector: nothing of photo {chosen[0]}")
        else:
            found += _differs("photo chosen and inspected", chosen[0], inspected.photo.id)
    return found


def _viewer(window: MainWindow) -> list[str]:
    viewer, model = window.viewer, window.model
    if window.desk.page is not viewer or viewer.photo_id is None:
        return []
    at = viewer.position
    if not 0 <= at < len(model.ids):
        return [f"viewer: position {at} of {len(model.ids)} photos"]
    found = _differs("photo in the viewer and at its place", viewer.photo_id, model.id_at(at))
    if viewer.count not in (model.matching, len(model.ids)):
        found.append(f"viewer: goes through {viewer.count} of {model.matching} that match")
    if at < viewer.count:
        likely = at < model.matching
        text = "{n} of {total}" if likely else "{n} of {total}, less likely"
        place = QCoreApplication.translate("ViewerBar", text)
        total = wording.number(viewer.count)
        said = place.format(n=wording.number(at + 1), total=total)
        found += _differs("viewer's place", viewer.bar.place, said)
    return found + _differs("filmstrip", viewer.strip.count, max(viewer.count, at + 1))


def _held_against_the_catalogue(window: MainWindow) -> list[str]:
    """What the window says and the catalogue does not; nothing where that is about to be told."""
    library, shown, ids = window.session.library, window.browse.shown, window.model.ids
    says = _rows(window.sidebar._model._root.node)

    def compare() -> list[str]:
        return [*_counted(library, says), *_listed(library, shown, ids)]

    def look() -> list[str]:
        deadline = time.monotonic() + TOLD_SECONDS
        while (found := compare()) and time.monotonic() < deadline:
            if window.session.events.waits:
                return []  # the window is about to learn of it
            time.sleep(LOOK_SECONDS)
        return found

    found = _elsewhere(look)
    return [] if window.session.events.waits or not window.settled else found


def _rows(node: Node) -> dict[tuple[str, str], int]:
    """How many photos the rows of the sidebar say are in their places, but for saved searches."""
    found: dict[tuple[str, str], int] = {}
    for child in node.children:
        if child.place is not None and child.count is not None and child.place.kind != "search":
            found[_key(child.place)] = child.count
        found |= _rows(child)
    return found


def _counted(library: Library, says: dict[tuple[str, str], int]) -> list[str]:
    overview = library.browse.overview()
    there = {
        ("all", ""): overview.photos,
        ("favourites", ""): overview.favourites,
        ("recent", ""): overview.recent,
        ("problems", ""): overview.problems,
        **{("album", str(album.id)): album.photos for album in overview.albums},
        **{("folder", info.path): info.photos for info in library.browse.folder_tree()},
    }
    if library.labels.up_to_date:
        there |= {("label", str(i)): count for i, count in library.labels.counts().items()}
    return [
        f"{place}: {count} in the window, {there[place]} in the catalogue"
        for place, count in says.items()
        if place in there and there[place] != count and not _aged(place[0], count, there[place])
    ]


def _aged(kind: str, said: int, there: int) -> bool:
    """Whether photos only ceased to be new since they were counted, which is once an hour."""
    return kind == "recent" and there < said


def _listed(library: Library, shown: Shown, ids: np.ndarray) -> list[str]:
    """What is shown, against what the catalogue has for the same question."""
    if len(ids) > MANY or not shown.complete:
        return []
    if shown.ranked:
        gone = np.setdiff1d(ids, library.photo_ids("name"))
        return [f"photos are shown that are gone: {gone[:9].tolist()}"] if len(gone) else []
    query = parse_query(shown.query)
    if query.text or query.excluded or shown.like is not None:
        return []
    filters = [*place_filters(shown.place, library), *query.filters]
    there = library.browse.listing("taken", filters=filters).ids
    missing, gone = np.setdiff1d(there, ids), np.setdiff1d(ids, there)
    if _aged(shown.place.kind, len(ids), len(there)):
        gone = np.setdiff1d(gone, library.photo_ids("name"))
    found = [f"{len(missing)} photos are missing of {len(there)}"] if len(missing) else []
    return found + ([f"{len(gone)} photos are gone of {len(ids)}"] if len(gone) else [])


def _elsewhere(question: Callable[[], T]) -> T:
    """What a question gives on another thread: the GUI thread asks no library."""
    answers: list[T] = []
    thread = threading.Thread(target=lambda: answers.append(question()), name="agreement")
    thread.start()
    thread.join()
    if not answers:
        raise AssertionError("the catalogue could not be asked: see the thread's own traceback")
    return answers[0]
