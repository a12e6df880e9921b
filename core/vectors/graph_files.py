"""Graphs on disk: written once when they are built, never trusted without a checksum.

A graph of rows is three files: NAME.graph (hnswlib's own), NAME.rows (photo ids, then a
fingerprint of each vector) and NAME.json, the manifest, which comes last and says how the others
must look. Whatever does not fit is deleted and built again from the catalogue.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.private_files import make_private_folder, open_private, write_private
from core.vectors.graph import Graph, load_graph
from core.vectors.stored import fingerprints

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

_FORMAT = 1


@dataclass(frozen=True)
class _Manifest:
    format: int
    model: str
    dim: int
    count: int
    graph_bytes: int
    graph_sha256: str
    rows_sha256: str


@dataclass(frozen=True)
class GraphFiles:
    """The graphs of one model in one folder, each over `count` rows; read_only writes nothing."""

    folder: Path
    model: str
    dim: int
    count: int
    read_only: bool = False

    def names(self) -> list[str]:
        """Names of the graphs here, sorted; leftovers of writes that were cut off are deleted."""
        if not self.folder.is_dir():
            return []
        found = sorted(path.stem for path in self.folder.glob("*.json"))
        for path in self.folder.iterdir():
            if path.stem not in found or path.suffix not in {".json", ".rows", ".graph"}:
                self._delete(path)
        return found

    def rows(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]] | None:
        """Photo ids and fingerprints of the vectors that a graph was built over, row by row.

        None, and its files are deleted, where they are not this model's or are damaged.
        """
        manifest = self._manifest(name)
        if manifest is not None:
            try:
                stored = (self.folder / f"{name}.rows").read_bytes()
            except OSError:
                stored = b""
            if hashlib.sha256(stored).hexdigest() == manifest.rows_sha256:
                half = self.count * 8
                ids = np.frombuffer(stored[:half], "<i8").astype(np.int64)
                return ids, np.frombuffer(stored[half:], "<u8").astype(np.uint64)
        log.warning("the saved vector index %s does not fit or is damaged: built again", name)
        self.drop(name)
        return None

    def load(self, name: str) -> Graph | None:
        """The graph; None, and its files are deleted, where one bit is not as it was written."""
        manifest = self._manifest(name)
        path = self.folder / f"{name}.graph"
        if manifest is not None:
            try:
                fits = path.stat().st_size == manifest.graph_bytes
                fits = fits and _sha256(path) == manifest.graph_sha256
            except OSError:
                fits = False
            graph = load_graph(path, self.count, self.dim) if fits else None
            if graph is not None:
                return graph
        log.warning("the saved vector index %s is damaged: built again", name)
        self.drop(name)
        return None

    def save(
        self, graph: Graph, ids: NDArray[np.int64], vectors: NDArray[np.float32]
    ) -> str | None:
        """Write a graph in which nothing was forgotten; its name, None if it cannot be written."""
        if self.read_only:
            return None
        name = uuid.uuid4().hex
        path = self.folder / f"{name}.graph"
        rows = ids.astype("<i8").tobytes() + fingerprints(vectors).astype("<u8").tobytes()
        try:
            make_private_folder(self.folder)
            write_private(path, b"")  # hnswlib keeps the mode of a file that is there
            graph.save(path)
            manifest = _Manifest(
                _FORMAT,
                self.model,
                self.dim,
                self.count,
                path.stat().st_size,
                _sha256(path),
                hashlib.sha256(rows).hexdigest(),
            )
            _write(self.folder / f"{name}.rows", rows)
            # Until the manifest has its name there is no graph here.
            part = self.folder / f"{name}.part"
            _write(part, json.dumps(asdict(manifest)).encode())
            part.replace(self.folder / f"{name}.json")
        except (OSError, RuntimeError) as error:
            log.warning("the vector index cannot be saved in %s: %s", self.folder, error)
            self.drop(name)
            return None
        return name

    def drop(self, name: str) -> None:
        """Delete the files of a graph, the manifest first."""
        for suffix in (".json", ".rows", ".graph", ".part"):
            self._delete(self.folder / f"{name}{suffix}")

    def _delete(self, path: Path) -> None:
        if self.read_only:
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s cannot be deleted: %s", path, error)

    def _manifest(self, name: str) -> _Manifest | None:
        try:
            stored: Any = json.loads((self.folder / f"{name}.json").read_bytes())
            manifest = _Manifest(**stored)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        mine = (_FORMAT, self.model, self.dim, self.count)
        theirs = (manifest.format, manifest.model, manifest.dim, manifest.count)
        return manifest if theirs == mine else None


def _write(path: Path, content: bytes) -> None:
    with open_private(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
