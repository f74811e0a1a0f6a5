"""Find the tables, titles and remarks that lie apart on a sheet, by cutting it at empty rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa_desktop.reading.sheets.grid import Rows, Sheet

NARROWEST_PARTING = 3  # rows from one region to the next that has nothing to do with it
_WIDEST_GAP = 20  # empty columns that may lie inside a table
_MOST_CUTS = 30  # gaps between columns of one band that are looked at, the widest
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
        found.extend(_split(sheet, whole, _Effort()))
    return found


@dataclass(slots=True)
class _Effort:
    """How many cells may still be looked at to part tables side by side: a hostile sheet asks for no end."""

    left: int = 8_000_000

    def spend(self, cells: int) -> bool:
        """Count cells looked at; False when there have been too many."""
        self.left -= cells
        return self.left >= 0


def _split(sheet: Sheet, region: Region, effort: _Effort) -> Iterator[Region]:
    """Yield the regions within `region`: bands of rows, and parts of bands side by side."""
    for band in _bands(sheet, region):
        parts = _side_by_side(sheet, band, effort)
        if len(parts) == 1:
            yield parts[0]
        else:
            for part in parts:
                yield from _split(sheet, part, effort)


def _bands(sheet: Sheet, region: Region) -> list[Region]:
    """Cut a region at its empty rows, but not where the rows beneath go on with the table above."""
    bands: list[list[int]] = []
    for row in region.rows:
        if bands and row - bands[-1][-1] - 1 - _hidden_between(sheet, bands[-1][-1], row) == 0:
            bands[-1].append(row)
        else:
            bands.append([row])
    joined: list[
        tuple[Region, bool, list[int]]
    ] = []  # a table's first band, whether it has a header, all rows
    for rows in bands:
        band = tight(sheet.rows, region, rows)
        named = _names_columns(sheet.rows, band)
        if (
            joined
            and named is False
            and joined[-1][1]
            and _goes_on(sheet, joined[-1][0], joined[-1][2], band)
        ):
            joined[-1][2].extend(rows)
        else:
            joined.append((band, bool(named), rows))
    return [Region(band.left, band.right, tuple(rows)) for band, _, rows in joined]


def _names_columns(rows: Rows, region: Region) -> bool | None:
    """Tell whether a region's first row of several cells names columns; None where it has no such row."""
    for row in region.rows:
        cells = cells_in(rows, region, row)
        if len(cells) > 1:
            return _is_header(cells.values())
    return None


def _hidden_between(sheet: Sheet, above: int, below: int) -> int:
    if not sheet.hidden_rows or below - above > 10_000:
        return 0
    return sum(row in sheet.hidden_rows for row in range(above + 1, below))


def tight(rows: Rows, region: Region, chosen: Iterable[int]) -> Region:
    """Return the smallest region around the cells of the chosen rows within `region`."""
    kept = tuple(chosen)
    columns = [c for r in kept for c in rows[r] if region.left <= c <= region.right]
    return Region(min(columns), max(columns), kept)


def _goes_on(sheet: Sheet, upper: Region, rows: list[int], lower: Region) -> bool:
    """Tell whether `lower` lies close under the `rows` of the table that begins with `upper`, and inside."""
    gap = lower.top - rows[-1] - 1 - _hidden_between(sheet, rows[-1], lower.top)
    return gap <= _DEEPEST_GAP and lower.left >= upper.left and lower.right <= upper.right


def cells_in(rows: Rows, region: Region, row: int) -> dict[int, str]:
    """Return the cells of one row that lie in a region, by column."""
    return {c: t for c, t in rows[row].items() if region.left <= c <= region.right}


def _is_header(cells: Iterable[str]) -> bool:
    """Tell whether a row names columns: words, years, no other numbers."""
    shown = list(cells)
    words = [t for t in shown if not _NUMBER.fullmatch(t)]
    return bool(words) and all(_YEAR.fullmatch(t) for t in shown if _NUMBER.fullmatch(t))


def _side_by_side(sheet: Sheet, band: Region, effort: _Effort) -> list[Region]:
    """Cut a band at empty columns that part two tables.

    A column that only keeps labels and numbers apart does not: both sides must be two columns wide, each
    with names of columns in its first row, or lie very far apart.
    """
    size = sum(len(sheet.rows[row]) for row in band.rows)
    if not effort.spend(size):
        return [band]
    spans = {
        (column, min(sheet.merged.get((row, column), column), band.right))
        for row in band.rows
        for column in cells_in(sheet.rows, band, row)
    }
    cuts: list[tuple[int, int]] = []  # the last column before a gap, the first behind it
    reached = band.left
    for first, last in sorted(spans):
        if first - reached > 1:
            cuts.append((reached, first))
        reached = max(reached, last)
    parts: list[Region] = []
    rest = band
    for left, right in sorted(sorted(cuts, key=lambda cut: cut[0] - cut[1])[:_MOST_CUTS]):
        if not effort.spend(2 * size):
            break
        one, other = Region(rest.left, left, rest.rows), Region(right, rest.right, rest.rows)
        far = right - left - 1 > _WIDEST_GAP
        if far or (_names_columns_twice(sheet.rows, one) and _names_columns_twice(sheet.rows, other)):
            parts.append(_filled(sheet.rows, one))
            rest = _filled(sheet.rows, other)
    return [*parts, rest]


def _filled(rows: Rows, region: Region) -> Region:
    """Return a region without the rows in which it holds nothing."""
    return tight(rows, region, [r for r in region.rows if cells_in(rows, region, r)])


def _names_columns_twice(rows: Rows, region: Region) -> bool:
    """Tell whether a region's first row names at least two columns, and others follow."""
    filled = (cells for row in region.rows if (cells := cells_in(rows, region, row)))
    first = next(filled, {})
    return len(first) > 1 and _is_header(first.values()) and next(filled, None) is not None
