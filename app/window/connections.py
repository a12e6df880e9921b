"""Who answers whom: every signal between the parts of the window, by what it is about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.search.counts import SearchCounts
from app.sidebar.places import Place
from app.window.counts import ShownCounts

if TYPE_CHECKING:
    from app.search.answers import Shown
    from app.window.window import MainWindow
    from core.events import TagsChanged


def connect_parts(window: MainWindow) -> None:
    """Connect the parts of a window."""
    counts = ShownCounts(window.browsing, window.browse, window.sidebar, window.status, window)
    _connect_library(window, counts)
    _connect_photos(window)
    _connect_labels(window)
    _connect_counts(window, counts)
    _connect_changes(window)
    _connect_pages(window)


def _connect_library(window: MainWindow, counts: ShownCounts) -> None:
    session, feed = window.session, window.feed
    session.opened.connect(window.opened)
    session.refused.connect(window.refused)
    session.closed.connect(window.closed)
    session.folders_listed.connect(window.folders_listed)
    session.folder_added.connect(window.folder_added)
    session.folder_refused.connect(window.folder_refused)
    session.rows_read.connect(window.model.take_rows)
    session.problem.connect(window.notice.tell)
    session.events.photos_changed.connect(window.photos_changed)
    session.events.photos_changed.connect(window.tray.take_photos)
    session.events.progress.connect(window.tray.take_progress)
    feed.changed.connect(window.tell_surroundings)
    feed.ended.connect(window.browsing.ask_again_soon)
    feed.problems_asked.connect(window.navigation.show_problems)
    feed.settings_asked.connect(partial(window.settings_dialog.show_page, "model"))
    window.sidebar_feed.listed.connect(counts.hold_or_show)
    window.browsing.shown.connect(counts.release)
    window.browsing.failed.connect(counts.release)
    counts.told.connect(window.listed)
    feed.more_failed.connect(window.sidebar_feed.ask_soon)


def _connect_photos(window: MainWindow) -> None:
    grid, bar, browsing = window.browse.grid, window.view_bar, window.browsing
    window.model.rows_wanted.connect(window.session.read_rows)
    browsing.shown.connect(window.shown)
    grid.filled.connect(window.session.begin)
    browsing.place_changed.connect(window.context_menu.set_place)
    window.browse.command_asked.connect(window.commands.run)
    show_models = partial(window.settings_dialog.show_page, "model")
    window.browse.unknown.models_asked.connect(show_models)
    window.browse.missing.asked.connect(window.header.search.ask_words)
    window.assistant.problem.connect(window.notice.tell)
    window.assistant.focus_asked.connect(window.to_search)
    window.assistant.save_asked.connect(window.header.ask_to_save)
    bar.sort_changed.connect(browsing.set_order)
    bar.grouping_changed.connect(window.model.group_by)
    bar.shape_changed.connect(grid.set_shape)
    bar.side_changed.connect(grid.set_side)
    grid.side_changed.connect(bar.set_side)
    window.compare.asked_rating.connect(window.photo_actions.rate_photos)
    window.navigation.meant_changed.connect(window.enable_commands)
    for widget in (grid, window.viewer):
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(partial(window.open_context_menu, widget))


def _connect_labels(window: MainWindow) -> None:
    labels, sidebar, navigation = window.labels, window.sidebar, window.navigation
    window.sidebar_feed.listed.connect(labels.listed)
    window.session.events.photos_changed.connect(labels.photos_changed)
    sidebar.label_asked.connect(labels.actions.act)
    sidebar.label_named.connect(labels.actions.rename)
    sidebar.photos_tagged.connect(labels.actions.tag)
    labels.actions.removed.connect(partial(_mention_removed, window))
    window.browsing.shown.connect(partial(_fix_order, window))
    labels.go_asked.connect(sidebar.choose)
    labels.page_asked.connect(navigation.show_page)
    labels.page_left.connect(navigation.leave_page)
    labels.exchange.told.connect(window.notice.mention)
    window.inspector.labels.answered.connect(partial(_say_of_chosen, window))
    window.inspector.labels.asked.connect(partial(_show_label, window))
    window.inspector.labels.add_asked.connect(partial(window.commands.run, "photo.label"))
    labels.panel.chosen.connect(navigation.choose_quietly)
    labels.on_photos_changed.connect(window.model.forget_all)
    window.session.events.tags_changed.connect(partial(_tags_changed, window))
    labels.panel.ask_again.connect(window.browsing.ask_again_soon)
    labels.panel.opened.connect(navigation.go_to_photo)
    labels.panel.opened.connect(navigation.open_chosen)


def _connect_counts(window: MainWindow, counts: ShownCounts) -> None:
    """Last of all that is told of photos: it says how many of them are shown now."""
    listed, found = window.sidebar_feed.listed, SearchCounts(window.session, window)
    listed.connect(counts.listed)
    listed.connect(found.take)
    found.counted.connect(window.sidebar.set_counts)
    found.counted.connect(counts.again)
    window.browsing.shown.connect(counts.take)
    window.model.cut_moved.connect(counts.again)


def _mention_removed(window: MainWindow, sentence: str) -> None:
    """Say what is gone, and offer it back."""
    window.notice.mention(sentence, window.commands["edit.undo"].text(), window.undo.undo)


def _tags_changed(window: MainWindow, _tags: TagsChanged) -> None:
    if window.labels.on_photos:
        window.model.forget_all()


def _fix_order(window: MainWindow, shown: Shown) -> None:
    """The photos of a label have an order of their own."""
    window.view_bar.set_order_fixed(fixed=shown.label is not None)


def _say_of_chosen(window: MainWindow, label_id: int, said: bool | None) -> None:
    chosen = window.navigation.chosen()
    window.labels.actions.answer(label_id, dict.fromkeys(chosen, said))


def _show_label(window: MainWindow, label_id: int) -> None:
    label = window.labels.actions.label(label_id)
    if label is not None:
        window.sidebar.choose(Place("label", str(label.id), label.name))


def _connect_changes(window: MainWindow) -> None:
    undo, sidebar, files = window.undo, window.sidebar, window.file_actions
    sidebar.add_folder_asked.connect(window.choose_folder)
    sidebar.remove_folder_asked.connect(window.folder_actions.ask_to_remove)
    sidebar.new_disk_asked.connect(window.folder_actions.ask_about_disk)
    sidebar.folders_dropped.connect(window.folder_actions.add)
    sidebar.show_in_files_asked.connect(files.show_path)
    sidebar.gather_asked.connect(files.gathering.ask)
    sidebar.edit_asked.connect(undo.do)
    sidebar.photos_dropped.connect(window.collections.add_to_album)
    sidebar.removed.connect(partial(_mention_removed, window))
    window.folder_actions.picked.connect(window.folder_picked)
    window.inspector.edit_asked.connect(undo.do)
    window.inspector.show_file_asked.connect(files.show_path)
    window.problems.mentioned.connect(window.notice.mention)
    window.problems.show_in_files_asked.connect(files.show_path)
    window.header.save_asked.connect(window.collections.save_search)
    window.header.update_asked.connect(window.collections.update_search)
    window.context_menu.offer_programs(files.open_with.menu)
    files.told.connect(window.notice.tell)
    files.similar_asked.connect(window.assistant.find_similar)
    window.file_work.told.connect(window.notice.tell)
    undo.told.connect(window.notice.tell)
    undo.changed.connect(window.notice.withdraw)
    undo.failed.connect(window.sidebar_feed.ask_now)
    undo.failed.connect(window.inspector.refresh)


def _connect_pages(window: MainWindow) -> None:
    window.first_start.accepted.connect(window.start_with)
    window.first_start.change_asked.connect(window.choose_folder)
    window.navigation.problems_shown.connect(window.view_bar.setDisabled)
    window.viewer.full_screen_changed.connect(window.status.setHidden)
    window.message.retried.connect(window.session.open)
    window.message.second_asked.connect(window.open_to_look)
    settings, tray = window.settings_dialog, window.tray
    settings.thumbnail_bytes_changed.connect(window.thumbnails.set_bytes_kept)
    settings.tray_changed.connect(tray.set_on)
    settings.relevance_changed.connect(window.browse.grid.show_relevance)
    tray.open_asked.connect(window.come_forward)
    tray.pause_asked.connect(window.session.pause)
    tray.resume_asked.connect(window.session.resume)
    tray.quit_asked.connect(window.quit)
