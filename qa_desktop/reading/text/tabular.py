"""Read tables that are kept as text (CSV, TSV): a line for each row, its cells separated by tabs.

The stored text is the table as it is meant, without the signs that part and quote cells, so that a row can be
quoted as it is read.  A file whose lines do not have the same number of cells is no table, whatever its
name says, and is read as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from qa_desktop.domain import BlockKind, Document, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, clean, document
from qa_desktop.reading.text.plain import decode, read_plain

_VERSION = "table 1"
_SIGNS = "\t;,|"
_SAMPLE = 100_000  # characters that are enough to find the sign between cells
_SAMPLE_ROWS = 300
_LEAST_SHARE = 0.7  # of the rows have as many cells as the one above or below
_WIDEST = 20_000  # cells in a row
_MOST_LINES = 50  # line breaks in one cell; more, and a quotation mark was never closed
_LONGEST_CELL = 20_000
_NAMED_SIGN = re.compile(r"\ufeff?\"?sep=(?P<sign>.)\"?\s*\n", re.IGNORECASE)
# A cell that holds a sign which parts cells elsewhere was probably cut at the wrong one; a comma is part of
# numbers and of sentences.
_UNCLEAN = re.compile(r"[\t;|]|,(?=[^\s\d])|\d,\d+,\d{1,2}(?!\d)")


def read_table_text(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a CSV or TSV file; raise `Unreadable` ("empty") if it is blank."""
    text, encoding = decode(data)
    named = _NAMED_SIGN.match(text)
    body = text[named.end() :] if named else text
    sign = named["sign"] if named else find_sign(body)
    rows = _parsed(body, sign) if sign else None
    if not rows:
        return read_plain(data, name)
    builder = DocumentBuilder()
    for first, group in _groups(rows):
        _add(builder, first + (1 if named else 0), group)
    return document("table", name, builder, About(), engine=f"{_VERSION}, {encoding}")


def find_sign(text: str) -> str:
    """Return the sign that parts the cells of a table, "" where the lines are no table.

    The right one gives neighbouring rows the same number of cells, and leaves no other such sign in them.
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, highest = "", 0.0
    for sign in _SIGNS:
        rows = [row for row in (_parsed(sample, sign) or ())[:_SAMPLE_ROWS] if any(map(str.strip, row))]
        if sign not in sample or len(rows) < 2:
            continue
        widths = [len(row) for row in rows]
        # Several tables of different widths may stand in one file, and lines of one cell around them.
        alike = sum(1 for w, near in zip(widths, _neighbours(widths), strict=True) if w > 1 and w in near)
        share = alike / max(1, sum(1 for width in widths if width > 1))
        cells = [cell for row in rows for cell in row if cell.strip()]
        whole = sum(1 for cell in cells if not _UNCLEAN.search(cell)) / max(1, len(cells))
        score = alike / len(rows) * whole
        if alike > 1 and max(widths) <= _WIDEST and share >= _LEAST_SHARE and score > highest:
            best, highest = sign, score
    return best


def _neighbours(widths: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip([0, *widths[:-1]], [*widths[1:], 0], strict=True))


def _parsed(text: str, sign: str) -> list[list[str]] | None:
    """Return the rows of cells, None where they cannot be told; a quotation mark never closed is a sign."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            lines = io.StringIO(text)
            rows = list(csv.reader(lines, delimiter=sign, quoting=quoting, skipinitialspace=sign == ","))
        except csv.Error:
            continue
        torn = any(len(c) > _LONGEST_CELL or c.count("\n") > _MOST_LINES for row in rows for c in row)
        if not torn or quoting == csv.QUOTE_NONE:
            return rows
    return None


def _groups(rows: Sequence[Sequence[str]]) -> list[tuple[int, list[list[str]]]]:
    """Return the rows that belong together, with the first one's number.

    An empty row ends a table, unless what follows it has as many cells; then it stays, so that rows can be
    counted.
    """
    groups: list[tuple[int, list[list[str]]]] = []
    empty = 1
    for number, row in enumerate(rows, 1):
        cells = [_tidied(cell) for cell in row]
        if not any(cells):
            empty += 1
            continue
        if groups and (not empty or len(groups[-1][1][-1]) == len(cells) > 1):
            groups[-1][1].extend([[] for _ in range(empty)])
            groups[-1][1].append(cells)
        else:
            groups.append((number, [cells]))
        empty = 0
    return groups


def _tidied(cell: str) -> str:
    if cell.isprintable() and "  " not in cell:
        return cell.strip()  # what nearly every cell is, and ten times faster
    return collapse(clean(cell))


def _add(builder: DocumentBuilder, first: int, rows: list[list[str]]) -> None:
    """Add rows as a table, and those of one cell above and below it as text."""
    wide = [i for i, row in enumerate(rows) if sum(1 for cell in row if cell) > 1]
    start, end = (wide[0], wide[-1] + 1) if wide else (len(rows), len(rows))
    if end - start < 2:
        start = end = len(rows)
    for i, row in enumerate(rows):
        if not start <= i < end:
            _add_line(builder, first + i, row)
        elif i == start:
            words = "\n".join("\t".join(row) for row in rows[start:end])
            place = f"rows {first + start} to {first + end - 1}"
            builder.add(BlockKind.TABLE, [words], locator=place)


def _add_line(builder: DocumentBuilder, number: int, row: list[str]) -> None:
    words = "\t".join(row).strip("\t")
    builder.add(BlockKind.PARAGRAPH, [words], locator=f"row {number}")
