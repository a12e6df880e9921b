"""Which Souvenir this is."""

from __future__ import annotations


def version() -> str:
    """The version of the installed package, as "0.1.0"."""
    import importlib.metadata

    return importlib.metadata.version("souvenir")
