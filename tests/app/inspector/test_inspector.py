"""The inspector: facts of one photo, what several share, and edits in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.inspector.feed import InspectorFeed
from app.inspector.inspector import Inspector
from app.inspector.words import exposure, taken
from app.theme import DARK, LIGHT
from app.undo import Undo
from core.catalog.files import FileStat, keys_of_paths, record_unread
from core.catalog.metadata import Metadata
from tests.app.real_files import RealFiles

Key = Qt.Key
TOLD = Metadata(
    taken_at="2011-08-12T17:42:00",
    utc_offset_minutes=120,
    camera="Canon EOS 60D",
    lens="EF-S 17–55 mm f/2.8",
    exposure_seconds=1 / 640,
    f_number=5.6,
    iso=100,
    focal_length_mm=50,
    latitude=54.9,
    longitude=8.3,
    rating=4,
    keywords=("beach", "Sylt"),
)


@pytest.fixture
def files(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealFiles]:
    made = RealFiles(tmp_path, monkeypatch)

    def nothing_similar(*_: object, **__: object) -> Any:
        return SimpleNamespace(ids=np.empty(0, np.int64), relevances=np.empty(0, np.float32))

    monkeypatch.setattr(made.library, "similar", nothing_similar)
    made.open(qtbot)
    yield made
    made.close(qtbot)


@pytest.fixture
def inspector(files: RealFiles, qtbot: QtBot) -> Inspector:
    made = Inspector(files.session, LIGHT)
    undo = Undo(files.session, made)
    made.edit_asked.connect(undo.do)
    made.resize(288, 900)
    qtbot.addWidget(made)
    made.show()
    return made


def show(inspector: Inspector, files: RealFiles, qtbot: QtBot, ids: Sequence[int]) -> None:
    inspector.show_photos(list(ids))
    settle(inspector, files, qtbot)


def settle(inspector: Inspector, files: RealFiles, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not inspector.waits and not files.session.background.busy)


def test_one_photo_with_all_that_is_known(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("IMG_1.png", "red", TOLD)
    inspector.show_photos([photo], 0.96)
    settle(inspector, files, qtbot)
    assert inspector.name.text() == "IMG_1.png"
    assert inspector.folder.text().endswith(" / Pictures")
    facts = inspector.facts.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Relevance: 0.96" in facts
    assert "Taken: 12 Aug 2011, 17:42 (UTC+2)" in facts
    assert "Camera: Canon EOS 60D" in facts
    assert "Exposure: 1/640 s, f/5.6, ISO 100, 50 mm" in facts
    assert "Place: 54.90000, 8.30000" in facts
    assert "Size: 600 × 400, " in facts
    assert inspector.stars.rating == 4
    assert inspector.keywords.words == ["beach", "Sylt"]
    assert inspector.picture.isVisible()


def test_of_whom_it_tells_is_said_before_all_is_read_and_nothing_of_others_stays(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    one, other = files.add("a.png", "red", TOLD), files.add("b.png", "blue")
    inspector.set_shown([one, other])
    assert inspector.name.text() == "2 photos"
    show(inspector, files, qtbot, [one])
    for lane in files.session._lanes.values():
        lane.hold()
    inspector.show_photos([other], None, "b.png")
    assert inspector.name.text() == "b.png"
    assert "Canon" in inspector.facts.text  # for the blink of an eye
    qtbot.waitUntil(lambda: "Canon" not in inspector.facts.text)
    assert inspector.name.text() == "b.png"
    assert not inspector.keywords.isVisible()
    inspector.show_photos([one, other])
    assert inspector.name.text() == "2 photos selected"
    inspector.show_photos([])
    assert inspector.name.text() == "2 photos"
    for lane in files.session._lanes.values():
        lane.release()
    show(inspector, files, qtbot, [other])
    assert inspector.keywords.isVisible()


def test_the_place_and_paths_are_copied(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    show(inspector, files, qtbot, [files.add("a.png", "red", TOLD)])
    buttons = {b.toolTip(): b for b in inspector.findChildren(QToolButton)}
    buttons["Copy Place"].click()
    assert QGuiApplication.clipboard().text() == "54.90000, 8.30000"
    buttons["Copy path"].click()
    assert QGuiApplication.clipboard().text() == str(files.folder / "a.png")


def test_a_file_leads_to_the_file_manager(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    files.add("the same.png", "red")
    show(inspector, files, qtbot, [photo])
    links = [b for b in inspector.places.findChildren(QPushButton) if "the same" in b.toolTip()]
    with qtbot.waitSignal(inspector.show_file_asked) as asked:
        links[0].click()
    assert asked.args == [str(files.folder / "the same.png")]


def test_a_file_that_cannot_be_read_is_said_beside_its_path(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    (files.folder / "a.png").write_bytes(b"")
    with files.library._catalogue.transaction() as tx:
        (key,) = keys_of_paths(tx, [files.folder / "a.png"])
        record_unread(tx, key, FileStat(0, 1, 1), "failed", "The file is empty.")
    show(inspector, files, qtbot, [photo])
    (said,) = [
        label
        for label in inspector.places.findChildren(QLabel)
        if label.text() == "Cannot be read" and label.toolTip() == "The file is empty."
    ]
    assert said.isVisibleTo(inspector)
    assert inspector.name.text() == "a.png"


def test_stars_by_click_and_by_key(inspector: Inspector, files: RealFiles, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    show(inspector, files, qtbot, [photo])
    QTest.mouseClick(inspector.stars, Qt.MouseButton.LeftButton, pos=QPoint(4 + 2 * 20 + 5, 10))
    settle(inspector, files, qtbot)
    assert files.library.photos([photo])[0].rating == 3
    inspector.stars.setFocus()
    QTest.keyClick(inspector.stars, Key.Key_Right)
    assert inspector.stars.accessibleName() == "Rating: 4 stars"
    QTest.keyClick(inspector.stars, Key.Key_5)
    QTest.mouseClick(inspector.stars, Qt.MouseButton.LeftButton, pos=QPoint(4 + 4 * 20 + 5, 10))
    settle(inspector, files, qtbot)
    assert files.library.photos([photo])[0].rating == 0


def test_favourite_title_and_keywords_are_set_in_place(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red", TOLD)
    show(inspector, files, qtbot, [photo])
    inspector.favourite.click()
    QTest.keyClicks(inspector.title, "  On the   beach ")
    QTest.keyClick(inspector.title, Key.Key_Return)
    QTest.keyClicks(inspector.keywords.field, "grandma, sea")
    QTest.keyClick(inspector.keywords.field, Key.Key_Return)
    settle(inspector, files, qtbot)
    found = files.library.photos([photo])[0]
    assert (found.favourite, found.title) == (True, "On the beach")
    assert found.keywords == ("beach", "Sylt", "grandma", "sea")
    chip = next(b for b in inspector.findChildren(QPushButton) if "Sylt" in b.accessibleName())
    chip.click()
    settle(inspector, files, qtbot)
    assert files.library.photos([photo])[0].keywords == ("beach", "grandma", "sea")
    assert inspector.keywords.words == ["beach", "grandma", "sea"]


def test_a_title_that_was_begun_is_kept_for_its_photo(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    one, two = files.add("a.png", "red"), files.add("b.png", "green")
    show(inspector, files, qtbot, [one])
    QTest.keyClicks(inspector.title, "of the first")
    show(inspector, files, qtbot, [two])
    titles = [photo.title for photo in files.library.photos([one, two])]
    assert titles == ["of the first", None]
    assert inspector.title.text() == ""


def test_escape_takes_back_what_was_typed(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    show(inspector, files, qtbot, [photo])
    asked: list[object] = []
    inspector.edit_asked.connect(lambda edit, _name: asked.append(edit))
    inspector.title.setFocus()
    QTest.keyClicks(inspector.title, "nonsense")
    QTest.keyClick(inspector.title, Key.Key_Escape)
    assert inspector.title.text() == ""
    assert asked == []


def test_keywords_that_exist_are_offered(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    files.add("a.png", "red", TOLD)
    photo = files.add("b.png", "green")
    show(inspector, files, qtbot, [photo])
    inspector.keywords.field.setFocus()
    with qtbot.waitSignal(inspector.feed.keywords_read) as read:
        QTest.keyClicks(inspector.keywords.field, "be")
    assert read.args == [["beach"]]


def test_several_photos_show_what_they_share(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    one = files.add("a.png", "red", TOLD)
    two = files.add("b.png", "green", Metadata(camera="Canon EOS 60D", keywords=("beach",)))
    show(inspector, files, qtbot, [one, two])
    assert inspector.name.text() == "2 photos selected"
    assert "Camera: Canon EOS 60D" in inspector.facts.text
    assert "Lens: various" in inspector.facts.text
    assert inspector.stars.rating is None
    assert inspector.keywords.words == ["beach", "Sylt"]
    assert not inspector.picture.isVisible()
    asked: list[tuple[Any, str]] = []
    inspector.edit_asked.connect(lambda edit, name: asked.append((edit, name)))
    inspector.stars.setFocus()
    QTest.keyClick(inspector.stars, Key.Key_2)
    inspector.favourite.click()
    QTest.keyClicks(inspector.keywords.field, "Sylt,")
    settle(inspector, files, qtbot)
    assert [name for _, name in asked] == [
        "rating 2 photos",
        "marking 2 photos as favourite",
        "adding “Sylt” to 2 photos",
    ]
    found = files.library.photos([one, two])
    assert [(p.rating, p.favourite) for p in found] == [(2, True), (2, True)]
    assert [p.keywords for p in found] == [("beach", "Sylt"), ("beach", "Sylt")]


def test_with_nothing_chosen_it_tells_what_is_shown(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    one = files.add("a.png", "red", TOLD)
    two = files.add("b.png", "green", Metadata(taken_at="2012-01-02T03:04:05"))
    inspector.set_shown(np.array([two, one]))
    settle(inspector, files, qtbot)
    assert inspector.name.text() == "2 photos"
    assert "Dates: 12 Aug 2011 – 2 Jan 2012" in inspector.facts.text
    assert not inspector.title.isVisible()


def test_a_photo_that_is_gone_is_said(inspector: Inspector, files: RealFiles, qtbot: QtBot) -> None:
    show(inspector, files, qtbot, [99])
    assert inspector.name.text() == "This photo is gone"


def test_going_through_photos_asks_for_the_last_only(files: RealFiles, qtbot: QtBot) -> None:
    photos = [files.add(f"{c}.png", c) for c in ("red", "green", "blue")]
    feed = InspectorFeed(files.session)
    read: list[int] = []
    feed.photo_read.connect(lambda inspected: read.append(inspected.photo.id))
    for photo in photos:
        feed.look_at([photo], ())
    qtbot.waitUntil(lambda: read != [])
    qtbot.waitUntil(lambda: not feed.waits and not files.session.background.busy)
    assert read == [photos[-1]]


def test_similar_photos_are_read_late_and_lead_there(
    inspector: Inspector, files: RealFiles, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = [files.add(f"{c}.png", c) for c in ("red", "green", "blue")]

    def similar(photo: int, **_: object) -> Any:
        others = np.array([i for i in photos if i != photo])
        return SimpleNamespace(ids=others, relevances=np.array([0.9, 0.8], np.float32))

    monkeypatch.setattr(files.library, "similar", similar)
    show(inspector, files, qtbot, photos[:1])
    qtbot.waitUntil(inspector.similar.isVisible)
    first = inspector.similar.buttons[0]
    assert first.toolTip() == "green.png · 0.90"
    assert not inspector.similar.buttons[2].isVisible()
    with qtbot.waitSignal(inspector.photo_asked) as asked:
        first.click()
    assert asked.args == [photos[1]]


def test_what_is_folded_away_reads_nothing_until_it_is_seen(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    inspector.hide()
    inspector.show_photos([photo])
    assert not inspector.waits
    inspector.show()
    settle(inspector, files, qtbot)
    assert inspector.name.text() == "a.png"


def test_a_library_that_another_writes_is_only_looked_at(
    inspector: Inspector, files: RealFiles, qtbot: QtBot
) -> None:
    show(inspector, files, qtbot, [files.add("a.png", "red", TOLD)])
    inspector.set_writable(False)
    assert inspector.title.isReadOnly()
    assert not inspector.stars.isEnabled()
    assert not inspector.keywords.field.isVisible()


def test_both_themes(inspector: Inspector, files: RealFiles, qtbot: QtBot) -> None:
    show(inspector, files, qtbot, [files.add("a.png", "red", TOLD)])
    before = inspector.grab().toImage()
    inspector.set_theme(DARK)
    assert inspector.grab().toImage() != before
    assert inspector.keywords.words == ["beach", "Sylt"]


def test_words() -> None:
    def said(**facts: float) -> str:
        return exposure(facts).replace("\N{NO-BREAK SPACE}", " ")

    assert said(exposure_seconds=2.5, iso=6400) == "2.5 s, ISO 6400"
    assert said(exposure_seconds=1 / 3) == "1/3 s"
    assert said() == ""
    assert taken(Metadata(taken_at="2011-08-12T17:42:00", utc_offset_minutes=-210)).endswith(
        "(UTC−3:30)"
    )
