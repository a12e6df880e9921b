"""Searching a library: by words, by a photo, by both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.catalog import embeddings, files
from core.catalog.catalogue import Catalogue
from core.catalog.filters import Filter
from core.catalog.listing import photo_ids
from core.embedding.views import all_views, one_each
from core.embedding.vocabulary import read_vocabulary
from core.errors import SouvenirError
from core.library.engine import Engine
from core.library.pictures import Pictures
from core.search.knowing import Gaps, find_gaps
from core.search.query import Query, parse_query
from core.search.ranking import SearchResults, never, search_photos

_GUESS = 0.49  # what a guess's relevance is multiplied by, so that it never reaches the line
LOOKED_THROUGH = (1_000, 20_000, 100_000)
"""Results that are looked at for a description: more of them where all those are before the line.

Their vectors are in memory meanwhile."""
_ALL = 2**62

Meant = Callable[[Sequence[Filter], Callable[[], bool]], tuple[Filter, ...]]
T = TypeVar("T")


@dataclass(frozen=True)
class Answers:
    """Answers from one model, which `open_engine` opens: a query of filters alone needs none.

    Another engine may take its place at any moment. Whatever is asked is answered by one of them
    alone: vectors of two models cannot be compared. `meant` puts the photos of albums in the place
    of their names. `pictures` opens files that are given, in processes of its own.
    """

    catalogue: Catalogue
    open_engine: Callable[[], Engine]
    meant: Meant
    pictures: Pictures

    @property
    def engine(self) -> Engine:
        """The model's engine, opened at first need."""
        return self.open_engine()

    def search(
        self,
        query: str,
        *,
        top: int,
        exact: bool,
        cancelled: Callable[[], bool],
        filters: Sequence[Filter] = (),
    ) -> SearchResults:
        """Photos for a description among those that pass `filters`; raises QueryError."""
        asked = self._within(parse_query(query), filters, cancelled)
        search = partial(self._search, asked, top, exact=exact, cancelled=cancelled)
        return self._ask(search) if asked.text or asked.excluded else search(None)

    def similar(
        self,
        photo: int | Path,
        *,
        words: str,
        top: int,
        cancelled: Callable[[], bool],
        filters: Sequence[Filter] = (),
    ) -> SearchResults:
        """Photos like one of the library (id) or any file; that photo itself is left out."""
        query = self._within(parse_query(words), filters, cancelled)
        photo_id = photo if isinstance(photo, int) else self._photo_at(photo)

        def search(engine: Engine) -> SearchResults:
            vector = None if photo_id is None else self._embedding_of(photo_id, engine)
            if vector is None:
                if isinstance(photo, int):
                    raise SouvenirError(
                        "That photo is not indexed yet: wait for indexing, then retry."
                    )
                vector = self._embed_files([photo], engine)[0]
            return self._search(
                query, top + 1, engine, exact=False, cancelled=cancelled, image=vector
            )

        return _leaving_out(self._ask(search), photo_id, top)

    def fitting(self, query: Query, *, cancelled: Callable[[], bool] = never) -> NDArray[np.int64]:
        """Every photo that a query finds, int64 (n,), the best or newest first.

        Of a description those before the line, where it is drawn through as many results as the
        window shows: among more of them it may come to lie elsewhere.
        """
        asked = self._within(query, (), cancelled)
        if not asked.text and not asked.excluded:
            with self.catalogue.reader() as c:
                return photo_ids(c, "taken", descending=True, filters=asked.filters)

        def search(engine: Engine) -> SearchResults:
            for most in LOOKED_THROUGH if asked.text else (_ALL,):
                found = self._search(asked, most, engine, exact=False, cancelled=cancelled)
                if found.cut < most:
                    break
            return found

        found = self._ask(search)
        return found.ids[: found.cut]

    def gaps(self, query: str) -> Gaps:
        """What of a query the model does not know; raises QueryError. Filters need no model."""
        asked = parse_query(query)
        if not asked.text and not asked.excluded:
            return Gaps("")
        model = self.engine.model
        vocabulary = read_vocabulary(model.weights.parent)
        return find_gaps(asked, model.name, vocabulary, model.languages)

    def embed_files(self, paths: Sequence[Path]) -> list[NDArray[np.float32]]:
        """Normalised embeddings, float32 (dim,), of files; PhotoError where one is no photo."""
        return self._ask(partial(self._embed_files, paths))

    def embed_texts(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Normalised embeddings, float32 (dim,), of texts as they stand, without templates."""
        if not texts:
            return []
        return self._ask(lambda engine: list(engine.texts.encode_texts(texts)))

    def _embed_files(self, paths: Sequence[Path], engine: Engine) -> list[NDArray[np.float32]]:
        worker, model = engine.worker, engine.model
        if not model.looks:
            raise SouvenirError(
                "The starter model was improved and looks at the photos of this library again:"
                " other files can be compared with them once it has seen all of them."
            )
        vectors: list[NDArray[np.float32]] = []
        for start in range(0, len(paths), worker.batch_size):
            some = paths[start : start + worker.batch_size]
            readings = self.pictures.readings(some, model.model_input)
            pixels = [reading.pixels for reading in readings if reading.pixels is not None]
            vectors.extend(one_each(worker.encode_images(all_views(pixels)).result(), pixels))
        return vectors

    def _ask(self, question: Callable[[Engine], T]) -> T:
        """What the engine answers; asked once more where another took its place meanwhile."""
        engine = self.engine
        try:
            return question(engine)
        except CancelledError:  # it was closed before it came to that
            now = self.engine
            if now is engine:
                raise
            return question(now)

    def _search(
        self,
        query: Query,
        top: int,
        engine: Engine | None,
        *,
        exact: bool,
        cancelled: Callable[[], bool],
        image: NDArray[np.float32] | None = None,
    ) -> SearchResults:
        known = True
        if engine is not None:
            known = not query.text or engine.knows(query.text)
            # Words that mean nothing to the model neither leave out photos nor change what is like
            # a photo.
            text = query.text if known or image is None else ""
            query = replace(query, text=text, excluded=tuple(filter(engine.knows, query.excluded)))
        found = search_photos(
            self.catalogue,
            engine.current_index() if engine is not None else None,
            engine.prompts if engine is not None else None,
            engine.rulers if engine is not None else None,
            query,
            top=top,
            exact=exact,
            cancelled=cancelled,
            image_vector=image,
        )
        return found if known or image is not None else _claiming_nothing(found)

    def _within(
        self, query: Query, filters: Sequence[Filter], cancelled: Callable[[], bool]
    ) -> Query:
        """The query, asked of the photos that pass `filters` alone."""
        return replace(query, filters=self.meant((*query.filters, *filters), cancelled))

    def _photo_at(self, path: Path) -> int | None:
        with self.catalogue.reader() as connection:
            return files.photo_of_path(connection, path.expanduser().absolute())

    def _embedding_of(self, photo_id: int, engine: Engine) -> NDArray[np.float32] | None:
        with self.catalogue.reader() as connection:
            model_id = embeddings.find_model_id(connection, engine.model.key)
            if model_id is None:
                return None
            found, rows = embeddings.embeddings_of(connection, model_id, [photo_id])
        return rows[0] if len(found) else None


def _claiming_nothing(found: SearchResults) -> SearchResults:
    """The same photos in the same order, all below the line: no word of the query is known."""
    return replace(found, relevances=found.relevances * np.float32(_GUESS), cut=0)


def _leaving_out(found: SearchResults, photo_id: int | None, top: int) -> SearchResults:
    """The first `top` results but for one photo."""
    kept = np.flatnonzero(found.ids != (-1 if photo_id is None else photo_id))[:top]
    return replace(
        found,
        ids=found.ids[kept],
        scores=found.scores[kept],
        relevances=found.relevances[kept],
        cut=int((kept < found.cut).sum()),
    )
