"""A picture of the real window, taken once everything in it has come."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

LOOK_EVERY_MS = 60
CALM_LOOKS = 5  # in a row: indexing may start a moment after the folders are listed


class Screenshot(QObject):
    """Looks until `settled` holds for a while, then writes the picture: `taken` or `failed`.

    `prepare` is done once when it holds for the first time, before the picture.
    """

    taken = Signal()
    failed = Signal(str)

    def __init__(
        self,
        window: QWidget,
        settled: Callable[[], bool],
        file: Path,
        *,
        patience_seconds: float,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settled = settled
        self._file = file
        self._prepare = prepare
        self._patience = patience_seconds
        self._until = time.monotonic() + patience_seconds
        self._calm = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._calm = self._calm + 1 if self._settled() else 0
        if self._calm >= CALM_LOOKS and self._prepare is not None:
            prepare, self._prepare, self._calm = self._prepare, None, 0
            prepare()
        elif self._calm >= CALM_LOOKS:
            self._timer.stop()
            self._take()
        elif time.monotonic() > self._until:
            self._timer.stop()
            self.failed.emit(
                self.tr("The window was still busy after {n} s: try again.").format(
                    n=round(self._patience)
                )
            )

    def _take(self) -> None:
        if self._written():
            self.taken.emit()
        else:
            self.failed.emit(
                self.tr("{file} cannot be written: choose another place.").format(file=self._file)
            )

    def _written(self) -> bool:
        """Write the picture whole, or not at all; returns whether it is there.

        Opening what is no file, a pipe or a device, could wait for ever.
        """
        part = self._file.with_name(f".{self._file.name}.{os.getpid()}.part")
        try:
            if self._file.exists() and not self._file.is_file():
                return False
            self._file.parent.mkdir(parents=True, exist_ok=True)
            written = self._window.grab().save(str(part), "PNG")
            if written:
                part.replace(self._file)
        except OSError:
            written = False
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return written
