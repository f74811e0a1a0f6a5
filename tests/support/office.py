"""Small office files to read: packages of Office since 2007, and the facts that those before keep."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.support.documents import make_zip

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = (
    '<c:coreProperties xmlns:c="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>{}</dc:title>'
    "<dc:creator>Ada Brand</dc:creator><dcterms:created>2021-03-04T10:00:00Z</dcterms:created>"
    "</c:coreProperties>"
)


def relations(*found: tuple[str, str, str]) -> str:
    """Return a part of relations, each (id, kind, target)."""
    inner = "".join(f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{to}"/>' for i, kind, to in found)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def make_package(main: str, parts: Mapping[str, str], *, title: str = "") -> bytes:
    """Return an OOXML file whose main part is called `main`."""
    files = {
        "_rels/.rels": relations(
            ("m", "officeDocument", main), ("c", "core-properties", "docProps/core.xml")
        ),
        "docProps/core.xml": CORE.format(title),
        **parts,
    }
    return make_zip(dict(files))


def make_xlsx(
    sheets: Mapping[str, str],
    *,
    formats: Sequence[str] = (),
    strings: Sequence[str] = (),
    states: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return an XLSX; `sheets` maps names to what is in <worksheet>; style n + 1 has format `formats[n]`."""
    entries = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="s{i}" state="{(states or {}).get(name, "visible")}"/>'
        for i, name in enumerate(sheets, 1)
    )
    codes = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{c}"/>' for i, c in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *((f"s{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)),
            ("t", "sharedStrings", "sharedStrings.xml"),
            ("f", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{"".join(f"<si>{s}</si>" for s in strings)}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_S}"><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>'
        f"{styles}</cellXfs></styleSheet>",
    }
    for i, inside in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{_S}" xmlns:r="{_R}">{inside}</worksheet>'
    return make_package("xl/workbook.xml", {**parts, **(more or {})})


def rows_of(*rows: tuple[int, Sequence[object]], first: str = "A") -> str:
    """Return rows of a sheet, each (number, cells from column `first` on); None is an empty cell."""
    lines = []
    for number, cells in rows:
        inner = "".join(
            _cell(f"{chr(ord(first) + i)}{number}", value)
            for i, value in enumerate(cells)
            if value is not None
        )
        lines.append(f'<row r="{number}">{inner}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def _cell(address: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{address}"><v>{value}</v></c>'
    if isinstance(value, tuple):  # a number and its style
        return f'<c r="{address}" s="{value[1]}"><v>{value[0]}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


def summary(title: str, author: str) -> bytes:
    """Return the stream of summary information with these facts, made on 4 March 2021."""
    made = (18_690 + 134_774) * 86_400 * 10**7  # days from 1970, and from 1601 to 1970
    values = [
        (1, struct.pack("<Ihxx", 2, 1252)),
        (2, struct.pack("<II", 30, len(title) + 1) + title.encode("cp1252") + b"\0"),
        (4, struct.pack("<II", 30, len(author) + 1) + author.encode("cp1252") + b"\0"),
        (12, struct.pack("<IQ", 64, made)),
    ]
    at = 8 + 8 * len(values)
    table, bodies = b"", b""
    for key, body in values:
        body = body.ljust(-(-len(body) // 4) * 4, b"\0")  # noqa: PLW2901 - padded to four bytes
        table += struct.pack("<II", key, at + len(bodies))
        bodies += body
    inner = struct.pack("<II", at + len(bodies), len(values)) + table + bodies
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + inner
