"""What stands over the grid, and in its place when it is empty, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import wording

if TYPE_CHECKING:
    from app.search.answers import Shown
    from app.sidebar.places import Place

LONGEST = 60
"""Characters of a query that are repeated."""


@dataclass(frozen=True)
class Surroundings:
    """What counts and empty grids are explained with.

    `offline`: paths of offline folders. `working`: photos may still come. `done` of `total` photos
    are indexed, where that is known.
    """

    offline: frozenset[str] = frozenset()
    working: bool = False
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Empty:
    """Why there is nothing, what to do, and a button for it.

    `command`: the name of the command that the button runs, or "all" to show all photos.
    """

    title: str
    text: str
    icon: str = ""
    button: str = ""
    command: str = ""


def place_name(place: Place) -> str:
    """What a place is called; "" for all photos."""
    match place.kind:
        case "favourites":
            return _tr("Favourites")
        case "recent":
            return _tr("Recently added")
        case "folder":
            return wording.shown(place.title or Path(place.value).name or place.value)
        case _:
            return wording.shown(place.title)


def title(shown: Shown) -> str:
    """What is shown, or how many answers there are."""
    count = len(shown.ids)
    if not shown.question.searches:
        # Of the first screen nobody knows yet how many follow.
        every = wording.photos(count) if shown.complete else _tr("All photos")
        return place_name(shown.place) or every
    if not count:
        return _tr("No photos match")
    if not shown.likely:
        return _tr("No clear match")
    return wording.matches(shown.likely, more=shown.more or not shown.complete)


def carried(count: int) -> str:
    """How many photos carry the label that is looked at."""
    if not count:
        return _tr("No photo carries it")
    return (
        _tr("1 photo carries it")
        if count == 1
        else _tr("{n} photos carry it").format(n=wording.number(count))
    )


def selected(shown: Shown, count: int, others: int) -> str:
    """How many photos are selected, and how many of these are not before the line."""
    if not others:
        return _tr("{n} selected").format(n=wording.number(count))
    less = _tr("{n} selected, {less} of them less likely")
    without = _tr("{n} selected, {less} of them do not carry it")
    text = less if shown.label is None else without
    return text.format(n=wording.number(count), less=wording.number(others))


def others(shown: Shown, count: int, total: int) -> str:
    """What to say of so many photos, of `total`, that are not before the line."""
    if shown.label is None:
        none = _tr("None of them clearly matches what you searched for.")
        one = _tr("1 of them is less likely to match what you searched for.")
        many = _tr("{n} of them are less likely to match what you searched for.")
    else:
        none = _tr("None of them carries the label.")
        one = _tr("1 of them does not carry the label.")
        many = _tr("{n} of them do not carry the label.")
    if count == total:
        return none
    return one if count == 1 else many.format(n=wording.number(count))


def offer(shown: Shown, count: int, *, beside: bool) -> str:
    """What selects photos that are not before the line; `beside`: beside those that are."""
    if not beside:
        one, many = _tr("Select it"), _tr("Select these {n}")
    elif shown.label is not None:
        one, many = _tr("Also the one without it"), _tr("Also the {n} without it")
    else:
        one, many = _tr("Also the less likely one"), _tr("Also the {n} less likely")
    return one if count == 1 else many.format(n=wording.number(count))


def notes(shown: Shown, around: Surroundings) -> list[str]:
    """What more there is to say: how many, where, in which order, how far indexing is."""
    count, named = len(shown.ids), place_name(shown.place)
    found: list[str] = []
    if shown.question.searches:
        if around.working and around.total > around.done:
            text = _tr("so far: {done} of {total} indexed")
            done, total = wording.number(around.done), wording.number(around.total)
            found.append(text.format(done=done, total=total))
        if shown.place.kind not in ("all", "search"):
            found.append(_tr("in {folder}").format(folder=named))
    elif shown.label is not None:
        pass  # how many is said before
    elif named and shown.complete:
        found.append(wording.photos(count))
    if count and shown.ranked and not shown.likely:
        found.append(_tr("these come closest"))
    elif count:
        found.append(order(shown))
    return found


def order(shown: Shown) -> str:
    """What the photos are in order of."""
    down = shown.descending
    match shown.sort:
        case "relevance":
            return _tr("by relevance")
        case "taken":
            return _tr("newest first") if down else _tr("oldest first")
        case "added":
            return _tr("last added first") if down else _tr("first added first")
        case "name":
            return _tr("by name, from Z to A") if down else _tr("by name")
        case "size":
            return _tr("largest first") if down else _tr("smallest first")
        case "rating":
            return _tr("best rated first") if down else _tr("least rated first")


def seconds(shown: Shown) -> str:
    """How long a search took."""
    if not shown.question.searches:
        return ""
    return _tr("{n} s").format(n=f"{shown.seconds:.2f}")


def why_empty(shown: Shown, around: Surroundings) -> Empty:
    """Why there is nothing to see, and what to do."""
    if shown.question.searches:
        return _no_match(shown, around)
    everything = {"button": _tr("Show all photos"), "command": "all"}
    match shown.place.kind:
        case "favourites":
            text = _tr("Select a photo and press F: the ones you mark as favourites are kept here.")
            return Empty(_tr("No favourites yet"), text, "heart", **everything)
        case "recent":
            text = _tr("Photos that were added in the last 30 days appear here.")
            return Empty(_tr("Nothing new"), text, "clock", **everything)
        case "album":
            text = _tr("Drag photos onto its name at the left: their files stay where they are.")
            return Empty(_tr("This album is empty"), text, "album", **everything)
        case _:
            return _no_photos(shown, around)


def _no_photos(shown: Shown, around: Surroundings) -> Empty:
    if _offline(shown.place, around):
        text = _tr("Plug its disk in, or mount it again: its photos appear by themselves.")
        return Empty(_tr("This folder is offline"), text, "unplug")
    if around.working:
        text = _tr("Photos appear here as they are read. You can search meanwhile.")
        return Empty(_tr("Nothing here yet"), text, "images")
    if shown.place.kind == "folder":
        text = _tr("Photos that you copy into this folder appear here by themselves.")
        return Empty(_tr("No photos here"), text, "folder", _tr("Show all photos"), "all")
    text = _tr("Copy photos into your folder, or add another folder.")
    return Empty(_tr("No photos here"), text, "images", _tr("Add folder…"), "folder.add")


def _no_match(shown: Shown, around: Surroundings) -> Empty:
    query = wording.shown(shown.query)
    query = query if len(query) <= LONGEST else f"{query[: LONGEST - 1]}…"
    title = _tr("No photos match “{query}”").format(query=query)
    if not shown.query:
        title = _tr("No photos are like this one")
    if around.working:
        text = _tr("Photos are still being indexed: what fits appears here by itself.")
    else:
        text = _tr("Try other or fewer words, or take a filter away.")
    if shown.place.kind == "search":
        title = _tr("“{name}” finds no photos").format(name=place_name(shown.place))
        if not around.working and not shown.missing:
            text = _tr(
                "Photos that fit appear here by themselves. Above, its search can be changed."
            )
    if shown.place.kind in ("all", "search"):
        return Empty(title, text, "search", _tr("Clear search"), "search.clear")
    text = _tr("Nothing fits in {folder}.").format(folder=place_name(shown.place)) + " " + text
    return Empty(title, text, "search", _tr("Search all photos"), "all")


def _offline(place: Place, around: Surroundings) -> bool:
    if place.kind != "folder":
        return False
    path = Path(place.value)
    return any(path.is_relative_to(folder) for folder in around.offline)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BrowseWords", text)
