"""Ranking: filters first, then nearest by words or photo, exclusion, and the relevance cut-off."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.listing import photo_ids
from core.catalog.matching import matching_ids
from core.embedding.text import thread_pools
from core.search.calibration import MATCHES, Calibration, calibrate, relevances

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue
    from core.search.prompts import Prompts
    from core.search.query import Query
    from core.search.ruler import Ruler, Rulers
    from core.vectors.index import VectorIndex

_Ranked = tuple["NDArray[np.int64]", "NDArray[np.float32]", "NDArray[np.float32]"]

# Photos that stand for all others when a photo is the query.
_OTHER_PHOTOS = 128
# So many of the nearest are ranked by evidence at least: which comes first does not depend on how
# many are shown.
_LOOKED_AT = 128
_PAGE = 2048


@dataclass(frozen=True)
class SearchResults:
    """Photos, best first: ids int64, cosines float32, relevances float32 (0…1), each (n,).

    Relevances never rise. `cut`: how many are relevant; they come first. Without words or a photo
    to compare with, scores are 0, relevances 1, and the newest photo comes first. `query`: its
    words.
    """

    query: str
    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    relevances: NDArray[np.float32]
    cut: int
    seconds: float


def never() -> bool:
    """Not cancelled."""
    return False


def search_photos(
    catalogue: Catalogue,
    index: VectorIndex | None,
    prompts: Prompts | None,
    rulers: Rulers | None,
    query: Query,
    *,
    top: int,
    exact: bool = False,
    cancelled: Callable[[], bool] = never,
    image_vector: NDArray[np.float32] | None = None,
) -> SearchResults:
    """The `top` photos for a query, for a photo's unit vector (dim,), or for both.

    `index`, `prompts` and `rulers` are of one model; they may be None where the query has only
    filters. Once `cancelled` says so, the result is empty. Raises CatalogueError and ModelError.
    """
    began = time.perf_counter()
    task = _Task(catalogue, index, prompts, rulers, query, top, exact, cancelled)
    try:
        task.check()
        # On a busy computer, threads that share one small product wait for each other far longer
        # than the product takes.
        with thread_pools().limit(limits=1, user_api="blas"):
            ids, scores, found = task.run(image_vector)
    except _CancelledError:
        ids, scores, found = np.empty(0, np.int64), *np.empty((2, 0), np.float32)
    cut = int(np.count_nonzero(found >= 0.5))
    return SearchResults(query.text, ids, scores, found, cut, time.perf_counter() - began)


class _CancelledError(Exception):
    """Nobody waits for this search any more."""


@dataclass(frozen=True)
class _Task:
    """One search; see search_photos."""

    catalogue: Catalogue
    index: VectorIndex | None
    prompts: Prompts | None
    rulers: Rulers | None
    query: Query
    top: int
    exact: bool
    cancelled: Callable[[], bool]

    def check(self) -> None:
        """Between any two steps: stop if nobody waits."""
        if self.cancelled():
            raise _CancelledError

    def run(self, image_vector: NDArray[np.float32] | None) -> _Ranked:
        """Ids, cosines and relevances, best first."""
        if self.query.text or image_vector is not None:
            return self.by_content(image_vector)
        ids = self.newest_first()
        return ids, np.zeros(len(ids), np.float32), np.ones(len(ids), np.float32)

    def newest_first(self) -> NDArray[np.int64]:
        """The first photos that pass the filters and match nothing excluded."""
        limit = None if self.query.excluded else self.top
        with self.catalogue.reader() as c:
            newest = photo_ids(c, "taken", descending=True, filters=self.query.filters, limit=limit)
        if limit is not None:
            return newest
        index = self._index()
        ruler = self._ruler()
        if ruler is None:
            return newest[: self.top]
        excluded = _Excluded(ruler, self._prompts(), self.query.excluded)
        found = [newest[:0]]
        missing = self.top
        for start in range(0, len(newest), _PAGE):
            self.check()
            page = newest[start : start + _PAGE]
            # Photos that no model has seen yet match nothing.
            keep = np.ones(len(page), np.bool_)
            here, vectors = index.known_vectors(page)
            keep[here] = excluded.keeps(vectors)
            found.append(page[keep][:missing])
            missing -= len(found[-1])
            if missing == 0:
                break
        return np.concatenate(found)

    def by_content(self, image_vector: NDArray[np.float32] | None) -> _Ranked:
        """The nearest photos by words, a photo or both: ids, cosines, relevances."""
        index = self._index()
        with self.catalogue.reader() as c:
            allowed = matching_ids(c, self.query.filters)
        self.check()
        ruler = self._ruler()
        if ruler is None:
            return np.empty(0, np.int64), *np.empty((2, 0), np.float32)
        vector, calibration = _target(self._prompts, self.query.text, image_vector, ruler)
        excluded = _Excluded(ruler, self._prompts(), self.query.excluded)
        wanted = max(self.top, _LOOKED_AT)
        ask = wanted
        while True:
            self.check()
            ids, scores = index.search(vector, ask, allowed=allowed, exact=self.exact)
            asked = len(ids)
            # A photo may have gone between the two calls.
            here, vectors = index.known_vectors(ids)
            keep = excluded.keeps(vectors)
            ids, scores, vectors = ids[here][keep], scores[here][keep], vectors[keep]
            if len(ids) >= wanted or asked < ask:
                break
            ask *= 4
        self.check()
        ids, scores, vectors = ids[:wanted], scores[:wanted], vectors[:wanted]
        evidence = calibration.evidence(vector, vectors)
        best = np.argsort(-evidence, kind="stable")[: self.top]
        return ids[best], scores[best], relevances(evidence[best])

    def _ruler(self) -> Ruler | None:
        """What photos are measured by; None: there are none."""
        if self.rulers is None:
            raise ValueError("words and photos need a ruler")
        index = self._index()
        return self.rulers.of(len(index), index.sample)

    def _index(self) -> VectorIndex:
        if self.index is None:
            raise ValueError("words and photos need a vector index")
        return self.index

    def _prompts(self) -> Prompts:
        if self.prompts is None:
            raise ValueError("words and photos need a text encoder")
        return self.prompts


def _target(
    prompts: Callable[[], Prompts],
    text: str,
    image_vector: NDArray[np.float32] | None,
    ruler: Ruler,
) -> tuple[NDArray[np.float32], Calibration]:
    """The unit vector to look for, and what tells relevant from irrelevant."""
    if image_vector is None:
        return prompts().vectors([text])[0], ruler.calibration
    # Photos are nearer to each other than to any text: they compete with photos.
    sample = ruler.sample
    others = sample[:: max(1, len(sample) // _OTHER_PHOTOS)]
    vector = image_vector / np.linalg.norm(image_vector)
    if text:
        words = prompts().vectors([text])[0]
        # Photo and words pull alike: each is measured by how far its scores spread here.
        both = vector / _spread(sample @ vector) + words / _spread(sample @ words)
        vector = both / np.linalg.norm(both)
    return vector.astype(np.float32), calibrate(others, sample)


def _spread(scores: NDArray[np.float32]) -> float:
    return max(float(scores.std()), 1e-3)


class _Excluded:
    """What must not match. It looks at each photo alone: subtracting vectors excludes nothing."""

    def __init__(self, ruler: Ruler, prompts: Prompts, phrases: tuple[str, ...]) -> None:
        self._calibration = ruler.calibration
        self._classifiers = prompts.vectors(phrases) if phrases else ()

    def keeps(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which photos, by their vectors (n, dim), match none of the phrases: (n,)."""
        kept = np.ones(len(vectors), np.bool_)
        for classifier in self._classifiers:
            kept &= self._calibration.evidence(classifier, vectors) < MATCHES
        return kept
