from __future__ import annotations

import platform

import psutil
import pytest

from app.desktop.freed_memory import give_back

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


def test_it_can_be_asked_for_at_any_time() -> None:
    give_back()
    give_back()
