"""Whatever goes wrong becomes a banner: sentences first, details on request, never a bare traceback."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from qa_desktop.errors import LibraryDamaged, QAError
from qa_desktop.gui.messages import Banner, Kind, Messages


@pytest.fixture
def hooks() -> Iterator[None]:
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept


def button(banner: Banner, text: str) -> QPushButton:
    return next(b for b in banner.findChildren(QPushButton) if b.text().replace("&", "") == text)


def words_of(banner: Banner) -> str:
    return "\n".join(label.text() for label in banner.findChildren(QLabel))


def test_what_was_said_before_there_was_a_window_is_shown_later(qtbot: QtBot) -> None:
    messages = Messages()
    heard: list[QAError] = []
    messages.error(LibraryDamaged("/x"))
    messages.said.connect(lambda kind, problem: heard.append(problem))
    assert not heard
    messages.flush()
    messages.notice("Later")
    assert [type(p) for p in heard] == [LibraryDamaged, QAError]


def test_a_banner_says_what_happened_and_what_to_do_and_keeps_details_folded(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    problem = LibraryDamaged("/x", "file is not a database")
    banner.show_message(Kind.ERROR, problem)
    assert banner.isVisible()
    for part in (problem.title, problem.explanation, problem.remedy):
        assert part in words_of(banner)
    details = banner.findChildren(QPlainTextEdit)[0]
    assert not details.isVisible()
    QTest.mouseClick(button(banner, "Details"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    QTest.mouseClick(button(banner, "Copy details"), Qt.MouseButton.LeftButton)
    assert "file is not a database" in QApplication.clipboard().text()
    QTest.keyClick(banner, Qt.Key.Key_Escape)
    QTest.mouseClick(button(banner, "Dismiss"), Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_a_message_without_details_has_no_button_for_them(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_message(Kind.NOTICE, QAError("Done", "", ""))
    assert not button(banner, "Details").isVisible()
    assert banner.accessibleName().startswith("Notice: Done")


def test_what_nobody_caught_becomes_words_with_the_traceback_in_the_details(
    qtbot: QtBot, hooks: None
) -> None:
    messages = Messages()
    heard: list[QAError] = []
    messages.said.connect(lambda kind, problem: heard.append(problem))
    messages.flush()
    messages.install_hooks()
    try:
        raise ZeroDivisionError("deep inside")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    def fail() -> None:
        raise LibraryDamaged("/x")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert "Traceback" not in str(heard[0])
    assert "deep inside" in heard[0].details
    assert isinstance(heard[1], LibraryDamaged)
