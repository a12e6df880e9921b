"""The training photos and their texts, read from the shared folder and cached as arrays."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.model import IMAGE_SIZE

HELD_OUT_EVERY = 5
# Flickr30k's captions come in five blocks: line n of every block is about photo n.
FLICKR30K_PHOTOS = 29_000
LABEL_TEMPLATES = ("{}", "a photo of a {}", "a picture of a {}", "{} in a photo")


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo: its path under the shared folder, its texts, and a number for what it shows.

    Photos of one class share a number; every captioned photo has a (negative) one of its own.
    """

    path: str
    texts: tuple[str, ...]
    label: int


def captioned(shared: Path, split: str) -> list[Sample]:
    """Flickr8k's photos of one split ("train" or "dev"), five captions each, in file order."""
    lines = (shared / "flickr8k" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [
        Sample(f"flickr8k/{record['image']}", tuple(record["captions"]), -1 - number)
        for number, record in enumerate(records)
    ]


def is_held_out(path: str) -> bool:
    """Whether a photo by class is for measuring only: its file number is divisible by five."""
    return int(Path(path).stem) % HELD_OUT_EVERY == 0


def classified(shared: Path, *, held_out: bool) -> list[Sample]:
    """The photos by class, to train on or held out; a class name becomes a few short texts."""
    with (shared / "photos-by-class" / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = sorted({row["class"] for row in rows})
    numbers = {name: number for number, name in enumerate(names)}
    samples = []
    for row in rows:
        if is_held_out(row["image"]) != held_out:
            continue
        texts = [template.format(row["class"]) for template in LABEL_TEMPLATES]
        if row["caption"]:
            texts.append(row["caption"])
        path = f"photos-by-class/{row['image']}"
        samples.append(Sample(path, tuple(texts), numbers[row["class"]]))
    return samples


def training_samples(shared: Path) -> list[Sample]:
    """Everything that is trained on: captioned photos first, then photos by class."""
    return captioned(shared, "train") + classified(shared, held_out=False)


def plain(caption: str) -> str:
    """A caption's letters and spaces alone, to know it again in another file."""
    return " ".join("".join(c if c.isalpha() else " " for c in caption.lower()).split())


def caption_groups(shared: Path, unseen: Sequence[Sample]) -> list[Sample]:
    """Five captions each of photos that are not there; none that shares one with `unseen`.

    Some of Flickr30k's photos are Flickr8k's: those to be measured on stay out, captions too.
    """
    forbidden = {plain(text) for sample in unseen for text in sample.texts}
    file = shared / "text" / "captions_flickr30k.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    groups = [tuple(lines[number::FLICKR30K_PHOTOS]) for number in range(FLICKR30K_PHOTOS)]
    return [
        Sample("", texts, -1 - number)
        for number, texts in enumerate(groups)
        if not any(plain(text) in forbidden for text in texts)
    ]


def list_hash(samples: Sequence[Sample]) -> str:
    """SHA-256 of the paths and texts, so that a record can name its data without holding it."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update("\x1f".join((sample.path, *sample.texts)).encode() + b"\n")
    return digest.hexdigest()


def decode(path: Path) -> npt.NDArray[np.uint8]:
    """One photo squashed to (IMAGE_SIZE, IMAGE_SIZE, 3) uint8, as the model's preprocess does."""
    with Image.open(path) as photo:
        square = photo.convert("RGB").resize((IMAGE_SIZE, IMAGE_SIZE), Image.Resampling.BICUBIC)
        return np.asarray(square, dtype=np.uint8)


def photos_file(samples: Sequence[Sample], cache: Path, name: str) -> Path:
    """Where the decoded photos are kept; its name holds the data's hash, for changed data."""
    return cache / f"{name}-{list_hash(samples)[:12]}-{IMAGE_SIZE}.npy"


def cached_photos(
    samples: Sequence[Sample], shared: Path, cache: Path, name: str
) -> npt.NDArray[np.uint8]:
    """All photos decoded, (N, IMAGE_SIZE, IMAGE_SIZE, 3) uint8, from the cache if it is there."""
    file = photos_file(samples, cache, name)
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        photos = np.stack([decode(shared / sample.path) for sample in samples])
        unfinished = file.with_suffix(".part")
        with unfinished.open("wb") as out:
            np.save(out, photos)
        unfinished.replace(file)
    stored: npt.NDArray[np.uint8] = np.load(file, mmap_mode="r")
    return stored
