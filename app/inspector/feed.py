"""What the inspector shows, read on threads: a photo, what several share, what all add up to.

Asked for again and again while somebody goes through photos: only the last is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QTransform

from app.background import CancelToken
from app.grid.photo_row import PhotoRow, photo_row
from app.grid.tile_reading import Wanted, read_tile
from app.inspector.label_facts import label_facts
from app.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.catalog.edits import Edit
    from core.catalog.photos import Photo
    from core.catalog.summaries import Summary, Totals
    from core.events import PhotosChanged
    from core.library import Library

    Ids = Sequence[int] | NDArray[np.int64]

PAUSE_MS = 60
SIMILAR_PAUSE_MS = 300
SIMILAR = 6
AT_ONCE = 500
MANY = 2000  # photos: comparing more takes a while, and nothing else may wait for it


@dataclass(frozen=True)
class Inspected:
    """One photo with its thumbnail as it is turned; null where there is none."""

    photo: Photo
    image: QImage


@dataclass(frozen=True)
class Similar:
    """A photo like the one that is inspected, with a picture of it."""

    row: PhotoRow
    relevance: float
    image: QImage


class InspectorFeed(QObject):
    """Reads what is to be shown of `look_at`'s photos; stale answers are dropped."""

    photo_read = Signal(object)  # Inspected, or None when it is gone
    summary_read = Signal(object)  # core.catalog.summaries.Summary
    totals_read = Signal(object)  # core.catalog.summaries.Totals
    similar_read = Signal(list)  # of Similar
    keywords_read = Signal(list)  # of str
    labels_read = Signal(list)  # of LabelFact

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: list[int] = []
        self._shown: Ids = ()
        self._tile = (96, 72, 1.0)
        self._token = CancelToken()
        self._similar_token = CancelToken()
        self._keywords_token = CancelToken()
        self._labels_token = CancelToken()
        self._seen = True
        self._similar_lane = session.background.lane("similar")
        self._soon = self._timer(PAUSE_MS, self._read)
        self._similar_soon = self._timer(SIMILAR_PAUSE_MS, self._read_similar)
        session.events.photos_changed.connect(self._photos_changed)
        session.events.tags_changed.connect(self._read_labels)
        session.events.labels_changed.connect(self._read_labels)
        session.opened.connect(self.refresh)

    def _timer(self, pause: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

    @property
    def ids(self) -> list[int]:
        """What is looked at."""
        return self._ids

    @property
    def waits(self) -> bool:
        """Whether something is about to be asked for."""
        return self._soon.isActive() or self._similar_soon.isActive()

    def look_at(self, ids: Sequence[int], shown: Ids) -> None:
        """These photos are chosen, out of those that are shown."""
        other = list(ids) != self._ids
        if not other and (ids or shown is self._shown):
            return
        self._ids, self._shown = list(ids), shown
        self._drop()
        if other:
            self._similar_token.cancel()
            self._similar_soon.stop()
        self._read_soon()

    def set_seen(self, seen: bool) -> None:
        """Whether anybody sees it: what is not seen is not read."""
        if seen != self._seen:
            self._seen = seen
            if seen:
                self._soon.start()
            else:
                self._drop()
                self._similar_token.cancel()
                self._soon.stop()
                self._similar_soon.stop()

    def set_tile(self, width: int, height: int, ratio: float) -> None:
        """How large similar photos are drawn."""
        self._tile = (width, height, ratio)

    @Slot()
    def refresh(self) -> None:
        """Something about what is looked at changed."""
        self._drop()
        self._read_soon()

    def ask_keywords(self, prefix: str) -> None:
        """Read keywords that exist; answers `keywords_read`."""
        self._keywords_token.cancel()
        self._keywords_token = CancelToken()
        self._session.ask(
            "reading",
            partial(_keywords, prefix),
            self.keywords_read.emit,
            self._no_keywords,
            self._keywords_token,
        )

    # Inside

    def _read_soon(self) -> None:
        if self._seen:
            self._soon.start()

    def _drop(self) -> None:
        self._token.cancel()
        self._token = CancelToken()

    @Slot()
    def _read_labels(self) -> None:
        self._labels_token.cancel()
        self._labels_token = CancelToken()
        if not self._ids or not self._seen:
            self.labels_read.emit([])
            return
        lane = "reading" if len(self._ids) <= MANY else "counting"
        self._session.ask(
            lane,  # type: ignore[arg-type]
            partial(label_facts, list(self._ids)),
            self.labels_read.emit,
            self._no_labels,
            self._labels_token,
        )

    def _no_labels(self, _error: Exception) -> None:
        self.labels_read.emit([])  # the model is not there: said elsewhere

    @Slot()
    def _read(self) -> None:
        self._read_labels()
        ids = self._ids
        if len(ids) == 1:
            self._session.ask(
                "reading", partial(_photo, ids[0]), self._take_photo, None, self._token
            )
        elif ids:
            lane = "reading" if len(ids) <= MANY else "counting"
            self._session.ask(
                lane,  # type: ignore[arg-type]
                partial(_summary, ids),
                self.summary_read.emit,
                None,
                self._token,
            )
        else:
            self._session.ask(
                "counting", partial(_totals, self._shown), self.totals_read.emit, None, self._token
            )

    def _take_photo(self, inspected: Inspected | None) -> None:
        self.photo_read.emit(inspected)
        if inspected is not None and self._seen:
            self._similar_soon.start()

    @Slot()
    def _read_similar(self) -> None:
        self._similar_token.cancel()
        self._similar_token = CancelToken()
        if len(self._ids) == 1 and self._session.state == "open":
            ask = partial(_similar, self._session.library, self._ids[0], self._tile)
            self._similar_lane.submit(
                partial(ask, self._similar_token),
                self.similar_read.emit,
                self._no_similar,
                self._similar_token,
            )

    def _no_similar(self, _error: Exception) -> None:
        self.similar_read.emit([])  # not indexed yet, or the model is not there: said elsewhere

    def _no_keywords(self, _error: Exception) -> None:
        self.keywords_read.emit([])

    @Slot(object)
    def _photos_changed(self, changes: PhotosChanged) -> None:
        changed = {*changes.added, *changes.updated, *changes.removed}
        if not self._ids or not changed.isdisjoint(self._ids):
            self.refresh()


def _photo(photo_id: int, library: Library) -> Inspected | None:
    photo = library.photo(photo_id)
    if photo is None:
        return None
    image = QImage(str(library.paths.thumbnail(photo.content_hash)))
    if photo.rotation and not image.isNull():
        image = image.transformed(
            QTransform().rotate(90 * photo.rotation), Qt.TransformationMode.FastTransformation
        )
    return Inspected(photo, image)


def _summary(ids: list[int], library: Library) -> Summary:
    return library.browse.summary(ids)


def _totals(shown: Ids, library: Library) -> Totals:
    return library.browse.totals(shown)


def _similar(
    library: Library, photo_id: int, tile: tuple[int, int, float], token: CancelToken
) -> list[Similar]:
    found = library.similar(photo_id, top=SIMILAR, cancelled=token)
    relevances = dict(zip(found.ids.tolist(), found.relevances.tolist(), strict=True))
    rows = [photo_row(p, library.paths.thumbnail) for p in library.photos(found.ids.tolist())]
    width, height, ratio = tile
    answers = []
    for row in rows:
        if row is None or token():
            continue
        wanted = Wanted(
            row.id,
            row.thumbnail,
            round(width * ratio),
            round(height * ratio),
            radius=4 * ratio,
            rotation=row.rotation,
            ratio=ratio,
        )
        answers.append(Similar(row, relevances[row.id], read_tile(wanted) or QImage()))
    return answers


def _keywords(prefix: str, library: Library) -> list[str]:
    return [word for word, _count in library.browse.known_values("keyword", prefix)]


def keywords_edit(ids: list[int], add: str, remove: str, library: Library) -> Edit:
    """The edit that adds or removes a keyword of photos, as they are now."""
    from core.catalog.edits import SetKeywords

    wanted: dict[int, tuple[str, ...] | None] = {}
    # Some at a time: a hundred thousand photos in memory hold up every thread with their garbage.
    for start in range(0, len(ids), AT_ONCE):
        for photo in library.photos(ids[start : start + AT_ONCE]):
            words = [word for word in photo.keywords if word != remove]
            if add and add not in words:
                words.append(add)
            if tuple(words) != photo.keywords:
                wanted[photo.id] = tuple(words)
    return SetKeywords(wanted)
