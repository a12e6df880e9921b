"""The models that Souvenir recommends, with what is known of them before they are installed.

Sizes follow from open_clip's own descriptions (4 bytes a weight). Scores are the publishers' own,
never measured here: each names the table it is from.
"""

from __future__ import annotations

from dataclasses import dataclass

STARTER_LANGUAGES = ("en",)
MANY_LANGUAGES = "mul"  # ISO 639-2 for "multiple languages": about a hundred, Chinese too
OPEN_CLIP = "open_clip, docs/openclip_retrieval_results.csv"
SIGLIP_2 = "google-research/big_vision, README_siglip2.md"  # its authors' own table


@dataclass(frozen=True)
class Score:
    """How often the right photo comes first for its caption, 0…1, among a data set's test photos.

    `source`: the table that says so.
    """

    data: str
    value: float
    source: str


@dataclass(frozen=True)
class ModelFacts:
    """A model to recommend; see core.embedding.models.ModelInfo."""

    name: str
    description: str
    bytes: int
    licence: str
    languages: tuple[str, ...]
    scores: tuple[Score, ...]
    package: str = ""


def _open_clip(flickr30k: float, coco: float) -> tuple[Score, ...]:
    return (Score("Flickr30k", flickr30k, OPEN_CLIP), Score("COCO", coco, OPEN_CLIP))


# Any other model of open_clip's registry can be downloaded by its name too.
CURATED = (
    ModelFacts(
        "ViT-B-32/laion2b_s34b_b79k",
        "A good all-round model: 151 million weights, photos at 224 × 224.",
        605_000_000,
        "MIT",
        ("en",),
        _open_clip(0.668, 0.393),
    ),
    ModelFacts(
        "ViT-B-32-256/datacomp_s34b_b86k",
        "Nearly as fast, and sees finer detail: 151 million weights, photos at 256 × 256.",
        605_000_000,
        "MIT",
        ("en",),
        _open_clip(0.649, 0.399),
    ),
    ModelFacts(
        "ViT-L-14/datacomp_xl_s13b_b90k",
        "The most accurate of the English ones: 428 million weights; slow without a GPU.",
        1_710_000_000,
        "MIT",
        ("en",),
        _open_clip(0.734, 0.457),
    ),
    ModelFacts(
        "ViT-B-16-SigLIP2-256/webli",
        "Accurate, in many languages: 375 million weights, photos at 256 × 256.",
        1_501_000_000,
        "Apache-2.0",
        ("en", "zh", MANY_LANGUAGES),
        (Score("COCO", 0.532, SIGLIP_2),),
        package="transformers",
    ),
    ModelFacts(
        "xlm-roberta-base-ViT-B-32/laion5b_s13b_b90k",
        "Fast, in many languages: 366 million weights, photos at 224 × 224.",
        1_464_000_000,
        "MIT",
        ("en", "zh", MANY_LANGUAGES),
        _open_clip(0.645, 0.378),
        package="transformers",
    ),
)
