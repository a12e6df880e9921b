"""What cannot be a label, and files that are none: one sentence each, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labels.actions import LabelActions
from app.labels.editor import LabelEditor
from app.labels.exchange import LabelExchange
from app.theme import DARK
from app.undo import Undo
from core.catalog.labels import Label
from core.library import CreateLabels
from tests.app.real_files import RealFiles

TENT = Label("our tent", ("a red tent",))


@pytest.fixture
def files(files: RealFiles) -> RealFiles:
    """A library with one label."""
    files.library.edit(CreateLabels((TENT,)))
    return files


@pytest.fixture
def exchange(files: RealFiles, qtbot: QtBot) -> LabelExchange:
    window = QWidget()
    qtbot.addWidget(window)
    undo = Undo(files.session)
    return LabelExchange(files.session, LabelActions(files.session, undo, window), window)


def names(files: RealFiles) -> list[str]:
    return [label.name for label in files.library.labels.labels()]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.toml", b"[[labels", "is no TOML file"),
        ("x.toml", b"labels = 3", "has no [[labels]]"),
        ("x.toml", b'[[labels]]\nname = "x"\nprompts = [""]', "has an empty prompt"),
        ("x.toml", b'[[labels]]\nname = "x"\ntemplates = ["a photo"]', "has no {}"),
        ("x.toml", b'[[labels]]\nname = ""', "A label needs a name"),
        ("x.csv", b"name\nx,y,z\n", "another number of columns"),
        ("x.csv", b"\xff\xfe\x00", "is no text in UTF-8"),
        (
            "x.csv",
            b"name\n" + b"\n".join(b"label %d" % n for n in range(10_000)),
            "10,000 labels",
        ),
        ("x.txt", b"our tent", "neither a .toml nor a .csv file"),
    ],
)
def test_a_file_that_is_none_of_labels_is_one_sentence(
    files: RealFiles,
    exchange: LabelExchange,
    qtbot: QtBot,
    tmp_path: Path,
    name: str,
    content: bytes,
    said: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    with qtbot.waitSignal(files.session.problem) as told:
        exchange.read(str(tmp_path / name))
    assert told.args is not None
    (sentence,) = told.args
    assert said in sentence
    assert "\n" not in sentence
    assert names(files) == ["our tent"]


def test_labels_and_tags_that_cannot_be_written_are_one_sentence(
    files: RealFiles, exchange: LabelExchange, qtbot: QtBot, tmp_path: Path
) -> None:
    for write in (exchange.write, exchange.write_tags):
        with qtbot.waitSignal(files.session.problem) as told:
            write(str(tmp_path / "nowhere" / "labels.csv"))
        assert told.args is not None
        assert "cannot be written" in told.args[0]
    assert not (tmp_path / "nowhere").exists()


@pytest.fixture
def editor(files: RealFiles, qtbot: QtBot) -> Iterator[LabelEditor]:
    made = LabelEditor(files.session, DARK)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    made.close_label()


def test_a_label_without_words_is_not_saved_and_says_what_is_missing(
    files: RealFiles, editor: LabelEditor
) -> None:
    editor.open_label(Label("", ()), [])
    saved: list[Label] = []
    editor.saved.connect(saved.append)
    for text in ("", "   "):
        editor.form.name.setText(text)
        editor.form.prompts.fields[0].setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert "Describe in words" in editor.problem.text()
        assert not editor.problem.isHidden()
    assert saved == []
    assert names(files) == ["our tent"]


def test_a_phrasing_without_its_place_is_told_while_one_writes(
    editor: LabelEditor, qtbot: QtBot
) -> None:
    editor.open_label(Label("heron", ("a heron",), templates=("a blurry photo",)), [])
    qtbot.waitUntil(lambda: "has no {}" in editor.problem.text())
    editor.form.templates.fields[0].clear()
    QTest.keyClicks(editor.form.templates.fields[0], "a blurry photo of {}")
    assert editor.problem.text() == "", "it is mended: nothing is wrong any more"
