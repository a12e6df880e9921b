"""Pictures for the window's tests: decoded as the library does it, but in this very process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.imaging.picture import Area, Picture, picture_part, whole_picture
from core.imaging.picture_frames import Frames, picture_frames


class FakePictures:
    """Notes what was asked: ("whole" | "part" | "frames", file name), ("start" | "forget", "")."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def start(self) -> None:
        self.read.append(("start", ""))

    def whole(
        self, path: Path, width: int, height: int, cancelled: Callable[[], bool] = lambda: False
    ) -> Picture | None:
        self.read.append(("whole", path.name))
        return None if cancelled() else whole_picture(path, width, height)

    def part(
        self, path: Path, area: Area, reduction: int, cancelled: Callable[[], bool]
    ) -> Picture | None:
        self.read.append(("part", path.name))
        return None if cancelled() else picture_part(path, area, reduction)

    def frames(
        self, path: Path, first: int, width: int, height: int, cancelled: Callable[[], bool]
    ) -> Frames | None:
        self.read.append(("frames", path.name))
        return None if cancelled() else picture_frames(path, first, width, height)

    def forget(self) -> None:
        self.read.append(("forget", ""))
