"""Directories that must be looked at again, gathered until a burst of events is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.watching.relative import ancestors

if TYPE_CHECKING:
    from collections.abc import Mapping

# So many directories at once are cheaper to find by scanning the folder than to remember.
_MOST_DIRECTORIES = 10_000


@dataclass
class _Heap:
    """What is dirty in one folder. `directories` None: everything."""

    first: float
    last: float
    directories: dict[str, bool] | None = field(default_factory=dict)


class PendingDirt:
    """Dirt per folder, with the moment at which it may be handed on. Not safe between threads.

    A folder's dirt is handed on once it has been quiet for `debounce` seconds, or when the oldest
    of it is `patience` seconds old: a stream of events that never ends is seen, too. Times are
    seconds of one monotonic clock.
    """

    def __init__(self, debounce: float, patience: float) -> None:
        self._debounce = debounce
        self._patience = max(patience, debounce)
        self._heaps: dict[int, _Heap] = {}

    def add(self, folder_id: int, directory: str, *, recursive: bool, now: float) -> None:
        """Note that `directory`, or everything below it too, changed."""
        heap = self._heaps.setdefault(folder_id, _Heap(now, now))
        heap.last = now
        if heap.directories is None or _is_covered(directory, heap.directories):
            return
        heap.directories[directory] = recursive or heap.directories.get(directory, False)
        if len(heap.directories) > _MOST_DIRECTORIES:
            heap.directories = None

    def add_all(self, folder_id: int, *, now: float) -> None:
        """Note that anything in the folder may have changed."""
        heap = self._heaps.setdefault(folder_id, _Heap(now, now))
        heap.last = now
        heap.directories = None

    def forget(self, folder_id: int) -> None:
        """Drop everything about a folder."""
        self._heaps.pop(folder_id, None)

    def take(self, now: float) -> list[tuple[int, Mapping[str, bool] | None]]:
        """Hand over what may be handed on: (folder id, {directory: recursive} or None for all)."""
        ready = [folder_id for folder_id, heap in self._heaps.items() if self._due(heap) <= now]
        return [(folder_id, self._heaps.pop(folder_id).directories) for folder_id in ready]

    def next_due(self) -> float | None:
        """When there is next something to take; None: nothing is pending."""
        return min((self._due(heap) for heap in self._heaps.values()), default=None)

    def _due(self, heap: _Heap) -> float:
        return min(heap.last + self._debounce, heap.first + self._patience)


def _is_covered(directory: str, directories: Mapping[str, bool]) -> bool:
    return any(directories.get(above, False) for above in ancestors(directory))
