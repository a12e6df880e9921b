"""The page one browses on: what is shown and how many, the grid, or why it is empty."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.browse import words as browse_words
from app.browse.browsing import Shown
from app.browse.empty import EmptyPage
from app.browse.heading import Heading
from app.browse.words import Surroundings
from app.grid.model import PhotoModel
from app.grid.place import Place
from app.grid.thumbnails import Thumbnails
from app.grid.view import SMALLEST, GridView
from app.labels.panel import LabelPanel
from app.search.missing_names import MissingNames
from app.search.unknown_words import UnknownWords
from app.sidebar.places import ALL_PHOTOS
from app.theme import Theme
from app.virtuals import contained

__all__ = ["BrowsePage", "Surroundings"]


class BrowsePage(QWidget):
    """Takes what Browsing finds; what is selected stays so where it is still shown.

    Every place is found again as it was left.
    """

    opened = Signal(int)
    go_asked = Signal(object)  # app.sidebar.places.Place: somewhere else, where there are photos
    command_asked = Signal(str)  # the name of a command

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: Thumbnails,
        theme: Theme,
        label: LabelPanel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._shown = Shown()
        self._left: dict[tuple[str, str], Place] = {}
        self._return_to: Place | None = None
        self._enter_soon = False
        self._small: tuple[int, int] | None = None  # the side that was chosen, and that of now
        self._surroundings = Surroundings()
        self.label = label
        self.label.hide()
        self.heading = Heading()
        self.missing = MissingNames(theme)
        self.unknown = UnknownWords(theme)
        self.grid = GridView(model, thumbnails, theme)
        self.empty = EmptyPage(theme)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.heading)
        column.addWidget(self.missing)
        column.addWidget(self.unknown)
        column.addLayout(self._stack, 1)
        self.grid.opened.connect(self.opened)
        self.grid.selected.connect(self._tell_end)
        self.heading.offered.connect(self.grid.choice.everything)
        self.heading.offered.connect(self.grid.setFocus)
        model.rows_arrived.connect(self._tell_end)
        label.cut_moved.connect(self._line_moved)
        self.empty.pressed.connect(self._way_on)

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    @property
    def empty_text(self) -> str:
        """Why there is nothing, or ""."""
        return self.empty.title.text() if self._stack.currentWidget() is self.empty else ""

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.missing.set_theme(theme)
        self.unknown.set_theme(theme)
        self.grid.set_theme(theme)
        self.empty.set_theme(theme)
        self.label.set_theme(theme)

    def set_surroundings(self, surroundings: Surroundings) -> None:
        """Something changed that counts and an empty grid are explained with."""
        if surroundings != self._surroundings:
            self._surroundings = surroundings
            self._tell_heading()
            self._explain()

    def show_photos(self, shown: Shown) -> None:
        """Show these: as they were left, where it is a place that one was in before."""
        before, self._shown = self._shown, shown
        choice = self.grid.choice
        whole = not before.complete and 0 < before.likely == choice.count and not choice.less_likely
        self.heading.clear_problem()
        self.heading.looked()
        self.missing.tell(shown.missing)
        self.unknown.tell(shown.gaps)
        same = shown.again and shown.same_as(before)
        if shown.label is None:
            self.label.leave()
            self._tell_heading()
        elif not same:
            self.label.show_label(shown.label)
        self.label.setVisible(shown.label is not None)
        self._fit_grid()
        if same:
            self._return_to = None
            return
        place = self._place_for(before, shown)
        self._model.show(
            shown.ids,
            shown.relevances,
            # Where nothing is likely, there is no line to draw.
            self.label.cut if shown.label is not None else shown.cut or None,
            days=shown.days if shown.sort == "taken" else None,
            aspects=shown.aspects,
            answers=None if shown.label is None else shown.label.order.answers,
            matching=None if shown.label is not None else shown.likely,
        )
        self._stack.setCurrentIndex(0 if len(shown.ids) else 1)
        self._explain()
        if place is not None:
            self.grid.go_back(place)
        else:
            self.grid.verticalScrollBar().setValue(0)
        if whole and shown.again:
            choice.select_all()  # all were meant, of which only the first were here
        if self._enter_soon:
            self.to_photos()

    def _place_for(self, before: Shown, shown: Shown) -> Place | None:
        """Where to be in what is shown now."""
        now = self.grid.place()
        if shown.again:
            # More of the same; where one was before may be among it.
            back = self._return_to or now
            self._return_to = None if shown.complete else self._return_to
            return back
        if not before.question.searches and len(before.ids):
            self._left[_key(before)] = now
        moved = _key(before) != _key(shown)
        comes_back = not shown.question.searches and (moved or before.question.searches)
        self._return_to = None
        if comes_back and _key(shown) in self._left:
            back = self._left[_key(shown)]
            self._return_to = None if shown.complete else back
            return back
        if moved:
            return None
        # Another order or query: from its top, with what was selected of it.
        top = replace(now, top_id=None, offset=0)
        self._return_to = top if len(now.selected) and not shown.complete else None
        return top

    @Slot(int)
    def _line_moved(self, cut: int) -> None:
        """The line of the label goes through other photos; they stay where they are."""
        if self._shown.label is not None:
            self._model.move_cut(cut)
            self._tell_heading()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The photos beside the line are as large as there is room."""
        super().resizeEvent(event)
        self.label.set_room(self.height())
        self._fit_grid()

    def _fit_grid(self) -> None:
        """Below the line of a label, photos are no larger than those beside it."""
        side = self.grid.side
        if self._shown.label is None:
            self._small, wanted = None, side if self._small is None else self._small[0]
        else:
            chosen = self._small[0] if self._small and side == self._small[1] else side
            wanted = min(chosen, max(SMALLEST, round(self.label.side * 0.85)))
            self._small = (chosen, wanted)
        if wanted != side:
            self.grid.blockSignals(True)  # what was chosen stays chosen
            self.grid.set_side(wanted)
            self.grid.blockSignals(False)

    def show_problem(self, sentence: str) -> None:
        """Say why the question cannot be answered; what was shown stays."""
        self._enter_soon = False
        self.heading.looked()
        self.heading.tell_problem(sentence)

    def to_photos(self, *, soon: bool = False) -> None:
        """Give the keyboard to the grid, to the first photo if none is selected.

        `soon`: other photos are about to come, and one of those is meant.
        """
        self._enter_soon = soon
        self.grid.setFocus()
        if not soon and self.grid.choice.count == 0 and len(self._model.ids):
            current = self.grid.currentIndex().row()
            self.grid.choice.only(max(0, current))

    def _tell_heading(self) -> None:
        title = browse_words.title(self._shown)
        if self._shown.label is not None:
            title = browse_words.carried(self.label.cut)
        notes = browse_words.notes(self._shown, self._surroundings)
        self.heading.tell(title, "   ".join(notes))
        self._tell_end()

    @Slot()
    def _tell_end(self) -> None:
        """At the right: the photo that is selected, or how many are; how long a search took."""
        choice, current = self.grid.choice, self.grid.currentIndex().row()
        chosen = ""
        if choice.count > 1:
            chosen = browse_words.selected(self._shown, choice.count, choice.less_likely)
        elif choice.count == 1 and 0 <= current < len(self._model.ids):
            row = self._model.row(current)
            chosen = "" if row is None else wording.shown(row.name)
        elif choice.offers_less_likely:
            chosen = self.tr("Nothing selected")  # why, the title says
        offer = ""
        if choice.offers_less_likely:
            others = len(self._model.ids) - self._model.matching
            offer = browse_words.offer(self._shown, others, beside=choice.count > 0)
        parts = [chosen, "" if offer else browse_words.seconds(self._shown)]
        self.heading.tell_end("   ".join(part for part in parts if part), offer)

    def said_of_others(self, photo_ids: list[int]) -> str:
        """A sentence about those of some photos that are not before the line; "" if all are."""
        others = self._model.less_likely(photo_ids)
        return browse_words.others(self._shown, others, len(photo_ids)) if others else ""

    def _explain(self) -> None:
        if not len(self._shown.ids):
            self.empty.tell(browse_words.why_empty(self._shown, self._surroundings))

    @Slot(str)
    def _way_on(self, command: str) -> None:
        if command == "all":
            self.go_asked.emit(ALL_PHOTOS)
        else:
            self.command_asked.emit(command)


def _key(shown: Shown) -> tuple[str, str]:
    return shown.place.kind, shown.place.value
