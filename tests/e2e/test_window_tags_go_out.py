"""From a label in one's own words to keywords in other programs, all of it in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt

from app.files.tag_writing import WriteTagsDialog
from app.search.saving import SaveSearch
from app.sidebar.places import Place
from tests.e2e.labelling import carriers, learned, undo, write_label
from tests.e2e.real_window import Person
from tests.helpers.exiftool import needs_exiftool, words_in

Key = Qt.Key
MOTORCYCLES = {"motorcycle.png", "motorcycle from the right.png"}
OTHERS = {"rocket.jpg", "cat.png", "coffee.png"}
NEW = "another motorcycle.jpg"
TITLE = "The one from 1987"


@needs_exiftool
def test_a_label_is_written_corrected_made_an_album_and_read_by_exiftool(person: Person) -> None:
    before = {path: path.read_bytes() for path in person.folder.rglob("*.*")}
    label_id = write_and_correct_a_label(person)
    make_an_album(person)
    new = drop_in_a_photo(person, label_id)
    give_a_title(person, new)
    write_tags(person, label_id, before)
    library = person.window.session.library
    carrying = {photo_id for photo_id, _, _ in library.labels.carrying(label_id)}
    for photo in library.photos(sorted(carrying)):
        path = Path(photo.files[0].path)
        written = path if photo.format == "JPEG" else path.with_name(f"{path.name}.xmp")
        assert words_in(written, "XMP-dc:Subject") == ["motorcycle"]
        titled = [TITLE] if photo.id == new else []
        assert words_in(written, "XMP-dc:Title") == titled
    assert all(path.read_bytes() == before[path] for path in before if path.suffix == ".png")
    # The library takes its own writing for no news.
    person.catch_up()
    assert library.labels.photos_at([person.folder / NEW]) == [new]
    assert {photo_id for photo_id, _, _ in library.labels.carrying(label_id)} == carrying
    assert person.photo(new).keywords == ()
    assert (person.photo(new).title, person.photo(new).metadata.title) == (TITLE, None)
    assert library.verify() == []


def write_and_correct_a_label(person: Person) -> int:
    """A label, the line through its photos, five corrections, one of them taken back and made."""
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel = person.window.labels.panel
    assert panel.shown is not None
    draw_line_below(person, 2)
    assert panel.cut == 2
    before = np.sort(panel.shown.order.relevances)
    for name in sorted(MOTORCYCLES):
        correct(person, name, Key.Key_Y)
    for name in sorted(OTHERS):
        correct(person, name, Key.Key_N)
    assert panel.shown.order.corrections == 5
    assert not np.array_equal(np.sort(panel.shown.order.relevances), before), "it has learned"
    assert carriers(person) >= MOTORCYCLES
    assert not carriers(person) & OTHERS
    undo(person)
    learned(person)
    assert panel.shown.order.corrections == 4
    correct(person, max(OTHERS), Key.Key_N)
    assert panel.shown.order.corrections == 5
    return panel.shown.label.id


def correct(person: Person, name: str, key: Qt.Key) -> None:
    """Say of a photo whether the label that is looked at fits it."""
    person.click_photo(name)
    person.press(person.window.browse.grid, key)
    learned(person)


def draw_line_below(person: Person, count: int) -> None:
    """Have so many photos carry the label that is looked at, by keyboard."""
    panel = person.window.labels.panel
    person.press(panel.scale, Key.Key_End)
    for _ in range(count):
        person.press(panel.scale, Key.Key_Down)
    learned(person)


def make_an_album(person: Person) -> None:
    """An automatic one: what carries the label, now and later."""
    window, edit = person.window, person.window.header.search.edit
    person.press(window, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    person.wait(edit.hasFocus)
    person.settle()
    person.type_text(edit, "label:motorcycle")
    person.becomes(lambda: window.browse.shown.query, "label:motorcycle")
    person.settle()
    assert set(person.names()) >= MOTORCYCLES
    window.header.ask_to_save()
    naming = person.dialog(SaveSearch)
    naming.name.setText("Our motorcycles")
    naming.accept()
    albums = window.session.library.albums
    person.wait(lambda: [each.name for each in albums.albums()] == ["Our motorcycles"])
    if window.assistant.popup.offers:
        person.press(edit, Key.Key_Escape)  # it closes what is offered first
    person.press(edit, Key.Key_Escape)
    person.becomes(lambda: window.browse.shown.query, "")
    person.settle()


def drop_in_a_photo(person: Person, label_id: int) -> int:
    """A photo that comes is tagged by itself, once the line is where it belongs; returns its id."""
    library = person.window.session.library
    with Image.open(person.folder / "motorcycle.png") as image:
        image.convert("RGB").save(person.folder / NEW, quality=92)
    person.wait(lambda: NEW in person.known_files())
    person.catch_up()
    (new,) = library.labels.photos_at([person.folder / NEW])
    person.wait(lambda: new in library.labels.judged(label_id).ids)
    person.window.sidebar.choose(Place("label", str(label_id), "motorcycle"))
    person.wait(lambda: person.window.browsing.place.kind == "label")
    learned(person)
    if NEW not in carriers(person):  # whatever the model thinks of it
        draw_line_below(person, library.labels.judged(label_id).ids.tolist().index(new) + 1)
    assert NEW in carriers(person)
    tags = library.labels.tags_of([new])[new]
    assert [(tag.label.name, tag.source) for tag in tags] == [("motorcycle", "automatic")]
    (album,) = library.albums.albums()
    assert new in library.albums.photos(album)
    return new


def give_a_title(person: Person, new: int) -> None:
    """Write one in the inspector."""
    inspector = person.window.inspector
    person.click_photo(NEW)
    person.wait(lambda: inspector.name.text() == NEW)
    person.type_text(inspector.title, TITLE)
    person.press(inspector.title, Key.Key_Return)
    person.wait(lambda: person.photo(new).title == TITLE)
    person.settle()


def write_tags(person: Person, label_id: int, before: dict[Path, bytes]) -> None:
    """Look at what would be written, switch it on, write."""
    person.command("tags.write")
    dialog = person.dialog(WriteTagsDialog)
    person.wait(lambda: not dialog.waits)
    assert dialog.where.currentData() == "off"
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    assert {path: path.read_bytes() for path in before} == before
    index = dialog.where.findData("file")
    dialog.where.setCurrentIndex(index)
    dialog.where.activated.emit(index)
    person.wait(lambda: not dialog.waits)
    carrying = person.window.session.library.labels.carrying(label_id)
    assert dialog.preview.topLevelItemCount() == len(carrying)
    person.click(dialog.primary)
    person.wait(lambda: not dialog.waits and bool(dialog.told))
    assert dialog.preview.topLevelItemCount() == 0, "nothing is left to write"
    dialog.reject()
    person.settle()
