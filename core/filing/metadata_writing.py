"""Writing keywords and a rating beside a photo or into it: prepared, looked at, then done.

Nothing is there half: what is new is written under a hidden name beside it, forced to the disk, and
takes its place in one step. A file that changed since it was read is left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from core.catalog.files import FileStat
from core.catalog.metadata import Metadata
from core.catalog.written import Place, Written
from core.filing.inside import Inside, opened_inside
from core.filing.placing import force_to_disk
from core.filing.steps import FilingError
from core.filing.tag_plan import Said, TagPlan, Wanted, plan_tags
from core.imaging import iptc_writing, jpeg_segments
from core.imaging.exif import exif_metadata, exif_of_payload
from core.imaging.iptc_writing import IptcError
from core.imaging.jpeg_segments import JpegError
from core.imaging.keywords import TitleForm, Words
from core.imaging.regular_files import IrregularFileError
from core.imaging.sidecars import sidecars
from core.imaging.xmp_packet import LARGEST_PACKET, Packet, PacketError

# Why a sidecar is written although the photo's own file was chosen.
Note = Literal["", "format", "copies", "link", "parts"]

_HEAD = 1 << 20
_LARGEST = 256 << 20
_ROOM = jpeg_segments.LARGEST_PAYLOAD - len(jpeg_segments.XMP)

# Around the moment in which the file takes its place; told how it looks then, None: it goes.
Commit = Callable[[FileStat | None], AbstractContextManager[None]]


@dataclass(frozen=True)
class Prepared:
    """What is to be written. `data`: None for a sidecar of ours that goes, as it says nothing now.

    `looked`: how the target looked when it was read, None for none. `same`: there is nothing to
    write, only to remember. `root`: the watched folder, None for the target's own folder.
    """

    target: Path
    place: Place
    now: Said
    plan: TagPlan
    looked: os.stat_result | None
    data: bytes | None = None
    same: bool = False
    note: Note = ""
    root: Path | None = None


class NotIntoFileError(Exception):
    """A photo's own file is not for writing into, for the reason that `note` has."""

    def __init__(self, note: Note) -> None:
        super().__init__(note)
        self.note: Note = note


def prepare_sidecar(
    photo: Path, written: Written, wanted: Wanted, root: Path | None = None
) -> Prepared:
    """Read the sidecar of a photo, and make what it should be. Raises OSError, FilingError.

    `root`: the watched folder that the photo is in, by default its own; no link leads out of it. A
    sidecar that is a link is neither read nor written through, wherever it leads.
    """
    target = sidecar_of(photo)
    looked, packet = None, Packet.empty()
    with (
        opened_inside(root or photo.parent, photo.parent) as folder,
        suppress(FileNotFoundError),
    ):
        looked = folder.look(target.name)
        packet = _packet(_content(folder, target.name, LARGEST_PACKET))
    now = Said(packet.words, packet.rating, {"xmp": packet.title})
    if looked is None:
        written = replace(written, created=False)
    plan = plan_tags(now, written, wanted)
    made = Prepared(target, "sidecar", now, plan, looked, root=root)
    if plan.said == now:
        same = replace(plan, written=replace(plan.written, created=written.created))
        return replace(made, plan=same, same=True)
    _change(packet, plan)
    if written.created and packet.says_nothing:
        return replace(made, plan=replace(plan, written=Written()))
    created = looked is None or written.created
    plan = replace(plan, written=replace(plan.written, created=created))
    return replace(made, plan=plan, data=packet.as_file())


def prepare_file(
    photo: Path, written: Written, wanted: Wanted, root: Path | None = None
) -> Prepared:
    """Read what a JPEG says of itself, and make the file that it should be.

    Raises NotIntoFileError where a sidecar is the better place: a link or a file with several names
    is never written into, for it is, or is also, elsewhere. Raises OSError and FilingError, too.
    `root`: as above.
    """
    with opened_inside(root or photo.parent, photo.parent) as folder:
        looked = folder.look(photo.name)
        if stat.S_ISLNK(looked.st_mode) or looked.st_nlink > 1:
            raise NotIntoFileError("link")
        if looked.st_size > _LARGEST:
            raise NotIntoFileError("parts")
        with folder.open(photo.name) as file:
            try:
                now, _, _ = _said_in(_head(file))
                plan = plan_tags(now, written, wanted)
                if plan.said == now:
                    return Prepared(photo, "file", now, plan, looked, same=True, root=root)
                file.seek(0)
                data = file.read()
                now, packet, resources = _said_in(data)
                plan = plan_tags(now, written, wanted)
                jpeg_segments.check_changeable(data, jpeg_segments.segments(data))
                new = _rewritten(data, packet, resources, plan)
                plan = _as_reached(plan, _said_in(new)[0])
            except (JpegError, PacketError, IptcError) as error:
                raise NotIntoFileError("parts") from error
    return Prepared(photo, "file", now, plan, looked, new, same=plan.said == now, root=root)


def sidecar_of(photo: Path) -> Path:
    """The sidecar that is written: one that is there, else the photo's name with .xmp."""
    there = sidecars(photo)
    return there[0] if there else photo.with_name(f"{photo.name}.xmp")


def put_in_place(prepared: Prepared, commit: Commit) -> None:
    """Do what was prepared; `commit` is entered just before, and fails with it.

    A photo keeps its times, permissions and owner, a sidecar all but its time. A sidecar that has
    several names (as in a backup that shares files with what it was made of) is another file under
    this one from then on; the others keep what they had. Raises OSError, and FilingError("changed")
    where the file is another one than was read.
    """
    target, looked = prepared.target, prepared.looked
    with opened_inside(prepared.root or target.parent, target.parent) as folder:
        _must_be_writable(prepared, folder)
        if prepared.data is None:
            with commit(None):
                _must_be_as_read(prepared, folder)
                folder.remove(target.name)
            return
        # Until it has the permissions of the file that it replaces, nobody else may read it.
        with folder.unfinished(private=looked is not None) as (temporary, file):
            file.write(prepared.data)
            if looked is not None:
                folder.look_alike(file, temporary, target.name)
            force_to_disk(file)
            if looked is not None and prepared.place == "file":
                folder.set_times(temporary, looked)
            elif looked is not None:
                folder.set_times(temporary, None)
            status = folder.look(temporary)
            with commit(FileStat(status.st_size, status.st_mtime_ns, status.st_ino)):
                _must_be_as_read(prepared, folder)
                if looked is None:
                    folder.give_name(temporary, target.name)
                else:
                    folder.replace(temporary, target.name)
        folder.sync()


def check_writable(prepared: Prepared) -> None:
    """Raise FilingError where it can be seen that nothing may be written.

    A file that is only for reading could be replaced all the same: but somebody meant it.
    """
    target = prepared.target
    with opened_inside(prepared.root or target.parent, target.parent) as folder:
        _must_be_writable(prepared, folder)


def _must_be_writable(prepared: Prepared, folder: Inside) -> None:
    looked = prepared.looked
    for_reading = looked is not None and not looked.st_mode & 0o222
    if for_reading or not folder.may_write():
        raise FilingError("denied")


def _must_be_as_read(prepared: Prepared, folder: Inside) -> None:
    looked = prepared.looked
    try:
        now = folder.look(prepared.target.name)
    except FileNotFoundError:
        if looked is None:
            return
        raise
    key = (now.st_ino, now.st_size, now.st_mtime_ns)
    if looked is None or key != (looked.st_ino, looked.st_size, looked.st_mtime_ns):
        raise FilingError("changed")


def _as_reached(plan: TagPlan, reached: Said) -> TagPlan:
    """The plan as far as it could be: old IPTC blocks cannot say every word."""
    kept = {str(form): words for form, words in reached.words.items()}
    ours = {
        form: tuple(word for word in words if word in kept.get(form, ()))
        for form, words in plan.written.words.items()
    }
    titles = {
        form: title
        for form, title in plan.written.titles.items()
        if title == reached.titles.get(form)  # type: ignore[call-overload]
    }
    return TagPlan(reached, replace(plan.written, words=ours, titles=titles))


def _change(packet: Packet, plan: TagPlan) -> None:
    for form, words in plan.said.words.items():
        if form != "iptc":
            packet.set_words(form, words)
    packet.set_rating(plan.said.rating)
    packet.set_title(plan.said.titles.get("xmp"))


def _packet(data: bytes) -> Packet:
    try:
        return Packet.parse(data)
    except PacketError as error:
        raise FilingError("not_xmp") from error


def _content(folder: Inside, name: str, most: int) -> bytes:
    try:
        file = folder.open(name)
    except IrregularFileError as error:
        raise FilingError("not_xmp") from error
    with file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FilingError("not_xmp")
    return data


def _head(file: BinaryIO) -> bytes:
    """Enough of a JPEG to see what it says; all of it where that is long."""
    head = file.read(_HEAD)
    try:
        jpeg_segments.segments(head)
    except JpegError:
        return head + file.read()
    return head


def _said_in(data: bytes) -> tuple[Said, Packet, bytes | None]:
    """What a JPEG says, its packet (an empty one for none) and its resources, None for none."""
    found = jpeg_segments.segments(data)
    packets = jpeg_segments.packet_segments(data, found)
    blocks = jpeg_segments.photoshop_segments(data, found)
    if len(packets) > 1 or len(blocks) > 1:
        raise JpegError("parts")
    packet = Packet.empty()
    if packets:
        payload = jpeg_segments.payload(data, packets[0])
        packet = Packet.parse(payload[len(jpeg_segments.XMP) :])
        _nothing_of_ours_elsewhere(data, found, packet)
    words: Words = packet.words
    titles: dict[TitleForm, str | None] = {"xmp": packet.title}
    resources = None
    if blocks:
        payload = jpeg_segments.payload(data, blocks[0])
        resources = payload[len(jpeg_segments.PHOTOSHOP) :]
        iptc = iptc_writing.iptc_keywords(resources)
        if iptc is not None:
            words = {**words, "iptc": iptc}
            titles["iptc"] = iptc_writing.iptc_title(resources)
    return Said(words, packet.rating, titles, _exif(data, found)), packet, resources


def _exif(data: bytes, found: list[jpeg_segments.Segment]) -> Metadata:
    blocks = jpeg_segments.exif_segments(data, found)
    if not blocks:
        return Metadata()
    return exif_metadata(exif_of_payload(jpeg_segments.payload(data, blocks[0])))


def _nothing_of_ours_elsewhere(
    data: bytes, found: list[jpeg_segments.Segment], packet: Packet
) -> None:
    """Raise JpegError where the packet's extended part has what would be written into it."""
    if packet.extended is None:
        return
    extended = jpeg_segments.extended_packet(data, found, packet.extended)
    if extended is None:
        raise JpegError("parts")
    other = Packet.parse(extended)
    if any(other.words.values()) or other.rating is not None or other.title is not None:
        raise JpegError("parts")


def _rewritten(data: bytes, packet: Packet, resources: bytes | None, plan: TagPlan) -> bytes:
    """The file with what was planned; nothing of it but that is another."""
    _change(packet, plan)
    iptc = plan.said.words.get("iptc")
    block = None
    if resources is not None and iptc is not None:
        changed = iptc_writing.with_iptc(resources, iptc, plan.said.titles.get("iptc"))
        block = changed if changed != resources else None
    found = jpeg_segments.segments(data)
    new = jpeg_segments.exchanged(data, found, packet=packet.as_segment(_ROOM), photoshop=block)
    if list(jpeg_segments.rest_of(new)) != list(jpeg_segments.rest_of(data)):
        raise JpegError("parts")
    return new
