"""A sheet of a workbook as a person sees it: which cell shows what, and what lies on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_desktop.domain import BlockKind, FileProblem, collapse
from qa_desktop.reading.blocks import clean

MOST_CELLS = 400_000  # of one workbook that hold something; about fifteen thousand passages
MOST_CHARACTERS = 8_000_000

Rows = dict[int, dict[int, str]]


@dataclass(slots=True)
class Sheet:
    """One sheet, as a person sees it: `rows` maps row and column, counted from 1, to what the cell shows.

    `concealed` holds the cells of hidden rows and columns; `hidden` tells that the sheet is; `hidden_rows`
    lists rows that make no gap.  `merged` maps (row, left column) of merged cells to their last column.
    `notes` are (cell, author, text), `texts` (kind, place in words, text) of what lies on the sheet.
    """

    name: str
    rows: Rows = field(default_factory=dict)
    hidden: bool = False
    concealed: Rows = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    texts: list[tuple[BlockKind, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Allowance:
    """How many cells and characters of a workbook may still be read."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS

    def take(self, text: str) -> bool:
        """Count one cell; False when there is no room for it."""
        self.cells -= 1
        self.characters -= len(text)
        return self.cells >= 0 and self.characters >= 0


def missing_from(name: str, row: int) -> FileProblem:
    """Return the problem that says from which row on a sheet was not read."""
    return FileProblem("too_large", f"more than {MOST_CELLS} cells", f"sheet “{name}” from row {row} on")


def shown_text(text: str) -> str:
    """Return a cell's text on one line, "" when there is nothing to see in it."""
    return collapse(clean(text))
