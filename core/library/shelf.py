"""The models of this computer: which there are, getting them, timing them, letting them go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.embedding import install
from core.embedding.encoder_process import EncoderProcess
from core.embedding.models import Model, ModelInfo, find_model, list_models
from core.embedding.network import Network
from core.embedding.speeds import Speed, measure_speed, remember_speed
from core.embedding.text import numpy_text_encoder
from core.errors import SouvenirError
from core.library.engines import Engines
from core.paths import default_model_cache


def _never() -> bool:
    return False


class Shelf:
    """All libraries share these models. Safe to use from several threads."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    def models(self) -> list[ModelInfo]:
        """Every model that is installed or can be had."""
        return list_models(default_model_cache())

    def download(
        self,
        name: str,
        progress: Callable[[int, int | None], None] | None = None,
        cancelled: Callable[[], bool] = _never,
        *,
        network: Network | None = None,
    ) -> Model:
        """Install a model from its hub: bytes done and, where known, in total go to `progress`.

        One that was paused goes on. `network`: None goes by the settings.
        """
        settings = self._engines.settings
        return install.download_model(
            name,
            default_model_cache(),
            progress=progress,
            cancel=cancelled,
            network=network or Network(settings.mirror.rstrip("/"), settings.proxy),
        )

    def discard(self, name: str) -> None:
        """Give up what a paused download has left."""
        install.discard_download(name, default_model_cache())

    def import_model(self, source: Path, *, arch: str | None, name: str | None) -> Model:
        """Install a model from a checkpoint file, or a folder that holds one."""
        return install.import_model(source, default_model_cache(), arch=arch, name=name)

    def remove(self, name: str) -> None:
        """Delete an installed model's weights; embeddings made with it stay."""
        settings = self._engines.settings
        if name and name in {settings.model, settings.model_until_ready}:
            raise SouvenirError(
                f"{name} is in use: choose another with 'souvenir models use' first."
            )
        install.remove_model(name, default_model_cache())

    def measure(self, name: str, cancelled: Callable[[], bool] = _never) -> Speed:
        """Time an installed model on the device of the settings, and remember it.

        Takes some seconds. Raises ModelError, and CancelledError.
        """
        cache = default_model_cache()
        model = find_model(name, cache)
        texts = numpy_text_encoder(model)
        process = EncoderProcess(
            model, device=self._engines.settings.device, cache=cache, cancelled=cancelled
        )
        try:
            encode = process.encode_texts if texts is None else texts.encode_texts
            side = model.model_input.size
            speed = measure_speed(process, side, encode, cancelled=cancelled)
        finally:
            process.close()
        remember_speed(model.key, speed, cache)
        return speed
