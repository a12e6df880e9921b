"""Where the bundled program begins."""

from __future__ import annotations

import multiprocessing
import os
import sys


def leave_the_system_its_libraries() -> None:
    """Have other programs that Souvenir starts load the system's libraries, not the bundle's.

    PyInstaller points LD_LIBRARY_PATH at the bundle; it is read when a program starts, so Souvenir
    itself has what it needs by now.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process of ours goes its own way here and never returns
    leave_the_system_its_libraries()
    from app.__main__ import main

    sys.exit(main())
