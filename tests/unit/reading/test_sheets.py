from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document
from qa_desktop.domain.cells import place_of_rows
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.sentences import sentences_of
from qa_desktop.reading.sheets.read import read_sheets
from tests.support.coverage import lost
from tests.support.documents import check, texts, words
from tests.support.office import make_xlsx, relations, rows_of

BUDGET = rows_of(
    (1, ["Budget of the harbour"]),
    (3, ["Item", "2019", "Share", "Since"]),
    (4, ["Ferry", (1234.5, 1), (0.125, 2), (44_259, 3)]),
    (5, ["Crane", (99, 1), (0.4, 2), (44_260.5, 4)]),
    (7, ["Total", (1333.5, 1), (0.525, 2), None]),
    (10, ["Source: the harbour office, which counts twice."]),
)
FORMATS = ("#,##0.00", "0.0%", "dd/mm/yyyy", "yyyy-mm-dd hh:mm")


@pytest.fixture(scope="module")
def budget() -> Document:
    document = read_sheets(make_xlsx({"Budget": BUDGET}, formats=FORMATS), "budget-2019.xlsx")
    check(document)
    assert lost(document) == ""
    return document


def places(document: Document) -> dict[str, str]:
    """Return the words of each block by its place."""
    return {block.locator: words(document, block) for block in document.blocks}


def cited(document: Document, start: str) -> str:
    """Return the place that a citation of the row beginning with `start` names."""
    for index, block in enumerate(document.blocks):
        for sentence in sentences_of(block, document.pages, index):
            if sentence.text.startswith(start):
                return place_of_rows(block, sentence.runs, document.pages)
    raise AssertionError(start)


def test_cells_are_read_as_they_are_shown(budget: Document) -> None:
    (table,) = (b for b in budget.blocks if b.kind is BlockKind.TABLE)
    assert budget.pages[0].text[table.runs[0].start : table.runs[0].end].split("\n") == [
        "Item\t2019\tShare\tSince",
        "Ferry\t1,234.50\t12.5%\t2021-03-04",
        "Crane\t99.00\t40.0%\t2021-03-05 12:00",
        "\t\t\t",
        "Total\t1,333.50\t52.5%\t",
    ]
    assert table.locator == "Sheet 'Budget', cells A3:D7"


def test_a_row_is_cited_by_its_own_cells_also_behind_an_empty_row(budget: Document) -> None:
    assert cited(budget, "Ferry") == "Sheet 'Budget', cells A4:D4"
    assert cited(budget, "Total") == "Sheet 'Budget', cells A7:D7"
    assert cited(budget, "Source") == "Sheet 'Budget', cell A10"


def test_the_sheet_and_the_line_above_a_table_are_its_headings(budget: Document) -> None:
    assert [(b.level, words(budget, b)) for b in budget.blocks if b.kind is BlockKind.HEADING] == [
        (2, "Budget"),
        (3, "Budget of the harbour"),
    ]
    assert texts(budget, BlockKind.PARAGRAPH) == ["Source: the harbour office, which counts twice."]


def test_title_and_facts_come_from_the_properties_or_the_file_name(budget: Document) -> None:
    assert (budget.title, budget.author, budget.date) == ("budget 2019", "Ada Brand", "2021-03-04")
    assert dict(budget.origins) == {
        "title": "file name",
        "author": "document properties",
        "date": "document properties",
    }


def test_tables_side_by_side_are_parted_and_a_spacer_column_parts_nothing() -> None:
    left = rows_of((1, ["Year", "People", None, "Code", "Meaning"]), (2, ["2019", "41", None, "F", "Ferry"]))
    spaced = rows_of((1, ["Revenue", None, "Q1"]), (2, ["Ferries", None, 12]), (3, ["Cranes", None, 14]))
    document = read_sheets(make_xlsx({"A": left, "B": spaced}), "x.xlsx")
    assert places(document) == {
        "Sheet 'A'": "A",
        "Sheet 'A', cells A1:B2": "Year People 2019 41",
        "Sheet 'A', cells D1:E2": "Code Meaning F Ferry",
        "Sheet 'B'": "B",
        "Sheet 'B', cells A1:C3": "Revenue Q1 Ferries 12 Cranes 14",
    }


def test_a_merged_label_does_not_tear_its_row() -> None:
    rows = rows_of(
        (1, ["Item", "Detail", None, None, "2019", "2020"]), (2, ["Ferry", "old", None, None, 1, 2])
    )
    merged = rows + '<mergeCells><mergeCell ref="B1:D1"/></mergeCells>'
    assert "Sheet 'A', cells A1:F2" in places(read_sheets(make_xlsx({"A": merged}), "x.xlsx"))


def test_a_column_of_sentences_is_text() -> None:
    rows = rows_of(
        (1, ["The ferry sails daily."]), (2, ["The crane stands still."]), (3, ["Nobody knows why."])
    )
    document = read_sheets(make_xlsx({"Notes": rows}), "x.xlsx")
    assert places(document)["Sheet 'Notes', cell A2"] == "The crane stands still."


def test_what_is_hidden_is_set_aside_unless_it_is_only_folded_or_filtered() -> None:
    cells = (
        '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>333</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>444</v></c></row>'
        '<row r="3" hidden="1" outlineLevel="1"><c r="A3"><v>5</v></c><c r="B3"><v>6</v></c></row>'
        "</sheetData>"
    )
    filtered = '<sheetData><row r="1" hidden="true"><c r="A1"><v>7</v></c></row></sheetData><autoFilter/>'
    sheets = {"Sheet1": cells, "Sheet2": filtered, "Sheet3": rows_of((1, ["secret"]))}
    document = read_sheets(make_xlsx(sheets, states={"Sheet3": "veryHidden"}), "x.xlsx")
    check(document)
    assert texts(document) == ["1 2 5 6", "7"]
    assert [(b.label, words(document, b)) for b in document.blocks if b.kind is BlockKind.ASIDE] == [
        ("hidden", "333 444"),
        ("hidden", "secret"),
    ]
    assert cited(document, "5") == "Sheet 'Sheet1', cells A3:B3"


def test_comments_text_boxes_charts_and_described_pictures_are_read_with_their_place() -> None:
    drawing = (
        "<d:wsDr xmlns:d='d' xmlns:a='a' xmlns:c='c' xmlns:r='r'><d:oneCellAnchor><d:from><d:col>2</d:col>"
        "<d:row>4</d:row></d:from><d:sp><d:txBody><a:p><a:r><a:t>Words in a box.</a:t></a:r></a:p></d:txBody>"
        "</d:sp></d:oneCellAnchor><d:oneCellAnchor><d:pic><d:nvPicPr><d:cNvPr descr='The old crane at dawn'/>"
        "</d:nvPicPr></d:pic></d:oneCellAnchor><d:oneCellAnchor><d:graphicFrame><c:chart r:id='c1'/>"
        "</d:graphicFrame></d:oneCellAnchor></d:wsDr>"
    )
    chart = (
        "<c:chartSpace xmlns:c='c' xmlns:a='a'><c:chart><c:title><c:tx><a:p><a:r><a:t>Share by coast</a:t>"
        "</a:r></a:p></c:tx></c:title><c:ser><c:tx><c:strCache><c:pt idx='0'><c:v>Share</c:v></c:pt>"
        "</c:strCache></c:tx>"
        "<c:cat><c:strCache><c:pt idx='0'><c:v>North</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache>"
        "<c:formatCode>0%</c:formatCode><c:pt idx='0'><c:v>0.25</c:v></c:pt></c:numCache></c:val></c:ser>"
        "</c:chart></c:chartSpace>"
    )
    comments = (
        "<comments><authors><author>Bo Quill</author></authors><commentList><comment ref='B4' authorId='0'>"
        "<text><r><t>Bo Quill:</t></r><r><t> Is this right?</t></r></text></comment></commentList></comments>"
    )
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("d", "drawing", "../drawings/drawing1.xml"), ("k", "comments", "../comments1.xml")
        ),
        "xl/drawings/drawing1.xml": drawing,
        "xl/drawings/_rels/drawing1.xml.rels": relations(("c1", "chart", "../charts/chart1.xml")),
        "xl/charts/chart1.xml": chart,
        "xl/comments1.xml": comments,
    }
    document = read_sheets(make_xlsx({"Sheet1": rows_of((1, ["word"]))}, more=more), "x.xlsx")
    check(document)
    assert [(b.kind, b.label, b.locator, words(document, b)) for b in document.blocks[1:]] == [
        (BlockKind.NOTE, "comment", "Sheet 'Sheet1', comment by Bo Quill at cell B4", "Is this right?"),
        (BlockKind.PARAGRAPH, "", "Sheet 'Sheet1', text box at cell C5", "Words in a box."),
        (BlockKind.CAPTION, "", "Sheet 'Sheet1', picture", "The old crane at dawn"),
        (BlockKind.CAPTION, "", "Sheet 'Sheet1', chart", "Share by coast"),
        (BlockKind.TABLE, "", "Sheet 'Sheet1', chart", "Share North 25%"),
    ]


def test_shared_strings_are_read_without_how_they_are_pronounced() -> None:
    strings = ["<r><t>豊</t></r><r><t>田</t></r><rPh><t>トヨタ</t></rPh>", "<t>two_x000D_\nlines</t>"]
    cells = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c><c t="e">'
        '<v>#DIV/0!</v></c><c t="b"><v>1</v></c></row></sheetData>'
    )
    document = read_sheets(make_xlsx({"Sheet1": cells}, strings=strings), "x.xlsx")
    assert places(document) == {"Sheet 'Sheet1', cells A1:E1": "豊田 two lines #DIV/0! TRUE"}


def test_cells_at_both_ends_of_a_sheet_cost_nothing() -> None:
    cells = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c>'
    )
    document = read_sheets(make_xlsx({"Sheet1": cells + "</row></sheetData>"}), "x.xlsx")
    assert set(places(document)) == {"Sheet 'Sheet1', cell A1", "Sheet 'Sheet1', cell XFD1048576"}
    assert len(document.pages[0].text) < 100


def test_cells_strewn_over_a_sheet_cost_neither_time_nor_room() -> None:
    far = [f"{first}{second}" for first in "ABCDEFGH" for second in "XYZ"]
    cells = "".join(
        f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="{far[r % 24]}{r}"><v>1</v></c></row>'
        for r in range(1, 2001)
    )
    document = read_sheets(make_xlsx({"Sheet1": f"<sheetData>{cells}</sheetData>"}), "x.xlsx")
    check(document)
    assert len(document.pages[0].text) < 60_000


def test_what_is_too_large_is_read_in_part_and_the_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(i, ["name", i]) for i in range(1, 21)]
    monkeypatch.setattr("qa_desktop.reading.sheets.grid.Allowance.__init__.__defaults__", (25, 10_000))
    document = read_sheets(make_xlsx({"Sheet1": rows_of(*rows), "Sheet2": rows_of(*rows)}), "x.xlsx")
    assert [(p.reason, p.part) for p in document.problems] == [
        ("too_large", "sheet “Sheet1” from row 13 on"),
        ("too_large", "sheet “Sheet2” from row 1 on"),
    ]
    assert places(document) == {"Sheet 'Sheet1', cells A1:B12": texts(document)[0]}


def test_a_broken_sheet_leaves_the_others() -> None:
    broken = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row'
    data = make_xlsx({"One": broken, "Two": rows_of((1, ["whole"]))})
    document = read_sheets(data, "x.xlsx")
    assert "whole" in texts(document)
    assert [(p.reason, p.part) for p in document.problems] == [("damaged", "sheet “One” after row 1")]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>", "damaged"), ("<worksheet/>", "empty")],
)
def test_hostile_and_empty_workbooks_have_a_reason(sheet: str, reason: str) -> None:
    data = make_xlsx({"One": ""}, more={"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(Unreadable) as caught:
        read_sheets(data, "x.xlsx")
    assert caught.value.problem.reason == reason


@settings(max_examples=60, deadline=None)
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 14), st.integers(0, 9)),
        st.one_of(st.sampled_from(["alpha", "beta gamma", "A sentence.", "2019"]), st.integers(0, 9999)),
        min_size=1,
        max_size=50,
    )
)
def test_every_cell_is_in_exactly_one_block_and_its_place_names_it(
    cells: dict[tuple[int, int], str | int],
) -> None:
    rows = [(r, [cells.get((r, c)) for c in range(10)]) for r in sorted({r for r, _ in cells})]
    document = read_sheets(make_xlsx({"Sheet1": rows_of(*rows)}), "x.xlsx")
    check(document)
    assert lost(document) == ""
    found: list[tuple[int, int, str]] = []
    for index, block in enumerate(document.blocks):
        for sentence in sentences_of(block, document.pages, index):
            if block.kind is BlockKind.TABLE:
                place = place_of_rows(block, sentence.runs, document.pages).rsplit(" ", 1)[-1]
                first, _, last = place.partition(":")
                row, columns = int(first[1:]), range(ord(first[0]) - 65, ord((last or first)[0]) - 64)
                held = [str(cells[row, c]) for c in columns if (row, c) in cells]
                assert sentence.text == " ".join(held)
                found.extend((row, c, str(cells[row, c])) for c in columns if (row, c) in cells)
            else:
                place = block.locator.rsplit(" ", 1)[-1]
                found.append((int(place[1:]), ord(place[0]) - 65, words(document, block)))
    assert sorted(set(found)) == sorted((r, c, str(value)) for (r, c), value in cells.items())
