"""What a PDF holds besides the print on its pages: hidden text, form values, comments, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.reading.pdf.attachments import embedded_pdf
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.pdf.xfa import form_lines
from tests.support.pdfs import Sheets, simple, texts

TEXT = "The ferry to the outer islands leaves the harbour at noon."
SECRET = "Say that the pilots are well paid."


def labelled(document: Document) -> dict[str, str]:
    """Return the words of every block that is set aside, by its label."""
    return {b.label: text_of(b.runs, document.pages) for b in document.blocks if b.kind is BlockKind.ASIDE}


def page_with(path: Path, draw: Any) -> Document:
    """Read a page with one plain sentence, and whatever `draw` draws on the canvas."""
    sheets = Sheets(path / "a.pdf")
    sheets.lines([TEXT], top=100)
    sheets.canvas.setFont("Times-Roman", 11)
    draw(sheets.canvas)
    sheets.page()
    return read_pdf(sheets.save())


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, SECRET)


def without_paint(canvas: Any) -> None:
    line = canvas.beginText(72, 500)
    line.setTextRenderMode(3)
    line.textOut(SECRET)
    canvas.drawText(line)


def tiny(canvas: Any) -> None:
    canvas.setFont("Times-Roman", 0.5)
    canvas.drawString(72, 500, SECRET)


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 500, SECRET)


def beside_the_page(canvas: Any) -> None:
    canvas.drawString(700, 500, SECRET)


@pytest.mark.parametrize("draw", [white, without_paint, tiny, transparent, beside_the_page])
def test_what_nobody_sees_is_set_aside(tmp_path: Path, draw: Any) -> None:
    document = page_with(tmp_path, draw)
    assert texts(document, BlockKind.PARAGRAPH) == [TEXT]
    assert labelled(document) == {"hidden": SECRET}


def test_hidden_words_in_the_middle_of_a_line_are_set_aside(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 500, "Tugs are small")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(142, 500, "and slow")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(185, 500, "boats.")

    document = page_with(tmp_path, draw)
    assert labelled(document) == {"hidden": "and slow"}
    assert "slow" not in " ".join(texts(document, BlockKind.PARAGRAPH))


def on_a_dark_bar(canvas: Any) -> None:
    canvas.setFillColorRGB(0.1, 0.1, 0.4)
    canvas.rect(60, 490, 400, 30, stroke=0, fill=1)
    white(canvas)


def behind_a_scan(canvas: Any) -> None:
    from PIL import Image

    canvas.drawInlineImage(Image.new("L", (20, 30), 200), 0, 0, 595, 842)
    without_paint(canvas)


@pytest.mark.parametrize("draw", [on_a_dark_bar, behind_a_scan])
def test_what_is_seen_or_behind_a_picture_is_text(tmp_path: Path, draw: Any) -> None:
    document = page_with(tmp_path, draw)
    assert SECRET in texts(document, BlockKind.PARAGRAPH)
    assert labelled(document) == {}


def annotated(path: Path, *annotations: Any) -> Path:
    writer = pypdf.PdfWriter(clone_from=simple(path / "plain.pdf", TEXT))
    for annotation in annotations:
        writer.add_annotation(0, annotation)
    writer.write(path / "annotated.pdf")
    return path / "annotated.pdf"


def test_comments_are_notes_and_typed_text_is_text(tmp_path: Path) -> None:
    comment = Text(rect=(100, 700, 120, 720), text="Is that so?")
    comment[NameObject("/T")] = TextStringObject("Ines Lund")
    typed = FreeText(text="Not on Sundays.", rect=(100, 300, 300, 340))
    document = read_pdf(annotated(tmp_path, comment, typed))
    assert texts(document, BlockKind.PARAGRAPH) == [TEXT, "Not on Sundays."]
    [note] = [b for b in document.blocks if b.kind is BlockKind.NOTE]
    assert (note.label, note.locator) == ("comment", "page 1, comment by Ines Lund")
    assert text_of(note.runs, document.pages) == "Is that so?"


def test_a_hidden_comment_is_set_aside(tmp_path: Path) -> None:
    comment = Text(rect=(100, 700, 120, 720), text=SECRET)
    comment[NameObject("/F")] = NumberObject(2)
    assert labelled(read_pdf(annotated(tmp_path, comment))) == {"hidden": SECRET}


@pytest.mark.parametrize("turn", [0, 90])
def test_an_annotation_has_its_place_on_the_page_as_it_is_shown(tmp_path: Path, turn: int) -> None:
    path = annotated(tmp_path, FreeText(text="Not on Sundays.", rect=(59.5, 84.2, 119, 168.4)))
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(turn)
    writer.write(path)
    [page] = read_pdf(path).pages
    [word] = page.words
    assert page.text[word.start : word.end] == "Not on Sundays."
    place = (word.left, word.top, word.width, word.height)
    assert place == pytest.approx((0.1, 0.8, 0.1, 0.1) if turn == 0 else (0.1, 0.1, 0.1, 0.1), abs=0.01)


TEMPLATE = b"""<template xmlns="http://www.xfa.org/schema/xfa-template/3.0/"><subform name="form">
<draw><value><text>Application for a berth</text></value></draw>
<field name="boat"><caption><value><text>Name of the boat</text></value></caption></field>
<field name="berth"><assist><toolTip>Berth</toolTip></assist><value><text>12 B</text></value></field>
<draw presence="hidden"><value><text>Never shown</text></value></draw></subform></template>"""
DATA = b"""<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form>
<boat>Morgenstern</boat><owner>Ines Lund</owner></form></xfa:data></xfa:datasets>"""


@pytest.mark.expects_log("init_forms")  # pypdfium2 tells that pdfium does not draw such forms
def test_a_form_in_xml_is_read_with_what_was_filled_in(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=simple(tmp_path / "a.pdf", "Please wait."))
    parts = ArrayObject()
    for name, data in (("template", TEMPLATE), ("datasets", DATA)):
        stream = StreamObject()
        stream.set_data(data)
        parts += [TextStringObject(name), writer._add_object(stream)]
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): parts})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    writer.write(tmp_path / "form.pdf")
    document = read_pdf(tmp_path / "form.pdf")
    assert texts(document, BlockKind.PARAGRAPH) == [
        "Please wait.",
        "Application for a berth",
        "Name of the boat: Morgenstern",
        "Berth: 12 B",
        "owner: Ines Lund",
    ]


def test_a_form_with_entities_is_not_read() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><template><draw><value><text>&b;</text></value></draw></template>'
    )
    assert form_lines({"template": bomb}) == []


def test_files_inside_are_found_wherever_they_are_kept(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=simple(tmp_path / "a.pdf", TEXT, TEXT))
    writer.add_attachment("tides.txt", b"High tide at six.")
    writer.add_attachment("../../log.txt", b"Nothing happened.")
    pinned = StreamObject()
    pinned.set_data(b"A chart.")
    description = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/UF"): TextStringObject("chart.txt"),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(pinned)}),
        }
    )
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/Rect"): ArrayObject([FloatObject(x) for x in (10, 10, 30, 30)]),
            NameObject("/FS"): writer._add_object(description),
        }
    )
    writer.add_annotation(1, annotation)
    writer.write(tmp_path / "b.pdf")
    found = [(e.name, e.data, e.place) for e in embedded_pdf(tmp_path / "b.pdf")]
    assert sorted(found[:2]) == [
        ("log.txt", b"Nothing happened.", "attachment log.txt"),
        ("tides.txt", b"High tide at six.", "attachment tides.txt"),
    ]
    assert found[2:] == [("chart.txt", b"A chart.", "attachment chart.txt on page 2")]
    assert [e.name for e in embedded_pdf((tmp_path / "b.pdf").read_bytes())] == [name for name, _, _ in found]


@pytest.mark.expects_log("pypdf")  # pypdf tells what it stumbles over
def test_a_file_that_is_no_pdf_holds_no_files() -> None:
    assert list(embedded_pdf(b"%PDF-1.7\n" + bytes(range(256)))) == []
