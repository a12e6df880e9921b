"""The first page that a person sees: one choice, the folder of their photos."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import wording
from app.background import Background, CancelToken
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon
from app.window.pages import TEXT_WIDTH, Page

SIGN = 72
LOOK_SECONDS = 2.0


class FirstStart(Page):
    """Pictures is proposed; another folder can be chosen, or dragged here from anywhere."""

    accepted = Signal(str)
    change_asked = Signal()

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("first_start", parent)
        self.tell(
            self.tr("Where are your photos?"),
            self.tr(
                "Souvenir looks at them once, here on your computer, and then finds each by what "
                "is in it. Nothing leaves this computer, and your files are never changed."
            ),
        )
        self.setAcceptDrops(True)
        self._lane = background.lane("looking")
        self._token = CancelToken()
        self._folder = ""
        self._sign = QLabel()
        self._name = ElidedLabel()
        self._name.setObjectName("chosen_name")
        self._count = QLabel()
        self._count.setProperty("role", "note")
        self._problem = QLabel()
        self._problem.setObjectName("page_problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setFixedWidth(TEXT_WIDTH)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._problem.hide()
        souvenir = QLabel()
        souvenir.setPixmap(icon("souvenir", QColor("black"), SIGN).pixmap(SIGN, SIGN))
        souvenir.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._start = QPushButton(self.tr("Start"))
        self._start.setProperty("primary", True)
        self._start.setDefault(True)
        self._start.setAutoDefault(True)
        self._start.clicked.connect(self._accept)
        hint = QLabel(self.tr("You can also drag a folder here. More folders can follow later."))
        hint.setProperty("role", "note")
        self.column.insertWidget(0, souvenir)
        self.column.addSpacing(12)
        self.column.addWidget(self._chosen())
        self.column.addWidget(self._problem)
        self.column.addSpacing(4)
        self.column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_theme(theme)
        self._propose_pictures()

    def _chosen(self) -> QWidget:
        change = QPushButton(self.tr("Change…"))
        change.setProperty("quiet", True)
        change.clicked.connect(self.change_asked)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._count)
        chosen = QWidget()
        chosen.setObjectName("chosen_folder")
        line = QHBoxLayout(chosen)
        line.setContentsMargins(14, 10, 8, 10)
        line.setSpacing(12)
        line.addWidget(self._sign)
        line.addLayout(words, 1)
        line.addWidget(change)
        return chosen

    @property
    def folder(self) -> str:
        """The folder that is proposed or was chosen."""
        return self._folder

    @property
    def problem(self) -> str:
        """Why the folder cannot be used, or ""."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def count_text(self) -> str:
        """Roughly how many photos are there, in words."""
        return self._count.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._sign.setPixmap(icon("folder", theme.colour("dim"), 20).pixmap(20, 20))

    def propose(self, folder: str) -> None:
        """Show this folder as the choice."""
        self._folder = folder
        self._problem.hide()
        path = wording.shown(folder)
        self._name.setText(path)
        self._start.setAccessibleDescription(
            self.tr("Start with the folder {path}").format(path=path)
        )
        self._count.setText(self.tr("Looking…"))
        self._token.cancel()
        self._token = CancelToken()
        look = partial(rough_count, Path(folder), LOOK_SECONDS, self._token)
        self._lane.submit(look, self._counted, self._not_counted, self._token)

    def _propose_pictures(self) -> None:
        """Propose the person's folder of pictures; their home once it is known not to be there."""
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        usual = pictures or str(Path.home())
        look = partial(there_or_home, usual)
        self._lane.submit(look, partial(self._propose_instead, usual), self._not_counted)
        self.propose(usual)

    def _propose_instead(self, usual: str, found: str) -> None:
        if self._folder == usual != found:
            self.propose(found)

    def tell_problem(self, sentence: str) -> None:
        """Say why the folder cannot be used."""
        self._problem.setText(sentence)
        self._problem.show()

    def take_focus(self) -> None:
        """Enter starts."""
        self._start.setFocus()

    def _counted(self, found: Rough) -> None:
        count = wording.number(found.count)
        if not found.complete:
            text = self.tr("More than {n} photos") if found.count else ""
        elif found.count == 0:
            text = self.tr("No photos there yet")
        else:
            text = self.tr("1 photo") if found.count == 1 else self.tr("About {n} photos")
        self._count.setText(text.format(n=count))

    def _not_counted(self, _error: Exception) -> None:
        self._count.setText("")

    @Slot()
    def _accept(self) -> None:
        self._token.cancel()
        self.accepted.emit(self._folder)

    # A folder that is dragged here

    @contained()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Whatever lies on a disk may be a folder: that is found out when it is dropped."""
        if _local(event.mimeData()):
            event.acceptProposedAction()
            self._mark_target(True)

    @contained()
    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._mark_target(False)

    @contained()
    def dropEvent(self, event: QDropEvent) -> None:
        """Propose the folder, or the one that a dropped file is in."""
        self._mark_target(False)
        paths = _local(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._lane.submit(partial(folder_of, Path(paths[0])), self.propose, self._not_counted)

    def _mark_target(self, target: bool) -> None:
        self.setProperty("target", target)
        self.style().unpolish(self)
        self.style().polish(self)


@dataclass(frozen=True)
class Rough:
    """How many photos were found; `complete`: everything was looked through."""

    count: int
    complete: bool


def rough_count(folder: Path, seconds: float, cancelled: Callable[[], bool]) -> Rough:
    """Count what looks like a photo by its name in a folder, for so long at most."""
    # Imported here, on a thread: the window is up before core is.
    from core.imaging.formats import PHOTO_SUFFIXES

    until = time.monotonic() + seconds
    count = 0
    pending = [str(folder)]
    while pending:  # not os.walk, which cannot go down a thousand directories
        try:
            with os.scandir(pending.pop()) as listing:
                for entry in listing:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith("."):
                            pending.append(entry.path)
                    else:
                        count += os.path.splitext(entry.name)[1].lower() in PHOTO_SUFFIXES  # noqa: PTH122
        except OSError:
            continue  # indexing tells which folders cannot be read
        if cancelled() or time.monotonic() > until:
            return Rough(count, complete=False)
    return Rough(count, complete=True)


def folder_of(path: Path) -> str:
    """A folder itself, or the one that a file is in."""
    return str(path if path.is_dir() else path.parent)


def there_or_home(folder: str) -> str:
    """The folder if it is there, else the person's home."""
    return folder if Path(folder).is_dir() else str(Path.home())


def _local(mime: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
