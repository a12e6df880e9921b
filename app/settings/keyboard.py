"""Settings, keyboard: what every key does; other keys by pressing them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.commands import Command
from app.keyboard_map import KeyboardMap
from app.settings.page import SettingsPage, words
from app.theme import Theme
from app.widgets.question import Question

NAME_ROLE = Qt.ItemDataRole.UserRole


class KeyboardPage(SettingsPage):
    """Every command with its keys, by group."""

    icon_name = "keyboard"

    def __init__(self, keys: KeyboardMap, theme: Theme, window: QWidget) -> None:
        super().__init__(QCoreApplication.translate("KeyboardPage", "Keyboard"), theme)
        self._keys = keys
        self._window = window
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Find a command or a key"))
        self.sought.setAccessibleName(self.tr("Find a command or a key"))
        self.sought.setClearButtonEnabled(True)
        self.map = QTreeWidget()
        self.map.ensurePolished()
        self.map.setAccessibleName(self.tr("Commands and their keys"))
        self.map.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.map.setIndentation(theme.px(16))
        self.map.setMinimumHeight(theme.px(260))
        self.map.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.map.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.map.header().setStretchLastSection(False)
        self.asked = words("", "note")
        self.pressed = QKeySequenceEdit()
        self.pressed.setMaximumSequenceLength(1)
        self.pressed.setAccessibleName(self.tr("New keys"))
        self.set = QPushButton(self.tr("Use"))
        self.set.setProperty("primary", True)
        self.none = QPushButton(self.tr("No keys"))
        self.reset = QPushButton(self.tr("Usual keys"))
        self.reset_all = QPushButton(self.tr("All as usual…"))
        self.column.addWidget(self.sought)
        self.column.addWidget(self.map, 1)
        self.column.addWidget(self.asked)
        row = QHBoxLayout()
        row.addWidget(self.pressed, 1)
        for button in (self.set, self.none, self.reset, self.reset_all):
            row.addWidget(button)
        self.column.addLayout(row)
        self.sought.textChanged.connect(self._narrow)
        self.map.itemSelectionChanged.connect(self._chosen)
        self.map.itemActivated.connect(self._to_keys)
        self.pressed.keySequenceChanged.connect(self._explain)
        self.set.clicked.connect(self._use)
        self.none.clicked.connect(self._take_away)
        self.reset.clicked.connect(self._use_usual)
        self.reset_all.clicked.connect(self._ask_to_reset)

    def refresh(self) -> None:
        """List the commands as they are now."""
        name = self._name()
        self.map.clear()
        groups: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        for command in self._keys.commands:
            if command.group not in groups:
                group = QTreeWidgetItem([command.group])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[command.group] = (group, [])
                self.map.addTopLevelItem(group)
                group.setExpanded(True)
            item = QTreeWidgetItem([_title(command), self._shown(command)])
            item.setData(0, NAME_ROLE, command.name)
            group, items = groups[command.group]
            group.addChild(item)
            items.append(item)
            if command.name == name:
                self.map.setCurrentItem(item)
        self._groups = list(groups.values())
        self._narrow()
        self._chosen()

    def _shown(self, command: Command) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        keys = ", ".join(key.toString(native) for key in command.action.shortcuts())
        if not self._keys.differs(command.name):
            return keys
        return self.tr("{keys} (changed)").format(keys=keys or self.tr("none"))

    def _name(self) -> str:
        item = self.map.currentItem()
        name = None if item is None else item.data(0, NAME_ROLE)
        return str(name) if name is not None else ""

    def _command(self) -> Command | None:
        name = self._name()
        return next((c for c in self._keys.commands if c.name == name), None)

    @Slot()
    def _narrow(self) -> None:
        wanted = self.sought.text().strip().casefold()
        for group, items in self._groups:
            shown = 0
            for item in items:
                found = wanted in f"{item.text(0)} {item.text(1)} {group.text(0)}".casefold()
                item.setHidden(not found)
                shown += found
            group.setHidden(not shown)

    @Slot()
    def _chosen(self) -> None:
        self.pressed.clear()
        self._explain()

    @Slot()
    def _explain(self) -> None:
        command, keys = self._command(), self._pressed()
        self.pressed.setEnabled(command is not None)
        self.none.setEnabled(command is not None and bool(command.action.shortcuts()))
        self.reset.setEnabled(command is not None and self._keys.differs(command.name))
        self.set.setEnabled(command is not None and bool(keys))
        if command is None:
            self.asked.setText(self.tr("Choose a command, then press its new keys."))
            return
        users = self._keys.users(command.name, keys) if keys else []
        if not users:
            text = self.tr("Press the new keys for “{command}”.")
            self.asked.setText(text.format(command=_title(command)))
        else:
            text = self.tr("These keys are those of “{other}”, which loses them.")
            self.asked.setText(text.format(other="”, “".join(_title(user) for user in users)))
        self.asked.setProperty("role", "problem" if users else "note")
        self.asked.style().polish(self.asked)

    def _pressed(self) -> str:
        return self.pressed.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @Slot()
    def _to_keys(self) -> None:
        if self._command() is not None:
            self.pressed.setFocus()

    @Slot()
    def _use(self) -> None:
        self._keys.choose(self._name(), self._pressed())
        self.refresh()
        self.map.setFocus()

    @Slot()
    def _take_away(self) -> None:
        self._keys.choose(self._name(), "")
        self.refresh()

    @Slot()
    def _use_usual(self) -> None:
        self._keys.reset(self._name())
        self.refresh()

    @Slot()
    def _ask_to_reset(self) -> None:
        question = Question(
            self.tr("Give every command its usual keys?"),
            self.tr("The keys that you chose are forgotten."),
            self.tr("Give all usual keys"),
            self._window,
        )
        question.accepted.connect(self._reset_all)
        question.finished.connect(question.deleteLater)
        question.open()

    @Slot()
    def _reset_all(self) -> None:
        self._keys.reset_all()
        self.refresh()


def _title(command: Command) -> str:
    return command.action.text().replace("&", "")
