"""How the photos that two models have seen compare."""

from __future__ import annotations

import sqlite3


def lacks_what_other_has(c: sqlite3.Connection, model_id: int | None, other_id: int | None) -> bool:
    """Whether the other model has an embedding of some present photo and this model has none.

    None stands for a model that has seen no photo.
    """
    row = c.execute(
        """SELECT 1 FROM embeddings e JOIN photos p ON p.id = e.photo_id
            WHERE e.model_id = ?2 AND p.present = 1 AND NOT EXISTS (
                SELECT 1 FROM embeddings mine WHERE mine.model_id = ?1 AND mine.photo_id = p.id)
            LIMIT 1""",
        (model_id, other_id),
    ).fetchone()
    return row is not None
