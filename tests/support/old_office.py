"""Word documents and slides of Office before 2007, written byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.support.compound import compound
from tests.support.office import summary

_FACTS = {"\x05SummaryInformation": summary("The Ferry Question", "Ada Brand")}
# Where the head of a Word document names its tables.
_PLACES = {
    "styles": 1, "footnote marks": 2, "footnotes": 3, "comment marks": 4, "comments": 5, "margins": 11,
    "characters": 12, "paragraphs": 13, "pieces": 33, "comment authors": 36,
}  # fmt: skip
_START = 1024  # byte at which the text begins


def make_doc(
    body: str,
    *,
    notes: Sequence[tuple[int, str]] = (),
    comments: Sequence[tuple[int, str]] = (),
    margins: Sequence[str] = (),
    hidden: Sequence[tuple[int, int]] = (),
    styles: Mapping[int, bytes] | None = None,
    flags: int = 0x0200,
    narrow: int = 0,
) -> bytes:
    """Return a Word document.

    `body` uses Word's own signs; `notes` and `comments` are (position of the mark, text), `hidden` ranges of
    positions; `styles` maps the position of a paragraph's end mark to the changes of its format.  The first
    `narrow` characters are stored with one byte each.
    """
    noted = ["\x02 " + text + "\r" for _, text in notes]
    said = ["\x05" + text + "\r" for _, text in comments]
    heads = ["\r"] * 6 + [text + "\r" for text in margins] if margins else []
    stories = [body, "".join(noted), "".join(heads), "", "".join(said), "", ""]
    text = "".join(stories) + "\r"
    raw = text[:narrow].encode("cp1252") + text[narrow:].encode("utf-16-le")
    tables = {
        "pieces": _pieces(narrow, len(text)),
        "styles": _style_sheet(),
        "footnote marks": _places([p for p, _ in notes], len(body), b"\1\0"),
        "footnotes": _bounds(noted),
        "comment marks": _places([p for p, _ in comments], len(body), bytes(30)),
        "comments": _bounds(said),
        "margins": _bounds(heads),
        "comment authors": struct.pack("<H", 8) + "Bo Quill".encode("utf-16-le"),
    }
    pages = [_paragraph_page(text, narrow, styles or {}), _character_page(narrow, len(text), hidden)]
    first_page = -(-(_START + len(raw)) // 512)
    ends = struct.pack("<II", _START, _START + len(raw))
    tables["paragraphs"] = ends + struct.pack("<I", first_page)
    tables["characters"] = ends + struct.pack("<I", first_page + 1)
    beside = b""
    head = bytearray(_START)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x409, 0, flags)
    struct.pack_into("<7i", head, 0x4C, *map(len, stories))
    for name, table in tables.items():
        struct.pack_into("<II", head, 154 + 8 * _PLACES[name], len(beside), len(table))
        beside += table
    main = (bytes(head) + raw).ljust(512 * first_page, b"\0") + b"".join(pages)
    return compound({"WordDocument": main, "1Table": beside, **_FACTS})


def _offset(position: int, narrow: int) -> int:
    return _START + position if position < narrow else _START + narrow + 2 * (position - narrow)


def _pieces(narrow: int, total: int) -> bytes:
    one = struct.pack("<HIH", 0, (_START * 2) | 0x40000000, 0)
    two = struct.pack("<HIH", 0, _START + narrow, 0)
    table = (
        struct.pack("<III", 0, narrow, total) + one + two if narrow else struct.pack("<II", 0, total) + two
    )
    return b"\1\2\0\0\0" + b"\2" + struct.pack("<I", len(table)) + table


def _style_sheet() -> bytes:
    """Return styles 0 (normal), 1 (heading 1) and 2 (based on it)."""
    found = struct.pack("<H", 18) + struct.pack("<HH14x", 3, 10)
    for number, base in ((0, 0xFFF), (1, 0), (0xFFE, 1)):
        found += struct.pack("<HHH4x", 8, number, 1 | base << 4)
    return found


def _places(positions: Sequence[int], end: int, entry: bytes) -> bytes:
    if not positions:
        return b""
    return struct.pack(f"<{len(positions) + 1}I", *positions, end) + entry * len(positions)


def _bounds(texts: Sequence[str]) -> bytes:
    """Return the ends of texts that follow each other, and one more that closes the table."""
    if not texts:
        return b""
    ends = [0]
    for text in texts:
        ends.append(ends[-1] + len(text))
    return struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1)


def _paragraph_page(text: str, narrow: int, styles: Mapping[int, bytes]) -> bytes:
    ends = [i for i, sign in enumerate(text) if sign in "\r\x07\x0c"]
    page = bytearray(512)
    at = 510
    starts = [0, *(end + 1 for end in ends[:-1])]
    offsets = [_offset(p, narrow) for p in (*starts, ends[-1] + 1)]
    struct.pack_into(f"<{len(offsets)}I", page, 0, *offsets)
    for i, end in enumerate(ends):
        changes = styles.get(end, b"")
        if not changes:
            continue
        body = b"\0\0" + changes
        body = body if len(body) % 2 else body + b"\0"
        at -= len(body) + 1 + (len(body) + 1) % 2
        page[at : at + 1 + len(body)] = bytes([(len(body) + 1) // 2]) + body
        page[4 * len(offsets) + 13 * i] = at // 2
    page[511] = len(ends)
    return bytes(page)


def _character_page(narrow: int, total: int, hidden: Sequence[tuple[int, int]]) -> bytes:
    page = bytearray(512)
    edges = [0, *(p for span in hidden for p in span), total]
    struct.pack_into(f"<{len(edges)}I", page, 0, *(_offset(p, narrow) for p in edges))
    page[500:504] = b"\3\x3c\x08\1"  # hidden (0x083C): on
    for i in range(len(hidden)):
        page[4 * len(edges) + 2 * i + 1] = 250
    page[511] = len(edges) - 1
    return bytes(page)


def style(number: int) -> bytes:
    """Return the change that gives a paragraph a style."""
    return struct.pack("<HH", 0x4600, number)


CELL = struct.pack("<HB", 0x2416, 1)
ROW_END = CELL + struct.pack("<HB", 0x2417, 1)


def record(kind: int, body: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    """Return a record of a PowerPoint file."""
    return struct.pack("<HHI", instance << 4 | (0xF if container else 0), kind, len(body)) + body


def text_record(words: str, kind: int) -> bytes:
    """Return the records of a text of that kind (0 a title, 1 a body, 2 notes, 4 other)."""
    stored = (
        record(4008, words.encode("latin-1")) if words.isascii() else record(4000, words.encode("utf-16-le"))
    )
    return record(3999, struct.pack("<I", kind)) + stored


def text_shape(content: bytes, top: int, left: int) -> bytes:
    """Return a shape with a text at a place in units of 1/576 inch."""
    anchor = record(0xF010, struct.pack("<hhhh", top, left, left + 100, top + 100))
    return record(0xF004, anchor + record(0xF00D, content, container=True), container=True)


def make_slide(shapes: bytes, *, notes: int = 0, hidden: bool = False, more: bytes = b"") -> bytes:
    """Return the container of a slide; `notes` is the number of its page of notes."""
    info = record(1017, bytes(10) + struct.pack("<H", 4 if hidden else 0) + bytes(4))
    tree = record(0xF003, record(0xF004, b"", container=True) + shapes, container=True)
    drawing = record(1036, record(0xF002, tree, container=True), container=True)
    return record(
        1006, record(1007, struct.pack("<12xIII", 0, notes, 0)) + info + drawing + more, container=True
    )


def make_ppt(slides: Sequence[tuple[bytes, bytes]], notes: Mapping[int, bytes] | None = None) -> bytes:
    """Return a presentation; `slides` are (container, texts of the outline), `notes` pages by number."""
    pages = notes or {}
    listed = b"".join(
        record(1011, struct.pack("<IIiII", i + 2, 0, 0, 256 + i, 0)) + outline
        for i, (_, outline) in enumerate(slides)
    )
    noted = b"".join(record(1011, struct.pack("<IIiII", 100 + number, 0, 0, number, 0)) for number in pages)
    document = record(
        1000,
        record(4080, listed, container=True) + record(4080, noted, container=True, instance=2),
        container=True,
    )
    objects = {
        1: document,
        **{i + 2: s for i, (s, _) in enumerate(slides)},
        **{100 + n: p for n, p in pages.items()},
    }
    stream, directory = b"", b""
    for number, body in objects.items():
        directory += struct.pack("<II", number | 1 << 20, len(stream))
        stream += body
    edit = len(stream) + 8 + len(directory)
    stream += record(6002, directory)
    stream += record(4085, struct.pack("<IHBBIIII", 0, 0, 0, 3, 0, edit - 8 - len(directory), 1, 0))
    current = struct.pack("<HHIIII", 0, 0xFF6, 12, 20, 0xE391C05F, edit)
    return compound({"PowerPoint Document": stream, "Current User": current, **_FACTS})
