"""A sheet's cells as blocks: tables where cells stand together, text where they stand alone.

A sheet is a plane on which tables, titles and remarks lie apart.  Regions are found by cutting it at empty
rows and at empty columns; each becomes one table block with one line for each of its rows, also for empty
and hidden ones inside it, so that the place of a row follows from its line (`domain.cells.rows_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from qa_desktop.domain import BlockKind, FileProblem, collapse
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.blocks import DocumentBuilder, clean

MOST_CELLS = 400_000  # of one workbook that hold something; about fifteen thousand passages
MOST_CHARACTERS = 8_000_000

_WIDEST_GAP = 20  # empty columns that may lie inside a table
_DEEPEST_GAP = 2  # empty rows that may lie between a table's header and the rest of it
_LONGEST_TITLE = 100  # characters of a line that names the table under it
_LONGEST_CELL = 80  # characters; a column with longer ones is text
_DEFAULT_NAME = re.compile(
    r"(?:sheet|tabelle|feuil(?:le)?|hoja|foglio|blad|ark|planilha|munka|лист|list|arkusz|chart)[ _]?\d+", re.I
)
_NUMBER = re.compile(r"[(\[]?[-+−]?\W{0,3}\d[\d.,:/\s’'E+-]*\W{0,4}(?:[A-Z]{3})?[)\]]?")
_YEAR = re.compile(r"(?:19|20)\d\d")

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


def add_sheet(builder: DocumentBuilder, sheet: Sheet) -> None:
    """Add a sheet's blocks: its name where it says something, regions, comments, what lies on it."""
    place = f"Sheet '{clean(sheet.name)}'"
    if sheet.hidden:
        _add_aside(builder, sheet.rows, place)
        _add_aside(builder, sheet.concealed, place)
        for _, where, text in sheet.texts:
            builder.add(BlockKind.ASIDE, [text], label="hidden", locator=_join(place, where))
        for cell, _, text in sheet.notes:
            builder.add(BlockKind.ASIDE, [text], label="hidden", locator=f"{place}, comment at cell {cell}")
        return
    filled = sheet.rows or sheet.notes or sheet.texts
    if filled and not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        builder.add(BlockKind.HEADING, [sheet.name], level=2, locator=place)
    for region in regions_of(sheet):
        _add_region(builder, sheet.rows, region, place)
    for cell, author, text in sheet.notes:
        by = f" by {collapse(clean(author))}" if author.strip() else ""
        builder.add(BlockKind.NOTE, [text], label="comment", locator=f"{place}, comment{by} at cell {cell}")
    for kind, where, text in sheet.texts:
        label = where if kind is BlockKind.ASIDE else ""
        builder.add(kind, [text], label=label, locator=_join(place, where))
    _add_aside(builder, sheet.concealed, place)


def _join(place: str, where: str) -> str:
    return f"{place}, {where}" if where else place


def _add_aside(builder: DocumentBuilder, rows: Rows, place: str) -> None:
    """Set hidden cells aside, one line for each row."""
    lines = [" \t".join(text for _, text in sorted(rows[row].items())) for row in sorted(rows)]
    builder.add(BlockKind.ASIDE, ["\n".join(lines)], label="hidden", locator=f"{place}, hidden cells")


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
        band = _tight(sheet.rows, region, rows)
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


def _tight(rows: Rows, region: Region, chosen: Iterable[int]) -> Region:
    """Return the smallest region around the cells of the chosen rows within `region`."""
    kept = tuple(chosen)
    columns = [c for r in kept for c in rows[r] if region.left <= c <= region.right]
    return Region(min(columns), max(columns), kept)


def _goes_on(sheet: Sheet, upper: Region, lower: Region) -> bool:
    gap = lower.top - upper.bottom - 1 - _hidden_between(sheet, upper.bottom, lower.top)
    if gap > _DEEPEST_GAP or lower.left > upper.right or lower.right < upper.left:
        return False
    header = next((r for r in upper.rows if len(_cells(sheet.rows, upper, r)) > 1), None)
    first = next((r for r in lower.rows if len(_cells(sheet.rows, lower, r)) > 1), None)
    if header is None or first is None or not _is_header(_cells(sheet.rows, upper, header).values()):
        return False
    inside = lower.left >= upper.left and lower.right <= upper.right
    return inside and not _is_header(_cells(sheet.rows, lower, first).values())


def _cells(rows: Rows, region: Region, row: int) -> dict[int, str]:
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
        for column in _cells(sheet.rows, band, row):
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
    return _tight(rows, inner, [r for r in band.rows if _cells(rows, inner, r)])


def _has_header(rows: Rows, region: Region) -> bool:
    first = _cells(rows, region, region.top)
    return len(first) > 1 and _is_header(first.values()) and len(region.rows) > 1


def _add_region(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add one region: lines that name the table, the table, lines under it."""
    lone = {r: len(_cells(rows, region, r)) == 1 for r in region.rows}
    if all(lone.values()):
        _add_column(builder, rows, region, place)
        return
    inner = list(region.rows)
    above: list[int] = []
    below: list[int] = []
    while lone[inner[0]]:
        above.append(inner.pop(0))
    while lone[inner[-1]] and len(inner) > 1:
        if region.left in rows[inner[-1]] and len(next(iter(_cells(rows, region, inner[-1]).values()))) < 25:
            break  # a label whose numbers are missing still belongs to the table
        below.insert(0, inner.pop())
    for depth, row in enumerate(above):
        _add_line(builder, rows, region, row, place, level=min(3 + depth, 6))
    _add_table(builder, rows, _tight(rows, region, inner), place)
    for row in below:
        _add_line(builder, rows, region, row, place)


def _add_line(
    builder: DocumentBuilder, rows: Rows, region: Region, row: int, place: str, *, level: int = 0
) -> None:
    """Add the only cell of a row: a heading when it is short and names what follows, else a paragraph."""
    ((column, text),) = _cells(rows, region, row).items()
    heading = level and len(text) <= _LONGEST_TITLE and not text.endswith((".", ";")) and text.strip("-–—=_*")
    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    where = cells_in_words(row, column, row, column)
    builder.add(kind, [text], level=level if heading else 0, locator=f"{place}, {where}")


def _add_column(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add a region with one cell in each row: a list of short ones, else text."""
    shown = [t for r in region.rows for t in _cells(rows, region, r).values()]
    short = all(len(t) <= _LONGEST_CELL and not t.endswith((".", "!", "?")) for t in shown)
    if short and len(shown) > 2 and region.left == region.right:
        _add_table(builder, rows, region, place)
        return
    for row in region.rows:
        _add_line(builder, rows, region, row, place)


def _add_table(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add a table with one line for each row from its first to its last, empty ones too."""
    columns = range(region.left, region.right + 1)
    lines = [
        "\t".join(rows.get(row, {}).get(c, "") for c in columns)
        for row in range(region.top, region.bottom + 1)
    ]
    where = cells_in_words(region.top, region.left, region.bottom, region.right)
    builder.add(BlockKind.TABLE, ["\n".join(lines)], locator=f"{place}, {where}")
