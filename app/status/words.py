"""What the status line and its details say, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import wording
from core.events import Progress

EARLIER_STARTER = "earlier starter"


def _tr(text: str) -> str:
    return QCoreApplication.translate("status", text)


def phase_text(progress: Progress, where: str = "") -> str:
    """What goes on: "Indexing Phone"; `where` is the name of the folder that it is in."""
    match progress.phase:
        case "idle":
            return _tr("Up to date")
        case "paused":
            return _tr("Paused")
        case _ if progress.total == 0:
            return _tr("Looking for photos…")
        case _:
            return _tr("Indexing {folder}").format(folder=where) if where else _tr("Indexing")


def counts_text(progress: Progress) -> str:
    """How far it is: "1,941 of 4,511"."""
    done, total = wording.number(progress.done), wording.number(progress.total)
    text = _tr("{done} of {total} so far") if progress.scanning else _tr("{done} of {total}")
    return text.format(done=done, total=total)


def model_text(model: str) -> str:
    """A model as the person knows it."""
    titles = {"starter": _tr("Starter model"), EARLIER_STARTER: _tr("Earlier starter model")}
    return titles.get(model, model)


def device_text(device: str) -> str:
    """A device as the person knows it."""
    return {"cpu": _tr("CPU"), "cuda": _tr("GPU"), "mps": _tr("GPU")}.get(device, device)


def failed_text(files: int, folders: int = 0) -> str:
    """How many files and folders could not be read."""
    return _tr("{number} not read").format(number=wording.files_and_folders(files, folders))


def speed_text(speed: str) -> str:
    """A speed of indexing as the person chooses it."""
    return {
        "gentle": _tr("Gentle"),
        "normal": _tr("Normal"),
        "full": _tr("Full"),
    }.get(speed, speed)


def speed_note(speed: str) -> str:
    """What a speed means."""
    return {
        "gentle": _tr("Stays in the background: other programs come first."),
        "normal": _tr("Leaves room for what else you do."),
        "full": _tr("As fast as this computer can."),
    }.get(speed, "")


def part_text(part: str) -> str:
    """A part of the library on disk."""
    return {
        "catalogue": _tr("Catalogue"),
        "thumbnails": _tr("Thumbnails"),
        "vectors": _tr("Search index"),
    }.get(part, part)
