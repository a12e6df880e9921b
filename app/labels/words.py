"""What is said of labels in more than one place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import wording


def label_texts() -> list[tuple[str, str]]:
    """What can be done with labels at all: what is asked for, and what menus call it."""
    return [
        ("new", _tr("New label…")),
        ("sets", _tr("Label sets…")),
        ("import", _tr("Import labels…")),
        ("export", _tr("Export labels…")),
    ]


def one_label_texts(*, off: bool) -> list[tuple[str, str]]:
    """What can be done with one label. `off`: it is switched off."""
    return [
        ("teach", _tr("Teach…")),
        ("prompts", _tr("Change prompts…")),
        ("switch", _tr("Switch on") if off else _tr("Switch off")),
        ("remove", _tr("Remove label")),
    ]


def difference(more: int) -> str:
    """How many more photos, or fewer, in brackets; nothing where it is none."""
    return f" ({'+' if more > 0 else '−'}{wording.number(abs(more))})" if more else ""


def label_set_texts(key: str, name: str, description: str) -> tuple[str, str]:
    """Name and description of a label set in the person's language, where it is one of ours."""
    known = {
        "animals": (_tr("Animals"), _tr("Pets and wild animals")),
        "documents": (_tr("Documents and screenshots"), _tr("Pictures of paper and of screens")),
        "food": (_tr("Food"), _tr("What is on the plate")),
        "people_events": (_tr("People and events"), _tr("Who is there, and what is going on")),
        "places": (_tr("Places"), _tr("Where a photo was taken, as one sees it")),
        "quality": (_tr("Quality"), _tr("Photos that did not turn out well")),
    }
    return known.get(key, (name, description))


def _tr(text: str) -> str:
    return QCoreApplication.translate("label_words", text)
