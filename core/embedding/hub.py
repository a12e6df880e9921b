"""Where a model's file is: on the Hugging Face hub, or at a plain address.

The hub is asked in its own protocol: a HEAD request tells where a file is, how long, and its
checksum. HF_ENDPOINT (a mirror), HF_TOKEN and HF_HUB_OFFLINE are honoured as by its own library.
"""

from __future__ import annotations

import http.client
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import cast

from core.embedding.network import DIRECT, TIMEOUT, Network
from core.errors import ModelDownloadError

REDIRECTS = 5


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


def find_on_hub(repository: str, names: Sequence[str], network: Network = DIRECT) -> Remote:
    """Where the first of the files that exists in a repository of the hub is.

    Raises ModelDownloadError.
    """
    import huggingface_hub
    from huggingface_hub import constants

    hub = network.mirror or constants.ENDPOINT
    place = urllib.parse.urlsplit(hub).netloc
    headers = _headers(to_mirror=bool(network.mirror))
    if constants.HF_HUB_OFFLINE:
        raise unreachable(place, None)
    for name in names:
        url = f"{hub}{huggingface_hub.hf_hub_url(repository, name, endpoint='')}"
        try:
            found = ask(url, headers, network)
        except urllib.error.HTTPError as error:
            error.close()
            what = error.headers.get("X-Error-Code", "")
            if what == "EntryNotFound":
                continue
            raise refused_by_hub(place, repository, what, error) from error
        except (OSError, http.client.HTTPException) as error:
            raise unreachable(place, error) from error
        version = (found["X-Linked-Etag"] or found["ETag"] or "").removeprefix("W/").strip('"')
        length = found["X-Linked-Size"] or (None if found["Location"] else found["Content-Length"])
        return Remote(
            name=name,
            url=urllib.parse.urljoin(url, found["Location"] or url),
            size=int(length) if length else None,
            version=version,
            sha256=version if re.fullmatch("[0-9a-f]{64}", version) else "",
            # A token is for the hub, not for where it points.
            headers=headers
            if not found["Location"] or _same_place(url, found["Location"])
            else {k: v for k, v in headers.items() if k.lower() != "authorization"},
        )
    raise ModelDownloadError(
        f"{repository} on {place} has no {' or '.join(names)} (404): choose another model."
    )


def _headers(*, to_mirror: bool) -> dict[str, str]:
    """Who asks, and the person's token if there is one; a mirror of the settings gets no token.

    Not by the hub's own library: it tells what else is installed here, and asks the hub itself for
    a list of programs before it does, past mirror and proxy.
    """
    import huggingface_hub
    from huggingface_hub import constants

    wanted = not to_mirror and not constants.HF_HUB_DISABLE_IMPLICIT_TOKEN
    token = huggingface_hub.get_token() if wanted else None
    return {"User-Agent": "Souvenir"} | ({"Authorization": f"Bearer {token}"} if token else {})


def ask(url: str, headers: Mapping[str, str], network: Network) -> Message:
    """What the hub says of a file: the headers of its answer, which may point elsewhere.

    A repository that was renamed is followed on the hub itself. Raises OSError, of which
    urllib.error.HTTPError is one.
    """
    for _ in range(REDIRECTS):
        request = urllib.request.Request(url, method="HEAD")  # noqa: S310 (the hub, or its mirror)
        for header, value in headers.items():
            request.add_unredirected_header(header, value)
        request.add_header("Accept-Encoding", "identity")
        try:
            with network.open(request, timeout=TIMEOUT, follow=False) as answer:
                return cast("Message", answer.headers)
        except urllib.error.HTTPError as error:
            where = error.headers.get("Location", "")
            if not 300 <= error.code < 400 or not where:
                raise
            error.close()
            if error.headers["X-Linked-Etag"] or not _same_place(url, where):
                return error.headers
            url = urllib.parse.urljoin(url, where)
    raise OSError("it points from one place to the next without end")


def _same_place(url: str, where: str) -> bool:
    """Whether `where`, which may be relative, is on the server of `url`."""
    other = urllib.parse.urljoin(url, where)
    return urllib.parse.urlsplit(other).netloc == urllib.parse.urlsplit(url).netloc


def refused_by_hub(
    place: str, repository: str, what: str, error: urllib.error.HTTPError
) -> ModelDownloadError:
    """The sentence for an answer of the hub that is no file; `what`: its own word for it."""
    if what == "GatedRepo":
        return ModelDownloadError(
            f"{place} gives {repository} only to those who accepted its terms: accept them on"
            " its page, put your token into HF_TOKEN and try again."
        )
    # The hub does not tell strangers what exists: it answers 401.
    if error.code in {401, 404}:
        return ModelDownloadError(
            f"{place} has no {repository} (404): check the name, or choose another model."
        )
    return unreachable(place, OSError(f"{error.code} {error.reason}"))


def find_at_url(url: str, network: Network = DIRECT) -> Remote:
    """What a server says of the file at `url`; raises ModelDownloadError.

    The checksums are in the addresses, where open_clip looks for them too.
    """
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 (open_clip's own addresses)
    try:
        with network.open(request, timeout=TIMEOUT) as answer:
            length, etag = answer.headers.get("Content-Length"), answer.headers.get("ETag")
    except (OSError, http.client.HTTPException) as error:
        raise refused(url, error) from error
    in_folder = re.search("/([0-9a-f]{64})/[^/]*$", url)
    in_name = re.search(r"-([0-9a-f]{8})\.\w+$", url) if "mlfoundations" in url else None
    found = in_folder or in_name
    size = int(length) if length else None
    name = urllib.parse.urlsplit(url).path.rpartition("/")[2]
    return Remote(name, url, size, etag or str(size), found.group(1) if found else "", {})


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
        f"{place} cannot be reached ({why}): go online, name a mirror or a proxy (in the settings,"
        " or with --mirror and --proxy), or download the file elsewhere and import it."
    )
