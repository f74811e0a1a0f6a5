"""Read workbooks of any kind (XLSX, XLSB, XLS, ODS): one table block for each region of cells.

A block says its place as "Sheet 'Budget', cells B4:D9"; `domain.cells.rows_of` leads from a line to its row.
"""

from __future__ import annotations

from qa_desktop.domain import Document
from qa_desktop.reading.archives.archive import open_archive
from qa_desktop.reading.odf.read import read_odf
from qa_desktop.reading.sheets.old import read_xls
from qa_desktop.reading.sheets.xlsb import read_xlsb
from qa_desktop.reading.sheets.xlsx import read_xlsx


def read_sheets(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a workbook, decided by content; raises `Unreadable`."""
    if not data.startswith(b"PK"):  # Excel 4 and older wrote their records without a container
        return read_xls(data, name)
    names = {n.replace("\\", "/").lower() for n in open_archive(data).namelist()}
    if "content.xml" in names and "xl/workbook.xml" not in names:
        return read_odf(data, name)
    return read_xlsb(data, name) if "xl/workbook.bin" in names else read_xlsx(data, name)
