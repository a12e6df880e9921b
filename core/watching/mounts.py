"""What kind of disk a folder is on: a network share, or a disk that is not plugged in."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Their servers change files without the local kernel noticing, so that it sends no events.
# fmt: off
_NETWORK = frozenset((
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2", "glusterfs",
    "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf",
    "virtiofs", "vmhgfs", "webdav",
))
# fmt: on
_NETWORK_FUSE = re.compile(
    r"fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|curlftpfs|s3fs|goofys|gcsfuse|glusterfs|ceph\S*|"
    r"vmhgfs-fuse|onedriver|google-drive\S*|smb\S*|nfs\S*|juicefs|seaweedfs\S*|moosefs|mfs\S*)"
)
# Desktops mount removable disks right below these, and take the mount point away with the disk.
_REMOVABLE_PARENTS = (
    re.compile(r"/media/[^/]+"),
    re.compile(r"/run/media/[^/]+"),
    re.compile(r"/Volumes"),
)
_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE


def network_filesystem(path: str) -> str | None:
    """Name the network file system ("nfs4") that holds this absolute path; None: a local one."""
    if sys.platform == "win32":
        drive = os.path.splitdrive(path)[0]
        kernel = ctypes.windll.kernel32
        remote = drive.startswith("\\\\") or kernel.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE
        return "share" if remote else None
    kind = filesystem_kind(os.path.realpath(path), _mounts())
    if kind is not None and (kind in _NETWORK or _NETWORK_FUSE.fullmatch(kind)):
        return kind
    return None


def filesystem_kind(path: str, mounts: Iterable[tuple[str, str]]) -> str | None:
    """Find the kind of the innermost of `mounts` (mount point, kind) that holds `path`.

    Of two mounts on the same point the later one hides the earlier.
    """
    best, kind = "", None
    for point, found in mounts:
        prefix = point.rstrip("/") + "/"
        if (path + "/").startswith(prefix) and len(prefix) >= len(best):
            best, kind = prefix, found
    return kind


def mount_is_absent(path: str) -> bool:
    """Whether a disk belongs at this absolute path and is not there.

    It can be told for mount points of /etc/fstab and for the places where desktops mount
    removable disks; elsewhere a vanished mount looks like an emptied directory.
    """
    if sys.platform == "win32":
        return False
    parent, _ = os.path.split(path)
    belongs = path in _fstab_points() or (
        # Below a disk that is itself mounted at /media/x there are plain directories.
        any(place.fullmatch(parent) for place in _REMOVABLE_PARENTS) and not os.path.ismount(parent)
    )
    return belongs and not os.path.ismount(path)


def _mounts() -> list[tuple[str, str]]:
    """Every (mount point, kind) of this computer; empty when it cannot be learnt."""
    try:
        table = Path("/proc/self/mounts").read_bytes()
    except OSError:
        return _mounts_by_command()
    lines = (line.split(b" ") for line in table.splitlines())
    return [(_unescape(fields[1]), os.fsdecode(fields[2])) for fields in lines if len(fields) > 2]


def _mounts_by_command() -> list[tuple[str, str]]:
    """Ask mount(8), where there is no /proc (macOS, BSD)."""
    try:
        table = subprocess.check_output(["/sbin/mount"], timeout=10)
    except (OSError, subprocess.SubprocessError):
        return []
    return parse_mount_table(os.fsdecode(table))


def parse_mount_table(table: str) -> list[tuple[str, str]]:
    """Read (mount point, kind) from lines like `//me@nas/a on /Volumes/a (smbfs, nodev)`."""
    return re.findall(r"^.* on (/.*) \((\w+)[,)]", table, re.MULTILINE)


def _fstab_points() -> frozenset[str]:
    try:
        lines = Path("/etc/fstab").read_bytes().splitlines()
    except OSError:
        return frozenset()
    rows = (line.split() for line in lines if not line.lstrip().startswith(b"#"))
    points = frozenset(_unescape(row[1]) for row in rows if len(row) > 1)
    return points - {"/"}


def _unescape(field: bytes) -> str:
    r"""Decode a path of the mount tables, which write blanks and the like as octal ("\040")."""
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), field))
