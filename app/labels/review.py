"""Teaching a label, one photo after the other: yes, no or skip, by one key each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.labels.proposals import Proposed, count_carried, propose
from app.labels.words import difference
from app.session import sentence
from app.viewer.bar import HEIGHT
from app.viewer.picture_reader import PictureReader
from app.viewer.picture_view import PictureView
from app.viewer.words import remark
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon
from app.window.pages import Page

if TYPE_CHECKING:
    from app.grid.photo_row import PhotoRow
    from app.session import Session
    from app.theme import Theme
    from core.library import Label

BYTES_KEPT = 96 * 1024 * 1024
AHEAD = 2

Key = Qt.Key


class LabelReview(QWidget):
    """A page. `begin` with a label; `answered(label id, photo id, yes)`, `undo_asked`, `left`.

    What was judged here is counted; the label learns from every answer at once, by whoever makes
    it. `refresh` tells that it has learned.
    """

    answered = Signal(int, int, bool)
    undo_asked = Signal()
    left = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session = session
        self._theme = theme
        self._label: Label | None = None
        self._rows: tuple[PhotoRow, ...] = ()
        self._at = 0
        self._said: list[bool | None] = []  # of the photos before this one; None: skipped
        self._judged = 0
        self._first: int | None = None  # how many carried it when this began
        self._carried = 0
        self._before = 0  # how many carried it before the last answer
        self._waits = False
        self._counting = False
        self._learned_since = False  # the count that is under way began
        self.reader = PictureReader(session, bytes_kept=BYTES_KEPT, parent=self)
        self.reader.arrived.connect(self._draw_photo)
        self.view = PictureView(session, theme)
        self.question = ElidedLabel()
        self.question.setProperty("role", "heading")
        self.question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.learned = QLabel()
        self.learned.setProperty("class", "dim")
        self.place = QLabel()
        self.place.setProperty("class", "dim")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName(self.tr("Photos judged of those proposed"))
        self.yes = self._button(self.tr("Yes"), "Y", partial(self.answer, True))
        self.no = self._button(self.tr("No"), "N", partial(self.answer, False))
        self.skip_button = self._button(self.tr("Skip"), "S", self.skip)
        self.back_button = self._button(self.tr("Undo"), "Ctrl+Z", self.take_back)
        self.done = self._button(self.tr("Done"), "Esc", self.left.emit)
        self.end = Page("label_review_end")
        self.again = QPushButton(self.tr("Judge more"))
        self.again.setProperty("primary", True)
        self.again.clicked.connect(self.propose)
        self.leave = QPushButton(self.tr("Show its photos"))
        self.leave.clicked.connect(self.left)
        self.back = QPushButton(self.tr("Undo the last answer"))
        self.back.clicked.connect(self.take_back)
        self._build()
        self.set_theme(theme)

    def _button(self, text: str, key: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(f"{text}  {key}")
        button.setToolTip(self.tr("{what} ({key})").format(what=text, key=key))
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(_press, pressed))
        return button

    def _build(self) -> None:
        self._bar = QWidget()
        self._bar.setObjectName("viewer_bar")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(12)
        bar.addWidget(self.done)
        bar.addWidget(self.place)
        bar.addWidget(self.progress)
        bar.addStretch(1)
        bar.addWidget(self.learned)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.no, self.skip_button, self.yes, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        judging = QWidget()
        middle = QVBoxLayout(judging)
        middle.setContentsMargins(16, 12, 16, 16)
        middle.setSpacing(12)
        middle.addWidget(self.question)
        middle.addWidget(self.view, 1)
        middle.addLayout(buttons)
        ways = QHBoxLayout()
        ways.addStretch(1)
        ways.addWidget(self.again)
        ways.addWidget(self.leave)
        ways.addWidget(self.back)
        ways.addStretch(1)
        self.end.column.addSpacing(8)
        self.end.column.addLayout(ways)
        self._stack = QStackedLayout()
        self._stack.addWidget(judging)
        self._stack.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(self._stack, 1)

    # What is judged

    @property
    def label(self) -> Label | None:
        """The label that learns."""
        return self._label

    @property
    def photo_id(self) -> int | None:
        """The photo that is asked about."""
        return self._rows[self._at].id if self._at < len(self._rows) else None

    @property
    def waits(self) -> bool:
        """Whether something is still to come."""
        return self._waits or self._counting

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.view.set_theme(theme)
        self._bar.setFixedHeight(theme.px(HEIGHT))
        for button, sign, colour in (
            (self.yes, "check", "good"),
            (self.no, "x", "danger"),
            (self.skip_button, "chevron-right", "dim"),
            (self.back_button, "undo-2", "dim"),
            (self.done, "chevron-left", "text"),
        ):
            button.setIcon(icon(sign, theme.colour(colour)))

    def begin(self, label: Label) -> None:
        """Judge photos for a label."""
        self._label = label
        self._judged = 0
        self._first = None
        self.reader.forget_failures()
        self.setAccessibleName(self.tr("Teach “{name}”").format(name=label.name))
        self.propose()

    @Slot()
    def propose(self) -> None:
        """Choose the next photos, by what was learned."""
        if self._label is None or self._session.state != "open":
            return
        self._rows, self._at, self._said = (), 0, []
        self._waits = True
        self._stack.setCurrentIndex(0)
        self.question.setText(self.tr("Choosing photos…"))
        self._tell()
        self._show_photo()
        self.setFocus()
        look = partial(propose, self._label.id)
        self._session.ask("counting", look, self._take, self._fail)

    def _take(self, proposed: Proposed) -> None:
        self._waits = False
        if self._label is None or proposed.label.id != self._label.id:
            return
        self._label, self._rows = proposed.label, proposed.rows
        self._carried = self._before = proposed.carried
        if self._first is None:
            self._first = proposed.carried
        if self._rows:
            self._show_photo()
        else:
            self._finish()
        self._tell()

    def _fail(self, error: Exception) -> None:
        self._waits = False
        self.end.tell(self.tr("Photos cannot be proposed"), sentence(error))
        self._stack.setCurrentIndex(1)

    # What is said

    def answer(self, yes: bool) -> None:
        """The label fits this photo, or it does not."""
        photo_id = self.photo_id
        if photo_id is not None and self._label is not None:
            self._before = self._carried
            self.answered.emit(self._label.id, photo_id, yes)
            self._judged += 1
            self._next(yes)

    def skip(self) -> None:
        """Say nothing of this photo."""
        if self.photo_id is not None:
            self._next(None)

    def take_back(self) -> None:
        """Back to the photo before, and what was said of it is taken back."""
        if not self._said:
            return
        said = self._said.pop()
        self._at -= 1
        self._stack.setCurrentIndex(0)
        if said is not None:
            self._judged -= 1
            self._before = self._carried
            self.undo_asked.emit()
        self._show_photo()
        self._tell()

    def _next(self, said: bool | None) -> None:
        self._said.append(said)
        self._at += 1
        if self._at >= len(self._rows):
            self._finish()
        else:
            self._show_photo()
        self._tell()

    @Slot()
    def refresh(self) -> None:
        """The label has learned: count what carries it now; once more where that is under way."""
        self._learned_since = self._counting
        if self._label is not None and self.isVisible() and not self._counting:
            self._counting = True
            self._session.ask(
                "counting", partial(count_carried, self._label.id), self._count, self._no_count
            )

    def _count(self, carried: int) -> None:
        self._counting = False
        self._carried = carried
        if self._learned_since:
            self.refresh()
        self._tell()
        if self._stack.currentIndex() == 1:
            self._finish()

    def _no_count(self, _error: Exception) -> None:
        self._counting = False

    def _finish(self) -> None:
        if not self._rows and not self._judged:
            title = self.tr("Nothing to judge")
            text = self.tr("Photos are proposed here once some of your library are indexed.")
            self.end.tell(title, text)
        else:
            title = self.tr("Learned from {n} answers").format(n=wording.number(self._judged))
            if self._judged == 1:
                title = self.tr("Learned from 1 answer")
            self.end.tell(title, self._learned_text())
        self.again.setVisible(bool(self._rows))
        self.back.setVisible(bool(self._said))
        self._stack.setCurrentIndex(1)
        if self.again.isVisibleTo(self.end):
            self.again.setFocus()

    def _learned_text(self) -> str:
        text = self.tr("{photos} carry it now").format(photos=wording.photos(self._carried))
        if self._carried == 1:
            text = self.tr("1 photo carries it now")
        first = self._carried if self._first is None else self._first
        text += difference(self._carried - first)
        if self._judged > 1 and self._carried != self._before:
            more = difference(self._carried - self._before).strip(" ()")
            text += self.tr("; by the last answer {more}").format(more=more)
        return text

    # What is shown

    def _tell(self) -> None:
        count, at = len(self._rows), min(self._at + 1, len(self._rows))
        self.place.setText(self.tr("{n} of {total}").format(n=at, total=count) if count else "")
        self.progress.setRange(0, max(1, count))
        self.progress.setValue(self._at)
        self.learned.setText(self._learned_text() if self._first is not None else "")
        self.back_button.setEnabled(bool(self._said))
        asking = self.photo_id is not None
        for button in (self.yes, self.no, self.skip_button):
            button.setEnabled(asking)
        if asking and self._label is not None:
            name = wording.shown(self._label.name)
            self.question.setText(self.tr("Does “{name}” fit this photo?").format(name=name))

    @Slot()
    def _show_photo(self) -> None:
        room = self.view.size() * self.devicePixelRatioF()
        ahead = self._rows[self._at : self._at + 1 + AHEAD]
        self.reader.want(ahead, [], QSize(room.width(), room.height()))
        self._draw_photo()

    @Slot()
    def _draw_photo(self) -> None:
        if self._at >= len(self._rows):
            self.view.show_photo(None, None)
            self.view.say("")
            return
        row = self._rows[self._at]
        picture = self.reader.picture(row)
        self.view.show_photo(row, picture)
        self.view.say(remark(row, picture, self.reader.failure(row)))
        self.view.setAccessibleName(wording.shown(row.name))

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The photo as large as there is room."""
        super().resizeEvent(event)
        if self._rows:
            self._show_photo()

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Undo leads back to the photo that was judged; the window would only take the answer."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if (
            override
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
            return True
        return super().event(event)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each answer."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
            return
        match event.key():
            case Key.Key_Y:
                self.answer(True)
            case Key.Key_N:
                self.answer(False)
            case Key.Key_S | Key.Key_Space | Key.Key_Right:
                self.skip()
            case Key.Key_Backspace | Key.Key_Left:
                self.take_back()
            case Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


def _press(pressed: Callable[[], object], _checked: bool = False) -> None:
    pressed()
