"""Whoever cannot see the window, or uses no mouse, finds everything in it by name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QScrollBar,
    QSlider,
    QWidget,
)

from tests.app.opening import OpenWindow

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QSlider,
)


def controls(widget: QWidget) -> Iterator[QWidget]:
    """The controls in sight, but for those that Qt makes inside of them."""
    for control in widget.findChildren(QWidget):
        if isinstance(control, CONTROLS) and control.isVisible() and not inner(control):
            yield control


def inner(control: QWidget) -> bool:
    parent = control.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, (*CONTROLS, QScrollBar)):
            return True
        parent = parent.parentWidget()
    return control.objectName().startswith("qt_")


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    path = []
    at: QWidget | None = widget
    while at is not None:
        path.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(path)


def unnamed(widget: QWidget) -> list[str]:
    return [described(control) for control in controls(widget) if not name_of(control)]


def test_every_control_of_the_window_has_a_name(open_window: OpenWindow) -> None:
    window, _ = open_window(30)
    assert len(list(controls(window))) > 5
    assert unnamed(window) == []


def test_every_control_of_the_settings_has_a_name(open_window: OpenWindow) -> None:
    window, _ = open_window(30)
    settings = window.settings_dialog
    settings.show_page()
    for page in settings.pages:
        settings.show_page(page)
        assert unnamed(settings) == [], page


def test_everything_that_can_be_pressed_can_be_reached_by_the_keyboard(
    open_window: OpenWindow,
) -> None:
    window, _ = open_window(30)
    by_command = {action for command in window.commands for action in (command.action,)}
    unreachable = [
        described(button)
        for button in window.findChildren(QAbstractButton)
        if button.isVisible()
        and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not set(button.actions()) & by_command
        and button.shortcut().isEmpty()
    ]
    assert unreachable == []


def test_every_command_has_a_name_and_a_group(open_window: OpenWindow) -> None:
    window, _ = open_window(3)
    for command in window.commands:
        assert command.action.text(), command.name
        assert command.group, command.name


def test_no_two_commands_want_the_same_keys_in_one_place(open_window: OpenWindow) -> None:
    from app.keyboard_map import KeyboardMap

    window, _ = open_window(3)
    keys = KeyboardMap(window.commands, None)
    for command in window.commands:
        for key in window.commands.keys(command.name):
            others = [other.name for other in keys.users(command.name, key)]
            assert others == [], f"{command.name}: {key}"
