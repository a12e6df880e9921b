"""The inspector: all there is to know of what is selected, and what a person says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.inspector.feed import Inspected, InspectorFeed, keywords_edit
from app.inspector.keywords import Keywords
from app.inspector.labels import InspectorLabels
from app.inspector.parts import Facts, InspectedPicture, Places, folder_line
from app.inspector.similar import SimilarStrip
from app.inspector.stars import Stars
from app.inspector.words import photo_facts, shared_facts, total_facts
from app.session import Session
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon
from app.widgets.steady_scroll_area import SteadyScrollArea

if TYPE_CHECKING:
    from app.inspector.feed import Ids
    from app.inspector.labels import LabelFact
    from core.catalog.edits import Edit
    from core.catalog.summaries import Summary, Totals

USUAL_WIDTH = 288
LEAST_WIDTH = 232
MARGIN = 14
LATE_MS = 250  # what is told of other photos stays no longer than that


class Inspector(QWidget):
    """A panel about the photos that are chosen, or about all that is shown.

    Slots: `show_photos(ids, relevance=None, name="")`, `set_shown(ids)`, `set_theme(theme)`,
    `set_writable(bool)`, and `refresh()`, for `Undo.failed`. Signals: `edit_asked(edit, name)`, for
    `Undo.do`; `photo_asked(id)` when a similar photo is clicked; `show_file_asked(path)`.
    """

    edit_asked = Signal(object, str)
    photo_asked = Signal(int)
    show_file_asked = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(LEAST_WIDTH)
        self._theme = theme
        self._shown: Ids = ()
        self._less_likely = 0
        self._relevance: float | None = None
        self._title_was = ""
        self._writable = True
        self._one: Inspected | None = None
        self._gaps: list[tuple[QWidget, QSpacerItem, int]] = []
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self._leave_others)
        self.feed = InspectorFeed(session, self)
        self._build(theme)
        self._connect()
        self.set_theme(theme)
        self._show_parts(chosen=False)
        self.feed.set_seen(False)

    def _build(self, theme: Theme) -> None:
        self.picture = InspectedPicture()
        self.name = ElidedLabel()
        self.name.setObjectName("inspector_name")
        self.folder = ElidedLabel()
        self.folder.setProperty("class", "dim")
        self.title = QLineEdit()
        self.title.setObjectName("inline_edit")
        self.title.setAccessibleName(self.tr("Title"))
        self.title.installEventFilter(self)
        self.stars = Stars(theme)
        self.favourite = QToolButton()
        self.favourite.setCheckable(True)
        self.facts = Facts(theme)
        self.labels = InspectorLabels(theme)
        self.keywords_title = QLabel(self.tr("Keywords"))
        self.keywords_title.setProperty("role", "section")
        self.keywords = Keywords(theme)
        self.places = Places(theme)
        self.similar = SimilarStrip()
        said = QHBoxLayout()
        said.setContentsMargins(0, 0, 0, 0)
        said.addWidget(self.stars)
        said.addStretch(1)
        said.addWidget(self.favourite)
        self._said = QWidget()
        self._said.setLayout(said)
        self._inside = QWidget()
        self._inside.setObjectName("inspector_inside")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(0)
        for widget, gap in (
            (self.picture, 12),
            (self.name, 2),
            (self.folder, 8),
            (self.title, 6),
            (self._said, 12),
            (self.facts, 18),
            (self.labels, 18),
            (self.keywords_title, 8),
            (self.keywords, 18),
            (self.places, 18),
            (self.similar, 0),
        ):
            spacer = QSpacerItem(0, gap)
            column.addWidget(widget)
            column.addItem(spacer)
            self._gaps.append((widget, spacer, gap))
        column.addStretch(1)
        self._scroll = SteadyScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.feed.photo_read.connect(self._show_photo)
        self.feed.summary_read.connect(self._show_summary)
        self.feed.totals_read.connect(self._show_totals)
        self.feed.similar_read.connect(self.similar.show_photos)
        self.feed.labels_read.connect(self._show_labels)
        self.feed.keywords_read.connect(self.keywords.offer)
        self.stars.rated.connect(self._rate)
        self.favourite.clicked.connect(self._mark)
        self.title.editingFinished.connect(self._set_title)
        self.keywords.added.connect(self._add_keyword)
        self.keywords.removed.connect(self._remove_keyword)
        self.keywords.asked.connect(self.feed.ask_keywords)
        self.places.show_asked.connect(self.show_file_asked)
        self.similar.photo_asked.connect(self.photo_asked)

    # What is shown

    @property
    def waits(self) -> bool:
        """Whether something is about to be read."""
        return self.feed.waits

    @Slot(list)
    def show_photos(
        self, ids: Sequence[int], relevance: float | None = None, name: str = ""
    ) -> None:
        """These are chosen; `relevance` is that of the one, where photos were searched.

        How many they are, or the `name` of the one, is said at once; what more there is to say of
        them is read.
        """
        if list(ids) != self.feed.ids:
            self._set_title()  # what was typed belongs to those that were chosen
            self._head(ids, name)
            self._late.start()
        changed = relevance != self._relevance and list(ids) == self.feed.ids
        self._relevance = relevance
        self.feed.look_at(ids, self._shown)
        if changed and self._one is not None:
            self._show_photo(self._one)

    @Slot(object)
    def set_shown(self, ids: Ids, less_likely: int = 0) -> None:
        """The grid shows these photos: the inspector is about them while none is chosen.

        `less_likely`: how many others are shown that do not match.
        """
        self._shown = ids
        self._less_likely = less_likely
        self.feed.look_at(self.feed.ids, ids)
        if not self.feed.ids:
            self._head((), "")

    def _told_of(self) -> str:
        """The title while no photo is chosen."""
        if self._less_likely and not len(self._shown):
            return wording.less_likely(self._less_likely)
        return wording.photos(len(self._shown))

    def _head(self, ids: Sequence[int], name: str) -> None:
        """Say what is told of, before all of it is read."""
        if not ids:
            if self.folder.isVisibleTo(self):  # something was chosen, of which the rest tells
                self._clear("")
            self.name.setText(self._told_of())
        elif len(ids) > 1:
            self.name.setText(self._selected(len(ids)))
        else:
            self.name.setText(wording.shown(name))

    def _selected(self, count: int) -> str:
        return self.tr("{photos} selected").format(photos=wording.photos(count))

    @Slot()
    def refresh(self) -> None:
        """Read again what is shown."""
        self.feed.refresh()

    def set_writable(self, writable: bool) -> None:
        """Whether anything can be changed."""
        self._writable = writable
        self.title.setReadOnly(not writable)
        self.stars.setEnabled(writable)
        self.favourite.setEnabled(writable)
        self.keywords.set_writable(writable)
        self.labels.set_writable(writable)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.stars.set_theme(theme)
        self.keywords.set_theme(theme)
        self.labels.set_theme(theme)
        self.facts.set_theme(theme)
        self.places.set_theme(theme)
        self._draw_favourite()

    @Slot()
    def _leave_others(self) -> None:
        """Reading takes long: nothing is said of photos that are not chosen any more."""
        self._clear(self.name.text())
        self.labels.hide()
        self._fit_gaps()

    @Slot(object)
    def _show_photo(self, inspected: Inspected | None) -> None:
        self._late.stop()
        self._one = inspected
        if inspected is None:
            self._clear(self.tr("This photo is gone"))
            return
        photo = inspected.photo
        path = photo.files[0].path
        name = wording.shown(path.replace("\\", "/").rpartition("/")[2])
        self.picture.show_image(inspected.image, name)
        self.name.setText(name)
        self.folder.setText(folder_line(path))
        self._show_title(photo.title or "", self.tr("Add a title"))
        self.stars.set_rating(photo.rating)
        self._show_favourite(marked=photo.favourite)
        self.facts.show_facts(photo_facts(photo, self._relevance))
        self.keywords.show_words(dict.fromkeys(photo.keywords, 1), 1)
        self.places.show_files([(file.path, file.offline, file.problem) for file in photo.files])
        self._show_parts(chosen=True)

    @Slot(object)
    def _show_summary(self, summary: Summary) -> None:
        self._late.stop()
        self._one = None
        shared, count = summary.shared, summary.totals.photos
        self.picture.show_image(QImage(), "")
        self.name.setText(self._selected(len(self.feed.ids)))
        self.folder.setText(self.tr("Changes apply to all of them"))
        unshared = "title" not in shared
        proposal = self.tr("Various titles") if unshared else self.tr("Add a title")
        self._show_title(shared.get("title") or "", proposal)
        self.stars.set_rating(shared.get("rating"))
        self._show_favourite(marked=bool(shared.get("favourite")))
        self.facts.show_facts(shared_facts(summary))
        self.keywords.show_words(summary.keywords, count)
        self.places.show_files([])
        self.similar.show_photos([])
        self._show_parts(chosen=True)

    @Slot(object)
    def _show_totals(self, totals: Totals) -> None:
        self._late.stop()
        self._clear(self._told_of())
        self.facts.show_facts(total_facts(totals))

    @Slot(list)
    def _show_labels(self, facts: list[LabelFact]) -> None:
        self.labels.show_facts(facts)
        self.labels.setVisible(bool(facts))
        self._fit_gaps()

    def _clear(self, heading: str) -> None:
        """Nothing is chosen: only what is shown is told of."""
        self._one = None
        self.picture.show_image(QImage(), "")
        self.name.setText(heading)
        self.facts.show_facts([])
        self.places.show_files([])
        self.similar.show_photos([])
        self._show_parts(chosen=False)

    def _show_parts(self, *, chosen: bool) -> None:
        for part in (self.folder, self.title, self._said, self.keywords_title, self.keywords):
            part.setVisible(chosen)
        self.facts.setContentsMargins(0, 0 if chosen else 8, 0, 0)
        self._fit_gaps()

    def _fit_gaps(self) -> None:
        for widget, spacer, gap in self._gaps:  # a part that is hidden leaves no gap
            spacer.changeSize(0, 0 if widget.isHidden() else gap)
        layout = self._inside.layout()
        if layout is not None:
            layout.invalidate()

    def _show_title(self, title: str, proposal: str) -> None:
        self.title.setPlaceholderText(proposal)
        if not (self.title.hasFocus() and self.title.isModified()):  # somebody types there
            self._title_was = title
            self.title.setText(title)
            self.title.setCursorPosition(0)
            self.title.setToolTip(title)

    def _show_favourite(self, *, marked: bool) -> None:
        self.favourite.setChecked(marked)
        self._draw_favourite()

    def _draw_favourite(self) -> None:
        marked = self.favourite.isChecked()
        colour = self._theme.colour("text" if marked else "dim")
        self.favourite.setIcon(icon("heart", colour, 16, filled=marked))
        said = self.tr("Favourite") if marked else self.tr("Mark as favourite")
        self.favourite.setToolTip(said)
        self.favourite.setAccessibleName(said)

    # What a person says

    def _ask(self, edit: Edit, name: str) -> None:
        self.edit_asked.emit(edit, name.format(photos=wording.photos(len(self.feed.ids))))

    @Slot(int)
    def _rate(self, rating: int) -> None:
        from core.catalog.edits import SetRating

        if self.feed.ids:
            name = self.tr("rating {photos}") if rating else self.tr("taking stars off {photos}")
            self._ask(SetRating(dict.fromkeys(self.feed.ids, rating)), name)

    @Slot()
    def _mark(self) -> None:
        from core.catalog.edits import SetFavourite

        self._draw_favourite()
        if self.feed.ids:
            marked = self.favourite.isChecked()
            name = (
                self.tr("marking {photos} as favourite")
                if marked
                else self.tr("unmarking {photos} as favourite")
            )
            self._ask(SetFavourite(dict.fromkeys(self.feed.ids, marked)), name)

    @Slot()
    def _set_title(self) -> None:
        if not self.title.isModified() or not self.feed.ids:
            return
        from core.catalog.edits import SetTitle

        title = " ".join(self.title.text().split())
        self.title.setModified(False)
        if title != self._title_was:
            self._title_was = title
            self._ask(
                SetTitle(dict.fromkeys(self.feed.ids, title)),
                self.tr("changing the title of {photos}"),
            )

    @Slot(str)
    def _add_keyword(self, word: str) -> None:
        self._change_keywords(word, "", self.tr("adding “{word}” to {photos}"))

    @Slot(str)
    def _remove_keyword(self, word: str) -> None:
        self._change_keywords("", word, self.tr("removing “{word}” from {photos}"))

    def _change_keywords(self, add: str, remove: str, name: str) -> None:
        ids = list(self.feed.ids)
        if ids:
            words = {word: n for word, n in self.keywords.counts.items() if word != remove}
            self.keywords.show_words({**words, add: len(ids)} if add else words, len(ids))
            called = name.format(word=add or remove, photos=wording.photos(len(ids)))
            self.edit_asked.emit(partial(keywords_edit, ids, add, remove), called)

    # Size and keys

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """As wide as it usually is."""
        return QSize(USUAL_WIDTH, 400)

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the similar photos into the width."""
        super().resizeEvent(event)
        self._fit()

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Read only what can be seen."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.feed.set_seen(self.isVisible())
        return super().event(event)

    def _fit(self) -> None:
        width = self.width() - 2 * MARGIN - 12
        self.similar.set_width(width)
        tile = self.similar.tile(width) - QSize(4, 4)
        self.feed.set_tile(tile.width(), tile.height(), self.devicePixelRatioF())

    @contained(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the title takes back what was typed."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.title and escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # or a shortcut of the window would take the key
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.title.setText(self._title_was)
                self.title.setModified(False)
                self.title.clearFocus()
                return True
        return super().eventFilter(watched, event)
