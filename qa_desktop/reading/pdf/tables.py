"""Tables in print: rows of words with wide gaps between them, the gaps standing above one another.

pdfium writes the words of one row on one line where the file draws them one after the other, and otherwise
on several; here lines at the same height are put back into one row, ordered from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa_desktop.reading.pdf.grid import Grid, Row, Span, as_grid, find_grid, split_cells, split_rows
from qa_desktop.reading.pdf.lines import Line, rows_of, same_row

_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_NUMBER_AT_END = re.compile(r"\s(\d{1,4})\Z")
_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|índice|содержание", re.I
)
_PAGE_AT_END = re.compile(r"(?:\.\s?){3,}\s*(\d{1,4})\s*\Z")

_HEAD_STEP = 2.4  # times the size of type between the lines of a table's head
_MOST_HEADS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Lines `first` to `last` (exclusive) of a page, as rows of cells."""

    first: int
    last: int
    rows: tuple[Row, ...]


def cells_of(line: Line) -> list[Span]:
    """Return left and right edge of each group of words that a tab parts from the next."""
    if "\t" not in line.text:
        return [(line.left, line.right)]
    cells: list[Span] = []
    for start, _, left, right in line.words:
        if cells and line.text[start - line.start - 1] != "\t":
            cells[-1] = cells[-1][0], max(cells[-1][1], right)
        else:
            cells.append((left, right))
    return cells


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """Find the tables among the lines of one page, given in reading order."""
    cells = [cells_of(line) if not line.sideways else [] for line in lines]
    tables: list[Table] = []
    i = 0
    while i < len(lines):
        if len(cells[i]) < 2 or _LEADERS.search(lines[i].text):
            i += 1
            continue
        end = _extent(lines, cells, i)
        first = _with_header(lines, i, tables[-1].last if tables else 0)
        rows = rows_of(lines[first:end])
        if _is_table(rows):
            split = split_rows(rows)
            grid = find_grid(split)
            if grid is not None:
                top = _with_heads(lines, first, tables[-1].last if tables else 0, grid)
                split = split_rows(rows_of(lines[top:end])) if top < first else split
                first = top
            tables.append(Table(first, end, as_grid(split, grid)))
            i = end
        else:
            i += 1
    return tables


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lines of a table of contents: leaders, then page numbers that do not fall."""
    found: list[int] = []
    last = 0
    for i, line in enumerate(lines):
        match = _PAGE_AT_END.search(line.text)
        if match and int(match.group(1)) >= last:
            found.append(i)
            last = int(match.group(1))
    return frozenset(found) if len(found) >= 4 else frozenset()


def is_contents(heading: str, lines: Sequence[Line]) -> bool:
    """Tell whether what stands under `heading` is a table of contents, though without leaders."""
    if not _CONTENTS.fullmatch(heading.strip()):
        return False
    numbers = [int(match.group(1)) for line in lines if (match := _NUMBER_AT_END.search(line.text))]
    falls = sum(b < a for a, b in pairwise(numbers))
    return len(numbers) >= 3 and len(numbers) >= 0.6 * len(lines) and falls <= 1


def _extent(lines: Sequence[Line], cells: Sequence[Sequence[Span]], start: int) -> int:
    """Return the index after the last line that may belong to the table that begins at `start`."""
    end = start + 1
    lone = 0
    i = start + 1
    while i < len(lines):
        previous, line = lines[i - 1], lines[i]
        drop = previous.base - line.base
        if line.sideways or drop > 3.2 * max(line.size, previous.size) or drop < -8 * line.size:
            break
        if len(cells[i]) >= 2:
            lone = 0
            end = i + 1
        else:
            lone += 1
            goes_on = i + 1 < len(lines) and len(cells[i + 1]) >= 2
            if lone > 4 or (_is_prose(line, lines[start]) and not goes_on):
                break
        i += 1
    return end


def _is_prose(line: Line, first: Line) -> bool:
    return len(line.text) > 90 and line.right - line.left > 0.8 * (first.right - first.left)


def _with_header(lines: Sequence[Line], start: int, floor: int) -> int:
    """Return the index of the first line that stands in the same row as the one at `start`."""
    first = start
    while first > floor and not lines[first - 1].sideways and same_row(lines[first - 1], lines[start]):
        first -= 1
    return first


def _with_heads(lines: Sequence[Line], first: int, floor: int, grid: Grid) -> int:
    """Return the index of the first of the lines above a table that say what its columns hold.

    They stand over the columns, close to one another, however the file orders them; between them and the
    values may stand labels without values.
    """
    size = lines[first].size
    bottom = top = max(line.base for line in lines[first : first + 4])
    found = first
    for i in range(first - 1, max(floor, first - _MOST_HEADS) - 1, -1):
        line = lines[i]
        near = bottom - size < line.base <= top + _HEAD_STEP * max(size, line.size)
        if line.sideways or not near or line.size > 1.15 * size or line.text.endswith("."):
            break
        if _is_title(line, lines[max(0, i - 3) : i + 4], grid):
            break
        if all(piece.left >= grid.left - 3 * size or _is_unit(piece) for piece in split_cells(line)):
            found = i
        elif line.right >= grid.left:
            break
        top = max(top, line.base)
    return found


def _is_title(line: Line, around: Sequence[Line], grid: Grid) -> bool:
    """Tell whether a line stands alone in the middle over the whole table, labels included."""
    middle = (grid.indent + grid.columns[-1][1]) / 2
    alone = not any(other is not line and same_row(other, line) for other in around)
    off = abs((line.left + line.right) / 2 - middle)
    return alone and off < 2 * line.size and line.right - line.left > 8 * line.size


def _is_unit(piece: Line) -> bool:
    """Tell whether a piece of a line says in brackets what the figures are: "(in millions)"."""
    return piece.text.startswith("(") and piece.text.endswith(")") and 3 < len(piece.text) < 80


def _is_table(rows: Sequence[Sequence[Line]]) -> bool:
    """Tell whether enough rows have several cells, short ones, whose edges stand above one another."""
    grid = [[cell for line in row for cell in cells_of(line)] for row in rows]
    many = [(cells, row) for cells, row in zip(grid, rows, strict=True) if len(cells) >= 2]
    most = max((len(cells) for cells, _ in many), default=0)
    if len(many) < (2 if most >= 3 else 3) or len(many) < 0.4 * len(rows):
        return False
    texts = sum(len(line.text) for _, row in many for line in row)
    count = sum(len(cells) for cells, _ in many)
    if (
        most == 2
        and texts / count > 32
        and not any(c.isdigit() for _, row in many for c in row[-1].text[-4:])
    ):
        return False  # two columns of running text
    aligned = sum(_aligned(a, b, many[0][1][0].size) for (a, _), (b, _) in pairwise(many))
    return aligned >= 0.5 * (len(many) - 1)


def _aligned(a: Sequence[Span], b: Sequence[Span], size: float) -> bool:
    """Tell whether two rows share at least two cells that begin, end or centre at the same place."""
    near = 0.6 * size
    shared = sum(
        any(
            abs(left - x) <= near or abs(right - y) <= near or abs((left + right) - (x + y)) <= 2 * near
            for x, y in b
        )
        for left, right in a
    )
    return shared >= 2
