"""The text tower in NumPy: a search needs no torch, which takes seconds to import.

It computes what open_clip's `TextTransformer` computes (Radford et al., 2021: a pre-norm
transformer whose output at the end mark is projected), for the towers that are built that way.
Causal attention never looks past the end mark, so nothing after it is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from core.embedding.models import Model
from core.embedding.tokenizer import Tokenizer, clip_tokenizer
from core.embedding.weights import Weights, open_weights

Floats = NDArray[np.float32]
BATCH_TOKENS = 2048  # bounds the memory of one pass
# What may stand in text_cfg, and the values that mean the standard tower.
SIZES = {"context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio"}
STANDARD: dict[str, tuple[Any, ...]] = {
    "embed_cls": (False,),
    "eos_id": (2, 49407),  # only read when pool_type is "eos"
    "pad_id": (0,),
    "pool_type": ("argmax",),
    "final_ln_after_pool": (False,),
    "output_tokens": (False, True),
    "no_causal_mask": (False, True),
    "proj_type": ("linear",),
    "proj_bias": (False, True),
    "ls_init_value": (None,),
    "block_type": (None, "default"),
    "act_kwargs": (None, {}, {"approximate": "tanh"}, {"approximate": "none"}),
    "tokenizer_kwargs": (None, {}, {"clean": "lower"}),
}


class TextEncoder(Protocol):
    """What turns texts into vectors."""

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), each row of length 1."""
        ...


@dataclass(frozen=True)
class Block:
    """The weights of one transformer block; matrices are (in, out)."""

    norm1: tuple[Floats, Floats]
    attention_in: tuple[Floats, Floats]
    attention_out: tuple[Floats, Floats]
    norm2: tuple[Floats, Floats]
    widen: tuple[Floats, Floats]
    narrow: tuple[Floats, Floats]


@dataclass(frozen=True)
class NumpyTextEncoder:
    """A CLIP text transformer on NumPy. Safe from any thread: nothing in it changes."""

    tokenizer: Tokenizer
    context_length: int
    heads: int
    causal: bool
    epsilon: float
    activation: Callable[[Floats], Floats]
    weights: Weights
    embedding: str  # the name of the token embedding, read row by row
    positions: Floats
    blocks: tuple[Block, ...]
    norm: tuple[Floats, Floats]
    projection: tuple[Floats, Floats | None]

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), each row of length 1."""
        sequences = [self._tokens(text) for text in texts]
        features = np.empty((len(texts), self.projection[0].shape[1]), np.float32)
        # Threads of the matrix library wait by spinning: beside indexing on 2 cores, two of them
        # take four times as long as one.
        with thread_pools().limit(limits=1, user_api="blas"):
            for rows in batches([len(sequence) for sequence in sequences]):
                tokens = np.array([sequences[row] for row in rows])
                features[rows] = self._encode(tokens)
        features /= np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
        return features

    def _tokens(self, text: str) -> list[int]:
        """The tokens that matter: up to the first end mark, or all when attention looks back."""
        tokens = self.tokenizer.sequence(text, self.context_length)
        if not self.causal:
            return tokens + [0] * (self.context_length - len(tokens))
        return tokens[: tokens.index(self.tokenizer.end) + 1]

    def _encode(self, tokens: NDArray[np.int64]) -> Floats:
        """(n, length) tokens → (n, dim) features, not normalised."""
        count, length = tokens.shape
        unique, places = np.unique(tokens, return_inverse=True)
        vectors = self.weights.float32(self.embedding, unique)
        x = vectors[places.reshape(count, length)] + self.positions[:length]
        for block in self.blocks:
            x = x + self._attend(layer_norm(x, block.norm1, self.epsilon), block)
            hidden = self.activation(linear(layer_norm(x, block.norm2, self.epsilon), block.widen))
            x = x + linear(hidden, block.narrow)
        ends = x[np.arange(count), tokens.argmax(axis=1)]
        features = layer_norm(ends, self.norm, self.epsilon) @ self.projection[0]
        return features if self.projection[1] is None else features + self.projection[1]

    def _attend(self, x: Floats, block: Block) -> Floats:
        """Multi-head self-attention over (n, length, width)."""
        count, length, width = x.shape
        size = width // self.heads
        split = linear(x, block.attention_in).reshape(count, length, 3, self.heads, size)
        query, key, value = split.transpose(2, 0, 3, 1, 4)
        scores = (query * np.float32(size**-0.5)) @ key.transpose(0, 1, 3, 2)
        if self.causal:
            scores[..., ~np.tri(length, dtype=bool)] = -np.inf
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count, length, width)
        return linear(mixed, block.attention_out)


def numpy_text_encoder(model: Model) -> NumpyTextEncoder | None:
    """The text tower of `model` on NumPy; None when it is built in a way that needs torch.

    Raises ModelError when the weights cannot be read.
    """
    text = model.config.get("text_cfg", {})
    norms = dict(text.get("norm_kwargs") or {})
    epsilon = float(norms.pop("eps", 1e-5))
    known = all(
        name in SIZES | {"norm_kwargs"} or any(value == good for good in STANDARD.get(name, ()))
        for name, value in text.items()
    )
    if not known or norms or "multimodal_cfg" in model.config:
        return None
    weights = open_weights(model.weights)
    prefix = "text." if "text.positional_embedding" in weights else ""
    tokenizer = clip_tokenizer()
    context_length = int(text.get("context_length", 77))
    width, layers = int(text.get("width", 512)), int(text.get("layers", 12))
    names = (f"{prefix}positional_embedding", f"{prefix}token_embedding.weight")
    if not all(name in weights for name in names):
        return None
    if weights.shape(names[0]) != (context_length, width):
        return None  # open_clip stretches the positions of such a checkpoint
    if weights.shape(names[1]) != (tokenizer.end + 1, width):
        return None  # not CLIP's vocabulary
    return NumpyTextEncoder(
        tokenizer=tokenizer,
        context_length=context_length,
        heads=int(text.get("heads", 8)),
        causal=not text.get("no_causal_mask", False),
        epsilon=epsilon,
        activation=activation(model.config, text),
        weights=weights,
        embedding=names[1],
        positions=weights.float32(names[0]),
        blocks=tuple(
            read_block(weights, f"{prefix}transformer.resblocks.{index}.")
            for index in range(layers)
        ),
        norm=read_norm(weights, f"{prefix}ln_final"),
        projection=read_projection(weights, f"{prefix}text_projection")
        if model.text_projection is None
        else read_projection(open_weights(model.text_projection), "text_projection"),
    )


@lru_cache(maxsize=1)
def thread_pools() -> ThreadpoolController:
    """The thread pools of the libraries under NumPy."""
    return ThreadpoolController()


def read_block(weights: Weights, prefix: str) -> Block:
    """The weights of the block whose tensors start with `prefix`."""
    return Block(
        norm1=read_norm(weights, f"{prefix}ln_1"),
        attention_in=read_linear(
            weights, f"{prefix}attn.in_proj_weight", f"{prefix}attn.in_proj_bias"
        ),
        attention_out=read_linear(
            weights, f"{prefix}attn.out_proj.weight", f"{prefix}attn.out_proj.bias"
        ),
        norm2=read_norm(weights, f"{prefix}ln_2"),
        widen=read_linear(weights, f"{prefix}mlp.c_fc.weight", f"{prefix}mlp.c_fc.bias"),
        narrow=read_linear(weights, f"{prefix}mlp.c_proj.weight", f"{prefix}mlp.c_proj.bias"),
    )


def read_norm(weights: Weights, name: str) -> tuple[Floats, Floats]:
    """Scale and shift of a layer norm."""
    return weights.float32(f"{name}.weight"), weights.float32(f"{name}.bias")


def read_linear(weights: Weights, weight: str, bias: str) -> tuple[Floats, Floats]:
    """Matrix (in, out) and bias; torch stores (out, in)."""
    return weights.float32(weight).T, weights.float32(bias)


def read_projection(weights: Weights, name: str) -> tuple[Floats, Floats | None]:
    """What takes the output at the end mark into the shared space: a matrix, or a linear layer."""
    if name in weights:
        return weights.float32(name), None
    matrix = weights.float32(f"{name}.weight").T
    return matrix, weights.float32(f"{name}.bias") if f"{name}.bias" in weights else None


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers, grouped by equal length, at most BATCH_TOKENS tokens at once."""
    by_length: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_length.setdefault(length, []).append(row)
    for length, rows in by_length.items():
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]


def linear(x: Floats, layer: tuple[Floats, Floats]) -> Floats:
    """Matrix and bias over the last axis, as one matrix product."""
    matrix, bias = layer
    flat: Floats = x.reshape(-1, x.shape[-1]) @ matrix
    flat += bias
    return flat.reshape(*x.shape[:-1], matrix.shape[1])


def layer_norm(x: Floats, scale_shift: tuple[Floats, Floats], epsilon: float) -> Floats:
    """Ba et al., 2016, over the last axis."""
    centred: Floats = x - x.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    centred /= np.sqrt(variance + np.float32(epsilon))
    centred *= scale_shift[0]
    centred += scale_shift[1]
    return centred


def activation(config: dict[str, Any], text: dict[str, Any]) -> Callable[[Floats], Floats]:
    """The non-linearity that a model's config asks for."""
    if config.get("quick_gelu"):
        return quick_gelu
    approximate = (text.get("act_kwargs") or {}).get("approximate", "none")
    return tanh_gelu if approximate == "tanh" else gelu


def quick_gelu(x: Floats) -> Floats:
    """OpenAI's cheap form of GELU: x · sigmoid(1.702 x)."""
    with np.errstate(over="ignore"):  # exp of a large number is inf, and 1/inf the right 0
        gated: Floats = x / (1 + np.exp(np.float32(-1.702) * x))
    return gated


def tanh_gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel, 2016, the tanh form."""
    inner = np.float32((2 / np.pi) ** 0.5) * (x + np.float32(0.044715) * x * x * x)
    bent: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return bent


def gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel, 2016: x · Φ(x); erf by Abramowitz and Stegun 7.1.26 (error < 2e-7)."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    polynomial = np.float32(1.061405429) * t - np.float32(1.453152027)
    for coefficient in (1.421413741, -0.284496736, 0.254829592):
        polynomial = polynomial * t + np.float32(coefficient)
    erf = np.copysign(1 - polynomial * t * np.exp(-z * z), x)
    bent: Floats = np.float32(0.5) * x * (1 + erf)
    return bent
