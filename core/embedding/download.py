"""Getting one file over the network: with progress, cancelled at will, going on where it broke off.

The transfer is plain HTTP with ranges, as the hub's own library begins again from nothing when it
was interrupted. Where a file is, is found out in core/embedding/hub.py.
"""

from __future__ import annotations

import hashlib
import http.client
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from core.embedding.hub import Remote, refused, unreachable
from core.embedding.network import DIRECT, TIMEOUT, Network
from core.embedding.weights import file_sha256
from core.errors import ModelDownloadError
from core.private_files import make_private_folder, open_private

Progress = Callable[[int, int | None], None]  # bytes done, bytes in all or None
CHUNK = 1 << 18
TRIES = 5  # in a row without a byte
RANGE_NOT_THERE = 416
PAUSE = 0.5  # seconds before the first of these, twice as long before each that follows


def fetch(
    remote: Remote,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    network: Network = DIRECT,
) -> Path:
    """Download into `folder`; what an earlier call left there of the same content is used.

    Raises ModelDownloadError: server or network failed, the disk is full, it was cancelled (the
    next call goes on), or the content is not what it should be (the next call begins anew).
    """
    part = part_file(remote, folder)
    whole = part.with_suffix(Path(remote.name).suffix)
    if whole.exists():  # it could not be made a model of, then
        whole.replace(part)
    try:
        make_private_folder(folder)
        done = part.stat().st_size if part.exists() else 0
        if remote.size is not None:
            check_space(folder, 2 * remote.size - done)  # the file, and the model made of it
        tries = TRIES
        while remote.size is None or done < remote.size:
            failure, before = transfer(remote, part, done, progress, cancel, network), done
            done = part.stat().st_size if part.exists() else 0
            if failure is None and remote.size in {None, done}:
                break
            tries = TRIES if done > before else tries - 1
            if tries == 0:
                raise broke_off(remote, done, failure)
            wait(PAUSE * 2 ** (TRIES - tries), cancel)
        check_content(remote, part)
        return part.replace(whole)
    except OSError as error:
        raise ModelDownloadError(
            f"The download cannot be stored in {folder} ({error.strerror or error}): make room"
            " there or check its permissions, and try again; it goes on where it stopped."
        ) from error


def part_file(remote: Remote, folder: Path) -> Path:
    """Where the bytes of a download are collected.

    Content with a checksum is the same wherever it comes from: a mirror can end what another
    server began. Else the address says, and the version that the server gives.
    """
    place = urllib.parse.urlsplit(remote.url)._replace(query="").geturl()
    known = remote.sha256 if len(remote.sha256) == 64 else f"{place} {remote.version}"
    return folder / f"{hashlib.sha256(known.encode()).hexdigest()[:24]}.part"


def wait(seconds: float, cancel: Callable[[], bool] | None) -> None:
    """Wait before the next try; raises ModelDownloadError when it is cancelled meanwhile."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if cancel is not None and cancel():
            raise stopped()
        time.sleep(min(left, 0.1))


def transfer(
    remote: Remote,
    part: Path,
    done: int,
    progress: Progress | None,
    cancel: Callable[[], bool] | None,
    network: Network = DIRECT,
) -> Exception | None:
    """One request: append to `part` what comes after `done` bytes. Returns what cut it off.

    Raises ModelDownloadError when cancelled and for an answer that trying again would not change,
    OSError for the disk.
    """
    if cancel is not None and cancel():
        raise stopped()
    answer = answered(remote, done, network)
    if isinstance(answer, Exception):
        if isinstance(answer, urllib.error.HTTPError) and answer.code == RANGE_NOT_THERE:
            part.unlink(missing_ok=True)  # it has no more than this, or less: begin anew
        return answer
    with answer, open_private(part, "ab") as file:
        if answer.status != 206:  # the server begins at the first byte whatever it was asked
            file.truncate(0)
            done = 0
        while True:
            if cancel is not None and cancel():
                raise stopped()
            try:
                chunk = answer.read1(CHUNK)  # what came by now: on a slow line that is little
            except (OSError, http.client.HTTPException) as error:
                return error
            if not chunk:
                return None
            file.write(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, remote.size)


def answered(
    remote: Remote, done: int, network: Network
) -> http.client.HTTPResponse | OSError | http.client.HTTPException:
    """The server's answer to a request for what comes after `done` bytes, or why there is none.

    Raises ModelDownloadError for a refusal that trying again would not change.
    """
    request = urllib.request.Request(remote.url)  # noqa: S310 (where the registry points)
    for header, value in remote.headers.items():
        request.add_unredirected_header(header, value)  # a token is for this server alone
    request.add_header("Accept-Encoding", "identity")
    if done:
        request.add_header("Range", f"bytes={done}-")
    try:
        return network.open(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in {408, 429, RANGE_NOT_THERE} or error.code >= 500:
            return error
        raise refused(remote.url, error) from error
    except (OSError, http.client.HTTPException) as error:
        return error


def check_space(folder: Path, needed: int) -> None:
    """Raise ModelDownloadError when fewer than `needed` bytes are free."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise ModelDownloadError(
            f"The disk of {folder} has {free // 1_000_000} MB left and the model needs"
            f" {needed // 1_000_000} MB: make room and try again."
        )


def check_content(remote: Remote, part: Path) -> None:
    """Raise ModelDownloadError, and drop the file, unless size and checksum are as announced."""
    fits = remote.size is None or part.stat().st_size == remote.size
    if not fits or (remote.sha256 and not file_sha256(part).startswith(remote.sha256)):
        part.unlink()
        raise ModelDownloadError(
            f"What {urllib.parse.urlsplit(remote.url).netloc} sent is damaged, its checksum is"
            " wrong: try again."
        )


def stopped() -> ModelDownloadError:
    """The sentence for a download that was cancelled."""
    return ModelDownloadError("The download was stopped; started again, it goes on where it was.")


def broke_off(remote: Remote, done: int, failure: Exception | None) -> ModelDownloadError:
    """The sentence for a transfer that stopped and could not be taken up again."""
    place = urllib.parse.urlsplit(remote.url).netloc
    if not done:
        return unreachable(place, failure)
    if not remote.size:
        return ModelDownloadError(
            f"The connection to {place} broke off half way: check the network and try again; the"
            " download goes on where it stopped."
        )
    fetched, total = f"{done / 1e6:.1f}", f"{remote.size / 1e6:.1f}"
    return ModelDownloadError(
        f"The connection to {place} broke off after {fetched} of {total} MB: check the network and"
        " try again; the download goes on where it stopped."
    )
