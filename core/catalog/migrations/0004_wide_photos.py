"""Wide photos are looked at from end to end now: their embeddings, made otherwise, are made again.

Those of all other photos stay as they are: nothing changed for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def migrate(tx: sqlite3.Connection) -> None:
    """Forget the embeddings of wide photos; the next run of indexing makes what is missing."""
    tx.execute(
        """DELETE FROM embeddings WHERE photo_id IN (
            SELECT id FROM photos WHERE max(width, height) >= 1.7 * min(width, height))"""
    )
