"""Photos that fit words, remembered while nothing changes that they depend on.

An automatic album with words stands for the same photos in every query that names it, while that is
typed letter by letter, and to find them may take a second among many photos.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.catalog.catalogue import Catalogue
from core.catalog.filters import PhotosFilter
from core.catalog.matching import matching_ids, passing_ids
from core.library.answers import Answers
from core.search.query import Query
from core.vectors.index import VectorIndex

_MOST = 2_000_000  # photos in all answers together: 16 MB


class FittingPhotos:
    """Answers queries with words whose filters name no album. Safe from any thread."""

    def __init__(self, catalogue: Catalogue, answers: Callable[[], Answers]) -> None:
        self._catalogue = catalogue
        self._answers = answers
        self._lock = threading.Lock()
        self._index: tuple[VectorIndex, int] | None = None  # with its version
        self._known: OrderedDict[Hashable, NDArray[np.int64]] = OrderedDict()

    def find(self, query: Query, cancelled: Callable[[], bool]) -> NDArray[np.int64]:
        """Every photo that comes before the line: int64 (n,), sorted."""
        answers = self._answers()
        with self._catalogue.reader() as c:
            # Without words, photos that no model has seen yet match nothing, and are not left out.
            among = (matching_ids if query.text else passing_ids)(c, query.filters)
        if among is not None:
            query = replace(query, filters=(PhotosFilter(among),))
        index = answers.engine.current_index()
        mark = (index, index.version)
        key = (query.text, query.excluded, None if among is None else _digest(among))
        with self._lock:
            if self._index != mark:
                self._index = mark
                self._known.clear()
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = np.sort(answers.fitting(query, cancelled=cancelled))
        with self._lock:
            if not cancelled() and self._index == mark:
                self._known[key] = found
                while len(self._known) > 1 and sum(map(len, self._known.values())) > _MOST:
                    self._known.popitem(last=False)
        return found


def _digest(ids: NDArray[np.int64]) -> bytes:
    return hashlib.blake2b(ids.tobytes(), digest_size=16).digest()
