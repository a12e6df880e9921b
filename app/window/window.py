"""The window: puts the parts together, and leads from opening the library to closing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.browse.browsing import Browsing
from app.browse.context_menu import ContextMenu, Meant
from app.browse.page import BrowsePage
from app.browse.photo_actions import PhotoActions
from app.browse.view_bar import ViewBar
from app.browse.words import Surroundings
from app.choices import read_choices
from app.commands import Commands
from app.desktop.single_instance import Request
from app.desktop.tray import Tray
from app.files.actions import FileActions
from app.files.panel import FilePanel
from app.files.work import FileWork
from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.inspector.inspector import Inspector
from app.keyboard_map import KeyboardMap
from app.labels.parts import LabelParts
from app.search.assistant import SearchAssistant
from app.session import Session, sentence
from app.settings.dialog import SettingsDialog
from app.sidebar.collection_actions import CollectionActions
from app.sidebar.feed import Listed, SidebarFeed
from app.sidebar.folder_actions import FolderActions
from app.sidebar.sidebar import Sidebar
from app.status.feed import StatusFeed
from app.status.line import StatusLine
from app.status.notice import Notice
from app.status.problems import ProblemsPage
from app.theme import Theme
from app.undo import Undo
from app.viewer.compare import Compare
from app.viewer.viewer import Viewer
from app.virtuals import contained
from app.window.commands import add_commands
from app.window.connections import connect_parts
from app.window.desk import Desk
from app.window.first_start import FirstStart
from app.window.header import Header
from app.window.memory import restore, save
from app.window.navigation import Navigation
from app.window.opened_file import OpenedFile
from app.window.pages import MessagePage
from app.window.state import WindowState
from core.errors import LibraryInUseError, LibraryReadOnlyError
from core.events import PhotosChanged

if TYPE_CHECKING:
    from app.search.answers import Shown
    from core.library import FolderInfo


class MainWindow(QMainWindow):
    """One window for one session. `photos`: a folder to watch as well; `photo`: a file to show.

    `query`: to begin with. `settings`: where what a person chose and where they were is kept, or
    None to keep it nowhere. `closed` comes when the library is closed and every thread has ended.
    """

    closed = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        *,
        photos: Path | None = None,
        photo: Path | None = None,
        query: str = "",
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self._photos = photos
        self._query = query
        self._state = WindowState(settings)
        self._folders: list[FolderInfo] | None = None
        self._quitting = False
        self.commands = Commands(self)
        self.browsing = Browsing(session, self)
        self.model = PhotoModel(self)
        choices = read_choices(settings)
        self.thumbnails = Thumbnails(
            session.background, bytes_kept=choices.thumbnail_bytes, parent=self
        )
        self.undo = Undo(session, self)
        self._build(theme)
        self.browse.grid.show_relevance(choices.relevance)
        self.labels.actions.keep_used(settings)
        self.navigation = Navigation(
            session,
            self.browsing,
            self.desk,
            model=self.model,
            header=self.header,
            sidebar=self.sidebar,
            browse=self.browse,
            viewer=self.viewer,
            compare=self.compare,
            problems=self.problems,
            inspector=self.inspector,
            parent=self,
        )
        self.assistant = SearchAssistant(
            session, self.header.search, self.browsing, theme, settings, self
        )
        self.opened_file = OpenedFile(photo, self)
        self.folder_actions = FolderActions(session, self)
        self.collections = CollectionActions(self.undo, self)
        chosen = self.navigation.chosen
        self.photo_actions = PhotoActions(session, self.model, self.undo, chosen, self)
        self.file_actions = FileActions(
            session,
            self.file_work,
            chosen,
            self,
            settings,
            said_of_others=self.browse.said_of_others,
        )
        self.context_menu = ContextMenu(self.commands, self.photo_actions, self._meant, self)
        self.feed = StatusFeed(session, self.status, self)
        self.sidebar_feed = SidebarFeed(session, self)
        self.tray = Tray(self)
        self.keys = KeyboardMap(self.commands, settings, self)
        self.settings_dialog = SettingsDialog(session, self.keys, theme, settings, self)
        add_commands(self)
        self.keys.load()
        connect_parts(self)
        restore(self, self._state)
        self.tray.set_on(choices.tray)
        self.setWindowTitle("Souvenir")
        session.open()

    def _build(self, theme: Theme) -> None:
        self.header = Header(theme)
        self.view_bar = ViewBar(theme)
        self.header.set_end(self.view_bar)
        self.sidebar = Sidebar(theme)
        self.labels = LabelParts(self.session, self.undo, theme, self)
        self.browse = BrowsePage(self.model, self.thumbnails, theme, self.labels.panel)
        self.viewer = Viewer(self.model, self.session, theme)
        self.compare = Compare(self.model, self.session, theme)
        self.problems = ProblemsPage(self.session)
        self.inspector = Inspector(self.session, theme)
        self.notice = Notice(theme)
        self.file_work = FileWork(self.session, self.undo, self)
        self.file_panel = FilePanel(self.file_work, theme)
        self.desk = Desk(
            theme,
            self.header,
            self.sidebar,
            self.inspector,
            pages=(self.browse, self.viewer, self.compare, self.problems, *self.labels.pages),
            alone=(self.viewer, self.compare),
            wide=(*self.labels.pages, self.problems),
            above=self.notice,
            below=self.file_panel,
        )
        self.first_start = FirstStart(theme, self.session.background)
        self.message = MessagePage()
        self.status = StatusLine(theme)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        blank = QWidget()  # while the library opens: most often for the blink of an eye
        for page in (blank, self.desk, self.first_start, self.message):
            self.pages.addWidget(page)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self._go_to(blank)

    # What the parts look at

    @property
    def settled(self) -> bool:
        """Whether everything that was asked for is there to be seen."""
        quiet = self.feed.idle or not self._folders or not self.session.writable
        return (
            self.session.state == "open"
            and self._folders is not None
            and self._photos is None
            and not self._query
            and self.feed.known
            and not self.sidebar_feed.waits
            and quiet
            and not self.header.search.waits
            and not self.browsing.waits
            and not (self.inspector.waits or self.labels.waits)
            and not (self.session.background.busy or self.session.events.waits)
            and (self.browse.grid.complete or not self.browse.grid.isVisible())
        )

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for part in (
            self.header,
            self.view_bar,
            self.assistant,
            self.sidebar,
            self.labels,
            self.browse,
            self.viewer,
            self.compare,
            self.inspector,
            self.notice,
            self.file_panel,
            self.first_start,
            self.status,
            self.settings_dialog,
        ):
            part.set_theme(theme)

    def _meant(self) -> Meant:
        chosen = self.navigation.chosen()
        rows = self.model.known(chosen)
        here = not rows or any(not row.offline for row in rows)
        listed = self.desk.page is self.browse
        return Meant(len(chosen), here, listed)

    @Slot()
    def enable_commands(self) -> None:
        """Let only those commands be used that apply to what is chosen."""
        self.context_menu.enable(self._meant())

    def open_context_menu(self, widget: QWidget, point: QPoint) -> None:
        """Open the menu of what is chosen at a point of a widget."""
        if self.navigation.chosen():
            self.context_menu.open(widget.mapToGlobal(point))

    # Opening and closing

    @Slot()
    def opened(self) -> None:
        """The library is open: show the place where one was."""
        self.sidebar.set_changeable(self.session.writable)
        self.inspector.set_writable(self.session.writable)
        if not self.session.writable:
            self.notice.tell(self.session.only_read)
        if self._photos is not None:
            self.session.add_folder(self._photos)
        self.enable_commands()
        self.browsing.go_to(self._state.place())
        self.opened_file.begin()

    @Slot(Exception)
    def refused(self, error: Exception) -> None:
        """The library cannot be opened: say why."""
        title = self.tr("The library cannot be opened")
        if isinstance(error, LibraryInUseError):
            title = self.tr("The library is in use")
        elif isinstance(error, LibraryReadOnlyError):
            title = self.tr("The library cannot be written")
        can_look = isinstance(error, LibraryInUseError | LibraryReadOnlyError)
        self.message.show_problem(title, sentence(error), can_look=can_look)
        self._go_to(self.message)

    @Slot()
    def open_to_look(self) -> None:
        """Open the library for reading, beside the one that writes it."""
        self.session.open(write=False)

    @Slot(object)
    def called(self, request: Request) -> None:
        """Another start wants this window, perhaps with a folder to watch or a photo to show."""
        self.come_forward()
        self.opened_file.take(request)

    @Slot()
    def come_forward(self) -> None:
        """Be seen, in front of other windows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def quit(self) -> None:
        """Close for good, tray or not."""
        self._quitting = True
        self.close()

    @contained()
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the library in order, unseen; the window is gone when that is done.

        With an icon in the tray the window only hides, and folders are watched on.
        """
        if self.session.state == "closed":
            event.accept()
            return
        event.ignore()
        if self.session.state == "open":
            save(self, self._state)
        self.hide()
        if self._quitting or not self.tray.on:
            self.session.close()

    # Folders

    @Slot(list)
    def folders_listed(self, folders: list[FolderInfo]) -> None:
        """These folders are watched; without any, ask for the first."""
        self._folders = folders
        self.tell_surroundings()
        if folders or self._photos is not None or not self.session.writable:
            self._go_to(self.desk)
        elif self.pages.currentWidget() is not self.first_start:
            self._go_to(self.first_start)
            self.first_start.take_focus()

    @Slot()
    def folder_added(self) -> None:
        """The folder that the window was opened with is watched now."""
        self._photos = None

    @Slot(str)
    def folder_refused(self, sentence: str) -> None:
        """A folder cannot be watched: say why."""
        self._photos = None
        self.notice.tell(sentence)
        self.first_start.tell_problem(sentence)
        if self._folders is not None:
            self.folders_listed(self._folders)

    @Slot(str)
    def start_with(self, folder: str) -> None:
        """Begin with the first folder."""
        self._photos = Path(folder)
        self.session.add_folder(self._photos)
        self.tell_surroundings()
        self._go_to(self.desk)
        self.header.search.setFocus()

    @Slot()
    def choose_folder(self) -> None:
        """Let the person point at a folder to watch."""
        self.folder_actions.pick(self.first_start.folder)

    @Slot(str)
    def folder_picked(self, folder: str) -> None:
        """Propose the folder on the first page, else watch it."""
        if self.pages.currentWidget() is self.first_start:
            self.first_start.propose(folder)
            self.first_start.take_focus()
        else:
            self.session.add_folder(Path(folder))

    # Photos

    @Slot()
    def to_search(self) -> None:
        """Put the keyboard into the search field."""
        if self.pages.currentWidget() is self.desk:
            self.navigation.to_search()

    @Slot(object)
    def shown(self, shown: Shown) -> None:
        """Other photos are shown: the first ones before anything else is asked."""
        if not len(shown.ids):
            self.session.begin()
        elif self.pages.currentIndex() == 0:
            self._go_to(self.desk)
        state = replace(self.view_bar.state, sort=shown.sort, descending=shown.descending)
        self.view_bar.set_state(state)
        self.view_bar.set_searching(shown.ranked)
        if self._query:
            query, self._query = self._query, ""
            self.header.search.ask(query)

    @Slot(object)
    def listed(self, listed: Listed) -> None:
        """The sidebar was counted."""
        self.feed.show_failed(listed.overview.failed, listed.overview.unread_folders)
        self.problems.take_count(listed.overview.problems)
        self.context_menu.set_albums([(album.id, album.name) for album in listed.overview.albums])

    @Slot(object)
    def photos_changed(self, changes: PhotosChanged) -> None:
        """What is known of these photos is out of date."""
        changed = [*changes.updated, *changes.removed, *changes.added]
        self.model.forget(changed)
        self.thumbnails.forget(changed)
        self.viewer.forget(changed)

    @Slot()
    def tell_surroundings(self) -> None:
        """Tell the page of photos what its counts are explained with."""
        offline = [info.folder.path for info in self._folders or [] if info.folder.offline]
        working = self.feed.working or self._photos is not None
        self.browse.set_surroundings(Surroundings(frozenset(offline), working, *self.feed.counts))

    def _go_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.status.setVisible(page is self.desk and not self.viewer.screen_use.full)
