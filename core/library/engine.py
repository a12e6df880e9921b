"""What belongs to one model of a library: its encoder's worker, vector index and indexer."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import drop_unusable, find_model_id, last_seq
from core.embedding.devices import DeviceChoice, remember_device, remembered_device
from core.embedding.models import Model
from core.embedding.vocabulary import read_vocabulary
from core.embedding.worker import EmbeddingWorker
from core.events import DeviceChosen, Events, Trouble
from core.imaging.budget import MemoryBudget
from core.indexing.pace import Pacing
from core.paths import LibraryPaths, default_model_cache
from core.search.knowing import is_known
from core.search.prompts import Prompts
from core.search.ruler import Rulers
from core.settings import Settings
from core.vectors.index import VectorIndex
from core.vectors.store import catch_up, open_index

if TYPE_CHECKING:
    from core.indexing.indexer import Indexer


class WorkerTexts:
    """Texts through the worker, where they overtake the batches of indexing."""

    def __init__(self, worker: EmbeddingWorker) -> None:
        self._worker = worker

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Normalised embeddings, float32 (n, dim)."""
        return self._worker.encode_texts(texts).result()


class Engine:
    """Everything that is replaced as a whole when another model is chosen.

    The vector index is opened at first need, so that what needs none (folders, filters) starts at
    once; the worker loads its model on its own thread, also at first need.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        paths: LibraryPaths,
        model: Model,
        settings: Settings,
        events: Events,
        budget: MemoryBudget,
        *,
        device: str,
    ) -> None:
        self.model = model
        self._models = default_model_cache()
        self.worker = EmbeddingWorker(
            model,
            device=device,
            cache=self._models,
            on_device=self._device_chosen,
            budget=budget,
        )
        self.texts = WorkerTexts(self.worker)
        weights = model.key.rpartition("@")[2]
        self.prompts = Prompts(self.texts, cache=paths.prompts / f"{weights}.npy")
        self.rulers = Rulers(catalogue, model.key, self.prompts.background)
        self.ignore = (*settings.ignore, str(paths.root))
        self._catalogue = catalogue
        self._paths = paths
        self._pacing = Pacing(settings.speed, settings.decode_workers)
        self._events = events
        self._budget = budget
        self._device = device
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._indexer: Indexer | None = None
        self._seq = 0

    def close(self) -> None:
        """Stop the indexer, join the worker and the index. No run may be under way."""
        if self._indexer is not None:
            self._indexer.close()
        self.worker.close()
        if self._index is not None:
            self._index.close()

    @property
    def indexer(self) -> Indexer:
        """What brings the library up to date under this model."""
        with self._lock:
            if self._indexer is not None:
                return self._indexer
        # Only now: searching needs nothing of it, and the first photos are on screen before it.
        from core.indexing.indexer import Indexer

        index = self.current_index()
        with self._lock:
            if self._indexer is None:
                self._indexer = Indexer(
                    self._catalogue,
                    self._paths,
                    self.model,
                    self.worker,
                    index,
                    self._events,
                    ignore=self.ignore,
                    pacing=self._pacing,
                    budget=self._budget,
                )
            return self._indexer

    def knows(self, text: str) -> bool:
        """Whether the model knows any word of a text that shows something.

        Raises ModelError when the list of its words cannot be read.
        """
        return is_known(text, read_vocabulary(self.model.weights.parent), self.model.languages)

    def change_settings(self, settings: Settings) -> None:
        """Go by other settings; `ignore` from the next run on. Not for another model or device."""
        self._pacing.choose(settings.speed, settings.decode_workers)
        with self._lock:
            self.ignore = (*settings.ignore, str(self._paths.root))
            if self._indexer is not None:
                self._indexer.ignore = self.ignore

    def current_index(self) -> VectorIndex:
        """The vector index; a reader beside a writer takes in what that wrote first."""
        with self._lock:
            if self._index is None:
                self._seq = self._last_seq()
                self._index = open_index(self._catalogue, self.model, self._paths.vectors)
            elif self._catalogue.read_only:
                self._seq = catch_up(self._catalogue, self.model, self._index, self._seq)
            return self._index

    def _last_seq(self) -> int:
        with self._catalogue.reader() as connection:
            model_id = find_model_id(connection, self.model.key)
            return 0 if model_id is None else last_seq(connection, model_id)

    def forget(self, photo_ids: Sequence[int]) -> None:
        """Photos went without indexing having seen it (their folder was removed)."""
        with self._lock:
            if self._index is not None and photo_ids:
                self._index.remove(np.array(photo_ids, np.int64))

    def drop_unusable_embeddings(self) -> None:
        """Give up damaged embeddings of this model; the next run of the indexer makes them anew."""
        with self._catalogue.transaction() as tx:
            model_id = find_model_id(tx, self.model.key)
            if model_id is not None:
                drop_unusable(tx, model_id)

    def rebuild_index(self) -> None:
        """Make the vector index anew from the catalogue's embeddings. No run may be under way."""
        with self._lock:
            if self._indexer is not None:
                self._indexer.close()
                self._indexer = None
            if self._index is not None:
                self._index.close()
                self._index = None
            shutil.rmtree(self._paths.vectors, ignore_errors=True)
        self.current_index()

    def device(self) -> DeviceChoice | None:
        """The device that embeds, or did last time, with the reason; None: no photo was yet."""
        return self.worker.device or remembered_device(self._models, self._device)

    def _device_chosen(self, choice: DeviceChoice) -> None:
        """Tell it, and for the next start note it: only loading the model finds it out."""
        remember_device(self._models, self._device, choice)
        self._events.emit(DeviceChosen(choice.name, choice.reason))
        if choice.fallback:
            self._events.emit(Trouble(choice.reason))
