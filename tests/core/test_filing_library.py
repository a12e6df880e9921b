"""Filing by way of the library: which files are meant, and what the catalogue is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from core.catalog import folders
from core.catalog.catalogue import Catalogue
from core.catalog.metadata import Metadata
from core.catalog.summaries import summary, totals
from core.errors import SouvenirError
from core.library.filing import ExportOptions, Filing, Transfer
from tests.helpers.taking_in import take_in


class Shelf:
    """A watched folder with real photos in a real catalogue; notes what was to be looked at."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "photos"
        self.folder.mkdir()
        self.catalogue = Catalogue(base / "catalogue.sqlite")
        self.looked: list[Path] = []
        self.filing = Filing(self.catalogue, self._look)
        with self.catalogue.transaction() as tx:
            self.folder_id = folders.add_folder(tx, self.folder).id

    def _look(self, files: Sequence[Path]) -> None:
        self.looked.extend(files)

    def add(self, name: str, colour: str, metadata: Metadata | None = None) -> int:
        path = self.folder / name
        Image.new("RGB", (60, 40), colour).save(path)
        with self.catalogue.transaction() as tx:
            inside = path.parent.relative_to(self.folder).as_posix().strip(".")
            return take_in(tx, self.folder_id, path, metadata=metadata, directory=inside)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def never() -> bool:
    return False


def test_a_photo_in_two_files_is_moved_by_the_one_that_is_shown(
    shelf: Shelf, tmp_path: Path
) -> None:
    photo = shelf.add("a.png", "red")
    assert shelf.add("b.png", "red") == photo
    (shelf.folder / "b.xmp").write_text("of b")
    target = tmp_path / "target"
    target.mkdir()
    (target / "a.png").write_text("another")
    assert shelf.filing.conflicts([photo], target) == ["a.png"]
    names = [path.name for path in shelf.filing.all_files([photo])]
    assert names == ["a.png", "b.png", "b.xmp"]
    list(shelf.filing.move([photo], target, never))
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["b.png", "b.xmp"]
    assert sorted(shelf.looked) == [shelf.folder / "a.png", target / "a (2).png"]


def test_a_cancelled_generator_tells_what_it_did(shelf: Shelf, tmp_path: Path) -> None:
    photos = [shelf.add(f"{colour}.png", colour) for colour in ("red", "green")]
    steps = shelf.filing.move(photos, tmp_path, never)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert len(shelf.looked) == 2


def test_what_is_done_is_told_even_if_the_catalogue_cannot_follow_now(
    shelf: Shelf, tmp_path: Path
) -> None:
    def refuse(_files: Sequence[Path]) -> None:
        raise SouvenirError("This library is open for reading only: another Souvenir writes.")

    filing = Filing(shelf.catalogue, refuse)
    (step,) = filing.copy([shelf.add("a.png", "red")], tmp_path, never)
    assert step.problem is None


def test_names_are_made_from_the_moment_and_the_camera(shelf: Shelf) -> None:
    taken = Metadata(taken_at="2021-06-05T14:03:22", camera="Canon EOS 60D")
    photos = [shelf.add("a.png", "red", taken), shelf.add("b.png", "green", taken)]
    plan = shelf.filing.plan_renaming(photos, "{date} {n:02} {camera}")
    assert [r.target.name for r in plan] == [
        "2021-06-05 01 Canon EOS 60D.png",
        "2021-06-05 02 Canon EOS 60D.png",
    ]
    list(shelf.filing.rename(plan, never))
    assert len(shelf.looked) == 4


def test_the_way_back_makes_a_folder_again_that_went(shelf: Shelf, tmp_path: Path) -> None:
    photo = shelf.add("a.png", "red")
    (step,) = shelf.filing.move([photo], tmp_path, never)
    deeper = shelf.folder / "2021" / "June" / "a.png"
    (back,) = shelf.filing.transfer([type(step.transfers[0])(tmp_path / "a.png", deeper)], never)
    assert back.problem is None
    assert deeper.exists()
    outside = tmp_path / "no" / "such" / "folder.png"
    (refused,) = shelf.filing.transfer([type(step.transfers[0])(deeper, outside)], never)
    assert refused.problem is not None
    assert refused.problem.reason == "folder_gone"
    assert deeper.exists()


def test_nothing_is_made_where_a_disk_is_not_here(shelf: Shelf, tmp_path: Path) -> None:
    photo = shelf.add("a.png", "red")
    (step,) = shelf.filing.move([photo], tmp_path, never)
    with shelf.catalogue.transaction() as tx:
        folders.set_offline(tx, shelf.folder_id, offline=True)
    transfer = type(step.transfers[0])(tmp_path / "a.png", shelf.folder / "sub" / "a.png")
    (refused,) = shelf.filing.transfer([transfer], never)
    assert refused.problem is not None
    assert not (shelf.folder / "sub").exists()
    assert shelf.filing.shown_files([photo]) == []
    (told,) = shelf.filing.copy([photo], tmp_path, never)
    assert told.problem is not None
    assert told.problem.reason == "offline"


def test_export_turns_a_photo_as_it_is_shown(shelf: Shelf, tmp_path: Path) -> None:
    photo = shelf.add("a.png", "red")
    with shelf.catalogue.transaction() as tx:
        tx.execute("UPDATE photos SET rotation = 1 WHERE id = ?", (photo,))
    (step,) = shelf.filing.export([photo], ExportOptions("png"), tmp_path, never)
    with Image.open(step.transfers[0].target) as made:
        assert made.size == (40, 60)


# What photos add up to and share


def test_what_photos_share_and_what_differs(shelf: Shelf) -> None:
    told: Callable[..., Metadata] = lambda **facts: Metadata(camera="Canon", **facts)  # noqa: E731
    a = shelf.add("a.png", "red", told(taken_at="2021-06-05T14:03:22", keywords=("sea", "sun")))
    b = shelf.add("b.png", "green", told(taken_at="2022-01-01T00:00:00", keywords=("sea",)))
    with shelf.catalogue.reader() as c:
        found = summary(c, [a, b])
        assert found.totals == totals(c, None)
        assert totals(c, [a]).first == totals(c, [a]).last == "2021-06-05T14:03:22"
    assert (found.totals.photos, found.totals.first, found.totals.last) == (
        2,
        "2021-06-05T14:03:22",
        "2022-01-01T00:00:00",
    )
    assert found.shared["camera"] == "Canon"
    assert found.shared["lens"] is None
    assert found.shared["favourite"] is False
    assert "taken_at" not in found.shared
    assert found.keywords == {"sea": 2, "sun": 1}


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_folder_that_became_a_link_is_left_alone_by_moving_renaming_and_undoing(
    shelf: Shelf, tmp_path: Path
) -> None:
    (shelf.folder / "trip").mkdir()
    inside, fine = shelf.add("trip/a.png", "red"), shelf.add("z.png", "green")
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "target"
    target.mkdir()
    (shelf.folder / "trip").rename(elsewhere)
    (shelf.folder / "trip").symlink_to(elsewhere)
    plan = shelf.filing.plan_renaming([inside, fine], "{name}_new")
    renamed = list(shelf.filing.rename(plan, never))
    assert [step.problem.reason for step in renamed if step.problem] == ["link"]
    assert (shelf.folder / "z_new.png").exists()
    moved = list(shelf.filing.move([inside], target, never))
    assert [step.problem.reason for step in moved if step.problem] == ["link"]
    assert shelf.filing.all_files([inside]) == []
    photo = tmp_path / "b.png"
    photo.write_bytes(b"b")
    back = Transfer(photo, shelf.folder / "trip" / "deeper" / "b.png")
    list(shelf.filing.transfer([back], never))
    assert photo.exists()
    assert [path.name for path in elsewhere.iterdir()] == ["a.png"]
    assert list(target.iterdir()) == []
