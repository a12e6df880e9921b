"""How names and paths of files are kept in SQLite, compared and put together again.

A file name may hold bytes that are no text; os.fsdecode makes lone surrogates of them, which
SQLite cannot hold. Each one, and the escape itself, is stored as an escape (the last private-use
character of Unicode) and six hex digits: reversible, and every other name is stored as it is.
"""

from __future__ import annotations

import os
import re
import unicodedata

_ESCAPE = "\U0010fffd"
_UNSTORABLE = re.compile(f"[\ud800-\udfff{_ESCAPE}]")
_DIGITS = re.compile("[0-9]+")
_STORED = re.compile(f"{_ESCAPE}([0-9a-f]{{6}})")


def to_stored(text: str) -> str:
    """Write a name or path as SQLite can hold it."""
    if text.isascii():
        return text
    return _UNSTORABLE.sub(lambda match: f"{_ESCAPE}{ord(match[0]):06x}", text)


def from_stored(text: str) -> str:
    """Undo to_stored."""
    if text.isascii():
        return text
    return _STORED.sub(lambda match: chr(int(match[1], 16)), text)


def clean(text: str) -> str:
    """Make any string storable where it need not come back the same, as a message or a title."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def fold(text: str) -> str:
    """Bring text that a person takes for the same to one form: case and Unicode composition."""
    if text.isascii():
        return text.lower()
    # The case folding of a composed letter may be decomposed, so compose at the end.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def natural(folded: str) -> str:
    """Write a folded name so that plain comparison puts "img2" before "img10".

    Each run of digits loses its leading zeros and is led by how many are left.
    """
    return _DIGITS.sub(_led_by_length, folded)


def _led_by_length(run: re.Match[str]) -> str:
    digits = run[0].lstrip("0")
    length = len(digits)
    return f"{length}{digits}" if length < 9 else f"9{length:05}{digits}"


def join_path(root: str, directory: str, name: str) -> str:
    """Absolute path of a file from its folder's path and its FileKey's `directory` and `name`."""
    base = root if root.endswith(os.sep) else root + os.sep
    if directory:
        base += (directory if os.sep == "/" else directory.replace("/", os.sep)) + os.sep
    return base + name


def relative_path(path: str, root: str) -> str | None:
    """Tell where `path` is below `root`, with "/"; "" for `root` itself, None outside of it."""
    compared, base = os.path.normcase(path), os.path.normcase(root).rstrip(os.sep)
    if compared.rstrip(os.sep) == base:
        return ""
    if not compared.startswith(base + os.sep):
        return None
    return path[len(base) + 1 :].replace(os.sep, "/")
