"""What a write changed, so that views refresh only that."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Changes:
    """Ids of photos that came, changed (content, rating, places) or went; each sorted, disjoint."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)

    def __or__(self, later: Changes) -> Changes:
        """Net effect of these changes followed by `later` ones."""
        if not (self and later):
            return self or later
        net = dict.fromkeys(self.added, "added")
        net |= dict.fromkeys(self.updated, "updated")
        net |= dict.fromkeys(self.removed, "removed")
        for photo_id in later.added:
            # Gone and back again: whoever showed it still shows it.
            net[photo_id] = "updated" if net.get(photo_id) == "removed" else "added"
        for photo_id in later.updated:
            net.setdefault(photo_id, "updated")
        for photo_id in later.removed:
            if net.get(photo_id) == "added":
                del net[photo_id]
            else:
                net[photo_id] = "removed"

        def ids(kind: str) -> tuple[int, ...]:
            return tuple(sorted(photo_id for photo_id, what in net.items() if what == kind))

        return Changes(ids("added"), ids("updated"), ids("removed"))


def presence(c: sqlite3.Connection, photo_ids: Iterable[int]) -> dict[int, bool]:
    """Tell which of these photos have a file, to compare after a write."""
    rows = c.execute(
        "SELECT id, present FROM photos WHERE id IN (SELECT value FROM json_each(?))",
        (json_ids(photo_ids),),
    )
    return {photo_id: bool(present) for photo_id, present in rows}


def changes_since(tx: sqlite3.Connection, before: Mapping[int, bool]) -> Changes:
    """Tell what became of the photos whose presence was `before`; those still there are updated.

    A photo that was just made belongs in `before` as not present.
    """
    after = presence(tx, before)
    return Changes(
        tuple(i for i, now in sorted(after.items()) if now and not before[i]),
        tuple(i for i, now in sorted(after.items()) if now and before[i]),
        tuple(i for i, now in sorted(after.items()) if not now and before[i]),
    )


def json_ids(ids: Iterable[int]) -> str:
    """Any number of ids, NumPy's integers too, as one parameter for json_each."""
    return json.dumps([int(i) for i in ids])
