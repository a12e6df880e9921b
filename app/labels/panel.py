"""A label with its line, set by looking: the histogram, and the photos on both sides, large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app import wording
from app.grid.geometry import MARGIN
from app.labels.head import LabelHead
from app.labels.line import KNOB, LabelDivider, LabelScale, LineHandle
from app.labels.order import LabelOrder
from app.labels.pictures import LabelPictures
from app.labels.shown import LabelShown, lowest_line
from app.labels.tiles import FRAME, Judged, LabelTiles
from app.labels.words import difference
from app.virtuals import contained

if TYPE_CHECKING:
    from app.session import Session
    from app.theme import Theme

LEARNING_MS = 1500  # and a label that was learning is looked at again
CALM_MS = 600  # without a key, and what keys moved is kept
SMALLEST, LARGEST = 60, 260  # sides of tiles
GRID_SHARE = 0.24  # of the height, for the photos below
LEAST_GRID = 150
SCALE_SHARE = 0.17
LEAST_SCALE, MOST_SCALE = 74, 170
SCROLLER = 12  # beside the photos below


class LabelPanel(QWidget):
    """Shows a LabelShown; moving the line asks nobody anything until it is let go.

    `cut_moved`: how many photos of the order carry the label now. `line_set` when the line stays
    somewhere else than before, `answered` yes or no by hand, `chosen` and `opened` with a photo's
    id. `menu` makes what the dots open.
    """

    cut_moved = Signal(int)
    line_set = Signal(object, float)  # Label, relevance
    answered = Signal(int, bool)  # photo id, yes
    chosen = Signal(int)
    opened = Signal(int)
    prompts_asked = Signal()
    teach_asked = Signal()
    undo_asked = Signal()
    switch_asked = Signal()
    ask_again = Signal()  # the label was learning when it was looked at
    other_shown = Signal()  # another label, or none any more

    def __init__(
        self,
        session: Session,
        theme: Theme,
        menu: Callable[[], QMenu],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("label_panel")
        self._shown: LabelShown | None = None
        self._threshold = 0.5
        self._kept: float | None = None  # a line that was let go, until the library says the same
        self._answered: tuple[int, int] | None = None  # corrections and photos, before an answer
        self.pictures = LabelPictures(session, self)
        self.head = LabelHead(theme, menu)
        self.scale = LabelScale(theme)
        self.divider = LabelDivider(theme)
        self.above = LabelTiles(
            self.pictures,
            theme,
            self.tr("Just above the line"),
            empty=self.tr("No photo is above the line: drag it to the left."),
        )
        self.below = LabelTiles(
            self.pictures,
            theme,
            self.tr("Just below the line"),
            empty=self.tr("No photo is below the line."),
            dim=True,
        )
        self._above_title = _section(self.tr("Just above the line"))
        self._below_title = _section(self.tr("Just below the line"))
        self._keys = QLabel(self.tr("Y keeps, N refuses"))
        self._keys.setProperty("class", "dim")
        self._off = QWidget()
        self._off_text = QLabel(
            self.tr("Switched off: photos carry it only where you said so by hand.")
        )
        self._off_text.setWordWrap(True)
        self._on = QPushButton(self.tr("Switch on"))
        self._on.clicked.connect(self.switch_asked)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.keep)
        self._learning = QTimer(self)
        self._learning.setSingleShot(True)
        self._learning.setInterval(LEARNING_MS)
        self._learning.timeout.connect(self.ask_again)
        self._build()
        self._connect()

    def _build(self) -> None:
        off = QHBoxLayout(self._off)
        off.setContentsMargins(0, 0, 0, 4)
        off.addWidget(self._off_text, 1)
        off.addWidget(self._on)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._above_title)
        title.addWidget(self._keys)
        title.addStretch(1)
        column = QVBoxLayout(self)
        # The knob of the line and the frames of tiles reach beyond what they belong to.
        column.setContentsMargins(MARGIN - KNOB, 6, MARGIN + SCROLLER - KNOB, 0)
        column.setSpacing(4)
        for part, around in (
            (self.head, KNOB),
            (self._off, KNOB),
            (self.scale, 0),
            (title, KNOB),
            (self.above, KNOB - FRAME),
            (self.divider, KNOB),
            (self._below_title, KNOB),
            (self.below, KNOB - FRAME),
        ):
            inset = QHBoxLayout()
            inset.setContentsMargins(around, 0, around, 0)
            if isinstance(part, QWidget):
                inset.addWidget(part)
            else:
                inset.addLayout(part)
            column.addLayout(inset)

    def _connect(self) -> None:
        for handle in (self.scale, self.divider):
            handle.moved_to.connect(self._move)
            handle.moved_by.connect(self._move_by)
            handle.let_go.connect(self.keep)
        for tiles in (self.above, self.below):
            tiles.chosen.connect(self.chosen)
            tiles.opened.connect(self.opened)
            tiles.answered.connect(self.answered)
            tiles.room_changed.connect(self._show_photos)
        self.head.prompts_asked.connect(self.prompts_asked)
        self.head.teach_asked.connect(self.teach_asked)
        self.head.undo_asked.connect(self.undo_asked)

    # What is shown

    @property
    def shown(self) -> LabelShown | None:
        """What was shown last."""
        return self._shown

    @property
    def threshold(self) -> float:
        """Where the line is now, let go or not."""
        return self._threshold

    @property
    def cut(self) -> int:
        """How many photos carry the label with the line as it is now."""
        return 0 if self._shown is None else self._cut(self._shown)

    @property
    def waits(self) -> bool:
        """Whether a line is still to be kept, or a picture to come."""
        return self._calm.isActive() or not self.pictures.complete

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for part in (self.head, self.scale, self.divider, self.above, self.below):
            part.set_theme(theme)

    def set_writable(self, writable: bool) -> None:
        """Whether the label can be changed."""
        self.head.set_writable(writable)
        for part in (self.scale, self.divider, self._on):
            part.setEnabled(writable)
        for tiles in (self.above, self.below):
            tiles.set_judging(writable)
        self._keys.setVisible(writable)

    def set_room(self, height: int) -> None:
        """Fit into a page of this height, which has photos below."""
        scale = round(min(MOST_SCALE, max(LEAST_SCALE, height * SCALE_SHARE)))
        self.scale.set_height(scale)
        grid = max(LEAST_GRID, round(height * GRID_SHARE))
        beside = self.head.sizeHint().height() + self.divider.height()
        beside += 2 * self._above_title.sizeHint().height() + 2 * FRAME + 60
        side = (height - scale - grid - beside) // 2
        for tiles in (self.above, self.below):
            tiles.set_room(max(SMALLEST, min(LARGEST, side)))

    @property
    def side(self) -> int:
        """How high the photos beside the line are."""
        return self.above.side

    def show_label(self, shown: LabelShown) -> None:
        """Show a label; a line that is being moved, or was just let go, stays where it is."""
        other = self._shown is None or self._shown.label.id != shown.label.id
        if other:
            self.keep()
            self._kept = self._answered = None
        elif self._answered is not None and shown.order.corrections <= self._answered[0]:
            self._answered = None  # it was taken back
        self._shown = shown
        moving = self._calm.isActive() or self.scale.isSliderDown() or self.divider.isSliderDown()
        if self._kept == shown.line:
            self._kept = None
        if other or (not moving and self._kept is None):
            self._threshold = shown.line
        self.head.show_label(shown.label, self._note(shown))
        self._off.setVisible(not shown.label.active)
        self.scale.show_counts(shown.order.counts)
        self._show_line()
        if shown.up_to_date:
            self._learning.stop()
        elif self.isVisible():
            self._learning.start()
        if other:
            self.other_shown.emit()

    def leave(self) -> None:
        """Something else is shown: a line that was moved is kept."""
        if self._shown is not None:
            self.keep()
            self._shown = None
            self._kept = None
            self._learning.stop()
            self.pictures.want([], self.devicePixelRatioF())
            self.other_shown.emit()

    @contained()
    def hideEvent(self, event: QHideEvent) -> None:
        """A line that was moved is kept."""
        super().hideEvent(event)
        self.keep()
        self._learning.stop()

    @contained()
    def showEvent(self, event: QShowEvent) -> None:
        """A label that was learning is looked at again."""
        super().showEvent(event)
        if self._shown is not None and not self._shown.up_to_date:
            self._learning.start()

    @Slot()
    def trust_library(self) -> None:
        """What was let go was taken back, or could not be kept: the library says where it is."""
        self._kept = None

    @Slot(int)
    def answering(self, label_id: int) -> None:
        """Yes or no is said of a label: what comes of it is told when the label has learned."""
        shown = self._shown
        if shown is not None and shown.label.id == label_id and shown.up_to_date:
            self._answered = shown.order.corrections, shown.cut

    def _note(self, shown: LabelShown) -> str:
        if not shown.up_to_date:
            return self.tr("learning…")
        corrections = shown.order.corrections
        if not corrections:
            return ""
        if corrections == 1:
            return self.tr("1 correction")
        return self.tr("{n} corrections").format(n=wording.number(corrections))

    def _cut(self, shown: LabelShown) -> int:
        return shown.cut_at(self._threshold)

    def _show_line(self) -> None:
        if self._shown is None:
            return
        cut, saved = self._cut(self._shown), self._shown.line
        moved = abs(saved - self._threshold) > 1e-6
        short = wording.photos(cut)
        if moved:
            short += difference(cut - self._shown.cut)
        elif self._answered is not None:
            short += difference(cut - self._answered[1])
        text = self.tr("{relevance} and above: {photos}").format(
            relevance=f"{self._threshold:.2f}", photos=short
        )
        handles: tuple[LineHandle, ...] = (self.scale, self.divider)
        for handle in handles:
            handle.set_line(self._threshold)
            handle.setAccessibleDescription(text)
        self.scale.tell((text, short), saved if moved else None)
        self._show_photos()
        self.cut_moved.emit(cut)

    @Slot()
    def _show_photos(self) -> None:
        if self._shown is None:
            return
        order = self._shown.order
        cut = order.cut(self._threshold)
        self.above.show_photos(_judged(order, order.above(cut, self.above.fits)))
        below = _judged(order, order.below(cut, self.below.fits))
        self.below.show_photos(_shown_below(below, self._threshold))
        self.divider.page = self.scale.page = self.above.fits
        wanted = [*self.above.wanted, *self.below.wanted]
        self.pictures.want(wanted, self.devicePixelRatioF())

    # The line

    @Slot(float)
    def _move(self, threshold: float) -> None:
        if self._shown is not None and threshold != self._threshold:
            self._threshold = max(threshold, lowest_line(self._shown.label))
            self._show_line()
        if not self.scale.isSliderDown():
            self._calm.start()

    @Slot(int)
    def _move_by(self, photos: int) -> None:
        if self._shown is not None:
            order = self._shown.order
            cut = order.further(order.cut(self._threshold), photos)
            self._threshold = max(order.threshold_at(cut), lowest_line(self._shown.label))
            self._show_line()
        if not self.divider.isSliderDown():
            self._calm.start()

    @Slot()
    def keep(self) -> None:
        """Keep the line where it is."""
        self._calm.stop()
        shown = self._shown
        if shown is not None and abs(self._threshold - shown.line) > 1e-6:
            self._kept = self._threshold
            self.line_set.emit(shown.label, self._threshold)


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _shown_below(judged: list[Judged], threshold: float) -> list[Judged]:
    """What is below the line is shown below it, though it may round to the same number."""
    most = round(threshold, 2) - 0.01
    return [replace(one, relevance=max(0.0, min(one.relevance, most))) for one in judged]


def _judged(order: LabelOrder, positions: range) -> list[Judged]:
    part = slice(positions.start, positions.stop)
    ids, relevances = order.ids[part].tolist(), order.relevances[part].tolist()
    answers = order.answers[part].tolist()
    return [Judged(*each) for each in zip(ids, relevances, answers, strict=True)]
