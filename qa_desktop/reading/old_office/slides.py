"""The slides of PowerPoint before 2007, after [MS-PPT]: the last state of each, in the order of the show.

The main stream is a row of records; containers hold further ones.  Saving appends what has changed, and a
directory says where the valid state of each slide, page of notes and so on lies.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import DocumentBuilder
from qa_desktop.reading.office.ole import Ole, stream
from qa_desktop.reading.problems import Unreadable

_CONTAINER = 0xF
_DEEPEST = 30
_MOST_SLIDES = 5_000
_ENCRYPTED = 0xF3D1C4DF
# Types of records ([MS-PPT] 2.13.24, [MS-ODRAW] 2.1.2).
_SLIDE_ATOM, _PERSIST, _SHOW_INFO, _HOLDER, _LIST = 1007, 1011, 1017, 3011, 4080
_REFERENCE, _HEADER, _WIDE_TEXT, _NARROW_TEXT, _STRING, _COMMENT = 3998, 3999, 4000, 4008, 4026, 12_000
_GROUP, _SHAPE, _ANCHOR, _CHILD_ANCHOR, _EDIT, _DIRECTORY = 0xF003, 0xF004, 0xF010, 0xF00F, 4085, 6002
_TITLE_TEXTS, _NOTES_TEXT = (0, 6), 2
_TABLE = -1  # a kind of text that only we know
_MARGIN_HOLDERS = {7: "date", 8: "page number", 9: "page footer", 10: "page header"}
_SAME_LINE = 100  # units of 1/576 inch; shapes whose tops differ by less stand side by side


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    instance: int
    body: bytes
    holds: bool

    def inner(self) -> list[_Record]:
        """Return the records in a container."""
        return list(_records(self.body)) if self.holds else []

    def all(self, *kinds: int, depth: int = 0) -> Iterator[_Record]:
        """Yield the records of these types in it, however deep."""
        for record in self.inner() if depth < _DEEPEST else ():
            if record.kind in kinds:
                yield record
            yield from record.all(*kinds, depth=depth + 1)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on a slide: what it is there for (0 a title, 1 a body, ...), and where it stands."""

    kind: int
    words: str
    top: int = 0
    left: int = 0
    margin: str = ""


def _records(data: bytes, at: int = 0) -> Iterator[_Record]:
    while at + 8 <= len(data):
        flags, kind, size = struct.unpack_from("<HHI", data, at)
        yield _Record(kind, flags >> 4, data[at + 8 : at + 8 + size], flags & 0xF == _CONTAINER)
        at += 8 + size


def add_old_slides(builder: DocumentBuilder, ole: Ole) -> None:
    """Add the slides of a presentation; raises `Unreadable`."""
    data = stream(ole, "PowerPoint Document")
    current = stream(ole, "Current User")
    if len(current) >= 20 and struct.unpack_from("<I", current, 12)[0] == _ENCRYPTED:
        raise Unreadable("encrypted", "protected PowerPoint slides")
    places, main = _directory(data, struct.unpack_from("<I", current, 16)[0] if len(current) >= 20 else 0)
    body = next(_records(data, places[main]), None) if main in places else None
    if body is None:  # the directory is lost: the first document in the stream will do
        body = next((r for r in _records(data) if r.kind == 1000), None)
    if body is None:
        raise Unreadable("damaged", "no slides in it")
    lists = {r.instance: r for r in body.inner() if r.kind == _LIST}
    notes = {slide: where for slide, where, _ in _listed(lists.get(2))}
    titled = False
    for number, (_, where, outline) in enumerate(list(_listed(lists.get(0)))[:_MOST_SLIDES], 1):
        slide = next(_records(data, places[where]), None) if where in places else None
        texts = list(_texts(slide, outline)) if slide else outline
        hidden = slide is not None and any(_is_hidden(r.body) for r in slide.all(_SHOW_INFO))
        place = f"slide {number}{' (hidden)' if hidden else ''}"
        titled = _add_slide(builder, texts or outline, place, titled=titled)
        page = notes.get(_notes_of(slide), -1)
        noted = next(_records(data, places[page]), None) if page in places else None
        _add_notes(builder, slide, noted, place)


def _directory(data: bytes, edit: int) -> tuple[dict[int, int], int]:
    """Return where each object lies, by its number, and the number of the document itself."""
    places: dict[int, int] = {}
    main = -1
    seen: set[int] = set()
    while 0 < edit < len(data) and edit not in seen:
        seen.add(edit)
        record = next(_records(data, edit), None)
        if record is None or record.kind != _EDIT or len(record.body) < 20:
            break
        before, directory, document = struct.unpack_from("<III", record.body, 8)
        main = document if main < 0 else main
        table = next(_records(data, directory), None)
        if table is not None and table.kind == _DIRECTORY:
            for number, place in _entries(table.body):
                places.setdefault(number, place)
        edit = before
    return places, main


def _entries(table: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 4 <= len(table):
        (head,) = struct.unpack_from("<I", table, at)
        first, count = head & 0xFFFFF, head >> 20
        at += 4
        for index in range(min(count, (len(table) - at) // 4)):
            yield first + index, struct.unpack_from("<I", table, at + 4 * index)[0]
        at += 4 * count


def _listed(entries: _Record | None) -> Iterator[tuple[int, int, list[_Text]]]:
    """Yield for each slide of a list: its number, that of its object, and its texts in the outline."""
    slide: tuple[int, int, list[_Text]] | None = None
    kind = 4
    for record in entries.inner() if entries else ():
        if record.kind == _PERSIST and len(record.body) >= 16:
            if slide:
                yield slide
            slide = (
                struct.unpack_from("<I", record.body, 12)[0],
                struct.unpack_from("<I", record.body)[0],
                [],
            )
        elif record.kind == _HEADER:
            kind = int.from_bytes(record.body[:4], "little")
            if slide:
                slide[2].append(_Text(kind, ""))
        elif record.kind in (_WIDE_TEXT, _NARROW_TEXT) and slide and slide[2]:
            slide[2][-1] = _Text(kind, _decoded(record))
    if slide:
        yield slide


def _decoded(record: _Record) -> str:
    data = record.body
    words = (
        data.decode("latin-1")
        if record.kind == _NARROW_TEXT
        else data[: len(data) & ~1].decode("utf-16-le", "replace")
    )
    return words.replace("\r", "\n").replace("\x0b", "\n")


def _texts(slide: _Record, outline: list[_Text]) -> list[_Text]:
    """Return the texts of a slide in reading order, the title first."""
    found = [text for _, _, texts in _units(slide, outline, 0) for text in texts]
    return sorted(found, key=lambda t: t.kind not in _TITLE_TEXTS)


def _units(container: _Record, outline: list[_Text], depth: int) -> list[tuple[int, int, list[_Text]]]:
    """Return shapes and groups, each as (top, left, texts), line by line from left to right."""
    units: list[tuple[int, int, list[_Text]]] = []
    for record in container.inner() if depth < _DEEPEST else ():
        if record.kind == _SHAPE:
            top, left = _place(record)
            units.append((top, left, list(_shape_texts(record, outline))))
        elif record.kind == _GROUP and depth > 0 and any(r.kind == _SHAPE for r in record.inner()):
            own = next(r for r in record.inner() if r.kind == _SHAPE)
            top, left = _place(own)
            units.append((top, left, _of_group(_units(record, outline, depth + 1))))
        elif record.holds:
            units.extend(_units(record, outline, depth + 1))
    lines: list[list[tuple[int, int, list[_Text]]]] = []
    for unit in sorted(units, key=lambda u: u[0]):
        if lines and unit[0] - lines[-1][0][0] < _SAME_LINE:
            lines[-1].append(unit)
        else:
            lines.append([unit])
    return [unit for line in lines for unit in sorted(line, key=lambda u: u[1])]


def _of_group(units: list[tuple[int, int, list[_Text]]]) -> list[_Text]:
    """Return the texts of a group; where they stand in rows and columns, they are the cells of a table."""
    columns: dict[int, list[_Text]] = {}
    for _, left, texts in units:
        if len(texts) == 1:
            columns.setdefault(left, []).extend(texts)
    cells = list(columns.values())
    if len(cells) > 1 and len(cells[0]) > 1 and all(len(c) == len(cells[0]) for c in cells):
        rows = ("\t".join(collapse(cell.words) for cell in row) for row in zip(*cells, strict=True))
        return [_Text(_TABLE, "\n".join(rows))]
    return [text for _, _, texts in units for text in texts]


def _place(shape: _Record) -> tuple[int, int]:
    for record in shape.inner():
        if record.kind == _ANCHOR and len(record.body) in (8, 16):
            top, left = struct.unpack_from("<hh" if len(record.body) == 8 else "<ii", record.body)
            return top, left
        if record.kind == _CHILD_ANCHOR and len(record.body) >= 8:
            left, top = struct.unpack_from("<ii", record.body)
            return top, left
    return 0, 0


def _shape_texts(shape: _Record, outline: list[_Text]) -> Iterator[_Text]:
    holder = next((r.body[4] for r in shape.all(_HOLDER) if len(r.body) > 4), 0)
    kind = 4
    for record in shape.all(_HEADER, _WIDE_TEXT, _NARROW_TEXT, _REFERENCE):
        if record.kind == _HEADER:
            kind = int.from_bytes(record.body[:4], "little")
        elif record.kind == _REFERENCE:
            index = int.from_bytes(record.body[:4], "little")
            if index < len(outline):
                yield outline[index]
        else:
            yield _Text(kind, _decoded(record), margin=_MARGIN_HOLDERS.get(holder, ""))


def _is_hidden(info: bytes) -> bool:
    return len(info) >= 12 and bool(info[10] & 4)


def _notes_of(slide: _Record | None) -> int:
    atom = next(slide.all(_SLIDE_ATOM), None) if slide else None
    return struct.unpack_from("<I", atom.body, 16)[0] if atom and len(atom.body) >= 20 else -1


def _add_slide(builder: DocumentBuilder, texts: list[_Text], place: str, *, titled: bool) -> bool:
    """Add the texts of a slide; return whether a title has been seen so far."""
    for text in texts:
        if text.margin:
            builder.add(BlockKind.ASIDE, [text.words], label=text.margin, locator=place)
        elif text.kind in _TITLE_TEXTS and text.words.strip():
            level = 1 if text.kind == 6 or not titled else 2
            builder.add(BlockKind.HEADING, [collapse(text.words)], level=level, locator=place)
            titled = True
        elif text.kind == _TABLE:
            builder.add(BlockKind.TABLE, [text.words], locator=f"{place}, table")
        else:
            lines = [line for line in text.words.split("\n") if line.strip()]
            kind = BlockKind.LIST if len(lines) > 1 and text.kind in (1, 7, 8) else BlockKind.PARAGRAPH
            for line in lines:
                builder.add(kind, [line], locator=place)
    return titled


def _add_notes(builder: DocumentBuilder, slide: _Record | None, notes: _Record | None, place: str) -> None:
    for text in _texts(notes, []) if notes else ():
        if text.kind == _NOTES_TEXT:
            for line in text.words.split("\n"):
                where = f"{place}, speaker notes"
                builder.add(BlockKind.NOTE, [line], label="speaker notes", locator=where)
    for comment in slide.all(_COMMENT) if slide else ():
        strings = {
            r.instance: r.body[: len(r.body) & ~1].decode("utf-16-le", "replace")
            for r in comment.inner()
            if r.kind == _STRING
        }
        by = f" by {collapse(strings.get(0, ''))}" if strings.get(0, "").strip() else ""
        builder.add(BlockKind.NOTE, [strings.get(1, "")], label="comment", locator=f"{place}, comment{by}")
