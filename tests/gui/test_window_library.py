"""The window adds, removes and opens what a person gives it, and says in words what it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.presenter import State
from tests.support.desktop import (
    DOCUMENTS,
    QUESTION,
    SLOW,
    ask,
    drop,
    names,
    press,
    running,
    settle,
    texts,
)


def test_dropped_files_are_read_and_those_that_cannot_be_are_named(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "tunnel.txt").write_text("The tunnel under the hill was opened in 1971.\n", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    drop(desktop.window, folder)
    qtbot.waitUntil(lambda: {"tunnel.txt", "broken.pdf"} <= names(desktop), timeout=SLOW)
    settle(qtbot, desktop)
    panel = desktop.window.library_panel
    assert "1 file could not be read" in texts(desktop.window.banner)
    assert panel.problems.isVisible()
    assert "broken.pdf" in texts(panel.problems._rows)
    ask(qtbot, desktop, "When was the tunnel under the hill opened?")
    assert "1971" in texts(desktop.window.ask_panel.answer)
    (folder / "broken.pdf").write_text("The ferry was replaced by a bridge.\n", "utf-8")
    panel.problems._fold.click()
    QTest.mouseClick(press(panel.problems, "Try again"), Qt.MouseButton.LeftButton)
    settle(qtbot, desktop)


def test_a_library_that_is_dropped_is_opened_not_read(
    qtbot: QtBot, desktop: Desktop, built: Path, tmp_path: Path
) -> None:
    settle(qtbot, desktop)
    other = Path(shutil.copytree(built, tmp_path / "Another"))
    drop(desktop.window, other)
    qtbot.waitUntil(lambda: desktop.window.windowTitle().startswith("Another"), timeout=SLOW)
    settle(qtbot, desktop)
    assert names(desktop) == set(DOCUMENTS)


def test_reading_can_be_cancelled_and_nothing_is_half_done(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"File {number} is about item {number}.\n" * 60, "utf-8")
    desktop.libraries.add([folder])
    strip = desktop.window.library_panel.busy
    qtbot.waitUntil(strip.isVisible, timeout=SLOW)
    QTest.mouseClick(press(strip, "Cancel"), Qt.MouseButton.LeftButton)
    settle(qtbot, desktop)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=5000)
    assert len(names(desktop)) < 65
    assert all(e.passages for e in desktop.libraries.entries)


def test_removing_asks_once_names_what_is_lost_and_takes_out_nothing_else(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    panel = desktop.window.library_panel
    victim = next(e for e in desktop.libraries.entries if e.name == "notes.txt")
    panel.remove.emit([victim.id])
    box = desktop.window.findChild(QMessageBox)
    assert box is not None
    assert "notes.txt" in box.informativeText()
    QTest.mouseClick(press(box, "Cancel"), Qt.MouseButton.LeftButton)
    assert names(desktop) == set(DOCUMENTS)
    qtbot.waitUntil(lambda: desktop.window.findChild(QMessageBox) is None)
    panel.remove.emit([victim.id])
    box = desktop.window.findChild(QMessageBox)
    assert box is not None
    QTest.mouseClick(press(box, "Remove"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(desktop) == set(DOCUMENTS) - {"notes.txt"}, timeout=SLOW)
    settle(qtbot, desktop)


def test_a_damaged_library_is_refused_in_words_and_the_open_one_stays(
    qtbot: QtBot, desktop: Desktop, library: Path, tmp_path: Path
) -> None:
    settle(qtbot, desktop)
    damaged = tmp_path / "damaged"
    shutil.copytree(library, damaged)
    for path in damaged.iterdir():
        if path.is_file():
            path.write_bytes(b"not a database " * 100)
    desktop.libraries.open(damaged)
    qtbot.waitUntil(desktop.window.banner.isVisible, timeout=SLOW)
    assert "Traceback" not in texts(desktop.window.banner)
    assert desktop.window.windowTitle().startswith("Airfield papers")
    ask(qtbot, desktop)


def test_a_library_that_cannot_be_opened_at_all_says_why_in_the_middle(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with running(qtbot, qapp, tmp_path / "empty") as desktop:
        assert desktop.presenter.state is State.UNUSABLE
        assert "There is no library in this folder" in texts(desktop.window.ask_panel.welcome)
        assert "There is no library in this folder" in texts(desktop.window.banner)


def test_documents_added_to_the_demonstration_go_to_the_users_own_library(
    qtbot: QtBot, qapp: QApplication, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_desktop.gui.library_presenter.demonstration_library", lambda: library)
    note = tmp_path / "own.txt"
    note.write_text("My own note on the tunnel.\n", "utf-8")
    with running(qtbot, qapp, library) as desktop:
        settle(qtbot, desktop)
        drop(desktop.window, note)
        qtbot.waitUntil(lambda: names(desktop) == {"own.txt"}, timeout=SLOW)
        settle(qtbot, desktop)
        assert desktop.window.windowTitle().startswith("My library")


def test_an_empty_library_invites_to_add_and_searches_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with running(qtbot, qapp, tmp_path / "new") as desktop:
        assert desktop.presenter.state is State.EMPTY
        assert "is empty" in texts(desktop.window.ask_panel.welcome)
        QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
        QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
        assert desktop.presenter.state is State.EMPTY
        settle(qtbot, desktop)
