"""What a person did to the tree of documents, kept while the list is renewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTreeView

from qa_desktop.gui.library_model import FilteredLibrary


@dataclass(frozen=True, slots=True)
class TreeState:
    """The paths that were folded, selected and current, and how far the tree was scrolled.

    `unfolded` are documents whose parts were shown.
    """

    folded: frozenset[str]
    unfolded: frozenset[str]
    selected: frozenset[str]
    current: str
    scroll: int


def take(tree: QTreeView, filtered: FilteredLibrary) -> TreeState:
    """Return the state of `tree`."""
    folded, unfolded = set(), set()
    for index in _all(filtered, QModelIndex()):
        node = filtered.node(index)
        if node.entry is None and not tree.isExpanded(index):
            folded.add(node.path)
        elif node.entry is not None and tree.isExpanded(index):
            unfolded.add(node.path)
    selected = {filtered.node(i).path for i in tree.selectionModel().selectedIndexes()}
    current = filtered.node(tree.currentIndex()).path
    scroll = tree.verticalScrollBar().value()
    return TreeState(frozenset(folded), frozenset(unfolded), frozenset(selected), current, scroll)


def put_back(tree: QTreeView, filtered: FilteredLibrary, state: TreeState) -> None:
    """Give `tree` its state back; a folder that is new is unfolded, a document with parts is not."""
    choose = QItemSelectionModel.SelectionFlag
    selection = tree.selectionModel()
    for index in _all(filtered, QModelIndex()):
        path = filtered.node(index).path
        if filtered.hasChildren(index):
            folder = filtered.node(index).entry is None
            tree.setExpanded(index, path not in state.folded if folder else path in state.unfolded)
        if path in state.selected:
            selection.select(index, choose.Select)
        if path == state.current:
            selection.setCurrentIndex(index, choose.NoUpdate)
    tree.verticalScrollBar().setValue(state.scroll)


def unfold_folders(tree: QTreeView, filtered: FilteredLibrary) -> None:
    """Unfold every folder, and no document."""
    for index in _all(filtered, QModelIndex()):
        tree.setExpanded(index, filtered.node(index).entry is None)


def _all(filtered: FilteredLibrary, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(filtered.rowCount(parent)):
        index = filtered.index(row, 0, parent)
        yield index
        yield from _all(filtered, index)
