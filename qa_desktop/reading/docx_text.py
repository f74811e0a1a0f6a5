"""Paragraphs and tables of one part of a Word document, in the order in which they are read.

Element names are compared without their namespace, because the format has two (transitional and strict).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.safe_xml import child, local, value

if TYPE_CHECKING:
    Element = Any  # lxml publishes no types

_SKIPPED = frozenset(
    ["del", "moveFrom", "Fallback", "delText", "instrText", "delInstrText", "rt", "pPr", "sectPr"]
)
_NOTE_REFERENCES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout


# Text, or a note's reference as (kind, id).
Part = str | tuple[str, str]


@dataclass(slots=True)
class Paragraph:
    """One paragraph; of what kind, and its text with the references to notes in it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(p for p in self.parts if isinstance(p, str))


@dataclass(slots=True)
class Table:
    """A table: rows of cells, each the parts of its text, and the paragraphs they consist of."""

    cells: list[list[list[Part]]]
    paragraphs: list[Paragraph]
    nested: bool = False

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


class Styles:
    """What the styles say about paragraphs: heading levels, lists, captions, contents."""

    def __init__(self, root: Element) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._lists: set[str] = set()
        for style in root if root is not None else ():
            if local(style) != "style":
                continue
            key = value(style, "styleId")
            self._names[key] = value(child(style, "name"), "val") if child(style, "name") is not None else key
            based = child(style, "basedOn")
            if based is not None:
                self._based[key] = value(based, "val")
            properties = child(style, "pPr")
            outline = child(properties, "outlineLvl")
            if outline is not None and value(outline, "val").isdigit():
                self._levels[key] = int(value(outline, "val")) + 1
            if child(properties, "numPr") is not None:
                self._lists.add(key)

    def describe(self, properties: Element) -> Paragraph:
        """Return an empty paragraph of the kind that its properties name."""
        style = child(properties, "pStyle")
        chain = self._chain(value(style, "val") if style is not None else "")
        names = [self._names.get(key, key).lower() for key in chain]
        level = self._level(properties, chain, names)
        if level:
            return Paragraph(BlockKind.HEADING, level)
        if any(name.startswith("caption") for name in names):
            return Paragraph(BlockKind.CAPTION)
        if any(re.match(r"toc ?\d|table of figures", name) for name in names):
            return Paragraph(BlockKind.ASIDE, label="contents")
        numbering = child(properties, "numPr")
        number = child(numbering, "numId")
        off = number is not None and value(number, "val") == "0"
        listed = numbering is not None or any(
            key in self._lists or "list" in n for key, n in zip(chain, names, strict=True)
        )
        return Paragraph(BlockKind.LIST if listed and not off else BlockKind.PARAGRAPH)

    def _level(self, properties: Element, chain: list[str], names: list[str]) -> int:
        direct = child(properties, "outlineLvl")
        if direct is not None and value(direct, "val").isdigit():
            level = int(value(direct, "val")) + 1
            return level if level <= 6 else 0
        if names[:1] == ["title"]:
            return 1
        for key, name in zip(chain, names, strict=True):
            found = _HEADING.fullmatch(name)
            level = int(found.group(1)) if found else self._levels.get(key, 0)
            if level:
                return min(level, 6) if level <= 9 else 0
        return 0

    def _chain(self, key: str) -> list[str]:
        chain: list[str] = []
        while key and key not in chain:
            chain.append(key)
            key = self._based.get(key, "")
        return chain


def paragraphs_of(root: Element, styles: Styles) -> Iterator[Paragraph | Table | str]:
    """Yield the paragraphs and tables below `root`, and the relation's id for each inserted document.

    Text boxes follow the paragraph they are anchored in.  What was deleted, or is hidden, is left out.
    """
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name in _SKIPPED or not name:
            continue
        if name == "p":
            boxes: list[Element] = []
            paragraph = styles.describe(child(element, "pPr"))
            paragraph.parts = _parts(element, boxes)
            yield paragraph
            stack.extend(reversed(boxes))
        elif name == "tbl":
            yield _table(element, styles)
        elif name == "altChunk":
            yield value(element, "id")
        else:
            stack.extend(reversed(element))


def _table(element: Element, styles: Styles) -> Table:
    rows: list[list[list[Part]]] = []
    paragraphs: list[Paragraph] = []
    nested = False
    for row in _within(element, "tr"):
        cells: list[list[Part]] = []
        for cell in _within(row, "tc"):
            words: list[Part] = []
            for item in paragraphs_of_children(cell, styles):
                if isinstance(item, Paragraph):
                    paragraphs.append(item)
                    words.extend([" ", *item.parts] if words else item.parts)
                elif isinstance(item, Table):
                    nested = True
                    paragraphs.extend(item.paragraphs)
            cells.append(words)
        rows.append(cells)
    return Table(rows, paragraphs, nested)


def paragraphs_of_children(element: Element, styles: Styles) -> Iterator[Paragraph | Table | str]:
    """Yield what is below an element, without looking at the element itself."""
    for below in element:
        yield from paragraphs_of(below, styles)


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, or cells of a row, also those inside content controls and insertions."""
    for below in element:
        if local(below) == name:
            yield below
        elif local(below) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(below, name)


def _parts(paragraph: Element, boxes: list[Element]) -> list[Part]:
    """Return the text and note references that a paragraph owns; text boxes in it are put into `boxes`."""
    parts: list[Part] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in _SKIPPED:
            continue
        if name == "txbxContent":
            boxes.append(element)
        elif name == "r" and _vanishes(element):
            continue
        elif name == "t":
            parts.append(element.text or "")
        elif name in _NOTE_REFERENCES:
            parts.append((_NOTE_REFERENCES[name], value(element, "id")))
        elif sign := _SIGNS.get(name):
            parts.append(sign)
        elif name == "sym":
            parts.append(_symbol(value(element, "char")))
        elif name == "textpath":
            parts.append(value(element, "string"))
        elif name == "AlternateContent":
            chosen = child(element, "Choice")
            stack.extend(reversed(chosen if chosen is not None else [e for b in element for e in b]))
        else:
            stack.extend(reversed(element))
    return parts


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}


def _vanishes(run: Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and value(vanish, "val") not in _OFF


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


def drawn_text(root: Element) -> Iterator[str]:
    """Yield the paragraphs of a diagram or a chart (DrawingML)."""
    for paragraph in root.iter():
        if local(paragraph) == "p":
            words = "".join(t.text or "" for t in paragraph.iter() if local(t) == "t")
            if words.strip():
                yield words
