"""Everything of labels in the window, put together: their pages, actions and dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from app import wording
from app.labels.actions import LabelActions
from app.labels.chooser import LabelChooser
from app.labels.editor import LabelEditor
from app.labels.exchange import LabelExchange
from app.labels.panel import LabelPanel
from app.labels.review import LabelReview
from app.labels.sets import LabelSetsDialog
from app.language import core_text
from app.session import sentence
from app.sidebar.places import Place
from app.widgets.question import Question

if TYPE_CHECKING:
    from app.labels.shown import LabelShown
    from app.session import Session
    from app.sidebar.feed import Listed
    from app.theme import Theme
    from app.undo import Undo
    from core.events import PhotosChanged
    from core.library import Label, Library


class LabelParts(QObject):
    """`panel` goes over the photos of a label, `editor` and `review` are pages of the desk.

    `go_asked` for a place, `page_asked` for one of the pages, `page_left` when it is to go.
    """

    go_asked = Signal(object)  # Place
    page_asked = Signal(object)  # QWidget
    page_left = Signal()
    on_photos_changed = Signal(bool)  # whether photos tell what labels they carry

    def __init__(self, session: Session, undo: Undo, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._undo = undo
        self._saving: Label | None = None
        self._for: list[int] = []  # photos that get the label that is being written
        self._edit: object = None
        self.actions = LabelActions(session, undo, window)
        self.exchange = LabelExchange(session, self.actions, window)
        self.panel = LabelPanel(session, theme, self.menu)
        self.editor = LabelEditor(session, theme)
        self.review = LabelReview(session, theme)
        self.sets: LabelSetsDialog | None = None
        self.chooser = LabelChooser(window, theme)
        self._to_tag: list[int] = []  # photos that the chooser is open for
        self._connect()

    def _connect(self) -> None:
        panel, actions, editor, review = self.panel, self.actions, self.editor, self.review
        panel.line_set.connect(actions.set_line)
        panel.answered.connect(self._answered)
        panel.prompts_asked.connect(partial(self.about_shown, "prompts"))
        panel.teach_asked.connect(partial(self.about_shown, "teach"))
        panel.undo_asked.connect(self._undo.undo)
        panel.other_shown.connect(self._offer_undo)
        panel.switch_asked.connect(partial(self.about_shown, "switch"))
        actions.asked.connect(self._asked)
        actions.new_asked.connect(self._write_for)
        actions.answering.connect(panel.answering)
        actions.done.connect(self._offer_undo)
        self.chooser.chosen.connect(self._tag_chosen)
        self.chooser.new_asked.connect(self._new_chosen)
        editor.saved.connect(self._save)
        editor.left.connect(self._leave)
        review.answered.connect(self._judged)
        review.undo_asked.connect(self._undo.undo)
        review.left.connect(self._leave_review)
        self._session.opened.connect(self._opened)
        self._session.closing.connect(editor.close_label)
        self._session.events.tags_changed.connect(review.refresh)
        self._undo.failed.connect(self._failed)
        self._undo.changed.connect(self._undo_changed)

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """What goes onto the desk."""
        return self.editor, self.review

    @property
    def waits(self) -> bool:
        """Whether something is about to be asked for or kept."""
        return any(part.isVisible() and part.waits for part in self._looks)

    @property
    def _looks(self) -> tuple[LabelPanel, LabelEditor, LabelReview]:
        return self.panel, self.editor, self.review

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours; the panel is drawn with the page that it is on."""
        self.editor.set_theme(theme)
        self.review.set_theme(theme)
        self.chooser.set_theme(theme)

    @Slot()
    def _opened(self) -> None:
        self.panel.set_writable(self._session.writable)

    @property
    def on_photos(self) -> bool:
        """Whether photos tell what labels they carry."""
        return self._session.with_labels

    def show_on_photos(self, *, shown: bool) -> None:
        """Have photos tell what labels they carry, or not."""
        self._session.with_labels = shown
        self.on_photos_changed.emit(shown)

    @Slot(object)
    def listed(self, listed: Listed) -> None:
        """The sidebar was counted: these labels are there."""
        self.actions.take(listed.labels)
        if self.sets is not None:
            self.sets.show_labels()
        saving = self._saving
        if saving is not None:
            for label in listed.labels:
                if _words(label) == _words(saving) and saving.id in (0, label.id):
                    self._saving = self._edit = None
                    self.editor.close_label()
                    self.actions.tag(label.id, self._for)
                    self.go_asked.emit(Place("label", str(label.id), label.name))
                    break

    @Slot(object)
    def photos_changed(self, changes: PhotosChanged) -> None:
        """What is known of these photos is out of date."""
        changed = [*changes.updated, *changes.removed, *changes.added]
        for pictures in (self.panel.pictures, self.editor.pictures):
            pictures.forget(changed)

    # The label that is looked at

    @property
    def shown(self) -> LabelShown | None:
        """The label that is looked at."""
        return self.panel.shown

    def menu(self) -> QMenu:
        """What can be done with it."""
        shown = self.shown
        return self.actions.menu(0 if shown is None else shown.label.id, self._window)

    def about_shown(self, what: str) -> None:
        """Do something with it; see `LabelActions.act`."""
        if self.shown is not None:
            self.actions.act(what, self.shown.label.id)

    @Slot(int, bool)
    def _answered(self, photo_id: int, yes: bool) -> None:
        self.answer([photo_id], yes)

    def answer(self, photo_ids: list[int], yes: bool) -> None:
        """Say of photos whether it fits."""
        if self.shown is not None:
            self.actions.answer(self.shown.label.id, dict.fromkeys(photo_ids, yes))

    @Slot()
    def _undo_changed(self) -> None:
        if self._undo.can_redo:  # something was taken back, perhaps the line
            self.panel.trust_library()
        self._offer_undo()

    @Slot()
    def _offer_undo(self) -> None:
        shown = self.shown
        offered = "" if shown is None else self.actions.undo_text(shown.label.id)
        self.panel.head.offer_undo(offered)

    # Pages and dialogs

    @Slot(str, int)
    def _asked(self, what: str, label_id: int) -> None:
        label = self.actions.label(label_id)
        if not self._session.writable and what not in ("export", "export_tags"):
            return
        match what:
            case "new":
                self.write()
            case "prompts" if label is not None:
                self.write(label)
            case "teach" if label is not None:
                self.page_asked.emit(self.review)
                self.review.begin(label)
            case "sets":
                self._open_sets()
            case "import":
                self.exchange.ask_to_import()
            case "export":
                self.exchange.ask_to_export()
            case "export_tags":
                self.exchange.ask_to_export_tags()

    def write(
        self, label: Label | None = None, *, name: str = "", photos: Sequence[int] = ()
    ) -> None:
        """Open the page on which the words of a label are written, of a new one without any.

        `name`: how the new one is called. `photos`: those that are tagged with it then.
        """
        from core.library import Label

        self._saving = None
        self._for = list(photos)
        self.page_asked.emit(self.editor)
        self.editor.open_label(label or Label(name, ()), self.actions.labels)

    def choose_label(self, photo_ids: list[int]) -> None:
        """Let a label be chosen by its name, and tag these photos with it."""
        if photo_ids and self._session.writable:
            self._to_tag = photo_ids
            title = self.tr("Label for {photos}").format(photos=wording.photos(len(photo_ids)))
            self.chooser.open(title, self.actions.labels, self.actions.used.queries)

    @Slot(int)
    def _tag_chosen(self, label_id: int) -> None:
        self.actions.tag(label_id, self._to_tag)

    @Slot(str)
    def _new_chosen(self, name: str) -> None:
        self._write_for(name, self._to_tag)

    @Slot(str, list)
    def _write_for(self, name: str, photo_ids: list[int]) -> None:
        if self._session.writable:
            self.write(name=name, photos=photo_ids)

    @Slot(object)
    def _save(self, label: Label) -> None:
        known = self.actions.label(label.id)
        if known == label:
            self._leave()
            return
        look = partial(_notice, label, known)
        self._session.ask("reading", look, partial(self._noticed, label), self._not_saved)

    def _noticed(self, label: Label, notice: str) -> None:
        """Save it, asked first where the model is known to be unjust to people."""
        if not notice:
            self._store(label)
            return
        title = self.tr("Before you switch this on")
        text = self.editor.save.text()
        question = Question(title, core_text(notice), text, self._window)
        question.accepted.connect(partial(self._store, label))
        question.rejected.connect(partial(self.editor.tell_problem, ""))
        question.finished.connect(question.deleteLater)
        question.open()

    def _not_saved(self, error: Exception) -> None:
        self.editor.tell_problem(sentence(error))

    def _store(self, label: Label) -> None:
        self._saving = label
        self._edit = self.actions.change(label) if label.id else self.actions.create([label])

    @Slot(object)
    def _failed(self, edit: object) -> None:
        self.panel.trust_library()
        if self._edit is not None and edit is self._edit:
            self._saving = self._edit = None
            self.editor.tell_problem(self.tr("It is not saved: the sentence above says why."))

    @Slot()
    def _leave(self) -> None:
        self._saving = self._edit = None
        self.editor.close_label()
        self.page_left.emit()

    @Slot()
    def _leave_review(self) -> None:
        label = self.review.label
        if label is None:
            self.page_left.emit()
        else:
            self.go_asked.emit(Place("label", str(label.id), label.name))

    @Slot(int, int, bool)
    def _judged(self, label_id: int, photo_id: int, yes: bool) -> None:
        self.actions.answer(label_id, {photo_id: yes})

    def _open_sets(self) -> None:
        self.sets = LabelSetsDialog(self._session, self.actions, self._window)
        self.sets.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sets.finished.connect(self._sets_closed)
        self.sets.open()

    @Slot()
    def _sets_closed(self) -> None:
        self.sets = None


def _notice(label: Label, known: Label | None, library: Library) -> str:
    """What should be known before a label is on; "" where that was the same before."""
    before = "" if known is None else library.labels.notice([known])
    return "" if before else library.labels.notice([label])


def _words(label: Label) -> tuple[object, ...]:
    """What is written about a label."""
    return (
        *(label.name, label.prompts, label.against, label.templates),
        *(label.parent, label.group),
    )
