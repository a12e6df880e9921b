"""Two to four photos side by side: zoom and place are those of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.grid.model import PhotoModel
from app.theme import Theme
from app.viewer.bar import HEIGHT
from app.viewer.compare_pane import ComparePane
from app.viewer.picture_reader import PictureReader
from app.viewer.picture_view import STEP
from app.virtuals import contained
from app.widgets.icons import icon

if TYPE_CHECKING:
    from app.commands import Commands
    from app.session import Session
    from core.events import PhotosChanged

MOST = 4
SETTLE_MS = 120


class Compare(QWidget):
    """Photos of the model side by side.

    Signals: `left(photo id)`: back, with the photo that was active; `opened(photo id)`: see that
    one alone; `asked_rating(ids, stars)`; `compare_asked(ids)`: the command was run, for whoever
    shows the page and calls `show_photos`; `active_changed(photo id)`: keys are for another one.
    """

    left = Signal(int)
    opened = Signal(int)
    asked_rating = Signal(list, int)
    compare_asked = Signal(list)
    active_changed = Signal(int)

    def __init__(
        self,
        model: PhotoModel,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._session = session
        self._theme = theme
        self._panes: list[ComparePane] = []
        self._active: int | None = None
        self.reader = PictureReader(session, parent=self)
        self.reader.arrived.connect(self._arrived)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._show)
        model.rows_arrived.connect(self._rows_arrived)
        session.events.photos_changed.connect(self._photos_changed)
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        self._bar = QWidget()
        self._bar.setObjectName("viewer_bar")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._back = QPushButton(self.tr("Back"))
        self._back.clicked.connect(self.leave)
        self._title = QLabel()
        self._title.setProperty("class", "viewer_name")
        self._zoom = QLabel()
        self._zoom.setProperty("class", "dim")
        fit = QPushButton(self.tr("Fit"))
        fit.clicked.connect(self.fit)
        actual = QPushButton(self.tr("100 %"))
        actual.clicked.connect(self.actual_size)
        for button in (self._back, fit, actual):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = QHBoxLayout(self._bar)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(10)
        for widget in (self._back, self._title):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self._zoom, fit, actual):
            line.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(6, 6, 6, 6)
        self._grid.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(self._grid, 1)

    # What is shown

    @property
    def photo_id(self) -> int | None:
        """The photo that keys are for."""
        return self._active if self.isVisible() else None

    @property
    def photo_ids(self) -> list[int]:
        """The photos that are compared."""
        return [pane.photo_id for pane in self._panes]

    @property
    def panes(self) -> list[ComparePane]:
        """Where they are shown."""
        return self._panes

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._bar.setFixedHeight(theme.px(HEIGHT))
        self._back.setIcon(icon("chevron-left", theme.colour("text")))
        for pane in self._panes:
            pane.set_theme(theme)

    def show_photos(self, photo_ids: Sequence[int]) -> None:
        """Compare these, four at most."""
        self.reader.forget_failures()
        self._clear()
        for photo_id in photo_ids[:MOST]:
            pane = ComparePane(self._session, self._theme, photo_id, self)
            pane.chosen.connect(self.choose)
            pane.removed.connect(self.remove)
            pane.rated.connect(self._rated)
            pane.view.moved_by_hand.connect(partial(self._link, pane))
            pane.view.changed.connect(self._tell)
            self._panes.append(pane)
        self._lay_out()
        if self._panes:
            self._panes[0].setFocus()
            self.choose(self._panes[0].photo_id)
        self._show()

    @Slot(int)
    def choose(self, photo_id: int) -> None:
        """Keys are for this photo."""
        changed, self._active = photo_id != self._active, photo_id
        for pane in self._panes:
            pane.mark(active=pane.photo_id == photo_id)
        self._tell()
        if changed:
            self.active_changed.emit(photo_id)

    @Slot(int)
    def remove(self, photo_id: int) -> None:
        """Go on without this photo; with less than two there is nothing to compare."""
        at = self.photo_ids.index(photo_id)
        pane = self._panes.pop(at)
        self._grid.removeWidget(pane)
        pane.hide()
        pane.view.end()
        pane.deleteLater()
        if self._panes:
            self._lay_out()
            heir = self._panes[min(at, len(self._panes) - 1)]
            heir.setFocus()
            self.choose(heir.photo_id)
        if len(self._panes) < 2:
            self.leave()
        else:
            self._show()

    @Slot()
    def leave(self) -> None:
        """Go back to where one came from."""
        active = self._active if self._active is not None else -1
        self._clear()
        self.reader.forget()
        self.left.emit(active)

    # By key

    def add_commands(
        self, commands: Commands, chosen: Callable[[], list[int]], where: Sequence[QWidget]
    ) -> None:
        """Make the command that compares what is `chosen`, and those of this page."""

        def add(name: str, text: str, run: Callable[[], object], *keys: str) -> None:
            group = self.tr("Comparison")
            commands.add(name, text, run, keys=keys, where=(self,), group=group)

        commands.add(
            "view.compare",
            self.tr("Compare"),
            partial(self._ask, chosen),
            keys=("C",),
            icon="columns-2",
            where=where,
            group=self.tr("Comparison"),
        )
        add("compare.back", self.tr("Back to the photos"), self.leave, "Esc")
        add(
            "compare.next",
            self.tr("The next of them, or right"),
            partial(self._arrow, 1, 0),
            "Right",
        )
        add(
            "compare.previous",
            self.tr("The one before, or left"),
            partial(self._arrow, -1, 0),
            "Left",
        )
        add("compare.up", self.tr("Up in the pictures"), partial(self._arrow, 0, -1), "Up")
        add("compare.down", self.tr("Down in the pictures"), partial(self._arrow, 0, 1), "Down")
        add("compare.remove", self.tr("Remove from the comparison"), self._remove_active, "X")
        zoom = self._zoom_by
        add(
            "compare.zoom_in", self.tr("Zoom in"), partial(zoom, STEP), "+", "=", "Ctrl++", "Ctrl+="
        )
        add("compare.zoom_out", self.tr("Zoom out"), partial(zoom, 1 / STEP), "-", "Ctrl+-")
        add("compare.fit", self.tr("Fit to the window"), self.fit, "Ctrl+0")
        add("compare.actual_size", self.tr("Actual size, 100 %"), self.actual_size, "Ctrl+1")
        add("compare.toggle_zoom", self.tr("Fit or actual size"), self.toggle_zoom, "Z")

    @Slot()
    def fit(self) -> None:
        """Show all of each."""
        if (pane := self._pane()) is not None:
            pane.view.fit()

    @Slot()
    def actual_size(self) -> None:
        """Show a pixel of the active one as one of the screen, the others as much enlarged."""
        if (pane := self._pane()) is not None:
            pane.view.actual_size()

    def toggle_zoom(self) -> None:
        """Change between all of them and the actual size."""
        if (pane := self._pane()) is not None:
            if pane.view.place.zoom is None:
                pane.view.actual_size()
            else:
                pane.view.fit()

    def _zoom_by(self, factor: float) -> None:
        if (pane := self._pane()) is not None:
            pane.view.zoom_by(factor)

    def _arrow(self, across: int, down: int) -> None:
        pane = self._pane()
        if pane is None:
            return
        if pane.view.place.zoom is not None:
            view = pane.view
            view.move_by(-across * view.width() / 3, -down * view.height() / 3)
        elif across:
            at = (self._panes.index(pane) + across) % len(self._panes)
            self._panes[at].setFocus()
            self.choose(self._panes[at].photo_id)

    def _remove_active(self) -> None:
        if self._active in self.photo_ids and self._active is not None:
            self.remove(self._active)

    def _ask(self, chosen: Callable[[], list[int]]) -> None:
        """Compare what is chosen; one photo with the next one."""
        ids = chosen()[:MOST]
        if len(ids) == 1:
            position = self._model.positions_of(ids)
            if len(position) and len(self._model.ids) > 1:
                at, matching = int(position[0]), self._model.matching
                # The last that matches is compared with the one before, not with a less likely one.
                count = matching if 1 < matching > at else len(self._model.ids)
                ids.append(self._model.id_at(at + 1 if at + 1 < count else at - 1))
        if len(ids) > 1:
            self.compare_asked.emit(ids)

    @Slot(int, int)
    def _rated(self, photo_id: int, stars: int) -> None:
        self.asked_rating.emit([photo_id], stars)

    # Inside

    def _pane(self) -> ComparePane | None:
        return next((pane for pane in self._panes if pane.photo_id == self._active), None)

    def _clear(self) -> None:
        for pane in self._panes:
            self._grid.removeWidget(pane)
            pane.hide()
            pane.view.end()
            pane.deleteLater()
        self._panes = []
        self._active = None

    def _lay_out(self) -> None:
        columns = 2 if len(self._panes) == MOST else max(1, len(self._panes))
        for column in range(MOST):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(2):
            self._grid.setRowStretch(row, int(row * columns < len(self._panes)))
        for number, pane in enumerate(self._panes):
            self._grid.addWidget(pane, number // columns, number % columns)
            pane.show()  # at once: it is to have the keyboard
        self._title.setText(self.tr("{n} photos compared").format(n=len(self._panes)))
        self._settle.start()

    @Slot()
    def _show(self) -> None:
        if not self._panes:
            return
        self._model.want_ids(self.photo_ids)
        rows = {row.id: row for row in self._model.known(self.photo_ids)}
        for pane in self._panes:
            if pane.photo_id in rows:
                pane.show_row(rows[pane.photo_id], self.reader)
        wanted = [rows[i] for i in self.photo_ids if i in rows]
        self.reader.want(wanted, [], self._panes[0].view.room_for_pictures())

    @Slot(int)
    def _arrived(self, photo_id: int) -> None:
        if photo_id in self.photo_ids:
            self._show()

    @Slot()
    def _rows_arrived(self) -> None:
        if self._panes:
            self._show()

    @Slot(object)
    def _photos_changed(self, changes: PhotosChanged) -> None:
        """Go on without photos that went; look again at those that are others now."""
        for photo_id in changes.removed:
            if photo_id in self.photo_ids:
                self.remove(photo_id)
        if self._panes:
            self.reader.forget_failures()
            self._show()

    def _link(self, moved: ComparePane) -> None:
        for pane in self._panes:
            if pane is not moved:
                pane.view.follow(moved.view.place)

    @Slot()
    def _tell(self) -> None:
        pane = self._pane()
        if pane is not None and not pane.view.place.empty:
            percent = round(100 * pane.view.place.shown_zoom)
            self._zoom.setText(self.tr("{n} %").format(n=percent))

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the active one alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._active is not None:
            self.opened.emit(self._active)
        else:
            event.ignore()

    @contained()
    def showEvent(self, event: QShowEvent) -> None:
        """Keys are for the active photo again."""
        super().showEvent(event)
        if self._active is not None:
            self.active_changed.emit(self._active)

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read again for the new size, once it rests."""
        super().resizeEvent(event)
        self._settle.start()
