"""Names of cells and rows of cells in a spreadsheet: "B7", "B4:D9", and the row that a line of a table is."""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"(?P<before>.*)\bcells? (?P<left>[A-Z]{1,3})(?P<top>\d+):(?P<right>[A-Z]{1,3})(?P<bottom>\d+)"
)


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


def row_of(locator: str, line: int) -> str:
    """Return the place of one row of the table at `locator`; `line` counts the table's rows from 0.

    A locator that ends in a range of cells counts its rows: line 3 of "Sheet 'Budget', cells B4:D9" is
    "Sheet 'Budget', cells B7:D7".  Any other is returned as it is, and so is one with fewer rows.
    """
    found = _RANGE.fullmatch(locator)
    if not found:
        return locator
    row = int(found["top"]) + line
    if not int(found["top"]) <= row <= int(found["bottom"]):
        return locator
    left, right = found["left"], found["right"]
    cells = f"cell {left}{row}" if left == right else f"cells {left}{row}:{right}{row}"
    return found["before"] + cells
