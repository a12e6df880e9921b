from __future__ import annotations

import platform
import subprocess
import sys
from typing import cast

import psutil
import pytest

from app.desktop.freed_memory import GROWN, _give_back_growth, give_back
from core.library import Library

MIB = 2**20


def taken() -> int:
    return int(psutil.Process().memory_info().rss)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has to be told")
def test_what_was_freed_goes_back_to_the_system() -> None:
    blocks = [bytes(64 * 1024) for _ in range(2000)]  # 125 MiB
    last = blocks[-1]
    full = taken()
    blocks.clear()
    give_back()
    assert taken() < full - 80 * MIB
    assert len(last) == 64 * 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has to be told")
def test_nothing_is_given_back_before_the_process_has_grown() -> None:
    library = cast("Library", None)  # which is not asked
    blocks = [bytes(64 * 1024) for _ in range(2000)]
    last = blocks[-1]
    full = taken()
    blocks.clear()
    assert _give_back_growth(full, library) > full - 20 * MIB
    assert _give_back_growth(full - GROWN, library) < full - 80 * MIB
    assert len(last) == 64 * 1024


def test_it_can_be_asked_for_at_any_time() -> None:
    give_back()
    give_back()


# Large pictures read on threads, one after another, which then wait for more to do. Prints how many
# MiB the process has more than before, once what they freed is given back.
READING = """
import threading
import psutil
from PySide6.QtGui import QImage
from app.desktop.freed_memory import give_back, use_one_pool

{first}
idle = threading.Event()

def read(done):
    for _ in range(2):
        QImage(2500, 2000, QImage.Format.Format_RGB32).fill(1)
    done.set()
    idle.wait()

before = psutil.Process().memory_info().rss
threads = []
for _ in range(8):
    done = threading.Event()
    threads.append(threading.Thread(target=read, args=(done,)))
    threads[-1].start()
    done.wait()
give_back()
print((psutil.Process().memory_info().rss - before) // 2**20)
idle.set()
for thread in threads:
    thread.join()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has to be told")
def test_what_threads_freed_that_read_pictures_goes_back_too() -> None:
    said = subprocess.run(
        [sys.executable, "-c", READING.format(first="use_one_pool()")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(said.stdout) < 10  # a picture takes 20
