"""Albums, tags for other programs and writing them, by command: on a library without a model."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from core.catalog.catalogue import Catalogue
from core.catalog.edits import SaveSearch, apply_edit
from core.catalog.folders import add_folder
from core.catalog.label_edits import CreateLabels, SetTags
from core.catalog.labels import Label, find_label
from core.imaging.xmp_packet import Packet
from core.paths import LibraryPaths
from tests.helpers.commands import Run, answer, on_library
from tests.helpers.exiftool import needs_exiftool, words_in
from tests.helpers.taking_in import take_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos; two carry a label."""
    folder, paths = tmp_path / "photos", LibraryPaths(tmp_path / "library")
    folder.mkdir()
    paths.root.mkdir()
    with Catalogue(paths.catalogue) as catalogue, catalogue.transaction() as tx:
        watched = add_folder(tx, folder)
        apply_edit(tx, CreateLabels((Label("our tent", ("a red tent",)),)))
        label = find_label(tx, "our tent")
        assert label is not None
        for name, colour in (("a.jpg", "red"), ("b.jpg", "green"), ("c.png", "blue")):
            Image.new("RGB", (60, 40), colour).save(folder / name)
            photo_id = take_in(tx, watched.id, folder / name)
            if name != "b.jpg":
                apply_edit(tx, SetTags(label.id, {photo_id: True}))
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the library."""
    return on_library(tmp_path / "library", capsys)


def test_a_label_that_is_not_there_is_told_with_the_one_that_is_like_it(
    run: Run, folder: Path
) -> None:
    code, out, err = run("search", 'label:"our tnet"')
    assert (code, out) == (0, "")
    assert "There is no label called 'our tnet': perhaps 'our tent' is meant." in err
    _, _, err = run("search", "album:quokka")
    assert "There is no album called 'quokka': 'souvenir albums list' shows those there are." in err
    _, out, err = run("search", 'label:"our tent"')
    assert str(folder / "a.jpg") in out
    assert "no label" not in err


def test_tags_are_told_as_json_and_as_a_table(run: Run, folder: Path) -> None:
    (told,) = answer(run, "tag")["labels"]
    assert (told["name"], told["threshold"], told["photos"]) == ("our tent", 0.5, 2)
    assert told["tags"] == [
        {"path": str(folder / name), "relevance": None, "source": "hand"}
        for name in ("a.jpg", "c.png")
    ]
    _, out, _ = run("tag", "--label", "our tent", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["label"], row["path"], row["source"]) for row in rows] == [
        ("our tent", str(folder / name), "hand") for name in ("a.jpg", "c.png")
    ]


def test_an_album_of_a_label_follows_it_and_is_copied_over_nothing(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    assert run("albums", "list")[2].startswith("There are no albums yet")
    code, out, _ = run("albums", "create", "Tents", "--label", "our tent")
    assert (code, out) == (0, "Tents has 2 photos.\n")
    code, out, _ = run("albums", "create", "By hand", folder / "b.jpg")
    assert (code, out) == (0, "By hand has 1 photo.\n")
    assert answer(run, "albums", "list") == [
        {"name": "By hand", "photos": 1, "query": None},
        {"name": "Tents", "photos": 2, "query": 'label:"our tent"'},
    ]
    assert 'automatic: label:"our tent"' in run("albums", "list")[1]
    goal = tmp_path / "new" / "out"
    goal.mkdir(parents=True)
    (goal / "a.jpg").write_bytes(b"somebody's")
    (folder / "a.jpg.xmp").write_bytes(Packet.empty().as_file())
    code, out, _ = run("albums", "export", "tents", goal)
    assert (code, out) == (0, f"2 photos copied into {goal}.\n")
    assert sorted(path.name for path in goal.iterdir()) == [
        "a (2).jpg",
        "a (2).jpg.xmp",
        "a.jpg",
        "c.png",
    ]
    assert (goal / "a.jpg").read_bytes() == b"somebody's"
    assert (goal / "c.png").read_bytes() == (folder / "c.png").read_bytes()


def test_automatic_albums_are_named_in_searches_and_in_other_albums(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("albums", "create", "Tents", "--label", "our tent")
    code, out, _ = run("search", "album:tents", "type:png")
    assert (code, out) == (0, f"{folder / 'c.png'}\n")
    assert run("search", "-album:tents")[1] == f"{folder / 'b.jpg'}\n"
    code, out, _ = run("albums", "create", "No tents", "--query=-album:tents")
    assert (code, out) == (0, "No tents has 1 photo.\n")
    code, out, _ = run("albums", "export", "No tents", tmp_path / "out")
    assert (code, [path.name for path in (tmp_path / "out").iterdir()]) == (0, ["b.jpg"])
    assert "perhaps 'No tents' is meant" in run("search", 'album:"no tnts"')[2]


def test_an_album_that_cannot_be_shown_leaves_the_others_in_the_list(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    assert folder.exists()
    code, out, err = run("albums", "create", "Round", "--query", "rating:5 album:round")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert 'The saved search "Round" names itself: have it search for something else' in err
    with Catalogue(LibraryPaths(tmp_path / "library").catalogue) as kept, kept.transaction() as tx:
        apply_edit(tx, SaveSearch("Round", "album:round"))
        apply_edit(tx, SaveSearch("Newer", "colour:red"))
    run("albums", "create", "Tents", "--label", "our tent")
    code, out, err = run("albums", "list")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["Newer", "?"],
        ["Round", "?"],
        ["Tents", "2"],
    ]
    assert 'The saved search "Round" names itself' in err
    assert 'There is no filter "colour:"' in err
    assert [each["photos"] for each in answer(run, "albums", "list")] == [None, None, 2]


def test_an_album_is_linked_into_a_folder(run: Run, folder: Path, tmp_path: Path) -> None:
    run("albums", "create", "Tents", "--query", 'label:"our tent" type:png')
    code, out, _ = run("albums", "export", "Tents", tmp_path / "hard", "--hard-link")
    assert (code, out) == (0, f"1 photo linked into {tmp_path / 'hard'}.\n")
    assert (tmp_path / "hard" / "c.png").samefile(folder / "c.png")
    run("albums", "export", "Tents", tmp_path / "soft", "--symlink")
    assert (tmp_path / "soft" / "c.png").readlink() == folder / "c.png"


def test_what_becomes_of_an_album_is_told_before_it_is_done(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("albums", "create", "All", folder / "a.jpg", folder / "b.jpg")
    goal = tmp_path / "out"
    code, out, err = run("albums", "export", "All", goal, "--symlink", "--dry-run")
    assert (code, out, err) == (0, f"2 photos would be linked into {goal}.\n", "")
    assert not goal.exists()
    goal.mkdir()
    (goal / "a.jpg").write_bytes(b"somebody's")
    _, out, err = run("albums", "export", "All", goal, "--dry-run")
    assert out == f"2 photos would be copied into {goal}.\n"
    assert err == "1 name taken there: the newcomers get a number.\n"
    assert [path.name for path in goal.iterdir()] == ["a.jpg"]


def test_hard_links_to_another_disk_are_told_before_they_fail(run: Run, folder: Path) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == folder.stat().st_dev:
        pytest.skip("there is no other disk here")
    run("albums", "create", "All", folder / "a.jpg", folder / "b.jpg")
    with tempfile.TemporaryDirectory(dir=memory) as elsewhere:
        goal = Path(elsewhere) / "new"
        _, out, err = run("albums", "export", "All", goal, "--hard-link", "--dry-run")
        assert out == f"0 photos would be linked into {goal}.\n"
        assert "2 photos left out: no hard link leads to another disk" in err
        code, out, err = run("albums", "export", "All", goal, "--hard-link")
        assert (code, list(goal.iterdir())) == (1, [])
        assert err.count("cannot be linked to from there") == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "Tents"), "already"),
        (("create", "  "), "needs a name"),
        (("create", "x", "--label", "nobody"), 'There is no label "nobody"'),
        (("create", "x", "--query", "date:nonsense"), "date"),
        (("create", "x", "/nowhere.jpg"), "no photo of this library"),
        (("create", "x", "/a.jpg", "--query", "cat"), "give either photos or"),
        (("export", "nobody", "/tmp"), 'There is no album "nobody"'),
    ],
)
def test_what_cannot_be_done_with_albums_is_one_sentence(
    run: Run, folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert run("albums", "create", "tents", folder / "a.jpg")[0] == 0
    code, out, err = run("albums", *words)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert sentence in err


@needs_exiftool
def test_tags_are_written_only_when_switched_on_and_read_by_exiftool(
    run: Run, folder: Path
) -> None:
    before = sorted(folder.iterdir())
    code, out, err = run("write-metadata", "--dry-run", folder)
    assert code == 0
    assert out == "".join(f"{folder / name}.xmp: +our tent\n" for name in ("a.jpg", "c.png"))
    assert "2 files would be written; nothing was." in err
    assert "souvenir folders tags sidecar" in err
    code, _, err = run("write-metadata", folder)
    assert (code, sorted(folder.iterdir())) == (1, before)
    assert err.startswith("Writing tags is off for")
    assert run("folders", "tags", "file", folder)[0] == 0
    assert answer(run, "folders", "list")[0]["tags"] == "file"
    code, out, err = run("write-metadata", folder)
    assert (code, err) == (0, "2 files written.\n")
    assert f"{folder / 'a.jpg'}: +our tent\n" in out
    assert "only JPEGs are written into" in out
    for file in (folder / "a.jpg", folder / "c.png.xmp"):
        assert words_in(file, "XMP-dc:Subject") == ["our tent"]
    code, out, _ = run("write-metadata", folder)
    assert (code, out) == (0, "There is nothing to write: what is there agrees with the library.\n")


def test_what_cannot_be_written_is_named_and_the_rest_is_written(run: Run, folder: Path) -> None:
    (folder / "a.jpg.xmp").write_bytes(b"<broken")
    run("folders", "tags", "sidecar", folder)
    code, out, err = run("write-metadata", folder)
    assert code == 1
    assert out == f"{folder / 'c.png.xmp'}: +our tent\n"
    assert "sidecar that cannot be understood" in err
    assert (folder / "a.jpg.xmp").read_bytes() == b"<broken"
    code, _, err = run("write-metadata", folder.parent)
    assert code == 1
    assert "in no watched folder" in err
