"""Files that are opened without waiting for anybody."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.errors import PhotoError
from core.imaging.reading import hash_file, read_bytes
from core.imaging.regular_files import open_regular


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_what_would_have_to_be_waited_for_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some files of /proc, such as kmsg, are called regular ones and are read like a pipe."""
    pipe = tmp_path / "a.jpg"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    monkeypatch.setattr(stat, "S_ISREG", lambda _: True)
    try:
        with open_regular(pipe) as file, pytest.raises(BlockingIOError):
            file.read()
        with open_regular(pipe) as file, pytest.raises(BlockingIOError):
            file.read(10)
        for read in (read_bytes, hash_file):
            with pytest.raises(PhotoError, match="cannot be read"):
                read(pipe)
    finally:
        os.close(writer)
