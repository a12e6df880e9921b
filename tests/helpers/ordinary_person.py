"""Permissions bind everybody but the superuser: here they bind a test that runs as root, too."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_ANY_PERMISSION = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def as_ordinary_person() -> Iterator[None]:
    """Inside, this thread and those that it starts may read only what modes let its user read.

    The test is skipped where permissions do not bind.
    """
    if os.name == "nt":
        pytest.skip("permissions of POSIX")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("permissions bind users only")
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    if libc.capget(ctypes.byref(header), sets) != 0:
        pytest.skip("this system does not tell what the superuser may do")
    before = sets[0].effective
    sets[0].effective = before & ~_ANY_PERMISSION
    if libc.capset(ctypes.byref(header), sets) != 0:
        pytest.skip("this system does not let the superuser do without")
    try:
        yield
    finally:
        sets[0].effective = before
        libc.capset(ctypes.byref(header), sets)


def command_of_ordinary_person() -> list[str]:
    """What to put before a command so that permissions bind it; the test is skipped without."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("permissions bind users only")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search"]
