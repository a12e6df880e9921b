"""An album in a folder: copies of its photos, or links to them; asked how, and shown beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QRadioButton, QWidget

from app import wording
from app.background import CancelToken
from app.files.work import FileWork, Task
from app.session import Session, sentence
from app.sidebar.folder_dialog import folder_dialog
from app.widgets.dialog import Dialog
from app.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from app.sidebar.places import Place
    from core.filing.steps import Step
    from core.library import Library
    from core.library.filing import Gathering, GatheringPlan

INDENT = 26  # pixels: under the words of a radio button
WIDTH = 440
PREVIEW_LINES = 5  # for which there is room from the beginning: nothing moves under the pointer


class GatherDialog(Dialog):
    """Asks how and where `count` photos of `name` go; `plan` is what that meets, once it is known.

    `looks` is asked for the plan of a folder, on a thread, and answers by `take_plan`.
    """

    looks = Signal(str)

    def __init__(self, name: str, count: int, folder: str, parent: QWidget | None = None) -> None:
        title = _tr("Put {photos} of “{name}” into a folder").format(
            photos=wording.photos(count), name=wording.shown(name)
        )
        super().__init__(title, parent, primary=_tr("Copy"))
        self.folder = folder
        self.plan: GatheringPlan | None = None
        self.ways = QButtonGroup(self)
        self.buttons_of: dict[Gathering, QRadioButton] = {}
        for way, text, about in _ways():
            button = QRadioButton(text)
            button.setAccessibleDescription(about)
            self.buttons_of[way] = button
            self.ways.addButton(button)
            note = QLabel(about)
            note.setProperty("class", "dim")
            note.setWordWrap(True)
            note.setContentsMargins(INDENT, 0, 0, 4)
            note.setMinimumWidth(WIDTH)
            self.content.addWidget(button)
            self.content.addWidget(note)
            button.toggled.connect(self._tell)
        self._folder_shown = ElidedLabel()
        self._folder_shown.setObjectName("chosen_folder")
        self._folder_shown.setContentsMargins(8, 4, 8, 4)
        change = QPushButton(self.tr("Change…"))
        change.setAutoDefault(False)
        change.setAccessibleName(self.tr("Choose another folder"))
        change.clicked.connect(self._choose_folder)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._folder_shown, 1)
        line.addWidget(change)
        self.content.addLayout(line)
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setMinimumWidth(WIDTH)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.preview.setMinimumHeight(PREVIEW_LINES * self.preview.fontMetrics().lineSpacing())
        self.content.addWidget(self.preview)
        self.buttons_of["copy"].setChecked(True)
        self.buttons_of["copy"].setFocus()
        self._show_folder()

    @property
    def way(self) -> Gathering:
        """How the photos go there."""
        return next(way for way, button in self.buttons_of.items() if button.isChecked())

    def look(self) -> None:
        """Have the plan for the folder made."""
        self.plan = None
        self._tell()
        self.looks.emit(self.folder)

    def take_plan(self, folder: str, plan: GatheringPlan) -> None:
        """This is what a folder holds in store."""
        if folder == self.folder:
            self.plan = plan
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """What will be done, and what will not."""
        primary, plan = self.primary, self.plan
        assert primary is not None
        primary.setText(self.tr("Copy") if self.way == "copy" else self.tr("Link"))
        if plan is None:
            primary.setEnabled(False)
            self.preview.setText(self.tr("Looking at the folder…"))
            return
        left_out = plan.other_disk if self.way == "hard_link" else 0
        went = plan.photos - left_out
        primary.setEnabled(went > 0)
        self.preview.setText("\n".join(self._lines(plan, went, left_out)))
        QTimer.singleShot(0, self, self._fit)  # once the layout knows of the text

    @Slot()
    def _fit(self) -> None:
        """Grow where more is to be said than there is room for."""
        layout = self.layout()
        needed = 0 if layout is None else layout.totalHeightForWidth(self.width())
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)

    def _lines(self, plan: GatheringPlan, went: int, left_out: int) -> list[str]:
        texts = {
            "copy": self.tr("{photos} will be copied."),
            "hard_link": self.tr("{photos} will get one more name there."),
            "symlink": self.tr("{photos} will be linked to."),
        }
        lines = [texts[self.way].format(photos=wording.photos(went))]
        if left_out:
            text = self.tr(
                "{photos} on another disk than this folder: no hard link leads there, so they are "
                "left out."
            )
            lines.append(text.format(photos=wording.photos(left_out)))
        if self.way == "symlink" and plan.other_disk:
            text = self.tr("{photos} on another disk: the links work while that is connected.")
            lines.append(text.format(photos=wording.photos(plan.other_disk)))
        if plan.away:
            text = self.tr("{photos} left out: the disk is not here.")
            lines.append(text.format(photos=wording.photos(plan.away)))
        if plan.taken:
            text = self.tr("{n} names are taken: nothing is overwritten, newcomers get a number.")
            if len(plan.taken) == 1:
                text = self.tr(
                    "1 name is taken: nothing is overwritten, the newcomer gets a number."
                )
            lines.append(text.format(n=wording.number(len(plan.taken))))
        if plan.watched:
            lines.append(
                self.tr("This folder is part of the library: each photo has two files then.")
            )
        return lines

    @Slot()
    def _choose_folder(self) -> None:
        dialog = folder_dialog(self, self.tr("Put into"), self.folder)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    @Slot(str)
    def _take_folder(self, folder: str) -> None:
        self.folder = folder
        self._show_folder()
        self.look()

    def _show_folder(self) -> None:
        self._folder_shown.setText(wording.shown(self.folder))


class GatherActions(QObject):
    """Asks how, and has `work` do it. `kept_folder` proposes a folder, `keep_folder` keeps one."""

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        work: FileWork,
        kept_folder: Callable[[], str],
        keep_folder: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._work = work
        self._kept_folder = kept_folder
        self._keep_folder = keep_folder
        self._window = window
        self._disks = session.background.lane("disks")

    @Slot(object)
    def ask(self, place: Place) -> None:
        """Ask how the photos of an album, a saved search or a label go into a folder."""
        find = partial(_photos_of, place)
        self._session.ask("reading", find, partial(self._ask, place.title), self._fail)

    def _ask(self, name: str, ids: list[int]) -> None:
        if not ids:
            self.told.emit(self.tr("“{name}” has no photos.").format(name=wording.shown(name)))
            return
        dialog = GatherDialog(name, len(ids), self._kept_folder(), self._window)
        wanted = CancelToken()
        dialog.looks.connect(partial(self._look, dialog, ids, wanted))
        dialog.accepted.connect(partial(self._gather, dialog, name, ids))
        dialog.finished.connect(wanted.cancel)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.look()

    def _look(self, dialog: GatherDialog, ids: list[int], wanted: CancelToken, folder: str) -> None:
        # Disks that sleep or hang take long: other questions do not wait for them.
        library = self._session.library
        plan = partial(library.filing.plan_gathering, ids, Path(folder))
        failed = partial(self._not_planned, dialog)
        self._disks.submit(plan, partial(dialog.take_plan, folder), failed, token=wanted)

    def _not_planned(self, dialog: GatherDialog, error: Exception) -> None:
        dialog.tell_problem(sentence(error))

    def _fail(self, error: Exception) -> None:
        self.told.emit(sentence(error))

    def _gather(self, dialog: GatherDialog, name: str, ids: list[int]) -> None:
        self._keep_folder(dialog.folder)
        folder, way = Path(dialog.folder), dialog.way
        photos, where = wording.photos(len(ids)), wording.shown(folder.name or str(folder))
        texts = (
            (
                self.tr("Copying {photos} to “{folder}”"),
                self.tr("copying “{name}” into a folder"),
                self.tr("{photos} copied to “{folder}”."),
            )
            if way == "copy"
            else (
                self.tr("Linking to {photos} in “{folder}”"),
                self.tr("linking “{name}” into a folder"),
                self.tr("{photos} linked to in “{folder}”."),
            )
        )
        title, undo, done = texts
        task = Task(
            title.format(photos=photos, folder=where),
            undo.format(name=name),
            lambda count: done.format(photos=wording.photos(count), folder=where),
            "copy",
        )
        self._work.run(task, partial(_gather, ids, folder, way))


def _ways() -> list[tuple[Gathering, str, str]]:
    return [
        (
            "copy",
            _tr("Copies"),
            _tr("Files of their own: what becomes of the photos here does not touch them."),
        ),
        (
            "hard_link",
            _tr("Hard links"),
            _tr(
                "The same files under one more name: they need no room, and what is changed in one "
                "place is changed in both. On the same disk only."
            ),
        ),
        (
            "symlink",
            _tr("Symbolic links"),
            _tr(
                "Signposts to the files: they need no room and lead to other disks too, and lead "
                "nowhere once a photo is moved or renamed."
            ),
        ),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("GatherDialog", text)


# On threads


def _photos_of(place: Place, library: Library) -> list[int]:
    if place.kind == "label":
        return [photo_id for photo_id, _, _ in library.labels.carrying(int(place.value))]
    live = place.kind == "search"
    for album in library.albums.albums():
        if str(album.id) == place.value and (album.query is not None) == live:
            return library.albums.photos(album)
    return []


def _gather(
    ids: list[int],
    folder: Path,
    way: Gathering,
    library: Library,
    cancelled: Callable[[], bool],
) -> Iterator[Step]:
    return library.filing.gather(ids, folder, way, cancelled)
