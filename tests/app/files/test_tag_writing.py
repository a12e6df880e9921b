"""Writing tags from the window: seen before it is done, stopped at will, nothing without a yes."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.files.tag_writing import WriteTagsDialog
from app.files.wording import problem_sentence
from core.cli.file_words import tell_problems
from core.cli.terminal import Terminal
from core.filing.steps import Problem, Reason
from core.imaging.xmp_packet import Packet
from core.library import CreateLabels, Label, SetRating, SetTags
from core.library.tag_writing import TagChange, TagWriting
from tests.app.opening import nothing_complained_of
from tests.app.real_files import RealFiles
from tests.helpers.patience import PATIENCE


@pytest.fixture
def files(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealFiles]:
    made = RealFiles(tmp_path, monkeypatch)
    photo = made.add("a.jpg", "red")
    made.add("b.png", "green")
    made.library.edit(CreateLabels((Label("our tent", ("a red tent",)),)))
    made.library.edit(SetTags(made.library.labels.label("our tent").id, {photo: True}))
    made.library.edit(SetRating({photo: 4}))
    made.open(qtbot)
    yield made
    made.close(qtbot)


@pytest.fixture
def dialog(files: RealFiles, qtbot: QtBot) -> WriteTagsDialog:
    made = WriteTagsDialog(files.session, files.library.folders(), "")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.waits)
    return made


def rows(dialog: WriteTagsDialog) -> list[tuple[str, ...]]:
    items = [dialog.preview.topLevelItem(n) for n in range(dialog.preview.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(3)) for item in items if item is not None]


def button(dialog: WriteTagsDialog) -> QPushButton:
    assert dialog.primary is not None
    return dialog.primary


def choose(dialog: WriteTagsDialog, writes: str, qtbot: QtBot) -> None:
    """Choose where tags go, as with the keyboard, and wait for what would be written."""
    index = dialog.where.findData(writes)
    dialog.where.setCurrentIndex(index)
    dialog.where.activated.emit(index)
    qtbot.waitUntil(lambda: not dialog.waits)


def test_what_would_be_written_is_shown_and_nothing_is_while_it_is_off(
    dialog: WriteTagsDialog, files: RealFiles
) -> None:
    assert dialog.where.currentData() == "off"
    assert rows(dialog) == [("a.jpg.xmp", "+our tent  rating none → 4", "")]
    assert dialog.summary.text() == "To be written: 1 file"
    assert not button(dialog).isEnabled()
    assert files.names() == ["a.jpg", "b.png"]


def test_tags_are_written_where_it_was_chosen_and_then_there_is_nothing_left(
    dialog: WriteTagsDialog, files: RealFiles, qtbot: QtBot
) -> None:
    choose(dialog, "file", qtbot)
    assert rows(dialog)[0][0] == "a.jpg"
    choose(dialog, "sidecar", qtbot)
    assert files.library.folders()[0].folder.writes == "sidecar"
    assert files.names() == ["a.jpg", "b.png"]
    button(dialog).click()
    qtbot.waitUntil(lambda: not dialog.waits and bool(dialog.told))
    assert dialog.told == dialog.summary.text() == "Written: 1 file"
    assert files.names() == ["a.jpg", "a.jpg.xmp", "b.png"]
    written = Packet.parse((files.folder / "a.jpg.xmp").read_bytes())
    assert (written.words["subject"], written.rating) == (("our tent",), "4")
    assert rows(dialog) == []
    assert not button(dialog).isEnabled()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_what_cannot_be_written_comes_first_with_its_reason(
    dialog: WriteTagsDialog, files: RealFiles, qtbot: QtBot
) -> None:
    (files.folder / "a.jpg.xmp").write_bytes(b"<broken")
    choose(dialog, "sidecar", qtbot)
    ((name, _, note),) = rows(dialog)
    assert (name, note) == (
        "a.jpg",
        "a.jpg has a sidecar that cannot be understood: mend it or move it away.",
    )
    assert dialog.summary.text() == "To be written: 0 files · cannot be written: 1 file"
    assert not button(dialog).isEnabled()


def test_esc_while_it_writes_stops_it_and_the_dialog_stays(
    dialog: WriteTagsDialog, qtbot: QtBot
) -> None:
    choose(dialog, "sidecar", qtbot)
    button(dialog).click()
    dialog.reject()  # before the thread has begun, or while it writes
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.waits and bool(dialog.told))
    assert "cancelled" in dialog.told
    dialog.reject()
    assert not dialog.isVisible()


def test_a_dialog_that_is_gone_is_told_nothing(
    files: RealFiles, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, qtlog: Any
) -> None:
    """The thread has not ended when the dialog has: what it tells then harms nobody."""
    looks, gone = threading.Event(), threading.Event()
    preview = TagWriting.preview

    def slowly(self: TagWriting, *arguments: Any) -> Iterator[TagChange]:
        looks.set()
        assert gone.wait(PATIENCE)
        yield from preview(self, *arguments)

    monkeypatch.setattr(TagWriting, "preview", slowly)
    dialog = WriteTagsDialog(files.session, files.library.folders(), "")
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    assert looks.wait(PATIENCE)
    with nothing_complained_of(qtlog):
        with qtbot.waitSignal(dialog.destroyed):
            dialog.reject()
        gone.set()
        qtbot.waitUntil(lambda: not files.session.background.busy)


def test_a_folder_that_went_is_one_sentence(
    dialog: WriteTagsDialog, files: RealFiles, qtbot: QtBot
) -> None:
    files.folder.rename(files.folder.with_name("elsewhere"))
    choose(dialog, "file", qtbot)
    assert "is not there at the moment" in dialog._problem.text()
    assert not button(dialog).isEnabled()


def test_every_problem_of_a_file_has_a_sentence_in_the_window_and_on_the_command_line() -> None:
    for reason in get_args(Reason):
        problem = Problem(Path("a.jpg"), reason, "detail")
        assert "a.jpg" in problem_sentence(problem)
        output = io.StringIO()
        tell_problems([problem], Terminal(output, output))
        assert "a.jpg" in output.getvalue()


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_sidecar_that_is_a_link_is_told_in_a_row_and_not_followed(
    files: RealFiles, qtbot: QtBot, tmp_path: Path
) -> None:
    link = files.folder / "a.jpg.xmp"
    link.symlink_to(tmp_path / "made.xmp")
    dialog = WriteTagsDialog(files.session, files.library.folders(), "")
    qtbot.addWidget(dialog)
    dialog.show()
    choose(dialog, "sidecar", qtbot)
    assert any("a.jpg was left alone: it, its sidecar" in row[2] for row in rows(dialog))
    assert "cannot be written: 1 file" in dialog.summary.text()
    assert not (tmp_path / "made.xmp").exists()
