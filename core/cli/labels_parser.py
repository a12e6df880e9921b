"""What `souvenir labels`, `souvenir tag` and `souvenir describe` understand."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., argparse.ArgumentParser]


def path(text: str) -> Path:
    """A path; '~' stands for home even where the shell left it alone."""
    return Path(text).expanduser()


def add_labels(command: Command, commands: Any, actions: Callable[..., Any]) -> None:
    """Add the three commands; `command` and `actions` are those of core.cli.parser."""
    labels = actions(
        command(commands, "labels", "say in words what photos are to be labelled with")
    )
    adding = command(labels, "add", "add a label: a name, and what its photos show")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument(
        "--prompt",
        metavar="TEXT",
        nargs="+",
        action="extend",
        default=[],
        help="descriptions of photos that it fits (default: its name)",
    )
    adding.add_argument(
        "--against",
        metavar="TEXT",
        nargs="+",
        action="extend",
        default=[],
        help="descriptions of photos that it does not fit",
    )
    adding.add_argument(
        "--template",
        metavar="TEXT",
        nargs="+",
        action="extend",
        default=[],
        help="phrasings around the descriptions, with {} where these stand",
    )
    adding.add_argument("--group", metavar="G", default="", help="exactly one label of G fits")
    adding.add_argument("--parent", metavar="P", default="", help="only among photos of label P")
    adding.add_argument("--threshold", metavar="R", type=float, help="relevance from 0 to 1")
    listing = command(labels, "list", "the labels, with how many photos carry each")
    listing.add_argument("--built-in", action="store_true", help="the sets that Souvenir brings")
    _add_json(listing)
    showing = command(labels, "show", "all there is to say of one label")
    showing.add_argument("name", metavar="NAME")
    _add_json(showing)
    removing = command(labels, "remove", "delete labels; photos stay")
    removing.add_argument("names", metavar="NAME", nargs="+")
    importing = command(
        labels, "import", "add the labels of a .toml or .csv file, or of a built-in set"
    )
    importing.add_argument("file", metavar="FILE", help="a file, or the name of a built-in set")
    exporting = command(labels, "export", "write all labels to a .toml or .csv file")
    exporting.add_argument("file", metavar="FILE", type=path)
    teaching = command(labels, "teach", "say which photos a label fits, and which not")
    teaching.add_argument("name", metavar="NAME")
    for option, about in (("--yes", "photos that it fits"), ("--no", "photos that it does not")):
        teaching.add_argument(
            option, metavar="FILE", nargs="+", action="extend", default=[], type=path, help=about
        )
    tag = command(commands, "tag", "show which photos carry which labels")
    tag.add_argument(
        "--label",
        metavar="NAME",
        nargs="+",
        action="extend",
        default=[],
        help="only these labels (default: all)",
    )
    form = tag.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="answer as JSON, for scripts")
    form.add_argument("--csv", action="store_true", help="answer as a table, a line per file")
    describing = command(commands, "describe", "say which labels and words fit a photo best")
    describing.add_argument("file", metavar="FILE", type=path)
    describing.add_argument(
        "--top", metavar="N", type=int, default=10, help="how many texts (default: 10)"
    )
    _add_json(describing)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON, for scripts")
