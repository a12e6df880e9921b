"""The desk: header, sidebar, what one looks at, and the inspector beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.theme import Theme
from app.window.state import WindowState

WIDTHS = (220, 800, 280)  # of sidebar, content and inspector to begin with
CONTENT_WIDTH = 320  # at least


class Desk(QWidget):
    """Lays out the parts; `pages` are what can be in the middle, the first of them to begin with.

    A page of `alone` takes the room of header and sidebar as well, one of `wide` that of the
    inspector. `above` and `below` are seen
    with every page. The inspector is folded away and out by `set_inspector_shown`.
    """

    inspector_shown = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        header: QWidget,
        sidebar: QWidget,
        inspector: QWidget,
        *,
        pages: Sequence[QWidget],
        alone: Sequence[QWidget],
        wide: Sequence[QWidget] = (),
        above: QWidget,
        below: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._header = header
        self._alone = tuple(alone)
        self._wide = tuple(wide)
        self._inspector = inspector
        self._inspector_wanted = True
        self._page = pages[0]
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # What is above and below shows and hides itself; around it is what hides it for good.
        self._edges = (_around(above), _around(below))
        column.addWidget(self._edges[0])
        column.addWidget(self._pages, 1)
        column.addWidget(self._edges[1])
        middle.setMinimumWidth(theme.px(CONTENT_WIDTH))
        # The sidebar folds by itself; around it is what hides it beside a page that is alone.
        self._beside = _around(sidebar)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("desk")
        self._splitter.setChildrenCollapsible(False)
        for part in (self._beside, middle, inspector):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([theme.px(width) for width in WIDTHS])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(header)
        whole.addWidget(self._splitter, 1)

    @property
    def page(self) -> QWidget:
        """What is in the middle."""
        return self._page

    def show_page(self, page: QWidget) -> None:
        """Put one of the pages in the middle."""
        self._page = page
        self._pages.setCurrentWidget(page)
        alone = page in self._alone
        self._header.setHidden(alone)
        self._beside.setHidden(alone)
        self._inspector.setVisible(self._inspector_wanted and page not in self._wide)
        # At once: a picture is read for the room that it will have.
        for part in (self._splitter, self):
            QCoreApplication.sendPostedEvents(part, QEvent.Type.LayoutRequest)

    @property
    def shows_inspector(self) -> bool:
        """Whether the inspector is folded out."""
        return self._inspector_wanted

    @Slot(bool)
    def set_inspector_shown(self, shown: bool) -> None:
        """Fold the inspector out or away."""
        self._inspector_wanted = shown
        self._inspector.setVisible(shown and self._page not in self._wide)
        self.inspector_shown.emit(shown)

    def set_bare(self, bare: bool) -> None:
        """Leave nothing but the page, as in full screen; or put everything back."""
        self._inspector.setVisible(self._inspector_wanted and not bare)
        for edge in self._edges:
            edge.setHidden(bare)

    def save(self, state: WindowState) -> None:
        """Remember widths and what is folded."""
        state.save_splitter("desk/widths", self._splitter)
        state.save("desk/inspector", self._inspector_wanted)

    def restore(self, state: WindowState) -> None:
        """As it was."""
        state.restore_splitter("desk/widths", self._splitter)
        self.set_inspector_shown(state.truth("desk/inspector", default=True))


def _around(part: QWidget) -> QWidget:
    around = QWidget()
    line = QVBoxLayout(around)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(part)
    return around
