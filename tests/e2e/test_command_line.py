"""The command line as a script would use it: real processes, real photos, the shipped model."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.catalog import embeddings
from core.catalog.catalogue import Catalogue
from core.embedding.models import find_model
from core.paths import LibraryPaths, default_model_cache
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import copy_sample_photos

KILLS = 5


def command(library: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "app", "--library", str(library), *map(str, arguments)]


def souvenir(library: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(library, *arguments),
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )


def answer(library: Path, *arguments: str | Path) -> Any:
    done = souvenir(library, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A library and its folder of sample photographs."""
    root = tmp_path_factory.mktemp("indexed")
    copy_sample_photos(root / "photos")
    report = answer(root / "library", "index", root / "photos")
    assert report["failed"] == []
    return root / "library", root / "photos"


def test_index_then_search_by_description(indexed: tuple[Path, Path]) -> None:
    library, folder = indexed
    found = answer(library, "search", "a red motorcycle", "--top", "5")
    assert (found["query"], found["model"]) == ("a red motorcycle", "starter")
    assert found["seconds"] >= 0
    relevances = [result["relevance"] for result in found["results"]]
    assert len(relevances) == 5
    assert relevances == sorted(relevances, reverse=True)
    paths = [Path(result["path"]) for result in found["results"]]
    assert all(path.is_absolute() and path.is_relative_to(folder) for path in paths)
    assert "motorcycle" in paths[0].name


def test_exact_search_gives_the_same(indexed: tuple[Path, Path]) -> None:
    library, _ = indexed
    quick = answer(library, "search", "a cat", "--top", "9")["results"]
    assert quick == answer(library, "search", "a cat", "--top", "9", "--exact")["results"]


def test_embeddings_come_normalised_in_the_order_given(indexed: tuple[Path, Path]) -> None:
    library, folder = indexed
    china, flower = next(folder.rglob("china.jpg")), next(folder.rglob("flower.jpg"))
    given = answer(library, "embed", china, "--text", "a flower", "--text", "a temple", flower)
    entries = given["embeddings"]
    given_back = [entry.get("path") or entry.get("text") for entry in entries]
    assert given_back == [str(china), "a flower", "a temple", str(flower)]
    vectors = np.array([entry["vector"] for entry in entries])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_wrong_query_is_one_sentence_and_exit_code_1(indexed: tuple[Path, Path]) -> None:
    library, _ = indexed
    done = souvenir(library, "search", "sunset date:yesteryear")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "yesteryear" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_exit_code_2(indexed: tuple[Path, Path]) -> None:
    assert souvenir(indexed[0], "search").returncode == 2


def test_a_second_writer_is_told_who_holds_the_library(indexed: tuple[Path, Path]) -> None:
    library, _ = indexed
    with subprocess.Popen(
        command(library, "watch"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watching:
        try:
            assert watching.stderr is not None
            while "Following" not in watching.stderr.readline():
                assert watching.poll() is None
            second = souvenir(library, "index")
            assert second.returncode == 1
            assert str(watching.pid) in second.stderr
            assert answer(library, "search", "a flower", "--top", "3")["results"]
        finally:
            watching.send_signal(signal.SIGINT)
            watching.communicate(timeout=PATIENCE)


def test_verify_finds_damage_to_the_caches_and_rebuild_mends_it(
    indexed: tuple[Path, Path],
) -> None:
    library, _ = indexed
    assert souvenir(library, "verify").returncode == 0
    thumbnails = sorted((library / "thumbnails").rglob("*.jpg"))
    thumbnails[0].unlink()
    thumbnails[1].write_bytes(b"\xff\xd8 half a thumbn")
    with closing(sqlite3.connect(LibraryPaths(library).catalogue)) as damage:
        damage.execute("UPDATE embeddings SET vector = zeroblob(length(vector)) WHERE photo_id = 1")
        damage.commit()
    broken = souvenir(library, "verify")
    assert broken.returncode == 1
    assert "thumbnail" in broken.stdout + broken.stderr
    assert "embedding" in broken.stdout + broken.stderr
    assert souvenir(library, "rebuild").returncode == 0
    assert souvenir(library, "verify").returncode == 0


def test_filters_need_no_model(indexed: tuple[Path, Path]) -> None:
    library, _ = indexed
    settings = LibraryPaths(library).settings
    settings.write_text('{"model": "local:gone"}', "utf-8")
    try:
        assert "flower.jpg" in souvenir(library, "search", "name:flower").stdout
    finally:
        settings.unlink()


def test_kill_9_at_any_moment_of_indexing_loses_nothing(tmp_path: Path) -> None:
    """benchmarks/kill9.py does the same fifty times on more photos."""
    folder, library = tmp_path / "photos", tmp_path / "library"
    copy_sample_photos(folder)
    for original in list(folder.rglob("*.*")):
        with Image.open(original) as image:
            for edge in range(1, 9):
                cropped = image.convert("RGB").crop((edge, edge, image.width, image.height))
                cropped.save(folder / f"{original.stem}-{edge}.jpg")
    chance = random.Random(9)
    finished: dict[int, int] = {}
    for _ in range(KILLS):
        with subprocess.Popen(
            command(library, "index", folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as indexing:
            time.sleep(chance.uniform(2.0, 9.0))
            os.killpg(indexing.pid, signal.SIGKILL)
        if not LibraryPaths(library).catalogue.exists():
            continue
        check = souvenir(library, "verify")
        assert check.returncode == 0, check.stdout + check.stderr
        now = embedding_sequence(library)
        assert finished.items() <= now.items(), "a finished photo was embedded again"
        finished = now
    report = answer(library, "index", folder)
    assert report["failed"] == []
    assert finished.items() <= embedding_sequence(library).items()
    assert souvenir(library, "verify").returncode == 0


def embedding_sequence(library: Path) -> dict[int, int]:
    """Photo id → the number its embedding got when it was stored; a new embedding has a new one."""
    catalogue = Catalogue(LibraryPaths(library).catalogue, read_only=True)
    key = find_model("starter", default_model_cache()).key
    try:
        with catalogue.reader() as connection:
            model_id = embeddings.find_model_id(connection, key)
            if model_id is None:
                return {}
            one_by_one = embeddings.iterate_embeddings(connection, model_id, chunk=1)
            return {int(ids[0]): sequence for ids, _, sequence in one_by_one}
    finally:
        catalogue.close()
