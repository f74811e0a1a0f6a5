"""Tables in text files: the right sign parts the cells, and what is no table is read as text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Document, Run
from qa_desktop.domain.cells import place_of_rows
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.tabular import find_sign, read_table_text
from tests.support.documents import check, texts


def read(text: str, encoding: str = "utf-8") -> Document:
    document = read_table_text(text.encode(encoding), "table.csv")
    check(document)
    return document


def raw(document: Document, block: Block) -> str:
    return "".join(document.pages[0].text[r.start : r.end] for r in block.runs)


def test_cells_are_parted_by_tabs_whatever_parts_them_in_the_file() -> None:
    document = read('Year,People,Note\n2019,"41,000","a ""new"" ship,\nat last"\n2020,9500,\n')
    (table,) = document.blocks
    assert raw(document, table) == 'Year\tPeople\tNote\n2019\t41,000\ta "new" ship, at last\n2020\t9500\t'
    assert table.locator == "rows 1 to 3"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a,b\n1,2\n", ","),
        ("1,5;2,5;3,1\n1,7;2,9;4,4\n", ";"),
        ("Datum;Betrag\n01.02.2020;1.234,50\n02.02.2020;99,00\n", ";"),
        ("a|b, c|d\n1|2|3\n", "|"),
        ("a\tb\n1\tx, y\n2\tz\n", "\t"),
        ("a:b:c:d\n1:::\n5:::\n5:6:7:8\n", ""),
        ("The ferry, which sank, is lost.\nIt was old.\nNobody, they say, or few, cared, much.\n", ""),
        ("apples\npears, green\nplums\n", ""),
        ("name\nada\neva\n", ""),
        ("", ""),
    ],
)
def test_finds_the_sign_between_cells(text: str, sign: str) -> None:
    assert find_sign(text) == sign


def test_what_is_no_table_is_read_as_text() -> None:
    assert read("a:b:c:d\n1:::\n\n5:6:7:8\n").kind == "text"


def test_lines_above_and_below_the_table_are_text_and_rows_keep_their_numbers() -> None:
    document = read("Report of the port\n\nYear,Ship\n2019,Ada\n2020,Eva\n\nSource: the council\n")
    assert [(b.kind, b.locator) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "row 1"),
        (BlockKind.TABLE, "rows 3 to 5"),
        (BlockKind.PARAGRAPH, "row 7"),
    ]


def test_an_empty_row_inside_a_table_is_counted_and_another_table_is_its_own() -> None:
    document = read("Year,Ship\n2019,Ada\n\n2020,Eva\n\na,b,c\n1,2,3\n")
    assert [b.locator for b in document.blocks] == ["rows 1 to 4", "rows 6 to 7"]
    at = document.pages[0].text.index("2020")
    assert place_of_rows(document.blocks[0], (Run(1, at, at + 4),), document.pages) == "row 4"


def test_a_first_line_that_names_the_sign_is_obeyed() -> None:
    document = read("sep=|\na|b\n1|2\n")
    assert raw(document, document.blocks[0]) == "a\tb\n1\t2"
    assert document.blocks[0].locator == "rows 2 to 3"


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    document = read('id,note\n1,"never closed\n' + "2,x\n" * 200)
    assert raw(document, document.blocks[0]).count("\n") == 201


def test_reads_the_encodings_of_other_scripts() -> None:
    assert texts(read("名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪\n", "cp932")) == [
        "名前 年齢 住所 佐藤太郎 30 東京 三木英子 25 大阪"
    ]


def test_a_blank_file_is_empty() -> None:
    with pytest.raises(Unreadable) as error:
        read_table_text(b" \n", "a.csv")
    assert error.value.problem.reason == "empty"


_CELL = st.text(st.sampled_from('ab ,;\t"\n'), max_size=6).map(lambda cell: f"x{cell}")


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=2, max_size=8), st.sampled_from(",;\t|"))
def test_every_letter_of_every_cell_is_read(rows: list[tuple[str, str, str]], sign: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign).writerows(rows)
    document = read_table_text(buffer.getvalue().encode(), "any.csv")
    check(document)
    stored = document.pages[0].text
    assert [c for c in stored if c in "abx"] == [
        c for row in rows for cell in row for c in cell if c in "abx"
    ]
