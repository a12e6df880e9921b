"""Full screen: the bars hide until the pointer moves, and a note appears over the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from app.virtuals import contained

HIDE_MS = 2500
NOTE_MS = 1800
NOTE_TOP = 68


class ViewerScreen(QObject):
    """Whether a page fills the screen. Signals: `changed(full)`.

    `bars` are hidden in full screen while the pointer rests over `picture`.
    """

    changed = Signal(bool)

    def __init__(self, page: QWidget, picture: QWidget, bars: Sequence[QWidget]) -> None:
        super().__init__(page)
        self._page = page
        self._picture = picture
        self._bars = dict.fromkeys(bars, True)
        self._full = False
        self._before = Qt.WindowState.WindowNoState
        self._shown = True
        self._last = QPoint()
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(HIDE_MS)
        self._hide.timeout.connect(self._rest)
        self._note = QLabel(page)
        self._note.setObjectName("viewer_note")
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note.hide()
        self._unsay = QTimer(self)
        self._unsay.setSingleShot(True)
        self._unsay.setInterval(NOTE_MS)
        self._unsay.timeout.connect(self._note.hide)

    @property
    def full(self) -> bool:
        """Whether the page fills the screen."""
        return self._full

    @property
    def bars_shown(self) -> bool:
        """Whether the bars are seen."""
        return self._shown

    def wanted(self, bar: QWidget) -> bool:
        """Whether a bar is to be seen at all."""
        return self._bars[bar]

    def set_wanted(self, bar: QWidget, *, wanted: bool) -> None:
        """A bar is to be seen, or not."""
        self._bars[bar] = wanted
        self._show_bars(shown=self._shown)

    def toggle(self) -> None:
        """Fill the screen, or no longer."""
        if self._full:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Fill the screen."""
        if self._full:
            return
        window = self._page.window()
        self._before = window.windowState()
        self._full = True
        self._last = self._page.cursor().pos()
        self._picture.setMouseTracking(True)
        self._picture.installEventFilter(self)
        window.installEventFilter(self)
        window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        self._show_bars(shown=False)
        self.changed.emit(True)

    def leave(self) -> None:
        """Be as large as before."""
        if not self._full:
            return
        self._full = False
        self._hide.stop()
        self._picture.setMouseTracking(False)
        self._picture.removeEventFilter(self)
        self._page.window().removeEventFilter(self)
        self._page.window().setWindowState(self._before)
        self._show_bars(shown=True)
        self.changed.emit(False)

    def tell(self, text: str) -> None:
        """Say something over the picture for a moment."""
        self._note.setText(text)
        self._note.adjustSize()
        self._note.show()
        self.arrange()
        self._unsay.start()

    def hush(self) -> None:
        """What was said no longer holds."""
        self._unsay.stop()
        self._note.hide()

    def arrange(self) -> None:
        """The page has another size."""
        self._note.move((self._page.width() - self._note.width()) // 2, NOTE_TOP)
        for bar in self._bars:
            bar.raise_()
        self._note.raise_()

    @Slot()
    def _rest(self) -> None:
        if any(bar.underMouse() or bar.hasFocus() for bar in self._bars):
            self._hide.start()
        elif self._full:
            self._show_bars(shown=False)

    def _show_bars(self, *, shown: bool) -> None:
        self._shown = shown
        for bar, wanted in self._bars.items():
            bar.setVisible(shown and wanted)
        if shown:
            self._page.unsetCursor()
        else:  # the picture has one of its own only where it can be moved
            self._page.setCursor(Qt.CursorShape.BlankCursor)

    @contained(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the bars while the pointer moves; notice when the system ends full screen."""
        if watched is self._picture and event.type() == QEvent.Type.MouseMove:
            self._moved()
        elif (
            event.type() == QEvent.Type.WindowStateChange and not self._page.window().isFullScreen()
        ):
            self.leave()
        return False

    def _moved(self) -> None:
        here = self._page.cursor().pos()
        if here != self._last:  # platforms send moves that are none when windows change
            self._last = here
            if not self._shown:
                self._show_bars(shown=True)
            self._hide.start()
