"""A sheet's cells as blocks: tables where cells stand together, text where they stand alone.

Each region of a sheet becomes one table block with one line for each of its rows, also for empty and hidden
ones inside it, so that the place of a row follows from its line (`domain.cells.rows_of`).
"""

from __future__ import annotations

import re

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.blocks import DocumentBuilder, clean
from qa_desktop.reading.sheets.grid import Rows, Sheet
from qa_desktop.reading.sheets.regions import NARROWEST_PARTING, Region, cells_in, regions_of, tight

_LONGEST_TITLE = 100  # characters of a line that names the table under it
_LONGEST_CELL = 80  # characters; a column with longer ones is text
_SHORTEST_REMARK = 25  # characters of a line under a table that is no row of it
_SPARSEST = 30  # columns for each cell of a row that is written with its empty cells
_DEFAULT_NAME = re.compile(
    r"(?:sheet|tabelle|feuil(?:le)?|hoja|foglio|blad|ark|planilha|munka|лист|list|arkusz|chart)[ _]?\d+", re.I
)


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
    regions = regions_of(sheet)
    for index, region in enumerate(regions):
        after = regions[index + 1] if index + 1 < len(regions) else None
        if after and _names(sheet.rows, region, after):
            for depth, row in enumerate(region.rows):
                _add_line(builder, sheet.rows, region, row, place, level=min(3 + depth, 6))
        else:
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


def _add_region(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add one region: lines that name the table, the table, lines under it."""
    lone = {r: len(cells_in(rows, region, r)) == 1 for r in region.rows}
    if all(lone.values()):
        _add_column(builder, rows, region, place)
        return
    inner = list(region.rows)
    above: list[int] = []
    below: list[int] = []
    while lone[inner[0]]:
        above.append(inner.pop(0))
    while lone[inner[-1]] and len(inner) > 1:
        if len(rows[inner[-1]].get(region.left, " " * _SHORTEST_REMARK)) < _SHORTEST_REMARK:
            break  # a label whose numbers are missing still belongs to the table
        below.insert(0, inner.pop())
    for depth, row in enumerate(above):
        _add_line(builder, rows, region, row, place, level=min(3 + depth, 6))
    _add_table(builder, rows, tight(rows, region, inner), place)
    for row in below:
        _add_line(builder, rows, region, row, place)


def _names(rows: Rows, region: Region, after: Region) -> bool:
    """Tell whether a region is nothing but a title, or two lines of it, above the table `after`."""
    lone = len(region.rows) <= 2 and all(len(cells_in(rows, region, r)) == 1 for r in region.rows)
    near = 0 < after.top - region.bottom <= NARROWEST_PARTING and region.left <= after.right
    return lone and near and any(len(cells_in(rows, after, r)) > 1 for r in after.rows)


def _add_line(
    builder: DocumentBuilder, rows: Rows, region: Region, row: int, place: str, *, level: int = 0
) -> None:
    """Add the only cell of a row: a heading when it is short and names what follows, else a paragraph."""
    ((column, text),) = cells_in(rows, region, row).items()
    heading = level and len(text) <= _LONGEST_TITLE and not text.endswith((".", ";")) and text.strip("-–—=_*")
    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    where = cells_in_words(row, column, row, column)
    builder.add(kind, [text], level=level if heading else 0, locator=f"{place}, {where}")


def _add_column(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add a region with one cell in each row: a list of short ones, else text."""
    shown = [t for r in region.rows for t in cells_in(rows, region, r).values()]
    short = all(len(t) <= _LONGEST_CELL and not t.endswith((".", "!", "?")) for t in shown)
    if short and len(shown) > 2 and region.left == region.right:
        _add_table(builder, rows, region, place)
        return
    for row in region.rows:
        _add_line(builder, rows, region, row, place)


def _add_table(builder: DocumentBuilder, rows: Rows, region: Region, place: str) -> None:
    """Add a table with one line for each row from its first to its last, empty ones too.

    Where cells are few and far between, the empty ones are left out of the lines, or there would be no end.
    """
    columns = range(region.left, region.right + 1)
    lines: list[str] = []
    for row in range(region.top, region.bottom + 1):
        cells = cells_in(rows, region, row) if row in rows else {}
        sparse = len(columns) > _SPARSEST * max(1, len(cells))
        shown = [cells[c] for c in sorted(cells)] if sparse else [cells.get(c, "") for c in columns]
        lines.append("\t".join(shown))
    where = cells_in_words(region.top, region.left, region.bottom, region.right)
    builder.add(BlockKind.TABLE, ["\n".join(lines)], locator=f"{place}, {where}")
