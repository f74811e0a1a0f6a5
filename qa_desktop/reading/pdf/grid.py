"""The rows of a table as a reader sees them: cells in columns, wrapped cells joined, one header row on top.

Columns are the stretches of the page's width over which the values of the rows stand above one another.  What
stands left of them is the label of a row.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_desktop.reading.pdf.lines import Line

Span = tuple[float, float]
Cell = tuple[Line, ...]  # pieces of lines, one under the other
Row = tuple[Cell, ...]  # label first, then a cell for each column; () where nothing stands

_FIGURE = re.compile(r"[$€£¥(–—-]*\s?\d[\d,.]*\s?[)%]*|[–—-]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FAIR_SHARE = 0.2
_STEP = 1.8  # times the size of type: lines of one cell stand no further apart
_MOST_HEADER_ROWS = 8


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a table: the edges of each, how far labels reach, and where the last of them begins."""

    columns: tuple[Span, ...]
    label: float
    indent: float

    @property
    def left(self) -> float:
        """Where the first column of values begins."""
        return self.columns[0][0]

    def column(self, left: float, right: float) -> int:
        """Return the number of the column that the stretch shares most with; the nearest if none."""
        best, most = 0, -math.inf
        for number, (a, b) in enumerate(self.columns):
            shared = min(b, right) - max(a, left)
            if shared > most:
                best, most = number, shared
        return best

    def is_value(self, piece: Line) -> bool:
        """Tell whether a piece of a line stands among the values, not among the labels."""
        return piece.left >= self.left - 0.6 * piece.size or (
            piece.right > self.left and piece.left > self.indent + 4 * piece.size
        )


def split_cells(line: Line) -> list[Line]:
    """Return the parts of a line between its tabs, each as a line."""
    if "\t" not in line.text:
        return [line]
    cuts = [i for i, w in enumerate(line.words) if i and line.text[w[0] - line.start - 1] == "\t"]
    parts = []
    for a, b in zip([0, *cuts], [*cuts, len(line.words)], strict=True):
        words = line.words[a:b]
        start, end = words[0][0], words[-1][1]
        last = b == len(line.words)
        raised = line.raised and tuple(r for r in line.raised if start <= r.start and r.end <= end)
        parts.append(
            Line(
                line.page,
                start,
                end,
                line.stop if last else line.words[b][0],
                line.text[start - line.start : end - line.start],
                min([w[2] for w in words]),
                max([w[3] for w in words]),
                line.base,
                line.size,
                line.weight,
                line.bold,
                line.hyphen and last,
                line.sideways,
                words,
                raised,
            )
        )
    return parts


def split_rows(rows: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the rows with their lines in pieces, as `split_cells` makes them."""
    return [[piece for line in row for piece in split_cells(line)] for row in rows]


def find_grid(split: Sequence[Sequence[Line]]) -> Grid | None:
    """Return the columns of a table whose rows are given in pieces; None if its rows have none in common."""
    several = [row for row in split if len(row) >= 2]
    if not several:
        return None
    left = min(row[0].left for row in several)
    size = several[0][0].size
    labelled = [
        row for row in several if row[0].left <= left + 6 * size and any(c.isalpha() for c in row[0].text)
    ]
    figures = [row for row in labelled if any(_FIGURE.fullmatch(piece.text) for piece in row[1:])]
    labelled = figures if len(figures) >= 2 else labelled
    values = [piece for row in labelled for piece in row[1:]] or [p for row in several for p in row[1:]]
    columns = _merged(_covered(values), labelled or several, size)
    labels = [
        row[0] for row in split if row and row[0].right < columns[0][0] and row[0].left < left + 6 * size
    ]
    return Grid(
        columns,
        max((label.right for label in labels), default=left),
        max((label.left for label in labels), default=left),
    )


def _covered(pieces: Sequence[Line]) -> list[Span]:
    """Return the stretches of the width that are covered by pieces.

    Where few pieces bridge what would otherwise be two of them, as those of a second table, it is two.
    """
    spans: list[Span] = []
    for group in _levels([(p.left, p.right) for p in pieces], 0.0):
        inside = [(p.left, p.right) for p in pieces if group[0] <= p.left < group[1]]
        parts = _levels(inside, _FAIR_SHARE)
        spans += parts if len(parts) > 1 else [group]
    return spans


def _levels(stretches: Sequence[Span], share: float) -> list[Span]:
    """Return where at least `share` of as many stretches lie over one another as do anywhere."""
    ends = sorted([(left, 1) for left, _ in stretches] + [(right, -1) for _, right in stretches])
    depth = deepest = 0
    for _, step in ends:
        depth += step
        deepest = max(deepest, depth)
    enough = max(1, math.ceil(share * deepest))
    found: list[Span] = []
    start = 0.0
    for x, step in ends:
        if step > 0 and depth + 1 == enough:
            start = x
        if step < 0 and depth == enough:
            found.append((start, x))
        depth += step
    return found


def _merged(spans: Sequence[Span], rows: Sequence[Sequence[Line]], size: float) -> tuple[Span, ...]:
    """Join neighbouring columns of which no row fills both: a dash stands where a bracket closes."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and span[0] - last[1] <= 3 * size and not any(_fills_both(row, last, span) for row in rows):
            merged[-1] = last[0], span[1]
        else:
            merged.append(span)
    return tuple(merged)


def _fills_both(row: Sequence[Line], a: Span, b: Span) -> bool:
    """Tell whether a row has one piece in column `a` and another in column `b`."""
    first = [piece for piece in row if piece.left < a[1] and piece.right > a[0]]
    second = [piece for piece in row if piece.left < b[1] and piece.right > b[0]]
    return any(x is not y for x in first for y in second)


def as_grid(split: Sequence[Sequence[Line]], grid: Grid | None) -> tuple[Row, ...]:
    """Return the rows with a cell for each column, wrapped ones joined, the rows of the header as one."""
    if grid is None:
        return tuple(tuple((piece,) for piece in row) for row in split)
    top = _header_rows(split, grid)
    found: list[list[list[Line]]] = []
    if top:
        found.append(_header(split[:top], grid))
    for pieces in split[top:]:
        row = _placed(pieces, grid)
        if len(found) > bool(top) and _wraps(found[-1], row, grid):
            for cell, more in zip(found[-1], row, strict=True):
                cell.extend(more)
        else:
            found.append(row)
    return tuple(_trimmed(row) for row in found)


def _trimmed(row: Sequence[Sequence[Line]]) -> Row:
    """Return a row without the empty cells at its end."""
    last = max(i for i, cell in enumerate(row) if cell)
    return tuple(tuple(cell) for cell in row[: last + 1])


def _header_rows(split: Sequence[Sequence[Line]], grid: Grid) -> int:
    """Return how many rows at the top say what the columns hold: all before the first label with a value.

    A label in brackets is the unit of the table, no label of a row.
    """
    for number, row in enumerate(split[: _MOST_HEADER_ROWS + 1]):
        if any(_FIGURE.fullmatch(piece.text) and not _YEAR.fullmatch(piece.text) for piece in row):
            return number
        label = " ".join(piece.text for piece in row if not grid.is_value(piece))
        values = [piece for piece in row if grid.is_value(piece)]
        if label and not (label.startswith("(") and label.endswith(")") and (values or not number)):
            return number
    return 0


def _header(rows: Sequence[Sequence[Line]], grid: Grid) -> list[list[Line]]:
    """Return the rows of the header as one; what alone stands over all columns is put before them."""
    whole = rows[0] if len(rows) > 1 and len(rows[0]) == 1 < len(rows[1]) >= len(grid.columns) - 1 else ()
    row = _placed([piece for line in rows[bool(whole) :] for piece in line], grid)
    row[0][:0] = whole
    return row


def _placed(pieces: Sequence[Line], grid: Grid) -> list[list[Line]]:
    """Return the pieces in cells; what spans several columns stands in the first of them."""
    row: list[list[Line]] = [[] for _ in range(len(grid.columns) + 1)]
    for piece in pieces:
        if not grid.is_value(piece):
            row[0].append(piece)
            continue
        over = [i for i, (a, b) in enumerate(grid.columns) if a < piece.right - 1 and b > piece.left + 1]
        best = grid.column(piece.left, piece.right)
        a, b = grid.columns[best]
        mostly = min(b, piece.right) - max(a, piece.left) >= 0.6 * (piece.right - piece.left)
        row[1 + (over[0] if len(over) > 1 and not mostly else best)].append(piece)
    return row


def _wraps(above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]], grid: Grid) -> bool:
    """Tell whether the row below goes on with the label of the one above.

    One of them holds no values, and the label above either fills its column or the one below begins in
    lower case.
    """
    if not above[0] or not below[0] or (any(above[1:]) and any(below[1:])):
        return False
    last, first = above[0][-1], below[0][0]
    step = last.base - first.base
    if (
        last.text.endswith((":", "."))
        or not 0 < step <= _STEP * first.size
        or abs(last.size - first.size) > 0.6
    ):
        return False
    if last.bold != first.bold:
        return False
    if first.text[:1].islower() or last.text.endswith(
        (",", "-", "–", "—", " and", " of", " to", " for", " the")
    ):
        return True
    word = first.words[0]
    room = grid.label - last.right - (word[3] - word[2]) - 0.25 * first.size
    return room < 0 and any(below[1:]) and last.right - above[0][0].left > 12 * first.size
