"""Answers reach the screen, a file or the next program whatever is in them."""

from __future__ import annotations

import io
import json
import logging
import os

import pytest

from core.cli.terminal import Terminal, VisibleFormatter, duration, number, size, table, visible


class Screen(io.StringIO):
    """A stream that someone looks at."""

    def isatty(self) -> bool:
        return True


def bytes_of(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def piped(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")


def test_a_file_name_that_is_no_text_goes_out_as_it_came_in() -> None:
    stream = piped("utf-8")
    raw = b"/photos/caf\xe9 \xff.jpg"
    terminal = Terminal(stream)
    terminal.say("before")
    terminal.say(terminal.path(os.fsdecode(raw)))
    assert bytes_of(stream) == b"before\n" + raw + b"\n"


def test_a_terminal_without_the_letters_gets_escapes() -> None:
    stream = piped("ascii")
    Terminal(stream).say("Müller – 照片")
    assert bytes_of(stream) == rb"M\xfcller \u2013 \u7167\u7247" + b"\n"


def test_json_is_ascii_and_gives_odd_names_back() -> None:
    stream = piped("ascii")
    path = os.fsdecode(b"/photos/\xff\xc3\xa9.jpg")
    Terminal(stream).answer_json({"path": path})
    answer = json.loads(bytes_of(stream))
    assert os.fsencode(answer["path"]) == b"/photos/\xff\xc3\xa9.jpg"


def test_a_name_cannot_play_tricks_on_the_screen() -> None:
    trick = "a\x1b[2Jb\nc.jpg"
    assert Terminal(Screen()).path(trick) == r"a\x1b[2Jb\nc.jpg"
    assert Terminal(io.StringIO()).path(trick) == trick
    assert visible("日本 café.jpg") == "日本 café.jpg"


@pytest.mark.parametrize(
    "trick", ["\x1b[2J", "\x9b2J", "\r", "\n", "\u202e", "\u2066", "\x07", "\x7f"]
)
def test_nothing_that_confuses_a_screen_comes_through(trick: str) -> None:
    out, err, pipe = Screen(), Screen(), io.StringIO()
    Terminal(out, err).say(f"a{trick}b")
    Terminal(out, err).say(Terminal(out, err).style(f"c{trick}d", "bold"))
    Terminal(pipe, err).remark(f"e{trick}f")  # people read remarks, whatever becomes of answers
    for line in (*out.getvalue().split("\n"), *err.getvalue().split("\n")):
        assert trick not in line.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert out.getvalue().count("\n") == 2
    assert err.getvalue().count("\n") == 1
    Terminal(pipe).say(f"a{trick}b")
    assert pipe.getvalue() == f"a{trick}b\n"


def test_spaces_and_what_joins_letters_stay() -> None:
    for text in ("照片\u3000夏天", "1\u202f000\xa0km", "👨\u200d👩\u200d👧", "می\u200cخواهم"):
        assert visible(text) == text


def test_logs_are_cleaned_line_by_line() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "a\x1b[31m%s\nb", ("\u202e",), None)
    assert VisibleFormatter("%(message)s").format(record) == "a\\x1b[31m\\u202e\nb"


def test_colour_is_for_screens_and_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert Terminal(Screen()).style("late", "dim") == "\x1b[2mlate\x1b[0m"
    assert Terminal(io.StringIO()).style("late", "dim") == "late"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Terminal(Screen()).style("late", "dim") == "late"


def test_columns_line_up() -> None:
    assert table([("1", "one", "x"), ("100", "a", "yy")]) == ["1    one  x", "100  a    yy"]
    assert table([]) == []


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (9.6, "9.6 s"), (59.6, "1 min 0 s"), (92, "1 min 32 s"), (7500, "2 h 5 min")],
)
def test_durations_are_said_like_people_do(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_counts_and_sizes_are_said_like_people_do() -> None:
    assert (number(1, "photo"), number(1204, "photo")) == ("1 photo", "1,204 photos")
    assert (size(12), size(605_143_316), size(5_500_000_000)) == ("12 bytes", "605.1 MB", "5.5 GB")
