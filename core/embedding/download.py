"""Getting one file over the network: with progress, cancelled at will, going on where it broke off.

Where a file is on the Hugging Face hub is asked through huggingface_hub, which honours HF_ENDPOINT
(a mirror), HF_TOKEN and HF_HUB_OFFLINE. The transfer is plain HTTP with ranges, as that library
begins again from nothing when it was interrupted.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.embedding.weights import file_sha256
from core.errors import ModelDownloadError

Progress = Callable[[int, int | None], None]  # bytes done, bytes in all or None
CHUNK = 1 << 18
TIMEOUT = 30.0  # seconds without a byte
TRIES = 5  # in a row without a byte
PAUSE = 0.5  # seconds before the first of these, twice as long before each that follows


@dataclass(frozen=True)
class Remote:
    """A file on a server. `version` changes when its content does; `sha256` may be a beginning."""

    name: str
    url: str
    size: int | None
    version: str
    sha256: str
    headers: dict[str, str] = field(repr=False)  # may hold the person's token


def in_hub_cache(repository: str, names: Sequence[str]) -> Path | None:
    """The first of the files that another program has already downloaded from the hub."""
    import huggingface_hub

    for name in names:
        found = huggingface_hub.try_to_load_from_cache(repository, name)
        if isinstance(found, str):
            return Path(found)
    return None


def find_on_hub(repository: str, names: Sequence[str]) -> Remote:
    """Where the first of the files that exists in a repository of the hub is.

    Raises ModelDownloadError.
    """
    import huggingface_hub
    from huggingface_hub import errors
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    place = urllib.parse.urlsplit(huggingface_hub.constants.ENDPOINT).netloc
    for name in names:
        url = huggingface_hub.hf_hub_url(repository, name)
        try:
            found = huggingface_hub.get_hf_file_metadata(url)
        except errors.EntryNotFoundError:
            continue
        except errors.GatedRepoError as error:
            raise ModelDownloadError(
                f"{place} gives {repository} only to those who accepted its terms: accept them on"
                " its page, put your token into HF_TOKEN and try again."
            ) from error
        except errors.RepositoryNotFoundError as error:
            raise ModelDownloadError(
                f"{place} has no {repository} (404): check the name, or choose another model."
            ) from error
        except Exception as error:
            # Which exceptions say "no connection" differs between versions of the library.
            raise unreachable(place, error) from error
        version = found.etag or ""
        headers = build_hf_headers()
        if urllib.parse.urlsplit(found.location).netloc != urllib.parse.urlsplit(url).netloc:
            headers.pop("authorization", None)  # a token is for the hub, not for where it points
        return Remote(
            name=name,
            url=found.location,
            size=found.size,
            version=version,
            sha256=version if re.fullmatch("[0-9a-f]{64}", version) else "",
            headers=headers,
        )
    raise ModelDownloadError(
        f"{repository} on {place} has no {' or '.join(names)} (404): choose another model."
    )


def find_at_url(url: str) -> Remote:
    """What a server says of the file at `url`; raises ModelDownloadError.

    The checksums are in the addresses, where open_clip looks for them too.
    """
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 (open_clip's own addresses)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            length, etag = answer.headers.get("Content-Length"), answer.headers.get("ETag")
    except (OSError, http.client.HTTPException) as error:
        raise refused(url, error) from error
    in_folder = re.search("/([0-9a-f]{64})/[^/]*$", url)
    in_name = re.search(r"-([0-9a-f]{8})\.\w+$", url) if "mlfoundations" in url else None
    found = in_folder or in_name
    size = int(length) if length else None
    name = urllib.parse.urlsplit(url).path.rpartition("/")[2]
    return Remote(name, url, size, etag or str(size), found.group(1) if found else "", {})


def fetch(
    remote: Remote,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Path:
    """Download into `folder`; what an earlier call left there of the same content is used.

    Raises ModelDownloadError: server or network failed, the disk is full, it was cancelled (the
    next call goes on), or the content is not what it should be (the next call begins anew).
    """
    place = urllib.parse.urlsplit(remote.url)._replace(query="").geturl()
    identity = hashlib.sha256(f"{place} {remote.version}".encode()).hexdigest()[:24]
    part = folder / f"{identity}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        done = part.stat().st_size if part.exists() else 0
        if remote.size is not None:
            check_space(folder, 2 * remote.size - done)  # the file, and the model made of it
        tries = TRIES
        while remote.size is None or done < remote.size:
            failure, before = transfer(remote, part, done, progress, cancel), done
            done = part.stat().st_size if part.exists() else 0
            if failure is None and remote.size in {None, done}:
                break
            tries = TRIES if done > before else tries - 1
            if tries == 0:
                raise broke_off(remote, done, failure)
            time.sleep(PAUSE * 2 ** (TRIES - tries))
        check_content(remote, part)
        return part.replace(folder / f"{identity}{Path(remote.name).suffix}")
    except OSError as error:
        raise ModelDownloadError(
            f"The download cannot be stored in {folder} ({error.strerror or error}): make room"
            " there or check its permissions, and try again; it goes on where it stopped."
        ) from error


def transfer(
    remote: Remote,
    part: Path,
    done: int,
    progress: Progress | None,
    cancel: Callable[[], bool] | None,
) -> Exception | None:
    """One request: append to `part` what comes after `done` bytes. Returns what cut it off.

    Raises ModelDownloadError when cancelled and for an answer that trying again would not change,
    OSError for the disk.
    """
    if cancel is not None and cancel():
        raise stopped()
    request = urllib.request.Request(remote.url)  # noqa: S310 (where the registry points)
    for header, value in remote.headers.items():
        request.add_unredirected_header(header, value)  # a token is for this server alone
    request.add_header("Accept-Encoding", "identity")
    if done:
        request.add_header("Range", f"bytes={done}-")
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in {408, 429} or error.code >= 500:
            return error
        raise refused(remote.url, error) from error
    except (OSError, http.client.HTTPException) as error:
        return error
    with answer, part.open("ab") as file:
        if answer.status != 206:  # the server begins at the first byte whatever it was asked
            file.truncate(0)
            done = 0
        while True:
            if cancel is not None and cancel():
                raise stopped()
            try:
                chunk = answer.read(CHUNK)
            except (OSError, http.client.HTTPException) as error:
                return error
            if not chunk:
                return None
            file.write(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, remote.size)


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
    share = f"{done / 1e6:.1f} of {remote.size / 1e6:.1f} MB" if remote.size else "a part"
    return ModelDownloadError(
        f"The connection to {place} broke off after {share}: check the network and try again; the"
        " download goes on where it stopped."
    )


def refused(url: str, error: Exception) -> ModelDownloadError:
    """The sentence for a server that says no, or is not there."""
    place = urllib.parse.urlsplit(url).netloc
    if isinstance(error, urllib.error.HTTPError):
        return ModelDownloadError(
            f"{place} does not give the model ({error.code} {error.reason}): choose another model,"
            " or import its file."
        )
    return unreachable(place, error)


def unreachable(place: str, error: Exception | None) -> ModelDownloadError:
    """The sentence for no connection."""
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        why = "HF_HUB_OFFLINE is set"
    else:
        cause = getattr(error, "reason", None) or error
        said = re.sub(r"\[Errno -?\d+\] ", "", str(cause)).strip()
        why = (said.splitlines() or ["no answer"])[0][:150]
    return ModelDownloadError(
        f"{place} cannot be reached ({why}): go online, name a mirror in HF_ENDPOINT, or download"
        " the file elsewhere and import it."
    )
