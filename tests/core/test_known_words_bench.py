"""The nouns that the bench of unknown words asks."""

from __future__ import annotations

import pytest

from benchmarks.quality.known_words import _nouns, unknown_nouns


def test_nouns_are_told_by_what_stands_around_them() -> None:
    assert _nouns("A dog runs on the beach with a big red ball.", "en") == {"beach"}
    assert _nouns("Ein Hund und zwei Katzen", "de") == {"Hund", "Katzen"}
    assert _nouns("l'arbre dans le jardin.", "fr") == {"arbre", "jardin"}
    assert _nouns("Chlapec na pláži s míčem.", "cs") == {"pláži", "míčem"}


def test_chinese_nouns_are_told_by_jieba() -> None:
    pytest.importorskip("jieba")
    assert "狗狗" not in _nouns("一个男孩在沙滩上", "zh")
    assert "沙滩" in _nouns("一个男孩在沙滩上", "zh")


def test_two_hundred_unknown_nouns_are_there_of_either_kind() -> None:
    found = unknown_nouns()
    chinese = [noun for kind in found if "Chinese" in kind for noun in found[kind]]
    assert sum(map(len, found.values())) - len(chinese) >= 200
    assert len(chinese) >= 150
    assert all(len(set(nouns)) == len(nouns) for nouns in found.values())
