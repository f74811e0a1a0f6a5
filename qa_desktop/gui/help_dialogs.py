"""Help: every keyboard shortcut, and what this program is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.gui.icons import APP_ICON, Icons
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme

Keys = tuple[str, str]
"""A command and the keys for it."""


def tr(text: str) -> str:
    """Translate words of the help."""
    return QCoreApplication.translate("help", text)


def shortcuts_of(window: QMainWindow) -> list[tuple[str, list[Keys]]]:
    """Return every command of `window` that has keys, in groups: menu by menu, then what is in no menu."""
    groups: list[tuple[str, list[Keys]]] = []
    seen: set[QAction] = set()
    for title in window.menuBar().actions():
        menu = title.menu()
        if isinstance(menu, QMenu):
            found = [(a.text(), a) for a in _in_menu(menu) if a.shortcuts()]
            seen.update(action for _, action in found)
            if found:
                groups.append((_plain(title.text()), [(_plain(text), _keys(a)) for text, a in found]))
    rest = [a for a in window.findChildren(QAction) if a.shortcuts() and a not in seen and a.text()]
    if rest:
        groups.append((tr("Source and citations"), _shortened([(_plain(a.text()), _keys(a)) for a in rest])))
    groups.append((tr("Where the focus is"), _by_focus()))
    return groups


def _by_focus() -> list[Keys]:
    """Return the keys that belong to one part of the window and are no commands of their own."""
    return [
        (tr("Ask the question"), tr("Enter")),
        (tr("Cancel the search"), tr("Esc")),
        (tr("Tick a document or a folder"), tr("Space")),
        (tr("Open the source of a card"), tr("Enter")),
        (tr("Copy the quote of a card with its citation"), QKeySequence("Ctrl+C").toString(_NATIVE)),
        (tr("Scroll the source by a screen"), tr("Page Up, Page Down")),
        (tr("First and last page of the source"), tr("Home, End")),
        (tr("Zoom the source"), tr("Ctrl + mouse wheel")),
    ]


def _in_menu(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _in_menu(inner)
        elif not action.isSeparator():
            yield action


_NATIVE = QKeySequence.SequenceFormat.NativeText


def _keys(action: QAction) -> str:
    return tr(" or ").join(dict.fromkeys(keys.toString(_NATIVE) for keys in action.shortcuts()))


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _shortened(rows: Sequence[Keys]) -> list[Keys]:
    """Put commands that differ by a number only ("Citation 1" … "Citation 9") on one line."""
    numbered = [row for row in rows if row[0][-1:].isdigit()]
    others = [row for row in rows if not row[0][-1:].isdigit()]
    if len(numbered) > 2:
        first, last = numbered[0], numbered[-1]
        numbered = [(f"{first[0]} … {last[0].split()[-1]}", f"{first[1]} … {last[1]}")]
    return [*others, *numbered]


class ShortcutsDialog(QDialog):
    """Lists the keys of everything that can be done in `window`."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setObjectName("shortcutsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Keyboard shortcuts"))
        self.list.setHeaderLabels([tr("Command"), tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setUniformRowHeights(True)
        for title, rows in shortcuts_of(window):
            group = QTreeWidgetItem(self.list, [title, ""])
            group.setFirstColumnSpanned(True)
            font = theme.font()
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for row in rows:
                QTreeWidgetItem(group, list(row))
        self.list.expandAll()
        first = self.list.topLevelItem(0)
        command = first.child(0) if first is not None else None
        if command is not None:
            self.list.setCurrentItem(command)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        _fill(self, theme, self.list)
        letters = self.fontMetrics()
        self.resize(letters.averageCharWidth() * 78, letters.height() * 34)


@dataclass(frozen=True, slots=True)
class About:
    """What the program says about itself.

    `models` are (name, what for, licence); `documents` are (title, text) of licences.
    """

    version: str
    models: tuple[tuple[str, str, str], ...]
    documents: tuple[tuple[str, str], ...]


class AboutDialog(QDialog):
    """What this program is, which models it uses, on which terms it comes, and that it works offline."""

    def __init__(self, about: About, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About QA Desktop"))
        self.setObjectName("aboutDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        side, ratio = theme.size("icon"), self.devicePixelRatioF()
        purpose = tr("Answers from your own documents, in the documents' own words, with exact citations.")
        offline = tr(
            "It works offline: no connection is opened, nothing is sent, nothing is looked up. "
            "Your documents and your questions stay on this computer."
        )
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(plain_label(tr("QA Desktop %1").replace("%1", about.version), "title"))
        column.addWidget(plain_label(purpose, ""))
        head = _beside(theme, icons.pixmap(APP_ICON, 4 * side, ratio), names)
        quiet = _beside(theme, icons.pixmap("offline", 2 * side, ratio, "success"), plain_label(offline, ""))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self._models(about), tr("Models"))
        for name, text in about.documents:
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            page.setTabChangesFocus(True)
            page.setAccessibleName(name)
            tabs.addTab(page, name)
        tabs.tabBar().setAccessibleName(tr("Models and licences"))
        _fill(self, theme, head, quiet, tabs)
        letters = self.fontMetrics()
        self.resize(letters.averageCharWidth() * 98, letters.height() * 32)

    def _models(self, about: About) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(tr("Models"))
        table.setRootIsDecorated(False)
        table.setHeaderLabels([tr("Model"), tr("What it does"), tr("Licence")])
        for row in about.models:
            QTreeWidgetItem(table, list(row))
        if not about.models:
            QTreeWidgetItem(table, [tr("No model is installed."), "", ""])
        header = table.header()
        header.setStretchLastSection(False)
        for column in (0, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table


def _beside(theme: Theme, picture: QPixmap, words: QWidget) -> QWidget:
    sign = QLabel()
    sign.setPixmap(picture)
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.size("gap_large"))
    row.addWidget(sign)
    row.addWidget(words, 1)
    return whole


def _fill(dialog: QDialog, theme: Theme, *widgets: QWidget) -> None:
    """Put the widgets below each other, with a button to close at the end."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    edge = theme.size("gap_large")
    column.setContentsMargins(edge, edge, edge, theme.size("gap"))
    column.setSpacing(theme.size("gap"))
    for widget in widgets:
        column.addWidget(widget)
    column.addWidget(buttons)
