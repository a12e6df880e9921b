"""Words in a script that puts no spaces between them: the known words that a run is made of."""

from __future__ import annotations

from core.embedding.vocabulary import LITTLE

_LONGEST = 8  # characters of a word
# A known word costs one whatever its length, so long ones are preferred to their parts.
_UNKNOWN = 1.5


def segmented(run: str, vocabulary: frozenset[str]) -> list[str]:
    """The words of a run of characters, in order, as few and as well known as can be.

    Characters of no known word that stand together are one word. A shortest path over all known
    words, as dictionary segmenters take it.
    """
    # For each place: the cost of the best way there, and where its last word begins.
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]
    for end in range(1, len(run) + 1):
        ways = [(best[end - 1][0] + _UNKNOWN, end - 1, False)]
        for start in range(max(0, end - _LONGEST), end):
            piece = run[start:end]
            if piece in vocabulary or piece in LITTLE:
                ways.append((best[start][0] + 1.0, start, True))
        best.append(min(ways))
    pieces: list[tuple[str, bool]] = []
    end = len(run)
    while end:
        _, start, known = best[end]
        pieces.append((run[start:end], known))
        end = start
    words: list[str] = []
    joined = False  # whether the last word is unknown, so that what follows may belong to it
    for piece, known in reversed(pieces):
        if joined and not known:
            words[-1] += piece
        else:
            words.append(piece)
        joined = not known
    return words
