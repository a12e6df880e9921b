"""One photo, as large as fits: the thumbnail at once, then the picture; the next is read ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app import wording
from app.desktop.screen_awake import ScreenAwake
from app.grid.model import PhotoModel
from app.grid.photo_row import PhotoRow
from app.theme import Theme
from app.viewer.bar import Heading, ViewerBar
from app.viewer.commands import add_viewer_commands
from app.viewer.filmstrip import Filmstrip
from app.viewer.picture import Picture
from app.viewer.picture_reader import PictureReader
from app.viewer.picture_view import MARGIN, PictureView
from app.viewer.scope import Scope
from app.viewer.screen import ViewerScreen
from app.viewer.slide_show import SlideShow
from app.viewer.words import less_likely_text, remark
from app.virtuals import contained

if TYPE_CHECKING:
    from app.commands import Commands
    from app.session import Session

SETTLE_MS = 120
SLOW_MS = 1500  # until it is said that a photo is being read
PREPARE_MS = 2500  # after the library opened: the first photos in the grid come first
PREVIEWS_AHEAD = 4
KEEP_MS = 60_000  # after the viewer was left: people go back and forth


class Viewer(QWidget):
    """Shows the photo at a position of the model.

    It goes through the photos that match, and ends with the last of them; to the less likely ones
    leads a step of its own, `to_less_likely`, or opening one of them.

    Signals: `left(position)`: back to where one was, `moved(position)`: another photo is shown,
    `full_screen_changed(bool)`: what is beside the viewer is to be hidden.
    Slots: `open`, `follow_model` (other photos are in the model), `forget` (photos were edited),
    `leave`. `add_commands` makes the commands.
    """

    left = Signal(int)
    moved = Signal(int)
    full_screen_changed = Signal(bool)

    def __init__(
        self,
        model: PhotoModel,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model = model
        self._scope = Scope(model)
        self._position = -1
        self._ahead = 1  # the direction one goes in
        self._photo_id: int | None = None
        self._commands: Commands | None = None
        self.view = PictureView(session, theme, self)
        self.reader = PictureReader(session, parent=self)
        self.bar = ViewerBar(theme, self)
        self.strip = Filmstrip(model, session.background, theme, self)
        self.slide_show = SlideShow(self)
        self.awake = ScreenAwake(parent=self)
        self.screen_use = ViewerScreen(self, self.view, (self.bar, self.strip))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._show)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._draw)
        self._prepare = QTimer(self)
        self._prepare.setSingleShot(True)
        self._prepare.setInterval(PREPARE_MS)
        self._prepare.timeout.connect(self.reader.prepare)
        session.opened.connect(self._prepare.start)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.reader.forget)
        self.reader.arrived.connect(self._picture_arrived)
        self.view.changed.connect(self._tell)
        self.view.clicked.connect(self.setFocus)
        self.bar.command_asked.connect(self._run)
        self.strip.chosen.connect(self.go_to)
        self.slide_show.due.connect(self._slide)
        self.slide_show.changed.connect(self._slide_show_changed)
        self.screen_use.changed.connect(self._screen_changed)
        model.rows_arrived.connect(self._rows_arrived)

    # What is shown

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_id if self.isVisible() else None

    @property
    def position(self) -> int:
        """Its position in the model."""
        return self._position

    @property
    def picture(self) -> Picture | None:
        """What of it was read."""
        return self.view.picture

    @property
    def count(self) -> int:
        """How many photos it goes through."""
        return self._scope.count

    def add_commands(self, commands: Commands) -> None:
        """Make the viewer's commands; their keys work inside it."""
        self._commands = commands
        add_viewer_commands(self, commands)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for part in (self.view, self.bar, self.strip):
            part.set_theme(theme)
        self._arrange()

    def open(self, position: int) -> None:
        """Show the photo at a position."""
        if self._commands is not None:
            self.bar.show_keys(self._commands)
        self.reader.forget_failures()
        self._keep.stop()
        self._ahead = 1
        self._scope.begin(position)
        self._open(position)

    @Slot(int)
    def go_to(self, position: int) -> None:
        """Go on to the photo at a position, if there is one."""
        if 0 <= position < len(self._model.ids) and position != self._position:
            self._ahead = 1 if position > self._position else -1
            self._scope.reach(position)
            self._open(position)
            self.moved.emit(position)

    def go_on(self, steps: int) -> None:
        """Go on by so many photos, as far as there are any."""
        to = self._scope.step(self._position, steps)
        if 0 <= to < self.count:
            self.go_to(to)
        elif to >= self.count and self._scope.less_likely and self._photo_id is not None:
            self._tell_of_less_likely()

    def go_to_end(self, *, last: bool) -> None:
        """Go to the last photo, or the first."""
        if self.count:
            self.go_to(self.count - 1 if last else 0)

    def to_less_likely(self) -> None:
        """Go on to the first of the photos that are less likely, and through all of them."""
        if self._photo_id is not None and self._scope.less_likely:
            self.screen_use.hush()
            self.go_to(self._scope.widen())
            self._tell()

    def arrow(self, across: int, down: int) -> None:
        """Move an enlarged picture by a third of the view, else go on."""
        can_move = self.view.place.movable
        if (can_move[0] if across else can_move[1]) and not self.strip.hasFocus():
            self.view.move_by(-across * self.view.width() / 3, -down * self.view.height() / 3)
        else:
            self.go_on(across + down)

    def toggle_zoom(self) -> None:
        """Change between all of the picture and its actual size."""
        if self.view.place.zoom is None:
            self.view.actual_size()
        else:
            self.view.fit()

    def toggle_strip(self) -> None:
        """Show the filmstrip, or not."""
        self.screen_use.set_wanted(self.strip, wanted=not self.screen_use.wanted(self.strip))
        self._arrange()

    def follow_model(self) -> None:
        """Other photos are in the model: stay with this one, or leave when it is gone."""
        if self._photo_id is None:
            return
        found = self._model.positions_of([self._photo_id])
        if len(found):
            before, self._position = self._position, int(found[0])
            self._scope.moved(before, self._position)
            self._show_in_strip()
            self._show()
        elif self.isVisibleTo(self.window()):  # also while the window itself is hidden
            self.leave()

    def forget(self, photo_ids: list[int]) -> None:
        """These photos or their files may be others than before."""
        self.strip.forget(photo_ids)
        if self._photo_id in photo_ids:
            self.reader.forget_failures()
            self._show()

    @Slot()
    def leave(self) -> None:
        """Go back to where one came from."""
        position, self._photo_id = self._position, None
        self._slow.stop()
        self._keep.start()
        self.slide_show.stop()
        self.screen_use.leave()
        self.view.show_photo(None, None)
        self.left.emit(position)

    @Slot()
    def escape(self) -> None:
        """End the slide show, else full screen, else leave."""
        if self.slide_show.running:
            self.slide_show.stop()
        elif self.screen_use.full:
            self.screen_use.leave()
        else:
            self.leave()

    # Reading

    def _open(self, position: int) -> None:
        self._position = position
        self._photo_id = self._model.id_at(position)
        self.slide_show.begin_photo()
        self._slow.start()
        self._show()
        self._show_in_strip()

    def _show_in_strip(self) -> None:
        """Mark the photo among those that it goes through."""
        self.strip.show_position(self._position, max(self.count, self._position + 1))

    def _row(self, position: int) -> PhotoRow | None:
        return self._model.row(position) if 0 <= position < len(self._model.ids) else None

    def _following(self) -> int:
        """The position that is probably next, -1 for none; a slide show goes round."""
        to = self._scope.step(self._position, 1 if self.slide_show.running else self._ahead)
        if to >= self.count:
            return 0 if self.slide_show.running else -1
        return to

    @Slot()
    def _show(self) -> None:
        if self._photo_id is None or self._position >= len(self._model.ids):
            return
        last = len(self._model.ids) - 1
        around = range(
            max(0, self._position - PREVIEWS_AHEAD), min(last, self._position + PREVIEWS_AHEAD) + 1
        )
        self._model.want(around)
        self._draw()
        ways = [self._row(self._position), self._row(self._following())]
        ways.append(self._row(self._position - self._ahead))
        more = [self._row(self._position + n * self._ahead) for n in range(2, PREVIEWS_AHEAD + 1)]
        self.reader.want(
            [row for row in ways if row is not None],
            [row for row in more if row is not None],
            self.view.room_for_pictures(),
        )

    @Slot()
    def _draw(self) -> None:
        if self._photo_id is None:
            return
        row = self._row(self._position)
        picture = None if row is None else self.reader.picture(row)
        self.view.show_photo(row, picture)
        slow = not self._slow.isActive()
        failure = None if row is None else self.reader.failure(row)
        self.view.say("" if row is None else remark(row, picture, failure, slow=slow))
        self._tell()

    @Slot()
    def _rows_arrived(self) -> None:
        if self.isVisible() and self._photo_id is not None:
            self._show()

    @Slot(int)
    def _picture_arrived(self, photo_id: int) -> None:
        if photo_id == self._photo_id:
            self._show()  # and read on, should the view have another size by now
        elif self.slide_show.overdue:
            self._slide(patient=True)

    @Slot()
    def _tell(self) -> None:
        place = self.view.place
        zoom = 1.0 if place.empty else place.shown_zoom
        row = self._row(self._position) if self._photo_id is not None else None
        heading = Heading(
            row,
            self._position,
            self.count,
            zoom,
            fitted=place.zoom is None,
            likely=self._position < self._model.matching,
            more=self._scope.less_likely if self._position >= self.count - 1 else 0,
        )
        self.bar.show_heading(heading)
        if self._photo_id is not None and 0 <= self._position < len(self._model.ids):
            self.setAccessibleName(self._model.spoken(self._position))
            self.view.setAccessibleName(wording.shown(row.name) if row else "")

    def _tell_of_less_likely(self) -> None:
        """It was the last one that matches: say how the others are reached."""
        keys = self._commands.keys("view.less_likely") if self._commands is not None else ()
        text = less_likely_text(self._scope.less_likely, keys[0] if keys else "")
        self.screen_use.tell(text)

    # Slide show and screen

    def toggle_slide_show(self) -> None:
        """Begin a slide show in full screen, or end it."""
        if self.slide_show.running:
            self.slide_show.stop()
        else:
            self.screen_use.enter()
            self.view.fit()
            self.slide_show.start()
            self._show()

    @Slot(bool)
    def _slide(self, patient: bool) -> None:
        if self.count < 2 or self._photo_id is None:
            return
        row = self._row(self._following())
        if patient and row is not None and not self.reader.settled(row):
            return
        self.go_to(self._following())

    @Slot()
    def _slide_show_changed(self) -> None:
        show = self.slide_show
        self.awake.set_awake(show.running and not show.paused)
        if not show.running:
            self.screen_use.leave()
            return
        text = self.tr("Slide show paused") if show.paused else self.tr("{n} s for each photo")
        self.screen_use.tell(text.format(n=show.seconds))

    @Slot(bool)
    def _screen_changed(self, full: bool) -> None:
        if not full:
            self.slide_show.stop()
        self.view.set_ground("black" if full else "window", 0 if full else MARGIN)
        self._arrange()
        self.full_screen_changed.emit(full)

    def _arrange(self) -> None:
        """Lay the parts out; in full screen the bars lie over the picture."""
        width, height = self.width(), self.height()
        bar, strip = self.bar.height(), self.strip.height()
        self.bar.setGeometry(0, 0, width, bar)
        self.strip.setGeometry(0, height - strip, width, strip)
        if self.screen_use.full:
            self.view.setGeometry(0, 0, width, height)
        else:
            foot = strip if self.screen_use.wanted(self.strip) else 0
            self.view.setGeometry(QRect(0, bar, width, max(1, height - bar - foot)))
        self.screen_use.arrange()

    @Slot(str)
    def _run(self, name: str) -> None:
        if self._commands is not None:
            self._commands.run(name)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by the space bar, back by Enter: keys that buttons need for themselves."""
        if event.key() == Qt.Key.Key_Space:
            if self.slide_show.running:
                self.slide_show.toggle_pause()
            else:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.go_on(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        else:
            event.ignore()

    @contained()
    def showEvent(self, event: QShowEvent) -> None:
        """A photo may have been opened before anything could be seen: it is the one now."""
        super().showEvent(event)
        if self._photo_id is not None:
            self.moved.emit(self._position)
            self._show()  # of what came meanwhile, nothing was drawn

    @contained()
    def hideEvent(self, event: QHideEvent) -> None:
        """No slide show goes on unseen, nor keeps the screen awake."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.slide_show.stop()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out, and read again for the new size once it rests."""
        super().resizeEvent(event)
        self._arrange()
        self._settle.start()

    @contained()
    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
