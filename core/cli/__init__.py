"""The command line: everything Souvenir does without a window."""

from core.cli.entry import main

__all__ = ["main"]
