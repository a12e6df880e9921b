"""Names in a query that no label and no album has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.library import CreateAlbum, CreateLabels, Label, Library
from core.search.naming import Named, NoSuchName, no_such_names
from core.search.query import parse_query
from core.search.quoting import phrases, quoted

KNOWN: Mapping[Named, list[str]] = {
    "label": ["motorcycle", "our tent", "Koala"],
    "album": ["Grandma's 80th"],
}


@pytest.mark.parametrize(
    "query", ["", "quokka", "label:motorcycle", 'label:"OUR TENT"', "label:cycle", "-album:grand"]
)
def test_nothing_is_said_of_names_that_are_there_or_held(query: str) -> None:
    assert no_such_names(query, KNOWN) == ()


def test_the_nearest_name_is_proposed_with_the_query_that_has_it() -> None:
    (missing,) = no_such_names("dog label:motorcyle date:2023", KNOWN)
    assert missing == NoSuchName(
        "label", "motorcyle", "motorcycle", "dog label:motorcycle date:2023"
    )
    (missing,) = no_such_names('-label:"our tnet">=0.8', KNOWN)
    assert (missing.name, missing.nearest) == ("our tnet", "our tent")
    assert missing.instead == '-label:"our tent">=0.8'
    assert parse_query(missing.instead).filters
    (missing,) = no_such_names("album:grandmas-80th", KNOWN)
    assert missing.instead == 'album:"Grandma\'s 80th"'


def test_a_word_of_a_long_name_is_near_enough() -> None:
    known: Mapping[Named, list[str]] = {"label": [], "album": ["Holidays by the sea", "Ferry"]}
    (missing,) = no_such_names("album:holday", known)
    assert missing.nearest == "Holidays by the sea"
    (missing,) = no_such_names("-album:bytes", known)
    assert missing.nearest == ""


def test_a_name_like_nothing_that_is_there_is_only_named() -> None:
    both = no_such_names("label:xylophone label:XYLOPHONE album:xylophone", KNOWN)
    assert [(each.kind, each.name, each.nearest) for each in both] == [
        ("label", "xylophone", ""),
        ("album", "xylophone", ""),
    ]


def test_the_library_knows_its_own_names(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        names = library.browse.no_such_names
        assert [each.name for each in names("label:pet album:best")] == ["pet", "best"]
        library.edit(CreateLabels((Label("pet", ("a cat",)),)))
        library.edit(CreateAlbum("Best of 2011"))
        assert names("label:pet>0.8 album:best") == ()


@pytest.mark.parametrize("name", ["plain", "our tent", 'the "red" one', "«x» “y”", "a:b", "-x"])
def test_a_quoted_name_is_read_as_it_is(name: str) -> None:
    (missing,) = no_such_names(f"label:{quoted(name)}", {"label": [], "album": []})
    assert missing.name == name


def test_prompts_are_taken_as_they_are_and_as_many_as_a_query_has_room_for() -> None:
    query = parse_query(phrases(['a -dog label:"x" sushi', '""', " ", "red tent"]))
    assert (query.text, query.excluded, query.filters) == ("a -dog label: x sushi red tent", (), ())
    assert parse_query(phrases(["a long prompt " * 20] * 50)).text.startswith("a long prompt")
