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


def _tr(text: str) -> str:
    return QCoreApplication.translate("label_words", text)
