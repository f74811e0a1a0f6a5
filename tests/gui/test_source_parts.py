"""Documents inside files, two ways to see a page, what was set aside, facts and scans in the source view."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from qa_desktop.domain import Page, Run, ScannedWord
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.source_place import Opened, Place
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.source_words import place_in_words
from qa_desktop.gui.text_view import TextView
from qa_desktop.library import Library, Original
from tests.support.entries import an_entry
from tests.support.pdfs import Sheets
from tests.support.source import cite, open_first, stage, words_in

TREATY = "The harbour treaty was signed in 1988."
DIGEST = "The ministry said that the contingent would leave the airfield before the end of July 2003."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a message with a PDF in it, and of a web page with things around its text."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "papers").mkdir()
    sheets = Sheets(folder / "treaty.pdf", title="The treaty")
    sheets.lines(["It was a long day in the town hall of the old harbour.", TREATY], top=90)
    sheets.page()
    sheets.save()
    message = EmailMessage()
    message["Subject"], message["From"] = "The papers", "Jane Roe <jane@example.org>"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0000"
    message.set_content("Please find the treaty attached, as we agreed on the telephone.")
    message.add_attachment((folder / "treaty.pdf").read_bytes(), "application", "pdf", filename="treaty.pdf")
    (folder / "papers" / "mail.eml").write_bytes(message.as_bytes())
    paragraphs = "".join(f"<p>{DIGEST} This was said on day {n}, and again later.</p>" for n in range(9))
    page = (
        "<html><head><title>Press digest</title></head><body><main><article><h1>Press digest</h1>"
        f"{paragraphs}</article></main><footer>Share this page. Follow us everywhere.</footer></body></html>"
    )
    (folder / "papers" / "digest.html").write_text(page, "utf-8")
    with Library.open(folder / "library", create=True) as library:
        assert library.add([folder / "papers"]).complete
    return folder


@pytest.fixture
def library(made: Path) -> Iterator[Library]:
    with Library.open(made / "library") as library:
        yield library


def test_a_page_of_a_document_inside_a_file_is_drawn_and_marked(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "mail.eml/treaty.pdf", TREATY))
    view = stage(source)
    assert isinstance(view, PageView)
    qtbot.waitUntil(lambda: not view.marked.isEmpty())
    assert "attachment treaty.pdf, page 1 of 1" in words_in(source)
    assert source.notice == ""


def test_a_page_can_be_seen_as_the_text_that_was_read(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "mail.eml/treaty.pdf", TREATY))
    command = source.commands["as_text"]
    assert command.isEnabled()
    assert not command.isChecked()
    command.trigger()
    qtbot.waitUntil(lambda: isinstance(stage(source), TextView))
    assert stage(source).marks == (TREATY,)  # type: ignore[attr-defined]
    assert command.isChecked()
    command.trigger()
    qtbot.waitUntil(lambda: isinstance(stage(source), PageView))
    assert not command.isChecked()


def test_what_was_set_aside_is_shown_by_its_command(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "digest.html", "This was said on day 3"))
    view = stage(source)
    assert isinstance(view, TextView)
    assert "Follow us" not in view.toPlainText()
    command = source.commands["asides"]
    assert not source.commands["as_text"].isEnabled()
    command.trigger()
    assert "Set aside: around the text of the web page\nShare this page. Follow us" in view.toPlainText()
    assert view.marks == ("This was said on day 3",)
    command.trigger()
    assert "Follow us" not in view.toPlainText()


def test_what_is_known_of_a_document_is_told_with_its_origin(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "mail.eml", "telephone"))
    source.commands["facts"].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    said = "\n".join(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))
    assert "The papers" in said
    assert "March 2021" in said
    assert "header" in said
    assert "SHA-256" in said
    assert "Author: " in dialog.accessibleDescription()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_words_from_a_scan_are_called_so_with_their_own_confidence() -> None:
    words = [ScannedWord(0, 3, 0.1, 0.1, 0.1, 0.05, 0.99), ScannedWord(4, 10, 0.2, 0.1, 0.1, 0.05, 0.81)]
    pages = (Page(1, "The treaty\n", words=tuple(words)), Page(2, "Born digital.\n"))
    scan = an_entry(1, "scan.pdf", kind="pdf", paged=True, pages=2)

    def said(page: int, quote: str, run: Run) -> str:
        place = Place(scan, ((quote, (run,)),), page)
        opened = Opened(place, Original(Path("/papers/scan.pdf"), "unchanged"), pages, (), (run,))
        return place_in_words(place, opened)

    assert said(1, "treaty", Run(1, 4, 10)) == "Page 1 of 2 · from a scan, recognised with 81 % confidence"
    assert said(1, "The treaty", Run(1, 0, 10)).endswith("recognised with 90 % confidence")
    assert said(2, "Born", Run(2, 0, 4)) == "Page 2 of 2"
