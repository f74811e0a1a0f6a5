"""Names of cells and rows of a table: "B7", "B4:D9", "row 17", and the row that a line of a table is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_desktop.domain.documents import Block, BlockKind, Page, Run

_RANGE = re.compile(
    r"(?P<before>.*)\bcells? (?P<left>[A-Z]{1,3})(?P<top>\d+):(?P<right>[A-Z]{1,3})(?P<bottom>\d+)"
)

_ROWS = re.compile(r"(?P<before>.*)\brows (?P<top>\d+) to (?P<bottom>\d+)")
_ITEMS = re.compile(r"(?P<before>.*)\[(?P<top>\d+)\] to (?P=before)\[(?P<bottom>\d+)\]")


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 1: 1 is "A", 28 is "AB"."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cells_in_words(top: int, left: int, bottom: int, right: int) -> str:
    """Return the place of a rectangle of cells, counted from 1: "cells B4:D9", or "cell B4"."""
    first, last = f"{column_name(left)}{top}", f"{column_name(right)}{bottom}"
    return f"cell {first}" if first == last else f"cells {first}:{last}"


def rows_of(locator: str, first: int, last: int) -> str:
    """Return the place of some rows of the table at `locator`, by their lines in it, counted from 0.

    A locator that ends in a range of cells counts its rows: line 3 of "Sheet 'Budget', cells B4:D9" is
    "Sheet 'Budget', cells B7:D7"; so does one of rows, and line 3 of "rows 4 to 9" is "row 7".  The lines of
    "people[0] to people[24]" are the names of the fields and then an object each: line 3 is "people[2]".
    Any other is returned as it is, and so is one with fewer rows.
    """
    found = _RANGE.fullmatch(locator) or _ROWS.fullmatch(locator) or _ITEMS.fullmatch(locator)
    if not found:
        return locator
    names = 1 if found.re is _ITEMS else 0  # lines that are no object
    top, bottom = int(found["top"]) + max(0, first - names), int(found["top"]) + last - names
    if not int(found["top"]) <= top <= bottom <= int(found["bottom"]):
        return locator
    before = found["before"]
    if found.re is _ROWS:
        return before + (f"row {top}" if top == bottom else f"rows {top} to {bottom}")
    if found.re is _ITEMS:
        return f"{before}[{top}]" + ("" if top == bottom else f" to {before}[{bottom}]")
    start, end = f"{found['left']}{top}", f"{found['right']}{bottom}"
    return before + (f"cell {start}" if start == end else f"cells {start}:{end}")


def place_of_rows(block: Block, runs: Sequence[Run], pages: Sequence[Page]) -> str:
    """Return the place of what `runs` cite of `block`: its rows where it is a range of cells.

    `pages` holds page n at index n - 1; the runs are in order and lie within the block.
    """
    if block.kind is not BlockKind.TABLE or not runs or not block.runs:
        return block.locator
    start = block.runs[0]
    if any(run.page != start.page for run in runs):
        return block.locator
    text = pages[start.page - 1].text
    first = text.count("\n", start.start, runs[0].start)
    return rows_of(block.locator, first, text.count("\n", start.start, runs[-1].end))
