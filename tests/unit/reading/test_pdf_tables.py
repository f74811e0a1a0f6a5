"""Tables of a PDF: one row a line, cells parted by tabs, each under the head of its column."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.sentences import sentences_of
from tests.support.pdfs import Sheets, texts


def rows_of(document: Document) -> list[list[str]]:
    """Return the cells of the only table."""
    [table] = [b for b in document.blocks if b.kind is BlockKind.TABLE]
    text = "".join(document.pages[r.page - 1].text[r.start : r.end] for r in table.runs)
    return [
        [" ".join(cell.split()) for cell in line.split("\t")] for line in text.splitlines() if line.strip()
    ]


def table(path: Path, *rows: tuple[float, Sequence[tuple[float, str]]], heads: int = 0) -> Document:
    """Read a page with a table; each row is its height and its cells, each with its right or left edge.

    Numbers end at their edge, words begin there.  The first `heads` rows are drawn column by column.
    """
    sheets = Sheets(path / "a.pdf")
    sheets.lines(["The office counts what its boats carry, and writes it into a book."], top=60)
    head = sorted(((left, top, text) for top, row in rows[:heads] for left, text in row), key=itemgetter(0))
    cells = head + [(left, top, text) for top, row in rows[heads:] for left, text in row]
    for edge, top, text in cells:
        sheets.canvas.setFont("Times-Roman", 10)
        at = edge - sheets.canvas.stringWidth(text) if text[-1] in "0123456789)—" else edge
        sheets.canvas.drawString(at, sheets.height - top, text)
    sheets.page()
    return read_pdf(sheets.save())


HEAD = [(250, "Tons"), (330, "Crew"), (410, "Trips")]


def boat(top: float, name: str, *figures: str) -> tuple[float, list[tuple[float, str]]]:
    edges = (275, 355, 435)
    return top, [(72, name), *((edge, figure) for edge, figure in zip(edges, figures, strict=True) if figure)]


def test_a_missing_figure_leaves_its_cell_empty(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (120, HEAD),
        boat(134, "Ferries", "310", "1,204", "(12)"),
        boat(148, "Tugs", "", "377", "298"),
        boat(162, "Lighters", "514", "", "675"),
    )
    assert rows_of(document) == [
        ["", "Tons", "Crew", "Trips"],
        ["Ferries", "310", "1,204", "(12)"],
        ["Tugs", "", "377", "298"],
        ["Lighters", "514", "", "675"],
    ]


def test_a_head_of_several_lines_is_one_row_though_drawn_by_columns(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (108, [(250, "Weight"), (410, "Trips")]),
        (120, [(250, "in tons"), (330, "Crew"), (410, "a year")]),
        boat(134, "Ferries", "310", "1,204", "412"),
        boat(148, "Tugs", "611", "377", "298"),
        boat(162, "Lighters", "514", "255", "675"),
        heads=2,
    )
    assert rows_of(document)[0] == ["", "Weight in tons", "Crew", "Trips a year"]
    assert rows_of(document)[2] == ["Tugs", "611", "377", "298"]


def test_a_label_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (120, HEAD),
        boat(134, "Ferries", "310", "1,204", "412"),
        (148, [(72, "Lighters that carry coal and")]),
        boat(159, "ice to the islands", "611", "377", "298"),
        (176, [(72, "Boats of the office:")]),
        boat(190, "Tugs", "514", "255", "675"),
    )
    assert rows_of(document)[2:] == [
        ["Lighters that carry coal and ice to the islands", "611", "377", "298"],
        ["Boats of the office:"],
        ["Tugs", "514", "255", "675"],
    ]


def test_a_currency_belongs_to_the_figure_far_behind_it(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (120, [(250, "2020"), (350, "2021")]),
        (134, [(72, "Wages"), (220, "$"), (270, "1,310"), (320, "$"), (370, "1,204")]),
        (148, [(72, "Coal"), (270, "98"), (370, "77")]),
        (162, [(72, "All"), (220, "$"), (270, "1,408"), (320, "$"), (370, "1,281")]),
    )
    assert rows_of(document)[1:] == [
        ["Wages", "$ 1,310", "$ 1,204"], ["Coal", "98", "77"], ["All", "$ 1,408", "$ 1,281"],
    ]  # fmt: skip


def test_each_row_is_a_sentence_without_the_tabs(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (120, HEAD),
        boat(134, "Ferries", "310", "1,204", "412"),
        boat(148, "Tugs", "", "377", "298"),
        boat(162, "Lighters", "514", "255", "675"),
    )
    [index] = [i for i, b in enumerate(document.blocks) if b.kind is BlockKind.TABLE]
    found = sentences_of(document.blocks[index], document.pages, index)
    assert [s.text for s in found] == [
        "Tons Crew Trips", "Ferries 310 1,204 412", "Tugs 377 298", "Lighters 514 255 675",
    ]  # fmt: skip


def test_the_title_over_a_table_is_no_head(tmp_path: Path) -> None:
    document = table(
        tmp_path,
        (96, [(200, "What the boats carried:")]),
        (120, HEAD),
        boat(134, "Ferries", "310", "1,204", "412"),
        boat(148, "Tugs", "611", "377", "298"),
        boat(162, "Lighters", "514", "255", "675"),
    )
    assert rows_of(document)[0] == ["", "Tons", "Crew", "Trips"]
    assert "What the boats carried:" in " ".join(texts(document, BlockKind.PARAGRAPH, BlockKind.HEADING))
