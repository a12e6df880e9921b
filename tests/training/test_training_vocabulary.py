"""Which words a trained model is said to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.embedding.vocabulary import VOCABULARY_FILE, read_vocabulary
from training.corpora import Lesson
from training.settings import Kind
from training.vocabulary import known_words, write_vocabulary


def lesson(text: str, language: str = "en", kind: Kind = "sentence") -> Lesson:
    return Lesson(language, kind, text, (text,))


def test_words_seen_too_rarely_are_not_known() -> None:
    texts = ["A dog, a dog, a dog", "Dog", "dog and quokka", "quokka"]
    lessons = [lesson(text) for text in texts]
    assert known_words(lessons, seen_at_least=3) == {"en": ["dog"]}
    assert known_words(lessons, seen_at_least=2) == {"en": ["dog", "quokka"]}
    assert known_words([lesson("dog")] * 3, seen_at_least=2) == {"en": []}  # one text thrice


def test_words_and_names_are_known_that_were_taught_by_themselves() -> None:
    lessons = [lesson("quokka", kind="word"), lesson("great auk", kind="name"), lesson("a rarity")]
    assert known_words(lessons) == {"en": ["auk", "great", "quokka"]}


def test_words_are_kept_by_language_without_forms_of_others() -> None:
    lessons = [lesson("dog dogs"), lesson("dogs dog"), lesson("l'arbre", "fr")]
    lessons += [lesson("d'arbre", "fr"), lesson("hunde", "de"), lesson("ein hunde", "de")]
    assert known_words(lessons) == {"en": ["dog"], "fr": ["arbre"], "de": ["hunde"]}


def test_chinese_words_are_told_by_jieba() -> None:
    pytest.importorskip("jieba")
    lessons = [lesson(f"{'大' * n}狗在看电脑", "zh") for n in range(1, 7)]
    lessons.append(lesson("钟", "zh", "name"))
    found = known_words(lessons)["zh"]
    assert {"狗", "电脑", "钟"} <= {*found}
    assert not {"电", "脑"} & {*found}  # characters that are no words by themselves


def test_the_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    lessons = [lesson(text) for text in ("a dog", "two dogs", "one dog")]
    lessons += [lesson("ein Hund", "de"), lesson("der Hund", "de")]
    assert write_vocabulary(lessons, tmp_path) == 2
    written = read_vocabulary(tmp_path)
    assert written is not None
    assert written.languages == {"en": {"dog"}, "de": {"hund"}}
    assert [file.name for file in tmp_path.iterdir()] == [VOCABULARY_FILE]
