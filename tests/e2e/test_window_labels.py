"""Labels in the real window, with the model that comes with Souvenir, over real photos."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.labels.commands import MOST_IN_MENU
from app.widgets.question import Question
from app.wording import photos
from core.library import CreateLabels, Label, SetTags
from tests.e2e.labelling import carriers, learned, looked_at, undo, write_label
from tests.e2e.real_window import Person

Key, Keys = Qt.Key, Qt.KeyboardModifier

MOTORCYCLES = {"motorcycle.png", "motorcycle from the right.png"}


def test_a_label_is_written_its_line_moved_corrected_and_all_of_it_undone(person: Person) -> None:
    window, library = person.window, person.window.session.library
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel = window.labels.panel
    assert panel.shown is not None
    label_id = panel.shown.label.id
    person.wait(lambda: any(label.name == "motorcycle" for label in window.labels.actions.labels))
    best = panel.shown.order.ids[:2].tolist()
    assert {person.photo(n).files[0].path.rpartition("/")[2] for n in best} == MOTORCYCLES

    # The line goes by keyboard: to the end, where nothing is, and photo by photo back.
    person.press(panel.scale, Key.Key_End)
    assert panel.cut == 0
    person.press(panel.scale, Key.Key_Down)
    person.press(panel.scale, Key.Key_Down)
    assert carriers(person) == MOTORCYCLES
    line = panel.threshold
    person.wait(lambda: library.labels.label(label_id).threshold == line)
    learned(person)
    assert library.labels.counts()[label_id] == 2
    assert "motorcycle" in window.undo.undo_text

    # Five are corrected, with the keys of the strips and of the grid.
    before = panel.shown.order.relevances.copy()
    for name, key in (
        ("motorcycle.png", Key.Key_Y),
        ("motorcycle from the right.png", Key.Key_Y),
        ("rocket.jpg", Key.Key_N),
        ("cat.png", Key.Key_N),
        ("coffee.png", Key.Key_N),
    ):
        person.click_photo(name)
        person.press(window.browse.grid, key)
        learned(person)
    assert panel.shown.order.corrections == 5
    assert sorted(panel.shown.order.relevances) != sorted(before), "it has learned"
    assert carriers(person) >= MOTORCYCLES
    assert not carriers(person) & {"rocket.jpg", "cat.png", "coffee.png"}
    for _ in range(5):
        undo(person)
        learned(person)
    assert panel.shown.order.corrections == 0
    while "moving the line" in window.undo.undo_text:  # once for each time it was let go
        undo(person)
        learned(person)
    assert library.labels.label(label_id).threshold == Label("", ()).threshold
    undo(person)  # the label
    person.wait(lambda: not library.labels.labels())
    person.wait(lambda: window.browsing.place.kind == "all")
    person.settle()


def test_a_photo_that_comes_is_tagged(person: Person) -> None:
    window = person.window
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel = window.labels.panel
    person.press(panel.scale, Key.Key_End)
    # Both motorcycles and one photo more: the line lies well below what looks nearly like them.
    for _ in range(3):
        person.press(panel.divider, Key.Key_Down)
    learned(person)
    with Image.open(person.folder / "motorcycle.png") as image:
        image.convert("RGB").save(person.folder / "another motorcycle.jpg", quality=92)
    person.wait(lambda: "another motorcycle.jpg" in carriers(person))
    person.settle()


def test_teaching_goes_photo_by_photo_and_back(person: Person) -> None:
    window, library = person.window, person.window.session.library
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    shown = window.labels.shown
    assert shown is not None
    person.command("label.teach")
    review = window.labels.review
    person.wait(lambda: person.sees(review) and review.photo_id is not None)
    asked = review.photo_id
    assert asked is not None
    person.press(review, Key.Key_N)
    person.wait(lambda: said_by_hand(person, shown.label.id) == 1)
    assert review.photo_id != asked
    person.press(review, Key.Key_S)
    person.press(review, Key.Key_Backspace)  # what was skipped
    person.press(review, Key.Key_Z, Keys.ControlModifier)
    assert review.photo_id == asked
    person.wait(lambda: said_by_hand(person, shown.label.id) == 0)
    person.press(review, Key.Key_Escape)
    person.wait(lambda: person.sees(window.browse))
    assert looked_at(person) == "motorcycle"
    library.labels.settle()
    person.settle()


def test_teaching_tells_what_the_last_answer_did_and_takes_it_back_at_the_end(
    person: Person,
) -> None:
    window, library = person.window, person.window.session.library
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    shown = window.labels.shown
    assert shown is not None
    label_id, before = shown.label.id, window.labels.panel.cut
    person.command("label.teach")
    review = window.labels.review
    person.wait(lambda: person.sees(review) and review.photo_id is not None)
    asked: list[int] = []
    while review.photo_id is not None:
        asked.append(review.photo_id)
        person.press(review, Key.Key_N)
    person.wait(lambda: said_by_hand(person, label_id) == len(asked))
    library.labels.settle()
    carried = library.labels.judged(label_id).count()
    assert carried < before
    person.wait(lambda: f"(−{before - carried})" in review.learned.text())
    person.wait(lambda: not review.waits and review.again.isVisible())
    person.click(review.back)
    person.wait(lambda: review.photo_id == asked[-1])
    person.wait(lambda: said_by_hand(person, label_id) == len(asked) - 1)
    person.press(review, Key.Key_Escape)
    person.wait(lambda: person.sees(window.browse))
    learned(person)


def test_what_an_answer_did_is_told_on_the_page_of_the_label_and_taken_back(person: Person) -> None:
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel, head = person.window.labels.panel, person.window.labels.panel.head
    assert panel.shown is not None
    label_id, before = panel.shown.label.id, panel.cut
    assert not head.undo.isVisible()
    refused = panel.above.shown[-1].photo_id
    panel.above.answered.emit(refused, False)
    person.wait(lambda: said_by_hand(person, label_id) == 1)
    learned(person)
    assert panel.cut < before
    assert head.note.text() == "1 correction"
    told = f"{photos(panel.cut)} (−{before - panel.cut})"
    assert panel.scale.accessibleDescription().endswith(told)
    assert head.undo.toolTip() == "Undo refusing “motorcycle” for 1 photo"
    person.click(head.undo)
    person.wait(lambda: said_by_hand(person, label_id) == 0)
    learned(person)
    assert (panel.cut, head.note.text(), head.undo.isVisible()) == (before, "", False)


def test_a_photo_gets_a_label_that_is_made_for_it(person: Person) -> None:
    window, library = person.window, person.window.session.library
    (cat,) = person.select("cat.png")
    many = tuple(Label(f"label {n}", ("a photo",), active=False) for n in range(MOST_IN_MENU + 1))
    window.undo.do(CreateLabels(many), "adding labels")
    person.wait(lambda: len(window.labels.actions.labels) == len(many))
    person.press(window.browse.grid, Key.Key_L)
    chooser, editor = window.labels.chooser, window.labels.editor
    person.wait(chooser.isVisible)
    person.type_text(chooser.field, "our cat")
    person.press(chooser.field, Key.Key_Return)
    person.wait(lambda: person.sees(editor) and not editor.waits)
    assert editor.form.name.text() == "our cat"
    person.press(editor.save, Key.Key_Space)
    person.wait(lambda: looked_at(person) == "our cat")
    label = library.labels.label("our cat")
    person.wait(lambda: said_by_hand(person, label.id) == 1)
    assert [(tag.label.name, tag.by_hand) for tag in library.labels.tags_of([cat])[cat]] == [
        ("our cat", True)
    ]
    learned(person)


def said_by_hand(person: Person, label_id: int) -> int:
    """Of how many photos something was said."""
    judged = person.window.session.library.labels.judged(label_id)
    return int((judged.answers != 0).sum())


def test_removing_a_label_asks_where_what_was_said_would_be_lost(person: Person) -> None:
    window, library = person.window, person.window.session.library
    cat = person.id_of("cat.png")
    window.undo.do(CreateLabels((Label("pet", ("a cat",)),)), "new label")
    person.wait(lambda: window.labels.actions.labels)
    (label,) = window.labels.actions.labels
    window.sidebar.photos_tagged.emit(label.id, [cat])
    person.wait(lambda: said_by_hand(person, label.id) == 1)
    person.wait(lambda: window.labels.actions.label(label.id) is not None)
    window.labels.actions.act("remove", label.id)
    question = person.dialog(Question)
    person.click(question.yes)
    person.wait(lambda: not library.labels.labels())
    undo(person)
    person.wait(lambda: library.labels.labels() and said_by_hand(person, label.id) == 1)
    library.labels.settle()
    person.settle()


def test_the_inspector_says_who_tagged_a_photo_and_takes_it_back(person: Person) -> None:
    window, library = person.window, person.window.session.library
    window.undo.do(CreateLabels((Label("pet", ("a cat",)),)), "new label")
    person.wait(lambda: window.labels.actions.labels)
    (label,) = window.labels.actions.labels
    (cat,) = person.select("cat.png")
    window.undo.do(SetTags(label.id, {cat: True}), "tagging")
    lines = window.inspector.labels
    person.wait(lambda: [fact.source for fact in lines.facts] == ["hand"])
    person.click(lines.lines[0].yes)  # said before: taken back
    person.wait(lambda: said_by_hand(person, label.id) == 0)
    undo(person)
    person.wait(lambda: [fact.source for fact in lines.facts] == ["hand"])
    library.labels.settle()
    person.settle()


def test_the_line_is_dragged_with_the_mouse(person: Person) -> None:
    window, library = person.window, person.window.session.library
    write_label(person, "motorcycle", "a photo of a red motorcycle")
    panel = window.labels.panel
    assert panel.shown is not None
    label_id, scale = panel.shown.label.id, panel.scale
    start, end = scale.rect().center(), scale.rect().center()
    end.setX(scale.width() // 4)
    QTest.mousePress(scale, Qt.MouseButton.LeftButton, Keys.NoModifier, start)
    QTest.mouseMove(scale, end)
    assert panel.threshold < 0.3
    assert library.labels.label(label_id).threshold == 0.5, "kept only when it is let go"
    assert window.browse.heading.title.startswith(str(panel.cut)) or panel.cut < 2
    QTest.mouseRelease(scale, Qt.MouseButton.LeftButton, Keys.NoModifier, end)
    line = panel.threshold
    person.wait(lambda: library.labels.label(label_id).threshold == line)
    learned(person)
    assert library.labels.counts()[label_id] == panel.cut


def test_a_label_about_what_people_are_is_added_only_after_a_plain_notice(person: Person) -> None:
    window, library = person.window, person.window.session.library
    person.command("label.new")
    editor = window.labels.editor
    person.wait(lambda: person.sees(editor))
    person.type_text(editor.form.name, "muslim")
    person.press(editor.save, Key.Key_Space)
    question = person.dialog(Question)
    assert "prejudices" in question.text.text()
    question.reject()
    person.wait(editor.save.isEnabled)
    assert not library.labels.labels()
    person.press(editor.save, Key.Key_Space)
    person.click(person.dialog(Question).yes)
    person.wait(lambda: looked_at(person) == "muslim")
    learned(person)


def test_words_that_the_model_does_not_know_are_told_while_they_are_written(person: Person) -> None:
    person.command("label.new")
    editor = person.window.labels.editor
    person.wait(lambda: person.sees(editor))
    person.type_text(editor.form.name, "lunch")
    person.type_text(editor.form.prompts.fields[0], "a plate of sushi")
    person.wait(lambda: editor.found is not None and not editor.waits)
    person.wait(lambda: "“sushi” is not in the starter model's vocabulary" in editor.unknown.text())
    editor.form.prompts.fields[0].clear()
    person.type_text(editor.form.prompts.fields[0], "a plate of fish")
    person.becomes(editor.unknown.isHidden, True)
    person.press(editor, Key.Key_Escape)
    person.wait(lambda: person.sees(person.window.browse))
    person.settle()
