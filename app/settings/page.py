"""What the pages of the settings are made from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.steady_scroll_area import SteadyScrollArea

ROW_PIXELS = 28


class SettingsPage(SteadyScrollArea):
    """One page: a title, and what the page adds to `column` under it.

    `refresh` reads what the page shows; it is called whenever the page comes into view.
    """

    icon_name = "settings"

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self.title = title
        self.theme = theme
        self.setAccessibleName(title)
        inside = QWidget()
        inside.setObjectName("settings_page")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(8)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.column.addWidget(heading)
        self.problem = words("", "problem")
        self.problem.setVisible(False)
        self.column.addWidget(self.problem)
        self.setWidget(inside)

    def refresh(self) -> None:
        """Read again what is shown; pages that show nothing that changes need not."""

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme

    def tell_problem(self, sentence: str) -> None:
        """Say under the title what went wrong; "" when it is over."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def section(self, title: str) -> None:
        """Begin a part of the page."""
        label = QLabel(title)
        label.setProperty("role", "section")
        self.column.addSpacing(10)
        self.column.addWidget(label)

    def note(self, text: str) -> QLabel:
        """Explain what is above."""
        label = words(text, "note")
        self.column.addWidget(label)
        return label


def words(text: str, role: str) -> QLabel:
    """Text over several lines; names of files may be in it, so it is plain."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def rows(name: str, theme: Theme, count: int) -> QListWidget:
    """A list as high as `count` rows; `name` is what a screen reader calls it."""
    made = QListWidget()
    made.ensurePolished()
    made.setAccessibleName(name)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setUniformItemSizes(True)
    made.setFixedHeight(theme.px(ROW_PIXELS) * count + 8)
    return made
