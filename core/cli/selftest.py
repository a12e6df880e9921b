"""`souvenir --selftest`: whether this installation can do what Souvenir does, a line for each.

The photos are small files of our own, one of each format; the library is made for this and gone
afterwards. Nobody's own library is opened, and nothing goes to the network.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.cli.terminal import Terminal, number, visible
from core.errors import SouvenirError
from core.library import Library
from core.paths import SELFTEST_PHOTOS

WORDS = "the sun over the sea"
# Mean difference of colours, of 255: a format that keeps less than all, or a development of RAW.
FAITHFUL, DEVELOPED = 3.0, 30.0
# Cosine: two formats of one picture look the same to a model.
ALIKE = 0.9


@dataclass(frozen=True)
class Check:
    """One thing that must work: `run` says what it found, and raises where it does not."""

    name: str
    run: Callable[[], str]


class SelftestError(SouvenirError):
    """Something came out otherwise than it must."""


def run_checks(checks: Iterable[Check], terminal: Terminal, *, verbose: bool = False) -> int:
    """Run all of them, whatever comes of one, and say so; how many failed."""
    wrong = 0
    for check in checks:
        try:
            found = check.run()
        except Exception as error:
            wrong += 1
            terminal.say(f"FAILED  {check.name}: {visible(str(error)) or type(error).__name__}")
            if verbose:
                for line in traceback.format_exc().rstrip().split("\n"):
                    terminal.remark(line)
        else:
            terminal.say(f"ok      {check.name}: {found}")
        terminal.out.flush()
    return wrong


@contextmanager
def checks_of_core(folder: Path) -> Iterator[list[Check]]:
    """What core must be able to do; its library, in the empty `folder`, is open while inside."""
    photos = folder / "photos"
    shutil.copytree(SELFTEST_PHOTOS, photos)
    samples = sorted(path for path in photos.iterdir() if path.stem == "photo")
    with Library.open(folder / "library") as library:
        yield [
            *(Check(f"decode {path.suffix[1:]}", partial(_decode, path)) for path in samples),
            Check("embed", partial(_embed, library, samples)),
            Check("index", partial(_index, library, photos, len(samples))),
            Check("search by words", partial(_search, library, len(samples))),
            Check("search by photo", partial(_similar, library, photos / "photo.jpg")),
            Check("database", partial(_verify, library)),
        ]


def _decode(path: Path) -> str:
    """The file shows what the PNG beside it shows."""
    import numpy as np

    from core.imaging.decoding import decode

    def small(file: Path) -> tuple[str, tuple[int, int], np.ndarray[tuple[int, ...], np.dtype]]:
        found = decode(file.read_bytes(), file.suffix, lambda _width, _height: 1.0)
        pixels = np.asarray(found.image.resize((48, 32)), np.float32)
        return found.format, (found.width, found.height), pixels

    name, size, pixels = small(path)
    _, wanted_size, wanted = small(path.with_suffix(".png"))
    difference = float(np.abs(pixels - wanted).mean())
    if size != wanted_size:
        raise SelftestError(f"it has {size} pixels, not {wanted_size}.")
    if difference > (DEVELOPED if name == "RAW" else FAITHFUL):
        raise SelftestError(f"its colours are off by {difference:.0f} of 255.")
    return f"{name}, {size[0]} × {size[1]} pixels"


def _embed(library: Library, samples: list[Path]) -> str:
    import numpy as np

    files = [path for path in samples if path.suffix in {".jpg", ".png"}]
    vectors = np.stack(library.embed(files, [WORDS]))
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3):
        raise SelftestError("the vectors are not of unit length.")
    likeness = float(vectors[0] @ vectors[1])
    if likeness < ALIKE:
        raise SelftestError(f"two formats of one picture are only {likeness:.2f} alike.")
    return f"{library.model.name}, {vectors.shape[1]} numbers, on {library.status().device}"


def _index(library: Library, photos: Path, count: int) -> str:
    library.add_folder(photos)
    library.index()
    status = library.status()
    if status.failed:
        first = status.failed[0]
        raise SelftestError(f"{Path(first.path).name} could not be read: {first.reason}")
    if (status.photos, status.embedded) != (count, count):
        raise SelftestError(f"{status.photos} of {count} came, {status.embedded} were embedded.")
    return number(status.photos, "photo")


def _search(library: Library, count: int) -> str:
    found = library.search(WORDS, top=count)
    if len(found.ids) != count:
        raise SelftestError(f"{len(found.ids)} of {count} photos came.")
    return f"“{WORDS}”, {number(len(found.ids), 'photo')}, best {found.scores[0]:.3f}"


def _similar(library: Library, file: Path) -> str:
    found = library.similar(file, top=1)
    if not len(found.ids) or found.scores[0] < ALIKE:
        raise SelftestError("the same picture in another format was not found.")
    (photo,) = library.photos([int(found.ids[0])])
    return f"{Path(photo.files[0].path).name}, {found.scores[0]:.3f} alike"


def _verify(library: Library) -> str:
    if findings := library.verify():
        raise SelftestError(" ".join(findings))
    return "catalogue, vectors and thumbnails agree"
