"""Workbooks of before 2007 (XLS) and binary ones (XLSB), written record by record."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.sheets.read import read_sheets
from tests.support.compound import compound
from tests.support.documents import check, make_zip, words
from tests.support.nested import make_zip_of
from tests.support.office import relations, summary


def places(document: Document) -> dict[str, str]:
    """Return the words of each block by its place."""
    check(document)
    return {block.locator: words(document, block) for block in document.blocks}


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _string(text: str, size: str) -> bytes:
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


def _style(code: int) -> bytes:
    return _record(0xE0, struct.pack("<HHH14x", 0, code, 1))


def make_xls(sheets: dict[str, tuple[int, bytes]]) -> bytes:
    """Return the records of a workbook (BIFF8); `sheets` maps names to whether hidden, and to records."""
    font = _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + _string("Arial", "B"))
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + font * 4
    start += (
        _record(0x41E, struct.pack("<H", 200) + _string("0.0%", "H")) + _style(0) + _style(200) + _style(14)
    )
    size = sum(len(_record(0x85, struct.pack("<IBB", 0, 0, 0) + _string(n, "B"))) for n in sheets)
    at = len(start) + size + 4
    entries, bodies = b"", b""
    for name, (hidden, records) in sheets.items():
        body = _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + records + _record(0x0A)
        entries += _record(0x85, struct.pack("<IBB", at + len(bodies), hidden, 0) + _string(name, "B"))
        bodies += body
    return start + entries + _record(0x0A) + bodies


def _number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, style, value))


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x204, struct.pack("<HHH", row, column, 0) + _string(text, "H"))


HARBOUR = (
    _label(0, 0, "Item") + _label(0, 1, "Share") + _label(0, 2, "Since")
    + _label(1, 0, "Ferry ü") + _number(1, 1, 0.125, 1) + _number(1, 2, 44_259, 2)
    + _record(0x205, struct.pack("<HHHBB", 2, 0, 0, 7, 1))
    + _record(0x205, struct.pack("<HHHBB", 2, 1, 0, 1, 0))
)  # fmt: skip


@pytest.mark.parametrize("name", ["Workbook", "Book"])
def test_an_old_workbook_is_read_as_it_is_shown(name: str) -> None:
    records = make_xls({"Harbour": (0, HARBOUR), "Kept": (1, _label(0, 0, "secret"))})
    streams = {name: records, "\x05SummaryInformation": summary("Old harbour", "Ada Brand")}
    document = read_sheets(compound(streams), "old.xls")
    assert places(document) == {
        "Sheet 'Harbour'": "Harbour",
        "Sheet 'Harbour', cells A1:C3": "Item Share Since Ferry ü 12.5% 2021-03-04 #DIV/0! TRUE",
        "Sheet 'Kept', hidden cells": "secret",
    }
    assert document.blocks[-1].kind is BlockKind.ASIDE
    assert (document.title, document.author, document.date) == ("Old harbour", "Ada Brand", "2021-03-04")


@pytest.mark.parametrize("data", [compound({"Other": b"x"}), b"\x09\x08\x10\0nonsense", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_sheets(data, "x.xls")
    assert caught.value.problem.reason == "damaged"


def test_a_protected_workbook_is_encrypted() -> None:
    records = make_xls({"A": (0, HARBOUR)})
    locked = records[:20] + _record(0x2F, b"\1\0\1\0\1\0" + bytes(48)) + records[20:]
    with pytest.raises(Unreadable) as caught:
        read_sheets(compound({"Workbook": locked}), "x.xls")
    assert caught.value.problem.reason == "encrypted"


def _short(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first."""
    found = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        found.append(low | (0x80 if number else 0))
        if not number:
            return bytes(found)


def _binary(kind: int, body: bytes = b"") -> bytes:
    return _short(kind) + _short(len(body)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _at(column: int, body: bytes, style: int = 0) -> bytes:
    return struct.pack("<II", column, style) + body


def _row(number: int, *, flags: int = 0) -> bytes:
    return _binary(0, struct.pack("<IIHBB5x", number, 0, 300, 0, flags))


SHEET = (
    _binary(129) + _binary(145)
    + _row(0) + _binary(7, _at(0, struct.pack("<I", 0))) + _binary(6, _at(1, _wide("Share")))
    + _row(1) + _binary(7, _at(0, struct.pack("<I", 1))) + _binary(5, _at(1, struct.pack("<d", 0.125), 1))
    + _row(2) + _binary(2, _at(0, struct.pack("<i", (12345 << 2) | 3))) + _binary(4, _at(1, b"\1"))
    + _row(3, flags=0x10) + _binary(2, _at(0, struct.pack("<i", (7 << 2) | 2)))
    + _row(1_048_575) + _binary(3, _at(16_383, b"\x07"))
    + _binary(146) + _binary(130)
)  # fmt: skip


def make_xlsb(sheets: Sequence[tuple[str, int, bytes]]) -> bytes:
    """Return an XLSB; `sheets` are name, state (1 hides it) and records."""
    entries = b"".join(
        _binary(156, struct.pack("<II", state, i) + _wide(f"s{i}") + _wide(name))
        for i, (name, state, _) in enumerate(sheets, 1)
    )
    strings = b"".join(_binary(19, b"\0" + _wide(text)) for text in ("Item", "Ferry ü"))
    styles = (
        _binary(278) + _binary(615, struct.pack("<I", 1))
        + _binary(44, struct.pack("<H", 200) + _wide("0.0%"))
        + _binary(616) + _binary(617, struct.pack("<I", 2)) + _binary(47, struct.pack("<HH12x", 0, 0))
        + _binary(47, struct.pack("<HH12x", 0, 200)) + _binary(618) + _binary(279)
    )  # fmt: skip
    book = (
        _binary(131)
        + _binary(153, bytes(8) + _wide(""))
        + _binary(143)
        + entries
        + _binary(144)
        + _binary(132)
    )
    files = {
        "xl/workbook.bin": book + _binary(132),
        "xl/sharedStrings.bin": _binary(159, struct.pack("<II", 2, 2)) + strings + _binary(160),
        "xl/styles.bin": styles,
        **{f"xl/worksheets/sheet{i}.bin": body for i, (_, _, body) in enumerate(sheets, 1)},
        "_rels/.rels": relations(("m", "officeDocument", "xl/workbook.bin")).encode(),
        "xl/_rels/workbook.bin.rels": relations(
            ("t", "sharedStrings", "sharedStrings.bin"),
            ("f", "styles", "styles.bin"),
            *((f"s{i}", "worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1)),
        ).encode(),
    }
    return make_zip_of(files)


def test_a_binary_workbook_is_read_as_it_is_shown() -> None:
    kept = _row(0) + _binary(6, _at(0, _wide("secret")))
    document = read_sheets(make_xlsb([("Harbour", 0, SHEET), ("Kept", 1, kept)]), "harbour.xlsb")
    assert places(document) == {
        "Sheet 'Harbour'": "Harbour",
        "Sheet 'Harbour', cells A1:B3": "Item Share Ferry ü 12.5% 123.45 TRUE",
        "Sheet 'Harbour', cell XFD1048576": "#DIV/0!",
        "Sheet 'Harbour', hidden cells": "7",
        "Sheet 'Kept', hidden cells": "secret",
    }


def test_a_binary_sheet_that_breaks_off_keeps_what_comes_before() -> None:
    middle = SHEET.index(_row(1)) + len(_row(1)) + 5
    document = read_sheets(make_xlsb([("Sheet1", 0, SHEET[:middle])]), "harbour.xlsb")
    assert places(document) == {"Sheet 'Sheet1', cells A1:B1": "Item Share"}


def test_an_archive_without_a_workbook_is_damaged() -> None:
    with pytest.raises(Unreadable) as caught:
        read_sheets(make_zip({"readme.txt": "x"}), "x.xlsx")
    assert caught.value.problem.reason == "damaged"
