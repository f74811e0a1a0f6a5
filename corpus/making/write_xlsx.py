"""Write a workbook (Office Open XML, ECMA-376): sheets of words and dates, kept in the cells themselves."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from corpus.making.office_parts import HEAD, OFFICE, content_types, core, package_relations, relations
from corpus.making.package import write_package

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_DAY: Final = date(1899, 12, 30)  # day 0 of a workbook, as programs count it
_STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def _cell(value: str | date, row: int, column: int) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, date):
        return f'<c r="{place}" s="2"><v>{(value - _FIRST_DAY).days}</v></c>'
    style = ' s="1"' if row == 1 else ""
    return f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _sheet(sheet: dict[str, Any]) -> str:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(_cell(value, number, column) for column, value in enumerate(row) if value != "")
        + "</row>"
        for number, row in enumerate(sheet["rows"], 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="4" width="24" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def write_xlsx(source: Path, path: Path) -> None:
    """Write the workbook described in the TOML file `source` to `path`."""
    book = tomllib.loads(source.read_text("utf-8"))
    sheets = book["sheets"]
    entries = "".join(
        f'<sheet name={quoteattr(sheet["name"])} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    names = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": content_types(
            {
                "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
                "xl/styles.xml": f"{_TYPE}.styles+xml",
                **{f"xl/{name}": f"{_TYPE}.worksheet+xml" for name in names},
            }
        ),
        "_rels/.rels": package_relations("xl/workbook.xml"),
        "docProps/core.xml": core(book["title"], book["author"], date.fromisoformat(book["date"]), "en-GB"),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            [*(("worksheet", name) for name in names), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    parts |= {f"xl/{name}": _sheet(sheet) for name, sheet in zip(names, sheets, strict=True)}
    write_package(path, parts)
