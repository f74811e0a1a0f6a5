"""PDFs made for one test each: set line by line, so that every break and every mark is where it is wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.sentences import sentences_of

WIDTH, HEIGHT = A4
BODY = "Times-Roman"
BOLD = "Times-Bold"


class Sheets:
    """A PDF that grows page by page; heights are given in points from the top of the page."""

    def __init__(
        self, path: Path, *, size: tuple[float, float] = A4, title: str = "untitled", author: str = ""
    ) -> None:
        self.path = path
        self.canvas: Any = Canvas(str(path), pagesize=size, invariant=1)
        self.height = size[1]
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)

    def lines(
        self,
        texts: Sequence[str],
        *,
        top: float,
        left: float = 72,
        size: float = 11,
        font: str = BODY,
        step: float | None = None,
    ) -> float:
        """Set one line under the other; "word^3^" raises the 3.  Return the height for the next line."""
        step = step or 1.25 * size
        for text in texts:
            line = self.canvas.beginText(left, self.height - top)
            for i, part in enumerate(re.split(r"\^", text)):
                line.setFont(font, 0.62 * size if i % 2 else size)
                line.setRise(0.35 * size if i % 2 else 0)
                line.textOut(part)
            self.canvas.drawText(line)
            top += step
        return top

    def row(self, cells: Sequence[str], columns: Sequence[float], *, top: float, size: float = 10) -> None:
        """Set one row of a table, each cell at its column's left edge."""
        for cell, left in zip(cells, columns, strict=True):
            self.canvas.setFont(BODY, size)
            self.canvas.drawString(left, self.height - top, cell)

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def save(self) -> Path:
        """Write the file and return its path."""
        self.canvas.save()
        return self.path


def simple(path: Path, *pages: str) -> Path:
    """Write a PDF with one line of text on each page."""
    sheets = Sheets(path)
    for text in pages:
        if text:
            sheets.lines([text], top=100)
        sheets.page()
    return sheets.save()


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    """Return the texts of the blocks of these kinds."""
    return [text_of(b.runs, document.pages) for b in document.blocks if b.kind in kinds]


def sentences(document: Document) -> list[str]:
    """Return the sentences of all paragraphs."""
    return [
        s.text
        for i, b in enumerate(document.blocks)
        if b.kind is BlockKind.PARAGRAPH
        for s in sentences_of(b, document.pages, i)
    ]


def written(path: Path, *lines: str, font: str = "Times-Roman") -> Document:
    """Read a page of these lines."""
    sheets = Sheets(path / "a.pdf")
    sheets.lines(lines, top=100, font=font)
    sheets.page()
    return read_pdf(sheets.save())


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def bomb(pages_before: int = 0) -> bytes:
    """Return a PDF of a few hundred bytes whose last page draws a form that draws itself, three times.

    pdfium needs many gigabytes for it.  The pages before it hold a sentence each.
    """
    kids = b" ".join(b"%d 0 R" % (7 + 2 * i) for i in range(pages_before)) + b" 3 0 R"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<<%s>>/Contents %d 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages_before + 1),
        page % (b"/XObject<</F 5 0 R>>", 4),
        stream(b"", b"/F Do"),
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</F 5 0 R>>>>",
            b"/F Do /F Do /F Do",
        ),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i in range(pages_before):
        text = b"BT /H 12 Tf 20 100 Td (The harbour office counted ship number %d.) Tj ET" % (i + 1)
        objects += [page % (b"/Font<</H 6 0 R>>", 8 + 2 * i), stream(b"", text)]
    return raw_pdf(objects)
