"""The canonical text of a page is pdfium's character array, one for one, so that places can be drawn."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.pdf.text import canonical
from tests.support.pdfs import Sheets, texts


@given(st.text(st.characters(exclude_categories=())))
def test_every_character_keeps_its_index_and_can_stand_in_text(raw: str) -> None:
    text = canonical(raw)
    assert len(text) == len(raw)
    text.encode("utf-8")
    assert all(unicodedata.category(c) != "Cc" or c in "\t\r\n" for c in text)


@given(st.integers(0x10000, 0x10FFFF).map(chr), st.text("abc"))
def test_a_character_that_windows_counts_twice_is_kept_whole(wide: str, after: str) -> None:
    halves = wide.encode("utf-16-le")
    raw = "".join(chr(int.from_bytes(halves[i : i + 2], "little")) for i in (0, 2)) + after
    assert canonical(raw) == wide + "\u2060" + after


def test_the_text_is_what_pdfium_counts(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["The harbour's inter-", "preter wrote – in “ink” – of 40 °C."], top=100)
    sheets.page()
    path = sheets.save()
    [page] = read_pdf(path).pages
    with pypdfium2.PdfDocument(path) as document:
        textpage = document[0].get_textpage()
        codes = [pdfium.FPDFText_GetUnicode(textpage.raw, i) for i in range(textpage.count_chars())]
        textpage.close()
    assert page.text.endswith("\n")
    assert len(page.text) == len(codes) + 1
    assert [c for c in page.text[:-1] if c != "-"] == [chr(c) for c in codes if c not in (2, ord("-"))]


def test_what_lies_outside_the_crop_box_is_set_aside(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "whole.pdf")
    sheets.lines(["The printer's line number is 352."], top=30)
    sheets.lines(["The ferry leaves at noon."], top=300)
    sheets.page()
    writer = pypdf.PdfWriter(clone_from=sheets.save())
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 100, 500, 700))
    writer.write(tmp_path / "cropped.pdf")
    document = read_pdf(tmp_path / "cropped.pdf")
    assert texts(document, BlockKind.PARAGRAPH) == ["The ferry leaves at noon."]
    assert texts(document, BlockKind.ASIDE) == ["The printer's line number is 352."]
    assert [b.label for b in document.blocks] == ["", "hidden"]
