"""`souvenir`: the window, or a command of core.cli.

Nothing of Qt is imported before it is known that a window is wanted and can be shown; decoder
processes import this module too.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `souvenir` with these arguments (default: the program's); returns the exit code."""
    from core.cli import main as run_command
    from core.cli.parser import build_parser

    arguments = build_parser().parse_args(argv)
    if arguments.command not in (None, "gui"):
        return run_command(argv)
    if arguments.command is None and arguments.selftest:
        from app.selftest import selftest
        from core.cli.terminal import Terminal

        return selftest(Terminal(), verbose=arguments.verbose)
    from app.desktop.display import (
        NoWindowError,
        check_display,
        check_libraries,
        choose_platform,
    )
    from core.cli.terminal import VisibleFormatter

    handler = logging.StreamHandler()
    handler.setFormatter(VisibleFormatter("%(levelname)s %(name)s: %(message)s"))
    level = logging.INFO if arguments.verbose else logging.ERROR
    logging.basicConfig(level=level, handlers=[handler])
    try:
        off_screen = getattr(arguments, "screenshot", None) is not None
        platform = choose_platform(os.environ, off_screen=off_screen)
        if platform is not None:
            os.environ["QT_QPA_PLATFORM"] = platform
        check_libraries()
        check_display(os.environ)
    except NoWindowError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    from app.application import run

    return run(arguments)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
