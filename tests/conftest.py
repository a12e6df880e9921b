"""What every test stands on: real photos where they are, no leaks, nobody's own library touched."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from core.imaging import processes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SOON = 30.0
"""Seconds in which a thread that is told to end does so, on a machine that is slow and busy."""

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


WINDOWS = tuple(Path(__file__).parent / folder for folder in ("app", "e2e"))


def pytest_configure(config: pytest.Config) -> None:
    """Have tests that were run once more be told of, with what they failed by."""
    if config.pluginmanager.hasplugin("rerunfailures"):
        config.option.rerun_show_tracebacks = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have a test of windows that fails run once more (see CONTRIBUTING)."""
    if config.pluginmanager.hasplugin("rerunfailures"):
        for item in items:
            if any(item.path.is_relative_to(folder) for folder in WINDOWS):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real photos beside the project."""
    if not SHARED.is_dir():
        pytest.skip("needs the real photos in ../shared, which are not here")
    return SHARED


@pytest.fixture(scope="module")
def torch_at_hand() -> Iterator[None]:
    """Start processes that build models from one that has open_clip already.

    Each takes seconds to import it otherwise, as it does for a person once for a model.
    """
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "_PRELOADED", [*processes._PRELOADED, "open_clip"])
        yield
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


@pytest.fixture
def short_path() -> Iterator[Path]:
    """An empty folder for sockets, whose paths have at most a hundred letters: tmp_path is long."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the library and models of whoever runs it."""
    monkeypatch.setenv("SOUVENIR_LIBRARY", str(tmp_path / "default-library"))
    monkeypatch.setenv("SOUVENIR_MODELS", str(tmp_path / "models"))


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Every thread that a test starts has ended by its end (daemons of libraries included)."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + SOON
    while leaked := [t for t in threading.enumerate() if t not in before and t.is_alive()]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads were left running: {[thread.name for thread in leaked]}")
        time.sleep(0.02)
