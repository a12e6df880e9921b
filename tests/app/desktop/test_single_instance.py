from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from app.desktop.single_instance import LONGEST_MESSAGE, Request, SingleInstance, request_in
from tests.helpers.patience import PATIENCE

# A second start, as a process of its own; prints whether the first one answered.
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.desktop.single_instance import Request, SingleInstance
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]))
first = second.claim()
request = Request(*sys.argv[2:])
print("first" if first else "answered" if second.hand_over(request) else "silent")
"""


@pytest.fixture
def meeting_place(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_path))
    return short_path


@pytest.fixture
def library(tmp_path: Path, meeting_place: Path) -> Path:
    assert meeting_place.is_dir()
    return tmp_path / "library"


@pytest.fixture
def first(library: Path, qapp: QObject) -> Iterator[SingleInstance]:
    made = SingleInstance(library, qapp)
    assert made.claim()
    yield made
    made.close()


def second_start(*arguments: Path | str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())


def said_by(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=PATIENCE)[0].strip()


def test_a_second_start_calls_the_first_and_hands_over_what_it_was_given(
    first: SingleInstance, library: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.called) as called:
        process = second_start(library, tmp_path / "Grüße 照片", tmp_path / "1.jpg")
    assert called.args == [Request(str(tmp_path / "Grüße 照片"), str(tmp_path / "1.jpg"))]
    assert said_by(process) == "answered"


def test_without_a_folder_the_window_is_only_called(
    first: SingleInstance, library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.called) as called:
        process = second_start(library)
    assert called.args == [Request()]
    assert said_by(process) == "answered"


def test_another_library_has_a_window_of_its_own(
    first: SingleInstance, library: Path, tmp_path: Path
) -> None:
    assert first is not None
    assert said_by(second_start(tmp_path / "another")) == "first"
    assert said_by(second_start(library.parent / "." / "another")) == "first"


def test_the_next_start_is_a_first_one_after_the_window_closed(
    first: SingleInstance, library: Path
) -> None:
    first.close()
    assert said_by(second_start(library)) == "first"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind")
def test_who_comes_while_the_window_closes_waits_and_opens_another(
    first: SingleInstance, library: Path, qapp: QObject
) -> None:
    first.leave()
    closes = threading.Timer(0.3, first.close)
    closes.start()
    second = SingleInstance(library, qapp)
    assert second.claim_or_hand_over(Request(), patience=PATIENCE)
    assert not SingleInstance(library, qapp).claim()
    closes.join()
    second.close()


def test_beside_one_that_does_not_answer_the_window_opens_all_the_same(
    first: SingleInstance, library: Path, qapp: QObject
) -> None:
    first.leave()
    assert SingleInstance(library, qapp).claim_or_hand_over(Request(), patience=0)


def test_the_socket_of_a_process_that_died_is_taken_over(
    library: Path, meeting_place: Path, qapp: QObject
) -> None:
    died = SECOND + "\nimport os\nsys.stdout.flush()\nos._exit(9)\n"
    command = [sys.executable, "-c", died, str(library)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.stdout.strip() == "first"
    assert list(meeting_place.iterdir())  # its lock and socket are still there
    heir = SingleInstance(library, qapp)
    assert heir.claim()
    heir.close()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b'{"folder": "/a"}',
        b'{"folder": 3, "photo": ""}',
        b'{"folder": "", "photo": "relative"}',
        b'{"folder": "/a\\u0000b", "photo": ""}',
        b'{"folder": "/a", "photo": "", "run": "rm"}',
        b"[" * 100_000,
    ],
)
def test_anything_but_our_own_message_is_refused(line: bytes) -> None:
    assert request_in(line) is None


@pytest.mark.parametrize("hostile", [b"\x00\xff\n", b"x" * (LONGEST_MESSAGE + 1), b"[]\n"])
def test_hostile_bytes_are_cut_off_and_the_window_goes_on(
    first: SingleInstance, qtbot: QtBot, hostile: bytes
) -> None:
    called: list[Request] = []
    first.called.connect(called.append)
    (server,) = first.findChildren(QLocalServer)
    caller = QLocalSocket()
    caller.connectToServer(server.fullServerName())
    caller.write(hostile)
    with qtbot.waitSignal(caller.disconnected):
        pass
    assert called == []
    friend = QLocalSocket()
    friend.connectToServer(server.fullServerName())
    with qtbot.waitSignal(first.called):
        friend.write(b'{"folder": "", "photo": ""}\n')
    friend.abort()


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_a_meeting_place_open_to_others_is_not_used(
    library: Path, meeting_place: Path, qapp: QObject
) -> None:
    meeting_place.chmod(0o777)
    alone = SingleInstance(library, qapp)
    assert alone.claim()
    assert not alone.hand_over(Request())
    assert list(meeting_place.iterdir()) == []
    alone.close()
