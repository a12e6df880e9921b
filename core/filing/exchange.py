"""Giving files places that others of them still have: in an order in which each is free in time.

Where some wait for each other (two names exchanged), one steps aside to a free name that can be
seen, so that there is no moment in which a file cannot be found.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.catalog.names import fold
from core.filing.names import free_number, numbered
from core.filing.placing import Cancelled, move_file
from core.filing.steps import CancelledError, FilingError, Problem, Step, Transfer, problem_of


def exchange_files(bundles: Sequence[Sequence[Transfer]], cancelled: Cancelled) -> Iterator[Step]:
    """Bring files to exact places, bundle by bundle: a photo first, and what goes along.

    What cannot go stays, and is told; nothing is overwritten. Cancelling ends it after a whole
    file, and brings back what stepped aside.
    """
    waiting = _Waiting([_Bundle.of(bundle) for bundle in bundles if bundle])
    total = len(bundles)
    for done, bundle in enumerate(waiting.in_order(cancelled), 1):
        try:
            problem = bundle.settle(cancelled)
        except CancelledError:
            waiting.take_back(bundle)
            break
        yield Step(done, total, bundle.called[0], bundle.went, problem)
    for bundle in waiting.left_aside():
        problem = bundle.go_back()
        if problem is not None:
            yield Step(total, total, bundle.called[0], bundle.went, problem)


def place_key(path: Path) -> tuple[Path, str]:
    """What two paths have in common that some disk takes for one: names compare without case."""
    return path.parent, fold(path.name)


@dataclass(eq=False)
class _Bundle:
    """A photo and its sidecars: what they are called, where they shall go, where they stand."""

    called: tuple[Path, ...]
    targets: tuple[Path, ...]
    stands: list[Path]

    @classmethod
    def of(cls, transfers: Sequence[Transfer]) -> _Bundle:
        called = tuple(transfer.source for transfer in transfers)
        return cls(called, tuple(transfer.target for transfer in transfers), list(called))

    @property
    def went(self) -> tuple[Transfer, ...]:
        """What is elsewhere by now."""
        pairs = zip(self.called, self.stands, strict=True)
        return tuple(Transfer(called, stands) for called, stands in pairs if called != stands)

    def settle(self, cancelled: Cancelled) -> Problem | None:
        """Go to the targets. Where the photo cannot, its sidecars stay, too."""
        return self._go(self.targets, cancelled)

    def go_back(self) -> Problem | None:
        """Have the former names again."""
        return self._go(self.called, _never)

    def step_aside(self) -> bool:
        """Take free names that can be seen; tells whether the photo could."""
        self._go(self._numbered(free_number(self._numbered, os.path.lexists)), _never)
        return self.stands[0] != self.called[0]

    def _numbered(self, number: int) -> list[Path]:
        return [numbered(path, number) for path in self.called]

    def _go(self, targets: Sequence[Path], cancelled: Cancelled) -> Problem | None:
        trouble: Problem | None = None
        for n, target in enumerate(targets):
            try:
                if self.stands[n] != target:
                    # Once the photo is there, its sidecars follow whatever anybody wants.
                    move_file(self.stands[n], target, cancelled if n == 0 else _never)
            except (OSError, FilingError) as error:
                trouble = trouble or problem_of(self.called[n], error)
                if n == 0:
                    break
            else:
                self.stands[n] = target
        return trouble


class _Waiting:
    """Bundles in an order in which every name is free when its turn comes."""

    def __init__(self, bundles: list[_Bundle]) -> None:
        self._bundles = bundles
        self._left = set(bundles)
        self._holders = {place_key(path): bundle for bundle in bundles for path in bundle.stands}

    def in_order(self, cancelled: Cancelled) -> Iterator[_Bundle]:
        """Each bundle once; it must settle before the next is asked for. Ends when cancelled."""
        queue = deque(self._bundles)
        while queue:
            chain = [queue.popleft()]
            while chain and not cancelled():
                bundle = chain[-1]
                holder = self._holder(bundle)
                if bundle not in self._left:
                    chain.pop()
                elif holder is not None and holder not in chain:
                    chain.append(holder)
                elif holder is not None and self._aside(bundle):
                    queue.append(chain.pop())
                else:
                    self._let_go(bundle)
                    self._left.discard(bundle)
                    yield chain.pop()
            if chain:
                return

    def take_back(self, bundle: _Bundle) -> None:
        """This one did not settle after all."""
        self._left.add(bundle)

    def left_aside(self) -> list[_Bundle]:
        """Bundles that stepped aside, and whose turn did not come."""
        return [bundle for bundle in self._bundles if bundle in self._left and bundle.went]

    def _holder(self, bundle: _Bundle) -> _Bundle | None:
        """Another bundle that has one of the names that this one shall have."""
        holders = (self._holders.get(place_key(target)) for target in bundle.targets)
        return next((h for h in holders if h is not None and h is not bundle), None)

    def _aside(self, bundle: _Bundle) -> bool:
        if not bundle.step_aside():
            return False
        self._let_go(bundle)
        return True

    def _let_go(self, bundle: _Bundle) -> None:
        for path in bundle.called:
            if self._holders.get(place_key(path)) is bundle:
                del self._holders[place_key(path)]


def _never() -> bool:
    return False
