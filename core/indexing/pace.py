"""How hard indexing works: what the person chose, and gently where a battery pays for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.settings import Speed

BATTERY_SECONDS = 10.0  # between two looks at the battery
BEAT_SECONDS = 1.0
_STANDING_BACK = {"gentle": 15, "normal": 5, "full": 0}


@dataclass(frozen=True)
class Pace:
    """What indexing may take of the computer.

    `workers` decoder processes of this `niceness` (0…19), `threads` of the encoder (0: all), and
    the `share` of the time in which work is begun. `slowed_by_battery`: less than was chosen.
    """

    workers: int
    niceness: int
    threads: int = 0
    share: float = 1.0
    slowed_by_battery: bool = False


def pace_for(speed: Speed, decode_workers: int, *, cores: int, on_battery: bool) -> Pace:
    """The pace for a chosen speed; only "full" pays no heed to a battery.

    `decode_workers` is the number that the person set, 0 for one per core.
    """
    workers = decode_workers or cores
    slowed = on_battery and speed == "normal"
    if speed == "gentle" or slowed:
        half = max(1, cores // 2)
        return Pace(min(workers, half), _STANDING_BACK["gentle"], half, 0.5, slowed)
    return Pace(workers, _STANDING_BACK[speed])


def on_battery() -> bool:
    """Whether this computer runs on its battery; False where there is none or nobody knows."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError):  # not on every system
        return False
    return battery is not None and battery.power_plugged is False


class Pacing:
    """The pace at every moment. Safe from any thread."""

    def __init__(
        self,
        speed: Speed = "normal",
        decode_workers: int = 0,
        *,
        cores: int = 0,
        battery: Callable[[], bool] = on_battery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chosen = speed, decode_workers
        self._cores = cores or os.cpu_count() or 1
        self._battery = battery
        self._clock = clock
        self._on_battery = False
        self._looked = float("-inf")

    def choose(self, speed: Speed, decode_workers: int) -> None:
        """Go by other settings from now on."""
        self._chosen = speed, decode_workers

    def now(self) -> Pace:
        """The pace at this moment; looks at the battery every ten seconds."""
        if self._clock() - self._looked >= BATTERY_SECONDS:
            self._looked = self._clock()
            self._on_battery = self._battery()
        speed, workers = self._chosen
        return pace_for(speed, workers, cores=self._cores, on_battery=self._on_battery)

    def resting(self, pace: Pace) -> bool:
        """Whether nothing is to be begun just now: the rest of every second."""
        return pace.share < 1 and self._clock() % BEAT_SECONDS >= pace.share * BEAT_SECONDS
