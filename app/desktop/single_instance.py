"""One window for one library: a second start hands over what it was asked for, and ends.

The first process holds a lock and listens at a local socket that only the same user can reach; both
are named by the library. A lock whose process died is taken over, and its socket removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST_MESSAGE = 64 * 1024  # bytes: a path and a little around it
MOST_CALLERS = 8
PATIENCE_MS = 2000
WAIT_SECONDS = 10.0
ANSWER = b"here\n"


@dataclass(frozen=True)
class Request:
    """What a start was given: a folder to watch and a photo to show, absolute paths or ""."""

    folder: str = ""
    photo: str = ""


class SingleInstance(QObject):
    """The claim of one process to the window of one library.

    `called`: another start wants the window to come to the front, and hands over its Request.
    """

    called = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = _address(library)
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None
        self._callers: list[_Caller] = []

    def claim_or_hand_over(self, request: Request, patience: float = WAIT_SECONDS) -> bool:
        """Be the first, or call the one that is; whether this process is to go on.

        One that has only just started, or is about to end, hears nobody: it is waited for. Beside
        one that does not answer for `patience` seconds this process goes on.
        """
        until = time.monotonic() + patience
        while not self.claim():
            if self.hand_over(request):
                return False
            if time.monotonic() > until:
                return True
            time.sleep(0.1)
        return True

    def claim(self) -> bool:
        """Be the first, if nobody is yet; false where another process has the window.

        Where no lock or no socket can be had, every start is a first one: what keeps two writers
        apart is the library's own lock.
        """
        if self._address is None:
            return True
        lock = QLockFile(f"{self._address}.lock")
        lock.setStaleLockTime(0)  # however old, it holds while its process lives
        if not lock.tryLock(0):
            return lock.error() != QLockFile.LockError.LockFailedError
        self._lock = lock
        QLocalServer.removeServer(self._address)  # of a process that died
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(MOST_CALLERS)
        server.newConnection.connect(self._take)
        if server.listen(self._address):
            self._server = server
        return True

    def hand_over(self, request: Request) -> bool:
        """Call the first process, and give it what this one was given; whether it answered."""
        if self._address is None:
            return False
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(PATIENCE_MS):
            return False
        socket.write(json.dumps(asdict(request)).encode("ascii") + b"\n")
        answer = b""
        while len(answer) < len(ANSWER) and socket.waitForReadyRead(PATIENCE_MS):
            answer += bytes(socket.read(len(ANSWER) - len(answer)).data())
        socket.abort()
        return answer == ANSWER

    @Slot()
    def leave(self) -> None:
        """Hear nobody any more, as the window is closing: who comes waits until it has closed."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for caller in list(self._callers):
            caller.close()
        self._callers.clear()

    def close(self) -> None:
        """Leave the claim to whoever comes next."""
        self.leave()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    @Slot()
    def _take(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = _Caller(self._server.nextPendingConnection(), self)
            if len(self._callers) >= MOST_CALLERS:
                caller.close()
                continue
            caller.said.connect(self.called)
            caller.gone.connect(self._forget)
            self._callers.append(caller)
            caller.read()

    @Slot(object)
    def _forget(self, caller: _Caller) -> None:
        if caller in self._callers:
            self._callers.remove(caller)
        caller.deleteLater()


class _Caller(QObject):
    """One connection: one line of bounded length in bounded time, or it is cut off."""

    said = Signal(object)  # a Request
    gone = Signal(object)  # itself

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._heard = b""
        self._done = False
        socket.setParent(self)
        socket.setReadBufferSize(LONGEST_MESSAGE)
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self._end)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.close)
        self._patience.start(PATIENCE_MS)

    @Slot()
    def read(self) -> None:
        """Take in what has come."""
        if self._done:
            return
        self._heard += bytes(self._socket.read(LONGEST_MESSAGE).data())
        line, newline, _ = self._heard.partition(b"\n")
        if not newline:
            if len(self._heard) >= LONGEST_MESSAGE:
                self.close()
            return
        self._done = True
        request = request_in(line)
        if request is None:
            self.close()
            return
        self._socket.write(ANSWER)
        self._socket.flush()
        self.said.emit(request)
        self._socket.disconnectFromServer()

    @Slot()
    def close(self) -> None:
        """Cut it off."""
        self._done = True
        self._socket.abort()
        self._end()

    @Slot()
    def _end(self) -> None:
        self._patience.stop()
        self.gone.emit(self)


def request_in(line: bytes) -> Request | None:
    """What a message hands over; None when it is no message of ours."""
    try:
        message = json.loads(line.decode("ascii"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or set(message) != {"folder", "photo"}:
        return None
    for path in message.values():
        if not isinstance(path, str) or "\0" in path or (path and not Path(path).is_absolute()):
            return None
    return Request(**message)


def _address(library: Path) -> str | None:
    """Where the processes of one user and one library meet; None where there is no safe place."""
    place = os.path.normcase(os.path.realpath(library))
    name = "souvenir-" + hashlib.sha256(os.fsencode(place)).hexdigest()[:24]
    folder = _own_folder()
    return None if folder is None else str(folder / name)


def _own_folder() -> Path | None:
    """A folder that nobody else can put anything into."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())  # each person's own there; pipes are guarded by Windows
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime) if runtime else Path(tempfile.gettempdir()) / f"souvenir-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.lstat()
    except OSError:
        return None
    safe = stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and not facts.st_mode & 0o077
    return folder if safe else None
