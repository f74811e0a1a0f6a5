"""Settings show every choice and take effect at once; help lists every key and says what the program is."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QSlider,
    QTreeWidget,
    QTreeWidgetItemIterator,
)
from pytestqt.qtbot import QtBot

from qa_desktop import __version__
from qa_desktop.gui.about import about_this_program
from qa_desktop.gui.help_dialogs import AboutDialog, ShortcutsDialog, shortcuts_of
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.settings_dialog import SettingsDialog
from qa_desktop.gui.theme import Theme
from qa_desktop.settings import RESULTS, TEXT_PERCENT, THEMES, Settings, check


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> SettingsDialog:
    dialog = SettingsDialog(Settings(last_library="/papers/library"), theme)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_setting_has_a_control(dialog: SettingsDialog) -> None:
    assert set(dialog.controls) == {field.name for field in fields(Settings)}
    last = dialog.controls["last_library"]
    assert isinstance(last, QLabel)
    assert last.text() == "/papers/library"


def test_a_change_is_reported_at_once_with_all_other_settings(qtbot: QtBot, dialog: SettingsDialog) -> None:
    heard: list[Settings] = []
    dialog.changed.connect(heard.append)
    theme, text = dialog.controls["theme"], dialog.controls["text_percent"]
    results, reopen = dialog.controls["results"], dialog.controls["reopen"]
    scans = dialog.controls["recognise_scans"]
    assert isinstance(theme, QComboBox)
    assert isinstance(text, QSlider)
    assert isinstance(results, QSlider)
    assert isinstance(reopen, QCheckBox)
    assert isinstance(scans, QCheckBox)
    theme.setFocus()
    QTest.keyClick(theme, Qt.Key.Key_End)
    QTest.keyClick(text, Qt.Key.Key_Right)
    QTest.keyClick(results, Qt.Key.Key_Right)
    QTest.keyClick(reopen, Qt.Key.Key_Space)
    QTest.keyClick(scans, Qt.Key.Key_Space)
    expected = [replace(Settings(last_library="/papers/library"), theme=THEMES[-1])]
    for change in ({"text_percent": 110}, {"results": 11}, {"reopen": False}, {"recognise_scans": False}):
        expected.append(replace(expected[-1], **change))
    assert heard == expected


def test_no_control_can_be_set_out_of_bounds(dialog: SettingsDialog) -> None:
    heard: list[Settings] = []
    dialog.changed.connect(heard.append)
    for name, bounds in (("text_percent", TEXT_PERCENT), ("results", RESULTS)):
        slider = dialog.controls[name]
        assert isinstance(slider, QSlider)
        for key, bound in ((Qt.Key.Key_Home, bounds[0]), (Qt.Key.Key_End, bounds[1])):
            QTest.keyClick(slider, key)
            assert getattr(heard[-1], name) == bound
    for settings in heard:
        check(settings)


def test_the_usual_settings_come_back_and_the_library_stays(dialog: SettingsDialog) -> None:
    heard: list[Settings] = []
    dialog.changed.connect(heard.append)
    dialog.show_settings(Settings("dark", 150, 30, reopen=False, last_library="/papers/library"))
    assert heard == [], "what is only shown is not reported"
    [box] = dialog.findChildren(QDialogButtonBox)
    box.buttons()[0].click() if box.buttons()[0].text() != "Close" else box.buttons()[1].click()
    assert heard == [Settings(last_library="/papers/library")]


def window_with_menus() -> QMainWindow:
    window = QMainWindow()
    menu = window.menuBar().addMenu("&File")
    add = menu.addAction("&Add files…")
    add.setShortcut("Ctrl+O")
    inner = menu.addMenu("More")
    deep = inner.addAction("Deep")
    deep.setShortcuts([QKeySequence("Ctrl+D"), QKeySequence("Ctrl+Shift+D")])
    menu.addAction("Without keys")
    for number in range(1, 10):
        action = QAction(f"Citation {number}", window)
        action.setShortcut(f"Alt+{number}")
        window.addAction(action)
    return window


def test_every_command_with_keys_is_listed(qtbot: QtBot) -> None:
    window = window_with_menus()
    qtbot.addWidget(window)
    groups = dict(shortcuts_of(window))
    assert groups["File"] == [("Add files", "Ctrl+O"), ("Deep", "Ctrl+D or Ctrl+Shift+D")]
    assert groups["Source and citations"] == [("Citation 1 … 9", "Alt+1 … Alt+9")]
    assert "Without keys" not in str(groups)


def test_the_list_of_keys_is_shown(qtbot: QtBot, theme: Theme) -> None:
    window = window_with_menus()
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(window, theme)
    dialog.show()
    shown = []
    walk = QTreeWidgetItemIterator(dialog.list)
    while walk.value() is not None:
        shown.append((walk.value().text(0), walk.value().text(1)))
        walk += 1
    assert ("Add files", "Ctrl+O") in shown
    assert ("File", "") in shown
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_about_says_version_models_terms_and_that_nothing_leaves_the_computer(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    about = about_this_program()
    dialog = AboutDialog(about, theme, icons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert __version__ in words
    assert "offline" in words
    assert "stay on this computer" in words
    [table] = dialog.findChildren(QTreeWidget)
    rows = [[table.topLevelItem(n).text(c) for c in range(3)] for n in range(table.topLevelItemCount())]  # type: ignore[union-attr]
    assert ["bge-small-en-v1.5", "finds passages by their meaning", "MIT"] in rows
    assert len(rows) == 4
    terms = {page.accessibleName(): page.toPlainText() for page in dialog.findChildren(QPlainTextEdit)}
    assert "Apache License" in terms["Licence"]
    assert "PDFium" in terms["Third parties"]
