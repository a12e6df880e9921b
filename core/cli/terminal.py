"""Writing to the person or to the next program: any file name, colour only where it is wanted.

Names of files, models and labels come from strangers, and a terminal obeys what stands in them. So
whatever goes to a screen, and every remark, passes `visible` in here. Into a pipe or a file paths
and the cells of CSV go as they are, as `ls` and `find` have it: the next program needs the name.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TextIO

Style = Literal["bold", "dim", "green", "yellow", "red"]

JOINERS = "\u200c\u200d"
STYLES: dict[Style, str] = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31"}


class Styled(str):
    """A line that was made visible and is in colour: it goes to the screen as it is."""

    __slots__ = ()


@dataclass(frozen=True)
class Terminal:
    """Where answers (`out`) and remarks (`err`) go."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def say(self, text: str = "") -> None:
        """Write a line of the answer; on a screen, with what could confuse it made visible."""
        plain = isinstance(text, Styled) or not on_screen(self.out)
        write(self.out, (text if plain else visible(text)) + "\n")

    def remark(self, text: str) -> None:
        """Write a line that is not part of the answer: only people read it."""
        write(self.err, visible(text) + "\n")
        self.err.flush()

    def answer_json(self, value: Any) -> None:
        """Write `value` as JSON.

        In ASCII, so that it passes through any terminal and locale; bytes of a file name that are
        no text become lone surrogates, which Python's `os.fsencode` turns back.
        """
        self.say(json.dumps(value, indent=2))

    def style(self, text: str, *styles: Style) -> str:
        """`text` in colour where the answer is read on a screen by someone who wants colour."""
        if not styles or not wants_colour(self.out):
            return text
        return Styled(f"\x1b[{';'.join(STYLES[style] for style in styles)}m{visible(text)}\x1b[0m")

    def path(self, path: str) -> str:
        """A path as it is; on a screen, with what could confuse the screen made visible."""
        return visible(path) if on_screen(self.out) else path


def on_screen(stream: TextIO) -> bool:
    """Whether a person looks at `stream` as it is written."""
    with contextlib.suppress(ValueError):  # closed
        return stream.isatty()
    return False


def wants_colour(stream: TextIO) -> bool:
    """Whether to use colour on `stream` (https://no-color.org)."""
    return on_screen(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(stream: TextIO, text: str) -> None:
    """Write `text` whatever it holds: bytes of odd file names go out as they came in."""
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "utf-8"
        raw = b"".join(_encoded(character, encoding) for character in text)
        if hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(raw)
            stream.buffer.flush()
        else:
            stream.write(raw.decode(encoding, "backslashreplace"))


def _encoded(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return character.encode(encoding, "backslashreplace")


def visible(text: str) -> str:
    """`text` with control characters and bytes that are no text written as escapes.

    Among them are those that turn the direction of what follows. Spaces of all widths, and what
    joins the parts of an emoji or of a Persian word, stay.
    """
    return "".join(
        character if _harmless(character) else character.encode("unicode_escape").decode()
        for character in text
    )


def visible_lines(text: str) -> str:
    """The same for text of several lines, of which each stays one."""
    return "\n".join(map(visible, text.split("\n")))


class VisibleFormatter(logging.Formatter):
    """For logs, which name files and models too."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record, visible."""
        return visible_lines(super().format(record))


def _harmless(character: str) -> bool:
    return (
        character.isprintable()
        or character in JOINERS
        or unicodedata.category(character) == "Zs"  # a space
    )


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Lines with the columns of `rows` aligned, two spaces apart; the last one runs free."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                *(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)),
                row[-1],
            ]
        ).rstrip()
        for row in rows
    ]


def number(count: int, one: str, many: str | None = None) -> str:
    """A count with its word: "1 photo", "1,204 photos"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def size(count: int) -> str:
    """A number of bytes for people: "4.2 MB" (decimal units, as file managers use)."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{count:,} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("every size has a unit")


def duration(seconds: float) -> str:
    """A time span for people: "3.2 s", "48 s", "5 min 20 s", "2 h 5 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
