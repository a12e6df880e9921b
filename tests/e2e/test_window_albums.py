"""An automatic album in other searches, in the real window with the shipped model."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from app.search.saving import SaveSearch
from core.library import RenameSearch
from tests.e2e.real_window import Person

MOTORCYCLES = {"motorcycle.png", "motorcycle from the right.png"}


def keep_search(person: Person, query: str, name: str) -> int:
    """Search for something and save it, as a person does; returns its id."""
    person.search(query)
    person.window.header.ask_to_save()
    naming = person.dialog(SaveSearch)
    naming.name.setText(name)
    naming.accept()
    albums = person.window.session.library.albums
    person.wait(lambda: name in [each.name for each in albums.albums()])
    person.window.header.search.ask("")
    person.becomes(lambda: person.window.browse.shown.query, "")
    person.settle()
    return albums.album(name).id


def test_an_album_of_words_is_followed_wherever_it_is_named(person: Person) -> None:
    window, library = person.window, person.window.session.library
    everything = set(person.names())
    keep_search(person, "a red motorcycle", "Motorcycles")
    shown = set(library.albums.photos(library.albums.album("Motorcycles")))
    person.search("album:motorcycles")
    assert set(window.model.ids.tolist()) == shown
    assert set(person.names()) == MOTORCYCLES
    assert not window.browse.shown.ranked
    person.search('album:motorcycles name:"the right"')
    assert person.names() == ["motorcycle from the right.png"]

    rest = keep_search(person, "-album:motorcycles", "All else")
    person.search('album:"all else"')
    assert set(person.names()) == everything - MOTORCYCLES
    with Image.open(person.folder / "motorcycle.png") as image:
        image.convert("RGB").save(person.folder / "newcomer.jpg", quality=92)
    person.wait(lambda: "newcomer.jpg" in person.known_files())
    person.search("album:motorcycles")
    person.becomes(lambda: set(person.names()), MOTORCYCLES | {"newcomer.jpg"})
    Path(person.folder / "newcomer.jpg").unlink()
    person.becomes(lambda: set(person.names()), MOTORCYCLES)

    person.search('album:"all else"')
    back = library.edit(RenameSearch(rest, "The rest"))
    person.becomes(lambda: person.count, 0)
    person.wait(window.browse.missing.isVisible)
    library.edit(back)
    person.becomes(lambda: set(person.names()), everything - MOTORCYCLES)
    person.wait(lambda: not window.browse.missing.isVisible())
    person.settle()
