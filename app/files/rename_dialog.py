"""Renaming by pattern: what every file would be called is shown before anything happens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app import wording
from app.background import CancelToken
from app.files.wording import name_problem_sentence
from app.session import Session, sentence
from app.widgets.dialog import Dialog

if TYPE_CHECKING:
    from core.filing.renaming import Renaming
    from core.library import Library

PAUSE_MS = 150  # after a key, before the preview is made
ROWS_SHOWN = 300  # those with something to say come first
USUAL_PATTERN = "{date:%Y-%m-%d} {time} {name}"
PLACEHOLDERS = ("{name}", "{date:%Y-%m-%d}", "{time}", "{n:03}", "{camera}", "{ext}")


class RenameDialog(Dialog):
    """Asks for a pattern. When it is accepted, `plan` is what is to be done.

    `photo_ids` in the order in which {n} counts.
    """

    def __init__(
        self,
        session: Session,
        photo_ids: Sequence[int],
        pattern: str,
        parent: QWidget | None = None,
    ) -> None:
        count = wording.photos(len(photo_ids))
        super().__init__(
            self.tr("Rename {photos}").format(photos=count),
            parent,
            primary=self.tr("Rename"),
        )
        self._session = session
        self._ids = list(photo_ids)
        self._token = CancelToken()
        self.plan: list[Renaming] = []
        self.pattern = QLineEdit(pattern or USUAL_PATTERN)
        self.pattern.setAccessibleName(self.tr("Pattern of the new names"))
        self.pattern.textEdited.connect(self._plan_soon)
        self.pattern.textChanged.connect(self._plan_soon)
        self.preview = QTreeWidget()
        self.preview.setObjectName("rename_preview")
        self.preview.setAccessibleName(self.tr("Preview of the new names"))
        self.preview.setHeaderLabels([self.tr("Now"), self.tr("Then"), ""])
        self.preview.setRootIsDecorated(False)
        self.preview.setUniformRowHeights(True)
        self.preview.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.preview.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.preview.setMinimumSize(640, 260)
        header = self.preview.header()
        header.setStretchLastSection(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.summary = QLabel()
        self.summary.setProperty("class", "dim")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.content.addWidget(self.pattern)
        self.content.addLayout(self._placeholders())
        self.content.addSpacing(4)
        self.content.addWidget(self.preview, 1)
        self.content.addWidget(self.summary)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._plan)
        self.pattern.setFocus()
        self.pattern.selectAll()
        self._can_rename(False)
        self._plan()

    def _placeholders(self) -> QHBoxLayout:
        """Buttons that put a placeholder where the cursor is."""
        line = QHBoxLayout()
        line.setSpacing(4)
        for placeholder in PLACEHOLDERS:
            button = QPushButton(placeholder)
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("Insert {what}").format(what=placeholder))
            button.clicked.connect(partial(self._insert, placeholder))
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _insert(self, placeholder: str) -> None:
        self.pattern.insert(placeholder)
        self.pattern.setFocus()

    @Slot()
    def _plan_soon(self) -> None:
        self._token.cancel()
        self._can_rename(False)
        self._soon.start()

    @Slot()
    def _plan(self) -> None:
        self._token = CancelToken()
        self._session.ask(
            "reading",
            partial(_plan, self._ids, self.pattern.text()),
            self._show_plan,
            self._cannot_plan,
            self._token,
        )

    def done(self, result: int) -> None:
        """Whatever the answer: no preview is wanted any more."""
        self._soon.stop()
        self._token.cancel()
        super().done(result)

    def _cannot_plan(self, error: Exception) -> None:
        part = getattr(error, "part", "")
        text = self.tr("“{part}” cannot be filled in. Use the placeholders below the pattern.")
        self.tell_problem(text.format(part=part) if part else sentence(error))
        self.plan = []
        self.preview.clear()
        self.summary.clear()

    def _show_plan(self, plan: list[Renaming]) -> None:
        self.plan = plan
        self.tell_problem("")
        changing = sum(1 for r in plan if r.problem is None and r.note != "same")
        self.summary.setText(self._summary(plan, changing))
        shown = sorted(plan, key=_plain)[:ROWS_SHOWN]  # keeps the order otherwise
        self.preview.clear()
        self.preview.addTopLevelItems([self._row(renaming) for renaming in shown])
        self._can_rename(changing > 0)

    def _row(self, renaming: Renaming) -> QTreeWidgetItem:
        note = ""
        if renaming.problem is not None:
            note = name_problem_sentence(renaming.problem)
        elif renaming.note == "numbered":
            note = self.tr("Taken: gets a number")
        elif renaming.note == "same":
            note = self.tr("Stays as it is")
        now, then = wording.shown(renaming.source.name), wording.shown(renaming.target.name)
        row = QTreeWidgetItem([now, then, note])
        for column, text in enumerate((now, then, note)):
            row.setToolTip(column, text)
        return row

    def _summary(self, plan: list[Renaming], changing: int) -> str:
        bad = sum(1 for renaming in plan if renaming.problem is not None)
        numbered = sum(1 for renaming in plan if renaming.note == "numbered")
        parts = [self.tr("{files} get a new name").format(files=wording.files(changing))]
        if numbered:
            taken = self.tr("{files} get a number, as their name is taken")
            parts.append(taken.format(files=wording.files(numbered)))
        if bad:
            stay = self.tr("{files} stay as they are, as the name cannot be")
            parts.append(stay.format(files=wording.files(bad)))
        return " · ".join(parts)

    def _can_rename(self, can: bool) -> None:
        if self.primary is not None:
            self.primary.setEnabled(can)


def _plain(renaming: Renaming) -> bool:
    """Whether there is nothing to say of it: what there is comes first."""
    return renaming.problem is None and renaming.note != "numbered"


def _plan(ids: list[int], pattern: str, library: Library) -> list[Renaming]:
    return library.filing.plan_renaming(ids, pattern)
