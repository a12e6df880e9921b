"""How photos are shown: their order, groups, shape and size, in a calm row of controls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal, get_args

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from app.grid.groups import Grouping
from app.grid.view import LARGEST, SMALLEST, USUAL, Shape
from app.theme import Theme
from app.widgets.icons import icon

Sort = Literal["relevance", "taken", "added", "name", "rating", "size"]
BY_TIME: Sort = "taken"


@dataclass(frozen=True)
class ViewState:
    """Everything that the row of controls says; `side` is how high tiles are, in pixels."""

    sort: Sort = BY_TIME
    descending: bool = True
    grouping: Grouping = "month"
    shape: Shape = "square"
    side: int = USUAL

    def to_text(self) -> str:
        """The same as text, to be kept."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> ViewState:
        """What was kept; whatever of it makes no sense (any more) is as usual."""
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        usual = cls()
        if not isinstance(kept, Mapping):
            return usual
        allowed: dict[str, tuple[object, ...]] = {
            "sort": get_args(Sort),
            "descending": (True, False),
            "grouping": get_args(Grouping),
            "shape": get_args(Shape),
            "side": tuple(range(SMALLEST, LARGEST + 1)),
        }
        known = {
            field.name: kept[field.name]
            for field in fields(cls)
            if type(kept.get(field.name)) is type(getattr(usual, field.name))
            and kept[field.name] in allowed[field.name]
        }
        return replace(usual, **known)


class ViewBar(QWidget):
    """Buttons with menus for the order and the groups, one for the shape, a slider for the size.

    Signals come when a person changes something, and not when `set_state` does.
    """

    sort_changed = Signal(str, bool)  # Sort, descending
    grouping_changed = Signal(str)  # Grouping
    shape_changed = Signal(str)  # Shape
    side_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view_bar")
        self._state = ViewState()
        self._searching = False
        self._theme = theme
        self._sorts = QActionGroup(self)
        self._orders = QActionGroup(self)
        self._groupings = QActionGroup(self)
        self.sort_button = _button(self, self.tr("Order of the photos"))
        self.sort_button.setMenu(self._sort_menu())
        self.group_button = _button(self, self.tr("Groups of photos"))
        self.group_button.setMenu(self._group_menu())
        self.shape_button = QToolButton(self)
        self.shape_button.setCheckable(True)
        self.shape_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shape_button.setAccessibleName(self.tr("Whole photos"))
        self.shape_button.setToolTip(self.tr("Show whole photos instead of squares"))
        self.side = QSlider(Qt.Orientation.Horizontal)
        self.side.setRange(SMALLEST, LARGEST)
        self.side.setValue(USUAL)
        self.side.setFixedWidth(104)
        self.side.setPageStep(40)
        self.side.setAccessibleName(self.tr("Size of the photos"))
        self.side.setToolTip(
            self.tr("Size of the photos (Ctrl and the mouse wheel, Ctrl and plus or minus)")
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for part in (self.sort_button, self.group_button, self.shape_button):
            line.addWidget(part)
        line.addSpacing(8)
        line.addWidget(self.side)
        self._sorts.triggered.connect(self._sort_chosen)
        self._orders.triggered.connect(self._order_chosen)
        self._groupings.triggered.connect(self._grouping_chosen)
        self.shape_button.toggled.connect(self._shape_chosen)
        self.side.valueChanged.connect(self._side_chosen)
        self._show_state()

    @property
    def state(self) -> ViewState:
        """What is chosen. While one searches, the order is that of the search."""
        return self._state

    @property
    def searching(self) -> bool:
        """Whether relevance is an order to choose."""
        return self._searching

    def set_state(self, state: ViewState) -> None:
        """Show other choices, without a signal."""
        self._state = state
        self._show_state()

    def set_searching(self, searching: bool) -> None:
        """Offer relevance as an order, or not."""
        self._searching = searching
        self._show_state()

    def set_order_fixed(self, *, fixed: bool) -> None:
        """Whether what is shown has an order of its own."""
        self.sort_button.setDisabled(fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._show_state()

    @Slot(int)
    def set_side(self, side: int) -> None:
        """The size was changed elsewhere."""
        self._state = replace(self._state, side=side)
        self._show_state()

    # Menus

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        names = {
            "relevance": self.tr("Relevance"),
            "taken": self.tr("Time taken"),
            "added": self.tr("Time added"),
            "name": self.tr("Name"),
            "rating": self.tr("Rating"),
            "size": self.tr("Size of the file"),
        }
        for name, text in names.items():
            _add(menu, self._sorts, name, text)
        menu.addSeparator()
        _add(menu, self._orders, "descending", "")
        _add(menu, self._orders, "ascending", "")
        return menu

    def _group_menu(self) -> QMenu:
        menu = QMenu(self)
        names = {
            "none": self.tr("No groups"),
            "day": self.tr("Days"),
            "month": self.tr("Months"),
            "year": self.tr("Years"),
        }
        for name, text in names.items():
            _add(menu, self._groupings, name, text)
        return menu

    def _order_names(self) -> tuple[str, str]:
        """What descending and ascending mean for the order that is chosen."""
        if self._state.sort in ("taken", "added"):
            return self.tr("Newest first"), self.tr("Oldest first")
        if self._state.sort == "name":
            return self.tr("Z to A"), self.tr("A to Z")
        if self._state.sort == "relevance":
            return self.tr("Best first"), self.tr("Best last")
        if self._state.sort == "rating":
            return self.tr("Highest first"), self.tr("Lowest first")
        return self.tr("Largest first"), self.tr("Smallest first")

    def _show_state(self) -> None:
        state, colour = self._state, self._theme.colour("text")
        for action in (*self._sorts.actions(), *self._groupings.actions()):
            action.setChecked(action.objectName() in (state.sort, state.grouping))
        sorts = {action.objectName(): action for action in self._sorts.actions()}
        sorts["relevance"].setVisible(self._searching)
        descending, ascending = self._orders.actions()
        descending.setChecked(state.descending)
        ascending.setChecked(not state.descending)
        for action, text in zip((descending, ascending), self._order_names(), strict=True):
            action.setText(text)
            action.setEnabled(state.sort != "relevance")
        self.sort_button.setText(sorts[state.sort].text())
        arrow = "arrow-down-wide-narrow" if state.descending else "arrow-up-narrow-wide"
        self.sort_button.setIcon(icon(arrow, colour))
        self.sort_button.setAccessibleDescription(sorts[state.sort].text())
        groupings = {action.objectName(): action.text() for action in self._groupings.actions()}
        self.group_button.setText(groupings[state.grouping])
        self.group_button.setIcon(icon("calendar", colour))
        self.group_button.setAccessibleDescription(groupings[state.grouping])
        by_time = state.sort == BY_TIME
        self.group_button.setEnabled(by_time)
        groups = (
            self.tr("Groups of photos") if by_time else self.tr("Groups need the order of time")
        )
        self.group_button.setToolTip(groups)
        self.shape_button.setIcon(icon("layout-dashboard", colour))
        with QSignalBlocker(self.shape_button), QSignalBlocker(self.side):
            self.shape_button.setChecked(state.shape == "aspect")
            self.side.setValue(state.side)

    # What a person chooses

    @Slot(QAction)
    def _sort_chosen(self, action: QAction) -> None:
        sort: Sort = next(name for name in get_args(Sort) if name == action.objectName())
        if sort != self._state.sort:
            # Names are looked for from A on, all else from the newest, best or largest.
            self._change_order(replace(self._state, sort=sort, descending=sort != "name"))
        self._show_state()

    @Slot(QAction)
    def _order_chosen(self, action: QAction) -> None:
        descending = action.objectName() == "descending"
        if descending != self._state.descending:
            self._change_order(replace(self._state, descending=descending))

    def _change_order(self, state: ViewState) -> None:
        self._state = state
        self._show_state()
        self.sort_changed.emit(state.sort, state.descending)

    @Slot(QAction)
    def _grouping_chosen(self, action: QAction) -> None:
        grouping: Grouping = next(n for n in get_args(Grouping) if n == action.objectName())
        if grouping != self._state.grouping:
            self._state = replace(self._state, grouping=grouping)
            self.grouping_changed.emit(grouping)
        self._show_state()

    @Slot(bool)
    def _shape_chosen(self, whole: bool) -> None:
        shape: Shape = "aspect" if whole else "square"
        self._state = replace(self._state, shape=shape)
        self.shape_changed.emit(shape)

    @Slot(int)
    def _side_chosen(self, side: int) -> None:
        self._state = replace(self._state, side=side)
        self.side_changed.emit(side)


def _button(bar: ViewBar, name: str) -> QToolButton:
    button = QToolButton(bar)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _add(menu: QMenu, group: QActionGroup, name: str, text: str) -> None:
    action = menu.addAction(text)
    action.setObjectName(name)
    action.setCheckable(True)
    group.addAction(action)
