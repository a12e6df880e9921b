"""What kind of disk a folder is on: a network share, or a disk that is not plugged in."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.watching.relative import relative_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: where, of what kind ("nfs4"), what ("/dev/sda1"), and how."""

    point: str
    kind: str
    source: str = ""
    options: str = ""


def network_filesystem(path: str) -> str | None:
    """Name the network file system ("nfs4") that holds this absolute path; None: a local one."""
    if sys.platform == "win32":
        drive = os.path.splitdrive(path)[0]
        kernel = ctypes.windll.kernel32
        remote = drive.startswith("\\\\") or kernel.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE
        return "share" if remote else None
    mount = mount_of(path)
    return mount.kind if mount is not None and is_network(mount.kind) else None


def is_network(kind: str) -> bool:
    """Whether a file system of this kind is on another computer."""
    return kind in _NETWORK or _NETWORK_FUSE.fullmatch(kind) is not None


def mount_of(path: str) -> Mount | None:
    """The mount that holds this absolute path; None where it cannot be learnt."""
    return holding(os.path.realpath(path), _mounts())


def mount_points_below(path: str) -> list[str]:
    """Mount points below the directory at this absolute path, relative to it, with "/"."""
    root = os.path.realpath(path)
    below = (relative_path(mount.point, root) for mount in _mounts())
    return sorted({point for point in below if point})


def holding(path: str, mounts: Iterable[Mount]) -> Mount | None:
    """Find the innermost of `mounts` that holds `path`.

    Of two mounts on the same point the later one hides the earlier.
    """
    longest, best = "", None
    for mount in mounts:
        prefix = mount.point.rstrip("/") + "/"
        if (path + "/").startswith(prefix) and len(prefix) >= len(longest):
            longest, best = prefix, mount
    return best


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


def _mounts() -> Sequence[Mount]:
    """Every mount of this computer; empty when it cannot be learnt."""
    try:
        table = Path("/proc/self/mounts").read_bytes()
    except OSError:
        return _mounts_by_command()
    lines = (line.split(b" ") for line in table.splitlines())
    return [
        Mount(_unescape(point), os.fsdecode(kind), _unescape(source), os.fsdecode(options))
        for source, point, kind, options, *_ in (line for line in lines if len(line) > 3)
    ]


def _mounts_by_command() -> Sequence[Mount]:
    """Ask mount(8), where there is no /proc (macOS, BSD)."""
    try:
        table = subprocess.check_output(["/sbin/mount"], timeout=10)
    except (OSError, subprocess.SubprocessError):
        return []
    return parse_mount_table(os.fsdecode(table))


def parse_mount_table(table: str) -> list[Mount]:
    """Read mounts from lines like `//me@nas/a on /Volumes/a (smbfs, nodev)`."""
    found = re.findall(r"^(.*) on (/.*) \((\w+)[,)]", table, re.MULTILINE)
    return [Mount(point, kind, source) for source, point, kind in found]


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
