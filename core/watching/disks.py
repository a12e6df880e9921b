"""The disk that a folder is on: the file system's own id, and the name that a person knows.

The id is the same after a restart, on another port and under another device name. Ids of one kind
("uuid:…") can be compared; of two kinds nothing can be said.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
import sys
import uuid
from pathlib import Path

from core.catalog.folders import Disk
from core.watching.mounts import Mount, is_network, mount_of

# Linux: FS_IOC_GETFSUUID (a length, then 16 bytes) and FS_IOC_GETFSLABEL (256 bytes). Unlike the
# links of udev they answer in containers, too.
_GET_UUID, _UUID_BYTES = 0x80111500, 17
_GET_LABEL, _LABEL_BYTES = 0x81009431, 256
_BY_UUID, _BY_LABEL = "/dev/disk/by-uuid", "/dev/disk/by-label"
# Their statvfs id is made of their own id, not of the device's number.
_TELLING_FSID = frozenset(("ext2", "ext3", "ext4", "zfs"))
# File systems on disks whose files have no number of a device.
_WITHOUT_DEVICE = frozenset(("bcachefs", "btrfs", "zfs"))


def disk_of(path: str) -> Disk:
    """The disk that the directory at this absolute path is on. May wait for a network share."""
    return _looked_at(path, named=True)


def disk_id(path: str) -> str | None:
    """Only the id of that disk, which takes a few microseconds on most."""
    return _looked_at(path, named=False).id


def is_another(known: str | None, now: str | None) -> bool:
    """Whether two ids are surely those of two disks."""
    if known is None or now is None:
        return False
    return known != now and known.partition(":")[0] == now.partition(":")[0]


def _looked_at(path: str, *, named: bool) -> Disk:
    try:
        if sys.platform == "win32":
            return _windows_volume(path)
        if sys.platform == "darwin":
            return _mac_volume(path)
        return _linux_disk(path, named=named) if sys.platform == "linux" else Disk(None)
    except (OSError, ValueError, struct.error):
        return Disk(None)


# Linux


def _linux_disk(path: str, *, named: bool) -> Disk:
    device: int | None = Path(path).stat().st_dev
    if device is not None and os.major(device):
        mount = mount_of(path) if named else None
    else:
        mount = mount_of(path)
        if mount is not None and is_network(mount.kind):
            return _share(mount)
        if mount is None or mount.kind not in _WITHOUT_DEVICE:
            return Disk(None)  # in memory, or laid over others: its id does not last
        device = _device_of(mount)
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        found = _own_uuid(descriptor) or _linked(_BY_UUID, device)
        label = (_own_label(descriptor) or _linked(_BY_LABEL, device)) if named else None
        fsid = os.fstatvfs(descriptor).f_fsid
    finally:
        os.close(descriptor)
    source = mount.source if mount is not None else ""
    if found is not None:
        # Without a label, devices of one name are told apart by how the id begins.
        name = label or f"{source} ({found[:8]})".strip()
        return Disk(f"uuid:{found}{_subvolume(mount)}", name)
    mount = mount or mount_of(path)
    telling = mount is not None and mount.kind in _TELLING_FSID and fsid
    return Disk(f"fsid:{fsid:x}" if telling else None, label or source)


def _share(mount: Mount) -> Disk:
    """What the person mounted is all that is known of a share; "//NAS/a/" is "//nas/a"."""
    source = mount.source.rstrip("/")
    same = source.lower() if mount.kind in {"cifs", "smb3", "smbfs"} else source
    return Disk(f"share:{same}", source)


def _device_of(mount: Mount | None) -> int | None:
    """The number of the device that is mounted, where files on it have another one."""
    if mount is None or not mount.source.startswith("/dev/"):
        return None
    try:
        return os.stat(mount.source).st_rdev or None  # noqa: PTH116
    except OSError:
        return None


def _subvolume(mount: Mount | None) -> str:
    """Each subvolume of btrfs is like a disk of its own; its name outlives a snapshot put back."""
    found = re.search(r"(?:^|,)subvol=([^,]*)", mount.options) if mount is not None else None
    return f"/{found[1].strip('/')}" if found is not None else ""


def _own_uuid(descriptor: int) -> str | None:
    answer = _ask(descriptor, _GET_UUID, _UUID_BYTES)
    if answer is None or answer[0] != 16 or not any(answer[1:]):
        return None
    return str(uuid.UUID(bytes=answer[1:]))


def _own_label(descriptor: int) -> str | None:
    answer = _ask(descriptor, _GET_LABEL, _LABEL_BYTES)
    return answer.partition(b"\0")[0].decode(errors="replace") if answer is not None else None


def _ask(descriptor: int, request: int, size: int) -> bytes | None:
    import fcntl  # there is none on Windows

    answer = bytearray(size)
    try:
        fcntl.ioctl(descriptor, request, answer)
    except OSError:
        return None  # an older kernel, or a file system that does not tell
    return bytes(answer)


def _linked(directory: str, device: int | None) -> str | None:
    """The name under which udev links to a device."""
    if device is None:
        return None
    try:
        with os.scandir(directory) as links:
            name = next((link.name for link in links if link.stat().st_rdev == device), None)
    except OSError:
        return None
    # udev writes blanks and the like as "\x20".
    return name and re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), name)


# macOS and Windows

_ATTR_BIT_MAP_COUNT = 5
_VOLUME_INFO, _VOLUME_NAME, _VOLUME_UUID = 0x80000000, 0x00002000, 0x00040000


def _mac_volume(path: str) -> Disk:
    """Ask getattrlist(2), which answers for the volume of any path."""
    mount = mount_of(path)
    if mount is not None and is_network(mount.kind):
        source = mount.source.rstrip("/")
        return Disk(f"share:{source}", source)
    wanted = _VOLUME_INFO | _VOLUME_NAME | _VOLUME_UUID
    request = struct.pack("=HHIIIII", _ATTR_BIT_MAP_COUNT, 0, 0, wanted, 0, 0, 0)
    answer = ctypes.create_string_buffer(2048)
    system = ctypes.CDLL(None, use_errno=True)
    failed = system.getattrlist(os.fsencode(path), request, answer, len(answer), 0)
    if failed:
        return Disk(None)
    # A length, then in the order of their bits: where the name is, and 16 bytes.
    offset, length = struct.unpack_from("=iI", answer.raw, 4)
    name = answer.raw[4 + offset : 4 + offset + length].rstrip(b"\0").decode(errors="replace")
    number = answer.raw[12:28]
    return Disk(f"uuid:{uuid.UUID(bytes=number)}" if any(number) else None, name)


def _windows_volume(path: str) -> Disk:
    """The serial number of the volume, which formatting it gave it."""
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    point, name = ctypes.create_unicode_buffer(1024), ctypes.create_unicode_buffer(261)
    if not kernel.GetVolumePathNameW(path, point, len(point)):
        return Disk(None)
    serial = ctypes.c_uint32()
    known = kernel.GetVolumeInformationW(
        point.value, name, len(name), ctypes.byref(serial), None, None, None, 0
    )
    if not known or not serial.value:
        return Disk(None)
    return Disk(f"volume:{serial.value:08x}", name.value or str(Path(point.value)))
