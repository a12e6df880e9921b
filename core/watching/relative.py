"""Paths relative to a watched folder: "" for the folder itself, else with "/" ("a/b")."""

from __future__ import annotations

import os


def relative_path(path: str, root: str) -> str | None:
    """Return `path` relative to `root`; None when it is elsewhere.

    Both are absolute and in their real form. os.path.relpath is not used because it resolves
    against the working directory, which costs more than everything else here.
    """
    if path == root:
        return ""
    prefix = root if root.endswith(os.sep) else root + os.sep
    if not path.startswith(prefix):
        return None
    relative = path[len(prefix) :]
    return relative if os.sep == "/" else relative.replace(os.sep, "/")


def ancestors(directory: str) -> list[str]:
    """List what `directory` lies in, outermost first: "a/b/c" gives "", "a", "a/b"."""
    if not directory:
        return []
    names = directory.split("/")
    return ["/".join(names[:depth]) for depth in range(len(names))]
