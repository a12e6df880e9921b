"""What the page of models says of them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import wording
from app.settings.model_facts import model_title
from app.settings.model_work import Models

if TYPE_CHECKING:
    from core.embedding.models import ModelInfo
    from core.events import Progress


def line(info: ModelInfo, models: Models, loading: str) -> str:
    """A model in the list: its name, its size, how it stands; `loading` is being downloaded."""
    if info.name == models.before:
        state = _tr("answers until the new one is ready")
    elif info.name == models.in_use:
        state = _tr("getting ready") if models.before else _tr("in use")
    elif info.installed:
        state = _tr("installed")
    elif info.name == loading:
        state = _tr("downloading")
    elif info.fetched:
        state = _tr("paused at {size}").format(size=wording.size(info.fetched))
    else:
        state = _tr("to download")
    return _tr("{model} ({size}, {state})").format(
        model=model_title(info.name), size=wording.size(info.bytes), state=state
    )


def coming(models: Models, progress: Progress) -> str:
    """That another model looks at the photos, how far it is, and which one answers; or ""."""
    if not models.before:
        return ""
    text = _tr("{new} looks at your photos. Until it is through, {old} answers.")
    if progress.total:
        text = _tr(
            "{new} looks at your photos: {done} of {total}. Until it is through, {old} answers."
        )
    return text.format(
        new=model_title(models.in_use),
        old=model_title(models.before),
        done=wording.number(progress.done),
        total=wording.number(progress.total),
    )


def downloaded(done: int, total: int | None) -> str:
    """How far a download is, in bytes; `total` None: nobody knows how many there are."""
    if not total:
        text = _tr("{done} downloaded")
    elif done < total:
        text = _tr("{done} of {total} downloaded")
    else:
        text = _tr("{total} downloaded; the model is being checked and stored…")
    return text.format(done=wording.size(done), total=wording.size(total or 0))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelPage", text)
