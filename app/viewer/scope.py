"""Which photos the viewer goes through: those that match, or all once that was asked for."""

from __future__ import annotations

from app.grid.model import PhotoModel


class Scope:
    """The first `count` photos of the model; the less likely ones after them only when `whole`."""

    def __init__(self, model: PhotoModel) -> None:
        self._model = model
        self._whole = False
        self._stood = 0  # where the photo was before it did not match any more

    @property
    def count(self) -> int:
        """How many photos there are to go through."""
        return len(self._model.ids) if self._whole else self._model.matching

    @property
    def less_likely(self) -> int:
        """How many photos come after the last of them."""
        return len(self._model.ids) - self.count

    def begin(self, position: int) -> None:
        """Begin with a photo: among those that match if it does, else among all."""
        self._whole = position >= self._model.matching

    def reach(self, position: int) -> None:
        """A photo was pointed at: where it does not match, all are meant from now on."""
        self._whole = self._whole or position >= self._model.matching

    def widen(self) -> int:
        """Go through the less likely photos too; returns the position of the first of them."""
        first, self._whole = self.count, True
        return first

    def moved(self, before: int, now: int) -> None:
        """Other photos are in the model, and the one that is shown has another position."""
        if before < self.count <= now:
            self._stood = before

    def step(self, position: int, steps: int) -> int:
        """The position that lies so many photos further; it may be before the first or beyond.

        From a photo that does not match any more, it leads back to where that was.
        """
        if position < self.count:
            return position + steps
        return max(0, min(self._stood + min(steps, 0), self.count - 1))
