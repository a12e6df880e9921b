"""Texts as classifiers: the phrasings around what was typed, and what everyday photos show.

A text's vector is the renormalised mean over templates (Radford et al. 2021, "Learning
Transferable Visual Models From Natural Language Supervision", section 3.1.4).
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import threading
from collections import OrderedDict
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from core.private_files import make_private_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from core.embedding.text import TextEncoder

log = logging.getLogger(__name__)

# Measured on single nouns and on whole captions: templates help words (mean average precision 0.37
# bare, 0.40 with them), while in a sentence, which has its own phrasing, they cost recall at 1
# unless the bare text has half the weight.
_SENTENCE_WORDS = 4
_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_CHINESE_WORD = 2  # characters: what most words have
_REMEMBERED = 64
_Phrased = tuple[str, tuple[str, ...]]


class Prompts:
    """Turns texts into classifiers of one model, and remembers them. Safe from any thread.

    `cache`: a file to keep the background's vectors in, so that a new process need not encode them.
    """

    def __init__(self, encoder: TextEncoder, *, cache: Path | None = None) -> None:
        self._encoder = encoder
        self._cache = cache
        self._templates = {chinese: templates(chinese=chinese) for chinese in (False, True)}
        self._lock = threading.Lock()
        self._known: OrderedDict[_Phrased, NDArray[np.float32]] = OrderedDict()
        self._background: NDArray[np.float32] | None = None

    def vectors(self, texts: Sequence[str], templates: tuple[str, ...] = ()) -> NDArray[np.float32]:
        """Classifiers of texts: float32 (n, dim), each of length 1.

        `templates`: the phrasings around them, each with a {}, in place of the usual ones.
        """
        with self._lock:
            wanted = [(text, templates) for text in texts]
            new = [each for each in dict.fromkeys(wanted) if each not in self._known]
            for each, vector in zip(new, self._encode(new), strict=True):
                self._known[each] = vector
            found = np.stack([self._known[each] for each in wanted])
            for each in wanted:
                self._known.move_to_end(each)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return found

    def background(self) -> NDArray[np.float32]:
        """Classifiers of everyday things, float32 (n, dim): what other scores are compared with."""
        with self._lock:
            if self._background is None:
                self._background = self._read_background()
            return self._background

    def _encode(self, wanted: Sequence[_Phrased]) -> list[NDArray[np.float32]]:
        """A classifier of each text, all texts in all phrasings encoded at once."""
        around = [own or self._templates[bool(_CHINESE.search(text))] for text, own in wanted]
        phrased = [
            template.replace("{}", text)
            for (text, _), each in zip(wanted, around, strict=True)
            for template in each
        ]
        if not phrased:
            return []
        vectors = self._encoder.encode_texts(phrased)
        ends = np.cumsum([len(each) for each in around])
        return [
            _classifier(rows, sentence=not own and _is_sentence(text))
            for (text, own), rows in zip(wanted, np.split(vectors, ends[:-1]), strict=True)
        ]

    def _read_background(self) -> NDArray[np.float32]:
        texts = everyday()
        # One phrasing: as good as several for this purpose, and large models take long over each.
        phrased = [f"a photo of {text}" for text in texts]
        mark = hashlib.sha256("\n".join(phrased).encode()).hexdigest()
        if self._cache is not None:
            kept = _load(self._cache, mark)
            if kept is not None and len(kept) == len(texts):
                return kept
        found = self._encoder.encode_texts(phrased)
        if self._cache is not None:
            _keep(self._cache, mark, found)
        return found


def _classifier(phrased: NDArray[np.float32], *, sentence: bool) -> NDArray[np.float32]:
    """One unit vector, (dim,), of a text in all its phrasings, (n, dim)."""
    mean = phrased.mean(axis=0)
    # The first template is the text itself.
    return _unit(_unit(mean) + phrased[0] if sentence else mean)


def _is_sentence(text: str) -> bool:
    chinese = len(_CHINESE.findall(text)) // _CHINESE_WORD
    return max(chinese, len(text.split())) > _SENTENCE_WORDS


def templates(*, chinese: bool = False) -> tuple[str, ...]:
    """The phrasings around a searched text, {}; the first is the text itself."""
    return tuple(_lines("templates_zh.txt" if chinese else "templates.txt"))


def everyday() -> list[str]:
    """The everyday descriptions that Prompts.background has a row for each of."""
    return _lines("background.txt")


def _lines(name: str) -> list[str]:
    """Lines of a resource, without comments."""
    text = resources.files("resources").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled


def _load(path: Path, mark: str) -> NDArray[np.float32] | None:
    """Vectors kept under `mark`, None where the file is missing, stale or damaged."""
    try:
        stored = path.read_bytes()
        digest, content = stored[:64].decode(), stored[64:]
        if digest != hashlib.sha256(mark.encode() + content).hexdigest():
            return None
        vectors: NDArray[np.float32] = np.load(io.BytesIO(content), allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors


def _keep(path: Path, mark: str, vectors: NDArray[np.float32]) -> None:
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    content = buffer.getvalue()
    part = path.with_name(f"{path.name}.{threading.get_ident()}.part")
    try:
        make_private_folder(path.parent)
        digest = hashlib.sha256(mark.encode() + content).hexdigest()
        write_private(part, digest.encode() + content)
        part.replace(path)
    except OSError as error:
        log.warning("the background prompts cannot be kept in %s: %s", path, error)
