"""The commands and their options: one definition for the command line, the window and the help."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn

from core.cli.labels_parser import add_labels
from core.cli.organizing_parser import add_organizing, add_tags_action
from core.cli.terminal import visible
from core.version import version

DESCRIPTION = "Find your photos by what is in them, on your own computer."

EPILOG = """\
With no command the window opens. 'souvenir COMMAND --help' tells more about one.

  souvenir index ~/Pictures                   add a folder and read its photos
  souvenir search "a dog running in snow"     find photos by a description
  souvenir search "beach -people date:2021"   without people, from 2021
"""

QUERY_HELP = """\
A query is a description in plain words, and conditions:

  "a red tent"       these words together
  -people            no photo that shows people; also -"a crowd of people"
  folder: name:      part of a folder's or file's name
  type:png           file type
  date:2021          also date:2021-06, date:2019..2021, date:last-week
  camera: lens:      part of the camera's or lens's name
  album: keyword:    an album's name, a keyword
  label:receipt      photos that carry a label; also label:receipt>0.8
  rating:>=3         stars
  size:>5mb          file size; size:>12mp counts pixels
  has:gps  is:favourite  is:offline

Put the query in single quotes, so that the shell leaves it alone.
"""


class CommandParser(argparse.ArgumentParser):
    """The parser of one command; `free` says what its words are that belong to no option.

    "files": argparse takes positional arguments in one run only. So each file is handed to it as a
    hidden option: then files and texts end up in one list, in the order given.
    "query": -word is part of the query language, which argparse would take for an option. So the
    words go behind '--', whatever they begin with; only known short options and --words stay.
    """

    WITH_VALUE = frozenset({"--text", "--top", "--library", "--model"})
    SHORT = frozenset({"-h", "-v"})

    def __init__(
        self, *args: Any, free: Literal["files", "query"] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._free = free

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of a person, or of their shell: it fills in names."""
        super().error(visible(message))

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse `args`, brought into an order that argparse understands."""
        if self._free is not None and args is not None:
            args = self._arranged(args)
        return super().parse_known_args(args, namespace)

    def _arranged(self, args: Sequence[str]) -> list[str]:
        words = iter(args)
        arranged: list[str] = []
        query: list[str] = []
        for word in words:
            if word in self.WITH_VALUE:
                value = next(words, None)
                arranged += [word] if value is None else [f"{word}={value}"]
            elif self._is_option(word):
                arranged.append(word)
            else:
                plain = list(words) if word == "--" else [word]
                if self._free == "files":
                    arranged += [f"--file={name}" for name in plain]
                else:
                    query += plain
        return [*arranged, "--", *query] if query else arranged

    def _is_option(self, word: str) -> bool:
        if self._free == "query":
            return (word.startswith("--") and word != "--") or word in self.SHORT
        return word.startswith("-") and word not in {"-", "--"}


class AppendInput(argparse.Action):
    """Appends ("path", path) or ("text", text) to the one list of inputs."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Append one value."""
        if isinstance(values, str):
            inputs: list[tuple[str, str]] = [*namespace.inputs, (str(self.const), values)]
            namespace.inputs = inputs


class ShowVersion(argparse.Action):
    """Looks the version up only when it is asked for: that takes longer than all of the help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Write it, and end."""
        sys.stdout.write(f"Souvenir {version()}\n")
        parser.exit()


def folder(text: str) -> Path:
    """A path; '~' stands for home even where the shell left it alone."""
    return Path(text).expanduser()


def count(text: str) -> int:
    """A whole number above zero."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of photos (1 or more)")
    return int(text)


def window_size(text: str) -> tuple[int, int]:
    """Width and height in pixels, written 1280x800."""
    match = re.fullmatch(r"(\d{3,4})[x×](\d{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size like 1280x800")
    return int(match[1]), int(match[2])


def build_parser() -> argparse.ArgumentParser:
    """Everything `souvenir` understands.

    `command` is None (the window) or a name; commands with parts also set `action`.
    """
    parser = CommandParser(
        prog="souvenir",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_common(parser, library=None, model=None, verbose=False)
    parser.add_argument(
        "--selftest", action="store_true", help="check that this installation works, and end"
    )
    parser.add_argument(
        "--version", action=ShowVersion, nargs=0, help="show which Souvenir this is, and end"
    )
    parser.set_defaults(photos=None, photo=None, screenshot=None, query="", size=None, theme=None)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=CommandParser
    )
    _add_window(commands)
    _add_indexing(commands)
    _add_searching(commands)
    _add_embed(commands)
    _add_upkeep(commands)
    _add_folders(commands)
    _add_models(commands)
    add_labels(_command, commands, _actions)
    add_organizing(_command, commands, _actions)
    return parser


def _add_common(parser: argparse.ArgumentParser, **defaults: object) -> None:
    """Add the options that stand before the command; quietly, they may stand after it too."""
    on_top = bool(defaults)
    hidden = argparse.SUPPRESS
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=folder,
        default=defaults.get("library", hidden),
        help="the library to use (default: $SOUVENIR_LIBRARY, else your own)" if on_top else hidden,
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        default=defaults.get("model", hidden),
        help="the model that answers this once (default: the library's)" if on_top else hidden,
    )
    parser.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        default=defaults.get("verbose", hidden),
        help="tell what happens, and where a bug is" if on_top else hidden,
    )


Commands = Any  # argparse keeps the type of its sub-parsers to itself


def _command(commands: Commands, name: str, about: str, **more: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        allow_abbrev=False,
        **more,
    )
    _add_common(parser)
    return parser


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON, for scripts")


def _add_top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", metavar="N", type=count, default=20, help="how many photos (default: 20)"
    )


def _add_window(commands: Commands) -> None:
    window = _command(commands, "gui", "open the window; the same as no command")
    window.add_argument(
        "photo", metavar="PHOTO", nargs="?", type=folder, help="show this photo, or ones like it"
    )
    window.add_argument("--photos", metavar="FOLDER", type=folder, help="watch this folder too")
    window.add_argument(
        "--screenshot",
        metavar="FILE",
        type=folder,
        help="draw the window without a screen, write its picture and end",
    )
    window.add_argument("--query", metavar="TEXT", default="", help="search for this at once")
    window.add_argument(
        "--size", metavar="WxH", type=window_size, help="size in pixels, such as 1280x800"
    )
    window.add_argument(
        "--open", action="store_true", help="with --screenshot: the first photo, in the viewer"
    )
    window.add_argument(
        "--label", metavar="NAME", default="", help="with --screenshot: the photos of this label"
    )
    window.add_argument(
        "--hidden", action="store_true", help="begin in the tray, if that was chosen in Settings"
    )
    window.add_argument("--theme", choices=("light", "dark"), help="default: as the system")
    window.add_argument("--language", choices=("en", "zh_CN"), help="default: as the system")


def _add_indexing(commands: Commands) -> None:
    index = _command(commands, "index", "add folders and bring the library up to date")
    _add_json(index)
    watch = _command(commands, "watch", "the same, then follow changes until Ctrl+C")
    for parser in (index, watch):
        parser.add_argument("folders", metavar="FOLDER", nargs="*", type=folder)
        parser.add_argument(
            "--retry", action="store_true", help="read files again that failed before"
        )


def _add_searching(commands: Commands) -> None:
    search = _command(
        commands,
        "search",
        "find photos by a description",
        epilog=QUERY_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        free="query",
    )
    search.add_argument("query", metavar="QUERY", nargs="+")
    _add_top(search)
    search.add_argument("--exact", action="store_true", help="compare with every single photo")
    _add_json(search)
    similar = _command(commands, "similar", "find photos that look like one")
    similar.add_argument("file", metavar="FILE", type=folder)
    similar.add_argument(
        "--words", metavar="TEXT", default="", help="words and conditions beside the photo"
    )
    _add_top(similar)
    _add_json(similar)


def _add_embed(commands: Commands) -> None:
    embed = _command(
        commands,
        "embed",
        "print the normalised vectors of files and texts, in the order given",
        free="files",
        usage="souvenir embed [FILE…] [--text TEXT]… [--json]",
    )
    embed.set_defaults(inputs=[])
    embed.add_argument("--file", action=AppendInput, const="path", help=argparse.SUPPRESS)
    embed.add_argument("--text", action=AppendInput, const="text", metavar="TEXT", help="a text")
    _add_json(embed)


def _add_upkeep(commands: Commands) -> None:
    status = _command(commands, "status", "show what the library holds and how it stands")
    _add_json(status)
    _command(commands, "verify", "check that catalogue, vectors and thumbnails agree")
    _command(commands, "rebuild", "make vector index and thumbnails anew from the catalogue")


def _actions(parser: argparse.ArgumentParser) -> Commands:
    return parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)


def _add_folders(commands: Commands) -> None:
    actions = _actions(_command(commands, "folders", "list, add or remove watched folders"))
    _add_json(_command(actions, "list", "the watched folders with their counts"))
    for name, about in (
        ("add", "watch folders from the next 'souvenir index' on"),
        ("remove", "stop watching folders; their files stay where they are"),
        ("new-disk", "say that folders are the same ones, on the disks that are there now"),
    ):
        parser = _command(actions, name, about)
        parser.add_argument("folders", metavar="FOLDER", nargs="+", type=folder)
    add_tags_action(_command, actions)


def _add_models(commands: Commands) -> None:
    actions = _actions(_command(commands, "models", "list, get, choose or remove models"))
    _add_json(_command(actions, "list", "the models that are installed or can be had"))
    registry = "install a model of open_clip's registry, such as ViT-B-32/laion2b_s34b_b79k"
    for name, about in (
        ("download", f"{registry}; a download that was paused goes on"),
        ("use", "have this model answer, once it has looked at all photos"),
        ("measure", "measure how fast an installed model is on this computer"),
        ("remove", "delete an installed model's files"),
    ):
        parser = _command(actions, name, about)
        parser.add_argument("name", metavar="NAME")
        if name == "download":
            parser.add_argument("--mirror", metavar="URL", help="use this for the Hugging Face hub")
            parser.add_argument("--proxy", metavar="URL", help="go through this proxy")
        _add_json(parser)
    discarding = _command(actions, "discard", "delete what a paused download has left")
    discarding.add_argument("name", metavar="NAME")
    importing = _command(actions, "import", "install a model from a checkpoint file or a folder")
    importing.add_argument("checkpoint", metavar="FILE", type=folder)
    _add_json(importing)
    importing.add_argument("--arch", metavar="ARCH", help="open_clip's name of the architecture")
    importing.add_argument("--name", metavar="NAME", help="what to call it (default: the file's)")
