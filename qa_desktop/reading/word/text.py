"""Paragraphs and tables of one part of a Word document, in the order in which they are read.

Element names are compared without their namespace, because the format has two (transitional and strict).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qa_desktop.domain import collapse
from qa_desktop.reading.office.drawings import description
from qa_desktop.reading.safe_xml import Element, child, local, value
from qa_desktop.reading.word.numbers import Numbers
from qa_desktop.reading.word.styles import Look, Styles

HIDDEN = "hidden"
READING_AID = "reading aid"

_SKIPPED = frozenset(["del", "moveFrom", "Fallback", "delText", "instrText", "delInstrText", "pPr", "sectPr"])
_NOTE_REFERENCES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
# What mathematics says by place, written in a line.
_MATHEMATICS = {"den": "/", "sup": "^", "sub": "_", "rad": "√"}
_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout
_WIDEST_SPAN = 100
_TELLING = 4  # words from which on the description of a picture says something

# Text, or a note's reference as (kind, id).
Part = str | tuple[str, str]


@dataclass(slots=True)
class Paragraph:
    """One paragraph: how it looks, its text with the references to notes in it, and what stands beside that.

    `unseen` are words that nobody sees, each with the reason; `pictures` what its pictures show.
    """

    look: Look = field(default_factory=Look)
    parts: list[Part] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(p for p in self.parts if isinstance(p, str))


@dataclass(slots=True)
class Table:
    """A table: rows of cells, each the parts of its text; and what the cells consist of, in order."""

    cells: list[list[list[Part]]]
    content: list[Paragraph | Table | str]

    @property
    def nested(self) -> bool:
        """True if there is more in the cells than paragraphs."""
        return not all(isinstance(item, Paragraph) for item in self.content)

    @property
    def rows(self) -> list[list[str]]:
        """The words of the cells."""
        return [[collapse("".join(p for p in c if isinstance(p, str))) for c in row] for row in self.cells]

    @property
    def is_data(self) -> bool:
        """True for rows and columns of data; False for a table that only arranges text on the page."""
        rows = self.rows
        wide = max((len(row) for row in rows), default=0) > 1
        longest = max((len(cell) for row in rows for cell in row), default=0)
        return len(rows) > 1 and wide and longest <= _LONGEST_CELL and not self.nested


class Body:
    """Reads the paragraphs of one document, whose styles and numbering it knows."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self._styles = styles
        self._numbers = numbers

    def items(self, *roots: Element) -> Iterator[Paragraph | Table | str]:
        """Yield the paragraphs and tables of `roots`, and the relation's id for each inserted document.

        Text boxes follow the paragraph they are anchored in.  What was deleted is left out.
        """
        stack = list(reversed(roots))
        while stack:
            element = stack.pop()
            name = local(element)
            if name in _SKIPPED or not name:
                continue
            if name == "p":
                boxes: list[Element] = []
                yield self._paragraph(element, boxes)
                stack.extend(reversed(boxes))
            elif name == "tbl":
                yield self._table(element)
            elif name == "altChunk":
                yield value(element, "id")
            else:
                stack.extend(reversed(element))

    def _paragraph(self, element: Element, boxes: list[Element]) -> Paragraph:
        look = self._styles.look(child(element, "pPr"))
        paragraph = Paragraph(look)
        number = self._numbers.next(look.list_id, look.list_level) if look.list_id else ""
        self._fill(paragraph, element, boxes)
        if number and paragraph.text.strip():
            paragraph.parts.insert(0, f"{number} ")
        return paragraph

    def _table(self, element: Element) -> Table:
        """Return a table; a cell over several rows is repeated in each, for each is read by itself."""
        rows: list[list[list[Part]]] = []
        content: list[Paragraph | Table | str] = []
        above: dict[int, list[Part]] = {}
        for row in _within(element, "tr"):
            cells: list[list[Part]] = [[] for _ in range(_span(child(row, "trPr", "gridBefore")))]
            for cell in _within(row, "tc"):
                words: list[Part] = []
                for item in self.items(*cell):
                    content.append(item)
                    if isinstance(item, Paragraph):
                        words.extend([" ", *item.parts] if words else item.parts)
                merged = child(cell, "tcPr", "vMerge")
                if merged is not None and value(merged, "val") != "restart" and not any(words):
                    words = above.get(len(cells), [])
                elif merged is not None:
                    above[len(cells)] = [part for part in words if isinstance(part, str)]
                cells.append(words)
                cells.extend([] for _ in range(_span(child(cell, "tcPr", "gridSpan")) - 1))
            rows.append(cells)
        return Table(rows, content)

    def _fill(self, paragraph: Paragraph, element: Element, boxes: list[Element]) -> None:
        """Gather the text and note references that a paragraph owns; text boxes in it go into `boxes`."""
        parts = paragraph.parts
        stack: list[tuple[Element, str]] = [(below, "") for below in reversed(element)]
        while stack:
            element, unseen = stack.pop()
            name = local(element)
            if name in _SKIPPED:
                continue
            if name == "txbxContent":
                boxes.append(element)
                continue
            if name == "AlternateContent":
                chosen = child(element, "Choice")
                below = chosen if chosen is not None else [e for b in element for e in b]
                stack.extend((e, unseen) for e in reversed(below))
                continue
            if name in _NOTE_REFERENCES and not unseen:
                parts.append((_NOTE_REFERENCES[name], value(element, "id")))
            elif name == "docPr":
                told = description(element)
                paragraph.pictures.extend([told] if len(told.split()) >= _TELLING else [])
            elif name == "r" and self._styles.hides(element, paragraph.look):
                unseen = HIDDEN
            elif name == "rt":
                unseen = READING_AID
            if (words := _words(element, name)) and unseen:
                paragraph.unseen.append((unseen, words))
            elif words:
                parts.append(words)
            stack.extend((e, unseen) for e in reversed(element))


def _words(element: Element, name: str) -> str:
    """Return what an element itself says, not what is below it."""
    if name == "t":
        return element.text or ""
    if name in _MATHEMATICS and "/math" in element.tag and len(element):
        return _MATHEMATICS[name]
    if name == "sym":
        return _symbol(value(element, "char"))
    return value(element, "string") if name == "textpath" else _SIGNS.get(name, "")


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, or cells of a row, also those inside content controls and insertions."""
    for below in element:
        if local(below) == name:
            yield below
        elif local(below) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(below, name)


def _span(element: Element) -> int:
    text = value(element, "val")
    return min(_WIDEST_SPAN, int(text)) if text.isascii() and text.isdigit() else 0


def _symbol(code: str) -> str:
    """Return a symbol's sign; those of symbol fonts lie in a private area and mean nothing elsewhere."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return (
        ""
        if 0xE000 <= number <= 0xF8FF or not 0x20 <= number < 0x110000 or 0xD800 <= number < 0xE000
        else chr(number)
    )
