"""Ctrl+C while something long runs: the first one ends it in order, the second one at once."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt:
    """While entered, the first SIGINT or SIGTERM is only noted; the second takes its usual effect.

    To be entered on the main thread, where Python handles signals. The handler only sets an
    attribute: a lock could be held by the very code that it interrupts.
    """

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def came(self) -> bool:
        """Whether there was a signal."""
        return self.received is not None

    @property
    def exit_code(self) -> int:
        """What a shell expects of a program that a signal ended (130 for Ctrl+C), else 0."""
        return 0 if self.received is None else 128 + self.received

    def _note(self, number: int, _: FrameType | None) -> None:
        if self.received is not None:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        self.received = signal.Signals(number)
