"""Built-in labels in the person's language: their names are data, and taken at switching on.

Prompts stay English, which models read. Names are those of resources/labels, collected from there
for translators (packaging/translations.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from core.library import Label

CONTEXT = "built_in_labels"


def own_word(text: str) -> str:
    """A name or description of resources/labels in the language of the window."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def those_there(shipped: Iterable[Label], labels: Sequence[Label]) -> dict[str, Label]:
    """The labels of the library that stand for these, by the names that those are shipped with.

    One that was switched on in another language, or renamed since, is the same one.
    """
    # Imported here: the window is up before core is.
    from core.library import counterparts

    wanted = list(shipped)
    by_name = {label.name.casefold(): label for label in labels}
    called = {label.name: by_name.get(own_word(label.name).casefold()) for label in wanted}
    found = {name: label for name, label in called.items() if label is not None}
    return found | counterparts(wanted, labels)


def those_missing(shipped: Sequence[Label], labels: Sequence[Label]) -> list[Label]:
    """The others of these, as they are added: called so in the language of the window."""
    there = those_there(shipped, labels)
    groups = {label.group: there[label.name].group for label in shipped if label.name in there}
    return [
        replace(
            label,
            name=own_word(label.name),
            parent=there[label.parent].name if label.parent in there else own_word(label.parent),
            group=groups.get(label.group, "") or own_word(label.group),
        )
        for label in shipped
        if label.name not in there
    ]
