"""Photos in order of time, cut into days, months or years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDate

from app import dates

Grouping = Literal["none", "day", "month", "year"]
EPOCH = QDate(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Groups:
    """Group n holds the photos from `starts[n]` up to `starts[n + 1]`, int64 (g + 1,).

    `days`, int32 (g,): a day of each group, days since 1970-01-01.
    """

    grouping: Grouping
    starts: NDArray[np.int64]
    days: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.days)

    def members(self, group: int) -> range:
        """The positions of the photos of a group."""
        return range(int(self.starts[group]), int(self.starts[group + 1]))

    def of(self, position: int) -> int:
        """The group that a photo is in."""
        return int(np.searchsorted(self.starts, position, "right")) - 1

    def title(self, group: int) -> str:
        """What a group is called: "12 August 2011", "August 2011", "2011"."""
        return date_title(int(self.days[group]), self.grouping)


def group_by(days: NDArray[np.int32], grouping: Grouping) -> Groups | None:
    """Cut photos, by the days they were taken on, where day, month or year changes.

    None where there is nothing to cut: no photos, no grouping, or no order of time.
    """
    if grouping == "none" or not len(days) or not in_time_order(days):
        return None
    # Months of the few different days only: turning a million days into months takes long.
    starts = np.concatenate(([0], np.flatnonzero(days[1:] != days[:-1]) + 1))
    firsts = days[starts]
    if grouping != "day":
        unit = "M" if grouping == "month" else "Y"
        spans = firsts.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
        begins = np.concatenate(([True], spans[1:] != spans[:-1]))
        starts, firsts = starts[begins], firsts[begins]
    return Groups(grouping, np.append(starts, len(days)).astype(np.int64), firsts)


def in_time_order(days: NDArray[np.int32]) -> bool:
    """Whether photos come in order of time, oldest or newest first."""
    if len(days) < 2:
        return True
    if days[0] <= days[-1]:
        return bool((days[1:] >= days[:-1]).all())
    return bool((days[1:] <= days[:-1]).all())


def date_title(day: int, grouping: Grouping) -> str:
    """Name a day, its month or its year, as the language does."""
    date = EPOCH.addDays(day)
    if grouping == "year":
        return dates.year(date)
    return dates.month(date) if grouping == "month" else dates.day(date)
