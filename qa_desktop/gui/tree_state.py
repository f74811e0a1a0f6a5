"""What a person did to the tree of documents, kept while the list is renewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTreeView

from qa_desktop.gui.library_model import FilteredLibrary


@dataclass(frozen=True, slots=True)
class TreeState:
    """The paths that were folded, selected and current, and how far the tree was scrolled."""

    folded: frozenset[str]
    selected: frozenset[str]
    current: str
    scroll: int


def take(tree: QTreeView, filtered: FilteredLibrary) -> TreeState:
    """Return the state of `tree`."""
    folded = set()
    for index in _all(filtered, QModelIndex()):
        if filtered.hasChildren(index) and not tree.isExpanded(index):
            folded.add(filtered.node(index).path)
    selected = {filtered.node(i).path for i in tree.selectionModel().selectedIndexes()}
    current = filtered.node(tree.currentIndex()).path
    return TreeState(frozenset(folded), frozenset(selected), current, tree.verticalScrollBar().value())


def put_back(tree: QTreeView, filtered: FilteredLibrary, state: TreeState) -> None:
    """Give `tree` its state back; a folder that is new is unfolded."""
    choose = QItemSelectionModel.SelectionFlag
    selection = tree.selectionModel()
    for index in _all(filtered, QModelIndex()):
        path = filtered.node(index).path
        if filtered.hasChildren(index):
            tree.setExpanded(index, path not in state.folded)
        if path in state.selected:
            selection.select(index, choose.Select)
        if path == state.current:
            selection.setCurrentIndex(index, choose.NoUpdate)
    tree.verticalScrollBar().setValue(state.scroll)


def _all(filtered: FilteredLibrary, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(filtered.rowCount(parent)):
        index = filtered.index(row, 0, parent)
        yield index
        yield from _all(filtered, index)
