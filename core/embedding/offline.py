"""Processes that load models stay off the network, whatever is in a model's files.

open_clip, timm and transformers ask the hub for much that is not there. Their own switches are
read once, when they are imported, and only say what they mean to do; so connections are refused as
well, where Python makes them.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Any

SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_XET": "1",
}
NAMES_ASKED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
TALKING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}


def stay_offline() -> None:
    """Refuse, from now on and for good, every connection that this process wants.

    To be called before a model's packages are imported. Who tries gets an OSError, as on a computer
    without a network. Sockets on this computer's file system are no network.
    """
    os.environ.update(SWITCHES)
    sys.addaudithook(_refuse)


def _refuse(event: str, details: tuple[Any, ...]) -> None:
    if event in NAMES_ASKED or (event in TALKING and not _is_local(details[0])):
        raise OSError(errno.ENETUNREACH, "a model has no business on the network")


def _is_local(wanted: socket.socket) -> bool:
    return wanted.family == getattr(socket, "AF_UNIX", None)
