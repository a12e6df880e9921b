"""How a row of the sidebar is drawn, and the field in which a name is changed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import wording
from app.sidebar.model import Index, SidebarModel
from app.sidebar.tree import NEW, NEW_ALBUM, Node
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon_image

ROW = 28
GUTTER = 18  # before a name: where the arrow of a row with rows below it is
STEP = 12  # a level further in
DEEPEST = 8  # levels further in; below that, rows stay under each other
SIGN = 12
EDGE = 8  # after the count
DOTS_WIDTH = 36
LONGEST_NAME = 200

State = QStyle.StateFlag


class SidebarPainter(QStyledItemDelegate):
    """A row: arrow, name shortened in the middle where it must be, count at the right.

    `target`: the key of the row that photos would be dropped on.
    """

    named = Signal(str, str)  # key of the row, the name that was typed

    def __init__(self, theme: Theme, model: SidebarModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.target = ""
        self._model = model

    @contained(QSize)
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """28 px, more where the text is larger."""
        return QSize(0, max(ROW, option.fontMetrics.height() + 10))

    @contained()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        node = self._model.node(index)
        if node is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        room = QRect(option.rect)
        self._ground(painter, room, option.state, node)
        inside = room.adjusted(self.indent(index), 0, -EDGE, 0)
        opened = bool(option.state & State.State_Open)
        if node.heading:
            self._heading(painter, inside, option, node, opened)
        else:
            self._row(painter, inside, option, node, opened)
        painter.restore()

    def indent(self, index: Index) -> int:
        """Where the name of a row begins."""
        return GUTTER + STEP * min(DEEPEST, self._model.depth(index))

    def _ground(self, painter: QPainter, room: QRect, state: State, node: Node) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if state & State.State_Selected:
            painter.setBrush(self.theme.colour("selection"))
            painter.drawRoundedRect(room, 6, 6)
        elif state & State.State_MouseOver and not node.heading:
            painter.setBrush(self.theme.colour("field"))
            painter.drawRoundedRect(room, 6, 6)
        dropped_on = bool(self.target) and node.key == self.target
        if state & State.State_HasFocus or dropped_on:
            painter.setPen(self.theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 6, 6)

    def _heading(
        self,
        painter: QPainter,
        inside: QRect,
        option: QStyleOptionViewItem,
        node: Node,
        opened: bool,
    ) -> None:
        font = QFont(option.font)
        font.setPixelSize(max(1, round(font.pixelSize() * 0.85)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        # Nearer to what it stands over than to what is above.
        inside = inside.adjusted(0, 6, 0, 0)
        hovered = option.state & (State.State_MouseOver | State.State_HasFocus)
        if hovered or not opened:
            self._arrow(painter, inside, opened)
        painter.setPen(self.theme.colour("dim"))
        _text(painter, inside, self._model.name(node))

    def _row(
        self,
        painter: QPainter,
        inside: QRect,
        option: QStyleOptionViewItem,
        node: Node,
        opened: bool,
    ) -> None:
        state = option.state
        bright = "selected_dim" if state & State.State_Selected else "dim"
        metrics = option.fontMetrics
        name = self._model.name(node)
        gutter = inside.left() - GUTTER + 3
        if node.children:
            self._arrow(painter, inside, opened)
        elif node.key in NEW:
            self._sign(painter, gutter, inside, "plus", "dim")
        elif node.key == "problems" and node.count:
            self._sign(painter, gutter, inside, "triangle-alert", "warning")
        end = _right_part(node)
        word = self.tr("offline") if node.offline and node.root else ""
        sign = "unplug"
        if node.off:
            word, sign = self.tr("off"), "eye-off"
        beside = metrics.horizontalAdvance(word) + SIGN + 14
        if state & State.State_MouseOver and has_menu(node):
            self._sign(painter, inside.right() - SIGN - 2, inside, "ellipsis", "text", SIGN + 4)
            room = inside.width() - SIGN - 12
        else:
            taken = metrics.horizontalAdvance(end) + 10
            if word and metrics.horizontalAdvance(name) + beside + taken > inside.width():
                end, taken = "", 0  # the word matters more than the count, which the tip has too
            painter.setPen(self.theme.colour(bright))
            _text(painter, inside, end, Qt.AlignmentFlag.AlignRight)
            room = inside.width() - taken
        if word:
            room -= beside
        dim = node.key in NEW or node.offline or node.off
        painter.setPen(self.theme.colour(bright if dim else "text"))
        name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(0, room))
        _text(painter, inside, name)
        if word:
            left = inside.left() + metrics.horizontalAdvance(name) + 8
            self._sign(painter, left, inside, sign, bright)
            _text(painter, inside.adjusted(left + SIGN + 4 - inside.left(), 0, 0, 0), word)

    def _arrow(self, painter: QPainter, inside: QRect, opened: bool) -> None:
        name = "chevron-down" if opened else "chevron-right"
        self._sign(painter, inside.left() - GUTTER + 3, inside, name, "dim")

    def _sign(
        self, painter: QPainter, left: int, inside: QRect, name: str, colour: str, size: int = SIGN
    ) -> None:
        scale = painter.device().devicePixelRatioF()
        image = icon_image(name, self.theme.colour(colour), round(size * scale))
        top = inside.top() + (inside.height() - size) // 2
        painter.drawImage(QRect(left, top, size, size), image)

    # Changing a name

    @contained()
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field in place of the name."""
        node = self._model.node(index)
        field = QLineEdit(parent)
        field.setObjectName("sidebar_name")
        field.setMaxLength(LONGEST_NAME)
        new = node is not None and node.key == NEW_ALBUM
        field.setPlaceholderText(self.tr("Name of the album") if new else "")
        field.setAccessibleName(self.tr("Name of the album") if new else self.tr("New name"))
        return field

    @contained()
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """From where the name begins to the end of the row."""
        editor.setGeometry(QRect(option.rect).adjusted(self.indent(index) - 7, 1, -2, -1))

    @contained()
    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Tell what was typed, if it is another name."""
        node = self._model.node(index)
        if node is None or not isinstance(editor, QLineEdit):
            return
        name = " ".join(editor.text().split())
        if name and name != node.name:
            self.named.emit(node.key, name)

    @contained(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab leaves the field for the next widget, not for the next row's field."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (  # type: ignore[attr-defined]
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
        ):
            return False
        return super().eventFilter(editor, event)


def has_menu(node: Node) -> bool:
    """Whether the dots at the end of a row open a menu."""
    return node.place is not None and bool(node.place.value)


def _right_part(node: Node) -> str:
    """The count, where there is one worth a word."""
    if node.count is None or (node.count == 0 and node.key == "problems"):
        return ""
    return wording.number(node.count)


def _text(
    painter: QPainter,
    room: QRect,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(room, int(flags), text)
