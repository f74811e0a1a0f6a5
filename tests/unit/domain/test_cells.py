from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Page, Run
from qa_desktop.domain.cells import cells_in_words, column_name, place_of_rows, rows_of

BUDGET = "Sheet 'Budget', cells B4:D9"


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")])
def test_columns_are_named_as_spreadsheets_name_them(number: int, name: str) -> None:
    assert column_name(number) == name


def test_a_row_of_a_table_is_named_by_its_own_cells() -> None:
    assert rows_of(BUDGET, 3, 3) == "Sheet 'Budget', cells B7:D7"
    assert rows_of(BUDGET, 0, 5) == BUDGET
    assert rows_of("Sheet 'cells A1:B2', cells C1:C4", 1, 1) == "Sheet 'cells A1:B2', cell C2"


@pytest.mark.parametrize(
    "locator", ["table 2, under “Costs”", "slide 3, table", "Sheet 'Budget', cell B4", ""]
)
def test_a_place_without_a_range_of_cells_stays_as_it_is(locator: str) -> None:
    assert rows_of(locator, 1, 1) == locator


def test_rows_and_objects_are_counted_too() -> None:
    assert rows_of("rows 4 to 9", 3, 3) == "row 7"
    assert rows_of("rows 4 to 9", 0, 1) == "rows 4 to 5"
    assert rows_of("people[25] to people[49]", 3, 3) == "people[27]"
    assert rows_of("people[25] to people[49]", 0, 2) == "people[25] to people[26]"
    assert rows_of("people[25] to people[49]", 0, 0) == "people[25] to people[49]"
    assert rows_of("rows 4 to 5", 2, 2) == "rows 4 to 5"


def test_rows_that_the_table_does_not_have_are_not_invented() -> None:
    assert rows_of(BUDGET, 6, 6) == BUDGET


@given(
    top=st.integers(1, 10**6), left=st.integers(1, 500), rows=st.integers(2, 50), columns=st.integers(1, 50)
)
def test_every_row_lies_where_counting_says(top: int, left: int, rows: int, columns: int) -> None:
    right, bottom = left + columns - 1, top + rows - 1
    place = cells_in_words(top, left, bottom, right)
    for line in range(rows):
        assert rows_of(place, line, line) == cells_in_words(top + line, left, top + line, right)


def test_the_place_of_a_quotation_is_that_of_its_rows() -> None:
    text = "Before.\n\nYear\tPeople\n2019\t41\n\t\n2021\t43\n"
    start = text.index("Year")
    block = Block(BlockKind.TABLE, (Run(1, start, len(text) - 1),), locator="Sheet 'A', cells A5:B8")
    at = text.index("2021")
    assert place_of_rows(block, (Run(1, at, at + 7),), (Page(1, text),)) == "Sheet 'A', cells A8:B8"
    both = (Run(1, text.index("2019"), at + 7),)
    assert place_of_rows(block, both, (Page(1, text),)) == "Sheet 'A', cells A6:B8"
    aside = Block(BlockKind.PARAGRAPH, block.runs, locator="Sheet 'A', cells A5:B8")
    assert place_of_rows(aside, both, (Page(1, text),)) == "Sheet 'A', cells A5:B8"
