from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.background import Background, CancelToken
from core.errors import SouvenirError
from tests.app.opening import LoggedErrors
from tests.helpers.patience import PATIENCE


def test_work_runs_on_a_thread_and_its_outcome_arrives_on_this_one(
    background: Background, qtbot: QtBot
) -> None:
    worked_on: list[str] = []
    arrived: list[tuple[int, str]] = []

    def work() -> int:
        worked_on.append(threading.current_thread().name)
        return 42

    background.lane("reading").submit(
        work, lambda value: arrived.append((value, threading.current_thread().name))
    )
    qtbot.waitUntil(lambda: bool(arrived))
    assert worked_on == ["souvenir-reading-0"]
    assert arrived == [(42, "MainThread")]
    assert not background.busy


def test_how_far_work_is_arrives_on_this_thread_unless_nobody_wants_it(
    background: Background, qtbot: QtBot
) -> None:
    heard: list[tuple[str, str]] = []
    wanted, unwanted = CancelToken(), CancelToken()

    def hear(word: str) -> None:
        heard.append((word, threading.current_thread().name))

    told = threading.Event()

    def work() -> None:
        background.tell(unwanted, partial(hear, "half"))
        background.tell(wanted, partial(hear, "all"))
        told.set()

    background.lane("reading").submit(work, lambda _: None)
    assert told.wait(PATIENCE)
    unwanted.cancel()  # this thread has not handled what was told yet
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("all", "MainThread")]


def test_a_failure_goes_to_whoever_asked_and_else_to_the_signal(
    background: Background, qtbot: QtBot
) -> None:
    def fail() -> str:
        raise SouvenirError("The disk is full: make room.")

    told: list[str] = []
    lane = background.lane("changes")
    lane.submit(fail, told.append, lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["The disk is full: make room."])
    with qtbot.waitSignal(background.failed) as unasked:
        lane.submit(fail, told.append)
    assert str(unasked.args[0]) == "The disk is full: make room."


def test_a_bug_is_logged_with_its_traceback(
    background: Background, qtbot: QtBot, nothing_wrong: LoggedErrors
) -> None:
    with qtbot.waitSignal(background.failed):
        background.lane("changes").submit(lambda: 1 // 0, print)
    assert "ZeroDivisionError" in nothing_wrong.messages[0]
    nothing_wrong.messages.clear()


def test_replace_drops_what_has_not_begun(background: Background, qtbot: QtBot) -> None:
    lane = background.lane("search")
    begun, gate = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        begun.set()
        gate.wait()

    lane.submit(first, lambda _: done.append("first"))
    assert begun.wait(PATIENCE)
    lane.submit(lambda: "old", done.append)
    lane.replace([lane.job(lambda: "new", done.append)])
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert done == ["first", "new"]


def test_a_cancelled_outcome_is_not_delivered(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    done: list[bool] = []
    token = background.lane("search").submit(gate.wait, done.append)
    token.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert done == []


def test_closing_drops_what_waits_and_joins_every_thread(qapp: QCoreApplication) -> None:
    background = Background(qapp)
    lane = background.lane("thumbnails", threads=3)
    done: list[int] = []
    gate = threading.Event()
    for n in range(50):
        lane.submit(partial(_wait_then, gate, n), done.append)
    gate.set()
    background.close()
    QCoreApplication.sendPostedEvents()
    assert done == []
    assert not [t for t in threading.enumerate() if t.name.startswith("souvenir-thumbnails")]


def _wait_then(gate: threading.Event, value: int) -> int:
    gate.wait()
    return value
