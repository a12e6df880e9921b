"""CLIP's byte-pair tokenizer, without torch: the same numbers as open_clip's SimpleTokenizer.

Method: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
and the reference tokenizer of https://github.com/openai/CLIP. The vocabulary file is open_clip's.
"""

from __future__ import annotations

import html
import importlib.util
import re
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from core.errors import ModelError

# CLIP numbers 256 bytes, the same at the end of a word, the merges, then the two marks.
MERGES = 49152 - 256 - 2
FIRST_MERGE = 512
MERGES_BYTES = 1_000_000  # of the vocabulary file, unpacked: twice what the merges take
LONGEST_WORD = 4000  # letters; merging takes time by the square of them
START, END = "<start_of_text>", "<end_of_text>"
CONTRACTIONS = rf"{START}|{END}|'s|'t|'re|'ve|'m|'ll|'d"
# Of plain ASCII text in lower case, what CLIP's pattern finds.
ASCII_WORDS = re.compile(CONTRACTIONS + r"|[a-z]+|[0-9]|[^\sa-z0-9]+")


@dataclass(frozen=True)
class Tokenizer:
    """Text → token numbers. Safe from any thread."""

    _ranks: dict[str, int]
    _letters: tuple[str, ...]
    _numbers: dict[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The token every text starts with."""
        return FIRST_MERGE + MERGES

    @property
    def end(self) -> int:
        """The token every text ends with; no token has a higher number."""
        return FIRST_MERGE + MERGES + 1

    def encode(self, text: str, enough: int | None = None) -> list[int]:
        """The tokens of `text`, without the marks around it; all of them, or at least `enough`."""
        cleaned = clean(text)
        pattern = ASCII_WORDS if cleaned.isascii() else unicode_words()
        tokens: list[int] = []
        for found in pattern.finditer(cleaned):
            word = found.group()[:LONGEST_WORD]
            known = self._known.get(word)
            if known is None:
                known = self._known[word] = self._merge(word)
            tokens.extend(known)
            if enough is not None and len(tokens) >= enough:
                break
        return tokens

    def sequence(self, text: str, context_length: int) -> list[int]:
        """The tokens of `text` between the two marks, cut to at most `context_length` of them."""
        tokens = [self.start, *self.encode(text, context_length), self.end]
        if len(tokens) > context_length:
            tokens = [*tokens[: context_length - 1], self.end]
        return tokens

    def _merge(self, word: str) -> tuple[int, ...]:
        """Join the pair that was learned first, again and again, until no pair is known."""
        if word in {START, END}:
            return (self.start if word == START else self.end,)
        letters = [self._letters[byte] for byte in word.encode("utf-8")]
        parts = [(letter, self._numbers[letter]) for letter in letters]
        parts[-1] = (letters[-1] + "</w>", parts[-1][1] + 256)
        while len(parts) > 1:
            pairs = (f"{left} {right}" for (left, _), (right, _) in pairwise(parts))
            ranks = [self._ranks.get(pair, MERGES) for pair in pairs]
            best = min(ranks)
            if best == MERGES:
                break
            joined: list[tuple[str, int]] = []
            position = 0
            while position < len(parts):
                if position < len(ranks) and ranks[position] == best:
                    pair = parts[position][0] + parts[position + 1][0]
                    joined.append((pair, FIRST_MERGE + best))
                    position += 2
                else:
                    joined.append(parts[position])
                    position += 1
            parts = joined
        return tuple(number for _, number in parts)


def clean(text: str) -> str:
    """Mend broken characters, undo HTML entities, single spaces, lower case: as CLIP was trained.

    ftfy changes nothing in printable ASCII without entities, and is not loaded for it.
    """
    if not (text.isascii() and text.isprintable() and "&" not in text):
        import ftfy

        text = html.unescape(html.unescape(ftfy.fix_text(text)))
    return " ".join(text.split()).lower()


@lru_cache(maxsize=1)
def unicode_words() -> re.Pattern[str]:
    """CLIP's pattern for any text; it needs Unicode classes, which only `regex` has."""
    import regex

    pattern: re.Pattern[str] = regex.compile(
        CONTRACTIONS + r"|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+", regex.IGNORECASE
    )
    return pattern


def byte_letters() -> tuple[str, ...]:
    """The printable character that stands for each of the 256 byte values in the vocabulary."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1)]
    printable += range(ord("®"), ord("ÿ") + 1)
    others = [byte for byte in range(256) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable}
    letters |= {byte: chr(256 + index) for index, byte in enumerate(others)}
    return tuple(letters[byte] for byte in range(256))


def vocabulary_file() -> Path:
    """The vocabulary inside the installed open_clip, which is found but not imported."""
    found = importlib.util.find_spec("open_clip")
    if found is None or found.origin is None:
        raise ModelError("The package open_clip_torch is missing: install Souvenir again.")
    return Path(found.origin).parent / "bpe_simple_vocab_16e6.txt.gz"


@lru_cache(maxsize=1)
def clip_tokenizer() -> Tokenizer:
    """The tokenizer of CLIP's own vocabulary (49,408 tokens), read once."""
    try:
        packed = vocabulary_file().read_bytes()
        text = zlib.decompressobj(wbits=31).decompress(packed, MERGES_BYTES)
        merges = text.split(b"\n", MERGES + 1)[1 : MERGES + 1]
        lines = b"\n".join(merges).decode("utf-8").split("\n")
        ranks = dict(zip(lines, range(MERGES), strict=True))
    except (OSError, ValueError, zlib.error) as error:
        raise ModelError(
            f"The vocabulary of open_clip cannot be read ({error}): install Souvenir again."
        ) from error
    letters = byte_letters()
    numbers = {letter: number for number, letter in enumerate(sorted(letters))}
    return Tokenizer(ranks, letters, numbers)
