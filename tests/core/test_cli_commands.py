"""Each command on a real library with the shipped model: what it answers, and how it reads."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.catalog.folders import Disk
from core.cli import main
from core.cli.indexing import sentence
from core.cli.searching import Hit, listing
from core.cli.terminal import Terminal
from core.indexing.report import IndexReport
from core.paths import STARTER_MODEL, default_model_cache
from core.watching import disks
from tests.helpers.commands import Run, answer, on_library
from tests.helpers.deep_tree import deep_tree
from tests.helpers.ordinary_person import as_ordinary_person, command_of_ordinary_person
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import PHOTOS, copy_sample_photos

NOT_TEXT = os.fsdecode(b"caf\xe9.jpg")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an indexed library in it, its photos, one broken photo and one text."""
    place = tmp_path_factory.mktemp("place")
    copy_sample_photos(place / "photos")
    (place / "photos" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (place / "photos" / "notes.txt").write_text("not a photo")
    assert main(["--library", str(place / "library"), "index", str(place / "photos")]) == 0
    return place


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the library."""
    return on_library(place / "library", capsys)


def test_index_again_finds_nothing_new(run: Run, place: Path) -> None:
    report = answer(run, "index")
    assert set(report) == {
        "added",
        "updated",
        "moved",
        "removed",
        "offline",
        "embedded",
        "failed",
        "skipped",
        "unread",
        "seconds",
        "cancelled",
    }
    assert report["cancelled"] is False
    assert (report["added"], report["embedded"], report["failed"]) == (0, 0, [])
    code, out, _ = run("index", place / "photos" / "travel")
    assert (code, out[:11]) == (0, "Nothing new")


def test_a_folder_inside_a_watched_one_needs_nothing(run: Run, place: Path) -> None:
    code, _, remarks = run("index", place / "photos" / "travel")
    assert code == 0
    assert f"is part of {place / 'photos'}" in remarks
    assert len(answer(run, "folders", "list")) == 1


def test_a_folder_that_a_larger_one_takes_over_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = tmp_path / "photos" / "child"
    child.mkdir(parents=True)
    library = ["--library", str(tmp_path / "library")]
    assert main([*library, "folders", "add", str(child)]) == 0
    assert capsys.readouterr().err == ""
    assert main([*library, "folders", "add", str(child.parent)]) == 0
    assert capsys.readouterr().err == f"{child} is part of {child.parent} now.\n"


def test_a_photo_is_shown_where_the_query_looks_for_it(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first/a.png", "second/b.png"):
        (tmp_path / "photos" / name).parent.mkdir(parents=True)
        shutil.copyfile(place / "photos" / "moon.png", tmp_path / "photos" / name)
    library = ["--library", str(tmp_path / "library")]
    assert main([*library, "index", str(tmp_path / "photos")]) == 0
    for query, shown in (
        ("name:B.png", "second/b.png"),
        ("folder:second", "second/b.png"),
        (f"moon folder:{tmp_path}/photos/second", "second/b.png"),
        ("folder:photos", "first/a.png"),
        ("moon", "first/a.png"),
    ):
        capsys.readouterr()
        assert main([*library, "search", query, "--json"]) == 0
        results = json.loads(capsys.readouterr().out)["results"]
        assert [hit["path"] for hit in results] == [str(tmp_path / "photos" / shown)]
    assert main([*library, "search", "name:zzz"]) == 0
    assert capsys.readouterr().err == "Nothing matches 'name:zzz' among 1 photo.\n"


def test_what_was_skipped_is_named_on_request(run: Run) -> None:
    assert "'souvenir -v status' names them" in run("status")[1]
    assert "notes.txt: " in run("-v", "status")[1]


def test_failed_files_are_read_again_on_request(run: Run, place: Path) -> None:
    report = answer(run, "index", "--retry")
    assert [failed["path"] for failed in report["failed"]] == [str(place / "photos/broken.jpg")]
    assert "broken.jpg: " in run("index", "--retry")[1]


def test_index_without_any_folder_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(tmp_path / "new"), "index"]) == 1
    assert "souvenir index FOLDER" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_sentence(run: Run, tmp_path: Path) -> None:
    code, out, remarks = run("index", tmp_path / "gone")
    assert (code, out, remarks.count("\n")) == (1, "", 1)
    assert str(tmp_path / "gone") in remarks


def test_search_answers_scripts(run: Run, place: Path) -> None:
    found = answer(run, "search", "a", "flower", "--top", "3")
    assert set(found) == {"query", "model", "results", "seconds", "unknown_words"}
    assert (found["query"], found["model"], len(found["results"])) == ("a flower", "starter", 3)
    best = found["results"][0]
    assert set(best) == {"path", "score", "photo", "relevance", "likely"}
    likely = [result["likely"] for result in found["results"]]
    assert likely == sorted(likely, reverse=True), "those that match come first"
    assert Path(best["path"]).is_relative_to(place / "photos")
    assert -1 <= best["score"] <= 1
    assert 0 <= best["relevance"] <= 1


def test_search_answers_people_with_a_line_per_photo(run: Run, place: Path) -> None:
    _, out, _ = run("search", "a flower")
    lines = [line for line in out.splitlines() if "%" in line]
    assert len(lines) == len(PHOTOS)
    assert all(str(place / "photos") in line for line in lines)


def test_a_filter_alone_lists_photos(run: Run) -> None:
    found = answer(run, "search", "folder:travel")
    assert sorted(Path(hit["path"]).name for hit in found["results"]) == [
        "china.jpg",
        "motorcycle from the right.png",
    ]
    _, out, _ = run("search", "folder:travel")
    assert sorted(out.splitlines()) == sorted(hit["path"] for hit in found["results"])


def test_a_filter_that_nothing_passes_says_so(run: Run) -> None:
    code, out, remarks = run("search", "folder:nowhere")
    assert (code, out) == (0, "")
    assert remarks == f"Nothing matches 'folder:nowhere' among {len(PHOTOS)} photos.\n"
    assert answer(run, "search", "folder:nowhere")["results"] == []


def test_search_in_an_empty_library_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photos").mkdir()
    library = ["--library", str(tmp_path / "new")]
    assert main([*library, "folders", "add", str(tmp_path / "photos")]) == 0
    assert main([*library, "search", "a dog"]) == 0
    assert "souvenir index" in capsys.readouterr().err
    assert main([*library, "folders", "remove", str(tmp_path / "photos")]) == 0
    assert main([*library, "search", "a dog"]) == 0
    assert "souvenir index FOLDER" in capsys.readouterr().err


def test_photos_that_the_model_has_not_read_are_not_called_no_match(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place / "library", tmp_path / "library")
    shutil.rmtree(tmp_path / "library" / "vectors", ignore_errors=True)
    with closing(sqlite3.connect(tmp_path / "library" / "catalogue.sqlite")) as catalogue:
        catalogue.execute("DELETE FROM embeddings")
        catalogue.commit()
    assert main(["--library", str(tmp_path / "library"), "search", "a flower"]) == 0
    said = capsys.readouterr().err
    assert "has read none of the 15 photos" in said
    assert "souvenir index" in said


@pytest.mark.parametrize("words", ["a flower", "folder:nowhere", "a flower folder:nowhere"])
def test_search_starts_without_torch_or_qt(place: Path, words: str) -> None:
    code = (
        "import sys; from core.cli import main\n"
        f"main(['--library', {str(place / 'library')!r}, 'search', {words!r}])\n"
        "sys.exit(repr({'torch', 'open_clip', 'PySide6'} & set(sys.modules)))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.stderr.splitlines()[-1] == "set()"


def test_a_wrong_query_is_one_sentence(run: Run) -> None:
    code, out, remarks = run("search", "dog date:yesteryear")
    assert (code, out, remarks.count("\n")) == (1, "", 1)
    assert "yesteryear" in remarks


def test_similar_puts_the_other_motorcycle_first(run: Run, place: Path) -> None:
    photo = place / "photos" / "motorcycle.png"
    found = answer(run, "similar", photo, "--top", "4")
    assert found["query"] == str(photo)
    assert Path(found["results"][0]["path"]).name == "motorcycle from the right.png"
    assert str(photo) not in [hit["path"] for hit in found["results"]]
    only_flowers = answer(run, "similar", photo, "--words", "folder:flowers")
    assert [Path(hit["path"]).name for hit in only_flowers["results"]] == ["flower.jpg"]


def test_similar_to_a_missing_file_is_one_sentence(run: Run, tmp_path: Path) -> None:
    code, out, remarks = run("similar", tmp_path / "gone.jpg")
    assert (code, out, remarks.count("\n")) == (1, "", 1)


def test_what_is_no_file_is_called_what_it_is(run: Run, tmp_path: Path) -> None:
    for command in ("similar", "embed"):
        assert run(command, tmp_path)[2] == f"{tmp_path} is a folder: name a file in it.\n"
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        assert "is a pipe" in run("similar", tmp_path / "pipe")[2]


@pytest.mark.parametrize("words", [["models", "list"], ["embed", "--text", "a cat"]])
def test_models_and_vectors_make_no_library(tmp_path: Path, words: list[str]) -> None:
    assert main(["--library", str(tmp_path / "new"), *words]) == 0
    assert not (tmp_path / "new").exists()


def test_embed_needs_no_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(tmp_path / "new"), "embed", "--text", "a cat", "--json"]) == 0
    given = json.loads(capsys.readouterr().out)
    assert given["model"] == "starter"
    assert given["embeddings"][0]["text"] == "a cat"
    assert sum(x * x for x in given["embeddings"][0]["vector"]) == pytest.approx(1, abs=1e-4)


def test_embed_keeps_files_and_texts_in_order(run: Run, place: Path) -> None:
    cat, moon = place / "photos" / "cat.png", place / "photos" / "moon.png"
    given = answer(run, "embed", moon, "--text", "a cat", cat)["embeddings"]
    assert [next(iter(entry.items())) for entry in given] == [
        ("path", str(moon)),
        ("text", "a cat"),
        ("path", str(cat)),
    ]
    alone = answer(run, "embed", moon)["embeddings"][0]["vector"]
    assert alone == pytest.approx(given[0]["vector"], abs=1e-4)


@pytest.mark.parametrize("words", [["embed"], ["embed", "gone.jpg"]])
def test_nothing_to_embed_is_one_sentence(run: Run, words: list[str]) -> None:
    code, out, remarks = run(*words)
    assert (code, out, remarks.count("\n")) == (1, "", 1)


def test_embedding_a_broken_photo_names_it(run: Run, place: Path) -> None:
    code, out, remarks = run("embed", place / "photos" / "broken.jpg")
    assert (code, out, remarks.count("\n")) == (1, "", 1)
    assert "broken.jpg" in remarks


def test_status_tells_all(run: Run, place: Path) -> None:
    standing = answer(run, "status")
    assert standing["photos"] == standing["files"] == standing["embedded"] == len(PHOTOS)
    assert standing["folders"][0] == {
        "path": str(place / "photos"),
        "photos": len(PHOTOS),
        "files": len(PHOTOS),
        "offline": False,
    }
    assert [problem["path"] for problem in standing["failed"]] == [
        str(place / "photos" / "broken.jpg")
    ]
    assert [Path(problem["path"]).name for problem in standing["skipped"]] == ["notes.txt"]
    assert (standing["model"], standing["device"]) == ("starter", standing["device"])
    assert standing["device_reason"]
    assert standing["bytes"]["catalogue"] > 0
    _, out, _ = run("status")
    assert "Library" in out
    assert "1 file could not be read:" in out


def test_a_folder_in_whose_place_another_disk_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Disk("uuid:1", "Photos\x1b[2J")
    monkeypatch.setattr(disks, "_looked_at", lambda *_, **__: here)
    run = on_library(tmp_path / "library", capsys)
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "notes.txt").write_text("known")
    assert run("index", folder)[0] == 0
    assert answer(run, "folders", "list")[0]["offline"] is False
    here = Disk("uuid:2", "Backup")
    said = "".join(run("index")[1:])
    assert f"{folder} is offline: another disk is there, Backup in place of Photos" in said
    assert "say 'souvenir folders new-disk FOLDER'" in said
    assert "\x1b" not in said
    (listed,) = answer(run, "folders", "list")
    assert (listed["offline"], listed["other_disk"]) == (True, "Backup")
    (folder / "notes.txt").rename(tmp_path / "notes.txt")
    assert run("folders", "new-disk", folder)[0] == 1  # nothing is there
    (tmp_path / "notes.txt").rename(folder / "notes.txt")
    assert run("folders", "new-disk", folder)[0] == 0
    assert "offline" not in "".join(run("index")[1:])
    (listed,) = answer(run, "folders", "list")
    assert (listed["offline"], listed["disk"], listed["other_disk"]) == (False, "Backup", "")
    assert run("folders", "new-disk", tmp_path)[0] == 1  # not watched


def test_folders_come_and_go(run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    assert run("folders", "add", more)[0] == 0
    assert str(more) in run("folders", "list")[1]
    assert run("folders", "remove", more)[0] == 0
    assert str(more) not in run("folders", "list")[1]
    assert run("folders", "remove", more)[0] == 1


def test_models_are_listed_with_the_one_that_answers(run: Run) -> None:
    models = answer(run, "models", "list")
    assert [model["name"] for model in models if model["in_use"]] == ["starter"]
    assert models[0]["installed"]
    lines = run("models", "list")[1].splitlines()
    assert lines[0].startswith("*  starter")
    assert any("available" in line for line in lines)
    large = next(model for model in models if model["name"].startswith("ViT-L-14/"))
    assert (large["installed"], large["languages"], large["speed"]) == (False, ["en"], None)
    assert [score["data"] for score in large["scores"]] == ["Flickr30k", "COCO"]


def test_the_speed_of_a_model_is_measured_when_asked_for(run: Run) -> None:
    assert "starter: " in run("models", "measure", "starter")[1]
    speed = answer(run, "models", "list")[0]["speed"]
    assert speed["photos_per_second"] > 0
    assert speed["device"] in {"cpu", "cuda", "mps"}
    assert " photos/s (" in run("models", "list")[1].splitlines()[0]


def test_words_that_the_model_never_saw_are_said_beside_the_answer(run: Run) -> None:
    code, out, remarks = run("search", "a qwertzuiop")
    assert (code, bool(out)) == (0, True)
    assert "'qwertzuiop' is not in the starter model's vocabulary" in remarks
    assert "is a guess" in remarks
    assert answer(run, "search", "a", "dog", "with", "qwertzuiop")["unknown_words"] == [
        "qwertzuiop"
    ]
    assert "does not understand Chinese" in run("search", "海边的日落")[2]
    assert run("search", "a", "dog")[2] == ""


def test_addresses_that_make_no_sense_are_said(run: Run) -> None:
    for option in ("--mirror", "--proxy"):
        code, _, remarks = run("models", "download", "small/none", option, "nonsense")
        assert (code, "must be an address that begins with http" in remarks) == (1, True)


def test_choosing_the_model_that_answers_already_is_no_mistake(run: Run) -> None:
    assert run("models", "use", "starter")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ["models", "use", "nonsense"],
        ["models", "remove", "nonsense"],
        ["models", "download", "nonsense"],
        ["models", "import", "nonsense.safetensors"],
        ["--model", "nonsense", "search", "a dog"],
    ],
)
def test_a_model_that_is_not_there_is_one_sentence(run: Run, words: list[str]) -> None:
    code, out, remarks = run(*words)
    assert (code, out, remarks.count("\n")) == (1, "", 1)
    assert "bug" not in remarks


def test_an_imported_model_is_known_by_its_bare_name(run: Run, place: Path, tmp_path: Path) -> None:
    starter = STARTER_MODEL / "open_clip_model.safetensors"
    for odd in ("starter", "../mine", "a/b", ""):
        code, _, remarks = run("models", "import", starter, "--name", odd)
        assert (code, "cannot be called" in remarks) == (1, True)
    mine = default_model_cache() / "installed" / "local--mine"
    shutil.copytree(STARTER_MODEL, mine)
    described = json.loads((mine / "open_clip_config.json").read_text("utf-8"))
    described["souvenir"] = described.get("souvenir", {}) | {"name": "local:mine"}
    (mine / "open_clip_config.json").write_text(json.dumps(described), "utf-8")
    shutil.copytree(place / "library", tmp_path / "library")
    library = ["--library", str(tmp_path / "library")]
    said = "local:mine answers once 'souvenir index' is through; until then starter does.\n"
    assert run(*library, "models", "use", "mine")[1] == said
    listed = {model["name"]: model for model in answer(run, *library, "models", "list")}
    assert listed["local:mine"]["in_use"]
    assert listed["starter"]["answers"]
    assert "is in use" in run(*library, "models", "remove", "mine")[2]
    assert run("--model", "mine", "embed", "--text", "a cat")[0] == 0
    assert run("models", "remove", "mine")[0] == 0
    assert run(*library, "search", "a cat")[0] == 0  # the starter still answers
    code, _, remarks = run(*library, "index")
    assert (code, "'souvenir models use starter'" in remarks) == (1, True)


def test_what_rebuilding_could_not_mend_is_said(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = tmp_path / "photos" / "moon.png"
    photo.parent.mkdir()
    shutil.copyfile(place / "photos" / "moon.png", photo)
    library = ["--library", str(tmp_path / "library")]
    assert main([*library, "index", str(photo.parent)]) == 0
    shutil.rmtree(tmp_path / "library" / "thumbnails")
    photo.rename(photo.with_name("moved.png"))
    capsys.readouterr()
    assert main([*library, "rebuild"]) == 1
    assert "thumbnail" in capsys.readouterr().out


def test_verify_and_rebuild_agree(run: Run, place: Path) -> None:
    assert run("verify") == (0, "Catalogue, vectors and thumbnails agree.\n", "")
    shutil.rmtree(place / "library" / "thumbnails")
    code, out, _ = run("verify")
    assert (code, "thumbnails" in out) == (1, True)
    assert run("rebuild")[0] == 0
    assert run("verify")[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a followed folder cannot be moved away")
@pytest.mark.timeout(90)
def test_watch_says_in_a_sentence_that_a_folder_went_and_came_back(
    place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copyfile(place / "photos" / "moon.png", folder / "moon.png")
    command = ["from core.cli import main; main()", "--library", str(tmp_path / "library"), "watch"]
    with subprocess.Popen(
        [sys.executable, "-c", *command, str(folder)], stdout=subprocess.PIPE, text=True, bufsize=1
    ) as watching:
        assert watching.stdout is not None
        try:
            lines = iter(watching.stdout.readline, "")
            assert next(lines).startswith("1 added")
            folder.rename(tmp_path / "away")
            assert next(lines) == f"{folder} is offline.\n"
            (tmp_path / "away").rename(folder)
            assert next(lines) == f"{folder} is back.\n"
        finally:
            watching.send_signal(signal.SIGINT)
        assert list(lines) == []


DENIED = "This folder cannot be read: check its permissions."


def test_folders_that_cannot_be_read_are_told_until_they_can(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos"
    closed = folder / "closed"
    closed.mkdir(parents=True)
    shutil.copyfile(place / "photos" / "moon.png", closed / "moon.png")
    run = on_library(tmp_path / "library", capsys)
    assert run("index", folder)[1].startswith("1 added")
    with as_ordinary_person():
        closed.chmod(0)
        try:
            code, out, _ = run("index")
            assert code == 0
            assert out.startswith("Nothing new")
            assert out.endswith(f"1 folder could not be read:\n  {closed}: {DENIED}\n")
            assert answer(run, "index")["unread"] == [{"path": str(closed), "reason": DENIED}]
            standing = answer(run, "status")
            assert standing["unread"] == [{"path": str(closed), "reason": DENIED}]
            assert (standing["photos"], standing["failed"]) == (1, [])
            assert f"1 folder could not be read:\n  {closed}: {DENIED}\n" in run("status")[1]
        finally:
            closed.chmod(0o755)
    assert answer(run, "index") | {"seconds": 0} == {
        "added": 0,
        "updated": 0,
        "moved": 0,
        "removed": 0,
        "offline": 0,
        "embedded": 0,
        "failed": [],
        "skipped": [],
        "unread": [],
        "seconds": 0,
        "cancelled": False,
    }
    assert answer(run, "status")["unread"] == []


def test_watch_tells_of_folders_that_cannot_be_read_and_can_again(
    place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    closed = folder / "closed"
    closed.mkdir(parents=True)
    shutil.copyfile(place / "photos" / "moon.png", folder / "moon.png")
    command = ["from core.cli import main; main()", "--library", str(tmp_path / "library"), "watch"]
    with subprocess.Popen(
        [*command_of_ordinary_person(), sys.executable, "-c", *command, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as watching:
        assert watching.stdout is not None
        try:
            lines = iter(watching.stdout.readline, "")
            assert next(lines).startswith("1 added")
            closed.chmod(0)
            assert next(lines) == f"{closed}: {DENIED}\n"
            closed.chmod(0o755)
            assert next(lines) == f"{closed} can be read again.\n"
            shutil.copyfile(place / "photos" / "coffee.png", closed / "coffee.png")
            assert next(lines) == f"+ {closed / 'coffee.png'}\n"
        finally:
            watching.send_signal(signal.SIGINT)
        assert list(lines) == []
    assert watching.returncode == 0


def test_watch_follows_trees_of_any_depth(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copyfile(place / "photos" / "moon.png", folder / "moon.png")
    command = ["from core.cli import main; main()", "--library", str(tmp_path / "library"), "watch"]
    with (
        deep_tree(folder, 1500) as deepest,
        subprocess.Popen(
            [sys.executable, "-c", *command, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        ) as watching,
    ):
        assert watching.stdout is not None
        try:
            lines = iter(watching.stdout.readline, "")
            assert next(lines).startswith("1 added")
            shutil.copyfile(place / "photos" / "coffee.png", deepest / "coffee.png")
            assert next(lines) == f"+ {deepest / 'coffee.png'}\n"
        finally:
            watching.send_signal(signal.SIGINT)
        assert list(lines) == []
    assert watching.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="such names exist on Linux only")
def test_a_file_name_that_is_no_text_is_found_and_written_as_it_is(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copyfile(place / "photos" / "moon.png", folder / NOT_TEXT)
    library = ["--library", str(tmp_path / "library")]
    assert main([*library, "index", str(folder)]) == 0
    capsys.readouterr()
    assert main([*library, "search", "the moon", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["results"][0]["path"] == str(folder / NOT_TEXT)
    listed = subprocess.run(
        [sys.executable, "-c", "from core.cli import main; main()", *library, "search", "the moon"],
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert os.fsencode(folder / NOT_TEXT) in listed.stdout


def hit(name: str, *, likely: bool) -> Hit:
    return Hit(f"/photos/{name}", 1, 0.2, 0.8 if likely else 0.05, likely)


POOR = "Nothing matches 'a dog' well."


def test_a_line_says_where_less_likely_photos_begin() -> None:
    lines = listing([hit("a", likely=True), hit("b", likely=False)], POOR, Terminal())
    assert lines == [" 80%  /photos/a", "—— less likely ——", "  5%  /photos/b"]
    assert listing([hit("a", likely=True)], POOR, Terminal()) == [" 80%  /photos/a"]
    assert listing([], POOR, Terminal()) == []


def test_when_nothing_fits_well_it_is_said_first() -> None:
    lines = listing([hit("b", likely=False)], POOR, Terminal())
    assert lines == [POOR, "—— less likely ——", "  5%  /photos/b"]


def test_a_run_is_summed_up_in_a_sentence() -> None:
    assert sentence(IndexReport(added=1204, moved=2, seconds=4.24)) == (
        "1,204 added, 2 moved in 4.2 s."
    )
    assert sentence(IndexReport(embedded=7, seconds=1)) == "7 photos embedded in 1.0 s."
    assert sentence(IndexReport(seconds=0.1)) == "Nothing new in 0.1 s."
    assert sentence(IndexReport(added=3, seconds=9, cancelled=True)) == (
        "Stopped after 9.0 s: 3 added. Run it again to go on."
    )
