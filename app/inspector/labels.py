"""The labels of what is inspected: how well each fits, who said so, and yes or no to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app import wording
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon

if TYPE_CHECKING:
    from app.theme import Theme

MOST = 8  # lines, before "more"
BAR_WIDTH = 56
NEAR = 0.2  # labels that are not carried but fit this well are offered

Source = Literal["hand", "automatic", "none"]


@dataclass(frozen=True)
class LabelFact:
    """A label of a photo, or of several.

    `relevance` is None where it is not known yet, and for several photos. `source`: who says that
    they carry it. `count` of `photos` carry it. `refused`: a person said that it does not fit.
    """

    label_id: int
    name: str
    relevance: float | None
    source: Source = "automatic"
    refused: bool = False
    count: int = 1
    photos: int = 1


class RelevanceBar(QWidget):
    """How well a label fits, as a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self._carried = True
        self.setFixedSize(BAR_WIDTH, 6)

    def show_share(self, share: float, *, carried: bool) -> None:
        """Show a number from 0 to 1; one that is `carried` in the colour of what is so."""
        self._share, self._carried = share, carried
        self.update()

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove and how far it is filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        whole = QRectF(0, 1, self.width(), 4)
        painter.drawRoundedRect(whole, 2, 2)
        painter.setBrush(self._theme.colour("good" if self._carried else "handle"))
        whole.setWidth(max(4.0, whole.width() * self._share) if self._share > 0 else 0)
        painter.drawRoundedRect(whole, 2, 2)
        painter.end()


class LabelLine(QWidget):
    """One label: its name, which leads to it; how well it fits; yes and no."""

    asked = Signal(int)  # label id: show it
    answered = Signal(int, object)  # label id; True, False, or None to take back what was said

    def __init__(self, fact: LabelFact, theme: Theme, *, writable: bool) -> None:
        super().__init__()
        self.fact = fact
        self.name = QPushButton()
        self.name.setProperty("link", True)
        self.name.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.clicked.connect(partial(self.asked.emit, fact.label_id))
        text = ElidedLabel(self.name, Qt.TextElideMode.ElideRight)
        text.setText(wording.shown(fact.name))
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if fact.source == "none":
            text.setProperty("class", "dim")
        inside = QHBoxLayout(self.name)
        inside.setContentsMargins(2, 0, 2, 0)
        inside.addWidget(text)
        self._bar = RelevanceBar(theme)
        carried = fact.source != "none"
        several = fact.photos > 1
        share = fact.count / fact.photos if several else fact.relevance or 0.0
        self._bar.show_share(share, carried=carried)
        self.said = QLabel(self._number())
        self.said.setProperty("class", "dim")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.yes = self._button("check", theme, self.tr("Yes, “{label}” fits"), True)
        self.no = self._button("x", theme, self.tr("No, “{label}” does not fit"), False)
        self.yes.setChecked(fact.source == "hand" and not fact.refused)
        self.no.setChecked(fact.refused)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.name, 1)
        line.addWidget(self._bar)
        line.addWidget(self.said)
        for button in (self.yes, self.no):
            button.setVisible(writable)
            line.addWidget(button)
        self.name.setAccessibleName(self.tr("Label {what}").format(what=self.spoken()))
        self.name.setToolTip(self.spoken() + "\n" + self.tr("Show its photos"))

    def spoken(self) -> str:
        """All of the line in words."""
        fact = self.fact
        parts = [wording.shown(fact.name)]
        if fact.photos > 1:
            share = self.tr("{n} of {photos}")
            n, photos = wording.number(fact.count), wording.photos(fact.photos)
            parts.append(share.format(n=n, photos=photos))
        elif fact.relevance is not None:
            parts.append(self.tr("relevance {n}").format(n=f"{fact.relevance:.2f}"))
        if fact.refused:
            parts.append(self.tr("refused by hand"))
        elif fact.source == "hand":
            parts.append(self.tr("by hand"))
        elif fact.source == "automatic":
            parts.append(self.tr("by itself"))
        else:
            parts.append(self.tr("not carried"))
        return ", ".join(parts)

    def _number(self) -> str:
        fact = self.fact
        if fact.photos > 1:
            return f"{wording.number(fact.count)}/{wording.number(fact.photos)}"
        return "…" if fact.relevance is None else f"{fact.relevance:.2f}"

    def _button(self, sign: str, theme: Theme, said: str, yes: bool) -> QToolButton:
        button = QToolButton()
        button.setObjectName("small_tool")
        button.setCheckable(True)
        button.setIcon(icon(sign, theme.colour("good" if yes else "danger"), 14))
        button.setIconSize(QSize(14, 14))
        text = said.format(label=wording.shown(self.fact.name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._answer, button, yes))
        return button

    def _answer(self, button: QToolButton, yes: bool, _checked: bool = False) -> None:
        said: bool | None = yes if button.isChecked() else None  # said before: taken back
        other = self.no if yes else self.yes
        other.setChecked(False)
        self.answered.emit(self.fact.label_id, said)


class InspectorLabels(QWidget):
    """The labels of what is inspected, carried ones first; it hides where there are no labels.

    `answered(label id, True | False | None)`, `asked(label id)` to show its photos, `add_asked` to
    tag by hand with another one.
    """

    answered = Signal(int, object)
    asked = Signal(int)
    add_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: tuple[LabelFact, ...] = ()
        self._writable = True
        self._whole = False
        self.lines: list[LabelLine] = []
        title = QLabel(self.tr("Labels"))
        title.setProperty("role", "section")
        self.add = QPushButton(self.tr("+ label"))
        self.add.setProperty("link", True)
        self.add.setAccessibleName(self.tr("Tag by hand with another label"))
        self.add.clicked.connect(self.add_asked)
        self.more = QPushButton()
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._show_all)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(self._column)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def facts(self) -> tuple[LabelFact, ...]:
        """What is shown."""
        return self._facts

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._rebuild()

    def set_writable(self, writable: bool) -> None:
        """Whether anything can be said."""
        self._writable = writable
        self._rebuild()

    def show_facts(self, facts: Sequence[LabelFact]) -> None:
        """Show these."""
        if tuple(facts) != self._facts:
            self._facts = tuple(facts)
            self._whole = False
            self._rebuild()

    @Slot()
    def _show_all(self) -> None:
        self._whole = True
        self._rebuild()

    def _rebuild(self) -> None:
        focus = [(line.fact.label_id, *_focused(line)) for line in self.lines if _focused(line)]
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        shown = self._facts if self._whole else self._facts[:MOST]
        for fact in shown:
            line = LabelLine(fact, self._theme, writable=self._writable)
            line.answered.connect(self.answered)
            line.asked.connect(self.asked)
            self._column.addWidget(line)
            self.lines.append(line)
        rest = len(self._facts) - len(shown)
        self.more.setText(self.tr("{n} more").format(n=wording.number(rest)))
        self.more.setVisible(rest > 0)
        self.add.setVisible(self._writable)
        _keep_width(self.lines)
        for label_id, part in focus:  # the keyboard stays where it was
            for line in self.lines:
                if line.fact.label_id == label_id:
                    (line.name, line.yes, line.no)[part].setFocus()


def _focused(line: LabelLine) -> tuple[int, ...]:
    parts = (line.name, line.yes, line.no)
    return tuple(n for n, part in enumerate(parts) if part.hasFocus())


def _keep_width(lines: Sequence[LabelLine]) -> None:
    """All numbers are as wide as the widest: bars stand under each other."""
    width = max((line.said.sizeHint().width() for line in lines), default=0)
    for line in lines:
        line.said.setFixedWidth(width)
