"""One budget of memory for all decoders, whoever asks them, and the encoder beside them.

What a task may need is promised to it before it begins, out of the memory that is there at that
moment. What running tasks have taken already counts twice then, as promised and as not free any
more: that errs on the safe side, and where memory is plenty it holds up nobody.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.imaging.allowance import ORDINARY_BYTES
from core.imaging.free_memory import Memory, memory_now

# Photos that need more than this are decoded one at a time, however much memory there is.
LARGE_BYTES = 512 << 20
# Left free for everything else: the catalogue, the window, other programs.
SPARE_SHARE, MOST_SPARE = 0.1, 512 << 20
LOOK_SECONDS = 0.25  # so long what was seen of the system's memory is good for ordinary photos


@dataclass(frozen=True)
class Need:
    """What a task may take: `bytes`, beside nothing else if `alone`."""

    bytes: int = ORDINARY_BYTES
    alone: bool = False


@dataclass
class Share:
    """What was promised to the tasks of one pool, of which `at_once` run at the same time.

    `ahead`: a person waits for them. `waits`: the least that a task of it waits for, if one does.
    """

    at_once: int
    ahead: bool = False
    needs: list[Need] = field(default_factory=list)
    waits: Need | None = None

    def promised(self, *more: Need) -> int:
        """Bytes that its tasks may take, with `more` of them."""
        return sum(heapq.nlargest(self.at_once, (need.bytes for need in (*self.needs, *more))))


class MemoryBudget:
    """Says which task may begin. Safe from any thread.

    `look` tells what memory there is.
    """

    def __init__(
        self,
        look: Callable[[], Memory] = memory_now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._clock = clock
        self._lock = threading.Lock()
        self._shares: list[Share] = []
        self._kept: dict[object, int] = {}
        self._seen: Memory | None = None
        self._seen_at = 0.0

    def share(self, at_once: int, *, ahead: bool = False) -> Share:
        """A pool's part, at first of nothing; it must be given up with `end`.

        `ahead`: where a task of it waits, no pool that is not `ahead` begins another one before it.
        """
        share = Share(at_once, ahead)
        with self._lock:
            self._shares.append(share)
        return share

    def end(self, share: Share) -> None:
        """A pool is closed: nothing is promised to it any more."""
        with self._lock:
            self._shares = [each for each in self._shares if each is not share]

    def take(self, share: Share, need: Need) -> bool:
        """Promise a task what it needs, if there is room; it must be given back."""
        with self._lock:
            if not self._may_begin(share, need):
                return False
            share.needs.append(need)
            return True

    def give_back(self, share: Share, need: Need) -> None:
        """A task is done."""
        with self._lock:
            share.needs.remove(need)

    def wait(self, share: Share, need: Need | None) -> None:
        """Say the least that tasks of a pool wait for; None: none of them waits."""
        with self._lock:
            share.waits = need

    @property
    def idle(self) -> bool:
        """Whether no task of any pool is under way: what is not free then is not in our hands."""
        with self._lock:
            return not self._under_way()

    def free(self) -> int:
        """Bytes for tasks if none were under way, at this moment."""
        with self._lock:
            return self._room(fresh=True)

    def most(self) -> int:
        """Bytes that one task can ever have."""
        with self._lock:
            memory = self._memory(fresh=True)
            return max(0, memory.most - _spare(memory) - self._kept_bytes())

    def lacks(self) -> bool:
        """Whether what was promised and what is kept is more than there is at this moment."""
        with self._lock:
            promised = sum(share.promised() for share in self._shares)
            memory = self._memory(fresh=True)
            return promised + self._kept_bytes() + _spare(memory) > memory.free

    def keep(self, owner: object, amount: int) -> None:
        """Leave `amount` bytes for `owner`, who is about to take them; 0: it has them, or ended."""
        with self._lock:
            self._kept.pop(owner, None)
            if amount:
                self._kept[owner] = amount

    def _may_begin(self, share: Share, need: Need) -> bool:
        under_way = self._under_way()
        if any(each.alone for each in under_way) or (need.alone and under_way):
            return False
        if self._lets_another_go_first(share):
            return False
        ordinary = need.bytes <= ORDINARY_BYTES
        if ordinary and not under_way:
            return True  # somebody has to begin: most need far less
        large = need.bytes > LARGE_BYTES
        if large and any(each.bytes > LARGE_BYTES for each in under_way):
            return False
        others = sum(each.promised() for each in self._shares if each is not share)
        return others + share.promised(need) <= self._room(fresh=not ordinary)

    def _lets_another_go_first(self, share: Share) -> bool:
        """Whether a task that a person waits for will have room once those under way are done.

        Else it would find none as long as there are others: of a library, these are for hours.
        """
        wanted = [each.waits.bytes for each in self._shares if each.ahead and each.waits]
        if share.ahead or not wanted:
            return False
        promised = sum(each.promised() for each in self._shares)
        return min(wanted) <= self._room(fresh=False) + promised

    def _under_way(self) -> list[Need]:
        return [need for share in self._shares for need in share.needs]

    def _room(self, *, fresh: bool) -> int:
        memory = self._memory(fresh=fresh)
        return max(0, memory.free - _spare(memory) - self._kept_bytes())

    def _kept_bytes(self) -> int:
        return sum(self._kept.values())

    def _memory(self, *, fresh: bool) -> Memory:
        now = self._clock()
        if fresh or self._seen is None or now - self._seen_at >= LOOK_SECONDS:
            self._seen, self._seen_at = self._look(), now
        return self._seen


def _spare(memory: Memory) -> int:
    return min(int(SPARE_SHARE * memory.most), MOST_SPARE)
