"""What the viewer says when a photo cannot be shown in full: what happened and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import wording

if TYPE_CHECKING:
    from app.grid.photo_row import PhotoRow
    from app.viewer.picture import Picture
    from app.viewer.picture_reader import Failure


def remark(
    row: PhotoRow, picture: Picture | None, failure: Failure | None, *, slow: bool = False
) -> str:
    """Say why a photo is not shown in full, or "". `slow`: it has been read for a while."""
    if picture is not None and not picture.preview:
        return ""
    if row.offline:
        said = _tr("This photo is offline: plug its disk in to see it in full.")
    elif failure is None:
        return _tr("Reading the photo…") if slow else ""
    elif failure.gone:
        said = _tr("The file is no longer there. If it was moved, Souvenir finds it by itself.")
    else:
        advice = _tr("Try another program, or put a copy from a backup in its place.")
        said = f"{failure.sentence} {advice}"
    if picture is not None:
        said = f"{said} {_tr('This is the small preview that Souvenir keeps.')}"
    return said


def less_likely_text(count: int, key: str) -> str:
    """That no more photos match, how many are less likely, and by which key one goes on to them."""
    text = (
        _tr("No more photos match. 1 is less likely.")
        if count == 1
        else _tr("No more photos match. {n} are less likely.").format(n=wording.number(count))
    )
    return f"{text} {_tr('{key} goes on.').format(key=key)}" if key else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("viewer", text)
