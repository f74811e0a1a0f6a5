"""Scanned pages of PDFs are read among the others, each picture once, in the worker with its limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from qa_desktop.domain import BlockKind, Document, FileProblem, Run, text_of
from qa_desktop.progress import Progress
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.pdf.scans import UNKNOWN
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.scans.once import Scanner
from tests.support.pdfs import Sheets
from tests.support.scans import FERRY, Kept, Sheet

TYPED = "The council of Hvar meets on the second Tuesday of every month in the town hall."


def mixed(path: Path, *pictures: Image.Image) -> Path:
    """Make a PDF whose first page is typed and whose others are pictures."""
    sheets = Sheets(path)
    sheets.lines([TYPED], top=100)
    sheets.page()
    for picture in pictures:
        canvas: Any = sheets.canvas
        canvas.drawImage(ImageReader(picture), 30, 400, 535, 535 * picture.height / picture.width)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(30, 20, "No. 7")  # a stamp, as archives print it on scans
        sheets.page()
    return sheets.save()


@pytest.fixture(scope="module")
def kept() -> Kept:
    """What was recognised in this module."""
    return Kept()


def full(texts: tuple[str, ...] = FERRY) -> Image.Image:
    return Sheet((1100, 900)).lines(texts).picture


def test_a_scanned_page_among_typed_ones_is_read(kept: Kept, tmp_path: Path) -> None:
    document = read_pdf(mixed(tmp_path / "a.pdf", full()), scan=Scanner(kept))
    assert document.problems == ()
    first, second = document.pages
    assert first.words == ()
    assert second.text.startswith("\n".join(FERRY))
    assert second.text.replace(" ", "").endswith("No.7\n"), "what is typed on the picture is seen on it"
    body = [b for b in document.blocks if b.runs[0].page == 2 and b.kind is BlockKind.PARAGRAPH]
    assert text_of(body[0].runs, document.pages) == " ".join(FERRY)
    assert all(0 < w.confidence <= 1 for w in second.words)


def test_without_recognition_the_page_is_named(tmp_path: Path) -> None:
    document = read_pdf(mixed(tmp_path / "a.pdf", full()))
    assert [(p.reason, p.part) for p in document.problems] == [("no_text", "page 2")]


def test_bare_pages_lack_nothing_and_unknown_writings_are_named(kept: Kept, tmp_path: Path) -> None:
    russian = full(
        ("Паром на острова уходит из гавани в полдень.", "По воскресеньям он уходит на час позже.")
    )
    path = mixed(tmp_path / "a.pdf", russian, russian)
    document = read_pdf(path, scan=Scanner(kept))
    assert document.problems == (FileProblem("no_text", UNKNOWN, "pages 2, 3"),)
    bare = Image.new("L", (1100, 900), 250)
    sheets = Sheets(tmp_path / "bare.pdf")
    sheets.canvas.drawImage(ImageReader(bare), 0, 0, 595, 842)
    sheets.page()
    with pytest.raises(Unreadable) as caught:
        read_pdf(sheets.save(), scan=Scanner(kept))
    assert caught.value.problem.reason == "no_text"


def test_each_picture_is_recognised_once_and_damaged_memories_are_made_anew(tmp_path: Path) -> None:
    kept = Kept()
    path = mixed(tmp_path / "a.pdf", full(), full())
    document = read_pdf(path, scan=Scanner(kept))
    assert len(kept) == 1
    assert kept.asked == 1, "the second page shows the same"
    [key] = kept
    assert len(key) == 64
    kept[key] = b'["nonsense"]'
    again = read_pdf(path, scan=Scanner(kept))
    assert again == document
    assert kept[key] != b'["nonsense"]'


def test_the_reader_recognises_in_its_worker_reports_and_marks(tmp_path: Path) -> None:
    kept, news = Kept(), list[Progress]()
    path = mixed(tmp_path / "a.pdf", full())
    picture = tmp_path / "b.png"
    picture.write_bytes(Sheet().lines(FERRY).as_file())
    with Reader(scans=kept) as reader:
        document = reader.read(path, report=news.append)
        assert isinstance(document, Document)
        page = document.pages[1]
        start = page.text.index("leaves the harbour")
        run = Run(2, start, page.text.index("noon.") + 5)
        drawn = reader.render(path, 2, 1.5, [run], words=page.words)
        assert isinstance(drawn, PageImage)
        assert len(drawn.rects) == 2
        assert all(w > 2 * h for _, _, w, h in drawn.rects)
        image = reader.read(picture)
        assert isinstance(image, Document)
        assert image.pages[0].words
        shown = reader.render(picture, 1, 1.0, [Run(1, 0, 9)], words=image.pages[0].words)
        assert isinstance(shown, PageImage)
        assert len(shown.rects) == 1
    assert len(kept) == 2
    assert [(n.done, n.total) for n in news][-1] == (2, 2)
    with Reader(scans=kept) as reader:
        assert reader.read(path) == document, "what is remembered is the same"
    with Reader() as reader:
        unread = reader.read(picture)
        assert isinstance(unread, FileProblem)
        assert unread.reason == "no_text"
