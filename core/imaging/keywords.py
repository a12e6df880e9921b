"""Keywords as programs write them: flat ones, and paths of such that lie in each other; titles.

Four forms are in use. `subject` (dc:subject) and `iptc` (IPTC's keywords) are flat; `hierarchical`
(lr:hierarchicalSubject, Lightroom's) has paths such as "bird|heron" and `tags_list`
(digiKam:TagsList) the same as "bird/heron".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

Form = Literal["subject", "hierarchical", "tags_list", "iptc"]
SEPARATORS: Mapping[Form, str] = {"hierarchical": "|", "tags_list": "/"}

# Words of each form that a file or sidecar holds; a form that it has no room for is missing.
Words = Mapping[Form, tuple[str, ...]]

TitleForm = Literal["xmp", "iptc"]  # dc:title in its default language, IPTC's object name
# The title in each form, None for none; a form that a file or sidecar has no room for is missing.
Titles = Mapping[TitleForm, str | None]

_OF_PROGRAMS = ("_Digikam_", "darktable")  # what programs note for themselves under a first word


def levels(form: Form, word: str) -> tuple[str, ...]:
    """The words of a path from the top on; one for a flat form. () for a program's own note."""
    separator = SEPARATORS.get(form)
    parts = (word,) if separator is None else tuple(p.strip() for p in word.split(separator))
    return () if parts[0].startswith(_OF_PROGRAMS) else tuple(part for part in parts if part)


def flat_words(words: Words) -> tuple[str, ...]:
    """Every word of every form once: of a path each of its levels is a keyword."""
    found = (level for form, kept in words.items() for word in kept for level in levels(form, word))
    return tuple(dict.fromkeys(found))


def joined(form: Form, path: Iterable[str]) -> str | None:
    """A path as this form writes it; None where a word holds what separates words there."""
    path = tuple(path)
    separator = SEPARATORS.get(form)
    if separator is None:
        return path[-1]
    return None if any(separator in word for word in path) else separator.join(path)
