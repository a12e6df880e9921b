"""Chinese is written without spaces: its words are found by those that are known."""

from __future__ import annotations

import re
from collections.abc import Set

CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
LONGEST = 8  # characters of a word; names of species have as many


def split(run: str, known: Set[str], little: Set[str]) -> list[str]:
    """The words of `run`, letters without a space, in order; none that is empty.

    Of all ways to cover it with known words the one that leaves out fewest characters and, then,
    has fewest words. What is left out and lies together is one word. A single character beside it
    belongs to it as well, as 油 does in 酱油, unless it is a little word such as 的.
    """
    words: list[str] = []
    unknown = ""  # of one script: xbox游 is two words
    pieces = _pieces(run, known, little)
    for number, (piece, covered) in enumerate(pieces):
        beside = pieces[max(number - 1, 0)], pieces[min(number + 1, len(pieces) - 1)]
        alone = len(piece) == 1 and piece not in little
        if not covered or (alone and not all(other for _, other in beside)):
            if unknown and _is_chinese(unknown) != _is_chinese(piece):
                words.append(unknown)
                unknown = ""
            unknown += piece
            continue
        words += [unknown, piece]
        unknown = ""
    return [word for word in [*words, unknown] if word]


def _is_chinese(piece: str) -> bool:
    return CHARACTER.search(piece) is not None


def _pieces(run: str, known: Set[str], little: Set[str]) -> list[tuple[str, bool]]:
    """`run` cut into known words and single characters, each with whether it is a known word."""
    # The best way to each place: characters left out, words, and where its last word begins.
    ways = [(0, 0, 0)]
    for end in range(1, len(run) + 1):
        left_out, words, _ = ways[end - 1]
        best = (left_out + 1, words + 1, end - 1)
        for start in range(max(0, end - LONGEST), end):
            if run[start:end] in known or run[start:end] in little:
                left_out, words, _ = ways[start]
                best = min(best, (left_out, words + 1, start))
        ways.append(best)
    pieces = []
    end = len(run)
    while end:
        left_out, _, start = ways[end]
        pieces.append((run[start:end], left_out == ways[start][0]))
        end = start
    return pieces[::-1]
