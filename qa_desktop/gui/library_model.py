"""The documents of a library as a tree of folders with tick boxes, and a filter over it.

The tree is plain Python (`library_tree`); the Qt model only adapts it.  What is ticked is what is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.library_filter import Filter
from qa_desktop.gui.library_tree import Node, build_tree, describe, shown_label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LibraryModel(QAbstractItemModel):
    """Adapts the tree.

    Signals: `scope_changed` when a tick was set or taken away, or the documents changed.
    """

    scope_changed = Signal()

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._root = Node("", "")

    def set_entries(self, entries: Sequence[DocumentEntry], *, keep_ticks: bool = True) -> None:
        """Show `entries`; what was not ticked stays so, unless the ticks are not to be kept."""
        unticked = frozenset(leaf.path for leaf in self._root.leaves() if keep_ticks and not leaf.ticked)
        self.beginResetModel()
        self._root = build_tree(entries, unticked)
        self.endResetModel()
        self.scope_changed.emit()

    def scope(self) -> frozenset[int] | None:
        """Return the ids of the ticked documents, or None when all are."""
        leaves = list(self._root.leaves())
        ticked = [leaf.entry.id for leaf in leaves if leaf.ticked and leaf.entry]
        return None if len(ticked) == len(leaves) else frozenset(ticked)

    def entries(self) -> list[DocumentEntry]:
        """Return all documents of the tree."""
        return [leaf.entry for leaf in self._root.leaves() if leaf.entry]

    def tick_only(self, chosen: frozenset[int] | None) -> None:
        """Tick these documents and no others; None ticks all."""
        for leaf in self._root.leaves():
            leaf.ticked = chosen is None or (leaf.entry is not None and leaf.entry.id in chosen)
        self._announce(QModelIndex())
        self.scope_changed.emit()

    def node(self, index: Index) -> Node:
        """Return what stands at `index`; the root for an invalid one."""
        held = index.internalPointer() if index.isValid() else None
        return held if isinstance(held, Node) else self._root

    # What Qt asks for, in Qt's names.

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.node(parent).children[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads it
        """Return the index of the folder around."""
        above = self.node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of children."""
        return len(self.node(parent).children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the one column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return label, tick, icon, tooltip or spoken words."""
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_label(node)
        if role == Qt.ItemDataRole.CheckStateRole:
            return node.state
        if role == Qt.ItemDataRole.DecorationRole:
            if node.entry is None:
                return self._icons.icon("folder", "muted")
            if node.entry.state == "partial":
                return self._icons.icon("warning", "warning")
            return self._icons.kind(node.entry.kind)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(describe(node))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return describe(node)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Set or take away ticks, for a folder those of all documents below."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        for leaf in self.node(index).leaves():
            leaf.ticked = ticked
        self._announce(index)
        self.scope_changed.emit()
        return True

    def _announce(self, index: Index) -> None:
        roles = [Qt.ItemDataRole.CheckStateRole]
        above = index
        while above.isValid():
            self.dataChanged.emit(above, above, roles)
            above = self.parent(above)
        waiting = [index]
        while waiting:
            folder = waiting.pop()
            rows = self.rowCount(folder)
            if rows:
                self.dataChanged.emit(self.index(0, 0, folder), self.index(rows - 1, 0, folder), roles)
                waiting.extend(self.index(row, 0, folder) for row in range(rows))


class FilteredLibrary(QSortFilterProxyModel):
    """Shows the documents that a `Filter` accepts, and the folders around them."""

    def __init__(self, model: LibraryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = Filter()
        self._model = model
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """Show what `wanted` accepts."""
        self.beginFilterChange()
        self._filter = wanted
        self.endFilterChange()

    def shown(self) -> list[DocumentEntry]:
        """Return the documents that are shown."""
        return [e for e in self._model.entries() if self._filter.accepts(e)]

    def node(self, index: Index) -> Node:
        """Return what stands at the proxy's `index`."""
        return self._model.node(self.mapToSource(index))

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Accept documents by the filter; a folder shows when something in it does."""
        entry = self._model.node(self._model.index(row, 0, parent)).entry
        return entry is not None and self._filter.accepts(entry)
