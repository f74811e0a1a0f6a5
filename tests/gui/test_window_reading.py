"""After files were read: the report, what can be done from it, and files that need a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.password_dialog import PasswordDialog
from qa_desktop.gui.reading_dialog import ReadingDialog
from tests.support.desktop import SLOW, drop, names, press, settle, texts
from tests.support.pdfs import Sheets


def locked(path: Path, password: str, words: str) -> None:
    """Write a PDF that opens with a password."""
    sheets = Sheets(path)
    sheets.lines([words, "It was signed by both sides in the town hall."], top=90)
    sheets.page()
    sheets.save()
    writer = PdfWriter(clone_from=str(path))
    writer.encrypt(password, algorithm="AES-256")
    writer.write(str(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "tunnel.txt").write_text("The tunnel under the hill was opened in 1971.\n", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    return folder


def shown(dialog: ReadingDialog) -> list[str]:
    """The names of the files in the order in which they stand on the screen."""
    model = dialog.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(dialog: ReadingDialog, name: str) -> None:
    dialog.choose(shown(dialog).index(name))


def read(qtbot: QtBot, desktop: Desktop, folder: Path) -> None:
    drop(desktop.window, folder)
    qtbot.waitUntil(lambda: {p.name for p in folder.iterdir()} <= names(desktop), timeout=SLOW)
    settle(qtbot, desktop)


def test_the_report_opens_from_its_line_and_says_why_and_what_to_do(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    read(qtbot, desktop, folder)
    line = desktop.window.library_panel.report_line
    assert "1 file added, 1 could not be read" in texts(line)
    QTest.mouseClick(press(line, "Show report"), Qt.MouseButton.LeftButton)
    dialog = desktop.reading.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert shown(dialog) == ["broken.pdf", "tunnel.txt"], "what needs attention stands on top"
    assert "Damaged. The file breaks off" in texts(dialog)
    dialog.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert shown(dialog) == ["tunnel.txt", "broken.pdf"]
    [groups] = dialog.findChildren(QComboBox)
    groups.setCurrentIndex(groups.findData("failed"))
    assert shown(dialog) == ["broken.pdf"]
    groups.setCurrentIndex(0)
    [words] = dialog.findChildren(QLineEdit)
    QTest.keyClicks(words, "tunnel")
    assert shown(dialog) == ["tunnel.txt"]
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("tunnel.txt\tAdded")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_is_tried_again_from_the_report_and_its_row_is_renewed(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    read(qtbot, desktop, folder)
    desktop.reading.show()
    dialog = desktop.reading.dialog
    assert dialog is not None
    choose(dialog, "broken.pdf")
    (folder / "broken.pdf").write_text("The ferry was replaced by a bridge.\n", "utf-8")
    QTest.mouseClick(press(dialog, "Try again"), Qt.MouseButton.LeftButton)
    assert not press(dialog, "Try again").isEnabled()
    settle(qtbot, desktop)
    assert sorted(shown(dialog)) == ["broken.pdf", "tunnel.txt"]
    assert "could not be read" not in texts(dialog)
    assert press(dialog, "Try all again (0)").isEnabled() is False


def test_a_library_that_was_opened_has_a_report_of_what_it_holds(qtbot: QtBot, desktop: Desktop) -> None:
    settle(qtbot, desktop)
    assert desktop.window.library_panel.report_line.isHidden()
    QTest.keyClick(
        desktop.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = desktop.reading.dialog
    assert dialog is not None
    assert "The library holds: 5 files read" in texts(dialog)
    assert "papers/airfield.md" in shown(dialog)


def test_files_with_a_password_are_asked_about_together_and_nothing_is_kept(
    qtbot: QtBot, desktop: Desktop, folder: Path, tmp_path: Path
) -> None:
    locked(folder / "one.pdf", "hafen", "The harbour treaty was signed in 1988.")
    locked(folder / "two.pdf", "hafen", "The harbour was widened in 1991.")
    locked(folder / "three.pdf", "other", "The harbour was sold in 2002.")
    read(qtbot, desktop, folder)
    dialog = desktop.reading.passwords
    assert dialog is not None
    assert dialog.isVisible()
    assert "3 files need a password" in texts(dialog)
    enter(qtbot, desktop, dialog, "wrong")
    assert "Wrong password: the file did not open." in texts(dialog)
    assert dialog.field.text() == ""
    dialog.findChildren(QCheckBox)[1].setChecked(True)
    enter(qtbot, desktop, dialog, "hafen")
    assert "1 file needs a password" in texts(dialog)
    assert "still listed" in texts(dialog)
    enter(qtbot, desktop, dialog, "other")
    assert not dialog.isVisible()
    assert all(e.state == "searchable" for e in desktop.libraries.entries if e.name != "broken.pdf")
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".pdf")
    assert b"hafen" not in kept


def enter(qtbot: QtBot, desktop: Desktop, dialog: PasswordDialog, password: str) -> None:
    QTest.keyClicks(dialog.field, password)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, desktop)
    QApplication.processEvents()


def test_the_password_is_hidden_until_it_is_to_be_seen(qtbot: QtBot, desktop: Desktop, folder: Path) -> None:
    locked(folder / "one.pdf", "hafen", "The harbour treaty was signed in 1988.")
    read(qtbot, desktop, folder)
    dialog = desktop.reading.passwords
    assert dialog is not None
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    show = dialog.findChildren(QCheckBox)[0]
    show.click()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClicks(dialog.field, "half a pass")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.field.text() == ""
    desktop.libraries.update()
    settle(qtbot, desktop)
    assert not dialog.isVisible(), "whoever said “not now” is not asked again about the same file"
    desktop.reading.show()
    report = desktop.reading.dialog
    assert report is not None
    choose(report, "one.pdf")
    QTest.mouseClick(press(report, "Enter password…"), Qt.MouseButton.LeftButton)
    assert dialog.isVisible()


def test_reading_is_paused_and_goes_on(qtbot: QtBot, desktop: Desktop, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"File {number} is about item {number}.\n" * 60, "utf-8")
    desktop.libraries.add([folder])
    strip = desktop.window.library_panel.busy
    qtbot.waitUntil(strip.isVisible, timeout=SLOW)
    QTest.mouseClick(press(strip, "Pause"), Qt.MouseButton.LeftButton)
    qtbot.wait(1500)
    held = len(desktop.libraries.library.documents())  # type: ignore[union-attr]
    qtbot.wait(700)
    assert len(desktop.libraries.library.documents()) == held < 45  # type: ignore[union-attr]
    assert any(label.text() == "Paused" for label in strip.findChildren(QLabel))
    QTest.mouseClick(press(strip, "Go on"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desktop.libraries.writing, timeout=60_000)
    settle(qtbot, desktop)
    assert len(names(desktop)) == 45
