"""Open a Word document of before 2007: where its text lies, and its tables, after [MS-DOC].

A document is one row of characters, each with a position (CP): first the body, then footnotes, page
heads, comments, endnotes, text boxes.  They lie in the file in pieces, in any order, one or two bytes to a
character.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

from qa_desktop.reading.office.ole import Ole, stream
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.rtf.tokens import code_page

_WORD_97, _WORD_6 = 0xA5EC, 0xA5DC
_MOST_CHARACTERS = 32_000_000
# Numbers of the tables that the head of the file names ([MS-DOC] 2.5.6, FibRgFcLcb97).
TABLES = {
    "styles": 1, "footnote marks": 2, "footnotes": 3, "comment marks": 4, "comments": 5,
    "margins": 11, "characters": 12, "paragraphs": 13, "pieces": 33, "comment authors": 36,
    "endnote marks": 46, "endnotes": 47,
}  # fmt: skip
STORIES = ("body", "footnotes", "margins", "macros", "comments", "endnotes", "boxes")
# Code pages of the languages (by the low byte of their number) in which Word 6 wrote one byte a letter.
_LANGUAGES = {0x01: 1256, 0x02: 1251, 0x04: 936, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932,
              0x12: 949, 0x15: 1250, 0x18: 1250, 0x19: 1251, 0x1A: 1250, 0x1B: 1250, 0x1F: 1254, 0x22: 1251,
              0x23: 1251, 0x24: 1250, 0x25: 1257, 0x26: 1257, 0x27: 1257}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` lie at byte `offset` of the main stream, `width` bytes each."""

    start: int
    end: int
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word document, opened.

    `text` has one character for each position, halves of surrogate pairs among them; `stories` gives for each
    of `STORIES` where it begins and ends; `tables` the bytes of each of `TABLES`; `pieces` are in order.
    """

    main: bytes
    text: str
    pieces: tuple[Piece, ...]
    stories: dict[str, tuple[int, int]]
    tables: dict[str, bytes]

    def offset_of(self, position: int) -> int:
        """Return at which byte of the main stream a character lies, -1 where there is none."""
        index = bisect_right(self.pieces, position, key=lambda p: p.start) - 1
        if index < 0 or position >= self.pieces[index].end:
            return -1
        piece = self.pieces[index]
        return piece.offset + (position - piece.start) * piece.width


def open_word(ole: Ole) -> WordFile:
    """Open the Word document in a compound file; raises `Unreadable`."""
    main = stream(ole, "WordDocument")
    if len(main) < 512:
        raise Unreadable("damaged", "the main part is missing")
    identity, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    if flags & 0x0100:
        raise Unreadable("encrypted", "protected Word document")
    if identity == _WORD_6 or version < 0xC0:
        return _open_word_6(main, complex_=bool(flags & 0x0004))
    if identity != _WORD_97:
        raise Unreadable("unsupported", "Word document of an unknown version")
    beside = stream(ole, "1Table" if flags & 0x0200 else "0Table")
    tables = {name: _table(main, beside, number) for name, number in TABLES.items()}
    counts = struct.unpack_from("<7i", main, 0x4C)
    pieces = _pieces(tables["pieces"], wide=True)
    if not pieces:  # not saved in pieces: the text is one
        (start,) = struct.unpack_from("<I", main, 0x18)
        pieces = (Piece(0, sum(max(0, c) for c in counts), start, 1),)
    return WordFile(main, _text(main, pieces, "cp1252"), pieces, _stories(counts), tables)


def _table(main: bytes, beside: bytes, number: int) -> bytes:
    at = 154 + 8 * number
    if at + 8 > len(main):
        return b""
    start, size = struct.unpack_from("<II", main, at)
    return beside[start : start + size]


def _stories(counts: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for name, count in zip(STORIES, counts, strict=True):
        found[name] = (at, at + max(0, count))
        at += max(0, count)
    return found


def _pieces(clx: bytes, *, wide: bool) -> tuple[Piece, ...]:
    """Return the pieces of the table "Clx" ([MS-DOC] 2.9.38)."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # changes of format, which tell nothing about the text
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return ()
    table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table) if count > 0 else ()
    found: list[Piece] = []
    for index in range(count):
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
        narrow = bool(place & 0x40000000) or not wide
        offset = (place & 0x3FFFFFFF) // (2 if narrow and wide else 1)
        if ends[index] < ends[index + 1] <= _MOST_CHARACTERS:
            found.append(Piece(ends[index], ends[index + 1], offset, 1 if narrow else 2))
    return tuple(found)


def _text(main: bytes, pieces: tuple[Piece, ...], page: str) -> str:
    """Return the characters of all pieces, one for each position; those that are missing are blanks."""
    found: list[str] = []
    at = 0
    for piece in pieces:
        found.append(" " * max(0, piece.start - at))
        data = main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
        count = len(data) // piece.width
        if piece.width == 1:
            words = data.decode(page, "replace")
            words = words if len(words) == count else data.decode("cp1252", "replace")
        else:
            words = "".join(map(chr, struct.unpack(f"<{count}H", data[: 2 * count])))
        found.append(words.ljust(piece.end - piece.start))
        at = piece.end
    return "".join(found)


def _open_word_6(main: bytes, *, complex_: bool) -> WordFile:
    """Open a document of Word 6 or 95: one byte a letter, tables in the main stream, other styles."""
    (language,) = struct.unpack_from("<H", main, 6)
    start, end = struct.unpack_from("<II", main, 0x18)
    counts = struct.unpack_from("<7i", main, 0x34)
    where, size = struct.unpack_from("<II", main, 0x160)
    pieces = _pieces(main[where : where + size], wide=False) if complex_ else ()
    if not pieces:
        pieces = (Piece(0, min(max(0, end - start), len(main)), start, 1),)
    page = code_page(_LANGUAGES.get(language & 0xFF, 1252))
    text = _text(main, pieces, page)
    return WordFile(main, text, pieces, _stories(counts), dict.fromkeys(TABLES, b""))
