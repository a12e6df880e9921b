"""A query as it stands in a document: runs of text, and chips that are one character each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from app.search.chips import CROSS, LABEL, MARK, OBJECT, TEXT

LONGEST = 10_000
"""Characters that are taken in at once: the language refuses fewer, and says so."""


@dataclass(frozen=True)
class Piece:
    """A run of text, or one chip: where it is in the document, and in the query."""

    at: int
    length: int
    text: str
    start: int
    label: str = ""

    @property
    def chip(self) -> bool:
        """Whether it is a chip."""
        return bool(self.label)


def pieces(document: QTextDocument) -> list[Piece]:
    """Everything in order. Where a chip touches its neighbour, the query has a space."""
    found: list[Piece] = []
    start = 0
    runs = document.begin().begin()
    while not runs.atEnd():
        run = runs.fragment()
        form, text = run.charFormat(), run.text()
        if form.objectType() == OBJECT:
            text = str(form.property(TEXT))
            for n in range(run.length()):
                start += bool(found) and not found[-1].text.endswith(" ")
                found.append(Piece(run.position() + n, 1, text, start, str(form.property(LABEL))))
                start += len(text)
        else:
            start += bool(found) and found[-1].chip and not text.startswith(" ")
            found.append(Piece(run.position(), run.length(), text, start))
            start += len(text)
        runs += 1
    return found


def query_of(found: Sequence[Piece]) -> str:
    """What is written, chips as the text they stand for."""
    query = ""
    for piece in found:
        query += " " * (piece.start - len(query)) + piece.text
    return query


def selected(found: Sequence[Piece], start: int, end: int) -> str:
    """The part of the query that is between two places of the document."""
    parts = []
    for piece in found:
        first, last = max(start, piece.at), min(end, piece.at + piece.length)
        if first < last:
            text = piece.text if piece.chip else piece.text[first - piece.at : last - piece.at]
            parts.append(text.strip())
    return " ".join(filter(None, parts))


def chip_at(document: QTextDocument, found: Sequence[Piece], x: float) -> tuple[Piece | None, bool]:
    """The chip that is x pixels from the left, and whether its cross is there."""
    line = document.begin().layout().lineAt(0)
    x -= document.documentMargin()
    for piece in found:
        if piece.chip and line.isValid():
            ends = _x(line.cursorToX(piece.at)), _x(line.cursorToX(piece.at + 1))
            if min(ends) <= x < max(ends):
                return piece, x > max(ends) - CROSS - 6
    return None, False


def made_text(document: QTextDocument, piece: Piece) -> QTextCursor:
    """Make a chip text again, apart from what is beside it; returns the place behind it."""
    cursor = QTextCursor(document)
    cursor.setPosition(piece.at)
    cursor.setPosition(piece.at + 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(piece.text, QTextCharFormat())
    end, text = cursor.position(), cursor.block().text()
    if end < len(text) and text[end] != " ":
        cursor.insertText(" ", QTextCharFormat())
    if piece.at and text[piece.at - 1] != " ":
        cursor.setPosition(piece.at)
        cursor.insertText(" ", QTextCharFormat())
        end += 1
    cursor.setPosition(end)
    return cursor


def wrong_marks(
    document: QTextDocument, found: Sequence[Piece], start: int, end: int, colour: QColor
) -> list[QTextEdit.ExtraSelection]:
    """Wavy lines under query[start:end]."""
    marks = []
    for piece in found:
        first = max(start, piece.start) - piece.start
        last = min(end, piece.start + len(piece.text)) - piece.start
        if first < last:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(document)
            cursor.setPosition(piece.at + (0 if piece.chip else first))
            behind = piece.at + (1 if piece.chip else last)
            cursor.setPosition(behind, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            mark.format.setUnderlineColor(colour)
            marks.append(mark)
    return marks


def draw_hint(line: QTextEdit, hint: str, colour: QColor) -> None:
    """Draw what an empty line is for, as far as there is room."""
    painter = QPainter(line.viewport())
    painter.setPen(colour)
    margin = round(line.document().documentMargin())
    room = line.viewport().rect().adjusted(margin, 0, -margin, 0)
    elided = painter.fontMetrics().elidedText(hint, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
    painter.end()


def keep_height(document: QTextDocument, pixels: int) -> None:
    """Make the line as high in every script, so that nothing moves up and down."""
    form = document.begin().blockFormat()
    if form.lineHeight() != pixels:
        form.setLineHeight(pixels, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        document.setUndoRedoEnabled(False)
        QTextCursor(document).setBlockFormat(form)
        document.setUndoRedoEnabled(True)


def one_line(text: str) -> str:
    """Text without line breaks and control characters, and not endless."""
    return "".join(map(_plain, text[:LONGEST].strip("\r\n")))


def _plain(character: str) -> str:
    control = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
    return " " if control or character.isspace() or character == MARK else character


def _x(at: object) -> float:
    """The x of QTextLine.cursorToX, which comes together with the cursor."""
    return float(at[0] if isinstance(at, tuple) else at)  # type: ignore[arg-type]
