"""What a person does to photos in the real window, and how each of it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.files.export_dialog import ExportDialog
from app.files.rename_dialog import RenameDialog
from app.widgets.question import Question
from core.library import CreateAlbum
from tests.e2e.real_window import Person

Key, Keys = Qt.Key, Qt.KeyboardModifier


def undo(person: Person) -> None:
    """Take back what was done last, once it is done."""
    person.settle()
    assert person.window.undo.can_undo
    person.press(person.window, Key.Key_Z, Keys.ControlModifier)


# What a person says of photos


def test_several_photos_are_rated_and_marked_and_all_of_it_is_undone(person: Person) -> None:
    grid, inspector = person.window.browse.grid, person.window.inspector
    chosen = person.select("cat.png", "coffee.png", "rocket.jpg")
    person.press(grid, Key.Key_4)
    person.press(grid, Key.Key_F)
    person.wait(lambda: all(person.photo(n).rating == 4 for n in chosen))
    person.wait(lambda: all(person.photo(n).favourite for n in chosen))
    person.wait(lambda: inspector.stars.rating == 4)
    assert "3 photos" in person.window.undo.undo_text
    undo(person)
    person.wait(lambda: not any(person.photo(n).favourite for n in chosen))
    undo(person)
    person.wait(lambda: all(person.photo(n).rating == 0 for n in chosen))
    person.press(person.window, Key.Key_Z, Keys.ControlModifier | Keys.ShiftModifier)
    person.wait(lambda: all(person.photo(n).rating == 4 for n in chosen))
    person.settle()


def test_favourites_are_a_place(person: Person) -> None:
    (cat,) = person.select("cat.png")
    person.press(person.window.browse.grid, Key.Key_F)
    person.wait(lambda: person.photo(cat).favourite)
    person.go("favourites")
    assert person.window.model.ids.tolist() == [cat]


def test_title_and_keywords_are_written_in_the_inspector(person: Person) -> None:
    inspector = person.window.inspector
    (cat,) = person.select("cat.png")
    person.wait(lambda: inspector.name.text() == "cat.png" and inspector.title.isVisible())
    person.type_text(inspector.title, "Chelsea")
    person.press(inspector.title, Key.Key_Return)
    person.wait(lambda: person.photo(cat).title == "Chelsea")
    person.type_text(inspector.keywords.field, "pets")
    person.press(inspector.keywords.field, Key.Key_Return)
    person.wait(lambda: tuple(person.photo(cat).keywords) == ("pets",))
    person.search("keyword:pets")
    assert person.names() == ["cat.png"]
    person.press(person.window.header.search.edit, Key.Key_Escape)
    undo(person)
    person.wait(lambda: not person.photo(cat).keywords)
    undo(person)
    person.wait(lambda: not person.photo(cat).title)
    person.settle()


def test_the_inspector_shows_facts_and_similar_photos(person: Person) -> None:
    inspector = person.window.inspector
    person.select("motorcycle.png")
    person.settle()
    right = person.id_of("motorcycle from the right.png")
    similar = inspector.similar
    person.wait(lambda: similar.buttons and "from the right" in similar.buttons[0].toolTip())
    person.click(similar.buttons[0])
    assert person.window.browse.grid.choice.ids() == [right]
    person.settle()


# Albums


def test_an_album_is_made_filled_looked_into_and_deleted_again(person: Person) -> None:
    window = person.window
    chosen = person.select("cat.png", "coffee.png")
    window.sidebar.edit_asked.emit(CreateAlbum("Favourite things", tuple(chosen[:1])), "new album")
    albums = window.session.library.browse.overview
    person.wait(lambda: albums().albums)
    (album,) = albums().albums
    window.sidebar.photos_dropped.emit(album.id, chosen)
    person.wait(lambda: albums().albums[0].photos == 2)
    person.settle()
    person.go("album", str(album.id))
    assert sorted(person.names()) == ["cat.png", "coffee.png"]
    undo(person)
    person.wait(lambda: person.count == 1)
    undo(person)
    person.wait(lambda: not albums().albums)
    person.settle()


# Files


def test_photos_that_are_moved_keep_their_ids_and_ratings(person: Person) -> None:
    (cat,) = person.select("cat.png")
    person.press(person.window.browse.grid, Key.Key_3)
    person.wait(lambda: person.photo(cat).rating == 3)
    person.command("photo.move_to")
    person.give_folder(person.folder / "travel")
    moved = person.folder / "travel" / "cat.png"
    person.wait(moved.exists)
    person.becomes(lambda: person.path(cat), str(moved))
    person.settle()
    assert person.photo(cat).rating == 3
    assert person.count == 15
    undo(person)
    person.wait((person.folder / "cat.png").exists)
    person.becomes(lambda: person.path(cat), str(person.folder / "cat.png"))
    assert not moved.exists()
    person.settle()


def test_files_that_others_move_keep_their_ratings(person: Person) -> None:
    (cat,) = person.select("cat.png")
    person.press(person.window.browse.grid, Key.Key_3)
    person.wait(lambda: person.photo(cat).rating == 3)
    moved = person.folder / "travel" / "tom.png"
    (person.folder / "cat.png").rename(moved)
    person.becomes(lambda: person.path(cat), str(moved))
    person.settle()
    assert person.photo(cat).rating == 3
    assert person.count == 15


def test_a_copy_goes_elsewhere_and_nothing_is_overwritten(person: Person, tmp_path: Path) -> None:
    (tmp_path / "Elsewhere").mkdir()
    (tmp_path / "Elsewhere" / "cat.png").write_text("somebody else's")
    person.select("cat.png")
    person.command("photo.copy_to")
    person.give_folder(tmp_path / "Elsewhere")
    person.click(person.dialog(Question).yes)
    copy = tmp_path / "Elsewhere" / "cat (2).png"
    person.wait(copy.exists)
    person.wait(lambda: not person.window.file_work.busy)
    person.settle()
    assert copy.read_bytes() == (person.folder / "cat.png").read_bytes()
    assert (tmp_path / "Elsewhere" / "cat.png").read_text() == "somebody else's"


def test_files_are_renamed_by_a_pattern_that_is_seen_first(person: Person) -> None:
    chosen = person.select("cat.png", "coffee.png")
    person.press(person.window.browse.grid, Key.Key_F2)
    dialog = person.dialog(RenameDialog)
    dialog.pattern.setText("holiday {n:03}")
    person.wait(lambda: dialog.primary is not None and dialog.primary.isEnabled())
    assert dialog.preview.topLevelItemCount() == 2
    assert dialog.primary is not None
    person.click(dialog.primary)
    person.wait((person.folder / "holiday 002.png").exists)
    person.wait(lambda: sorted(person.names()).count("holiday 001.png") == 1)
    person.settle()
    assert person.id_of("holiday 001.png") in chosen
    undo(person)
    person.wait((person.folder / "coffee.png").exists)
    person.wait(lambda: "cat.png" in person.names())
    person.settle()


def test_what_went_to_the_trash_comes_back(person: Person) -> None:
    (cat,) = person.select("cat.png")
    person.press(person.window.browse.grid, Key.Key_5)
    person.wait(lambda: person.photo(cat).rating == 5)
    person.press(person.window.browse.grid, Key.Key_Delete)
    person.click(person.dialog(Question).yes)
    person.becomes(lambda: person.count, 14)
    assert not (person.folder / "cat.png").exists()
    person.settle()
    undo(person)
    person.wait(lambda: person.count == 15)
    person.settle()
    assert person.id_of("cat.png") == cat
    assert person.photo(cat).rating == 5


def test_no_is_the_safe_answer_to_the_trash(person: Person) -> None:
    person.select("cat.png")
    person.press(person.window.browse.grid, Key.Key_Delete)
    question = person.dialog(Question)
    person.press(question, Key.Key_Return)
    person.settle()
    assert (person.folder / "cat.png").exists()


@pytest.mark.parametrize(("metadata", "has_exif"), [("all", True), ("none", False)])
def test_photos_are_exported_smaller_as_jpegs(
    person: Person, tmp_path: Path, metadata: str, has_exif: bool
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Nikon"
    with Image.open(person.folder / "travel" / "china.jpg") as image:
        image.save(person.folder / "with exif.jpg", exif=exif)
    person.arrive(16)
    (tmp_path / "Exported").mkdir()
    person.select("with exif.jpg")
    person.press(person.window.browse.grid, Key.Key_E, Keys.ControlModifier)
    dialog = person.dialog(ExportDialog)
    dialog.folder = str(tmp_path / "Exported")
    dialog.long_side.setCurrentIndex(dialog.long_side.findData("-1"))
    dialog.own_size.setValue(320)
    dialog.metadata.setCurrentIndex(dialog.metadata.findData(metadata))
    assert dialog.primary is not None
    person.click(dialog.primary)
    person.wait((tmp_path / "Exported" / "with exif.jpg").exists)
    person.wait(lambda: not person.window.file_work.busy)
    person.settle()
    with Image.open(tmp_path / "Exported" / "with exif.jpg") as exported:
        assert max(exported.size) == 320
        assert (exported.getexif().get(0x010F) == "Nikon") == has_exif
