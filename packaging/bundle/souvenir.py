"""Where the bundled program begins."""

from __future__ import annotations

import multiprocessing
import os
import sys


def leave_the_system_its_libraries() -> None:
    """Have other programs that Souvenir starts load the system's libraries, not the bundle's.

    PyInstaller points LD_LIBRARY_PATH at the bundle; it is read when a program starts, so Souvenir
    itself has what it needs by now. Processes of its own are told to set it again for themselves.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


if __name__ == "__main__":
    if sys.platform == "linux":
        leave_the_system_its_libraries()
    multiprocessing.freeze_support()  # a process of ours goes its own way here and never returns
    from app.__main__ import main

    sys.exit(main())
