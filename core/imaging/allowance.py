"""What a task of a decoder may take of memory, and how it asks for more before it takes it.

The header of a photo says what decoding it takes; only the decoder, which is a process of its own,
reads headers of strangers. So a task begins with what photos of ordinary size need, asks, and where
that is too little it ends and comes back once there is room (core.imaging.pool).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.errors import PhotoError

# A JPEG of a hundred megapixels needs less, as does a PNG of twelve.
ORDINARY_BYTES = 160 << 20

_allowed: ContextVar[int | None] = ContextVar("allowed", default=None)


class NeedsMemoryError(PhotoError):
    """A task needs more memory than it was allowed: `needed` bytes, None where nobody knows."""

    def __init__(self, needed: int | None) -> None:
        super().__init__("The photo needs more memory than decoding may use.")
        self.needed = needed

    def __reduce__(self) -> tuple[type[NeedsMemoryError], tuple[int | None]]:
        """Come whole out of the decoder's process."""
        return type(self), (self.needed,)


@contextmanager
def allowing(amount: int | None) -> Iterator[None]:
    """Within, `ask_for` raises for more than `amount` bytes; None: whatever there is."""
    token = _allowed.set(amount)
    try:
        yield
    finally:
        _allowed.reset(token)


def ask_for(amount: int) -> None:
    """Raise NeedsMemoryError if what is about to be done needs more than is allowed.

    `amount`: bytes in all, from the beginning of the task to its end.
    """
    allowed = _allowed.get()
    if allowed is not None and amount > allowed:
        raise NeedsMemoryError(amount)
