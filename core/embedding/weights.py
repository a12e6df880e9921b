"""Reading safetensors files tensor by tensor, without torch and without reading the whole file.

The format (https://huggingface.co/docs/safetensors): eight bytes with the length of the header,
little-endian; the header, JSON: name → {dtype, shape, data_offsets}; then the bytes of the tensors.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError

MAX_HEADER = 100_000_000  # bytes; the limit of the reference implementation
NUMPY_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


@dataclass(frozen=True)
class Weights:
    """The tensors of one file. Pages are read from disk when a tensor is first touched."""

    path: Path
    _header: dict[str, dict[str, Any]]
    _data: memoryview

    def __contains__(self, name: str) -> bool:
        return name in self._header

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of one tensor; raises ModelError when there is none of that name."""
        return tuple(self._entry(name)["shape"])

    def rows(self, name: str) -> NDArray[Any]:
        """One tensor as it is stored, not copied; bfloat16 comes as its raw uint16."""
        entry = self._entry(name)
        begin, end = entry["data_offsets"]
        flat = np.frombuffer(self._data[begin:end], NUMPY_TYPES[entry["dtype"]])
        return flat.reshape(entry["shape"])

    def float32(self, name: str, index: Any = ...) -> NDArray[np.float32]:
        """One tensor, or the part of it that `index` picks, as float32."""
        stored = self.rows(name)[index]
        if self._header[name]["dtype"] == "BF16":
            stored = (stored.astype(np.uint32) << 16).view(np.float32)
        floats: NDArray[np.float32] = stored.astype(np.float32, copy=False)
        return floats

    def _entry(self, name: str) -> dict[str, Any]:
        if name not in self._header:
            raise ModelError(
                f"The model in {self.path.parent} lacks the tensor '{name}': install it again."
            )
        return self._header[name]


def open_weights(path: Path) -> Weights:
    """Map a safetensors file into memory.

    Raises ModelError when the file is missing, is cut off or is no safetensors file.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The weights {path} cannot be read ({error}): install the model again."
        ) from error
    size = len(mapped)
    length = int.from_bytes(mapped[:8], "little")
    try:
        if not 2 <= length <= min(MAX_HEADER, size - 8):
            raise ValueError("its header does not fit")
        header = json.loads(mapped[8 : 8 + length])
        tensors = {name: entry for name, entry in header.items() if name != "__metadata__"}
        for entry in tensors.values():
            check_entry(entry, size - 8 - length)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"The weights {path} are damaged or cut off ({error}): install the model again."
        ) from error
    return Weights(path, tensors, memoryview(mapped)[8 + length :])


def check_entry(entry: dict[str, Any], available: int) -> None:
    """Raise ValueError unless the bytes of a tensor are there and as many as its shape needs."""
    begin, end = entry["data_offsets"]
    if not 0 <= begin <= end <= available:
        raise ValueError("a tensor reaches past the end")
    if entry["dtype"] in NUMPY_TYPES:
        count = 1
        for extent in entry["shape"]:
            count *= extent
        if end - begin != count * np.dtype(NUMPY_TYPES[entry["dtype"]]).itemsize:
            raise ValueError("a tensor is not as long as its shape says")


def file_sha256(path: Path) -> str:
    """The sha256 of a file's bytes, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
