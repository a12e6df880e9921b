"""Files and directories that are only names here: reading one would fetch it from the cloud."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

# FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS of winnt.h.
_WINDOWS_RECALL = 0x1000 | 0x40000 | 0x400000
# SF_DATALESS of sys/stat.h on macOS.
_MACOS_DATALESS = 0x40000000


def is_placeholder(status: os.stat_result) -> bool:
    """Whether the content is elsewhere (OneDrive, iCloud, Dropbox) and would be pulled down."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS_RECALL) or bool(flags & _MACOS_DATALESS)


def is_junction(status: os.stat_result) -> bool:
    """Whether a Windows directory is a junction, which loops as a symbolic link does."""
    tag: int = getattr(status, "st_reparse_tag", 0)
    return tag != 0 and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def directories_need_a_look() -> bool:
    """Whether this platform has directories that must be examined before they are listed."""
    return sys.platform in ("win32", "darwin")
