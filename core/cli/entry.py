"""Runs one command: parses, calls, and says in a sentence what went wrong."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.cli import (
    albums,
    embedding,
    folders,
    indexing,
    labels,
    models,
    searching,
    tag_writing,
    upkeep,
)
from core.cli.parser import build_parser
from core.cli.terminal import Terminal, VisibleFormatter
from core.errors import SouvenirError

USER_ERROR = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells count

COMMANDS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "index": indexing.index,
    "watch": indexing.watch,
    "search": searching.search,
    "similar": searching.similar,
    "embed": embedding.embed,
    "status": upkeep.status,
    "folders": folders.folders,
    "models": models.models,
    "labels": labels.labels,
    "tag": labels.tag,
    "describe": labels.describe,
    "albums": albums.albums,
    "write-metadata": tag_writing.write_metadata,
    "verify": upkeep.verify,
    "rebuild": upkeep.rebuild,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` (default: the program's arguments); returns the exit code.

    0: done. 1: something the person can mend, said on stderr, or a bug. 130: Ctrl+C. Wrong usage
    leaves through SystemExit with 2, as argparse has it. The window is not opened here: no command,
    or `gui`, is the caller's to see to.
    """
    _replace_closed_streams()
    arguments = build_parser().parse_args(argv)
    if arguments.command not in COMMANDS:
        raise ValueError("the window is opened by app, not by core.cli")
    terminal = Terminal()
    try:
        with _logging(verbose=arguments.verbose):
            code = COMMANDS[arguments.command](arguments, terminal)
        terminal.out.flush()
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        terminal.remark("Stopped.")
        return INTERRUPTED
    except SouvenirError as error:
        terminal.remark(str(error))
        return USER_ERROR
    except OSError as error:
        terminal.remark(_system_sentence(error))
        _trace(terminal, verbose=arguments.verbose)
        return USER_ERROR
    except Exception as error:
        terminal.remark(
            f"Souvenir has a bug ({type(error).__name__}: {error}): run it again "
            "with 'souvenir -v …' to see where, and report that."
        )
        _trace(terminal, verbose=arguments.verbose)
        return USER_ERROR
    return code


def _replace_closed_streams() -> None:
    """Where the shell closed a stream (`>&-`), Python has None: write to nowhere instead.

    Opening it also takes the number of the closed one, so that no file of the library gets it.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


@contextmanager
def _logging(*, verbose: bool) -> Iterator[None]:
    """Log to stderr when asked to; else keep remarks of libraries off the person's screen."""
    root = logging.getLogger()
    handler: logging.Handler = logging.StreamHandler() if verbose else logging.NullHandler()
    handler.setFormatter(VisibleFormatter("%(levelname)s %(name)s: %(message)s"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else level)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)
        root.setLevel(level)


def _system_sentence(error: OSError) -> str:
    """What the system refused, as a sentence."""
    where = f" for {os.fsdecode(error.filename)}" if error.filename else ""
    return f"The system refused{where}: {error.strerror or error}."


def _trace(terminal: Terminal, *, verbose: bool) -> None:
    if verbose:
        for line in traceback.format_exc().rstrip().split("\n"):
            terminal.remark(line)


def _reader_left() -> int:
    """The next program (`| head`) has read enough: end quietly.

    What is still buffered goes nowhere, else Python would complain about it on its way out.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 0
