"""What a person does with labels at the real window, for several tests."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.e2e.real_window import Person

Key, Keys = Qt.Key, Qt.KeyboardModifier


def write_label(person: Person, name: str, prompt: str) -> None:
    """Add a label by keyboard, and wait for its page."""
    person.command("label.new")
    editor = person.window.labels.editor
    person.wait(lambda: person.sees(editor))
    person.type_text(editor.form.name, name)
    person.type_text(editor.form.prompts.fields[0], prompt)
    person.wait(lambda: editor.found is not None and not editor.waits)
    person.press(editor.save, Key.Key_Space)
    person.wait(lambda: looked_at(person) == name)
    learned(person)


def looked_at(person: Person) -> str:
    """The label whose photos are shown, or ""."""
    shown = person.window.labels.shown
    return "" if shown is None else shown.label.name


def learned(person: Person) -> None:
    """Wait until every photo was judged, and that is to be seen."""
    library = person.window.session.library
    panel = person.window.labels.panel

    def seen() -> bool:
        shown = panel.shown
        if shown is None or not shown.up_to_date or person.window.browsing.waits:
            return False
        judged = library.labels.judged(shown.label.id)
        return (
            library.labels.up_to_date
            and library.labels.label(shown.label.id) == shown.label
            and panel.cut == judged.count()
            and shown.order.corrections == int((judged.answers != 0).sum())
            and len(shown.order.ids) == len(judged)
        )

    person.wait(seen)
    person.settle()


def carriers(person: Person) -> set[str]:
    """The names of the files of photos that carry the label that is looked at."""
    panel, window = person.window.labels.panel, person.window
    assert panel.shown is not None
    ids = panel.shown.order.ids[: panel.cut].tolist()
    return {photo.files[0].path.replace("\\", "/").rpartition("/")[2] for photo in
            window.session.library.photos(ids)}  # fmt: skip


def undo(person: Person) -> None:
    """Take back what was done last."""
    assert person.window.undo.can_undo
    person.press(person.window, Key.Key_Z, Keys.ControlModifier)
