"""The line at the top: the name, which opens the menu; the search field; what views are set by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.browse.browsing import Shown
from app.grid.geometry import MARGIN
from app.search.field import SearchField
from app.search.saving import SaveSearch
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

HEIGHT = 52
BEFORE_FIELD = 216  # the field begins where the photos begin, beside the sidebar
FIELD_WIDTH = 620
NARROW = 1100


class Header(QWidget):
    """`set_menu` gives the name its menu, `set_end` puts widgets at the right.

    `show_search` tells what is shown: a search can be saved, and a saved one that was changed can
    be updated.
    """

    save_asked = Signal(str, str)  # name, query
    update_asked = Signal(str, str)  # the saved search, as its place's value; its new query

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(HEIGHT))
        self._shown = Shown()
        self._saved = ""
        self._theme = theme
        self.name = QToolButton()
        self.name.setObjectName("wordmark")
        self.name.setText("Souvenir")
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.name.setAccessibleName(self.tr("Souvenir: menu"))
        self.name.setToolTip(self.tr("Menu (Alt+M)"))
        self.name.setShortcut("Alt+M")
        self.search = SearchField(theme)
        self.search.setMaximumWidth(theme.px(FIELD_WIDTH))
        self.save = QPushButton(self.tr("Save search"))
        self.save.setObjectName("save_search")
        self.save.clicked.connect(self.ask_to_save)
        self.save.hide()
        self._end = QHBoxLayout()
        self._end.setSpacing(8)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, MARGIN, 0)
        line.setSpacing(0)
        self._name_room = QWidget()
        before = QHBoxLayout(self._name_room)
        before.setContentsMargins(0, 0, 0, 0)
        before.addWidget(self.name)
        before.addStretch(1)
        line.addWidget(self._name_room)
        line.addWidget(self.search, 100)
        line.addStretch(1)
        line.addSpacing(12)
        line.addWidget(self.save)
        line.addSpacing(8)
        line.addLayout(self._end)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.search.set_theme(theme)
        self.save.setIcon(icon("bookmark-plus", theme.colour("text")))
        self._fit()

    def set_menu(self, menu: QMenu) -> None:
        """What the name opens."""
        self.name.setMenu(menu)

    def set_end(self, *widgets: QWidget) -> None:
        """Put these at the right."""
        for widget in widgets:
            self._end.addWidget(widget)

    def _fit(self) -> None:
        """Where there is little room, the field gets what the name and the button can spare."""
        narrow = self.width() < self._theme.px(NARROW)
        name = self.name.sizeHint().width() + 8
        self._name_room.setFixedWidth(
            name if narrow else max(name, self._theme.px(BEFORE_FIELD) + MARGIN - 8)
        )
        update, save = self.tr("Update search"), self.tr("Save search")
        text = update if self._updates else save
        self.save.setText("" if narrow else text)
        self.save.setAccessibleName(text)
        self.save.setToolTip(self.tr("{what} (Ctrl+S)").format(what=text))

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room, or more."""
        super().resizeEvent(event)
        self._fit()

    def show_search(self, shown: Shown, saved: str = "") -> None:
        """What is shown now; `saved`: the query of the saved search that one looks into."""
        self._shown, self._saved = shown, saved
        self._fit()
        changed = shown.query != saved if self._updates else bool(shown.query)
        # A picture that was dropped is not there to be found again.
        self.save.setVisible(changed and shown.like is None)

    @property
    def _updates(self) -> bool:
        return self._shown.place.kind == "search"

    @Slot()
    def ask_to_save(self) -> None:
        """Ask for a name and save, or update the saved search."""
        if self.save.isHidden():
            return
        if self._updates:
            self.update_asked.emit(self._shown.place.value, self._shown.query)
            return
        question = SaveSearch(self._shown.query, self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.saved.connect(self.save_asked)
        question.open()
