"""A library whose originals can be opened, and citations of places in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qa_desktop.domain import Citation, DocumentEntry, Run, text_of
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.text_view import TextView
from qa_desktop.library import Library
from tests.support.pdfs import Sheets

QUOTE = "The troops left the airfield of Slatina in July 2003."
NOTE = "The last soldiers left the airfield in the middle of the summer."


def make_source_library(folder: Path) -> Path:
    """Make a library of a PDF of nine pages (printed i to ix) and a Markdown file; return `folder`.

    The library lies in `folder`/library, its originals in `folder`/originals.
    """
    originals = folder / "originals"
    originals.mkdir()
    sheets = Sheets(originals / "paper.pdf", title="A paper on the airfield")
    for page in range(1, 10):
        sheets.canvas.addPageLabel(page - 1, style="ROMAN_LOWER", start=page)
        lines = [f"Line {n} of page {page} says that the talks were resumed in Brussels." for n in range(24)]
        top = sheets.lines(lines, top=82, size=12)
        if page == 7:
            sheets.lines([QUOTE], top=top + 15, size=12)
        sheets.page()
    sheets.save()
    paragraphs = [f"Paragraph {n} says that the talks were resumed in Brussels. " * 6 for n in range(30)]
    paragraphs.insert(20, NOTE)
    (originals / "notes.md").write_text("# Notes\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
    with Library.open(folder / "library", create=True) as library:
        report = library.add([originals])
    assert {file.outcome for file in report.files} == {"added"}
    return folder


def entry(library: Library, name: str) -> DocumentEntry:
    """The document with that name, or with that end of its name."""
    return next(document for document in library.documents() if document.name.endswith(name))


def cite(library: Library, name: str, words: str, number: int = 1) -> Citation:
    """A citation whose words stand in the stored text, as an answer would give it."""
    document = entry(library, name)
    pages = library.pages(document.id)
    page = next(page for page in pages if words in page.text)
    start = page.text.index(words)
    runs = (Run(page.number, start, start + len(words)),)
    return Citation(
        number,
        document,
        1,
        text_of(runs, pages),
        runs,
        page.number if document.paged else None,
        page.label,
        "" if document.paged else "paragraph 21, under “Notes”",
    )


def stage(source: SourceView) -> object:
    """What shows the document at present: its pages or its text."""
    return source.findChild(PageView).parent().currentWidget()  # type: ignore[union-attr]


def words_in(source: SourceView) -> str:
    """Everything that is written in bars and notices."""
    return "\n".join(label.text() for label in source.findChildren(QLabel) if label.isVisible())


def open_first(qtbot: QtBot, source: SourceView, *citations: Citation) -> None:
    """Open the first of the citations and wait until its words are marked, or a notice says why not."""
    source.show_citations(citations, 0)
    qtbot.waitUntil(lambda: isinstance(stage(source), PageView | TextView))
    view = stage(source)
    if isinstance(view, PageView):
        qtbot.waitUntil(lambda: not view.marked.isEmpty() or bool(source.notice))
