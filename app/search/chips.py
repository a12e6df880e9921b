"""Chips: parts of a query that are finished, shown as things that can be taken away.

A chip is one token of the query language. Its text stays in the query as it was typed; the chip is
only how that part is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from app import wording
from app.theme import Theme
from app.virtuals import contained
from core.errors import QueryError

if TYPE_CHECKING:
    from core.search.query import Token

OBJECT = QTextFormat.ObjectTypes.UserObject + 1
TEXT = QTextFormat.Property.UserProperty + 1
LABEL = QTextFormat.Property.UserProperty + 2
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

FONT_PIXELS = 12
WIDEST = 240.0
INSET = 8.0
CROSS = 16.0  # wide, at the end of a chip
GAP = 2.0  # beside a chip
RISE = 4.0  # how far a chip stands out over and under its line

# Signs between the ends of a range, and before one end, as they are read.
_RANGED = ("date", "rating", "size")


@dataclass(frozen=True)
class Found:
    """A part of a text that is a chip: text[start:end], and what the chip says."""

    start: int
    end: int
    label: str


Language = Callable[[str], list["Token"]]
"""Splits a text into tokens and checks them; raises QueryError. See `load_language`."""


def load_language() -> Language:
    """The query language, for a thread: importing it takes a moment."""
    from core.search.query import parse_query, tokenize

    def checked(text: str) -> list[Token]:
        tokens = tokenize(text)
        for token in tokens:
            if token.kind == "filter":
                parse_query(text[token.start : token.end])
        return tokens

    return checked


def finished_chips(text: str, language: Language, caret: int | None) -> list[Found]:
    """Filters and excluded words in `text`, but for the one that `caret` still writes.

    A text that is not understood has none: it is left as it is until it is mended.
    """
    try:
        tokens = language(text)
    except QueryError:
        return []
    return [
        Found(token.start, token.end, label(token))
        for token in tokens
        if token.kind in ("filter", "excluded")
        and (caret is None or not token.start <= caret <= token.end)
    ]


def label(token: Token) -> str:
    """What a chip says: "date: 2009–2012", "not dog", "not type: raw"."""
    text = wording.shown(token.text)
    if token.kind == "filter":
        name = token.name.lower()
        if name in _RANGED:
            low, dots, high = text.partition("..")
            text = f"{low}–{high}" if low and dots and high else text
        text = f"{name}: {text}"
    if not token.negated:
        return text
    return QCoreApplication.translate("SearchChips", "not {what}").format(what=text)


def chip_format(text: str, label: str) -> QTextCharFormat:
    """What a chip is in a document: one character that stands for `text`."""
    made = QTextCharFormat()
    made.setObjectType(OBJECT)
    made.setProperty(TEXT, text)
    made.setProperty(LABEL, label)
    return made


class ChipPainter(QPyTextObject):
    """Measures and draws the chips of a document.

    `chosen` tells whether the chip at a position is selected; the pointer is on the cross of the
    one at `lit`.
    """

    def __init__(
        self,
        theme: Theme,
        font: QFont,
        chosen: Callable[[int], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.lit = -1
        self.theme = theme
        self._font = QFont(font)
        self._font.setPixelSize(FONT_PIXELS)
        self._metrics = QFontMetricsF(self._font)

    @contained(QSizeF)
    def intrinsicSize(self, _document: QTextDocument, _at: int, form: QTextFormat) -> QSizeF:
        """As wide as its words need, up to a limit; as high over the line as its letters."""
        words = min(WIDEST, self._metrics.horizontalAdvance(str(form.property(LABEL))) + 1)
        return QSizeF(words + INSET + CROSS + 4 + 2 * GAP, self._metrics.ascent())

    @contained()
    def drawObject(
        self,
        painter: QPainter,
        room: QRectF | QRect,
        document: QTextDocument,
        at: int,
        form: QTextFormat,
    ) -> None:
        """Draw a plate, the words and a cross; a frame where it is selected."""
        # Not as high as the line by its letters: without words beside chips it is lower.
        high = document.begin().blockFormat().lineHeight() or room.height()
        plate = QRectF(room.left(), document.documentMargin(), room.width(), high)
        plate.adjust(GAP, -RISE, -GAP, RISE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self._chosen(at)
        painter.setPen(QPen(self._colour("accent"), 1.5) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("selection" if chosen else "hover"))
        painter.drawRoundedRect(plate, 5, 5)
        words = plate.adjusted(INSET, 0, -CROSS - 4, 0)
        painter.setFont(self._font)
        painter.setPen(self._colour("text"))
        elided = self._metrics.elidedText(
            str(form.property(LABEL)), Qt.TextElideMode.ElideMiddle, words.width() + 1
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        colour = self._colour("text" if at == self.lit or chosen else "dim")
        painter.setPen(QPen(colour, 1.3))
        middle = QRectF(plate.right() - CROSS - 1, plate.top(), CROSS, plate.height()).center()
        for rise in (3.0, -3.0):
            painter.drawLine(middle + QPointF(-3.0, -rise), middle + QPointF(3.0, rise))
        painter.restore()

    def _colour(self, name: str) -> QColor:
        return self.theme.colour(name)
