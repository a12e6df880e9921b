"""Ctrl+C: once to end in order, twice to end at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from core.cli.interrupt import Interrupt
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals are sent another way there"
)


def test_the_first_signal_is_noted_and_nothing_is_cut_off() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupt() as interrupt:
        assert (interrupt.came(), interrupt.exit_code) == (False, 0)
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt.came()
    assert interrupt.exit_code == 130
    assert signal.getsignal(signal.SIGINT) is before


def test_being_asked_to_end_counts_as_well() -> None:
    with Interrupt() as interrupt:
        os.kill(os.getpid(), signal.SIGTERM)
    assert interrupt.exit_code == 143


def test_the_second_signal_ends_the_program() -> None:
    code = (
        "import os, signal, sys; from core.cli.interrupt import Interrupt\n"
        "with Interrupt() as interrupt:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    print('still here', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    print('not reached', flush=True)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode == -signal.SIGINT
    assert ended.stdout == "still here\n"
