"""What a run of the benchmarks is asked to do, and the rows that it answers with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@dataclass(frozen=True)
class Plan:
    """How to measure.

    `quick`: small sizes, to see that it works. `full`: the million too, which takes long the first
    time. `cache`: a folder for what is made once (photos, models, libraries), hundreds of MB.
    `rclip`: the peer's program, None when there is none.
    """

    quick: bool
    full: bool
    cache: Path
    rclip: Path | None

    def size(self, usual: int, quick: int) -> int:
        """How many to take of something."""
        return quick if self.quick else usual


@dataclass(frozen=True)
class Row:
    """One line of the table. `value` None: it could not be measured, and `note` says why.

    `least` and `most` are what must be reached; a row without them only informs.
    """

    what: str
    value: float | None
    unit: str
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the value is what it must be; None where nothing is asked or known."""
        if self.value is None or (self.least is None and self.most is None):
            return None
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )


def not_measured(what: str, why: str) -> Row:
    """A row that says why there is no number."""
    return Row(what, None, "", note=why)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that `share` of them do not exceed."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]
