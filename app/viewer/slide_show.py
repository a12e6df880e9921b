"""The slide show's clock: when the next photo is due, held and set by the person."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

INTERVALS = (2, 3, 4, 6, 8, 12, 20, 30, 60)  # seconds
USUAL = 4


class SlideShow(QObject):
    """A clock that rings for every photo.

    Signals: `due(patient)`: the next photo, or, where it is not read yet and `patient`, as soon as
    it is; `changed`: it runs, rests or is as fast as it was not before.
    """

    due = Signal(bool)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = USUAL
        self._running = False
        self._paused = False
        self._overdue = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)

    @property
    def running(self) -> bool:
        """Whether there is a slide show, paused or not."""
        return self._running

    @property
    def paused(self) -> bool:
        """Whether it rests on a photo."""
        return self._paused

    @property
    def overdue(self) -> bool:
        """Whether the next photo should be there already."""
        return self._overdue and not self._paused

    @property
    def seconds(self) -> int:
        """How long a photo is shown."""
        return self._seconds

    def start(self) -> None:
        """Begin with the photo that is shown."""
        self._running, self._paused = True, False
        self.begin_photo()
        self.changed.emit()

    def stop(self) -> None:
        """End it."""
        if self._running:
            self._running = self._paused = self._overdue = False
            self._timer.stop()
            self.changed.emit()

    def toggle_pause(self) -> None:
        """Rest on this photo, or go on."""
        if self._running:
            self._paused = not self._paused
            self.begin_photo()
            self.changed.emit()

    def begin_photo(self) -> None:
        """Another photo is shown from now on."""
        self._overdue = False
        if self._running and not self._paused:
            self._timer.start(1000 * self._seconds)
        else:
            self._timer.stop()

    def set_seconds(self, seconds: int) -> None:
        """Show each photo that long."""
        self._seconds = max(INTERVALS[0], min(INTERVALS[-1], seconds))
        self.begin_photo()
        self.changed.emit()

    def slower(self) -> None:
        """The next longer time."""
        self.set_seconds(next((s for s in INTERVALS if s > self._seconds), INTERVALS[-1]))

    def faster(self) -> None:
        """The next shorter time."""
        self.set_seconds(next((s for s in reversed(INTERVALS) if s < self._seconds), INTERVALS[0]))

    @Slot()
    def _ring(self) -> None:
        patient = not self._overdue
        self._overdue = True
        self._timer.start(1000 * self._seconds)  # a photo that is read so slowly is not waited for
        self.due.emit(patient)
