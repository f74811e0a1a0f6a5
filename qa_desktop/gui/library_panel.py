"""The library: which one is open, what is searched of it, what could not be read, what is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import tree_state, words
from qa_desktop.gui.busy_strip import BusyStrip
from qa_desktop.gui.facet_bar import FacetBar
from qa_desktop.gui.icons import Icons, soften_clear_button
from qa_desktop.gui.library_filter import Filter
from qa_desktop.gui.library_model import FilteredLibrary, LibraryModel
from qa_desktop.gui.library_tree import has_text
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.problem_list import ProblemList
from qa_desktop.gui.report_line import ReportLine

_FILTER_AFTER_MS = 150
_EXPAND_UP_TO = 60


class LibraryPanel(QFrame):
    """The left pane.

    Signals: `add_files`, `add_folder`, `remove(ids)`, `retry(ids)`, `open_original(id)`, `scope_changed`.
    Attributes: `switcher` (the button that names the library; its menu is filled elsewhere), `busy`,
    `report_line` (what became of the files that were read last).
    """

    add_files = Signal()
    add_folder = Signal()
    remove = Signal(list)
    retry = Signal(list)
    open_original = Signal(int)
    scope_changed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.setAccessibleName(self.tr("Library"))
        self._icons = icons
        self.model = LibraryModel(icons, self)
        self.filtered = FilteredLibrary(self.model, self)
        self._make_head()
        self._make_list()
        self.problems = ProblemList(icons, self)
        self.problems.retry.connect(self.retry)
        self.problems.remove.connect(self.remove)
        self.busy = BusyStrip(self)
        self.report_line = ReportLine(icons, self)
        self._arrange()
        self.setFocusProxy(self.tree)
        self.model.scope_changed.connect(self._describe)
        self.model.scope_changed.connect(self.scope_changed)
        self._describe()

    def _make_head(self) -> None:
        self.switcher = QPushButton(self)
        self.switcher.setObjectName("switcher")
        self.switcher.setProperty("kind", "quiet")
        self.switcher.setAutoDefault(False)
        self.switcher.setToolTip(self.tr("Open another library"))
        self.switcher.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._add = QToolButton(self)
        self._add.setText(self.tr("Add ▾"))
        self._add.setProperty("kind", "facet")
        self._add.setAccessibleName(self.tr("Add documents"))
        self._add.setToolTip(self.tr("Add files or a folder to this library"))
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._add)
        for text, icon, signal in (
            (self.tr("&Files…"), "add-file", self.add_files),
            (self.tr("F&older…"), "add-folder", self.add_folder),
        ):
            action = menu.addAction(text)
            action.triggered.connect(signal)
            self._icons.put(action, icon)
        self._add.setMenu(menu)
        self._state = plain_label(role="small", parent=self)

    def _make_list(self) -> None:
        self.filter_field = QLineEdit(self)
        self.filter_field.setPlaceholderText(self.tr("Filter documents"))
        self.filter_field.setAccessibleName(self.tr("Filter documents by title, name or author"))
        self.filter_field.setClearButtonEnabled(True)
        self.filter_field.setAcceptDrops(False)
        soften_clear_button(self.filter_field, self._icons)
        self._wait = QTimer(self, singleShot=True, interval=_FILTER_AFTER_MS)
        self._wait.timeout.connect(self._apply_filter)
        self.filter_field.textChanged.connect(lambda _: self._wait.start())
        self.facets = FacetBar(self)
        self.facets.changed.connect(self._apply_filter)
        self.facets.changed.connect(self.scope_changed)
        self.tree = QTreeView(self)
        self.tree.setModel(self.filtered)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.tree.setAccessibleName(self.tr("Documents; a tick means that it is searched"))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu_at)
        self.tree.activated.connect(self._activated)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_selected)
        self._scope = QLabel(self)
        self._scope.setProperty("role", "small")
        self._scope.setWordWrap(True)
        self._only = QPushButton(self.tr("Search only these"), self)
        self._all = QPushButton(self.tr("Search all"), self)
        for button, slot in ((self._only, self._search_shown), (self._all, self._search_all)):
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(slot)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.switcher, 1)
        head.addWidget(self._add)
        scope = QHBoxLayout()
        scope.setSpacing(2)
        scope.addWidget(self._only)
        scope.addWidget(self._all)
        scope.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addWidget(self._state)
        whole.addWidget(self.filter_field)
        whole.addWidget(self.facets)
        whole.addWidget(self.tree, 1)
        whole.addWidget(self._scope)
        whole.addLayout(scope)
        whole.addWidget(self.problems)
        whole.addWidget(self.report_line)
        whole.addWidget(self.busy)

    def set_name(self, name: str) -> None:
        """Show which library is open."""
        self.switcher.setText(f"{name} ▾".replace("&", "&&"))
        self.switcher.setAccessibleName(self.tr("Library: %1").replace("%1", name))

    def set_state(self, text: str) -> None:
        """Say in a line what the library holds or is waiting for."""
        self._state.setText(text)

    def set_entries(self, entries: Sequence[DocumentEntry], *, fresh: bool = False) -> None:
        """Show the documents, and apart from them the files that could not be read.

        What was ticked, unfolded and chosen stays so, unless the list is a `fresh` one: another library's.
        """
        searchable = [e for e in entries if e.state != "unreadable"]
        if fresh:
            self.filter_field.clear()
            self.facets.clear()
            self.model.set_entries(searchable, keep_ticks=False)
            if len(searchable) <= _EXPAND_UP_TO:
                tree_state.unfold_folders(self.tree, self.filtered)
        else:
            before = tree_state.take(self.tree, self.filtered)
            self.model.set_entries(searchable)
            tree_state.put_back(self.tree, self.filtered, before)
        self.facets.set_entries(searchable)
        self.problems.set_entries(entries)
        for widget in (self.filter_field, self.facets):
            widget.setVisible(bool(searchable))
        held = sum(map(has_text, entries))
        found = sum(map(has_text, searchable))
        if not entries:
            text = self.tr("No documents yet. Add files or a folder, or drop them on the window.")
        elif found < held:
            text = self.tr("%1, %2 of them searchable").replace("%1", words.documents(held))
            text = text.replace("%2", words.number(found))
        else:
            text = self.tr("%1, all searchable").replace("%1", words.documents(held))
        self.set_state(text)

    def scope(self) -> frozenset[int] | None:
        """Return the ids of the documents to be searched, or None for all: the ticked ones of the facets."""
        ticked, chosen = self.model.scope(), replace(self._wanted(), text="")
        if not chosen.active:
            return ticked
        fitting = frozenset(e.id for e in self.model.entries() if chosen.accepts(e))
        return fitting if ticked is None else fitting & ticked

    def remove_selected(self) -> None:
        """Ask to remove what is selected in the tree."""
        nodes = [self.filtered.node(index) for index in self.tree.selectionModel().selectedIndexes()]
        ids = {leaf.entry.id for node in nodes for leaf in node.leaves() if leaf.entry}
        if ids:
            self.remove.emit(sorted(ids))

    def _apply_filter(self) -> None:
        self._wait.stop()
        wanted = self._wanted()
        self.filtered.set_filter(wanted)
        if wanted.active:
            self.tree.expandAll()
        self._describe()

    def _wanted(self) -> Filter:
        facets = self.facets
        return Filter(
            self.filter_field.text(),
            facets.kinds.chosen,
            facets.years.chosen,
            facets.folders.chosen,
            facets.languages.chosen,
        )

    def _describe(self) -> None:
        total, scope = len(self.model.entries()), self.scope()
        shown = self.filtered.shown()
        filtering = self.filtered.filter.active
        parts = []
        if filtering:
            parts.append(self.tr("%1 of %2 shown"))
            parts[0] = parts[0].replace("%1", words.number(len(shown))).replace("%2", words.number(total))
        if scope is not None:
            text = self.tr("%1 of %2 will be searched").replace("%1", words.number(len(scope)))
            parts.append(text.replace("%2", words.number(total)))
        self._scope.setText(" · ".join(parts))
        self._scope.setVisible(bool(parts))
        self._only.setVisible(filtering and bool(shown) and scope != frozenset(e.id for e in shown))
        self._all.setVisible(scope is not None)

    def _search_shown(self) -> None:
        self.model.tick_only(frozenset(e.id for e in self.filtered.shown()))

    def _search_all(self) -> None:
        self.facets.clear()
        self.model.tick_only(None)

    def _activated(self, index: QModelIndex) -> None:
        entry = self.filtered.node(index).entry
        if entry is not None:
            self.open_original.emit(entry.id)

    def _menu_at(self, where: QPoint) -> None:
        node = self.filtered.node(self.tree.indexAt(where))
        ids = frozenset(leaf.entry.id for leaf in node.leaves() if leaf.entry)
        if not ids or not node.path:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if node.entry is not None:
            entry = node.entry
            original = menu.addAction(self.tr("&Open the original"))
            original.triggered.connect(lambda: self.open_original.emit(entry.id))
        only = menu.addAction(self.tr("&Search only this"))
        only.triggered.connect(lambda: self.model.tick_only(ids))
        menu.addSeparator()
        drop = menu.addAction(self.tr("&Remove from the library…"))
        drop.triggered.connect(lambda: self.remove.emit(sorted(ids)))
        menu.popup(self.tree.viewport().mapToGlobal(where))
