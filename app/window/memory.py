"""What the window is like the next time: its size, what is folded, order and size, the place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from app.browse.view_bar import ViewState

if TYPE_CHECKING:
    from app.window.state import WindowState
    from app.window.window import MainWindow

USUAL_SIZE = QSize(1280, 800)


def restore(window: MainWindow, state: WindowState) -> None:
    """Make a window as it was left. Where one was is for when the library is open."""
    state.restore_window(window, USUAL_SIZE)
    window.desk.restore(state)
    window.sidebar.set_shown(state.truth("desk/sidebar", default=True))
    window.sidebar.set_opened(state.texts("sidebar/opened", default=window.sidebar.opened))
    view = ViewState.from_text(state.text("grid/view"))
    window.view_bar.set_state(view)
    window.model.group_by(view.grouping)
    window.browse.grid.set_shape(view.shape)
    window.browse.grid.set_side(view.side)
    window.browsing.set_order(view.sort, view.descending)
    window.labels.show_on_photos(shown=state.truth("grid/labels", default=False))


def save(window: MainWindow, state: WindowState) -> None:
    """Remember how a window is left, and where one was."""
    state.save_window(window)
    window.desk.save(state)
    state.save("desk/sidebar", not window.sidebar.isHidden())
    state.save("sidebar/opened", window.sidebar.opened)
    sort, descending = window.browsing.order  # that of places, also while one searches
    view = replace(window.view_bar.state, sort=sort, descending=descending)
    state.save("grid/view", view.to_text())
    state.save("grid/labels", window.labels.on_photos)
    state.save_place(window.browsing.place)
    state.sync()
