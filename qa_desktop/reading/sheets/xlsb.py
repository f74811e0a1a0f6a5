"""Read binary Excel workbooks (XLSB): the parts of XLSX written as records ([MS-XLSB], section 2).

A record is its type and its size, each in groups of seven bits, then that many bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from qa_desktop.domain import Document, FileProblem
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.blocks import DocumentBuilder, clean, document
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.sheets.blocks import add_sheet
from qa_desktop.reading.sheets.grid import Allowance, Sheet, missing_from, shown_text
from qa_desktop.reading.sheets.numbers import BUILT_IN, ERRORS, show_number
from qa_desktop.reading.sheets.xlsx import drawn_on

# Types of records, named as in [MS-XLSB] 2.3.2.
_ROW, _SHORT_BLANK, _SHORT_STRING_INDEX = 0, 12, 18
_STRING_ITEM, _FORMAT, _STYLE, _RICH_STRING, _COLUMNS = 19, 44, 47, 62, 60
_BOOK_PROPERTIES, _SHEET_ENTRY, _MERGE = 153, 156, 176
_BEGIN_STYLES, _END_STYLES = 617, 618
_COMMENT_AUTHOR, _BEGIN_COMMENT, _COMMENT_TEXT = 632, 635, 637
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and contents of the records; those behind a break-off are left out."""
    at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        if at + size > len(data):
            return
        yield kind, data[at : at + size]
        at += size


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at


def _wide(data: bytes, at: int = 0) -> tuple[str, int]:
    """Return the string at `at` and where it ends."""
    if at + 4 > len(data):
        return "", at
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = min(at + 4 + 2 * length, len(data))
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def read_xlsb(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an XLSB workbook; raises `Unreadable`."""
    package = Package(data)
    main = package.main("xl/workbook.bin")
    relations = {r.id: r.target for r in package.relations(main)}
    book = package.bytes_of(main)
    if not book:
        raise Unreadable("damaged", "the main part is missing")
    strings = [
        _wide(body, 1)[0]
        for part in package.related(main, "sharedStrings")
        for kind, body in records(package.bytes_of(part))
        if kind == _STRING_ITEM
    ]
    formats = [f for part in package.related(main, "styles") for f in _formats(package.bytes_of(part))]
    builder = DocumentBuilder()
    problems: list[FileProblem] = []
    cells = _Cells(strings, formats, Allowance())
    for kind, body in records(book):
        if kind == _BOOK_PROPERTIES:
            cells.since_1904 = bool(body[:1] and body[0] & 1)
        elif kind == _SHEET_ENTRY and len(body) > 12:
            relation, at = _wide(body, 8)
            part = relations.get(relation, "")
            sheet = Sheet(clean(_wide(body, at)[0]), hidden=body[0] != 0)
            if not package.has(part):
                problems.append(FileProblem("damaged", "its part is missing", f"sheet “{sheet.name}”"))
                continue
            problems.extend(cells.read(package.bytes_of(part), sheet))
            for comments in package.related(part, "comments"):
                sheet.notes.extend(_comments(package.bytes_of(comments)))
            for drawing in package.related(part, "drawing"):
                sheet.texts.extend(drawn_on(package, drawing))
            add_sheet(builder, sheet)
    return document(
        "sheets", name, builder, package.about(), engine="xlsb 1", problems=(*problems, *package.problems)
    )


def _formats(data: bytes) -> list[str]:
    """Return the number format of each cell style, by its number."""
    codes = dict(BUILT_IN)
    found: list[str] = []
    inside = False
    for kind, body in records(data):
        if kind == _FORMAT and len(body) > 6:
            codes[int.from_bytes(body[:2], "little")] = _wide(body, 2)[0]
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            inside = kind == _BEGIN_STYLES
        elif kind == _STYLE and inside and len(body) >= 4:
            found.append(codes.get(int.from_bytes(body[2:4], "little"), ""))
    return found


class _Cells:
    """Reads the sheets of one workbook."""

    def __init__(self, strings: list[str], formats: list[str], allowance: Allowance) -> None:
        self._strings = strings
        self._formats = formats
        self._allowance = allowance
        self.since_1904 = False

    def read(self, data: bytes, sheet: Sheet) -> list[FileProblem]:
        """Put the cells of a sheet's part into `sheet`; return what could not be read."""
        row = column = 0
        row_hidden = False
        hidden_columns: set[int] = set()
        for kind, body in records(data):
            if kind == _ROW and len(body) >= 12:
                row, column = min(int.from_bytes(body[:4], "little"), _LAST_ROW), -1
                # Bits 0 to 2 are the depth in the outline, bit 4 hides the row.
                row_hidden = bool(body[11] & 0x10) and not body[11] & 0x07
                if row_hidden:
                    sheet.hidden_rows.add(row + 1)
            elif kind == _COLUMNS and len(body) >= 18:
                first, last = struct.unpack_from("<II", body)
                if body[16] & 1 and not body[17] & 0x07:
                    hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
            elif kind == _MERGE and len(body) >= 16:
                top, _, left, right = struct.unpack_from("<IIII", body)
                if right > left:
                    sheet.merged[(top + 1, left + 1)] = right + 1
            elif (0 < kind <= _SHORT_STRING_INDEX or kind == _RICH_STRING) and len(body) >= 4:
                short = _SHORT_BLANK <= kind <= _SHORT_STRING_INDEX
                column = column + 1 if short else int.from_bytes(body[:4], "little")
                rest = body if short else body[4:]
                text = shown_text(self._shown(kind - 11 if short else kind, rest))
                if not text or column > _LAST_COLUMN:
                    continue
                if not self._allowance.take(text):
                    return [missing_from(sheet.name, row + 1)]
                place = sheet.concealed if row_hidden or column in hidden_columns else sheet.rows
                place.setdefault(row + 1, {})[column + 1] = text
        return []

    def _shown(self, kind: int, body: bytes) -> str:
        """Return what a cell shows; `body` begins with the cell's style."""
        style, rest = int.from_bytes(body[:3], "little"), body[4:]
        try:
            if kind == 2:
                return self._number(_compressed(rest), style)
            if kind in (5, 9):
                return self._number(struct.unpack_from("<d", rest)[0], style)
            if kind in (3, 11):
                return ERRORS.get(rest[0], "#ERROR!")
            if kind in (4, 10):
                return "TRUE" if rest[0] else "FALSE"
            if kind == 7:
                index = int.from_bytes(rest[:4], "little")
                return self._strings[index] if index < len(self._strings) else ""
        except (struct.error, IndexError):
            return ""
        return _wide(rest, 1 if kind == _RICH_STRING else 0)[0] if kind in (6, 8, _RICH_STRING) else ""

    def _number(self, value: float, style: int) -> str:
        code = self._formats[style] if style < len(self._formats) else ""
        return show_number(value, code, since_1904=self.since_1904)


def _compressed(data: bytes) -> float:
    """Return an RK number ([MS-XLSB] 2.5.123): 30 bits of an integer or a double, or hundredths."""
    (bits,) = struct.unpack_from("<i", data)
    value = (
        float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    )
    return value / 100 if bits & 1 else value


def _comments(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield (cell, author, text)."""
    authors: list[str] = []
    cell = author = ""
    for kind, body in records(data):
        if kind == _COMMENT_AUTHOR:
            authors.append(_wide(body)[0])
        elif kind == _BEGIN_COMMENT and len(body) >= 20:
            number, top, _, left, _ = struct.unpack_from("<IIIII", body)
            author = authors[number] if number < len(authors) else ""
            cell = cells_in_words(top + 1, left + 1, top + 1, left + 1).removeprefix("cell ")
        elif kind == _COMMENT_TEXT and cell:
            words = _wide(body, 1)[0]
            yield cell, author, words.removeprefix(f"{author}:").strip() if author else words
