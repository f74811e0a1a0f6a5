"""The window opens, gives room, keeps its state and closes, over a real library."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.pane_tabs import PaneTabs
from qa_desktop.gui.presenter import State
from qa_desktop.gui.source_card import SourceCard
from tests.support.desktop import (
    DOCUMENTS,
    QUESTION,
    WITHDRAWAL,
    ask,
    names,
    running,
    settle,
    texts,
)


def test_it_opens_with_the_caret_in_the_question_field_and_the_documents_listed(desktop: Desktop) -> None:
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field
    assert desktop.presenter.state is State.READY
    assert names(desktop) == set(DOCUMENTS)
    assert "5 documents, all searchable" in texts(desktop.window.library_panel)
    assert desktop.window.windowTitle().startswith("Airfield papers")


def test_the_window_needs_nothing_heavy_before_it_is_shown() -> None:
    code = (
        "import sys; from qa_desktop.gui.application import Application; from qa_desktop.app import Desktop;"
        "app = Application(['x']); desktop = Desktop(app); desktop.window.show(); app.processEvents();"
        "heavy = {'numpy', 'onnxruntime', 'faiss', 'pypdf', 'pypdfium2', 'lxml', 'sqlite3', 'tokenizers'};"
        "print(sorted(heavy & set(sys.modules))); desktop.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent SIGTERM there")
def test_it_closes_in_order_when_told_to_end(library: Path) -> None:
    code = (
        "import os, signal, threading, time\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from qa_desktop.app import run_window\n"
        "def end():\n"
        "    while not (QApplication.instance() and QApplication.topLevelWidgets()): time.sleep(0.05)\n"
        "    time.sleep(1)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "threading.Thread(target=end, daemon=True).start()\n"
        f"raise SystemExit(run_window(['x', '--library', {str(library)!r}]))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert (Path(os.environ["QA_DESKTOP_CONFIG"]) / "window.ini").is_file()


@pytest.mark.parametrize(("width", "panes"), [(1400, 3), (900, 2), (520, 1)])
def test_no_pane_is_squeezed(qtbot: QtBot, qapp: QApplication, library: Path, width: int, panes: int) -> None:
    with running(qtbot, qapp, library) as desktop:
        desktop.window.resize(width, 700)
        qtbot.waitUntil(lambda: desktop.window.width() == width)
        shown = [n for n in ("library", "ask", "source") if desktop.window.panes.shown(n)]
        assert len(shown) == panes
        assert "ask" in shown
        desktop.window.panes.show_pane("library")
        assert desktop.window.panes.shown("library")
        ask(qtbot, desktop)
        card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
        card.opened.emit()
        assert desktop.window.panes.shown("source")
        settle(qtbot, desktop)


def test_where_one_pane_fits_tabs_lead_to_the_others(qtbot: QtBot, desktop: Desktop) -> None:
    tabs = desktop.window.findChildren(PaneTabs)[0]
    assert not tabs.isVisible()
    desktop.window.resize(520, 700)
    qtbot.waitUntil(tabs.isVisible)
    assert tabs.tabText(tabs.currentIndex()) == "Ask"
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert desktop.window.panes.shown("source")
    assert not desktop.window.panes.shown("ask")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert desktop.window.panes.shown("library")
    QTest.keyClick(desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field
    desktop.window.resize(1400, 700)
    qtbot.waitUntil(lambda: not tabs.isVisible())


def test_another_theme_or_size_keeps_the_answer_and_the_open_citation(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    desktop.change(replace(desktop.settings, theme="dark", text_percent=150))
    view = desktop.window.ask_panel.answer
    assert WITHDRAWAL in texts(view)
    assert [c.number for c in view.findChildren(SourceCard) if c.property("current")] == [1]
    assert QApplication.palette().color(QPalette.ColorRole.Base) == desktop.theme.colour("panel")
    settle(qtbot, desktop)


def test_f6_goes_round_the_panes(qtbot: QtBot, desktop: Desktop) -> None:
    window = desktop.window
    order = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        order.append(
            next(
                name
                for name, pane in (
                    ("library", window.library_panel),
                    ("ask", window.ask_panel),
                    ("source", window.source),
                )
                if focus is pane or (focus is not None and pane.isAncestorOf(focus))
            )
        )
    assert sorted(order) == ["ask", "library", "source"]


def test_it_remembers_geometry_panes_question_and_library(
    qtbot: QtBot, qapp: QApplication, library: Path
) -> None:
    with running(qtbot, qapp, library) as desktop:
        ask(qtbot, desktop)
        desktop.window.panes.toggle("source")
        desktop.window.resize(1234, 777)
        settle(qtbot, desktop)
    with running(qtbot, qapp, None) as desktop:
        assert desktop.window.ask_panel.field.text() == QUESTION
        assert not desktop.window.panes.shown("source")
        assert desktop.libraries.library is not None
        assert desktop.libraries.library.folder == library
        settle(qtbot, desktop)


def test_no_keys_are_given_twice(desktop: Desktop) -> None:
    seen: dict[str, str] = {}
    for action in desktop.window.findChildren(QAction):
        for keys in action.shortcuts():
            name = keys.toString(QKeySequence.SequenceFormat.PortableText)
            if name:
                assert name not in seen, f"{name}: “{seen[name]}” and “{action.text()}”"
                seen[name] = action.text()
    assert {"Ctrl+O", "Ctrl+Shift+O", "Ctrl+L", "Ctrl+F", "F6", "F1", "Alt+1", "Alt+9"} <= seen.keys()


def test_nothing_but_the_window_takes_drops_so_they_reach_it_from_everywhere(desktop: Desktop) -> None:
    takers = [w for w in desktop.window.findChildren(QWidget) if w.acceptDrops() and w.isVisible()]
    assert not takers, takers
