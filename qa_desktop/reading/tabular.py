"""Read tables that are kept as text (CSV, TSV): a line for each row, its cells separated by tabs.

The stored text is the table as it is meant, without the signs that part and quote cells, so that a row can be
quoted as it is read.  A file whose lines do not have the same number of cells is no table, whatever its
name says, and is read as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from qa_desktop.domain import BlockKind, Document, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, clean, document
from qa_desktop.reading.plain import decode, read_plain

_VERSION = "table 1"
_SIGNS = "\t;,|"
_SAMPLE = 100_000  # characters that are enough to find the sign between cells
_SAMPLE_ROWS = 300
_LEAST_SHARE = 0.7  # of the rows have the same number of cells
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

    The right one gives most rows the same number of cells, and leaves no other such sign inside them.
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, highest = "", 0.0
    for sign in _SIGNS:
        rows = [row for row in (_parsed(sample, sign) or ())[:_SAMPLE_ROWS] if any(map(str.strip, row))]
        if sign not in sample or len(rows) < 2:
            continue
        (width, count), *_ = sorted(Counter(map(len, rows)).items(), key=lambda c: (-c[1], -c[0]))
        cells = [cell for row in rows for cell in row if cell.strip()]
        clean_cells = sum(1 for cell in cells if not _UNCLEAN.search(cell))
        score = count / len(rows) * (clean_cells / max(1, len(cells)))
        # Lines above and below the table have one cell, and do not speak against it.
        share = count / max(1, sum(1 for row in rows if len(row) > 1))
        if width > 1 and share >= _LEAST_SHARE and count >= 2 and score > highest:
            best, highest = sign, score
    return best


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
    """Return the rows that follow each other without an empty one between, with the first one's number."""
    groups: list[tuple[int, list[list[str]]]] = []
    ended = True
    for number, row in enumerate(rows, 1):
        cells = [collapse(clean(cell)) for cell in row]
        if not any(cells):
            ended = True
        elif ended:
            groups.append((number, [cells]))
            ended = False
        else:
            groups[-1][1].append(cells)
    return groups


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
