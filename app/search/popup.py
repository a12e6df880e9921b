"""The list under the search field: what can be written there, chosen by keys or by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.search.offers import Offer
from app.theme import Theme
from app.virtuals import contained

ROW = 28
ROWS = 12
NARROWEST = 340
EDGE = 5
_ROLE = Qt.ItemDataRole.UserRole
Key = Qt.Key


class SearchPopup(QFrame):
    """Stands under `field`, over everything else; the field keeps the keyboard.

    Nothing is chosen until a key goes into the list, so that Enter keeps its meaning.
    """

    chosen = Signal(object)  # Offer

    def __init__(self, field: QWidget, theme: Theme) -> None:
        super().__init__(field.window())
        self._field = field
        self.setObjectName("offers")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QListWidget()
        self._list.setObjectName("offers_list")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._rows = OfferRows(theme, self._list)
        self._list.setItemDelegate(self._rows)
        self._list.itemClicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(self._list)
        self.hide()

    @property
    def offers(self) -> list[Offer]:
        """What is in the list, if it is shown."""
        return [] if self.isHidden() else self._offers()

    @property
    def current(self) -> Offer | None:
        """The one that is chosen by keys."""
        item = self._list.currentItem()
        return None if item is None or self.isHidden() else item.data(_ROLE)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._rows.theme = theme

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these; an empty list goes away."""
        if not offers:
            self.hide()
            return
        if list(offers) != self._offers():
            self._list.clear()
            for offer in offers:
                item = QListWidgetItem(offer.text, self._list)
                item.setData(_ROLE, offer)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(offer))
                item.setToolTip(offer.text if len(offer.text) > 40 else "")
            self._list.setCurrentRow(-1)
        self._place()
        self.show()
        self.raise_()

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key if it is for the list."""
        if self.isHidden():
            return False
        key = event.key()
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, _KEYPAD):
            return False
        if key == Key.Key_Escape:
            self.hide()
        elif key in (Key.Key_Down, Key.Key_Up):
            self._go(1 if key == Key.Key_Down else -1)
        elif key in (Key.Key_PageDown, Key.Key_PageUp):
            self._go(ROWS if key == Key.Key_PageDown else -ROWS)
        elif key == Key.Key_Tab:
            self._choose(self.current or self._offers()[0])
        elif key in (Key.Key_Return, Key.Key_Enter) and self.current is not None:
            self._choose(self.current)
        else:
            return False
        return True

    def _offers(self) -> list[Offer]:
        return [self._list.item(n).data(_ROLE) for n in range(self._list.count())]

    def _go(self, steps: int) -> None:
        """Past either end no line is chosen: one is back in the field."""
        count, row = self._list.count(), self._list.currentRow()
        if abs(steps) > 1:
            row = min(max(0, row + steps), count - 1)
        else:
            row = (row + 1 + steps) % (count + 1) - 1
        self._list.setCurrentRow(row)
        if row >= 0:
            self._list.scrollToItem(self._list.item(row))
            # The keyboard stays in the field: a screen reader is told what is chosen in the list.
            spoken = _spoken(self._list.item(row).data(_ROLE))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._list, spoken))

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self._choose(item.data(_ROLE))

    def _choose(self, offer: Offer) -> None:
        self.hide()
        self.chosen.emit(offer)

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        width = min(max(NARROWEST, self._field.width()), window.width() - 16)
        left = min(corner.x(), window.width() - width - 8)
        rows = min(ROWS, self._list.count())
        height = min(rows * ROW + 2 * EDGE + 2, window.height() - corner.y() - 8)
        self.setGeometry(max(8, left), corner.y(), width, height)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _spoken(offer: Offer) -> str:
    parts = [offer.text, offer.note]
    if offer.count is not None:
        parts.append(wording.photos(offer.count))
    return ", ".join(part for part in parts if part)


class OfferRows(QStyledItemDelegate):
    """Draws an Offer in a line: the text, a note beside it, a count at the right.

    It is what the model tells for Qt.ItemDataRole.UserRole.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    @contained(QSize)
    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All alike."""
        return QSize(0, ROW)

    @contained()
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a line."""
        offer: Offer = index.data(_ROLE)
        state = option.state
        room = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selection" if selected else "field"))
            painter.drawRoundedRect(room, 5, 5)
        inside = room.adjusted(10, 0, -10, 0)
        metrics = painter.fontMetrics()
        dim = self.theme.colour("text" if selected else "dim")
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if offer.count is not None:
            count = wording.number(offer.count)
            painter.setPen(dim)
            painter.drawText(inside, right, count)
            inside.setRight(inside.right() - metrics.horizontalAdvance(count) - 12)
        note = metrics.horizontalAdvance(offer.note)
        words = max(80, inside.width() - (note + 16 if offer.note else 0))
        text = metrics.elidedText(offer.text, Qt.TextElideMode.ElideMiddle, words)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(inside, left, text)
        if offer.note and not offer.whole:
            inside.setLeft(inside.left() + max(104, metrics.horizontalAdvance(text) + 16))
            painter.setPen(dim)
            fitting = metrics.elidedText(offer.note, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, left, fitting)
        elif offer.note:
            painter.setPen(dim)
            painter.drawText(inside, right, offer.note)
        painter.restore()
