"""Patterns for names of files: "{date:%Y-%m-%d} {n:03} {name}"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import SouvenirError
from core.filing.names import without_illegal

PLACEHOLDERS = ("name", "date", "time", "n", "camera", "ext")
_TOKEN = re.compile(r"\{(\w*)(?::([^{}]*))?\}|([{}])")
_MOMENT = re.compile(r"(?:[^%]|%[YymdHMSj%])*")
_COUNTER = re.compile(r"0?\d{0,2}")
_USUAL = {"date": "%Y-%m-%d", "time": "%H-%M-%S"}


class PatternError(SouvenirError):
    """A pattern that cannot be understood: `part` is what is wrong with it."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"“{part}” cannot be filled in: the placeholders are "
            + " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            + "."
        )
        self.part = part


@dataclass(frozen=True)
class NameFacts:
    """What a name is made from: `number` is the place in the order, `taken_at` the local time."""

    path: Path
    number: int
    taken_at: datetime
    camera: str | None


Part = Callable[[NameFacts], str]


def parse_pattern(pattern: str) -> Callable[[NameFacts], str]:
    """Understand a pattern; the function makes a name, always with the suffix of the file.

    Raises PatternError.
    """
    parts: list[Part] = []
    end = 0
    for found in _TOKEN.finditer(pattern):
        parts += [_literal(pattern[end : found.start()]), _placeholder(found)]
        end = found.end()
    parts.append(_literal(pattern[end:]))

    def name(facts: NameFacts) -> str:
        made = "".join(part(facts) for part in parts)
        suffix = facts.path.suffix
        return made if Path(made).suffix.lower() == suffix.lower() else made + suffix

    return name


def _literal(text: str) -> Part:
    return lambda _facts: text


def _placeholder(found: re.Match[str]) -> Part:
    name, how = found[1], found[2]
    if name in _USUAL:
        form = how or _USUAL[name]
        if _MOMENT.fullmatch(form):
            return lambda facts: facts.taken_at.strftime(form)
    elif name == "n" and _COUNTER.fullmatch(how or ""):
        width = int(how or 1)
        return lambda facts: f"{facts.number:0{max(width, 1)}d}"
    elif how is None:
        plain: dict[str | None, Part] = {
            "name": lambda facts: without_illegal(facts.path.stem),
            "camera": lambda facts: without_illegal(facts.camera or "").strip(". "),
            "ext": lambda facts: facts.path.suffix[1:],
        }
        if name in plain:
            return plain[name]
    raise PatternError(found[0])
