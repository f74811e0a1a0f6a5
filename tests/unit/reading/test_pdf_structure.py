"""Tables, lists, headings and contents of a PDF."""

from __future__ import annotations

from pathlib import Path

from qa_desktop.domain import BlockKind, text_of
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.sentences import sentences_of
from tests.support.pdfs import BOLD, Sheets, sentences, texts, written


def test_a_table_has_its_rows_one_a_line_and_the_header_first(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(
        ["The following table lists what the ferries carried in the two years of the survey."], top=80
    )
    rows = [
        ("Route", "2020", "2021"),
        ("North Bay", "1,204", "1,377"),
        ("Outer islands", "310", "298"),
        ("All", "1,514", "1,675"),
    ]
    for i, row in enumerate(rows):
        sheets.row(row, (72, 250, 350), top=120 + 16 * i)
    sheets.lines(["Table 1: Passengers in thousands"], top=190, size=9)
    sheets.page()
    document = read_pdf(sheets.save())
    [index] = [i for i, b in enumerate(document.blocks) if b.kind is BlockKind.TABLE]
    assert [s.text for s in sentences_of(document.blocks[index], document.pages, index)] == [
        " ".join(r) for r in rows
    ]
    assert texts(document, BlockKind.CAPTION) == ["Table 1: Passengers in thousands"]


def test_list_items_stand_apart_without_their_bullets(tmp_path: Path) -> None:
    document = written(
        tmp_path, "The office keeps:", "• lamps and oil", "• ropes of hemp", "• charts", font="Helvetica"
    )
    assert texts(document, BlockKind.LIST) == ["lamps and oil", "ropes of hemp", "charts"]


def test_levels_follow_size_and_numbering(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    text = ["The ferries of the northern coast carry people, cars and letters to the islands."] * 4
    top = sheets.lines(["Ports"], top=80, size=22, font=BOLD)
    for heading, size in (("1 Tugs", 15), ("1.1 Steam", 12), ("1.2 Oil", 12), ("2 Lamps", 15)):
        top = sheets.lines([heading], top=top + 14, size=size, font=BOLD)
        top = sheets.lines(text, top=top + 4)
    sheets.page()
    document = read_pdf(sheets.save())
    levels = {
        text_of(b.runs, document.pages): b.level for b in document.blocks if b.kind is BlockKind.HEADING
    }
    assert list(levels) == ["Ports", "1 Tugs", "1.1 Steam", "1.2 Oil", "2 Lamps"]
    assert levels["Ports"] < levels["1 Tugs"] == levels["2 Lamps"] < levels["1.1 Steam"] == levels["1.2 Oil"]


def test_the_outline_names_headings_that_look_like_text(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.canvas.bookmarkPage("tugs")
    sheets.canvas.addOutlineEntry("Of tugs and their men", "tugs", level=0)
    sheets.lines(["Of tugs and their men"], top=80)
    sheets.lines(["Tugs are small boats. They draw large ships."], top=110)
    sheets.page()
    document = read_pdf(sheets.save())
    assert texts(document, BlockKind.HEADING) == ["Of tugs and their men"]


def test_a_table_of_contents_is_set_aside(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["Contents"], top=80, size=15, font=BOLD)
    for i, (name, page) in enumerate((("Tugs", "1"), ("Lamps and oil", "3"), ("Wages", "9"))):
        sheets.row((name, page), (72, 400), top=110 + 16 * i)
    sheets.lines(["The harbour keeps tugs."], top=220)
    sheets.page()
    document = read_pdf(sheets.save())
    assert texts(document, BlockKind.TABLE) == []
    assert len(texts(document, BlockKind.ASIDE)) == 3
    assert sentences(document) == ["The harbour keeps tugs."]
