"""The line over the grid: what is shown and how many, or what is wrong with the query."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.grid.geometry import MARGIN
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel

PATIENCE_MS = 450
LOOKING_MS = 150  # nobody reads a heading that soon after asking for something else
HEIGHT = 40  # at least: a long problem takes as many lines as it needs
AROUND = 8
WIDE = 560  # pixels that a title, a note, what is selected and an offer need


class Heading(QWidget):
    """`title` and `note` at the left, `end` at the right; a problem takes their place.

    `offered`: the button beside `end` was pressed. While another question waits for its answer,
    "Looking…" stands in the place of what is not the answer to it.
    """

    offered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._title.setObjectName("heading_title")
        self._note = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._note.setObjectName("heading_note")
        self._end = ElidedLabel()
        self._end.setObjectName("heading_end")
        self._end.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._end.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer = QPushButton()
        self.offer.setObjectName("heading_offer")
        self.offer.setProperty("link", True)
        self.offer.clicked.connect(self.offered)
        self.offer.hide()
        self._problem = QLabel()
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setObjectName("heading_problem")
        self._problem.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._problem.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN + 12, 0)
        line.setSpacing(10)
        for label in (self._title, self._note, self._end, self.offer, self._problem):
            line.addWidget(label)
        self.setFixedHeight(HEIGHT)
        self._waiting = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_problem)
        self._told = ("", "")
        self._looks = False
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOKING_MS)
        self._looking.timeout.connect(self._show_told)

    @property
    def problem(self) -> str:
        """The problem that is shown, or ""."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def title(self) -> str:
        """What is said to be shown."""
        return self._told[0]

    @property
    def note(self) -> str:
        """What more is said of it."""
        return self._told[1]

    @property
    def looks(self) -> bool:
        """Whether it says, or is about to, that what is shown is not yet what was asked for."""
        return self._looks

    @property
    def end(self) -> str:
        """What is said at the right."""
        return self._end.text()

    def tell(self, title: str, note: str = "") -> None:
        """Say what is shown; a problem stays until it is cleared."""
        self._told = (title, note)
        if not self._looks or self._looking.isActive():
            self._show_told()

    @Slot()
    def look(self) -> None:
        """Something else was asked for: say so until it is there, if that is not at once."""
        if not self._looks:
            self._looks = True
            self._looking.start()

    def looked(self) -> None:
        """What is told is the answer."""
        self._looks = False
        self._looking.stop()
        self._show_told()

    @Slot()
    def _show_told(self) -> None:
        title, note = self._told
        if self._looks and not self._looking.isActive():
            title, note = self.tr("Looking…"), ""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(f"{title}, {note}" if note else title)

    def tell_end(self, text: str, offer: str = "") -> None:
        """Say something at the right; `offer` is what the button beside it does, "" for none."""
        self._end.setText(text)
        self.offer.setText(offer)
        self._fit_line()

    def tell_problem(self, text: str) -> None:
        """Say what is wrong, if it still is when one has stopped typing for a moment."""
        self._waiting = text
        self._patience.start()

    def clear_problem(self) -> None:
        """Nothing is wrong any more."""
        self._patience.stop()
        self._toggle(problem=False)

    @Slot()
    def _show_problem(self) -> None:
        self._problem.setText(self._waiting)
        self._toggle(problem=True)

    def _toggle(self, *, problem: bool) -> None:
        self._problem.setVisible(problem)
        self._fit_line()
        self._fit()

    def _fit_line(self) -> None:
        """Leave out what is least needed where there is no room for it beside an offer."""
        line, offers = self._problem.isHidden(), bool(self.offer.text())
        for label in (self._title, self._end):
            label.setVisible(line)
        self._note.setVisible(line and not (offers and self.width() < WIDE))
        self.offer.setVisible(line and offers)

    def _fit(self) -> None:
        high = 0
        if not self._problem.isHidden():
            room = self.contentsRect().width() - 2 * MARGIN - 12
            high = self._problem.heightForWidth(max(1, room)) + 2 * AROUND
        self.setFixedHeight(max(HEIGHT, high))

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room for a problem, or more."""
        super().resizeEvent(event)
        self._fit_line()
        self._fit()
