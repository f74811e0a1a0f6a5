"""Rows and columns of an HTML table, unless it is only there for the layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import Marker
from qa_desktop.reading.web.html_sight import Sight, Sights

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Cell = list[str | Marker]

_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout
_WIDEST_SPAN = 100
_MOST_CELLS = 200_000
_LAYOUT = "table table, table ul, table h1, table h2, table h3, table form, table iframe, table select"


def is_layout(table: LexborNode) -> bool:
    """Tell whether a table holds what tables of data do not: other tables, lists, headings, forms."""
    return table.css_first(_LAYOUT) is not None


def grid(
    table: LexborNode, sight: Sight, sights: Sights, words: Callable[[LexborNode, Sight], Cell]
) -> list[list[Cell]]:
    """Return the rows of a table of data that are not empty; none when it is there for the layout.

    A cell that reaches over several rows is repeated in each, because each row is read by itself; one that
    reaches over several columns stands in the first.
    """
    rows: list[list[Cell]] = []
    reaching: dict[int, tuple[int, Cell]] = {}  # by column: how many more rows, and what
    count = 0
    for row, row_sight in _rows(table, sight, sights):
        cells: list[Cell] = []
        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            _fill(cells, reaching)
            attributes = cell.attributes
            content = words(cell, sights.at(cell, row_sight))
            down, wide = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
            for column in range(wide):
                if down > 1:
                    reaching[len(cells)] = (down - 1, [] if column else content)
                cells.append([] if column else content)
        _fill(cells, reaching)
        count += len(cells)
        if count > _MOST_CELLS:
            return []
        if any(_text(cell) for cell in cells):
            rows.append(cells)
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return []
    return [] if any(len(_text(cell)) > _LONGEST_CELL for row in rows for cell in row) else rows


def _rows(table: LexborNode, sight: Sight, sights: Sights) -> Iterator[tuple[LexborNode, Sight]]:
    for below in table.iter():
        if below.tag == "tr":
            yield below, sights.at(below, sight)
        elif below.tag in ("thead", "tbody", "tfoot"):
            group = sights.at(below, sight)
            for row in below.iter():
                if row.tag == "tr":
                    yield row, sights.at(row, group)


def _fill(cells: list[Cell], reaching: dict[int, tuple[int, Cell]]) -> None:
    """Add the cells that reach into this row from above, up to the next free column."""
    while len(cells) in reaching:
        more, content = reaching.pop(len(cells))
        if more > 1:
            reaching[len(cells)] = (more - 1, content)
        # The marker of a note is one place, and stands in the first row alone.
        cells.append([p for p in content if isinstance(p, str)])


def _span(text: str | None) -> int:
    return max(1, min(_WIDEST_SPAN, int(text))) if text and text.isascii() and text.isdigit() else 1


def _text(cell: Cell) -> str:
    return collapse("".join(p for p in cell if isinstance(p, str)))
