"""A server on this computer that speaks enough of the Hugging Face hub's protocol."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Files by path, and how the server misbehaves.

    `cut_after`: bytes after which a transfer breaks off; `cuts`: how many transfers do.
    `ranges`: whether it honours Range. `asked`: method, path and Range of every request.
    `words`: what it calls the reason of a status. `piece`: bytes after which it waits for `pause`
    seconds, 0 for never. `checksums`: what it says of a file that is something else. `moved`: paths
    whose files another server has. `tokens`: what was sent along to prove who one is; `hosts`:
    which host was asked for, as a proxy is. `hold_after`: bytes after which a transfer stands still
    until `go_on`, 0 for never: whatever is done meanwhile is done in the middle of it.
    """

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: int = 0
    cuts: int = 0
    ranges: bool = True
    statuses: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    piece: int = 0
    pause: float = 0.01
    checksums: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    hold_after: int = 0

    def put(self, repository: str, name: str, content: bytes) -> None:
        """Offer a file of a repository."""
        self.files[f"/{repository}/resolve/main/{name}"] = content

    def go_on(self) -> None:
        """Let transfers that stand still go on, and hold no other."""
        self.hold_after = 0

    def ranges_asked(self) -> list[str]:
        """The Range of every transfer so far, empty for one from the start."""
        return [wanted for method, _, wanted in self.asked if method == "GET"]


@contextmanager
def hub_server() -> Iterator[Hub]:
    """Serve on a free port until the block ends."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            return

        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, *, with_body: bool) -> None:
            wanted = self.headers.get("Range", "")
            asked = urllib.parse.urlsplit(self.path)
            path = asked.path
            hub.hosts.append(asked.netloc)
            hub.asked.append((self.command, path, wanted))
            hub.tokens.append(self.headers.get("Authorization", ""))
            content = hub.files.get(path)
            status = hub.statuses.get(path, 200 if content is not None else 404)
            self.close_connection = True
            if content is None or status >= 400:
                self.send_response(status)
                self.send_header("X-Error-Code", hub.words.get(path, "EntryNotFound"))
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
                return
            checksum = hub.checksums.get(path, hashlib.sha256(content).hexdigest())
            if path in hub.moved:
                self.send_response(302)
                self.send_header("Location", hub.moved[path])
                self.send_header("X-Linked-Etag", f'"{checksum}"')
                self.send_header("X-Linked-Size", str(len(content)))
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and hub.ranges else 0
            self.send_response(206 if start else 200)
            if start:
                place = f"bytes {start}-{len(content) - 1}/{len(content)}"
                self.send_header("Content-Range", place)
            self.send_header("Content-Length", str(len(content) - start))
            self.send_header("ETag", f'"{checksum}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("Connection", "close")
            self.end_headers()
            if with_body:
                end = len(content)
                if hub.cuts > 0:
                    hub.cuts -= 1
                    end = min(end, start + hub.cut_after)
                self.send(content[start:end])

        def send(self, content: bytes) -> None:
            piece = hub.piece or len(content) or 1
            with contextlib.suppress(ConnectionError):  # who asked has gone
                if held := hub.hold_after:
                    self.wfile.write(content[:held])
                    content = content[held:]
                    while hub.hold_after:
                        time.sleep(hub.pause)
                for begin in range(0, len(content), piece):
                    self.wfile.write(content[begin : begin + piece])
                    if hub.piece:
                        time.sleep(hub.pause)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.go_on()
        server.shutdown()
        server.server_close()
        thread.join()
