"""Tags and ratings written beside photos and into them, and taken back, with a real catalogue."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from PIL import Image

from core.catalog import embeddings, folders, photos, written
from core.catalog.catalogue import Catalogue
from core.catalog.edits import SetKeywords, SetRating, SetTitle, apply_edit
from core.catalog.files import FileStat
from core.catalog.folders import Folder
from core.catalog.label_edits import CreateLabels, SetTags
from core.catalog.labels import Label, find_label
from core.catalog.photos import Photo
from core.catalog.written import Place, Written
from core.errors import FolderError, SouvenirError
from core.events import Events
from core.filing import metadata_writing
from core.filing.inside import Inside
from core.filing.metadata_writing import prepare_file, put_in_place
from core.filing.steps import FilingError
from core.filing.tag_plan import Wanted
from core.imaging.xmp_packet import Packet
from core.indexing.indexer import Indexer
from core.indexing.jobs import ScanRequest
from core.indexing.pace import Pacing
from core.indexing.report import IndexReport
from core.library.tag_writing import TagChange, TagWriting, Writes
from core.paths import LibraryPaths
from core.vectors.index import VectorIndex
from tests.helpers.exiftool import needs_exiftool, tags_in, words_in, write_tags
from tests.helpers.quick_encoder import DIM, QuickEncoder, quick_model

SHARED = Path(__file__).resolve().parents[3] / "shared" / "photos"
# Where something is in the file, which exiftool counts from its beginning, and sums of IPTC.
CHANGING = ("IFD1:ThumbnailOffset", "File:CurrentIPTCDigest", "Photoshop:IPTCDigest")
TITLES = ("XMP-dc:Title", "IPTC:ObjectName")
OURS = ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList", "XMP-xmp:Rating")


@dataclass
class Desk:
    """A library with a folder of photos, and what writes their tags."""

    folder: Path
    paths: LibraryPaths
    catalogue: Catalogue
    watched: Folder
    indexer: Indexer
    encoder: QuickEncoder
    writing: TagWriting

    def index(self) -> IndexReport:
        return self.indexer.run_until_settled([ScanRequest(self.watched.id)], never)

    def add(self, name: str, colour: str = "red", **saving: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (60, 40), colour).save(path, **saving)
        os.utime(path, (1_600_000_000, 1_600_000_000))
        return path

    def photo(self, path: Path) -> Photo:
        with self.catalogue.reader() as c:
            ids = photos.photo_ids(c, "name", descending=False)
            return next(p for p in photos.get_photos(c, ids) if p.files[0].path == str(path))

    def tag(self, path: Path, *names: str, fits: bool | None = True) -> None:
        with self.catalogue.transaction() as tx:
            for name in names:
                label = find_label(tx, name)
                assert label is not None
                apply_edit(tx, SetTags(label.id, {self.photo(path).id: fits}))

    def read_again(self, photo: Path) -> None:
        """Have what a photo says read once more, as happens when a sidecar changes."""
        sidecar = photo.with_name(f"{photo.name}.xmp")
        for words in (["read again"], []):
            beside = Packet.empty()
            beside.set_words("subject", words)
            sidecar.write_bytes(beside.as_file())
            self.index()
            assert ("read again" in self.photo(photo).keywords) == bool(words)

    def edit(self, edit: SetRating | SetKeywords | SetTitle) -> None:
        with self.catalogue.transaction() as tx:
            apply_edit(tx, edit)

    def write(self, writes: Writes = "sidecar") -> list[TagChange]:
        """Write; twice, to see that the second time does nothing."""
        self.writing.choose(self.folder, writes)
        seen = [(c.target, c.added, c.removed) for c in self.writing.preview(self.folder, never)]
        done = list(self.writing.write(self.folder, never))
        if all(change.problem is None for change in done):
            assert [(c.target, c.added, c.removed) for c in done] == seen, "as it was shown"
            before = everything(self.folder)
            again = list(self.writing.write(self.folder, never))
            assert [change.target for change in again] == [None] * len(again)
            assert everything(self.folder) == before
        return done


def never() -> bool:
    return False


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The content and time of every file in a folder."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def pixels(path: Path) -> bytes:
    with Image.open(path) as image:
        return image.tobytes()


def packet(path: Path) -> Packet:
    return Packet.parse(path.read_bytes())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    catalogue, events = Catalogue(paths.catalogue), Events()
    with catalogue.transaction() as tx:
        watched = folders.add_folder(tx, folder)
        labels = Label("bird", ("a bird",)), Label("heron", ("a heron",), parent="bird")
        apply_edit(tx, CreateLabels(labels))
    encoder, index = QuickEncoder(), VectorIndex(DIM)
    indexer = Indexer(
        catalogue, paths, quick_model(), encoder, index, events, pacing=Pacing("normal", 1)
    )
    writing = TagWriting(catalogue, paths, events)
    yield Desk(folder, paths, catalogue, watched, indexer, encoder, writing)
    indexer.close()
    index.close()
    catalogue.close()


def test_nothing_is_written_where_it_is_not_switched_on(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    before = everything(desk.folder)
    with pytest.raises(SouvenirError, match="Writing tags is off for"):
        desk.writing.write(desk.folder, never)
    (shown,) = desk.writing.preview(desk.folder, never)
    assert (shown.target, shown.added) == (desk.folder / "a.jpg.xmp", ("bird",))
    assert everything(desk.folder) == before


def test_a_sidecar_comes_with_a_tag_and_goes_with_it(desk: Desk) -> None:
    photo, other = desk.add("a.jpg"), desk.add("b.png", "blue")
    desk.index()
    before = everything(desk.folder)
    desk.tag(photo, "bird", "heron")
    desk.edit(SetRating({desk.photo(photo).id: 4}))
    changes = desk.write()
    assert [change.path for change in changes] == [photo, other]
    assert (changes[0].added, changes[0].rating) == (("bird", "heron"), (None, "4"))
    beside = desk.folder / "a.jpg.xmp"
    assert packet(beside).words == {
        "subject": ("bird", "heron"),
        "hierarchical": ("bird", "bird|heron"),
        "tags_list": ("bird", "bird/heron"),
    }
    assert packet(beside).rating == "4"
    report = desk.index()
    assert (report.updated, report.skipped) == (0, ()), "our own sidecar is no news"
    assert desk.photo(photo).keywords == (), "our words are no keywords of the file"
    desk.tag(photo, "bird", "heron", fits=None)
    desk.edit(SetRating({desk.photo(photo).id: 0}, of_file=frozenset({desk.photo(photo).id})))
    (change, _) = desk.write()
    assert change.removed == ("bird", "heron")
    assert everything(desk.folder) == before


def test_what_others_wrote_into_a_sidecar_stays(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    theirs = Packet.empty()
    theirs.set_words("subject", ["sea", "bird"])
    theirs.set_rating("2")
    beside = desk.folder / "a.xmp"
    text = theirs.as_file().replace(
        b'rdf:about=""', b'rdf:about="" xmlns:odd="http://odd/" odd:Note="x&#10;y"'
    )
    beside.write_bytes(text)
    beside.chmod(0o640)
    desk.index()
    assert desk.photo(photo).keywords == ("sea", "bird")
    assert desk.photo(photo).rating == 2
    desk.tag(photo, "bird", "heron")
    desk.edit(SetRating({desk.photo(photo).id: 5}))
    desk.write()
    assert packet(beside).words["subject"] == ("sea", "bird", "heron")
    assert b'odd:Note="x&#10;y"' in beside.read_bytes()
    assert stat.S_IMODE(beside.stat().st_mode) == 0o640
    assert not (desk.folder / "a.jpg.xmp").exists()
    desk.tag(photo, "bird", "heron", fits=None)
    desk.edit(SetRating({desk.photo(photo).id: 0}, of_file=frozenset({desk.photo(photo).id})))
    desk.write()
    assert packet(beside).words == {"subject": ("sea", "bird"), "hierarchical": (), "tags_list": ()}
    assert packet(beside).rating == "2"


def test_a_jpeg_that_was_written_into_is_the_same_photo(desk: Desk) -> None:
    photo = desk.add("a.jpg", quality=90)
    photo.chmod(0o604)
    desk.index()
    before, looked, shown = desk.photo(photo), photo.stat(), pixels(photo)
    thumbnail = desk.paths.thumbnail(before.content_hash).read_bytes()
    desk.tag(photo, "bird", "heron")
    (change,) = desk.write("file")
    assert (change.target, change.place, change.added) == (photo, "file", ("bird", "heron"))
    after = desk.photo(photo)
    assert after.id == before.id
    assert after.content_hash != before.content_hash
    assert pixels(photo) == shown
    now = photo.stat()
    assert (now.st_mtime_ns, now.st_mode) == (looked.st_mtime_ns, looked.st_mode)
    assert desk.paths.thumbnail(after.content_hash).read_bytes() == thumbnail
    assert not desk.paths.thumbnail(before.content_hash).exists()
    report = desk.index()
    assert (report.updated, report.added, report.embedded) == (0, 0, 0)
    assert desk.encoder.embedded == 1
    assert desk.photo(photo).keywords == ()
    with desk.catalogue.reader() as c:
        model = embeddings.find_model_id(c, "quick@1")
        assert model is not None
        assert embeddings.lacking_embedding(c, model, [after.id]) == set()
    desk.tag(photo, "bird", "heron", fits=None)
    desk.write("file")
    assert desk.photo(photo).id == before.id
    with Image.open(photo) as image:
        assert b"bird" not in image.info["xmp"]


def test_from_files_to_sidecars_and_back_nothing_is_left_in_the_other_place(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    desk.write("file")
    assert b"<rdf:li>bird" in photo.read_bytes()
    desk.write("sidecar")
    assert b"<rdf:li>bird" not in photo.read_bytes()
    assert packet(desk.folder / "a.jpg.xmp").words["subject"] == ("bird",)
    desk.write("file")
    assert b"<rdf:li>bird" in photo.read_bytes()
    assert not (desk.folder / "a.jpg.xmp").exists()
    assert desk.index().updated == 0


@pytest.mark.parametrize("writes", ["sidecar", "file"])
def test_a_title_that_the_person_gave_goes_out_and_back(desk: Desk, writes: Writes) -> None:
    photo = desk.add("a.jpg")
    theirs = Packet.empty()
    theirs.set_title("A lake")
    (desk.folder / "a.jpg.xmp").write_bytes(theirs.as_file())
    desk.index()
    assert desk.photo(photo).title == "A lake"
    photo_id = desk.photo(photo).id
    desk.edit(SetTitle({photo_id: "Our lake"}))
    (change,) = desk.write(writes)
    there = "A lake" if writes == "sidecar" else None
    assert change.title == (there, "Our lake")
    desk.index()
    now = desk.photo(photo)
    assert (now.id, now.title, now.metadata.title) == (photo_id, "Our lake", "A lake")
    desk.edit(SetTitle({photo_id: None}))
    desk.write(writes)
    desk.index()
    assert packet(desk.folder / "a.jpg.xmp").title == "A lake"
    assert desk.photo(photo).title == "A lake"
    assert b"Our lake" not in photo.read_bytes()


def test_what_exif_says_comes_back_when_ours_is_taken_out_of_a_file(desk: Desk) -> None:
    exif = Image.Exif()
    exif[0x9C9B] = "Old title 鹭".encode("utf-16-le") + b"\0\0"  # XPTitle
    exif[0x9C9E] = "bird;lake".encode("utf-16-le") + b"\0\0"  # XPKeywords
    exif[0x4746] = 2  # Rating
    photo = desk.add("a.jpg", exif=exif)
    desk.index()
    before = desk.photo(photo)
    assert (before.title, before.rating, before.keywords) == ("Old title 鹭", 2, ("bird", "lake"))
    desk.edit(SetTitle({before.id: "Our lake"}))
    desk.edit(SetRating({before.id: 5}))
    desk.tag(photo, "bird", "heron")
    (change,) = desk.write("file")
    assert change.title == ("Old title 鹭", "Our lake")

    desk.read_again(photo)
    now = desk.photo(photo)
    assert (now.id, now.title, now.rating) == (before.id, "Our lake", 5)
    assert now.metadata == before.metadata, "what we wrote is no word of the file"
    desk.edit(SetTitle({now.id: None}))
    assert desk.photo(photo).title == "Old title 鹭", "at once, before anything is written"
    desk.tag(photo, "bird", "heron", fits=None)
    desk.write("file")
    desk.read_again(photo)
    now = desk.photo(photo)
    assert (now.title, now.keywords) == ("Old title 鹭", ("bird", "lake"))


@needs_exiftool
def test_a_title_that_exiftool_put_into_exif_stands_there_before_and_after_ours(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    write_tags(photo, "-EXIF:XPTitle=Old title 鹭")
    desk.index()
    photo_id = desk.photo(photo).id
    desk.edit(SetTitle({photo_id: "Our lake"}))
    desk.write("file")
    assert words_in(photo, "XMP-dc:Title") == ["Our lake"]
    assert words_in(photo, "IFD0:XPTitle") == ["Old title 鹭"]
    desk.read_again(photo)
    desk.edit(SetTitle({photo_id: None}))
    assert desk.photo(photo).title == "Old title 鹭"
    desk.write("file")
    assert words_in(photo, "XMP-dc:Title") == []
    desk.read_again(photo)
    assert desk.photo(photo).title == "Old title 鹭"


def test_a_title_that_another_program_gave_since_is_theirs(desk: Desk) -> None:
    photo, beside = desk.add("a.jpg"), desk.folder / "a.jpg.xmp"
    desk.index()
    desk.edit(SetTitle({desk.photo(photo).id: "Ours"}))
    desk.write()
    theirs = packet(beside)
    theirs.set_title("Theirs")
    beside.write_bytes(theirs.as_file())
    os.utime(beside, (1_700_000_000, 1_700_000_000))
    desk.index()
    now = desk.photo(photo)
    assert (now.title, now.metadata.title) == ("Ours", "Theirs"), "both are kept"
    desk.edit(SetTitle({now.id: None}))
    desk.write()
    assert packet(beside).title == "Theirs"


def test_a_title_that_the_person_took_away_stays_where_others_wrote_it(desk: Desk) -> None:
    photo, beside = desk.add("a.jpg"), desk.folder / "a.jpg.xmp"
    theirs = Packet.empty()
    theirs.set_title("A lake")
    beside.write_bytes(theirs.as_file())
    desk.index()
    desk.edit(SetTitle({desk.photo(photo).id: ""}))
    assert desk.write()[0].target is None
    assert packet(beside).title == "A lake"


def test_where_a_file_is_not_for_writing_into_a_sidecar_says_why(desk: Desk) -> None:
    png, twice = desk.add("a.png"), desk.add("b.jpg", "blue")
    shutil.copy2(twice, desk.folder / "copy.jpg")
    several = desk.add("c.jpg", "green")
    several.write_bytes(several.read_bytes() + b"a preview behind the picture")
    link = desk.folder / "d.jpg"
    elsewhere = desk.folder.parent / "elsewhere.jpg"
    Image.new("RGB", (60, 40), "yellow").save(elsewhere)
    link.symlink_to(elsewhere)
    desk.index()
    before = everything(desk.folder)
    for path in (png, twice, several, link):
        desk.tag(path, "bird")
    changes = {change.path.name: change for change in desk.write("file")}
    assert {name: change.note for name, change in changes.items()} == {
        "a.png": "format",
        "b.jpg": "copies",
        "copy.jpg": "copies",
        "c.jpg": "parts",
        "d.jpg": "link",
    }
    for name, was in before.items():
        assert everything(desk.folder)[name] == was
        assert packet(desk.folder / f"{name}.xmp").words["subject"] == ("bird",)


def test_the_persons_own_keywords_go_along(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.edit(SetKeywords({desk.photo(photo).id: ("our tent", "鹭")}))
    desk.tag(photo, "bird")
    desk.write("file")
    assert desk.photo(photo).keywords == ("our tent", "鹭")
    with Image.open(photo) as image:
        words = Packet.parse(image.info["xmp"]).words
    assert words["subject"] == ("bird", "our tent", "鹭")


HOSTILE = {
    "damaged": b"<x:xmpmeta",
    "no xml": b"\xff\xfe\x00\x01",
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><rdf:RDF xmlns:rdf="x">&b;</rdf:RDF>',
    "empty": b"",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=list(HOSTILE))
def test_a_sidecar_that_cannot_be_understood_is_left_as_it_is(desk: Desk, content: bytes) -> None:
    photo, fine = desk.add("a.jpg"), desk.add("b.jpg", "blue")
    (desk.folder / "a.jpg.xmp").write_bytes(content)
    desk.index()
    desk.tag(photo, "bird")
    desk.tag(fine, "bird")
    first, second = desk.write()
    assert first.problem is not None
    assert (first.problem.reason, second.problem) == ("not_xmp", None)
    assert (desk.folder / "a.jpg.xmp").read_bytes() == content
    assert packet(desk.folder / "b.jpg.xmp").words["subject"] == ("bird",)


def test_a_sidecar_of_a_hundred_megabytes_is_neither_read_nor_written(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    beside = desk.folder / "a.jpg.xmp"
    with beside.open("wb") as file:
        file.truncate(100 << 20)
    desk.index()
    assert desk.photo(photo).keywords == ()
    desk.tag(photo, "bird")
    (change,) = desk.write()
    assert change.problem is not None
    assert change.problem.reason == "not_xmp"
    assert beside.stat().st_size == 100 << 20


def test_a_photo_that_changed_meanwhile_is_left_alone(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    Image.new("RGB", (90, 90), "white").save(photo)
    before = everything(desk.folder)
    for writes in get_args(Place):
        (change,) = desk.write(writes)
        assert change.problem is not None
        assert change.problem.reason == "not_indexed"
    assert everything(desk.folder) == before


def test_what_changes_between_reading_and_writing_is_not_lost(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    prepared = prepare_file(photo, Written(), Wanted((("bird",),)))
    Image.new("RGB", (90, 90), "white").save(photo)
    theirs = photo.read_bytes()
    with pytest.raises(FilingError, match="changed"):
        put_in_place(prepared, anything)
    assert photo.read_bytes() == theirs
    assert sorted(path.name for path in desk.folder.iterdir()) == ["a.jpg"]


@contextmanager
def anything(_: FileStat | None) -> Iterator[None]:
    yield


def test_a_full_disk_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    before, hash_before = everything(desk.folder), desk.photo(photo).content_hash

    def full(_: io.BufferedWriter) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(metadata_writing, "force_to_disk", full)
    for writes in get_args(Place):
        (change,) = desk.write(writes)
        assert change.problem is not None
        assert change.problem.reason == "full"
    assert everything(desk.folder) == before
    assert desk.photo(photo).content_hash == hash_before
    monkeypatch.undo()
    (change,) = desk.write("file")
    assert change.problem is None


def test_a_rename_that_fails_takes_the_catalogue_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    before, hash_before = everything(desk.folder), desk.photo(photo).content_hash

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Inside, "replace", refused)
    (change,) = desk.write("file")
    assert change.problem is not None
    assert change.problem.reason == "denied"
    monkeypatch.undo()
    assert everything(desk.folder) == before
    assert desk.photo(photo).content_hash == hash_before


def test_a_file_that_is_only_for_reading_is_left_alone(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    photo.chmod(0o444)
    desk.index()
    desk.tag(photo, "bird")
    before = everything(desk.folder)
    (change,) = desk.write("file")
    assert change.problem is not None
    assert change.problem.reason == "denied"
    assert everything(desk.folder) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind users only")
def test_a_folder_that_is_only_for_reading_is_told_and_nothing_is_lost(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    before = everything(desk.folder)
    desk.folder.chmod(0o500)
    for writes in ("sidecar", "file"):
        (change,) = desk.write(writes)
        assert change.problem is not None
        assert change.problem.reason == "denied"
    desk.folder.chmod(0o700)
    assert everything(desk.folder) == before
    assert desk.write("sidecar")[0].problem is None


def test_cancelling_ends_after_a_whole_file_and_a_part_of_a_folder_can_be_written(
    desk: Desk,
) -> None:
    paths = [desk.add(f"{n}.jpg", colour) for n, colour in enumerate(("red", "blue", "green"))]
    inside = desk.add("trip/x.jpg", "yellow")
    desk.index()
    for path in (*paths, inside):
        desk.tag(path, "bird")
    desk.writing.choose(desk.folder, "sidecar")
    written: list[TagChange] = []
    written.extend(desk.writing.write(desk.folder, lambda: len(written) == 2))
    assert [change.path for change in written] == paths[:2]
    assert (written[0].done, written[0].total) == (1, 4)
    (only,) = desk.writing.write(desk.folder / "trip", never)
    assert only.target == desk.folder / "trip" / "x.jpg.xmp"
    assert not (desk.folder / "2.jpg.xmp").exists()


def test_folders_that_are_not_watched_or_not_there_are_refused(desk: Desk, tmp_path: Path) -> None:
    desk.add("trip/a.jpg")
    with pytest.raises(FolderError, match="in no watched folder"):
        list(desk.writing.preview(tmp_path / "library", never))
    with pytest.raises(FolderError, match="not there at the moment"):
        desk.writing.choose(desk.folder / "gone", "file")
    with pytest.raises(FolderError, match="switched for that as a whole"):
        desk.writing.choose(desk.folder / "trip", "file")
    assert desk.writing.folder_of(desk.folder / "trip").writes == "off"


def test_what_is_left_of_a_process_that_was_killed_harms_nobody(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    left = desk.folder / ".souvenir-0123456789abcdef.tmp"
    left.write_bytes(b"half a file")
    os.utime(left, (1_600_000_000, 1_600_000_000))
    desk.write()
    assert not left.exists()


def only_ahead(remember: Callable[..., None], calls: list[int], *what: object) -> None:
    """Remember the first time only: nobody tidies up after a process that was killed."""
    calls.append(1)
    if len(calls) == 1:
        remember(*what)


def test_killed_between_the_name_and_the_catalogue_the_photo_and_ours_are_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = desk.add("a.jpg")
    desk.index()
    desk.tag(photo, "bird")
    photo_id = desk.photo(photo).id
    shown = pixels(photo)
    desk.write("file")
    desk.tag(photo, "heron")

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> bool:
        raise KilledError

    monkeypatch.setattr(written, "content_rewritten", killed)
    monkeypatch.setattr(desk.writing, "_remember", partial(only_ahead, desk.writing._remember, []))
    desk.writing.choose(desk.folder, "file")
    prepared = prepare_file(photo, Written(), Wanted((("bird",), ("bird", "heron"))))
    with pytest.raises(KilledError):
        list(desk.writing.write(desk.folder, never))
    monkeypatch.undo()
    put_in_place(prepared, anything)  # the name was given, the catalogue was not told
    desk.index()
    assert (desk.photo(photo).id, desk.photo(photo).keywords) == (photo_id, ())
    desk.tag(photo, "bird", "heron", fits=None)
    desk.write("file")
    with Image.open(photo) as image:
        assert not any(Packet.parse(image.info["xmp"]).words.values())
    assert pixels(photo) == shown


# What is read


def test_sidecars_that_come_and_change_are_read_and_counted_once(desk: Desk) -> None:
    photo, raw_like = desk.add("a.jpg"), desk.add("b.tif", "blue")
    desk.index()
    beside = Packet.empty()
    beside.set_words("tags_list", ["Places/Italy", "_Digikam_Internal_Tags_/x"])
    beside.set_rating("3")
    (desk.folder / "a.jpg.xmp").write_bytes(beside.as_file())
    os.utime(desk.folder / "a.jpg.xmp", (1_600_000_000, 1_600_000_000))
    report = desk.index()
    assert (report.added, report.updated, report.embedded) == (0, 0, 0)
    assert desk.photo(photo).keywords == ("Places", "Italy")
    assert desk.photo(photo).rating == 3
    beside.set_words("tags_list", [])
    beside.set_words("hierarchical", ["Animals|Bird"])
    for path in (desk.folder / "a.jpg.xmp", desk.folder / "b.xmp"):
        path.write_bytes(beside.as_file())
        os.utime(path, (1_600_000_100, 1_600_000_100))
    desk.index()
    assert desk.photo(photo).keywords == ("Animals", "Bird")
    assert desk.photo(raw_like).keywords == ("Animals", "Bird")
    desk.edit(SetRating({desk.photo(photo).id: 1}))
    beside.set_rating("5")
    (desk.folder / "a.jpg.xmp").write_bytes(beside.as_file() + b"\n")
    os.utime(desk.folder / "a.jpg.xmp", (1_600_000_200, 1_600_000_200))
    desk.index()
    assert desk.photo(photo).rating == 1, "the person's own counts more"


def test_file_and_sidecar_that_disagree_keep_both_keywords(desk: Desk) -> None:
    said = Packet.empty()
    said.set_words("subject", ["from the file"])
    said.set_words("hierarchical", ["top|below"])
    said.set_rating("1")
    photo = desk.add("a.jpg", xmp=said.as_segment(60_000))
    beside = Packet.empty()
    beside.set_words("subject", ["from beside"])
    beside.set_rating("4")
    (desk.folder / "a.jpg.xmp").write_bytes(beside.as_file())
    os.utime(desk.folder / "a.jpg.xmp", (1_600_000_000, 1_600_000_000))
    desk.index()
    assert desk.photo(photo).keywords == ("from the file", "top", "below", "from beside")
    assert desk.photo(photo).rating == 4


def test_a_raw_photos_twin_does_not_take_its_sidecar(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    (desk.folder / "a.cr2").write_bytes(b"no photo, but of that name")
    beside = Packet.empty()
    beside.set_words("subject", ["of the raw"])
    (desk.folder / "a.xmp").write_bytes(beside.as_file())
    desk.index()
    assert desk.photo(photo).keywords == ()


# What others read


@needs_exiftool
def test_exiftool_reads_back_what_was_written(desk: Desk) -> None:
    photo, png = desk.add("a.jpg"), desk.add("b.png", "blue")
    desk.index()
    for path in (photo, png):
        desk.tag(path, "bird", "heron")
        desk.edit(SetRating({desk.photo(path).id: 4}))
    desk.edit(SetKeywords({desk.photo(photo).id: ("鹭", "a & b")}))
    desk.edit(SetTitle({desk.photo(path).id: "A “heron” 鹭" for path in (photo, png)}))
    desk.write("file")
    for file, more in ((photo, ["鹭", "a & b"]), (desk.folder / "b.png.xmp", [])):
        assert words_in(file, "XMP-dc:Subject") == ["bird", "heron", *more]
        assert words_in(file, "XMP-lr:HierarchicalSubject") == ["bird", "bird|heron", *more]
        assert words_in(file, "XMP-digiKam:TagsList") == ["bird", "bird/heron", *more]
        assert words_in(file, "XMP-xmp:Rating") == ["4"]
        assert words_in(file, "XMP-dc:Title") == ["A “heron” 鹭"]
        assert "ExifTool:Warning" not in tags_in(file)[0]


@needs_exiftool
@pytest.mark.skipif(not SHARED.is_dir(), reason="there are no photos beside the project")
def test_real_photos_keep_everything_exiftool_showed_before(tmp_path: Path) -> None:
    originals = sorted(p for p in SHARED.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg"))
    copies = []
    for number, original in enumerate(originals):
        copy = tmp_path / f"{number:04}.jpg"
        shutil.copyfile(original, copy)
        copies.append(copy)
    before = tags_in(*copies)
    wanted = Wanted((("bird",), ("bird", "heron"), ("鹭",)), rating=4, title="A heron")
    written = []
    for n, copy in enumerate(copies):
        try:
            prepared = prepare_file(copy, Written(), wanted)
        except metadata_writing.NotIntoFileError:
            continue
        put_in_place(prepared, anything)
        written.append(n)
    assert len(written) > len(copies) / 2
    after = tags_in(*copies)
    for n, (old, new) in enumerate(zip(before, after, strict=True)):
        if n not in written:
            assert new == old
            continue
        name = originals[n].name
        assert {"bird", "heron", "鹭"} <= set(new["XMP-dc:Subject"]), name
        assert new["XMP-dc:Title"] == "A heron", name
        for key, value in old.items():
            if key in TITLES:
                assert new[key] == "A heron", (name, key)
            elif key in ("XMP-dc:Subject", "IPTC:Keywords", *OURS):
                was = value if isinstance(value, list) else [value]
                now = new[key] if isinstance(new[key], list) else [new[key]]
                assert key == "XMP-xmp:Rating" or set(map(str, was)) <= set(map(str, now)), name
            elif key not in CHANGING:
                assert new[key] == value, (name, key)


# Links


def outside(desk: Desk, name: str = "theirs.xmp") -> Path:
    """A sidecar that lies elsewhere, in no watched folder."""
    theirs = Packet.empty()
    theirs.set_words("subject", ["secret"])
    path = desk.folder.parent / name
    path.write_bytes(theirs.as_file())
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


LINKS: dict[str, Callable[[Desk, Path], object]] = {
    "out": lambda desk, link: link.symlink_to(outside(desk)),
    "dangling": lambda desk, link: link.symlink_to(desk.folder.parent / "made.xmp"),
    "loop": lambda _, link: link.symlink_to(link.name),
    "inside": lambda desk, link: link.symlink_to(shutil.copy(outside(desk), desk.folder / "b.xmp")),
    "pipe": lambda _, link: os.mkfifo(link),
    "to a pipe": lambda desk, link: link.symlink_to(pipe(desk.folder / "p")),
    "to a device": lambda _, link: link.symlink_to("/dev/zero"),
    "folder": lambda _, link: link.mkdir(),
}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("writes", ["sidecar", "file"])
@pytest.mark.parametrize("kind", list(LINKS))
def test_a_sidecar_that_is_a_link_is_neither_read_nor_written_and_the_rest_goes_on(
    desk: Desk, kind: str, writes: Writes
) -> None:
    photo, fine = desk.add("a.png"), desk.add("c.png", "blue")
    LINKS[kind](desk, desk.folder / "a.png.xmp")
    desk.index()
    assert desk.photo(photo).keywords == ()
    for path in (photo, fine):
        desk.tag(path, "bird")
    before = everything(desk.folder.parent)
    desk.writing.choose(desk.folder, writes)
    shown = list(desk.writing.preview(desk.folder, never))
    done = list(desk.writing.write(desk.folder, never))
    for first, second in (shown, done):
        assert first.problem is not None
        odd = "pipe", "folder"
        assert first.problem.reason == ("not_xmp" if kind in odd else "link")
        assert second.problem is None
    assert packet(desk.folder / "c.png.xmp").words["subject"] == ("bird",)
    after = everything(desk.folder.parent)
    del after["photos/c.png.xmp"]
    library = {name for name in after if name.startswith("library")}
    assert {n: after[n] for n in after.keys() - library} == {
        n: before[n] for n in before.keys() - library
    }


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("writes", ["sidecar", "file"])
def test_a_folder_that_became_a_link_is_not_followed(desk: Desk, writes: Writes) -> None:
    photo, fine = desk.add("trip/a.jpg"), desk.add("z.png", "blue")
    desk.index()
    for path in (photo, fine):
        desk.tag(path, "bird")
    elsewhere = desk.folder.parent / "elsewhere"
    photo.parent.rename(elsewhere)
    photo.parent.symlink_to(elsewhere)
    left = elsewhere / ".souvenir-0123456789abcdef.tmp"
    left.write_bytes(b"not in our folder")
    os.utime(left, (1_600_000_000, 1_600_000_000))
    before = everything(elsewhere)
    desk.writing.choose(desk.folder, writes)
    problems = {c.path: c.problem for c in desk.writing.write(desk.folder, never)}
    (problem,) = filter(None, problems.values())
    assert (problem.path, problem.reason) == (photo, "link")
    assert problems[fine] is None
    assert everything(elsewhere) == before


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_to_a_jpeg_of_the_same_folder_is_not_written_into(desk: Desk) -> None:
    """A link is a name for a file: what we know of it goes beside each name, the file stays."""
    photo, link = desk.add("a.jpg"), desk.folder / "b.jpg"
    link.symlink_to("a.jpg")
    desk.index()
    before = photo.read_bytes()
    desk.tag(photo, "bird")
    desk.write("file")
    assert photo.read_bytes() == before
    assert link.is_symlink()
    for name in ("a.jpg.xmp", "b.jpg.xmp"):
        assert packet(desk.folder / name).words["subject"] == ("bird",)


def test_a_photo_that_becomes_a_link_between_reading_and_writing_is_left(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    prepared = prepare_file(photo, Written(), Wanted((("bird",),)))
    elsewhere = desk.folder.parent / "a.jpg"
    photo.rename(elsewhere)
    photo.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    with pytest.raises(FilingError, match="changed"):
        put_in_place(prepared, anything)
    assert elsewhere.read_bytes() == before
    assert photo.is_symlink()


def test_a_sidecar_with_several_names_keeps_the_others_as_they_are(desk: Desk) -> None:
    """So backups are made that share files with what they are of: they must not change."""
    photo = desk.add("a.jpg")
    theirs = outside(desk, "backup.xmp")
    os.link(theirs, desk.folder / "a.jpg.xmp")
    desk.index()
    before = theirs.read_bytes()
    desk.tag(photo, "bird")
    desk.write("sidecar")
    assert packet(desk.folder / "a.jpg.xmp").words["subject"] == ("secret", "bird")
    assert theirs.read_bytes() == before


def test_a_jpeg_with_several_names_gets_a_sidecar(desk: Desk) -> None:
    photo = desk.add("a.jpg")
    backup = desk.folder.parent / "backup.jpg"
    os.link(photo, backup)
    desk.index()
    before = backup.read_bytes()
    desk.tag(photo, "bird")
    (change,) = desk.write("file")
    assert change.note == "link"
    assert backup.read_bytes() == before
    assert photo.samefile(backup)
    assert packet(desk.folder / "a.jpg.xmp").words["subject"] == ("bird",)
