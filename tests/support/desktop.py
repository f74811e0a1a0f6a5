"""The whole program with its window, over a real library of a few small documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.presenter import State
from qa_desktop.library import Library

WITHDRAWAL = "The last soldiers of the contingent left the airfield in July 2003."
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
        qtbot.waitUntil(lambda: desktop.presenter.state is not State.OPENING, timeout=20_000)
        yield desktop
    finally:
        desktop.window.close()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.styleHints().unsetColorScheme()
        app.setFont(font)
        app.setPalette(palette)
        app.setStyleSheet(sheet)
