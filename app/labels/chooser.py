"""Choosing one label of very many: a field that finds as one types, over the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from app import wording
from app.labels.choices import Choice, choices, fitting, named
from app.labels.form import LONGEST_NAME
from app.search.offers import Offer
from app.search.popup import ROW, OfferRows
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.passing_field import PassingField

if TYPE_CHECKING:
    from app.theme import Theme
    from core.library import Label

WIDTH = 360
ROWS = 12
EDGE = 8
AROUND = 16  # left of the window beside it
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
Key = Qt.Key


class _Found(QAbstractListModel):
    """Labels that were found, and last the offer of a new one where `new` is not empty."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: list[Choice] = []
        self._new = ""

    def show_found(self, found: list[Choice], new: str) -> None:
        self.beginResetModel()
        self._found, self._new = found, new
        self.endResetModel()

    def label_at(self, row: int) -> Label | None:
        """The label in a row; None for the offer of a new one."""
        return self._found[row].label if row < len(self._found) else None

    @contained(0)
    def rowCount(self, _parent: _Index = _NO_INDEX) -> int:
        """Labels, and the offer."""
        return len(self._found) + bool(self._new)

    @contained()
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is drawn, read out, and shown in full under the pointer."""
        offer = self._offer(index.row())
        if role == _ROLE:
            return offer
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return offer.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (offer.text, offer.note) if part)
        return None

    def _offer(self, row: int) -> Offer:
        if row >= len(self._found):
            text = self.tr("New label “{name}”…").format(name=wording.shown(self._new))
            return Offer(self._new, text)
        choice = self._found[row]
        notes = [self.tr("used lately")] if choice.lately else []
        if not choice.label.active:
            notes.append(self.tr("switched off"))
        text = wording.shown(choice.label.name)
        return Offer(choice.label.name, text, ", ".join(notes), whole=True)


class LabelChooser(QWidget):
    """Stands in the middle of `window`, over everything else, until one is chosen or Esc pressed.

    `chosen` with a label's id; `new_asked` with the name of one that there is not yet. A press
    beside it closes it, and does no more than that.
    """

    chosen = Signal(int)
    new_asked = Signal(str)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._all: list[Choice] = []
        self._before: QWidget | None = None
        self.box = QFrame(self)
        self.box.setObjectName("offers")
        self.title = ElidedLabel()
        self.title.setProperty("role", "section")
        self.title.setIndent(2)
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Name of a label"))
        self.field.setMaxLength(LONGEST_NAME)
        self.field.textChanged.connect(self._find)
        self.found = _Found(self)
        self.list = QListView()
        self.list.setObjectName("offers_list")
        self.list.setModel(self.found)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("Labels"))
        self._rows = OfferRows(theme, self.list)
        self.list.setItemDelegate(self._rows)
        self.list.clicked.connect(self._choose)
        column = QVBoxLayout(self.box)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        window.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = self._rows.theme = theme

    def open(self, title: str, labels: Sequence[Label], used: Sequence[str]) -> None:
        """Let one of `labels` be chosen; those whose names were `used` last come first."""
        self._all = choices(labels, used)
        self._before = QApplication.focusWidget()
        self.title.setText(title)
        self.field.setAccessibleName(title)
        self.field.clear()
        self._find("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_chooser(self) -> None:
        """Go away, and give the keyboard back to where it was."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        had_keys = self.field.hasFocus()
        self.hide()
        if had_keys and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        """In the middle of the window, as high as there are rows; its field stays in its place."""
        room = self.window().size()
        self.setGeometry(QRect(QPoint(), room))
        width = min(self._theme.px(WIDTH), room.width() - 2 * AROUND)
        above = self.title.sizeHint().height() + self.field.sizeHint().height() + 2 * EDGE + 14
        most = min(above + ROWS * ROW, room.height() - 2 * AROUND)
        height = min(above + self.found.rowCount() * ROW, most)
        left, top = (room.width() - width) // 2, (room.height() - most) // 3
        self.box.setGeometry(max(0, left), max(0, top), width, height)

    @contained(False)
    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Go with the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the list ends it."""
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_chooser()

    @contained()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing below it is scrolled."""
        event.accept()

    # Finding

    @Slot(str)
    def _find(self, written: str) -> None:
        name = " ".join(written.split())
        found = fitting(self._all, name)
        self.found.show_found(found, "" if not name or named(found, name) else name)
        self._place()
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        row = max(0, min(row, self.found.rowCount() - 1))
        index = self.found.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if spoken:  # the keyboard stays in the field: who listens is told what is chosen
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, spoken))

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        label, name = self.found.label_at(index.row()), " ".join(self.field.text().split())
        self.close_chooser()
        if label is None:
            self.new_asked.emit(name)
        else:
            self.chosen.emit(label.id)

    def take_key(self, key: int) -> bool:
        """Use a key if it is for the list."""
        row = self.list.currentIndex().row()
        match key:
            case Key.Key_Escape:
                self.close_chooser()
            case Key.Key_Return | Key.Key_Enter:
                self._choose(self.list.currentIndex())
            case Key.Key_Down | Key.Key_Tab:
                self._go_to(row + 1)
            case Key.Key_Up | Key.Key_Backtab:
                self._go_to(row - 1)
            case Key.Key_PageDown:
                self._go_to(row + ROWS - 1)
            case Key.Key_PageUp:
                self._go_to(row - ROWS + 1)
            case _:
                return False
        return True


class _Field(PassingField):
    """Keeps the keyboard; keys of the list are the list's, Tab among them."""

    def __init__(self, chooser: LabelChooser) -> None:
        super().__init__(chooser, _OWN_KEYS)
        self._chooser = chooser
        self.left.connect(chooser.close_chooser)

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Before Qt sees it: Tab would go to the next widget."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._chooser.take_key(event.key()) or super().event(event)
        return super().event(event)


_OWN_KEYS = frozenset(
    {
        Key.Key_Escape,
        Key.Key_Return,
        Key.Key_Enter,
        Key.Key_Up,
        Key.Key_Down,
        Key.Key_PageUp,
        Key.Key_PageDown,
        Key.Key_Tab,
        Key.Key_Backtab,
    }
)
