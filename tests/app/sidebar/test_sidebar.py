"""The sidebar: what it lists, where it leads, and what can be done with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeySequence, QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.commands import Commands
from app.files.drag import photo_mime
from app.sidebar.model import SidebarModel
from app.sidebar.painter import DOTS_WIDTH, GUTTER
from app.sidebar.places import ALL_PHOTOS, Place
from app.sidebar.sidebar import Sidebar
from app.sidebar.tree import Node, sidebar_tree
from app.sidebar.view import SidebarView
from app.status.notice import Notice
from app.theme import LIGHT
from app.window.window import MainWindow
from app.wording import offline_folder
from core.catalog.albums import Album
from core.catalog.directories import DirectoryInfo
from core.catalog.edits import CreateAlbum, DeleteAlbum, RemoveSearch, RenameAlbum
from core.catalog.labels import Label
from core.catalog.searches import SavedSearch
from core.events import AlbumsChanged, FoldersChanged, PhotosChanged
from core.library.browse import Overview
from tests.app.fake_library import FakeFolder
from tests.app.opening import OpenWindow

Key = Qt.Key

NORWAY = "/photos/2011 Norway"
ALBUMS = (Album(7, "Grandma’s 80th", 137), Album(8, "Best of 2011", 60))
SEARCHES = (SavedSearch(3, "sunsets", "sunset over water"),)


def directory(path: str, depth: int, photos: int = 10, *, offline: bool = False) -> DirectoryInfo:
    return DirectoryInfo(path, path.rsplit("/", 1)[-1], depth, photos, offline, depth == 0)


DIRECTORIES = (
    directory("/photos", 0, 12_380),
    directory(NORWAY, 1, 1904),
    directory(f"{NORWAY}/Bergen", 2, 900),
    directory("/photos/2012", 1, 12),
    directory("/media/Backup", 0, 2013, offline=True),
)


def rows(
    albums: Sequence[Album] = ALBUMS,
    searches: Sequence[SavedSearch] = SEARCHES,
    directories: Sequence[DirectoryInfo] = DIRECTORIES,
    *,
    failed: int = 7,
    changeable: bool = True,
) -> list[Node]:
    overview = Overview(18_904, 212, 64, failed, 0, tuple(albums), tuple(searches))
    return sidebar_tree(overview, directories, changeable=changeable)


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar(LIGHT)
    qtbot.addWidget(made)
    made.resize(216, 700)
    made.show()
    made.show_tree(rows())
    return made


def view(sidebar: Sidebar) -> SidebarView:
    found = sidebar.findChild(SidebarView)
    assert found is not None
    return found


def model(sidebar: Sidebar) -> SidebarModel:
    found = sidebar.findChild(SidebarModel)
    assert found is not None
    return found


def shown(sidebar: Sidebar) -> list[str]:
    """The texts of the rows that are open, from the top."""
    texts = []
    index = model(sidebar).index(0, 0)
    while index.isValid():
        texts.append(str(index.data()))
        index = view(sidebar).indexBelow(index)
    return texts


def click(sidebar: Sidebar, key: str, x: int = 60) -> None:
    index = model(sidebar).make(key)
    point = view(sidebar).visualRect(index).center()
    point.setX(x)
    QTest.mouseClick(
        view(sidebar).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point
    )


class Painted(QObject):
    """Whether all of a widget was drawn anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.whole = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            self.whole |= event.rect() == watched.rect()
        return False


def heard(sidebar: Sidebar) -> list[Any]:
    places: list[Any] = []
    sidebar.chosen.connect(places.append)
    return places


# What is listed


def test_the_sections_come_in_order_with_folders_closed(sidebar: Sidebar) -> None:
    assert shown(sidebar) == [
        "All photos",
        "Favourites",
        "Recently added",
        "Folders",
        "photos",
        "Backup",
        "Labels",
        "Describe something…",
        "Albums",
        "Grandma’s 80th",
        "Best of 2011",
        "New album…",
        "Saved searches",
        "sunsets",
        "Problems",
    ]


def test_empty_sections_are_not_there(sidebar: Sidebar) -> None:
    sidebar.show_tree(rows(albums=(), searches=(), directories=(), changeable=False))
    assert shown(sidebar) == ["All photos", "Favourites", "Recently added", "Problems"]


def test_a_screen_reader_hears_counts_and_what_is_offline(sidebar: Sidebar) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    found = model(sidebar)
    assert found.make("folder:/media/Backup").data(spoken) == "Backup, 2,013 photos, offline"
    assert found.make("problems").data(spoken) == "Problems, 7"
    tip = found.make("folder:/media/Backup").data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("/media/Backup\n2,013 photos\nThis folder is offline")
    assert offline_folder("Disk A", "") == (
        "This folder is offline: plug the disk Disk A in, or mount it again."
    )
    assert offline_folder("Disk A", "B") == (
        "Another disk is in the place of this folder: B. Its own is Disk A."
    )
    assert offline_folder("", "B") == "Another disk is in the place of this folder: B."


def test_directories_are_made_when_they_are_opened(sidebar: Sidebar) -> None:
    found = model(sidebar)
    assert not found.made(f"folder:{NORWAY}").isValid()
    view(sidebar).expand(found.made("folder:/photos"))
    assert shown(sidebar)[4:8] == ["photos", "2011 Norway", "2012", "Backup"]
    assert not found.made(f"folder:{NORWAY}/Bergen").isValid()


def test_twenty_thousand_directories_are_rows_only_where_they_are_seen(sidebar: Sidebar) -> None:
    many = [directory("/photos", 0, 20_000)]
    for n in range(200):
        many.append(directory(f"/photos/{n}", 1, 100))
        many += [directory(f"/photos/{n}/{m}", 2, 1) for m in range(100)]
    sidebar.show_tree(rows(directories=many))
    found = model(sidebar)
    assert found.rowCount(found.made("folder:/photos")) == 0
    sidebar.choose(Place("folder", "/photos/150/99"))
    assert found.rowCount(found.made("folder:/photos")) == 200
    assert found.rowCount(found.made("folder:/photos/150")) == 100
    assert found.rowCount(found.made("folder:/photos/149")) == 0
    assert view(sidebar).visualRect(found.made("folder:/photos/150/99")).top() > 0


def test_new_answers_change_rows_in_place(sidebar: Sidebar) -> None:
    sidebar.choose(Place("folder", NORWAY))
    tester = QAbstractItemModelTester(
        model(sidebar), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    scrolled = view(sidebar).verticalScrollBar().value()
    changed = [
        directory("/new", 0, 1),
        directory("/photos", 0, 12_381),
        directory("/photos/2010", 1, 1),
        directory(NORWAY, 1, 1905),
        directory(f"{NORWAY}/Oslo", 2, 5),
        directory(f"{NORWAY}/Bergen", 2, 900),
    ]
    albums = (ALBUMS[1], Album(9, "New", 0), ALBUMS[0])
    sidebar.show_tree(rows(albums=albums, directories=changed))
    texts = shown(sidebar)
    assert texts[4:8] == ["new", "photos", "2010", "2011 Norway"]
    assert texts[11:15] == ["Best of 2011", "New", "Grandma’s 80th", "New album…"]
    assert sidebar.place == Place("folder", NORWAY)
    assert view(sidebar).selectedIndexes()[0].data() == "2011 Norway"
    assert view(sidebar).verticalScrollBar().value() == scrolled
    del tester


def test_other_counts_of_very_many_rows_are_drawn_at_once(sidebar: Sidebar, qtbot: QtBot) -> None:
    def counted(count: int) -> list[DirectoryInfo]:
        below = [directory(f"/photos/{n}", 1, count) for n in range(300)]
        return [directory("/photos", 0, 300 * count), *below]

    sidebar.show_tree(rows(directories=counted(1)))
    sidebar.choose(Place("folder", "/photos/7"))
    drawn = Painted(view(sidebar).viewport())
    view(sidebar).viewport().update()
    qtbot.waitUntil(lambda: drawn.whole)  # as it was
    QApplication.processEvents()
    drawn.whole = False
    sidebar.show_tree(rows(directories=counted(2)))
    qtbot.waitUntil(lambda: drawn.whole)
    last = model(sidebar).made("folder:/photos/299")
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "299, 2 photos"


def test_what_is_opened_is_remembered_and_opened_again(sidebar: Sidebar, qtbot: QtBot) -> None:
    view(sidebar).expand(model(sidebar).made("folder:/photos"))
    view(sidebar).collapse(model(sidebar).made("heading:albums"))
    remembered = sidebar.opened
    other = Sidebar(LIGHT)
    qtbot.addWidget(other)
    other.set_opened(remembered)  # before the rows are there
    other.show_tree(rows())
    assert "2011 Norway" in shown(other)
    assert "Grandma’s 80th" not in shown(other)


# Where it leads


def test_a_click_goes_there_and_a_second_one_again(sidebar: Sidebar) -> None:
    places = heard(sidebar)
    click(sidebar, "favourites")
    click(sidebar, "search:3")
    click(sidebar, "search:3")
    assert places == [
        Place("favourites"),
        Place("search", "3", "sunsets"),
        Place("search", "3", "sunsets"),
    ]
    assert sidebar.place == places[-1]


def test_the_arrow_opens_without_going_there(sidebar: Sidebar) -> None:
    places = heard(sidebar)
    click(sidebar, "folder:/photos", GUTTER // 2)
    assert "2011 Norway" in shown(sidebar)
    click(sidebar, "heading:folders")
    assert "photos" not in shown(sidebar)
    assert places == []


def test_the_keyboard_passes_headings_and_goes_where_it_stops(
    sidebar: Sidebar, qtbot: QtBot
) -> None:
    places = heard(sidebar)
    sidebar.setFocus()
    QTest.keyClick(view(sidebar), Key.Key_Home)
    for _ in range(4):
        QTest.keyClick(view(sidebar), Key.Key_Down)
    qtbot.waitUntil(lambda: bool(places))
    assert places == [Place("folder", "/photos", "photos")]
    QTest.keyClick(view(sidebar), Key.Key_Right)
    assert "2011 Norway" in shown(sidebar)
    QTest.keyClick(view(sidebar), Key.Key_Up)
    QTest.keyClick(view(sidebar), Key.Key_Return)
    assert "photos" not in shown(sidebar)
    assert view(sidebar).selectedIndexes()[0].data() != "Folders"


def test_what_is_marked_from_outside_is_not_emitted(sidebar: Sidebar) -> None:
    places = heard(sidebar)
    sidebar.mark(Place("album", "8"))
    assert view(sidebar).selectedIndexes()[0].data() == "Best of 2011"
    assert places == []


def test_when_the_place_is_gone_all_photos_are_shown(sidebar: Sidebar) -> None:
    sidebar.choose(Place("album", "8"))
    places = heard(sidebar)
    sidebar.show_tree(rows(albums=ALBUMS[:1]))
    assert places == [ALL_PHOTOS]
    assert view(sidebar).selectedIndexes()[0].data() == "All photos"


def test_a_place_that_is_not_listed_yet_is_waited_for(sidebar: Sidebar, qtbot: QtBot) -> None:
    new = Place("album", "9", "Sylt")
    sidebar.mark(new)
    places = heard(sidebar)
    sidebar.show_tree(rows())  # asked for before the album was made
    sidebar.show_tree(rows(albums=(*ALBUMS, Album(9, "Sylt", 0))))
    assert (sidebar.place, places) == (new, [])
    assert view(sidebar).selectedIndexes()[0].data() == "Sylt"
    sidebar.mark(Place("album", "10"))
    sidebar.show_tree(rows())
    qtbot.waitUntil(lambda: places == [ALL_PHOTOS])


# Albums and saved searches


def edits(sidebar: Sidebar) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    sidebar.edit_asked.connect(lambda edit, name: found.append((edit, name)))
    return found


def type_name(sidebar: Sidebar, name: str, key: Qt.Key = Key.Key_Return) -> None:
    field = view(sidebar).findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    field.insert(name)
    QTest.keyClick(field, key)
    QCoreApplication.processEvents()  # the field takes Enter in before it is closed
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_new_album_is_named_in_place(sidebar: Sidebar) -> None:
    asked = edits(sidebar)
    click(sidebar, "new_album")
    type_name(sidebar, "  Sylt   2012 ")
    assert asked == [(CreateAlbum("Sylt 2012"), "new album “Sylt 2012”")]


def test_esc_and_an_empty_name_make_no_album(sidebar: Sidebar) -> None:
    asked = edits(sidebar)
    sidebar.new_album([1])
    type_name(sidebar, "Sylt", Key.Key_Escape)
    sidebar.new_album()
    type_name(sidebar, "   ")
    assert asked == []


def test_f2_renames_in_place_and_shows_the_name_at_once(sidebar: Sidebar) -> None:
    commands = Commands(sidebar)
    sidebar.add_commands(commands)
    asked = edits(sidebar)
    click(sidebar, "album:7")
    commands["sidebar.rename"].trigger()
    type_name(sidebar, "奶奶八十大寿")
    assert asked == [(RenameAlbum(7, "奶奶八十大寿"), "renaming “Grandma’s 80th”")]
    assert "奶奶八十大寿" in shown(sidebar)
    assert QKeySequence("F2") in commands["sidebar.rename"].shortcuts()


def test_fixed_rows_and_folders_cannot_be_renamed(sidebar: Sidebar) -> None:
    for key in ("all", "problems", "folder:/photos"):
        click(sidebar, key)
        sidebar.rename_current()
        assert view(sidebar).findChild(QLineEdit) is None


def test_delete_removes_what_has_the_keyboard(sidebar: Sidebar) -> None:
    asked = edits(sidebar)
    told: list[str] = []
    folders: list[str] = []
    sidebar.removed.connect(told.append)
    sidebar.remove_folder_asked.connect(folders.append)
    for key in ("album:8", "search:3", "folder:/photos", "all"):
        click(sidebar, key)
        sidebar.remove_current()
    assert [edit for edit, _ in asked] == [DeleteAlbum(8), RemoveSearch(3)]
    assert told[0] == "Album “Best of 2011” is deleted. Its photos stay in the library."
    assert folders == ["/photos"]


def test_the_menu_offers_what_can_be_done(sidebar: Sidebar) -> None:
    def texts(key: str) -> list[str]:
        return [action.text() for action in sidebar.menu_of(key).actions()]

    model(sidebar).make(f"folder:{NORWAY}")
    assert texts("folder:/photos") == ["Show in file manager", "Remove folder…"]
    offline = ["Show in file manager", "It is on another disk now…", "Remove folder…"]
    assert texts("folder:/media/Backup") == offline
    assert texts(f"folder:{NORWAY}") == ["Show in file manager"]
    assert texts("album:7") == ["Rename", "Delete album", "", "Copy or link into a folder…"]
    assert texts("search:3") == ["Rename", "Remove search", "", "Copy or link into a folder…"]
    assert texts("all") == []
    sidebar.set_changeable(False)
    assert texts("album:7") == ["Copy or link into a folder…"]
    assert texts("folder:/photos") == ["Show in file manager"]


def test_the_dots_of_a_row_open_its_menu_without_going_there(
    sidebar: Sidebar, qtbot: QtBot
) -> None:
    places = heard(sidebar)
    with qtbot.waitSignal(view(sidebar).menu_asked) as asked:
        click(sidebar, "album:7", view(sidebar).viewport().width() - DOTS_WIDTH // 2)
    assert asked.args is not None
    assert asked.args[0] == "album:7"
    assert places == []


def test_the_menu_key_opens_the_menu_of_the_row_with_the_keyboard(
    sidebar: Sidebar, qtbot: QtBot
) -> None:
    click(sidebar, "album:8")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    with qtbot.waitSignal(view(sidebar).menu_asked) as asked:
        view(sidebar).contextMenuEvent(event)
    assert asked.args is not None
    assert asked.args[0] == "album:8"
    row = view(sidebar).visualRect(model(sidebar).made("album:8"))
    assert row.contains(view(sidebar).viewport().mapFromGlobal(asked.args[1]))


def test_the_sidebar_folds_away_and_out(sidebar: Sidebar) -> None:
    commands = Commands(sidebar)
    sidebar.add_commands(commands)
    action = commands["view.sidebar"]
    assert action.isChecked()
    action.trigger()
    assert sidebar.isHidden()
    assert not action.isChecked()
    sidebar.new_album()  # is named in the sidebar, so that is needed
    assert not sidebar.isHidden()
    assert action.isChecked()


# Photos that are dropped


def drop(sidebar: Sidebar, key: str, mime: QMimeData) -> bool:
    seen = view(sidebar)
    index = model(sidebar).make(key) if key else QModelIndex()
    point = QPointF(seen.visualRect(index).center())
    event = QDropEvent(
        point,
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QDropEvent.Type.DragMove,
    )
    seen.aim_at(event)
    accepted = event.isAccepted()
    seen.dropEvent(event)
    return accepted


def test_photos_dropped_on_an_album_go_there(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.photos_dropped) as dropped:
        assert drop(sidebar, "album:8", photo_mime([4, 5], []))
    assert dropped.args == [8, [4, 5]]


def test_photos_dropped_on_a_label_carry_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    overview = Overview(18_904, 212, 64, 0, 0, ALBUMS, SEARCHES)
    labels = [(Label("receipt", ("a receipt",), id=5), 96), (Label("off", ("x",), id=6), None)]
    sidebar.show_tree(sidebar_tree(overview, DIRECTORIES, labels, changeable=True))
    with qtbot.waitSignal(sidebar.photos_tagged) as tagged:
        assert drop(sidebar, "label:5", photo_mime([4, 5], []))
    assert tagged.args == [5, [4, 5]]
    assert [action.text() for action in sidebar.menu_of("label:5").actions()][-1] == (
        "Copy or link into a folder…"
    )


def test_photos_dropped_on_new_album_ask_for_its_name(sidebar: Sidebar) -> None:
    asked = edits(sidebar)
    assert drop(sidebar, "new_album", photo_mime([4, 5], []))
    type_name(sidebar, "Sylt")
    assert asked[0][0] == CreateAlbum("Sylt", (4, 5))
    sidebar.new_album()
    type_name(sidebar, "Other")
    assert asked[1][0] == CreateAlbum("Other")


def test_photos_are_not_taken_by_other_rows_or_while_nothing_can_be_changed(
    sidebar: Sidebar,
) -> None:
    assert not drop(sidebar, "favourites", photo_mime([4], []))
    sidebar.set_changeable(False)
    assert not drop(sidebar, "album:8", photo_mime([4], []))


def test_a_folder_from_another_program_is_taken_anywhere(sidebar: Sidebar, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/me/Photos"), QUrl("https://example.org")])
    with qtbot.waitSignal(sidebar.folders_dropped) as dropped:
        assert drop(sidebar, "all", mime)
    assert dropped.args == [["/home/me/Photos"]]


# In the window


def notice(window: MainWindow) -> Notice:
    found = window.findChild(Notice)
    assert found is not None
    return found


def test_the_sidebar_follows_the_library(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: "photos" in shown(window.sidebar))
    library.said.albums[1] = ("Sylt", (1, 2))
    library.events.emit(AlbumsChanged())
    qtbot.waitUntil(lambda: "Sylt" in shown(window.sidebar))
    library.folder_list.append(FakeFolder(2, "/disk", offline=True))
    library.events.emit(FoldersChanged())
    qtbot.waitUntil(lambda: "disk" in shown(window.sidebar))


def test_many_changes_are_counted_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: "photos" in shown(window.sidebar) and not window.sidebar_feed.waits)
    before = library.calls.count("overview")
    library.count = 30
    for n in range(11, 31):
        library.events.emit(PhotosChanged(added=(n,)))
        window.session.events.deliver()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    row = model(window.sidebar).made("all")
    qtbot.waitUntil(lambda: row.data(spoken) == "All photos, 30 photos")
    # The row says at once how many photos are listed; all else is counted after that.
    qtbot.waitUntil(lambda: library.calls.count("overview") > before)
    qtbot.waitUntil(lambda: not window.sidebar_feed.waits)
    assert library.calls.count("overview") - before == 1


def test_an_album_is_made_in_the_window_and_can_be_undone(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(10)
    qtbot.waitUntil(lambda: "New album…" in shown(window.sidebar))
    drop(window.sidebar, "new_album", photo_mime([4, 5], []))
    type_name(window.sidebar, "Sylt")
    qtbot.waitUntil(lambda: "Sylt" in shown(window.sidebar))
    assert library.said.albums == {1: ("Sylt", (4, 5))}
    click(window.sidebar, "album:1")
    qtbot.waitUntil(lambda: len(window.model.ids) == 2)
    window.sidebar.remove_current()
    qtbot.waitUntil(lambda: "Sylt" not in shown(window.sidebar))
    assert notice(window).text.startswith("Album “Sylt” is deleted.")
    window.undo.undo()
    qtbot.waitUntil(lambda: "Sylt" in shown(window.sidebar))
    qtbot.waitUntil(lambda: notice(window).text == "")
