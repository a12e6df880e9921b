"""How the network is reached: a mirror of the hub, a proxy, or what the system says."""

from __future__ import annotations

import http.client
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, cast

TIMEOUT = 15.0  # seconds without a byte


class _Staying(urllib.request.HTTPRedirectHandler):
    """Answers that point elsewhere are answers too: they raise HTTPError."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> urllib.request.Request | None:
        """Follow nothing."""
        return None


@dataclass(frozen=True)
class Network:
    """`mirror`: an address that stands for the Hugging Face hub, "" for HF_ENDPOINT or the hub.

    `proxy`: "http://host:port" for all requests, "" for what the system or HTTPS_PROXY says.
    """

    mirror: str = ""
    proxy: str = ""

    def open(
        self, request: urllib.request.Request, *, timeout: float, follow: bool = True
    ) -> http.client.HTTPResponse:
        """Send a request; raises OSError, and HTTPError for an answer that is a refusal.

        `follow`: go where an answer points to; else such an answer is an HTTPError too.
        """
        handlers: list[urllib.request.BaseHandler] = [] if follow else [_Staying()]
        if self.proxy:
            proxies = {"http": self.proxy, "https": self.proxy}
            handlers.append(urllib.request.ProxyHandler(proxies))
        opener = urllib.request.build_opener(*handlers)
        return cast("http.client.HTTPResponse", opener.open(request, timeout=timeout))


DIRECT = Network()
