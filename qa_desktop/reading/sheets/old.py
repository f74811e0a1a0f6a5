"""Read the workbooks of Excel before 2007 (XLS, also of Excel 5 and 95), through xlrd.

xlrd knows number formats, comments and what is hidden, so that cells can be shown as a person sees them.
"""

from __future__ import annotations

import io
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import Document, FileProblem
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.blocks import About, DocumentBuilder, document
from qa_desktop.reading.office.ole import OLE_START, Ole, about_ole, open_ole, stream
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.sheets.blocks import add_sheet
from qa_desktop.reading.sheets.grid import Allowance, Sheet, missing_from, shown_text
from qa_desktop.reading.sheets.numbers import ERRORS, is_date_format, show_number

if TYPE_CHECKING:
    Book = Any  # xlrd publishes no types


def read_xls(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an XLS workbook; raises `Unreadable`."""
    ole = open_ole(data) if data.startswith(OLE_START) else None
    book = _open(_workbook(ole) if ole else data)
    builder = DocumentBuilder()
    allowance = Allowance()
    problems: list[FileProblem] = []
    for number in range(book.nsheets):
        try:
            sheet, found = _read_sheet(book, number, allowance)
        except Exception as error:  # noqa: BLE001 - xlrd raises anything over a broken sheet; the others go on
            problems.append(_broken(error, f"sheet {number + 1}"))
            continue
        problems.extend(found)
        add_sheet(builder, sheet)
    if not builder.blocks and problems:
        raise Unreadable(problems[0].reason, problems[0].detail)
    engine = f"xls 1, xlrd {version('xlrd')}"
    return document(
        "sheets", name, builder, about_ole(ole) if ole else About(), engine=engine, problems=tuple(problems)
    )


def _broken(error: Exception, part: str) -> FileProblem:
    if isinstance(error, MemoryError):
        raise error
    return FileProblem("damaged", f"{type(error).__name__}: {error}"[:200], part)


def _workbook(ole: Ole) -> bytes:
    """Return the records of a workbook.  xlrd could look for them itself, but a broken container hangs it."""
    records = next(filter(None, (stream(ole, name) for name in ("Workbook", "Book"))), b"")
    if not records:
        raise Unreadable("damaged", "no workbook in it")
    return records


def _open(data: bytes) -> Book:
    import xlrd  # noqa: PLC0415 - rarely needed

    for with_formats in (True, False):
        try:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=with_formats, on_demand=True, logfile=io.StringIO()
            )
        except MemoryError:
            raise
        except Exception as error:  # xlrd raises anything over a broken file
            if "encrypted" in str(error).lower():
                raise Unreadable("encrypted", "protected workbook") from error
            if not with_formats:
                raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]) from error
    raise AssertionError("the second way either opens the file or raises")


def _read_sheet(book: Book, number: int, allowance: Allowance) -> tuple[Sheet, list[FileProblem]]:
    source = book.sheet_by_index(number)
    sheet = Sheet(source.name, hidden=bool(source.visibility))
    sheet.merged = {
        (top + 1, left + 1): right for top, _, left, right in source.merged_cells if right > left + 1
    }
    hidden_columns = {c for c, info in source.colinfo_map.items() if info.hidden and not info.outline_level}
    problems: list[FileProblem] = []
    for row in range(source.nrows):
        info = source.rowinfo_map.get(row)
        hidden = bool(info and info.hidden and not info.outline_level)
        if hidden:
            sheet.hidden_rows.add(row + 1)
        for column, cell in enumerate(source.row(row)):
            text = shown_text(_shown(book, cell))
            if not text:
                continue
            if not allowance.take(text):
                return sheet, [missing_from(sheet.name, row + 1)]
            out_of_sight = hidden or column in hidden_columns
            place = sheet.concealed if out_of_sight else sheet.rows
            place.setdefault(row + 1, {})[column + 1] = text
    for (row, column), note in sorted(source.cell_note_map.items()):
        cell_name = cells_in_words(row + 1, column + 1, row + 1, column + 1).removeprefix("cell ")
        author = note.author or ""
        sheet.notes.append((cell_name, author, note.text.removeprefix(f"{author}:").strip()))
    book.unload_sheet(number)
    return sheet, problems


def _shown(book: Book, cell: Any) -> str:
    """Return what an xlrd cell shows; its types are 1 text, 2 number, 3 date, 4 yes or no, 5 error."""
    if cell.ctype == 1:
        return str(cell.value)
    if cell.ctype in (2, 3):
        code = _code(book, cell.xf_index)
        if cell.ctype == 3 and not (code and is_date_format(code)):
            code = "yyyy-mm-dd"
        return show_number(float(cell.value), code, since_1904=book.datemode == 1)
    if cell.ctype == 4:
        return "TRUE" if cell.value else "FALSE"
    return ERRORS.get(cell.value, "#ERROR!") if cell.ctype == 5 else ""


def _code(book: Book, index: int | None) -> str:
    if index is None or not 0 <= index < len(book.xf_list):
        return ""
    form = book.format_map.get(book.xf_list[index].format_key)
    return str(form.format_str) if form is not None else ""
