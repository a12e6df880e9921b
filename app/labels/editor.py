"""The words of a label and what they find, while one writes: before and now, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import wording
from app.background import CancelToken
from app.labels.form import LabelForm
from app.labels.order import LabelOrder, label_order
from app.labels.pictures import LabelPictures
from app.labels.shown import line_of
from app.labels.tiles import FRAME, Judged, LabelTiles
from app.labels.words import difference
from app.search.unknown_words import gaps_text
from app.session import sentence
from app.virtuals import contained
from app.widgets.steady_scroll_area import SteadyScrollArea
from core.search.quoting import phrases

if TYPE_CHECKING:
    from app.session import Session
    from app.theme import Theme
    from core.library import Label, Library
    from core.search.knowing import Gaps

PAUSE_MS = 250
FORM_WIDTH = 320
SMALLEST, LARGEST = 64, 168
GAP = 18


@dataclass(frozen=True, eq=False)
class Found:
    """What some words find: the photos in order, and how many of them carry the label."""

    order: LabelOrder
    cut: int
    gaps: Gaps | None = None  # what of the words the model does not know

    @property
    def carried(self) -> Any:
        """The photos that carry it: ids, int64, the most relevant first."""
        return self.order.ids[: self.cut]


class LabelEditor(QWidget):
    """A page. `open_label` begins; `saved` carries the label as it is written, `left` the way back.

    Whoever saves it answers with `tell_problem` where it cannot be.
    """

    saved = Signal(object)  # Label
    left = Signal()
    opened = Signal(int)  # photo id

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._theme = theme
        self._lane = session.background.lane("prompts")
        self._token = CancelToken()
        self._label: Label | None = None
        self._before: Found | None = None
        self._now: Found | None = None
        self._asked: Label | None = None
        self._waits = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self.pictures = LabelPictures(session, self)
        self.form = LabelForm(theme)
        self.form.edited.connect(self._edited)
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.unknown = QLabel()
        self.unknown.setProperty("role", "note")
        self.unknown.setWordWrap(True)
        self.unknown.setTextFormat(Qt.TextFormat.PlainText)
        self.unknown.hide()
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.save.setToolTip(self.tr("Save (Ctrl+Return)"))
        self.save.clicked.connect(self._save)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Cancel (Esc)"))
        self.cancel.clicked.connect(self.left)
        tiles = partial(LabelTiles, self.pictures, theme)
        self.before = tiles(self.tr("Found before"))
        self.now = tiles(self.tr("Found now"))
        self.come = tiles(self.tr("Come in"))
        self.go = tiles(self.tr("Go out"), dim=True)
        self.before_title, self.now_title = QLabel(), QLabel()
        self.come_title, self.go_title = QLabel(), QLabel()
        self._tiles = (self.before, self.now, self.come, self.go)
        for each in self._tiles:
            each.set_judging(False)
            each.opened.connect(self.opened)
            each.room_changed.connect(self._show_photos)
        self._build()

    def _build(self) -> None:
        for label in (self.before_title, self.now_title, self.come_title, self.go_title):
            label.setProperty("role", "section")
            label.setIndent(FRAME)
        scroll = SteadyScrollArea()
        scroll.setWidget(self.form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        self._written = QWidget()
        left = QVBoxLayout(self._written)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(scroll, 1)
        left.addWidget(self.unknown)
        left.addWidget(self.problem)
        left.addLayout(buttons)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        self._before_side = _column((self.before_title, self.before), (self.go_title, self.go))
        sides.addWidget(self._before_side, 1)
        sides.addWidget(_column((self.now_title, self.now), (self.come_title, self.come)), 1)
        body = QHBoxLayout()
        body.setSpacing(GAP)
        body.addWidget(self._written)
        body.addLayout(sides, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addLayout(body, 1)
        self._written.setFixedWidth(self._theme.px(FORM_WIDTH))

    # What is written about

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self._soon.isActive() or self._waits or not self.pictures.complete

    @property
    def found(self) -> Found | None:
        """What the words find as they are written now, once it was asked."""
        return self._now

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.form.set_theme(theme)
        for tiles in self._tiles:
            tiles.set_theme(theme)

    def open_label(self, label: Label, others: list[Label], *, add_prompt: bool = False) -> None:
        """Write about a label, new (id 0) or one of the library."""
        self._label = label
        self._before = self._now = self._asked = None
        new = not label.id
        self.title.setText(
            self.tr("New label")
            if new
            else self.tr("Change “{name}”").format(name=wording.shown(label.name))
        )
        self.save.setText(self.tr("Add label") if new else self.tr("Save"))
        self.tell_problem("")
        self.form.show_label(label, [o.name for o in others if o.id != label.id])
        self._before_side.setVisible(not new)
        self._show_found()
        if add_prompt:
            self.form.prompts.add_field()
        elif new and not label.name:
            self.form.name.setFocus()
        else:
            self.form.prompts.fields[0].setFocus()
            self.form.prompts.fields[0].end(False)
        self._ask()

    def close_label(self) -> None:
        """Nothing is written about any more."""
        self._label = None
        self._soon.stop()
        self._drop()
        self.pictures.want([], self.devicePixelRatioF())

    def tell_problem(self, sentence: str) -> None:
        """Say why it cannot be saved; "" when nothing is wrong."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.save.setEnabled(True)

    @Slot()
    def _save(self) -> None:
        written = self.form.written()
        if written is None:
            self.tell_problem(self.tr("Describe in words what the photos of this label show."))
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            self.saved.emit(written)

    # Asking

    @Slot()
    def _edited(self) -> None:
        self.tell_problem("")
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        written = self.form.written()
        self._drop()
        if written is None or self._label is None or self._session.state != "open":
            self._now = None
            self._show_found()
            return
        before = self._label if self._label.id and self._before is None else None
        if written == self._asked and before is None:
            return
        self._asked = written
        self._waits = True
        self._token = CancelToken()
        look = partial(_find, self._session.library, before, written)
        self._lane.replace([self._lane.job(look, self._answer, self._fail, self._token)])

    def _drop(self) -> None:
        self._token.cancel()
        self._lane.replace([])
        self._waits = False
        self._asked = None

    def _answer(self, found: tuple[Found | None, Found]) -> None:
        self._waits = False
        before, self._now = found
        self._before = before or self._before
        self._show_found()

    def _fail(self, error: Exception) -> None:
        self._waits = False
        self._asked = None
        self.tell_problem(sentence(error))

    # What is found

    def _show_found(self) -> None:
        before, now = self._before, self._now
        count = "" if before is None else wording.photos(before.cut)
        self.before_title.setText(self.tr("Before: {photos}").format(photos=count or "…"))
        if now is None:
            hint = self.tr("What it finds is shown here while you write.")
            self.now_title.setText(
                hint if self._label and not self._label.id else self.tr("Now: …")
            )
        else:
            text = self.tr("Now: {photos}").format(photos=wording.photos(now.cut))
            if before is not None:
                text += difference(now.cut - before.cut)
            self.now_title.setText(text)
        unknown = "" if now is None or now.gaps is None else gaps_text(now.gaps)
        self.unknown.setText(unknown)
        self.unknown.setVisible(bool(unknown))
        self._show_photos()

    @Slot()
    def _show_photos(self) -> None:
        before, now = self._before, self._now
        self.before.show_photos(_best(before, self.before.fits))
        self.now.show_photos(_best(now, self.now.fits))
        come, go = _moved(before, now)
        if now is not None and (before is None or not now.cut):  # what it just does not take in
            near = now.order.below(now.cut, self.come.fits)
            self.come_title.setText(self.tr("Just below the line"))
            self.come.show_photos(_tiles(now.order, np.asarray(near, np.int64)))
        else:
            self.come_title.setText(self.tr("Come in: {n}").format(n=wording.number(len(come))))
            self.come.show_photos([] if now is None else _tiles(now.order, come[: self.come.fits]))
        self.come_title.setVisible(now is not None)
        self.go_title.setText(self.tr("Go out: {n}").format(n=wording.number(len(go))))
        self.go_title.setVisible(now is not None)
        self.go.show_photos([] if before is None else _tiles(before.order, go[: self.go.fits]))
        wanted = [each for tiles in self._tiles for each in tiles.wanted]
        self.pictures.want(wanted, self.devicePixelRatioF())

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many photos as there is room for."""
        super().resizeEvent(event)
        room = self.height() - 150
        side = max(SMALLEST, min(LARGEST, room // 4))
        for tiles in (self.before, self.now):
            tiles.set_room(side, room - side)
        for tiles in (self.come, self.go):
            tiles.set_room(side)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Ctrl+Enter saves."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)


def _find(library: Library, before: Label | None, now: Label) -> tuple[Found | None, Found]:
    """On a thread: what a label finds as it is (where that is asked), and as it is written."""
    was = None if before is None else _found(library.labels.judged(before.id), before)
    found = _found(library.labels.preview(now), now)
    return was, replace(found, gaps=library.gaps(phrases(now.prompts)))


def _found(judged: Any, label: Label) -> Found:
    order = label_order(judged.ids, judged.relevances, judged.answers, judged.eligible)
    return Found(order, order.cut(line_of(label)))


def _best(found: Found | None, count: int) -> list[Judged]:
    if found is None:
        return []
    return _tiles(found.order, np.arange(min(found.cut, count)))


def _tiles(order: LabelOrder, positions: Any) -> list[Judged]:
    return [
        Judged(int(order.ids[n]), float(order.relevances[n]), int(order.answers[n]))
        for n in positions
    ]


def _moved(before: Found | None, now: Found | None) -> tuple[Any, Any]:
    """Positions, int64, of the photos that come in (in `now`) and go out (in `before`)."""
    if before is None or now is None:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    come = np.flatnonzero(~np.isin(now.carried, before.carried))
    return come, np.flatnonzero(~np.isin(before.carried, now.carried))


def _column(*parts: tuple[QLabel, LabelTiles]) -> QWidget:
    column = QWidget()
    box = QVBoxLayout(column)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    for title, tiles in parts:
        box.addWidget(title)
        box.addWidget(tiles)
        box.addSpacing(6)
    box.addStretch(1)
    return column
