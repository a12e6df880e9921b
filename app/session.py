"""The open library, for the window: every call goes to a thread, every answer comes as a signal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.background import Background, CancelToken
from app.events import EventBridge
from app.grid.photo_row import PhotoRow, photo_row
from app.language import core_text
from core.errors import SouvenirError

if TYPE_CHECKING:
    from core.catalog.folders import Folder
    from core.library import Library

log = logging.getLogger(__name__)

RECOUNT_MS = 1000
HELD_MS = 2000  # at most, before what is not needed to see photos begins

T = TypeVar("T")
State = Literal["opening", "open", "refused", "closing", "closed"]
LaneName = Literal["changes", "reading", "counting", "standing", "files", "models"]
Opener = Callable[[bool], "Library"]  # takes whether to write


class Session(QObject):
    """One library from opening to closing.

    `opener` is called on a thread. Lanes: "changes" for what writes or takes long, one after the
    other; "reading" for the facts of what is in view, which nothing else may delay; "counting" for
    the folders with their counts; "standing" for the status; "files" for copying and exporting;
    "models" for downloading them.
    """

    opened = Signal()
    refused = Signal(Exception)  # the library cannot be opened
    closing = Signal()
    closed = Signal()
    folders_listed = Signal(list)  # of core.library.FolderInfo
    folder_added = Signal(str)  # path
    folder_refused = Signal(str)  # a sentence for the person
    rows_read = Signal(list, list)  # ids asked for, PhotoRows found
    problem = Signal(str)  # a sentence for the person

    def __init__(
        self, opener: Opener, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.background = background
        self.events = EventBridge(self)
        self.state: State = "opening"
        self.with_labels = False  # whether rows tell what labels photos carry
        self._opener = opener
        self._library: Library | None = None
        self._lanes = {name: background.lane(name) for name in get_args(LaneName)}
        self._changes = self._lanes["changes"]
        self._reading = self._lanes["reading"]
        self._counting = self._lanes["counting"]
        self._standing = self._lanes["standing"]
        self._listing = CancelToken()
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(RECOUNT_MS)
        self._recount.timeout.connect(self.list_folders)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HELD_MS)
        self._hold.timeout.connect(self.begin)
        background.failed.connect(self._report)
        self.events.folders_changed.connect(self.list_folders)
        self.events.photos_changed.connect(self._count_again_soon)
        self.events.trouble.connect(self._tell_trouble)

    @property
    def library(self) -> Library:
        """The open library: to be called on threads only."""
        if self._library is None:
            raise SouvenirError("The library is not open yet: wait a moment, then try again.")
        return self._library

    @property
    def writable(self) -> bool:
        """Whether photos can be added and rated: this process writes the library."""
        return self._library is not None and self._library.writable

    @property
    def only_read(self) -> str:
        """Why nothing can be changed here, in a sentence; "" where it can."""
        if self._library is None or self._library.writable:
            return ""
        match self._library.only_read:
            case "denied":
                return self.tr(
                    "This library's folder cannot be written: here you can look and search."
                )
            case "full":
                return self.tr(
                    "The disk of this library is full: here you can look and search. Free some "
                    "space, then open Souvenir again to change things."
                )
            case _:
                return self.tr(
                    "Another Souvenir writes this library: here you can look and search."
                )

    def ask(
        self,
        lane: LaneName,
        question: Callable[[Library], T],
        answer: Callable[[T], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
        token: CancelToken | None = None,
    ) -> None:
        """Put `question` to the library on a thread; nothing while no library is open.

        `answer` and `fail` are called on the GUI thread, unless the token was cancelled. Without
        `fail`, the person is told.
        """
        if self.state == "open":
            asked = partial(question, self.library)
            self._lanes[lane].submit(asked, answer or _nothing, fail, token)

    # From opening to closing

    def open(self, *, write: bool = True) -> None:
        """Open the library and follow its folders; answers `opened` or `refused`."""
        self.state = "opening"
        self._changes.submit(partial(self._open_library, write), self._opened, self._refuse)

    def close(self) -> None:
        """Cancel, drain, stop watching, close the library; `closed` when no thread is left."""
        if self.state in ("closing", "closed"):
            return
        self.state = "closing"
        self.closing.emit()
        self.begin()
        self._recount.stop()
        self.events.close()
        self.background.finish(self._changes, self._close_library, self._end)

    def give_up(self) -> None:
        """Close here and now, where no event loop runs any more; nothing is answered."""
        self.state = "closed"
        self._recount.stop()
        self._hold.stop()
        self.events.close()
        self.background.close()
        self._close_library()

    def _open_library(self, write: bool) -> None:
        self._library = self._opener(write)

    def _opened(self, _: None) -> None:
        if self.state != "opening":  # closed meanwhile: the close that waits takes care of it
            return
        self.state = "open"
        self._hold_back()
        self.events.listen(self.library.events)
        self.opened.emit()
        self.list_folders()
        if self.writable:
            self._changes.submit(self.library.start_watching, _nothing)

    def _hold_back(self) -> None:
        """Leave both processors to the first photos; everything else waits for `begin`."""
        for lane in (self._changes, self._counting, self._standing):
            lane.hold()
        self._hold.start()

    @Slot()
    def begin(self) -> None:
        """Photos are shown, or there are none: count, and follow the folders."""
        self._hold.stop()
        for lane in (self._changes, self._counting, self._standing):
            lane.release()

    def _refuse(self, error: Exception) -> None:
        self.state = "refused"
        self.refused.emit(error)

    def _close_library(self) -> None:
        if self._library is not None:
            self._library.close()

    def _end(self, outcome: Exception | None) -> None:
        if isinstance(outcome, Exception):
            log.error("the library did not close well: %s", outcome)
        self._library = None
        self.background.close()
        self.state = "closed"
        self.closed.emit()

    # Folders

    @Slot()
    def list_folders(self) -> None:
        """Read the folders; answers `folders_listed`."""
        if self.state == "open":
            self._listing.cancel()  # not what others wait for on this lane
            self._listing = self._counting.submit(self.library.folders, self.folders_listed.emit)

    @Slot()
    def _count_again_soon(self) -> None:
        if not self._recount.isActive():
            self._recount.start()

    def add_folder(self, path: Path) -> None:
        """Watch a folder; answers `folder_added` or `folder_refused`, and events follow."""
        add = partial(self.library.add_folder, path)
        self._changes.submit(add, self._added, self._not_added)

    def _added(self, folder: Folder) -> None:
        self.folder_added.emit(folder.path)

    def _not_added(self, error: Exception) -> None:
        self.folder_refused.emit(sentence(error))

    def remove_folder(self, path: Path) -> None:
        """Stop watching a folder; events follow."""
        self._changes.submit(partial(self.library.remove_folder, path), _nothing)

    def accept_disk(self, path: Path) -> None:
        """A folder is the same one, on a new disk; events follow, or `folder_refused`."""
        accept = partial(self.library.accept_disk, path)
        self._changes.submit(accept, _nothing, self._not_added)

    # Photos

    def read_rows(self, photo_ids: Sequence[int]) -> None:
        """Read what is shown of some photos; answers `rows_read`."""
        if self.state != "open":
            return
        asked = list(photo_ids)
        read = partial(_rows, self.library, asked, self.with_labels)
        self._reading.submit(
            read, partial(self.rows_read.emit, asked), partial(self._no_rows, asked)
        )

    def _no_rows(self, asked: list[int], error: Exception) -> None:
        self.rows_read.emit(asked, [])
        self._report(error)

    # Indexing

    def pause(self) -> None:
        """Start no further photo until `resume`; the progress says so."""
        self._reading.submit(self.library.pause, _nothing)

    def resume(self) -> None:
        """Go on; the progress says so."""
        self._reading.submit(self.library.resume, _nothing)

    @Slot(str)
    def _tell_trouble(self, message: str) -> None:
        self.problem.emit(core_text(message))

    @Slot(Exception)
    def _report(self, error: Exception) -> None:
        if self.state == "closing":
            return
        self.problem.emit(sentence(error))


def sentence(error: Exception) -> str:
    """What to tell the person: our sentences as they are, anything else as the bug it is."""
    if isinstance(error, SouvenirError):
        return core_text(str(error))
    text = QCoreApplication.translate(
        "Session", "Something went wrong inside Souvenir ({what}); 'souvenir -v' says more."
    )
    return text.format(what=type(error).__name__)


def _rows(library: Library, photo_ids: Sequence[int], with_labels: bool) -> list[PhotoRow]:
    tags = library.labels.tags_of(photo_ids) if with_labels else {}
    names = {i: tuple(tag.label.name for tag in carried) for i, carried in tags.items()}
    found = library.photos(photo_ids)
    rows = (photo_row(p, library.paths.thumbnail, names.get(p.id, ())) for p in found)
    return [row for row in rows if row is not None]


def _nothing(_value: object) -> None:
    """Take in an outcome that events tell about."""
