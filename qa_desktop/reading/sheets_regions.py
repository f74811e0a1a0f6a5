"""Find the tables, titles and remarks that lie apart on a sheet, by cutting it at empty rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa_desktop.reading.sheets_grid import Rows, Sheet

NARROWEST_PARTING = 3  # rows from one region to the next that has nothing to do with it
_WIDEST_GAP = 20  # empty columns that may lie inside a table
_DEEPEST_GAP = 2  # empty rows that may lie between a table's header and the rest of it
_NUMBER = re.compile(r"[(\[]?[-+−]?\W{0,3}\d[\d.,:/\s’'E+-]*\W{0,4}(?:[A-Z]{3})?[)\]]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of cells, counted from 1, sides inclusive; `rows` are those that hold something."""

    left: int
    right: int
    rows: tuple[int, ...]

    @property
    def top(self) -> int:
        """The first row."""
        return self.rows[0]

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.rows[-1]


def regions_of(sheet: Sheet) -> list[Region]:
    """Return the regions of a sheet, from top to bottom and from left to right; no two share a cell."""
    found: list[Region] = []
    columns = [c for cells in sheet.rows.values() for c in cells]
    if columns:
        whole = Region(min(columns), max(columns), tuple(sorted(sheet.rows)))
        found.extend(_split(sheet, whole, depth=0))
    return found


def _split(sheet: Sheet, region: Region, *, depth: int) -> Iterator[Region]:
    """Yield the regions within `region`: bands of rows, and parts of bands side by side."""
    for band in _bands(sheet, region):
        parts = _side_by_side(sheet, band) if depth < 8 else [band]
        if len(parts) == 1:
            yield parts[0]
        else:
            for part in parts:
                yield from _split(sheet, part, depth=depth + 1)


def _bands(sheet: Sheet, region: Region) -> list[Region]:
    """Cut a region at its empty rows, but not where the rows beneath go on with the table above."""
    bands: list[list[int]] = []
    for row in region.rows:
        if bands and row - bands[-1][-1] - 1 - _hidden_between(sheet, bands[-1][-1], row) == 0:
            bands[-1].append(row)
        else:
            bands.append([row])
    joined: list[Region] = []
    for rows in bands:
        band = tight(sheet.rows, region, rows)
        if joined and _goes_on(sheet, joined[-1], band):
            upper = joined.pop()
            left, right = min(upper.left, band.left), max(upper.right, band.right)
            band = Region(left, right, (*upper.rows, *band.rows))
        joined.append(band)
    return joined


def _hidden_between(sheet: Sheet, above: int, below: int) -> int:
    if not sheet.hidden_rows or below - above > 10_000:
        return 0
    return sum(row in sheet.hidden_rows for row in range(above + 1, below))


def tight(rows: Rows, region: Region, chosen: Iterable[int]) -> Region:
    """Return the smallest region around the cells of the chosen rows within `region`."""
    kept = tuple(chosen)
    columns = [c for r in kept for c in rows[r] if region.left <= c <= region.right]
    return Region(min(columns), max(columns), kept)


def _goes_on(sheet: Sheet, upper: Region, lower: Region) -> bool:
    gap = lower.top - upper.bottom - 1 - _hidden_between(sheet, upper.bottom, lower.top)
    if gap > _DEEPEST_GAP or lower.left > upper.right or lower.right < upper.left:
        return False
    header = next((r for r in upper.rows if len(cells_in(sheet.rows, upper, r)) > 1), None)
    first = next((r for r in lower.rows if len(cells_in(sheet.rows, lower, r)) > 1), None)
    if header is None or first is None or not _is_header(cells_in(sheet.rows, upper, header).values()):
        return False
    inside = lower.left >= upper.left and lower.right <= upper.right
    return inside and not _is_header(cells_in(sheet.rows, lower, first).values())


def cells_in(rows: Rows, region: Region, row: int) -> dict[int, str]:
    """Return the cells of one row that lie in a region, by column."""
    return {c: t for c, t in rows[row].items() if region.left <= c <= region.right}


def _is_header(cells: Iterable[str]) -> bool:
    """Tell whether a row names columns: words, years, no other numbers."""
    shown = list(cells)
    words = [t for t in shown if not _NUMBER.fullmatch(t)]
    return bool(words) and all(_YEAR.fullmatch(t) for t in shown if _NUMBER.fullmatch(t))


def _side_by_side(sheet: Sheet, band: Region) -> list[Region]:
    """Cut a band at empty columns that part two tables.

    A column that only keeps labels and numbers apart does not: both sides must be two columns wide, each with
    names of columns in its first row, or lie very far apart.
    """
    taken: set[int] = set()
    for row in band.rows:
        for column in cells_in(sheet.rows, band, row):
            last = min(sheet.merged.get((row, column), column), band.right)
            taken.update(range(column, last + 1))
    columns = sorted(taken)
    cuts = [(a, b) for a, b in pairwise(columns) if b - a > 1]
    parts: list[Region] = []
    rest = band
    for left, right in cuts:
        one, other = _part(sheet.rows, rest, rest.left, left), _part(sheet.rows, rest, right, rest.right)
        if right - left - 1 > _WIDEST_GAP or (
            _has_header(sheet.rows, one) and _has_header(sheet.rows, other)
        ):
            parts.append(one)
            rest = other
    return [*parts, rest]


def _part(rows: Rows, band: Region, left: int, right: int) -> Region:
    inner = Region(left, right, band.rows)
    return tight(rows, inner, [r for r in band.rows if cells_in(rows, inner, r)])


def _has_header(rows: Rows, region: Region) -> bool:
    first = cells_in(rows, region, region.top)
    return len(first) > 1 and _is_header(first.values()) and len(region.rows) > 1
