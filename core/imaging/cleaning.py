"""Untrusted text and numbers from files, made fit to be stored and shown."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

LONGEST_TEXT = 200
_READ = 4  # a character may take that many bytes
MOST_KEYWORDS = 256
_DROPPED = {"Cc", "Cs", "Co", "Cn", "Cf"}
_KEPT_FORMAT = "\u200d\u200c"  # joiners, which emoji and some scripts need


def clean_text(value: object, limit: int = LONGEST_TEXT) -> str | None:
    """Text of at most `limit` characters without control characters; None when nothing is left.

    Bytes are taken for UTF-8, else Latin-1; text that is UTF-8 read as Latin-1, which is what
    Pillow makes of EXIF strings, is mended.
    """
    if isinstance(value, bytes):
        value = value[: _READ * limit].decode("latin-1")
    if not isinstance(value, str):
        return None
    text = _mended(value[: _READ * limit].split("\x00", 1)[0])
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _KEPT_FORMAT or unicodedata.category(char) not in _DROPPED
    )
    return " ".join(kept.split())[:limit].strip() or None


def _mended(text: str) -> str:
    try:
        encoded = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    # A long text was cut, perhaps within its last character.
    for missing in range(4 if len(text) >= _READ * LONGEST_TEXT else 1):
        try:
            return encoded[: len(encoded) - missing].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return text


def clean_keywords(values: Iterable[object]) -> tuple[str, ...]:
    """Each keyword once, in the order given, at most 256."""
    cleaned = (clean_text(value) for value in values)
    return tuple(dict.fromkeys(word for word in cleaned if word))[:MOST_KEYWORDS]


def number(value: object, low: float, high: float) -> float | None:
    """A finite number between `low` and `high`, else None; the first of a sequence of them."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if isinstance(value, bytes | bool) or value is None:
        return None
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return _fraction(value, low, high)
    return found if math.isfinite(found) and low <= found <= high else None


def _fraction(value: object, low: float, high: float) -> float | None:
    """A number written as "1/250", as XMP does."""
    if not isinstance(value, str) or value.count("/") != 1:
        return None
    above, below = value.split("/")
    try:
        return number(float(above) / float(below), low, high)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def camera_name(make: object, model: object) -> str | None:
    """Maker and model as people say them: "Nikon D70", not "NIKON CORPORATION NIKON D70"."""
    brand = [
        word.title() if (word.isupper() and len(word) > 3) or word.islower() else word
        for word in (clean_text(make) or "").replace(",", " ").split()
        if word.casefold().rstrip(".") not in _COMPANY_WORDS
    ]
    words = (clean_text(model) or "").split()
    if brand and words and words[0].casefold() == brand[0].casefold():
        words = words[1:]
        while len(brand) > 1 and words and words[0].casefold() == brand[1].casefold():
            words = words[1:]
    return " ".join([*brand, *words])[:LONGEST_TEXT].strip() or None


_COMPANY_WORDS = frozenset(
    {
        *("ag", "camera", "co", "company", "computer", "corp", "corporation", "eastman"),
        *("electronics", "gmbh", "imaging", "inc", "kg", "limited", "ltd", "optical", "techwin"),
    }
)


def lens_name(value: object) -> str | None:
    """The lens unless the field holds a filler such as "----" or "0.0 mm f/0.0"."""
    text = clean_text(value)
    if text is None or not any(char.isalnum() and char != "0" for char in text):
        return None
    return None if text.startswith("0.0 mm") or text.lower() in {"unknown", "n/a"} else text
