"""Labels of a library: what they are, which photos carry them, and what they could learn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import labels as catalogued
from core.catalog import tags
from core.catalog.catalogue import Catalogue
from core.catalog.files import photo_of_path
from core.catalog.label_scores import drop_scores, from_stored, to_stored
from core.catalog.labels import Label
from core.catalog.names import fold
from core.catalog.tags import PhotoTag, hand_tags
from core.errors import SouvenirError
from core.events import Event, Events, LabelsChanged, PhotosChanged, TagsChanged
from core.library.engines import Engines
from core.library.label_keeper import LabelKeeper
from core.library.tag_listing import TaggedFiles, tagged_files, write_tags
from core.search.ruler import Ruler
from core.tagging import files, sets
from core.tagging.describing import Fit, describe
from core.tagging.judged import Judged, judged, judged_as, open_questions
from core.tagging.sets import LabelSet
from core.tagging.teaching import propose


class Labels:
    """What `Library.labels` gives. Safe from any thread; everything may take a while."""

    def __init__(
        self,
        catalogue: Catalogue,
        events: Events,
        engines: Engines,
        embed: Callable[[Path], NDArray[np.float32]],
    ) -> None:
        self._catalogue = catalogue
        self._embed = embed
        self.keeper = LabelKeeper(catalogue, events, engines)
        self._lock = threading.Lock()
        self._counts: dict[int, int] | None = None
        self._version = 0
        events.subscribe(self._take)

    def labels(self) -> list[Label]:
        """All labels, by name. Their scores are brought up to date in the background."""
        self.keeper.wake()
        with self._catalogue.reader() as c:
            return catalogued.list_labels(c)

    def label(self, name_or_id: str | int) -> Label:
        """One label; SouvenirError where it is not there."""
        with self._catalogue.reader() as c:
            if isinstance(name_or_id, int):
                return catalogued.get_label(c, name_or_id)
            found = catalogued.find_label(c, name_or_id)
        if found is None:
            raise SouvenirError(
                f"There is no label \"{name_or_id}\": 'souvenir labels list' shows those there are."
            )
        return found

    def counts(self) -> dict[int, int]:
        """How many present photos carry each label, by its id."""
        with self._lock:
            if self._counts is not None:
                return dict(self._counts)
            version = self._version
        with self._catalogue.reader() as c:
            found = tags.counts(c, catalogued.list_labels(c))
        with self._lock:
            if version == self._version:
                self._counts = found
        return dict(found)

    @property
    def up_to_date(self) -> bool:
        """Whether nothing waits to be judged."""
        return self.keeper.up_to_date

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until all scores are up to date; False when that took over `timeout` seconds.

        Raises SouvenirError where photos cannot be judged.
        """
        return self.keeper.settle(timeout)

    def judged(self, label_id: int) -> Judged:
        """Every photo that was judged for a label, best first."""
        with self._catalogue.reader() as c:
            return judged(c, catalogued.get_label(c, label_id))

    def preview(self, label: Label) -> Judged:
        """How photos would be judged for a label with other words, or for a new one.

        Nothing is kept. Raises SouvenirError for what no label can be.
        """
        label = catalogued.checked(label)
        scorer = self.keeper.scorer()
        ruler = self._ruler()
        rivals = [each for each in self.labels() if label.group and each.group == label.group]
        others = [each for each in rivals if each.id != label.id and each.active]
        judges = scorer.judges_with(label, others, ruler)
        ids, found = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for part, values in scorer.judge(judges, ruler):
            ids.append(part)
            found.append(from_stored(to_stored(values[0])))  # as it would be kept
        photos, relevances = np.concatenate(ids), np.concatenate(found)
        order = np.argsort(photos)
        with self._catalogue.reader() as c:
            return judged_as(c, label, photos[order], relevances[order])

    def tags_of(self, photo_ids: Sequence[int]) -> dict[int, tuple[PhotoTag, ...]]:
        """The labels that each of these photos carries, best first."""
        with self._catalogue.reader() as c:
            return tags.tags_of(c, photo_ids)

    def labels_of(self, photo_id: int) -> list[PhotoTag]:
        """Every label that is on, with what there is to say of it and one photo."""
        with self._catalogue.reader() as c:
            return list(tags.tags_of(c, [photo_id], carried=False)[photo_id])

    def carrying(self, label_id: int) -> list[tuple[int, float | None, bool]]:
        """Present photos that carry a label, best first: id, relevance, whether by hand."""
        with self._catalogue.reader() as c:
            label = catalogued.get_label(c, label_id)
            return tags.carried_by(c, label)

    def tagged_files(self, label: Label) -> TaggedFiles:
        """The files of the photos that carry a label, best first."""
        return tagged_files(self._catalogue, label)

    def write_tags(self, path: Path) -> int:
        """Write all tags to a .json or .csv file that is not there yet; how many labels.

        Raises SouvenirError.
        """
        found = [self.tagged_files(label) for label in self.labels()]
        write_tags(found, path)
        return len(found)

    def photos_at(self, paths: Sequence[Path]) -> list[int]:
        """Ids of the photos in these files. Raises SouvenirError for one that is not indexed."""
        with self._catalogue.reader() as c:
            found = [photo_of_path(c, path.expanduser().absolute()) for path in paths]
        for path, photo_id in zip(paths, found, strict=True):
            if photo_id is None:
                raise SouvenirError(
                    f"{path} is no photo of this library: index its folder, or check the name."
                )
        return [photo_id for photo_id in found if photo_id is not None]

    def propose(self, label_id: int, count: int = 12) -> list[int]:
        """Photos whose answer would teach a label most, the most useful first."""
        label = self.label(label_id)
        scorer = self.keeper.scorer()
        with self._catalogue.reader() as c:
            order = judged(c, label)
            said, _ = hand_tags(c, label_id)
        ids, logits = open_questions(order)
        asked, vectors = scorer.photos.of(ids)
        if len(asked) == 0:
            return []
        sorted_ids = np.argsort(ids)
        places = sorted_ids[np.searchsorted(ids, asked, sorter=sorted_ids)]
        _, answered = scorer.photos.of(said)
        chosen = propose(logits[places], vectors, answered, count)
        return [int(photo_id) for photo_id in asked[chosen]]

    def describe(self, photo: int | Path, top: int = 10) -> list[Fit]:
        """The labels and everyday descriptions that fit a photo best, best first."""
        scorer, ruler = self.keeper.scorer(), self._ruler()
        if isinstance(photo, int):
            known, vectors = scorer.photos.of(np.array([photo], np.int64))
            if len(known) == 0:
                raise SouvenirError("That photo is not indexed yet: wait for indexing, then retry.")
            vector = vectors[0]
        else:
            vector = self._embed(photo)
        active = [label for label in self.labels() if label.active]
        return describe(ruler, scorer.judges(active, ruler), vector, scorer.temperature, top)

    def built_in(self) -> list[LabelSet]:
        """The label sets that come with Souvenir."""
        return sets.built_in()

    def missing(self, labels: Iterable[Label]) -> tuple[Label, ...]:
        """Those of these labels that the library has not yet, parents first.

        One of a set that goes by another name here is here all the same: it is the parent then.
        """
        wanted = list(labels)
        here = sets.counterparts(wanted, self.labels())
        parents = {fold(name): label.name for name, label in here.items()}
        named = [
            replace(label, parent=parents.get(fold(label.parent), label.parent))
            for label in wanted
            if label.name not in here
        ]
        return tuple(catalogued.parents_first(named))

    def read_file(self, path: Path) -> tuple[Label, ...]:
        """The labels in a TOML or CSV file. Raises SouvenirError for what cannot be read."""
        return files.read_labels(path)

    def write_file(self, path: Path, labels: Sequence[Label]) -> None:
        """Write labels to a TOML or CSV file, whole or not at all. Raises SouvenirError."""
        files.write_labels(path, labels)

    def notice(self, labels: Iterable[Label]) -> str:
        """What is to be said before these are switched on; "" where there is nothing."""
        return sets.notice(labels)

    def forget_scores(self) -> None:
        """Drop every score, to be made anew by the next `settle`."""
        with self._catalogue.transaction() as tx:
            drop_scores(tx)

    def close(self) -> None:
        """End the thread that judges."""
        self.keeper.close()

    def _ruler(self) -> Ruler:
        ruler = self.keeper.scorer().ruler()
        if ruler is None:
            raise SouvenirError(
                "There are no photos to compare with yet: index a folder of photos first."
            )
        return ruler

    def _take(self, event: Event) -> None:
        if isinstance(event, LabelsChanged | TagsChanged | PhotosChanged):
            with self._lock:
                self._counts, self._version = None, self._version + 1
