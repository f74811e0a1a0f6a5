"""The menus and every keyboard shortcut of the window, in one table each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from qa_desktop.gui.icons import Icons
from qa_desktop.gui.main_window import MainWindow

Do = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Intents:
    """What the menus set in motion."""

    add_files: Do
    add_folder: Do
    open_library: Do
    new_library: Do
    open_demonstration: Do
    open_own: Do
    update: Do
    reading_report: Do
    passwords: Do
    find_in_source: QAction
    settings: Do
    shortcuts: Do
    about: Do
    choose_theme: Callable[[str], object]
    scale_text: Callable[[int], object]
    choose_citation: Callable[[int], object]


class Actions:
    """Builds the menu bar of `window` and keeps its actions; `themes` are the three of *View > Theme*."""

    def __init__(self, window: MainWindow, icons: Icons, do: Intents) -> None:
        self._window = window
        self._icons = icons
        self.themes: dict[str, QAction] = {}
        self.panes: dict[str, QAction] = {}
        self._file(do)
        self._edit(do)
        self._view(do)
        self._library(do)
        self._help(do)
        self._citations(do)
        window.panes.arranged.connect(self._show_panes)
        panel = window.ask_panel
        for button, name in ((panel.toggle_library, "library"), (panel.toggle_source, "source")):
            button.setDefaultAction(self.panes[name])
        self._show_panes()

    def _file(self, do: Intents) -> None:
        menu = self._menu(_tr("&File"))
        self._add(menu, _tr("&Add files…"), do.add_files, "Ctrl+O", "add-file")
        self._add(menu, _tr("Add f&older…"), do.add_folder, "Ctrl+Shift+O", "add-folder")
        menu.addSeparator()
        self._add(menu, _tr("&Settings…"), do.settings, "Ctrl+,", "settings")
        menu.addSeparator()
        quit_ = self._add(menu, _tr("&Quit"), self._window.close, "Ctrl+Q")
        quit_.setMenuRole(QAction.MenuRole.QuitRole)

    def _edit(self, do: Intents) -> None:
        menu = self._menu(_tr("&Edit"))
        self._add(menu, _tr("&Question"), self._focus_question, "Ctrl+L", "ask")
        menu.addAction(do.find_in_source)
        self._add(menu, _tr("Filter &documents"), self._focus_filter, "Ctrl+Shift+F", "filter")

    def _view(self, do: Intents) -> None:
        menu = self._menu(_tr("&View"))
        panes = self._window.panes
        for name, text, keys, icon in (
            ("library", _tr("&Library"), "F9", "panel-left"),
            ("source", _tr("&Source"), "Shift+F9", "panel-right"),
        ):
            action = self._add(menu, text, partial(panes.toggle, name), keys, icon)
            action.setCheckable(True)
            action.setIconVisibleInMenu(False)
            self.panes[name] = action
        menu.addSeparator()
        self._add(menu, _tr("&Next pane"), lambda: panes.focus_next(1), "F6")
        self._add(menu, _tr("&Previous pane"), lambda: panes.focus_next(-1), "Shift+F6")
        menu.addSeparator()
        themes = menu.addMenu(_tr("&Theme"))
        group = QActionGroup(self._window)
        for name, text in (("system", _tr("&System")), ("light", _tr("&Light")), ("dark", _tr("&Dark"))):
            action = self._add(themes, text, partial(do.choose_theme, name))
            action.setCheckable(True)
            group.addAction(action)
            self.themes[name] = action
        self._add(menu, _tr("L&arger text"), lambda: do.scale_text(10), "Ctrl+Shift++")
        self._add(menu, _tr("S&maller text"), lambda: do.scale_text(-10), "Ctrl+Shift+-")

    def _library(self, do: Intents) -> None:
        panel = self._window.library_panel
        menu = self._menu(_tr("&Library"))
        self._add(menu, _tr("&Look for changed files"), do.update, "Ctrl+R", "refresh")
        self._add(menu, _tr("&Reading report…"), do.reading_report, "Ctrl+Shift+R", "report")
        self._add(menu, _tr("Files with a &password…"), do.passwords, None, "lock")
        menu.addSeparator()
        self._add(menu, _tr("Search &all documents"), lambda: panel.model.tick_only(None))
        self._add(menu, _tr("Remo&ve selected documents…"), panel.remove_selected, None, "remove")
        menu.addSeparator()
        switch = QMenu(panel.switcher)
        for target in (menu, switch):
            self._add(target, _tr("&Demonstration library"), do.open_demonstration)
            self._add(target, _tr("&My library"), do.open_own, None, "library")
            target.addSeparator()
            self._add(target, _tr("&Open a library…"), do.open_library, None, "folder")
            self._add(target, _tr("&New library…"), do.new_library)
        panel.switcher.setMenu(switch)

    def _help(self, do: Intents) -> None:
        menu = self._menu(_tr("&Help"))
        self._add(menu, _tr("&Keyboard shortcuts"), do.shortcuts, "F1", "keyboard")
        about = self._add(menu, _tr("&About QA Desktop"), do.about, None, "info")
        about.setMenuRole(QAction.MenuRole.AboutRole)

    def _citations(self, do: Intents) -> None:
        for number in range(1, 10):
            action = QAction(_tr("Citation %1").replace("%1", str(number)), self._window)
            action.setShortcut(QKeySequence(f"Alt+{number}"))
            action.triggered.connect(lambda _=False, n=number: do.choose_citation(n))
            self._window.addAction(action)

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(self, menu: QMenu, text: str, do: Do, keys: str | None = None, icon: str = "") -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda _=False: do())
        if keys:
            action.setShortcut(QKeySequence(keys))
            name = text.replace("&", "").rstrip("…")
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{name} ({shown})")
        if icon:
            self._icons.put(action, icon, "muted")
        menu.addAction(action)
        return action

    def _show_panes(self) -> None:
        for name, action in self.panes.items():
            action.setChecked(self._window.panes.shown(name))

    def _focus_question(self) -> None:
        self._window.panes.show_pane("ask")
        self._window.ask_panel.field.setFocus()
        self._window.ask_panel.field.selectAll()

    def _focus_filter(self) -> None:
        self._window.panes.show_pane("library")
        self._window.library_panel.filter_field.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
