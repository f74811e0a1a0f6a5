"""How the characters and paragraphs of an old Word document are formatted, as far as reading needs it.

Formats lie in pages of 512 bytes, each for a range of bytes of the main stream ([MS-DOC] 2.9.33 and 2.9.171),
as lists of changes ("sprms", 2.2.5) to a style.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_desktop.reading.old_office.word import Piece, WordFile

_PAGE = 512
_MOST_PAGES = 100_000
_DELETED, _HIDDEN = 0x0800, 0x083C
_STYLE, _IN_TABLE, _ROW_END, _LIST, _OUTLINE = 0x4600, 0x2416, 0x2417, 0x460B, 0x2640
_DEFINE_TABLE = 0xD608  # the one whose length takes two bytes
_TITLE, _CAPTION = 62, 34  # numbers of built-in styles; 1 to 9 are headings, 19 to 27 lines of contents
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph is formatted; `built_in` is the number of the built-in style it is based on."""

    built_in: int = 0
    outline: int = 9
    listed: bool = False
    in_table: bool = False
    row_end: bool = False

    @property
    def level(self) -> int:
        """The heading level, 0 for others."""
        if self.outline < 6:
            return self.outline + 1
        if self.built_in == _TITLE:
            return 1
        return min(self.built_in, 6) if 1 <= self.built_in <= 9 else 0

    @property
    def is_caption(self) -> bool:
        """Whether it is a caption."""
        return self.built_in == _CAPTION

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of the table of contents."""
        return 19 <= self.built_in <= 27


class Formats:
    """The formats of one document."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._built_in = _styles(file.tables["styles"])
        self._ranges = sorted(_paragraphs(file), key=lambda r: r[0])

    def paragraph(self, position: int) -> ParagraphFormat:
        """Return the format of the paragraph whose end mark stands at `position`."""
        offset = self._file.offset_of(position)
        index = bisect_right(self._ranges, offset, key=lambda r: r[0]) - 1
        if offset < 0 or index < 0 or offset >= self._ranges[index][1]:
            return ParagraphFormat()
        _, _, style, changes = self._ranges[index]
        found = dict(_sprms(changes))
        style = found.get(_STYLE, style)
        return ParagraphFormat(
            self._built_in.get(style, 0),
            found.get(_OUTLINE, 9),
            bool(found.get(_LIST, 0)),
            bool(found.get(_IN_TABLE, 0)),
            bool(found.get(_ROW_END, 0)),
        )

    def unread(self) -> tuple[bytearray, bytearray]:
        """Return for each character whether it is hidden, and whether it was deleted (changes recorded)."""
        hidden, deleted = bytearray(len(self._file.text)), bytearray(len(self._file.text))
        by_offset = sorted(self._file.pieces, key=lambda p: p.offset)
        for start, end, changes in _characters(self._file):
            found = dict(_sprms(changes))
            for flags, on in ((hidden, found.get(_HIDDEN, 0)), (deleted, found.get(_DELETED, 0))):
                if on in (1, 0x81):
                    for first, last in _positions(by_offset, start, end):
                        flags[first:last] = b"\1" * max(0, min(last, len(flags)) - first)
        return hidden, deleted


def _positions(by_offset: Sequence[Piece], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of characters that lie at bytes `start` to `end`."""
    index = max(0, bisect_left(by_offset, start, key=lambda p: p.offset) - 1)
    for piece in by_offset[index:]:
        if piece.offset >= end:
            return
        size = (piece.end - piece.start) * piece.width
        first, last = max(start, piece.offset), min(end, piece.offset + size)
        if first < last:
            yield (
                piece.start + (first - piece.offset) // piece.width,
                piece.start + (last - piece.offset) // piece.width,
            )


def _pages(file: WordFile, table: bytes) -> Iterator[bytes]:
    """Yield the pages that a table of them names."""
    count = min((len(table) - 4) // 8, _MOST_PAGES)
    for index in range(max(0, count)):
        (number,) = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * index)
        at = (number & 0x3FFFFF) * _PAGE
        page = file.main[at : at + _PAGE]
        if len(page) == _PAGE:
            yield page


def _characters(file: WordFile) -> Iterator[tuple[int, int, bytes]]:
    """Yield for each run of characters with a format of its own: first byte, end, changes."""
    for page in _pages(file, file.tables["characters"]):
        count = page[-1]
        if 5 * count + 4 > _PAGE - 1:
            continue
        ends = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + index]
            if at:
                yield ends[index], ends[index + 1], page[at + 1 : at + 1 + page[at]]


def _paragraphs(file: WordFile) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield for each paragraph: first byte, end, number of its style, changes."""
    for page in _pages(file, file.tables["paragraphs"]):
        count = page[-1]
        if 17 * count + 4 > _PAGE - 1:
            continue
        ends = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + 13 * index]
            if not 0 < at < _PAGE - 3:
                continue
            size = 2 * page[at] - 1
            if size < 0:  # a length of 0 says that it stands in the next byte
                at += 1
                size = 2 * page[at]
            body = page[at + 1 : at + 1 + size]
            yield ends[index], ends[index + 1], int.from_bytes(body[:2], "little"), body[2:]


def _sprms(changes: bytes) -> Iterator[tuple[int, int]]:
    """Yield code and value of each change; values longer than four bytes as 0."""
    at = 0
    while at + 3 <= len(changes):
        (code,) = struct.unpack_from("<H", changes, at)
        at += 2
        kind = code >> 13
        if kind == 6:
            size = changes[at] + 1
            if code == _DEFINE_TABLE:
                size = int.from_bytes(changes[at : at + 2], "little") + 1
            yield code, 0
        else:
            size = _SIZES[kind]
            yield code, int.from_bytes(changes[at : at + size], "little")
        at += size


def _styles(table: bytes) -> dict[int, int]:
    """Return for each style the number of the built-in one that it is or is based on."""
    if len(table) < 4:
        return {}
    (head,) = struct.unpack_from("<H", table)
    (count,) = struct.unpack_from("<H", table, 2)
    own: dict[int, int] = {}
    base: dict[int, int] = {}
    at = 2 + head
    for number in range(count):
        if at + 2 > len(table):
            break
        (size,) = struct.unpack_from("<H", table, at)
        if size >= 4 and at + 6 <= len(table):
            first, second = struct.unpack_from("<HH", table, at + 2)
            own[number], base[number] = first & 0x0FFF, second >> 4
        at += 2 + size + size % 2
    return {number: _known(number, own, base) for number in own}


def _known(number: int, own: dict[int, int], base: dict[int, int]) -> int:
    """Return the nearest built-in style that says what a paragraph is, 0 where there is none."""
    for _ in range(20):
        found = own.get(number, 0)
        if 1 <= found <= 9 or 19 <= found <= 27 or found in (_TITLE, _CAPTION):
            return found
        number = base.get(number, 0x0FFF)
    return 0
