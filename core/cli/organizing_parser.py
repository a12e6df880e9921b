"""What `souvenir albums`, `souvenir write-metadata` and `souvenir folders tags` understand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.cli.labels_parser import Command, path


def add_organizing(command: Command, commands: Any, actions: Callable[..., Any]) -> None:
    """Add the commands; `command` and `actions` are those of core.cli.parser."""
    albums = actions(command(commands, "albums", "list, make or export albums"))
    listing = command(albums, "list", "the albums, automatic ones too, with their counts")
    listing.add_argument("--json", action="store_true", help="answer as JSON, for scripts")
    creating = command(albums, "create", "make an album of photos, or an automatic one")
    creating.add_argument("name", metavar="NAME")
    creating.add_argument("photos", metavar="FILE", nargs="*", type=path, help="photos of it")
    creating.add_argument(
        "--query", metavar="QUERY", help="always what this finds, such as 'label:receipt date:2023'"
    )
    creating.add_argument(
        "--label",
        metavar="NAME",
        nargs="+",
        action="extend",
        default=[],
        help="always the photos that carry these labels",
    )
    exporting = command(albums, "export", "copy an album's photos into a folder, or link to them")
    exporting.add_argument("name", metavar="NAME")
    exporting.add_argument("folder", metavar="FOLDER", type=path)
    how = exporting.add_mutually_exclusive_group()
    exporting.set_defaults(how="copy")
    for option, value, about in (
        ("--hard-link", "hard_link", "give the files one more name, on the same disk"),
        ("--symlink", "symlink", "make links that lead to the files"),
    ):
        how.add_argument(option, dest="how", action="store_const", const=value, help=about)
    exporting.add_argument("--dry-run", action="store_true", help="only say what would be done")
    writing = command(
        commands, "write-metadata", "write tags and ratings beside photos, or into them"
    )
    writing.add_argument("--dry-run", action="store_true", help="only say what would be written")
    writing.add_argument(
        "folder", metavar="FOLDER", type=path, help="a watched folder, or a part of one"
    )


def add_tags_action(command: Command, actions: Any) -> None:
    """Add the action of `souvenir folders` that switches writing."""
    tags = command(actions, "tags", "choose whether tags of a folder's photos may be written")
    tags.add_argument(
        "writes",
        choices=("off", "sidecar", "file"),
        help="nowhere, beside each photo (.xmp), or into JPEGs and beside all others",
    )
    tags.add_argument("folders", metavar="FOLDER", nargs="+", type=path)
