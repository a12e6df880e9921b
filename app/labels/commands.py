"""The commands of labels, with their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from app.commands import Commands
    from app.labels.parts import LabelParts

OF_SHOWN = ("label.prompts", "label.teach", "label.switch", "label.remove")
MOST_IN_MENU = 24  # labels; more are found faster by typing
JUDGING = ("photo.label_yes", "photo.label_no")


def add_label_commands(
    labels: LabelParts,
    commands: Commands,
    chosen: Callable[[], list[int]],
    photos: Sequence[QWidget],
    window: QWidget,
) -> None:
    """Make them. `chosen` tells the photos that are meant, `photos` where their keys work."""
    group = _tr("Labels")
    actions = labels.actions
    for name, text, what, keys, sign in (
        ("label.new", _tr("New label…"), "new", ("Ctrl+Shift+L",), "tag"),
        ("label.sets", _tr("Label sets…"), "sets", (), "shield-check"),
        ("label.import", _tr("Import labels…"), "import", (), "folder-input"),
        ("label.export", _tr("Export labels…"), "export", (), "external-link"),
        ("label.export_tags", _tr("Export tags…"), "export_tags", (), "external-link"),
    ):
        run = partial(actions.act, what, 0)
        commands.add(name, text, run, group=group, keys=keys, icon=sign)
    for name, text, what, keys, sign in (
        ("label.prompts", _tr("Change prompts…"), "prompts", ("Ctrl+Shift+E",), "file-pen"),
        ("label.teach", _tr("Teach…"), "teach", ("Ctrl+T",), "sparkles"),
        ("label.switch", _tr("Switch label on or off"), "switch", (), "eye-off"),
        ("label.remove", _tr("Remove label"), "remove", (), "trash-2"),
    ):
        run = partial(labels.about_shown, what)
        commands.add(name, text, run, group=group, keys=keys, icon=sign)
    for name, text, yes, key, sign in (
        ("photo.label_yes", _tr("Yes, the label fits"), True, "Y", "check"),
        ("photo.label_no", _tr("No, the label does not fit"), False, "N", "x"),
    ):
        commands.add(
            name,
            text,
            partial(_answer, labels, chosen, yes),
            group=group,
            keys=(key,),
            icon=sign,
            where=photos,
        )
    commands.add(
        "photo.label",
        _tr("Tag with a label…"),
        partial(_choose_label, labels, chosen, window),
        group=group,
        keys=("L",),
        icon="tag",
        where=photos,
    )

    shown = commands.add(
        "view.labels",
        _tr("Labels on photos"),
        lambda: labels.show_on_photos(shown=shown.isChecked()),
        group=_tr("View"),
        keys=("Ctrl+Alt+L",),
        icon="tag",
        checkable=True,
    )
    labels.on_photos_changed.connect(shown.setChecked)

    def enable() -> None:
        for name in (*OF_SHOWN, *JUDGING):
            commands[name].setEnabled(labels.shown is not None)

    labels.panel.other_shown.connect(enable)
    enable()


def _answer(labels: LabelParts, chosen: Callable[[], list[int]], yes: bool) -> None:
    labels.answer(chosen(), yes)


def _choose_label(labels: LabelParts, chosen: Callable[[], list[int]], window: QWidget) -> None:
    """Open a menu of labels in the middle of the window; of very many, a list to search in."""
    photos = chosen()
    if len(labels.actions.labels) > MOST_IN_MENU:
        labels.choose_label(photos)
    elif photos:
        menu = labels.actions.photo_menu(window, photos)
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        open_in_the_middle(menu, window)


def open_in_the_middle(menu: QMenu, window: QWidget) -> None:
    """Open a menu with its first line chosen."""
    middle = window.mapToGlobal(window.rect().center())
    menu.popup(middle - QPoint(menu.sizeHint().width() // 2, 0))
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("label_commands", text)
