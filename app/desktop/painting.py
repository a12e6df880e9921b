"""How Qt is to draw."""

from __future__ import annotations

import os


def draw_on_one_thread() -> None:
    """Have Qt draw on the thread that asks for it, and no other; before anything is drawn.

    Left to itself, Qt hands parts of every fill that is 96 lines high or more to a pool of threads
    and waits for them, for each tile anew. Beside threads that read thumbnails, those wait for a
    processor, and so does the frame: much longer than drawing takes.
    """
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
