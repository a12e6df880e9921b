"""The rows of the sidebar for Qt: children are made when their parent is opened first."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app import wording
from app.sidebar.tree import ALBUMS, FOLDERS, LABELS, NEW_ALBUM, NEW_LABEL, SEARCHES, Node
from app.virtuals import contained

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOTHING = Qt.ItemFlag.NoItemFlags
HEADING = Qt.ItemFlag.ItemIsEnabled
INNER = HEADING | Qt.ItemFlag.ItemIsSelectable
LEAF = INNER | Qt.ItemFlag.ItemNeverHasChildren  # one thing less to ask of thousands
MOST_TOLD = 50  # rows that look different
CHANGEABLE = ("album", "label", "search")  # places that have a name of the person's


class _Item:
    """A row that Qt knows. Qt holds its number, never the object: a stale index finds nothing."""

    __slots__ = ("changeable", "children", "flags", "loaded", "node", "number", "parent", "row")

    def __init__(self, number: int, node: Node, parent: _Item | None, row: int) -> None:
        self.number = number
        self.node = node
        self.take_flags()
        self.parent = parent
        self.row = row
        self.children: list[_Item] = []
        self.loaded = False

    def take_flags(self) -> None:
        """Work out what Qt asks several times of each row: as it is, and where it can be changed.

        Headings can be reached but not chosen; what a person named can be renamed.
        """
        self.flags = self.changeable = _flags(self.node)
        if self.node.key == NEW_ALBUM or _renamable(self.node):
            self.changeable |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsSelectable


class SidebarModel(QAbstractItemModel):
    """Shows the newest tree; what was opened, chosen or scrolled to stays when another comes."""

    reshaped = Signal()  # a row has rows below it now, or none any more
    recounted = Signal()  # so many rows that Qt is not told of each, which it would look for

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[int, _Item] = {}
        self._by_key: dict[str, _Item] = {}
        self._counts: dict[str, int] = {}
        self._changed: list[tuple[_Item, _Item]] = []  # first and last below a parent
        self._next = 1
        self._root = _Item(0, Node("root"), None, 0)
        self._root.loaded = True
        self.changeable = True

    # What the rows are

    def node(self, index: Index) -> Node | None:
        """What a row stands for; None for no row."""
        item = self._items.get(index.internalId())  # 0 where there is no row
        return None if item is None else item.node

    def count(self, key: str) -> int | None:
        """What the row with a key says of how many photos there are."""
        node = self._node_of(key)
        return None if node is None else node.count

    def _node_of(self, key: str) -> Node | None:
        """What the row with a key stands for; of what is not opened, it may not have been made."""
        if (item := self._by_key.get(key)) is not None:
            return item.node
        way = _way(self._root.node, key)
        return way[-1] if way else None

    def depth(self, index: Index) -> int:
        """How deep a row lies: 0 for fixed rows, headings, and what stands below a heading."""
        item = self._items.get(index.internalId())
        depth = -1
        while item is not None and item is not self._root and not item.node.heading:
            depth += 1
            item = item.parent
        return max(0, depth)

    def make(self, key: str) -> QModelIndex:
        """The row with a key, made with those above it; no row where there is none."""
        item = self._by_key.get(key) or self._load_down_to(key)
        return QModelIndex() if item is None else self._index(item)

    def made(self, key: str) -> QModelIndex:
        """The row with a key, if it has been made; no row otherwise."""
        item = self._by_key.get(key)
        return QModelIndex() if item is None else self._index(item)

    def openable(
        self, parent: Index, first: int, last: int, keys: Container[str]
    ) -> list[QModelIndex]:
        """Which rows, from `first` to `last`, have rows below them and one of these keys."""
        return [
            self._index(item)
            for item in self._item(parent).children[first : last + 1]
            if item.node.children and item.node.key in keys
        ]

    def holds(self, key: str) -> bool:
        """Whether there is a row with a key, made or not."""
        return key in self._by_key or bool(_way(self._root.node, key))

    # Taking in another tree

    def update(self, rows: list[Node]) -> None:
        """Become this tree."""
        for search in (row for node in rows if node.key == SEARCHES for row in node.children):
            search.count = self._counts.get(search.key)
        self._root.node = Node("root", children=rows)
        self._merge(self._root, rows)
        changed, self._changed = self._changed, []
        if sum(last.row - first.row + 1 for first, last in changed) > MOST_TOLD:
            self.recounted.emit()
            return
        for first, last in changed:
            self.dataChanged.emit(self._index(first), self._index(last))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many photos saved searches find, by key; others have no number."""
        former, self._counts = self._counts, dict(counts)
        for key in former.keys() | counts.keys():
            item = self._by_key.get(key)
            if item is not None and item.node.count != counts.get(key):
                item.node.count = counts.get(key)
                self.dataChanged.emit(self._index(item), self._index(item))

    def set_count(self, key: str, count: int) -> None:
        """Say how many photos are in one place, until the library is counted again."""
        node, item = self._node_of(key), self._by_key.get(key)
        if node is not None and node.count is not None and node.count != count:
            node.count = count
            if item is not None:
                self.dataChanged.emit(self._index(item), self._index(item))

    def rename(self, index: Index, name: str) -> None:
        """Call a row differently until the library answers again."""
        item = self._items.get(index.internalId())
        if item is not None:
            item.node.name = name
            self.dataChanged.emit(self._index(item), self._index(item))

    def _merge(self, parent: _Item, wanted: Sequence[Node]) -> None:
        self._remove_all_but({node.key for node in wanted}, parent)
        row = 0
        changed: list[int] = []
        while row < len(wanted):
            node = wanted[row]
            if row < len(parent.children) and parent.children[row].node.key == node.key:
                if self._renew(parent.children[row], node):
                    changed.append(row)
                row += 1
                continue
            known = self._by_key.get(node.key)
            if known is not None and known.parent is parent:
                self._move(parent, known.row, row)
                continue
            end = row + 1
            while end < len(wanted) and wanted[end].key not in self._by_key:
                end += 1
            self._insert(parent, row, wanted[row:end])
            row = end
        if changed:  # at once: thousands may have another count
            self._changed.append((parent.children[changed[0]], parent.children[changed[-1]]))

    def _renew(self, item: _Item, node: Node) -> bool:
        """Take in a row's newest facts; returns whether it looks different."""
        old, item.node = item.node, node
        reshaped = bool(old.children) != bool(node.children)
        if reshaped:
            item.take_flags()
        if item.loaded and (item.children or node.children):
            self._merge(item, node.children)
        if reshaped:
            self.reshaped.emit()
        return reshaped or _looks(old) != _looks(node)

    def _insert(self, parent: _Item, row: int, nodes: Sequence[Node]) -> None:
        self.beginInsertRows(self._index(parent), row, row + len(nodes) - 1)
        made = []
        for node in nodes:
            item = _Item(self._next, node, parent, 0)
            self._items[self._next] = self._by_key[node.key] = item
            self._next += 1
            made.append(item)
        parent.children[row:row] = made
        _number(parent)
        self.endInsertRows()

    def _remove_all_but(self, keys: set[str], parent: _Item) -> None:
        last = len(parent.children) - 1
        while last >= 0:
            first = last
            while first >= 0 and parent.children[first].node.key not in keys:
                first -= 1
            if first < last:
                self.beginRemoveRows(self._index(parent), first + 1, last)
                for item in parent.children[first + 1 : last + 1]:
                    self._forget(item)
                del parent.children[first + 1 : last + 1]
                _number(parent)
                self.endRemoveRows()
            last = first - 1

    def _move(self, parent: _Item, old: int, new: int) -> None:
        at = self._index(parent)
        self.beginMoveRows(at, old, old, at, new)
        parent.children.insert(new, parent.children.pop(old))
        _number(parent)
        self.endMoveRows()

    def _forget(self, item: _Item) -> None:
        for child in item.children:
            self._forget(child)
        del self._items[item.number]
        if self._by_key.get(item.node.key) is item:
            del self._by_key[item.node.key]

    def _load_down_to(self, key: str) -> _Item | None:
        for node in _way(self._root.node, key):
            item = self._by_key.get(node.key)
            if item is None:
                return None
            if node.key != key:
                self._load(item)
        return self._by_key.get(key)

    def _load(self, item: _Item) -> None:
        if not item.loaded:
            item.loaded = True
            if item.node.children:
                self._insert(item, 0, item.node.children)

    def _index(self, item: _Item) -> QModelIndex:
        if item is self._root:
            return QModelIndex()
        return self.createIndex(item.row, 0, item.number)

    def _item(self, index: Index) -> _Item:
        return self._items.get(index.internalId(), self._root)

    # What Qt asks

    @contained(QModelIndex)
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The row below a parent."""
        children = self._item(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].number)

    @contained(QModelIndex)
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The row above."""
        item = self._items.get(index.internalId())
        if item is None or item.parent is None:
            return QModelIndex()
        return self._index(item.parent)

    @contained(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows have been made below a parent."""
        return len(self._item(parent).children)

    @contained(1)
    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 1

    @contained(False)
    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether a row can be opened."""
        return bool(self._item(parent).node.children)

    @contained(False)
    def canFetchMore(self, parent: Index) -> bool:
        """Whether a row's children have not been made yet."""
        return not self._item(parent).loaded and self.hasChildren(parent)

    @contained()
    def fetchMore(self, parent: Index) -> None:
        """Make a row's children."""
        self._load(self._item(parent))

    @contained(NOTHING)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a row."""
        item = self._items.get(index.internalId())
        if item is None:
            return NOTHING
        return item.changeable if self.changeable else item.flags

    @contained()
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The name, what a screen reader says, and the tip."""
        node = self.node(index)
        if node is None:
            return None
        match role:
            case Role.DisplayRole:
                return self.name(node)
            case Role.EditRole:
                return node.name
            case Role.AccessibleTextRole:
                return self._spoken(node)
            case Role.ToolTipRole:
                return self._tip(node)
        return None

    def name(self, node: Node) -> str:
        """What a row is called on screen."""
        if node.name:
            return wording.shown(node.name)
        names = {
            "all": self.tr("All photos"),
            "favourites": self.tr("Favourites"),
            "recent": self.tr("Recently added"),
            "problems": self.tr("Problems"),
            FOLDERS: self.tr("Folders"),
            ALBUMS: self.tr("Albums"),
            SEARCHES: self.tr("Saved searches"),
            NEW_ALBUM: self.tr("New album…"),
            LABELS: self.tr("Labels"),
            NEW_LABEL: self.tr("New label…"),
        }
        if node.key == NEW_LABEL and node.first:
            return self.tr("Describe something…")
        return names.get(node.key, "")

    def _spoken(self, node: Node) -> str:
        parts = [self.name(node)]
        if node.count is not None:
            failed = node.key == "problems"
            parts.append(wording.number(node.count) if failed else wording.photos(node.count))
        if node.offline:
            parts.append(self.tr("offline"))
        if node.off:
            parts.append(self.tr("switched off"))
        return ", ".join(parts)

    def _tip(self, node: Node) -> str:
        place = node.place
        if node.key == NEW_LABEL:
            return self.tr(
                "Describe something in your own words, and every photo that it fits is found:\n"
                "receipts, our red tent, a heron by the water."
            )
        if place is None or not place.value:
            return ""
        if place.kind == "label" and node.off:
            return self.name(node) + "\n" + self.tr("Switched off")
        if place.kind != "folder":
            return self.name(node)
        tip = wording.shown(place.value)
        if node.count is not None:
            tip += "\n" + wording.photos(node.count)
        if node.offline:
            tip += "\n" + wording.offline_folder(node.disk, node.other_disk)
        return tip


def _flags(node: Node) -> Qt.ItemFlag:
    if node.place is None:
        return HEADING
    return INNER if node.children else LEAF


def _looks(node: Node) -> tuple[object, ...]:
    disks = node.disk, node.other_disk
    return node.name, node.count, node.offline, node.off, node.first, disks


def _renamable(node: Node) -> bool:
    return node.place is not None and node.place.kind in CHANGEABLE


def _number(parent: _Item) -> None:
    for row, item in enumerate(parent.children):
        item.row = row


def _way(root: Node, key: str) -> list[Node]:
    """The rows from the highest level down to a key; empty where there is none."""
    waiting: list[tuple[Node, list[Node]]] = [(child, []) for child in root.children]
    while waiting:
        node, above = waiting.pop()
        way = [*above, node]
        if node.key == key:
            return way
        waiting.extend((child, way) for child in node.children)
    return []
