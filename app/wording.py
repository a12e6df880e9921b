"""Counts, durations and file names as the window says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from app import dates


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)


def number(count: int) -> str:
    """Digits grouped as the language does: "18,904"."""
    return QLocale().toString(count)


def photos(count: int) -> str:
    """Count photos: "1 photo", "18,904 photos"."""
    return _tr("1 photo") if count == 1 else _tr("{n} photos").format(n=number(count))


def files(count: int) -> str:
    """Count files: "1 file", "12 files"."""
    return _tr("1 file") if count == 1 else _tr("{n} files").format(n=number(count))


def folders(count: int) -> str:
    """Count folders: "1 folder", "12 folders"."""
    return _tr("1 folder") if count == 1 else _tr("{n} folders").format(n=number(count))


def files_and_folders(file_count: int, folder_count: int) -> str:
    """Count both, without what there is none of: "12 files", "1 folder", "12 files, 1 folder"."""
    if not folder_count:
        return files(file_count)
    if not file_count:
        return folders(folder_count)
    both = _tr("{files}, {folders}")
    return both.format(files=files(file_count), folders=folders(folder_count))


def matches(count: int, *, more: bool = False) -> str:
    """Count answers: "1 photo matches", "143 photos match", "More than 1,000 photos match"."""
    if more:
        return _tr("More than {n} photos match").format(n=number(count))
    if count == 1:
        return _tr("1 photo matches")
    return _tr("{n} photos match").format(n=number(count))


def remaining(seconds: float) -> str:
    """Say how long it takes: "40 s left", "12 min left", "3 h 20 min left"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return _tr("{n} s left").format(n=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return _tr("{n} min left").format(n=minutes)
    return _tr("{h} h {m} min left").format(h=number(minutes // 60), m=minutes % 60)


def rate(photos_per_second: float) -> str:
    """Say how fast it goes: "64 photos/s", "0.4 photos/s"."""
    digits = 0 if photos_per_second >= 10 else 1
    return _tr("{n} photos/s").format(n=QLocale().toString(photos_per_second, "f", digits))


def size(count: int) -> str:
    """A number of bytes: "605 MB", "1.7 GB" (decimal units, as file managers use)."""
    leading = int(f"{count:e}"[-2:]) % 3  # digits before the point, less one
    digits = 1 if count >= 1000 and leading == 0 else 0
    return QLocale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def moment(taken_at: str) -> str:
    """A photo's own local time, "2021-06-05T14:03:22", as the language writes it."""
    time = QDateTime.fromString(taken_at[:19], Qt.DateFormat.ISODate)
    if not time.isValid():
        return taken_at
    return dates.moment(time)


def stars(rating: int) -> str:
    """Draw a rating: "★★★☆☆" for 3."""
    return "★" * rating + "☆" * (5 - rating)


def shown(name: str) -> str:
    """Make a file name fit to be drawn: bytes that are no text, and control characters, marked."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name
    )


def less_likely(count: int) -> str:
    """How many photos are shown that do not match."""
    if count == 1:
        return _tr("1 less likely photo")
    return _tr("{n} less likely photos").format(n=number(count))


def offline() -> str:
    """The badge of a photo whose disk is not here."""
    return _tr("Offline")


def offline_folder(disk: str, other: str) -> str:
    """Why a folder is offline and what to do: `disk` is its own, `other` is in its place, or ""."""
    if other and disk:
        text = _tr("Another disk is in the place of this folder: {other}. Its own is {disk}.")
        return text.format(other=shown(other), disk=shown(disk))
    if other:
        return _tr("Another disk is in the place of this folder: {other}.").format(
            other=shown(other)
        )
    if disk:
        return _tr("This folder is offline: plug the disk {disk} in, or mount it again.").format(
            disk=shown(disk)
        )
    return _tr("This folder is offline: plug its disk in, or mount it again.")
