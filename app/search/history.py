"""What was written or chosen before, newest first: queries, and names of labels."""

from __future__ import annotations

import json

from PySide6.QtCore import QSettings

KEPT = 50
LONGEST = 500
_KEY = "search/recent"


class SearchHistory:
    """Kept in the window's settings under `key`, or nowhere (`settings` None) but in memory."""

    def __init__(self, settings: QSettings | None, key: str = _KEY) -> None:
        self._settings = settings
        self._key = key
        self._queries = _read(settings, key)

    @property
    def queries(self) -> tuple[str, ...]:
        """Newest first, none twice."""
        return tuple(self._queries)

    def add(self, query: str) -> None:
        """Remember a query; one that is longer than people write is not worth it."""
        query = query.strip()
        if not query or len(query) > LONGEST or self._queries[:1] == [query]:
            return
        self._queries = [query, *(other for other in self._queries if other != query)][:KEPT]
        self._write()

    def clear(self) -> None:
        """Forget them all."""
        self._queries = []
        self._write()

    def _write(self) -> None:
        if self._settings is not None:
            self._settings.setValue(self._key, json.dumps(self._queries))


def _read(settings: QSettings | None, key: str) -> list[str]:
    try:
        found = json.loads(str(settings.value(key, "[]"))) if settings is not None else []
    except ValueError:
        return []  # somebody else wrote there
    return [query for query in found if isinstance(query, str)] if isinstance(found, list) else []
