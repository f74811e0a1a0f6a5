"""The text of an old Word document: paragraphs, tables, notes, comments, text boxes, page heads and feet."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import DocumentBuilder, Marker
from qa_desktop.reading.old_office.format import Formats, ParagraphFormat
from qa_desktop.reading.old_office.word import WordFile
from qa_desktop.reading.rtf.tokens import whole
from qa_desktop.reading.word.numbers import roman

_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout
_CELL, _FIELD, _RESULT, _FIELD_END = "\x07", "\x13", "\x14", "\x15"
_ENDS = ("\r", _CELL, "\x0c", "\x0e")
_SIGNS = {"\x0b": "\n", "\x1e": "\u2011", "\xa0": "\xa0", "\t": "\t"}
# Of the heads and feet of each section's pages, those that are feet.
_FEET = (2, 3, 5)
_SEPARATORS = 6  # lines between text and notes come first in the same story

Parts = list[str | Marker]


@dataclass(slots=True)
class _Paragraph:
    parts: Parts
    mark: str
    format: ParagraphFormat
    hidden: str = ""


@dataclass(slots=True)
class _Note:
    """A note or comment: the characters that are its text, and how it is called."""

    start: int
    end: int
    label: str
    place: str


@dataclass(slots=True)
class _Text:
    """What is needed to read any of the stories."""

    file: WordFile
    formats: Formats
    hidden: bytearray
    deleted: bytearray
    markers: dict[int, Marker] = field(default_factory=dict)

    def paragraphs(self, start: int, end: int) -> Iterator[_Paragraph]:
        """Yield the paragraphs between two positions, with the results of fields and not their codes."""
        parts: Parts = []
        hidden: list[str] = []
        fields: list[bool] = []  # for each field that is open, whether its result has begun
        end = min(end, len(self.file.text))
        for position in range(start, end):
            sign = self.file.text[position]
            if sign == _FIELD:
                fields.append(False)
            elif sign == _RESULT and fields:
                fields[-1] = True
            elif sign == _FIELD_END and fields:
                fields.pop()
            elif position in self.markers:
                parts.append(self.markers[position])
            elif sign in _ENDS:
                yield _Paragraph(parts, sign, self.formats.paragraph(position), "".join(hidden))
                parts, hidden = [], []
            elif all(fields) and not self.deleted[position]:
                shown = _SIGNS.get(sign, sign if sign >= " " else "")
                (hidden if self.hidden[position] else parts).append(shown)
        if parts or hidden:
            yield _Paragraph(parts, "\r", ParagraphFormat(), "".join(hidden))

    def words(self, start: int, end: int) -> str:
        """Return the words between two positions, one line for each paragraph."""
        lines = (
            "".join(p for p in paragraph.parts if isinstance(p, str))
            for paragraph in self.paragraphs(start, end)
        )
        return whole("\n".join(line.strip() for line in lines if line.strip()))


def add_word(builder: DocumentBuilder, file: WordFile) -> None:
    """Add the blocks of a Word document."""
    formats = Formats(file)
    text = _Text(file, formats, *formats.unread())
    notes = [
        *_notes(file, "footnotes", "footnote marks", 2),
        *_notes(file, "endnotes", "endnote marks", 2),
        *_notes(file, "comments", "comment marks", 30),
    ]
    for position, note in notes:
        text.markers[position] = Marker(
            note.label, "" if note.label.startswith("comment") else f"[{note.label}]"
        )
    _add_paragraphs(builder, text.paragraphs(*file.stories["body"]))
    for paragraph in text.paragraphs(*file.stories["boxes"]):
        words = whole("".join(p for p in paragraph.parts if isinstance(p, str)))
        builder.add(BlockKind.PARAGRAPH, [words], locator="text box")
    for _, note in notes:
        builder.add(BlockKind.NOTE, [text.words(note.start, note.end)], label=note.label, locator=note.place)
    _add_margins(builder, text)


def _add_paragraphs(builder: DocumentBuilder, paragraphs: Iterator[_Paragraph]) -> None:
    rows: list[list[Parts]] = []
    row: list[Parts] = []
    cell: Parts = []
    for paragraph in paragraphs:
        shape = paragraph.format
        if paragraph.mark == _CELL or shape.in_table:
            if paragraph.mark == _CELL and (shape.row_end or not (shape.in_table or cell or paragraph.parts)):
                rows.append(row)
                row, cell = [], []
                continue
            cell.extend([" ", *paragraph.parts] if cell else paragraph.parts)
            if paragraph.mark == _CELL:
                row.append(cell)
                cell = []
            continue
        _add_table(builder, [*rows, row] if row else rows)
        rows, row, cell = [], [], []
        _add_paragraph(builder, paragraph)
    _add_table(builder, [*rows, row] if row else rows)


def _add_paragraph(builder: DocumentBuilder, paragraph: _Paragraph) -> None:
    shape = paragraph.format
    kind, level, label = BlockKind.PARAGRAPH, 0, ""
    if shape.is_contents:
        kind, label = BlockKind.ASIDE, "contents"
    elif shape.level:
        kind, level = BlockKind.HEADING, shape.level
    elif shape.is_caption or shape.listed:
        kind = BlockKind.CAPTION if shape.is_caption else BlockKind.LIST
    builder.add(kind, _joined(paragraph.parts), level=level, label=label)
    builder.add(BlockKind.ASIDE, [whole(paragraph.hidden)], label="hidden")


def _add_table(builder: DocumentBuilder, rows: list[list[Parts]]) -> None:
    """Add a table of data row by row, one that only arranges text cell by cell."""
    cells = [[_joined(cell) for cell in row] for row in rows]
    longest = max((sum(len(p) for p in c if isinstance(p, str)) for r in cells for c in r), default=0)
    if len(cells) > 1 and max(map(len, cells)) > 1 and longest <= _LONGEST_CELL:
        builder.add_table(cells)
        return
    for row in cells:
        for cell in row:
            builder.add(BlockKind.PARAGRAPH, cell)


def _joined(parts: Parts) -> Parts:
    """Join the characters between markers."""
    found: Parts = []
    letters: list[str] = []
    for part in [*parts, Marker("", "")]:
        if isinstance(part, str):
            letters.append(part)
            continue
        if letters:
            found.append(whole("".join(letters)))
            letters = []
        found.append(part)
    return found[:-1]


def _notes(file: WordFile, story: str, marks: str, size: int) -> Iterator[tuple[int, _Note]]:
    """Yield where each mark of a note stands, and the note; `size` is that of what a mark's entry says."""
    places = _positions(file.tables[marks], size)
    bounds = _positions(file.tables[story], 0)
    start = file.stories[story][0]
    authors = list(_strings(file.tables["comment authors"])) if story == "comments" else []
    for number, place in enumerate(places[:-1], 1):
        if number + 1 > len(bounds):
            return
        entry = file.tables[marks][4 * len(places) + size * (number - 1) :][:size]
        if story == "comments":
            label = f"comment {number}"
            index = int.from_bytes(entry[20:22], "little")
            by = f" by {authors[index]}" if index < len(authors) and authors[index] else ""
            called = f"{label}{by}"
        elif story == "footnotes":
            label = str(number)
            called = f"note {label}"
        else:
            label = roman(number)
            called = f"endnote {label}"
        yield place, _Note(start + bounds[number - 1], start + bounds[number], label, called)


def _positions(table: bytes, size: int) -> tuple[int, ...]:
    """Return the positions at the head of a table whose entries take `size` bytes."""
    count = (len(table) - 4) // (4 + size)
    return struct.unpack_from(f"<{count + 1}I", table) if count > 0 else ()


def _strings(table: bytes) -> Iterator[str]:
    """Yield strings, each behind its length in characters."""
    at = 0
    while at + 2 <= len(table):
        size = 2 * int.from_bytes(table[at : at + 2], "little")
        yield collapse(table[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size


def _add_margins(builder: DocumentBuilder, text: _Text) -> None:
    """Set heads and feet of the pages aside, each once."""
    start, end = text.file.stories["margins"]
    bounds = _positions(text.file.tables["margins"], 0)
    seen: set[str] = set()
    for index in range(_SEPARATORS, len(bounds) - 1):
        words = text.words(start + bounds[index], min(start + bounds[index + 1], end))
        if words and collapse(words) not in seen:
            seen.add(collapse(words))
            foot = (index - _SEPARATORS) % 6 in _FEET
            builder.add(BlockKind.ASIDE, [words], label="page footer" if foot else "page header")
