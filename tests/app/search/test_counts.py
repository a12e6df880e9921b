"""Saved searches say how many photos they find, as far as that costs next to nothing."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.search.counts import SearchCounts
from app.sidebar.feed import SidebarFeed
from app.sidebar.model import SidebarModel
from core.catalog.edits import RemoveSearch, SaveSearch, SetRating
from tests.app.real_files import RealFiles


def test_searches_of_filters_are_counted_again_when_photos_change(
    files: RealFiles, qtbot: QtBot
) -> None:
    photos = [files.add(f"{colour}.png", colour) for colour in ("red", "green", "blue")]
    library = files.library
    library.edit(SetRating({photos[0]: 5}))
    queries = {
        "best": "rating:>=4",
        "pictures": "type:png",
        "words": "a red square",
        "left out": "type:png -red",
        "broken": "rating:",
    }
    saved = {}
    for name, query in queries.items():
        removal = library.edit(SaveSearch(name, query))
        assert isinstance(removal, RemoveSearch)
        saved[name] = f"search:{removal.id}"
    counts, feed, model = (
        SearchCounts(files.session, files.session),
        SidebarFeed(files.session),
        SidebarModel(),
    )
    feed.listed.connect(counts.take)
    feed.listed.connect(lambda listed: model.update(listed.rows))
    counts.counted.connect(model.set_counts)

    def shown() -> dict[str, int | None]:
        nodes = {name: model.node(model.make(key)) for name, key in saved.items()}
        return {name: node.count for name, node in nodes.items() if node is not None}

    nothing = {"words": None, "left out": None, "broken": None}
    feed.ask()
    qtbot.waitUntil(lambda: shown() == {"best": 1, "pictures": 3, **nothing})
    library.edit(SetRating({photos[1]: 4}))
    qtbot.waitUntil(lambda: shown() == {"best": 2, "pictures": 3, **nothing})
    library.edit(RemoveSearch(int(saved["best"].partition(":")[2])))
    qtbot.waitUntil(lambda: shown() == {"pictures": 3, **nothing})
