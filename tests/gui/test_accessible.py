"""The whole window by keyboard and by ear: names, focus, the order of Tab, and text of twice the size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QSlider,
    QSplitterHandle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from tests.support.desktop import SLOW, ask, running

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QSlider, QAbstractItemView, QAbstractScrollArea)


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, library: Path) -> Iterator[Desktop]:
    """The window with an answer in it and its source open: nearly every control there is."""
    with running(qtbot, qapp, library) as desktop:
        ask(qtbot, desktop)
        qtbot.waitUntil(desktop.source.commands["find"].isEnabled, timeout=SLOW)
        yield desktop


def controls(root: QWidget) -> list[QWidget]:
    """What a person can operate and see now, without the inner parts of larger controls."""
    return [
        w
        for kind in CONTROLS
        for w in root.findChildren(kind)
        if w.isVisible() and w.isEnabled() and not _is_part(w)
    ]


def _is_part(widget: QWidget) -> bool:
    parent = widget.parent()
    return (
        isinstance(widget, QScrollBar | QSplitterHandle)
        or isinstance(parent, QLineEdit | QComboBox | QAbstractItemView)
        or (isinstance(parent, QWidget) and parent.objectName() == "qt_menubar_ext_button")
        or widget.objectName().startswith("qt_")
    )


def spoken(widget: QWidget) -> str:
    """What a screen reader says first about a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def describe(widget: QWidget) -> str:
    chain, step = [], widget
    while isinstance(step, QWidget):
        chain.append(f"{type(step).__name__}{'#' + step.objectName() if step.objectName() else ''}")
        step = step.parent()  # type: ignore[assignment]
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{' in '.join(chain[:4])} “{text}”"


def is_frame_only(widget: QWidget) -> bool:
    """A scroll area that merely holds other controls; they take the focus, and it follows them."""
    return isinstance(widget, QAbstractScrollArea) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_every_control_says_its_name(desktop: Desktop) -> None:
    nameless = [describe(w) for w in controls(desktop.window) if not is_frame_only(w) and not spoken(w)]
    assert not nameless


def test_every_control_can_be_reached_by_keyboard(desktop: Desktop) -> None:
    reachable = set(chain_of_tab(desktop.window))
    lost = [
        describe(w)
        for w in controls(desktop.window)
        if isinstance(w, QAbstractButton | QLineEdit | QComboBox | QSlider | QAbstractItemView)
        and w not in reachable
    ]
    assert not lost


def chain_of_tab(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab stops, from the widget that has the focus once round the window."""
    stops: list[QWidget] = []
    for _ in range(200):
        focus = window.focusWidget()
        assert focus is not None
        if stops and focus is stops[0]:
            return stops
        stops.append(focus)
        QTest.keyClick(focus, key)
        assert window.focusWidget() is not focus, f"stuck in {describe(focus)}"
    pytest.fail("Tab never comes back")


def test_the_order_of_tab_is_the_order_of_reading(desktop: Desktop) -> None:
    """Pane by pane, and in a pane from above; what stands on one line is read from the left."""
    chain = chain_of_tab(desktop.window)
    for pane in (desktop.window.library_panel, desktop.window.ask_panel, desktop.source):
        places = [number for number, w in enumerate(chain) if pane.isAncestorOf(w)]
        assert places, "nothing to reach here"
        gaps = [number for number, (a, b) in enumerate(pairwise(places)) if b != a + 1]
        assert len(gaps) <= 1, "Tab leaves the pane and comes back:\n" + "\n".join(map(describe, chain))
        begin = gaps[0] + 1 if gaps else 0
        inside = [chain[n] for n in places[begin:] + places[:begin]]
        for one, other in pairwise(inside):
            assert not_above(one, other, pane), f"{describe(other)} comes after {describe(one)}"


def test_shift_and_tab_lead_the_same_way_back(desktop: Desktop) -> None:
    there = chain_of_tab(desktop.window)
    back = chain_of_tab(desktop.window, Qt.Key.Key_Backtab)
    assert [there[0], *reversed(there[1:])] == back


def test_what_has_the_focus_can_be_seen(desktop: Desktop) -> None:
    desktop.window.resize(1400, 520)
    QApplication.processEvents()
    for stop in chain_of_tab(desktop.window):
        stop.setFocus()
        desktop.window.focusNextPrevChild(True)
        focus = desktop.window.focusWidget()
        assert focus is not None
        assert not focus.visibleRegion().isEmpty(), f"{describe(focus)} is out of sight"


def not_above(one: QWidget, other: QWidget, pane: QWidget) -> bool:
    upper, lower = one.mapTo(pane, QPoint(0, 0)), other.mapTo(pane, QPoint(0, 0))
    if pane.isAncestorOf(one) and (one.isAncestorOf(other) or lower.y() >= upper.y() + one.height() // 2):
        return True
    beside = lower.y() > upper.y() - max(one.height(), other.height())
    return beside and lower.x() >= upper.x()


def test_no_two_commands_share_their_keys(desktop: Desktop) -> None:
    from PySide6.QtGui import QAction

    keys: dict[str, set[QAction]] = {}
    for action in desktop.window.findChildren(QAction):
        for shortcut in action.shortcuts():
            keys.setdefault(shortcut.toString(QKeySequence.SequenceFormat.PortableText), set()).add(action)
    shared = {k: sorted(a.text() for a in actions) for k, actions in keys.items() if len(actions) > 1}
    assert not shared


@pytest.mark.parametrize("percent", [100, 200])
def test_no_button_loses_a_part_of_its_words(qtbot: QtBot, desktop: Desktop, percent: int) -> None:
    desktop._scale_text(percent - 100)
    qtbot.wait(50)
    cut = [
        f"{describe(w)}: {w.width()} of {w.minimumSizeHint().width()}"
        for w in controls(desktop.window)
        if isinstance(w, QAbstractButton) and w.text() and w.width() < w.minimumSizeHint().width() - 1
    ]
    assert not cut


@pytest.mark.parametrize("name", ["reading.show", "reading.ask_for_passwords"])
def test_dialogs_beside_the_window_have_names_and_a_way_through_by_keyboard(
    qtbot: QtBot, desktop: Desktop, name: str
) -> None:
    part, _, opening = name.partition(".")
    getattr(getattr(desktop, part), opening)()
    dialog = desktop.reading.dialog or desktop.reading.passwords
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    held = [w for w in controls(dialog) if not is_frame_only(w)]
    assert [describe(w) for w in held if not spoken(w)] == []
    reachable = set(chain_of_tab(dialog))
    wanted = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    assert [describe(w) for w in held if isinstance(w, wanted) and w not in reachable] == []
    cut = [w for w in held if isinstance(w, QAbstractButton) and w.width() < w.minimumSizeHint().width() - 1]
    assert [describe(w) for w in cut] == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", ["show_settings", "show_shortcuts", "show_about"])
def test_dialogs_have_names_focus_and_close_with_escape(qtbot: QtBot, desktop: Desktop, name: str) -> None:
    getattr(desktop, name)()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.focusWidget() is not None)
    assert dialog.windowTitle()
    assert [describe(w) for w in controls(dialog) if not spoken(w)] == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
