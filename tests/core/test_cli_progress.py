"""The progress of indexing, on a screen and in a log."""

from __future__ import annotations

import io

from core.cli.progress import CLEAR_LINE, ProgressDisplay, bar, describe, describe_transfer
from core.events import FoldersChanged, Progress, Trouble


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def at(done: int) -> Progress:
    return Progress(phase="indexing", done=done, total=100, rate=25.0, eta=(100 - done) / 25)


def test_a_line_says_how_far_how_fast_and_how_long() -> None:
    assert describe(at(50)) == f"50 of 100 files  {'█' * 12}{'░' * 12}  25 a second, 2.0 s left"
    looking = Progress(phase="indexing", done=3, total=900, scanning=True, rate=2.0)
    assert describe(looking) == "Looking for photos: 900 files so far  3 done  2 a second"
    assert describe(Progress(phase="indexing", total=9)) == "Getting ready for 9 files"
    assert describe(Progress(phase="paused", done=3, total=9)) == "Paused at 3 of 9 files"
    assert "2 failed" in describe(Progress(phase="indexing", done=3, total=9, failed=2))


def test_on_a_screen_one_line_is_drawn_over_and_over() -> None:
    screen, clock = Screen(), Clock()
    display = ProgressDisplay(screen, clock)
    display(at(1))
    display(at(2))  # too soon
    clock.now += 0.2
    display(at(3))
    display.close()
    assert "\n" not in screen.getvalue()
    drawn = screen.getvalue().split(CLEAR_LINE)
    assert [line[:8] for line in drawn] == ["", "1 of 100", "3 of 100", ""]


def test_having_nothing_to_do_is_no_news() -> None:
    screen = Screen()
    display = ProgressDisplay(screen, Clock())
    display(Progress(phase="indexing"))
    assert screen.getvalue() == ""


def test_after_ctrl_c_it_is_said_what_is_waited_for() -> None:
    screen = Screen()
    display = ProgressDisplay(screen, Clock(), stopping=lambda: True)
    display(at(1))
    assert "Ctrl+C again" in screen.getvalue()


def test_in_a_log_a_line_is_written_every_few_seconds() -> None:
    log, clock = io.StringIO(), Clock()
    display = ProgressDisplay(log, clock)
    for second in range(12):
        clock.now = 100.0 + second
        display(at(second + 1))
    display.close()
    assert [line[:9] for line in log.getvalue().splitlines()] == ["6 of 100 ", "11 of 100"]


def test_short_work_leaves_nothing_in_a_log() -> None:
    log = io.StringIO()
    display = ProgressDisplay(log, Clock())
    display(at(99))
    display(Progress())
    display(FoldersChanged())
    display.close()
    assert log.getvalue() == ""


def test_a_trouble_gets_its_own_line_at_once() -> None:
    screen = Screen()
    display = ProgressDisplay(screen, Clock())
    display(at(1))
    display(Trouble("The disk is full: make room."))
    assert screen.getvalue().endswith(f"{CLEAR_LINE}The disk is full: make room.\n")


def test_a_download_shows_its_bytes() -> None:
    assert describe_transfer(151_000_000, 604_000_000).startswith("151 of 604 MB  ██████░")
    assert describe_transfer(151_000_000, None) == "151 MB"
    assert bar(9, 0) == bar(9, 9)
