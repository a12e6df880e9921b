"""Albums in queries: by hand and automatic ones, in each other, in circles, and gone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.catalog.catalogue import Catalogue
from core.catalog.edits import (
    ChangeSearch,
    CreateAlbum,
    DeleteAlbum,
    RemoveSearch,
    RenameSearch,
    SaveSearch,
    SetFavourite,
    SetRating,
    apply_edit,
)
from core.catalog.files import FileKey, FileStat, remove_files
from core.catalog.folders import add_folder
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.errors import QueryError, SouvenirError
from core.library import Library
from core.library.opening import open_parts
from core.paths import LibraryPaths
from core.search.album_names import MOST
from core.search.query import parse_query


def put(catalogue: Catalogue, name: str, number: int) -> None:
    with catalogue.transaction() as tx:
        folder = add_folder(tx, "/photos")
        content = PhotoContent(number.to_bytes(16, "big"), 9, "JPEG", 40, 30)
        store_photo(tx, FileKey(folder.id, "", name), FileStat(9, 9, 9), content)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Photos 1 to 6, rated 1 to 5 and the last not at all; an album of 1 and 2."""
    place = tmp_path / "library"
    opened = open_parts(LibraryPaths(place), write=True)
    for number in range(1, 7):
        put(opened.catalogue, f"{number}.jpg", number)
    opened.close()
    with Library.open(place) as library:
        library.edit(SetRating({number: number for number in range(1, 6)}))
        library.edit(CreateAlbum("Lakes", (1, 2)))
        yield library


def save(library: Library, name: str, query: str) -> int:
    removal = library.edit(SaveSearch(name, query))
    assert isinstance(removal, RemoveSearch)
    return removal.id


def save_unseen(library: Library, name: str, query: str) -> None:
    """As an older Souvenir did, which looked at nothing."""
    with library._catalogue.transaction() as tx:
        apply_edit(tx, SaveSearch(name, query))


def found(library: Library, query: str) -> list[int]:
    """What a query finds, by all ways that there are."""
    filters = parse_query(query).filters
    listed = sorted(library.browse.listing(filters=filters).ids.tolist())
    assert sorted(library.search(query).ids.tolist()) == listed
    assert sorted(library.photo_ids(filters=filters).tolist()) == listed
    assert library.browse.count(filters) == len(listed)
    return listed


def test_an_automatic_album_is_what_its_search_finds_now(library: Library) -> None:
    save(library, "Good ones", "rating:>=3")
    assert found(library, 'album:"good ones"') == [3, 4, 5]
    assert found(library, '-album:"good ones"') == [1, 2, 6]
    assert found(library, 'album:"good ones" rating:<5') == [3, 4]
    assert found(library, 'album:lakes -album:"good ones"') == [1, 2]
    library.edit(SetRating({1: 5}))
    put(library._catalogue, "new.jpg", 7)
    library.edit(SetRating({7: 4}))
    assert found(library, 'album:"good ones"') == [1, 3, 4, 5, 7]
    with library._catalogue.transaction() as tx:
        remove_files(tx, 1, "", ["3.jpg"])
    assert found(library, 'album:"good ones"') == [1, 4, 5, 7]


def test_automatic_albums_name_others_of_both_kinds(library: Library) -> None:
    save(library, "Good ones", "rating:>=2 -rating:5")
    save(library, "Best of lakes", 'album:lakes album:"good ones"')
    save(library, "The rest", '-album:"best of lakes"')
    assert found(library, 'album:"best of lakes"') == [2]
    assert found(library, 'album:"the rest"') == [1, 3, 4, 5, 6]
    assert found(library, '-album:"the rest"') == [2]
    assert library.albums.photos(library.albums.album("the rest")) == [6, 5, 4, 3, 1]


def test_part_of_a_name_means_all_albums_that_hold_it(library: Library) -> None:
    library.edit(CreateAlbum("Trip to Rome", (3,)))
    save(library, "Trip to the moon", "rating:5")
    assert found(library, "album:trip") == [3, 5]
    assert found(library, "-album:trip") == [1, 2, 4, 6]
    save(library, "All trips", "album:trip")
    save(library, "Trips again", "album:trip -rating:3")
    assert found(library, 'album:"all trips"') == [3, 5]
    assert found(library, "album:trip") == [3, 5]


def test_an_album_by_hand_may_have_the_name_of_an_automatic_one(library: Library) -> None:
    save(library, "Lakes", "album:lakes rating:>=2")
    assert library.albums.photos(library.albums.albums()[1]) == [2]
    assert found(library, "album:lakes") == [1, 2]
    removal = library.edit(DeleteAlbum(1))
    with pytest.raises(SouvenirError, match='saved search "Lakes" names itself'):
        found(library, "album:lakes")
    library.edit(removal)
    assert found(library, "album:lakes") == [1, 2]


def test_a_search_without_any_condition_is_all_photos(library: Library) -> None:
    save(library, "Everything", "")
    assert found(library, "album:everything") == [1, 2, 3, 4, 5, 6]
    assert found(library, "-album:everything") == []


def test_an_album_that_would_name_itself_is_not_saved(library: Library) -> None:
    for name in ("Mine", "mine"):
        with pytest.raises(SouvenirError, match=f'saved search "{name}" names itself'):
            library.edit(SaveSearch(name, "rating:5 album:MINE"))
    first = save(library, "First", "rating:5")
    save(library, "Second", "album:first")
    third = save(library, "Third", "-album:second")
    with pytest.raises(SouvenirError, match='circle, "First → Third → Second → First": have one'):
        library.edit(ChangeSearch(first, "album:third"))
    library.edit(ChangeSearch(first, "album:1st"))
    with pytest.raises(SouvenirError, match="circle"):
        library.edit(RenameSearch(third, "1st"))
    assert [album.name for album in library.albums.albums()] == [
        "Lakes",
        "First",
        "Second",
        "Third",
    ]
    assert found(library, "album:third") == [1, 2, 3, 4, 5, 6]


def test_a_circle_that_is_there_all_the_same_is_said_and_can_be_mended(library: Library) -> None:
    save_unseen(library, "A", "album:b")
    save_unseen(library, "B", "album:c -album:lakes")
    save_unseen(library, "C", "rating:5 -album:a")
    for query in ("album:a", "-album:b", "album:c rating:5"):
        with pytest.raises(SouvenirError, match="name each other in a circle"):
            library.search(query)
        with pytest.raises(SouvenirError, match="name each other in a circle"):
            library.browse.count(parse_query(query).filters)
    with pytest.raises(SouvenirError, match='in a circle, "B → C → A → B"'):
        library.albums.photos(library.albums.album("A"))
    library.edit(ChangeSearch(library.albums.album("C").id, "rating:5"))
    assert found(library, "album:a") == [5]


def test_an_album_that_goes_or_is_renamed_is_missed_and_comes_back(library: Library) -> None:
    inner = save(library, "Good ones", "rating:>=3")
    save(library, "Used", 'album:"good ones"')
    back = library.edit(RenameSearch(inner, "Best"))
    assert found(library, "album:used") == []
    missing = library.browse.no_such_names(library.albums.album("used").query or "")
    assert [each.name for each in missing] == ["good ones"]
    library.edit(back)
    assert found(library, "album:used") == [3, 4, 5]
    back = library.edit(RemoveSearch(inner))
    assert found(library, "album:used") == []
    library.edit(back)
    assert found(library, "album:used") == [3, 4, 5]
    back = library.edit(ChangeSearch(inner, "rating:1"))
    assert found(library, "album:used") == [1]
    library.edit(back)
    assert found(library, "album:used") == [3, 4, 5]
    assert library.browse.no_such_names('album:"good ones" album:god-ones')[0].nearest == (
        "Good ones"
    )


def test_an_album_that_cannot_be_understood_is_said_by_name(library: Library) -> None:
    save_unseen(library, "Of tomorrow", "colour:red")
    with pytest.raises(SouvenirError) as caught:
        library.search('album:"of tomorrow"')
    assert not isinstance(caught.value, QueryError)  # it is not in this query that it is wrong
    assert str(caught.value).startswith(
        'What is saved as "Of tomorrow" cannot be understood: There is no filter'
    )


def test_many_albums_within_albums_end_at_once(library: Library) -> None:
    names = [f"Album {number:02}" for number in range(40)]
    for name, inner in zip(names, [*names[1:], "lakes"], strict=True):
        save(library, name, f'album:"{inner}" -album:"{inner}x" album:"{inner}"')
    assert found(library, 'album:"album 00"') == [1, 2]
    for name in names:  # each search holds the names of all: an album means all others
        library.edit(ChangeSearch(library.albums.album(name).id, "album:album rating:>0"))
    assert found(library, "album:album") == []
    save(library, "Album by rating", "rating:4")
    assert found(library, "album:album") == [4]
    for number in range(MOST):
        save(library, f"Further album {number}", "rating:3")
    with pytest.raises(SouvenirError, match="leads to more than 100 saved searches"):
        library.search("album:album")


@pytest.mark.parametrize("seed", range(20))
def test_any_albums_have_an_answer_or_one_sentence(library: Library, seed: int) -> None:
    """Random albums within albums; what they show is checked against sets, where it is said."""
    chance = random.Random(seed)
    names = [f"album{number}" for number in range(8)]
    queries = {}
    for name in names:
        parts = [
            f"{chance.choice(('', '-'))}album:{chance.choice(names)}"
            for _ in range(chance.randrange(3))
        ]
        queries[name] = [*parts, f"rating:>={chance.randrange(5)}"]
        save_unseen(library, name, " ".join(queries[name]))
    rated = {number: number % 6 for number in range(1, 7)}

    def expected(name: str, under: tuple[str, ...]) -> set[int]:
        if name in under:
            raise RecursionError
        ids = set(rated)
        for part in queries[name]:
            field, _, value = part.partition(":")
            if field == "rating":
                ids &= {i for i, rating in rated.items() if rating >= int(value[2:])}
            elif field == "album":
                ids &= expected(value, (*under, name))
            else:
                ids -= expected(value, (*under, name))
        return ids

    for name in names:
        try:
            wanted = expected(name, ())
        except RecursionError:
            with pytest.raises(SouvenirError, match=r"in a circle|names itself"):
                library.search(f"album:{name}")
        else:
            assert found(library, f"album:{name}") == sorted(wanted)


def test_favourites_and_words_are_told_apart(library: Library) -> None:
    """Only words need the model."""
    library.edit(SetFavourite({2: True}))
    save(library, "Liked", "is:favourite")
    save(library, "Dogs", "a dog")
    save(library, "Liked dogs", "album:liked album:dogs")
    save(library, "No dogs", "rating:>1 -dog")

    def describe(query: str) -> bool:
        return library.albums.describe(parse_query(query).filters)

    assert not describe("rating:5 album:lakes")
    assert not describe("album:liked")
    assert describe("-album:dogs")
    assert describe('album:"liked dogs"')
    assert describe('album:"no dogs"')
