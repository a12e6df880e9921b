"""Labels for FakeLibrary: none. What labels do is tested with real libraries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class FakeLabels:
    up_to_date = True

    def labels(self) -> list[Any]:
        return []

    def counts(self) -> dict[int, int]:
        return {}

    def tags_of(self, photo_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        return dict.fromkeys(photo_ids, ())

    def labels_of(self, _photo_id: int) -> list[Any]:
        return []

    def built_in(self) -> list[Any]:
        return []
