"""The cells of one sheet of an XLSX workbook, as a person sees them.

The part is read row by row, so that a sheet that claims a million rows costs only those it has.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from qa_desktop.domain import BlockKind, FileProblem
from qa_desktop.reading.safe_xml import Element, below, child, local, refuse_entities, value
from qa_desktop.reading.sheets.grid import Allowance, Sheet, missing_from, shown_text
from qa_desktop.reading.sheets.numbers import BUILT_IN, show_number

_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: strings, the number format of each cell style, the day 0."""

    strings: list[str]
    formats: list[str]
    since_1904: bool = False


def shared_strings(root: Element) -> list[str]:
    """Return the strings that cells point to."""
    return [string_of(item) for item in (root if root is not None else ()) if local(item) == "si"]


def string_of(item: Element) -> str:
    """Return the text of a string with its runs, without how it is pronounced."""
    pieces: list[str] = []
    for part in item:
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            pieces.extend(t.text or "" for t in part if local(t) == "t")
    return _ESCAPED.sub(_unescaped, "".join(pieces))


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return " " if number < 32 else chr(number)


def cell_formats(root: Element) -> list[str]:
    """Return the number format of each cell style, by its number."""
    codes = dict(BUILT_IN)
    for form in below(root, "numFmt"):
        if value(form, "numFmtId").isdigit():
            codes[int(value(form, "numFmtId"))] = value(form, "formatCode")
    styles = child(root, "cellXfs")
    found: list[str] = []
    for style in styles if styles is not None else ():
        number = value(style, "numFmtId")
        found.append(codes.get(int(number), "") if number.isdigit() else "")
    return found


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1: "A" is 1, "AB" is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def split_address(address: str) -> tuple[int, int]:
    """Return row and column of an address such as "B7", (0, 0) when it is none or outside every sheet."""
    found = _ADDRESS.fullmatch(address.replace("$", ""))
    if not found:
        return 0, 0
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if 1 <= row <= _LAST_ROW and column <= _LAST_COLUMN else (0, 0)


def read_cells(data: bytes, part: str, sheet: Sheet, book: Book, allowance: Allowance) -> list[FileProblem]:
    """Put the cells of a sheet's part into `sheet`; return what could not be read.

    Rows and columns that are hidden, unless a filter or a folded outline hides them, which are a click away,
    go to `sheet.concealed`.
    """
    from lxml import etree  # noqa: PLC0415 - only the worker needs it

    refuse_entities(data, part)
    hidden_columns: set[int] = set()
    concealed: set[int] = set()
    filtered = b"autoFilter" in data[-100_000:]
    at = 0
    wanted = [f"{{*}}{name}" for name in ("row", "col", "mergeCell", "oddHeader", "oddFooter")]
    events = etree.iterparse(
        io.BytesIO(data),
        tag=wanted,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
    )
    try:
        for _, element in events:
            name = local(element)
            if name == "col":
                hidden_columns.update(_hidden_columns(element))
            elif name == "mergeCell":
                _merge(value(element, "ref"), sheet)
            elif name == "row":
                number = value(element, "r")
                at = int(number) if number.isdigit() and 0 < int(number) <= _LAST_ROW else at + 1
                hidden = _is_hidden(element)
                if hidden:
                    sheet.hidden_rows.add(at)
                if not _read_row(element, at, sheet, book, allowance):
                    return [missing_from(sheet.name, at)]
                if hidden and not filtered:
                    concealed.add(at)
                _forget(element)
            else:
                _margin(element, name, sheet)
    except etree.XMLSyntaxError as error:
        return [FileProblem("damaged", error.msg or "", f"sheet “{sheet.name}” after row {at}")]
    finally:
        _conceal(sheet, concealed, hidden_columns)
    return []


def _forget(row: Element) -> None:
    """Give back the memory of a row and of those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]


def _read_row(element: Element, row: int, sheet: Sheet, book: Book, allowance: Allowance) -> bool:
    column = 0
    cells: dict[int, str] = {}
    for cell in element:
        if local(cell) != "c":
            continue
        _, found = split_address(cell.get("r") or "")
        column = found or column + 1
        text = shown_text(_shown(cell, book))
        if text and column <= _LAST_COLUMN:
            if not allowance.take(text):
                return False
            cells[column] = text
    if cells:
        sheet.rows.setdefault(row, {}).update(cells)
    return True


def _shown(cell: Element, book: Book) -> str:
    """Return what a cell shows: text, a number in its format, TRUE and FALSE, an error such as #DIV/0!."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return string_of(inline) if inline is not None else ""
    raw = child(cell, "v")
    text = (raw.text or "") if raw is not None else ""
    if kind == "s":
        index = int(text) if text.strip().isdigit() else -1
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text)
    if kind == "d":
        return text.replace("T", " ").removesuffix(" 00:00:00")
    if kind != "n":
        return _ESCAPED.sub(_unescaped, text)
    try:
        number = float(text)
    except ValueError:
        return text
    style = cell.get("s") or "0"
    index = int(style) if style.isdigit() else 0
    code = book.formats[index] if index < len(book.formats) else ""
    return show_number(number, code, since_1904=book.since_1904)


def _is_hidden(element: Element) -> bool:
    """Tell whether a row or column is hidden, and not only folded away under the outline beside it."""
    return value(element, "hidden") in ("1", "true") and value(element, "outlineLevel") in ("", "0")


def _hidden_columns(element: Element) -> range:
    if not _is_hidden(element):
        return range(0)
    first, last = value(element, "min"), value(element, "max")
    if not first.isdigit() or not last.isdigit():
        return range(0)
    return range(int(first), min(int(last), _LAST_COLUMN) + 1)


def _merge(reference: str, sheet: Sheet) -> None:
    first, _, last = reference.partition(":")
    (row, left), (_, right) = split_address(first), split_address(last)
    if row and right > left:
        sheet.merged[(row, left)] = right


def _conceal(sheet: Sheet, rows: set[int], columns: set[int]) -> None:
    """Move the cells of hidden rows and columns out of sight."""
    for row in list(sheet.rows):
        cells = sheet.rows[row]
        taken = dict(cells) if row in rows else {c: t for c, t in cells.items() if c in columns}
        if not taken:
            continue
        sheet.concealed[row] = taken
        left = {c: t for c, t in cells.items() if c not in taken}
        if left:
            sheet.rows[row] = left
        else:
            del sheet.rows[row]


_CODES = re.compile(r'&"[^"]*"|&\d{1,3}|&[KS][0-9A-F]{6}|&[A-Za-z]')


def _margin(element: Element, name: str, sheet: Sheet) -> None:
    """Keep a printed head or foot, without the codes for fonts, page numbers and dates in it."""
    words = shown_text(_CODES.sub(" ", (element.text or "").replace("&&", "＆")).replace("＆", "&"))
    if words:
        where = "page header" if name == "oddHeader" else "page footer"
        sheet.texts.append((BlockKind.ASIDE, where, words))
