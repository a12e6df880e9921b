"""Unknown words: whether what is said of a noun, known or unknown, is right.

`python -m benchmarks.quality.known_words FILE` measures one vocabulary, without a model.

Known nouns are drawn from the texts that training reads, by what stands around them (in Chinese by
jieba): names of classes, those of photos' captions, those of other texts alone, and, as people type
them, those of captions and sentences that are kept for measuring. The unknown ones
are invented or of other languages, in known_words.tsv; one that the texts have as a word of
their own, such as the Spanish "mesa", is left out.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from benchmarks.plan import SHARED
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.report import Line, Report, Table, as_text
from core.embedding.vocabulary import VOCABULARY_FILE, Vocabulary, read_vocabulary
from core.search.knowing import find_gaps
from core.search.query import parse_query
from training.corpora import chinese_captions, lessons, parallel_sentences
from training.data import captioned

NOUNS = 200
LEAST = 2  # texts that name a noun: what only one has may be a slip
LANGUAGES = {"en": "English", "zh": "Chinese", "de": "German", "fr": "French", "cs": "Czech"}
UNKNOWN = Path(__file__).with_suffix(".tsv")
# A noun stands behind one of the first and in front of one of the second, or of a sign.
_AROUND = {
    "en": (
        "a|an|the|his|her|their|two|three|some",
        "in|on|at|with|of|is|are|and|or|by|near|while|that|who|to|from|for",
    ),
    "fr": (
        "un|une|le|la|les|des|du|au|aux|son|sa|ses|leur|leurs|deux|trois|l'|d'",
        "de|dans|sur|avec|en|à|est|sont|et|ou|devant|qui|du|des|pendant|pour|près",
    ),
    "cs": (
        "na|v|ve|s|se|z|ze|do|u|od|vedle|jeho|její|dva|dvě|tři",
        "na|v|ve|s|se|z|ze|do|u|a|je|jsou|který|která|před|při|za",
    ),
}


def measured(
    vocabulary: Vocabulary | None, shared: Path, model: str, languages: Sequence[str]
) -> Table:
    """The share of nouns of each kind of which the right is said, and how many there were.

    `vocabulary` and `languages`: what the model says of itself. Needs jieba.
    """
    known, texts = _known_nouns(shared)

    def gap(noun: str) -> bool:
        return bool(find_gaps(parse_query(noun), model, vocabulary, languages))

    lines = [
        Line(what, model, (1 - _share(gap, nouns), float(len(nouns))))
        for what, nouns in known.items()
    ]
    for kind, nouns in unknown_nouns().items():
        there = [noun for noun in nouns if noun.casefold() not in texts]
        lines.append(Line(f"unknown: {kind}", model, (_share(gap, there), float(len(there)))))
    return Table(
        "Known and unknown words",
        ("right", "labels"),
        tuple(lines),
        f"nouns as a query; up to {NOUNS} drawn of each kind",
    )


def known_words(embedder: Embedder, shared: Path) -> Table:
    """The table of a model's own vocabulary."""
    model = embedder.model
    return measured(read_vocabulary(model.weights.parent), shared, model.name, model.languages)


def unknown_nouns() -> dict[str, list[str]]:
    """The nouns of known_words.tsv by their kind."""
    with UNKNOWN.open(encoding="utf-8", newline="") as file:
        found: dict[str, list[str]] = {}
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["kind"], []).append(row["word"])
    return found


def _share(gap: Callable[[str], bool], nouns: Sequence[str]) -> float:
    return sum(map(gap, nouns)) / max(1, len(nouns))


@cache
def _known_nouns(shared: Path) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Nouns by what they are, and all words in lower case that texts have at least LEAST times."""
    taught = lessons(shared)
    found: dict[str, list[str]] = {}
    all_words: Counter[str] = Counter()
    for language, name in LANGUAGES.items():
        ours = [lesson for lesson in taught if lesson.language == language]
        photos = _counted((x.text for x in ours if x.kind == "caption"), language)
        others = _counted((x.text for x in ours if x.kind in {"caption", "sentence"}), language)
        if language != "zh":
            all_words.update(
                w for x in ours if x.kind != "word" for w in set(_letters(x.text.casefold()))
            )
        names = sorted({x.text for x in ours if x.kind == "name" and _letters(x.text) == [x.text]})
        if names:
            found[f"{name}, names of classes"] = _drawn([x for x in names if "照片" not in x])
        if photos:
            found[f"{name}, of photos' captions"] = _drawn(photos)
        seen = {noun.casefold() for noun in photos}
        alone = [noun for noun in others if noun.casefold() not in seen]
        found[f"{name}, of texts alone"] = _drawn(alone)
        kept = _counted(_kept(shared, language), language, least=1)
        found[f"{name}, of texts to measure with"] = _drawn(kept)
    return found, frozenset(word for word, count in all_words.items() if count >= LEAST)


def _kept(shared: Path, language: str) -> list[str]:
    if language == "zh":
        return [text for texts in chinese_captions(shared, "dev") for text in texts]
    if language == "en":
        return [text for sample in captioned(shared, "dev") for text in sample.texts]
    return [sentence.texts[language] for sentence in parallel_sentences(shared, held_out=True)]


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _counted(texts: Iterable[str], language: str, least: int = LEAST) -> list[str]:
    """The nouns of at least so many texts, sorted."""
    counts = Counter(noun for text in texts for noun in _nouns(text, language))
    return sorted(noun for noun, count in counts.items() if count >= least)


def _drawn(nouns: Sequence[str]) -> list[str]:
    return random.Random(7).sample(nouns, min(NOUNS, len(nouns)))


def _nouns(text: str, language: str) -> set[str]:
    if language == "zh":
        from jieba import posseg

        return {
            word
            for word, flag in posseg.cut(text)
            if flag == "n" and re.fullmatch("[\u4e00-\u9fff]{2,}", word)
        }
    if language == "de":  # nouns have a capital, and so has the first word
        return set(re.findall(r"(?<=[\w,] )[A-ZÄÖÜ][a-zäöüß]{2,}\b", text))
    before, after = _AROUND[language]
    around = (
        rf"(?:(?<=\s)|^)(?:{before})(?:\s+|(?<='))([^\W\d_]{{3,}})(?=\s+(?:{after})\b|\s*[.,;]|$)"
    )
    return set(re.findall(around, text.casefold().replace("’", "'")))


def main() -> None:
    """Measure a file as that of a model which knows the languages that it lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vocabulary", type=Path, help="a vocabulary.txt")
    parser.add_argument("--shared", type=Path, default=SHARED)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, VOCABULARY_FILE).write_bytes(chosen.vocabulary.read_bytes())
        vocabulary = read_vocabulary(Path(folder))
    assert vocabulary is not None
    languages = tuple(vocabulary.languages)
    table = measured(vocabulary, chosen.shared, chosen.vocabulary.name, languages)
    sys.stdout.write(as_text(Report((table,))))


if __name__ == "__main__":
    main()
