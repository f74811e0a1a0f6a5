"""PDFs that were made to do harm: each ends soon, in what can be read or in a reason."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from qa_desktop.domain import text_of
from qa_desktop.reading.pdf.attachments import embedded_pdf
from qa_desktop.reading.pdf.pages import PageRead
from qa_desktop.reading.pdf.read import read_pdf
from tests.support.pdfs import raw_pdf, stream

pytestmark = pytest.mark.expects_log("pypdf")  # it tells what it stumbles over

SENTENCE = "The harbour office counted the ships."
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(
    *,
    pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    box: bytes = b"0 0 300 200",
    draw: bytes = b"BT /H 12 Tf 20 100 Td (The harbour office counted the ships.) Tj ET",
    root: bytes = b"",
    more: tuple[bytes, ...] = (),
) -> bytes:
    """Return a PDF of one page, one part of which is made as the test wants it."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</H 5 0 R>>>>/Contents 4 0 R>>" % box
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R%s>>" % root, pages, page, stream(b"", draw), FONT, *more])


def words(data: bytes) -> str:
    document = read_pdf(data)
    return " ".join(text_of(b.runs, document.pages) for b in document.blocks)


def test_pages_tied_in_a_knot_are_read_once(tmp_path: Path) -> None:
    began = time.monotonic()
    data = pdf(pages=b"<</Type/Pages/Kids[3 0 R 2 0 R 3 0 R]/Count 3>>")
    assert SENTENCE in words(data)
    assert time.monotonic() - began < 5


def test_two_thousand_million_pages_that_are_not_there() -> None:
    began = time.monotonic()
    news: list[PageRead] = []
    document = read_pdf(pdf(pages=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"), on_page=news.append)
    assert SENTENCE in document.pages[0].text
    assert news[0].total <= 20_000
    assert time.monotonic() - began < 20


def test_one_page_listed_a_million_times_is_read_in_part() -> None:
    many = b"<</Type/Pages/Kids[%s]/Count 1000000>>" % (b"3 0 R " * 1_000_000)
    news: list[PageRead] = []
    document = read_pdf(pdf(pages=many), on_page=news.append)
    assert len(document.pages) == 1_000
    assert news[0].total == len(document.pages)
    assert [p.reason for p in document.problems] == ["too_large"]


def test_a_page_of_a_thousand_metres_with_white_print_takes_no_memory() -> None:
    white = b"1 g BT /H 12 Tf 20 100 Td (Nobody sees this.) Tj ET "
    black = b"0 g BT /H 12 Tf 20 50 Td (The harbour office counted the ships.) Tj ET"
    document = read_pdf(pdf(box=b"0 0 3000000 3000000", draw=white + black))
    assert [b.label for b in document.blocks] == ["", "hidden"]


def test_a_list_of_files_that_leads_back_to_itself_ends() -> None:
    root = b"/Names<</EmbeddedFiles 6 0 R>>"
    description = b"(a.txt) <</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>"
    tree = b"<</Kids[6 0 R 6 0 R]/Names[%s]>>" % description
    found = list(embedded_pdf(pdf(root=root, more=(tree, stream(b"", b"A chart.")))))
    assert [(e.name, e.data) for e in found] == [("a.txt", b"A chart.")]


def test_a_file_inside_that_swells_to_a_gigabyte_is_named() -> None:
    root = b"/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>"
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    file = stream(b"/Filter/FlateDecode", packed)
    more = (b"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>", file)
    [found] = embedded_pdf(pdf(root=root, more=more))
    assert found.problem is not None
    assert (found.data, found.problem.reason) == (b"", "too_large")
