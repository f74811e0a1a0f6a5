"""The whole program with its window, over a real library of a few small documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.marked_text import MarkedText
from qa_desktop.gui.presenter import State
from qa_desktop.library import Library

WITHDRAWAL = "The last soldiers of the contingent left the airfield in July 2003."
QUESTION = "When did the last soldiers leave the airfield?"
SLOW = 20_000  # milliseconds: more than anything takes on a busy computer
ARRIVAL = "A column of two hundred paratroopers reached the airfield on 12 June 1999."
DOCUMENTS = {
    "papers/airfield.md": "# The airfield\n\n" + ARRIVAL + " The alliance arrived some hours later.\n\n"
    "## Departure\n\n" + WITHDRAWAL + " Their equipment followed by rail.\n",
    "papers/energy.txt": "The refinery in the north was sold in December 2008 for 400 million euros.\n\n"
    "The pipeline was given up six years later, after the contract had been suspended.\n",
    "press/digest.html": "<html><head><title>Press digest</title></head><body><h1>Press digest</h1>"
    "<p>The ministry said that the contingent would leave the airfield before the end of July 2003, "
    "and that the decision had been taken in spring.</p>"
    "<p>The bridge over the river was opened to pedestrians in May.</p></body></html>",
    "press/notes.txt": "The bridge over the river was closed to cars for eleven years.\n",
    "notes.txt": "The seminar on number plates meets on the second Tuesday of every month.\n",
}


def write_documents(folder: Path) -> Path:
    """Write the documents below `folder` and return it."""
    for name, text in DOCUMENTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def build_library(folder: Path) -> Path:
    """Make a library of the documents in `folder`/library and return its place."""
    place = folder / "library"
    with Library.open(place, create=True) as library:
        report = library.add([write_documents(folder / "documents")])
    assert report.complete
    return place


@contextmanager
def running(qtbot: QtBot, app: QApplication, library: Path | None, width: int = 1400) -> Iterator[Desktop]:
    """Start the program on `library` and end it; the application's looks are put back."""
    font, palette, sheet = QFont(app.font()), QPalette(app.palette()), app.styleSheet()
    desktop = Desktop(app)
    qtbot.addWidget(desktop.window)
    desktop.window.resize(width, 900)
    with qtbot.waitActive(desktop.window):
        desktop.start(library)
    try:
        qtbot.waitUntil(lambda: desktop.presenter.state is not State.OPENING, timeout=SLOW)
        yield desktop
    finally:
        desktop.window.close()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.styleHints().unsetColorScheme()
        app.setFont(font)
        app.setPalette(palette)
        app.setStyleSheet(sheet)


def ask(qtbot: QtBot, desktop: Desktop, question: str = QUESTION) -> None:
    """Type a question, press Enter and wait for the answer."""
    field = desktop.window.ask_panel.field
    field.clear()
    QTest.keyClicks(field, question)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.presenter.state is State.ANSWERED, timeout=SLOW)


def texts(widget: QWidget) -> str:
    """Return every word that a widget shows, a line for each label."""
    labels = [w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]
    return "\n".join(labels + [w.toPlainText() for w in widget.findChildren(MarkedText)])


def press(widget: QWidget, text: str) -> QPushButton:
    """Return the button with that text."""
    found = [b for b in widget.findChildren(QPushButton) if b.text().replace("&", "") == text]
    assert found, f"no button “{text}”"
    return found[0]


def drop(window: QWidget, *paths: Path) -> None:
    """Drop files and folders on a window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(200, 200), actions, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(200, 200), actions, data, buttons, keys, QEvent.Type.Drop)
    QApplication.sendEvent(window, drop)


def names(desktop: Desktop) -> set[str]:
    """Return the names of the documents that are listed."""
    return {entry.name for entry in desktop.libraries.entries}


def settle(qtbot: QtBot, desktop: Desktop) -> None:
    """Wait until nothing is going on in the background."""
    qtbot.waitUntil(lambda: not desktop.libraries.writing and not desktop.tasks.busy, timeout=SLOW)
