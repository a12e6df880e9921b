"""No command lets a name play tricks on the screen: of a file, a model, a label, an album."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from core.catalog.catalogue import Catalogue
from core.catalog.edits import SaveSearch, apply_edit
from core.catalog.label_edits import CreateLabels, SetTags
from core.catalog.labels import Label, find_label
from core.cli import terminal
from core.embedding.models import CONFIG_FILE
from core.paths import STARTER_MODEL, LibraryPaths
from tests.helpers.commands import Run, on_library

TRICK = "x\x1b[2J\x1b]0;owned\x07\u202ey"
TRICKS = ("\x1b", "\x07", "\u202e", "\r")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A photo, and a file that is none; all names are tricks."""
    folder = tmp_path / f"photos {TRICK}"
    folder.mkdir()
    Image.new("RGB", (64, 48), "red").save(folder / f"{TRICK}.png")
    (folder / f"{TRICK}.jpg").write_bytes(b"no photo")
    (folder / f"{TRICK}.txt").write_bytes(b"no photo")
    return folder


@pytest.fixture
def run(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Commands on a library in which everything has such a name, on a screen."""
    run = on_library(tmp_path / "library", capsys)
    assert run("index", folder)[0] == 0
    catalogue = Catalogue(LibraryPaths(tmp_path / "library").catalogue)
    with catalogue.transaction() as tx:
        apply_edit(tx, CreateLabels((Label(f"={TRICK}", ("a dog",)),)))
        label = find_label(tx, f"={TRICK}")
        assert label is not None
        apply_edit(tx, SetTags(label.id, {1: True}))
        apply_edit(tx, SaveSearch(TRICK, f'"{TRICK}"'))
    catalogue.close()
    model = tmp_path / "models" / "installed" / "odd"
    model.mkdir(parents=True)
    described = json.loads((STARTER_MODEL / CONFIG_FILE).read_text("utf-8"))
    described["souvenir"] = {
        "name": f"local:{TRICK}",
        "sha256": "0" * 64,
        "description": TRICK,
        "languages": [TRICK],
    }
    (model / CONFIG_FILE).write_text(json.dumps(described), "utf-8")
    monkeypatch.setattr(terminal, "on_screen", lambda _stream: True)
    return run


COMMANDS = (
    ("index", "--retry"),
    ("status",),
    ("-v", "status"),
    ("search", "dog"),
    ("search", f"album:{TRICK}"),
    ("search", f"name:{TRICK}"),
    ("folders", "list"),
    ("folders", "remove", f"/{TRICK}"),
    ("labels", "list"),
    ("labels", "show", f"={TRICK}"),
    ("labels", "show", TRICK),
    ("labels", "remove", TRICK),
    ("tag",),
    ("tag", "--csv"),
    ("albums", "list"),
    ("models", "list"),
    ("models", "use", f"local:{TRICK}"),
    ("models", "measure", f"local:{TRICK}"),
    ("models", "remove", TRICK),
    ("models", "discard", TRICK),
    ("models", "download", f"{TRICK}/x"),
    ("models", "import", f"/{TRICK}"),
    ("embed", f"/{TRICK}"),
    ("similar", f"/{TRICK}"),
    ("describe", f"/{TRICK}"),
    ("verify",),
)


def test_no_command_prints_an_escape(run: Run, folder: Path) -> None:
    for words in (
        *COMMANDS,
        ("similar", folder / f"{TRICK}.png"),
        ("embed", folder / f"{TRICK}.jpg"),
        ("describe", folder / f"{TRICK}.jpg"),
        ("index", folder / "deeper"),
        ("write-metadata", "--dry-run", folder),
    ):
        _, out, err = run(*words)
        for colour in ("\x1b[2m", "\x1b[1m", "\x1b[33m", "\x1b[0m", "\r\x1b[K"):
            out, err = out.replace(colour, ""), err.replace(colour, "")
        assert not [trick for trick in TRICKS if trick in out + err], words


def test_wrong_words_are_cleaned_as_well(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("status", TRICK)
    assert "\x1b" not in capsys.readouterr().err


def test_csv_is_cleaned_on_a_screen_and_is_what_it_is_in_a_pipe(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run("tag", "--csv")[1]
    assert "\\x1b[2J" in shown
    monkeypatch.setattr(terminal, "on_screen", lambda _stream: False)
    (row,) = csv.DictReader(io.StringIO(run("tag", "--csv")[1], newline=""))
    assert row["path"] == str(folder / f"{TRICK}.png")
    assert row["label"] == f"'={TRICK}"  # no spreadsheet computes it
