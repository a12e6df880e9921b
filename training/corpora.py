"""The texts that the text tower learns from, in five languages, each with what it means in English.

English texts are targets: the sentence encoder says what they mean. A text of another language
learns the place of the English one that says the same.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.data import LABEL_TEMPLATES, Sample, caption_groups, captioned, classified, plain
from training.lexicon import chinese_words, letters, lexicon
from training.settings import Kind

TEMPLATES = {
    "en": LABEL_TEMPLATES,
    "zh": ("{}", "一张{}的照片", "{}的照片"),
    "de": ("{}", "ein Foto von {}"),
    "fr": ("{}", "une photo de {}"),
    "cs": ("{}", "fotka {}"),
}
# Sentences of the parallel text that are kept for measuring.
HELD_OUT_SENTENCES = 1000


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text in one of the languages of TEMPLATES, and English texts that say the same.

    photo: the number of the captioned training photo that a caption describes, else -1.
    """

    language: str
    kind: Kind
    text: str
    meanings: tuple[str, ...]
    photo: int = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the parallel text in each language that it has, by the language's code."""

    texts: dict[str, str]


def chinese_captions(shared: Path, split: str) -> list[tuple[str, ...]]:
    """Captions written in Chinese of each of Flickr8k's photos of a split, in file order."""
    lines = (shared / "flickr8k" / f"{split}.zh.jsonl").read_text(encoding="utf-8").splitlines()
    return [tuple(json.loads(line)["captions"]) for line in lines]


def parallel_sentences(shared: Path, *, held_out: bool) -> list[Sentence]:
    """The sentences in English, German, French and Czech, to learn from or to measure with."""
    file = shared / "text" / "parallel" / "multi30k.en-de-fr-cs.tsv"
    languages = ("en", "de", "fr", "cs")
    sentences = [
        Sentence(dict(zip(languages, line.split("\t"), strict=True)))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return sentences[-HELD_OUT_SENTENCES:] if held_out else sentences[:-HELD_OUT_SENTENCES]


def machine_translations(shared: Path) -> list[tuple[str, str]]:
    """English captions of the training photos, each with a translation into Chinese."""
    file = shared / "text" / "parallel" / "flickr8k_train.en-zh.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(english, chinese) for english, chinese in (line.split("\t") for line in lines)]


def imagenet_names(shared: Path) -> list[dict[str, tuple[str, ...]]]:
    """The names of the classifier's classes in its order, by language; several for most."""
    with (shared / "text" / "imagenet_names.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        {
            language: tuple(
                name.strip() for name in re.split("[,，]", row[language]) if name.strip()
            )
            for language in ("en", "zh", "fr")
        }
        for row in rows
    ]


def photoless_captions(shared: Path, unseen: Sequence[Sample]) -> list[str]:
    """English captions of photos that are not there; none that a photo of `unseen` has too."""
    forbidden = {plain(text) for sample in unseen for text in sample.texts}
    found = [text for sample in caption_groups(shared, unseen) for text in sample.texts]
    for name in ("captions_coco_val2017.txt", "captions_conceptual.txt"):
        lines = (shared / "text" / name).read_text(encoding="utf-8").splitlines()
        found += [line.strip() for line in lines if line.strip() and plain(line) not in forbidden]
    return list(dict.fromkeys(found))


def common_words(shared: Path) -> list[str]:
    """English words that are frequent in texts of all kinds."""
    file = shared / "text" / "word_vectors_25d.txt"
    words = [line.split(" ", 1)[0] for line in file.read_text(encoding="utf-8").splitlines()]
    return [word for word in words if re.fullmatch(r"[a-z][a-z'-]+", word)]


def lessons(shared: Path) -> list[Lesson]:
    """Everything that the text tower learns from."""
    return [*_captions(shared), *_translations(shared), *_names(shared), *_words(shared)]


def _captions(shared: Path) -> Iterator[Lesson]:
    train = captioned(shared, "train")
    for photo, (sample, chinese) in enumerate(
        zip(train, chinese_captions(shared, "train"), strict=True)
    ):
        for text in sample.texts:
            yield Lesson("en", "caption", text, (text,), photo)
        for text in chinese:
            yield Lesson("zh", "caption", text, sample.texts, photo)
    for text in photoless_captions(shared, captioned(shared, "dev")):
        yield Lesson("en", "sentence", text, (text,))


def _translations(shared: Path) -> Iterator[Lesson]:
    for english, chinese in machine_translations(shared):
        yield Lesson("zh", "sentence", chinese, (english,))
    for sentence in parallel_sentences(shared, held_out=False):
        english = sentence.texts["en"]
        for language, text in sentence.texts.items():
            yield Lesson(language, "sentence", text, (english,))


def _names(shared: Path) -> Iterator[Lesson]:
    for names in imagenet_names(shared):
        for language, synonyms in names.items():
            for name in synonyms:
                meaning = name if language == "en" else names["en"][0]
                yield from _phrased(language, "name", name, meaning)
    classes = classified(shared, held_out=False)
    for name in sorted({sample.texts[0] for sample in classes}):
        yield from _phrased("en", "name", name, name)
    for text in sorted({text for sample in classes for text in sample.texts[4:]}):
        yield Lesson("en", "sentence", text, (text,))


def _words(shared: Path) -> Iterator[Lesson]:
    for word in common_words(shared):
        yield from _phrased("en", "word", word, word)
    train = captioned(shared, "train")
    described = zip(train, chinese_captions(shared, "train"), strict=True)
    chinese = machine_translations(shared) + [
        (" ".join(sample.texts), " ".join(texts)) for sample, texts in described
    ]
    sentences = parallel_sentences(shared, held_out=False)
    dictionaries = {"zh": lexicon(chinese, chinese_words)} | {
        language: lexicon(((s.texts["en"], s.texts[language]) for s in sentences), letters)
        for language in ("de", "fr", "cs")
    }
    for language, dictionary in dictionaries.items():
        for word, meaning in dictionary.items():
            yield from _phrased(language, "word", word, meaning)


def _phrased(language: str, kind: Kind, name: str, meaning: str) -> Iterator[Lesson]:
    """A name or word bare and in its language's templates, with the same around its meaning."""
    for number, template in enumerate(TEMPLATES[language]):
        around = template if language == "en" else TEMPLATES["en"][min(number, 1)]
        yield Lesson(language, kind, template.format(name), (around.format(meaning),))
