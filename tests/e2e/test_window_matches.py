"""What is done with all that is found is done with what matches, in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.files.export_dialog import ExportDialog
from app.widgets.question import Question
from tests.e2e.labelling import write_label
from tests.e2e.real_window import Person

Key, Keys = Qt.Key, Qt.KeyboardModifier
QUERY = "a red motorcycle"


def found(person: Person) -> list[int]:
    """The photos that match what is searched for; there are others that do not."""
    model = person.window.model
    assert 0 < model.matching < person.count
    return [int(i) for i in model.ids[: model.matching]]


def test_all_that_is_found_is_rated_exported_and_trashed_and_nothing_else(person: Person) -> None:
    window, grid = person.window, person.window.browse.grid
    person.search(QUERY)
    matching, others = found(person), person.count - len(found(person))
    person.press(grid, Key.Key_A, Keys.ControlModifier)
    assert window.navigation.chosen() == matching
    person.settle()

    person.press(grid, Key.Key_4)
    person.settle()
    library = window.session.library
    assert {p.id for p in library.photos(library.photo_ids("name").tolist()) if p.rating == 4} == (
        set(matching)
    )

    person.press(grid, Key.Key_E, Keys.ControlModifier)
    dialog = person.dialog(ExportDialog)
    assert dialog.windowTitle() == f"Export {window.inspector.name.text().split(' sel')[0]}"
    dialog.reject()

    person.press(grid, Key.Key_A, Keys.ControlModifier)  # selects the less likely ones as well
    assert len(window.navigation.chosen()) == len(matching) + others
    person.press(grid, Key.Key_A, Keys.ControlModifier)
    person.press(grid, Key.Key_Delete)
    person.click(person.dialog(Question).yes)
    person.wait(lambda: not set(matching) & set(library.photo_ids("name").tolist()))
    person.settle()
    assert len(library.photo_ids("name")) == others
    window.undo.undo()
    person.wait(lambda: set(matching) <= set(library.photo_ids("name").tolist()))
    person.settle()


def test_the_viewer_goes_through_what_matches(person: Person) -> None:
    window = person.window
    person.search(QUERY)
    matching = found(person)
    window.navigation.open_viewer(0)
    for _ in matching:
        person.press(window.viewer, Key.Key_PageDown)
    assert window.viewer.photo_id == matching[-1]
    assert window.viewer.bar.place == f"{len(matching)} of {len(matching)}"
    person.press(window.viewer, Key.Key_M)
    assert window.viewer.position == len(matching)
    person.press(window.viewer, Key.Key_Escape)
    person.settle()


def test_nothing_that_matches_is_nothing_selected(person: Person) -> None:
    window = person.window
    person.search("asdf qwer zzzz")
    assert window.model.matching == 0 < person.count
    person.press(window.browse.grid, Key.Key_A, Keys.ControlModifier)
    assert window.navigation.chosen() == []


def test_photos_like_one_end_where_they_are_no_longer_like_it(person: Person) -> None:
    window = person.window
    person.select("motorcycle.png")
    person.command("search.similar")
    person.wait(lambda: window.browse.shown.like is not None)
    person.settle()
    person.press(window.browse.grid, Key.Key_A, Keys.ControlModifier)
    assert len(window.navigation.chosen()) == window.model.matching < person.count


def test_all_of_a_label_are_those_that_carry_it(person: Person) -> None:
    window, grid = person.window, person.window.browse.grid
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel = window.labels.panel
    person.press(panel.scale, Key.Key_End)
    person.press(panel.scale, Key.Key_Down)
    person.press(panel.scale, Key.Key_Down)
    assert window.model.matching == panel.cut == 2
    person.press(grid, Key.Key_A, Keys.ControlModifier)
    assert len(window.navigation.chosen()) == 2
    assert window.browse.heading.offer.text() == f"Also the {person.count - 2} without it"
    person.press(panel.scale, Key.Key_Down)  # the line is elsewhere: these are not all any more
    assert window.browse.heading.offer.isHidden()
    person.settle()
    window.navigation.open_viewer(0)
    assert window.viewer.bar.place == f"1 of {panel.cut}"
    person.press(window.viewer, Key.Key_Escape)
    person.settle()


def test_an_automatic_album_is_what_matches(person: Person) -> None:
    window = person.window
    person.search(QUERY)
    matching = found(person)
    window.collections.save_search("Motorcycles", QUERY)
    person.wait(lambda: window.session.library.browse.overview().searches)
    person.settle()
    saved = window.session.library.browse.overview().searches[0]
    person.go("search", str(saved.id))
    person.press(window.browse.grid, Key.Key_A, Keys.ControlModifier)
    assert window.navigation.chosen() == matching
    album = window.session.library.albums.album("Motorcycles")
    assert window.session.library.albums.photos(album) == matching
