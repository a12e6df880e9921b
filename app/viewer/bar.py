"""The line above the picture: back, what it is, how much it is enlarged, what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app import wording
from app.commands import Commands
from app.grid.photo_row import PhotoRow
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon

HEIGHT = 52
# Pixels of the bar below which these are left out: there are keys and menus for all of it.
SAID_FROM, ZOOM_FROM = 820, 660
NAME_WIDTH = 80  # pixels that the name of the photo keeps, where there is any room
# What else goes where words are long, the least needed first.
LEAST_NEEDED = (
    "view.compare",
    "view.slide_show",
    "photo.rotate_right",
    "photo.rotate_left",
    "view.actual_size",
    "view.fit",
)
BUTTONS_FROM = {
    "view.compare": 600,
    "view.slide_show": 600,
    "photo.rotate_left": 520,
    "photo.rotate_right": 520,
    "view.actual_size": 420,
    "view.fit": 420,
}


@dataclass(frozen=True)
class Heading:
    """What the bar says: the photo's place among all, and screen pixels per pixel of it.

    `likely`: whether it matches. `more`: how many less likely photos could be gone on to now.
    """

    row: PhotoRow | None
    position: int
    count: int
    zoom: float
    fitted: bool
    likely: bool = True
    more: int = 0


class ViewerBar(QWidget):
    """Signals: `command_asked(name)`: a button stands for the command of that name."""

    command_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewer_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, QAbstractButton] = {}
        self._icons: dict[str, str] = {}
        self._name = ElidedLabel()
        self._name.setProperty("class", "viewer_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._place = QLabel()
        self._said = QLabel()
        self._zoom = QLabel()
        for label in (self._place, self._said, self._zoom):
            label.setProperty("class", "dim")
        self._zoom.setAccessibleName(self.tr("Zoom"))
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(10)
        line.addWidget(self._button("view.back", self.tr("Back"), "chevron-left", worded=True))
        line.addWidget(self._name)
        line.addWidget(self._place)
        line.addWidget(self._said)
        self._more = self._button(
            "view.less_likely", self.tr("Go on to the less likely photos"), worded=True
        )
        self._more.setProperty("link", True)
        self._more.hide()
        line.addWidget(self._more)
        line.addStretch(1)
        line.addWidget(self._zoom)
        line.addWidget(self._button("view.fit", self.tr("Fit"), worded=True))
        line.addWidget(self._button("view.actual_size", self.tr("100 %"), worded=True))
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for name, text, drawing in (
            ("photo.rotate_left", self.tr("Rotate left"), "rotate-ccw"),
            ("photo.rotate_right", self.tr("Rotate right"), "rotate-cw"),
            ("view.compare", self.tr("Compare with the next photo"), "columns-2"),
            ("view.slide_show", self.tr("Slide show"), "play"),
            ("view.full_screen", self.tr("Full screen"), "fullscreen"),
        ):
            tools.addWidget(self._button(name, text, drawing))
        line.addLayout(tools)
        for name in ("view.fit", "view.actual_size"):
            self._buttons[name].setCheckable(True)
        self.set_theme(theme)

    def _button(
        self, name: str, text: str, drawing: str = "", *, worded: bool = False
    ) -> QAbstractButton:
        button: QAbstractButton = QPushButton(text) if worded else QToolButton()
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(self._clicked)
        button.setObjectName(name)
        self._buttons[name] = button
        if drawing:
            self._icons[name] = drawing
        return button

    @property
    def text(self) -> str:
        """What is said of the photo."""
        labels = (self._name, self._place, self._said, self._zoom)
        return "  ".join(label.text() for label in labels if label.text())

    @property
    def place(self) -> str:
        """Which photo it is of how many, as it is said."""
        return self._place.text()

    def button(self, name: str) -> QAbstractButton:
        """The button that stands for a command."""
        return self._buttons[name]

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.setFixedHeight(theme.px(HEIGHT))
        for name, drawing in self._icons.items():
            self._buttons[name].setIcon(icon(drawing, theme.colour("text")))

    def show_keys(self, commands: Commands) -> None:
        """Say in the tooltips by which keys it goes as well."""
        for name, button in self._buttons.items():
            if name in commands:
                button.setToolTip(_with_keys(button.accessibleName(), commands[name]))

    def show_heading(self, heading: Heading) -> None:
        """Say what is shown."""
        row = heading.row
        self._name.setText("" if row is None else wording.shown(row.name))
        self._place.setText(self._told_place(heading))
        self._show_more(heading.more)
        said = [] if row is None else [wording.stars(row.rating)] if row.rating else []
        if row is not None and row.favourite:
            said.append(self.tr("Favourite"))
        self._said.setText("   ".join(said))
        percent = self.tr("{n} %").format(n=wording.number(round(100 * heading.zoom)))
        self._zoom.setText("" if row is None else percent)
        self._buttons["view.fit"].setChecked(heading.fitted)
        actual = not heading.fitted and abs(heading.zoom - 1) < 0.005
        self._buttons["view.actual_size"].setChecked(actual)
        self._fit()

    def _told_place(self, heading: Heading) -> str:
        """Which photo it is of how many: of those that match, or of all."""
        if heading.position >= heading.count:
            return self.tr("less likely")
        likely, other = self.tr("{n} of {total}"), self.tr("{n} of {total}, less likely")
        n, total = wording.number(heading.position + 1), wording.number(heading.count)
        return (likely if heading.likely else other).format(n=n, total=total)

    def _show_more(self, count: int) -> None:
        """Offer to go on to the less likely photos."""
        one, many = self.tr("1 less likely ›"), self.tr("{n} less likely ›")
        self._more.setText(one if count == 1 else many.format(n=wording.number(count)))
        self._more.setVisible(count > 0)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QAbstractButton):
            if button.isCheckable():  # checked says how it is, which the command decides
                button.setChecked(not button.isChecked())
            self.command_asked.emit(button.objectName())

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """No words are cut off but those of the name: buttons go instead."""
        self._said.setVisible(self.width() >= SAID_FROM)
        self._zoom.setVisible(self.width() >= ZOOM_FROM)
        for name, width in BUTTONS_FROM.items():
            self._buttons[name].setVisible(self.width() >= width)
        for part in (self._said, self._zoom, *(self._buttons[name] for name in LEAST_NEEDED)):
            if self._needed() <= self.width():
                break
            part.hide()

    def _needed(self) -> int:
        """How wide all parts are that are shown, with the name at its narrowest."""
        parts = (self._place, self._said, self._zoom, *self._buttons.values())
        shown = [part.sizeHint().width() for part in parts if not part.isHidden()]
        margins = self._line.contentsMargins()
        name = min(NAME_WIDTH, self._name.sizeHint().width())
        return name + sum(shown) + self._line.spacing() * len(shown) + 2 * margins.left()


def _with_keys(text: str, action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text
