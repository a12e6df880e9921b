"""Overridden virtuals of Qt: no exception may leave one, as that can bring the process down."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


def contained(fallback: Any = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Log what a virtual raises and answer `fallback` (a callable makes a new one) instead."""

    def decorate(virtual: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(virtual)
        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return virtual(*args, **kwargs)
            except Exception:
                log.exception("%s failed", virtual.__qualname__)
                return fallback() if callable(fallback) else fallback  # type: ignore[no-any-return]

        return inner

    return decorate
