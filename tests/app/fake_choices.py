"""What the settings need of the library: choices, models, device, sizes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from core.embedding.curated import Score
from core.embedding.speeds import Speed
from core.embedding.vocabulary import Vocabulary
from core.errors import ModelDownloadError, ModelError, SouvenirError
from core.events import Events, ModelChanged
from core.search.knowing import Gaps, find_gaps
from core.search.query import parse_query


@dataclass(frozen=True)
class FakeSettings:
    model: str = "starter"
    device: str = "auto"
    speed: str = "normal"
    polling: bool = False
    ignore: tuple[str, ...] = ()
    model_until_ready: str = ""
    mirror: str = ""
    proxy: str = ""


@dataclass(frozen=True)
class FakeModel:
    name: str
    installed: bool
    description: str
    bytes: int
    licence: str = "MIT"
    languages: tuple[str, ...] = ("en",)
    scores: tuple[Score, ...] = ()
    package: str = ""
    speed: Speed | None = None
    fetched: int = 0


LARGE = "ViT-L-14/datacomp_xl_s13b_b90k"
STARTER_ABOUT = "Comes with Souvenir: small and fast, for everyday things in photos."
LARGE_ABOUT = "The most accurate: 428 million weights; slow without a GPU."


class FakeChoices:
    """Settings and models in memory; a download takes `download_steps` steps of 5 ms."""

    events: Events
    directory: Path
    failed: tuple[Any, ...]
    download_steps = 3
    download_error: SouvenirError | None = None  # what a download meets with half way
    vocabulary: Vocabulary | None = None  # None: nothing is said of unknown words
    takes_long = False  # whether another model must look at all photos before it answers
    refusal: SouvenirError | None = None  # what a change of the settings meets with
    model_error = ""  # why no model answers

    def __init__(self) -> None:
        self.shelf = self
        self.settings = FakeSettings()
        self.models_known = {
            "starter": FakeModel("starter", True, STARTER_ABOUT, 12_400_000),
            LARGE: FakeModel(
                LARGE, False, "The most accurate: 428 million weights.", 1_710_000_000
            ),
        }

    def _note(self, call: str) -> None:
        raise NotImplementedError

    def change_settings(self, **changes: Any) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.settings = replace(self.settings, **changes)

    def models(self) -> list[FakeModel]:
        return list(self.models_known.values())

    def use_model(self, name: str) -> None:
        self._note("use_model")
        self.model_error = ""
        before = self.settings.model if self.takes_long else ""
        self.settings = replace(self.settings, model=name, model_until_ready=before)
        self.events.emit(ModelChanged(name))

    def is_ready(self) -> None:
        """The new model is through with all photos."""
        self.settings = replace(self.settings, model_until_ready="")
        self.events.emit(ModelChanged(self.settings.model))

    def gaps(self, query: str) -> Gaps:
        return find_gaps(parse_query(query), "starter", self.vocabulary, ("en",))

    def measure(self, name: str, _cancelled: Callable[[], bool]) -> None:
        speed = Speed(62.4, 0.004, "cpu", 1_700_000_000.0)
        self.models_known[name] = replace(self.models_known[name], speed=speed)

    def discard(self, name: str) -> None:
        self.models_known[name] = replace(self.models_known[name], fetched=0)

    def download(
        self,
        name: str,
        progress: Callable[[int, int | None], None],
        cancelled: Callable[[], bool],
    ) -> FakeModel:
        model = self.models_known[name]
        for step in range(1, self.download_steps + 1):
            if cancelled():
                raise ModelDownloadError("Cancelled: what was fetched stays for the next try.")
            done = model.bytes * step // self.download_steps
            self.models_known[name] = replace(model, fetched=done)
            progress(done, model.bytes)
            time.sleep(0.005)
            if self.download_error is not None and step * 2 > self.download_steps:
                raise self.download_error
        self.models_known[name] = replace(model, installed=True)
        return self.models_known[name]

    def import_model(self, checkpoint: Path, *, arch: str | None, name: str | None) -> FakeModel:
        if arch is None and not checkpoint.is_dir():
            raise ModelError(f"Which architecture is {checkpoint.name}? Name it.")
        made = FakeModel(f"local:{name or checkpoint.stem}", True, "", 600_000_000)
        self.models_known[made.name] = made
        return made

    def remove(self, name: str) -> None:
        del self.models_known[name]

    def status(self, *, sizes: bool = True) -> Any:
        self._note("status")
        if self.model_error:
            raise ModelError(self.model_error)
        wish = self.settings.device
        return SimpleNamespace(
            failed=tuple(each for each in self.failed if not each.is_folder),
            unread=tuple(each for each in self.failed if each.is_folder),
            model=self.settings.model_until_ready or self.settings.model,
            coming=self.settings.model if self.settings.model_until_ready else "",
            device="cpu",
            device_reason="The CPU is used because the settings say so."
            if wish == "cpu"
            else "The CPU is used because there is no NVIDIA driver.",
            bytes_on_disk={"catalogue": 42_000_000, "thumbnails": 1_300_000_000, "vectors": 9_000}
            if sizes
            else {},
        )
