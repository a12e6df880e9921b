"""Going to a photo by the beginning of its name: a small field over the grid.

In the grid itself letters are put together to a name as well, but many of them are keys of
commands (F, I, 0 to 5): a name that begins with one of those is typed here.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.grid.place import Place
from app.grid.view import GridView
from app.virtuals import contained
from app.widgets.passing_field import PassingField

TOP = 4
MARGIN = 14
WIDTH = 320
OWN_KEYS = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NameFinder(QFrame):
    """Follows what is typed: Enter stays at the photo, Escape goes back to where one was.

    It lies over `grid` but belongs to `page`: keys of the grid mean nothing here.
    """

    def __init__(self, grid: GridView, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("name_finder")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = grid
        self._left: Place | None = None
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Beginning of a name"))
        self.field.setAccessibleName(self.tr("Beginning of a name"))
        self.note = QLabel(self.tr("No such name here"))
        self.note.setProperty("role", "problem")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        row.addWidget(self.note)
        self.hide()
        self.field.textEdited.connect(self._seek)
        grid.name_found.connect(self._tell)
        grid.installEventFilter(self)

    @Slot()
    def open(self) -> None:
        """Let a name be typed; what was typed before is there to be typed over."""
        if not self.isVisible():
            self._left = self._grid.place()
        self.note.hide()
        self.field.selectAll()
        self._arrange()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_at(self, *, stay: bool) -> None:
        """Give the keyboard back to the grid, where one is now or where one was."""
        left, self._left = self._left, None
        if not stay and left is not None:
            self._grid.go_back(left)
        self._grid.setFocus()
        self.hide()

    @Slot(str)
    def _seek(self, text: str) -> None:
        self.note.hide()
        if text:
            self._grid.type_ahead.emit(text)

    @Slot(bool)
    def _tell(self, found: bool) -> None:
        self.note.setVisible(not found and bool(self.field.text()))

    def _arrange(self) -> None:
        room = self._grid.geometry()
        right = room.right() + 1 - self._grid.scrubber.width() - MARGIN
        width = min(WIDTH, right - room.left() - MARGIN)
        # Over the end of a heading, where it hides no photo that is gone to.
        self.setGeometry(right - width, room.top() + TOP, width, self.sizeHint().height())

    @contained(False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the grid, and go with it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._arrange()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False


class _Field(PassingField):
    """Escape and Enter are its own, whatever else they mean in the window."""

    def __init__(self, finder: NameFinder) -> None:
        super().__init__(finder, OWN_KEYS)
        self._finder = finder
        self.left.connect(finder.hide)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter end it."""
        if event.key() in OWN_KEYS:
            self._finder.close_at(stay=event.key() != Qt.Key.Key_Escape)
        else:
            super().keyPressEvent(event)
