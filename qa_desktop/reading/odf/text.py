"""The text of OpenDocument files: paragraphs, lists, tables, notes, comments, text boxes, what is hidden.

What was deleted with changes recorded is left out (text:tracked-changes), what was inserted is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import DocumentBuilder, Marker
from qa_desktop.reading.office.drawings import DrawnParagraph
from qa_desktop.reading.safe_xml import Element, below, child, local, value

MOST_REPEATS = 100  # blanks in a row, columns and rows alike that hold something
_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout
_DEEPEST = 100
_HEADING = re.compile(r"(?:heading|überschrift|titre)(?:_20_| )?([1-9])", re.IGNORECASE)
_LEFT_OUT = frozenset(
    ["tracked-changes", "ruby-text", "note", "annotation", "sequence-decls", "variable-decls", "forms",
     "user-field-decls", "hidden-text", "hidden-paragraph", "script", "bookmark", "annotation-end", "title",
     "desc", "event-listeners", "glue-point", "object", "object-ole", "image", "plugin", "shapes"]
)  # fmt: skip
_BOXES = frozenset(
    ["frame", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path",
     "regular-polygon", "caption", "connector", "measure", "g", "a"]
)  # fmt: skip
_INDEXES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
            "alphabetical-index", "bibliography")  # fmt: skip

Parts = list[str | Marker]


class Styles:
    """What the styles say of paragraphs and characters: heading levels, captions, hidden."""

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        for root in roots:
            for style in below(root, "style"):
                self._styles.setdefault((value(style, "family"), value(style, "name")), style)

    def chain(self, family: str, name: str) -> list[Element]:
        """Return a style and those it is based on."""
        found: list[Element] = []
        while (style := self._styles.get((family, name))) is not None and style not in found:
            found.append(style)
            name = value(style, "parent-style-name")
        return found

    def names(self, name: str) -> list[str]:
        """Return the names of a paragraph's style and of those it is based on, in small letters."""
        chain = self.chain("paragraph", name)
        last = value(chain[-1], "parent-style-name") if chain else name
        return [value(s, "name").lower() for s in chain] + ([last.lower()] if last else [])

    def level(self, name: str) -> int:
        """Return the heading level of a paragraph's style, 0 for others."""
        for style in self.names(name):
            found = _HEADING.fullmatch(style)
            if style == "title" or found:
                return 1 if not found else min(int(found[1]), 6)
        return 0

    def property_of(self, family: str, name: str, attribute: str) -> str:
        """Return what a style or those it is based on say of a property, "" where nothing."""
        for style in self.chain(family, name):
            for properties in style:
                found = value(properties, attribute)
                if found:
                    return found
        return ""

    def hides(self, family: str, name: str) -> bool:
        """Tell whether text of that style is hidden."""
        return bool(name) and self.property_of(family, name, "display") == "none"


@dataclass(slots=True)
class _Found:
    """What came up inside a paragraph: boxes anchored in it, notes, comments, hidden words."""

    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


class TextFlow:
    """Adds text to a document; `place` stands for all blocks ("slide 3"), "" where they are counted."""

    def __init__(self, builder: DocumentBuilder, styles: Styles) -> None:
        self.builder = builder
        self.styles = styles
        self.place = ""
        self._comments = 0
        self._notes: list[tuple[str, Element, str]] = []

    def add(self, element: Element, *, aside: str = "", depth: int = 0) -> None:
        """Add what is below `element`; with `aside` all of it is set aside under that label."""
        if depth > _DEEPEST:
            return
        for part in element if element is not None else ():
            name = local(part)
            if name in ("p", "h"):
                self._add_paragraph(part, aside, depth)
            elif name in ("list", "list-item", "list-header", "numbered-paragraph"):
                self._add_list(part, aside, depth)
            elif name == "table":
                self._add_table(part, aside, depth)
            elif name == "section":
                off = value(part, "display") == "none" or value(part, "is-hidden") == "true"
                self.add(part, aside="hidden" if off else aside, depth=depth + 1)
            elif name in _INDEXES:
                self.add(child(part, "index-body"), aside=aside or "contents", depth=depth + 1)
            elif name in _BOXES:
                self.add_box(part, aside=aside, depth=depth)
            elif name not in _LEFT_OUT:
                self.add(part, aside=aside, depth=depth + 1)

    def add_notes(self) -> None:
        """Add the notes that were met in the text so far."""
        waiting, self._notes = self._notes, []
        for label, note, what in waiting:
            words = "\n".join(p.text for p in self.paragraphs(note))
            place = f"{self.place}, {what}" if self.place else what
            self.builder.add(BlockKind.NOTE, [words], label=label, locator=place)

    def paragraphs(self, element: Element) -> list[DrawnParagraph]:
        """Return the paragraphs below `element` that hold words, without notes and comments."""
        found: list[DrawnParagraph] = []
        for paragraph in _paragraphs_of(element):
            beside = _Found()
            words = "".join(p for p in self._parts(paragraph, beside) if isinstance(p, str))
            if words.strip():
                found.append(DrawnParagraph(words))
            for box in beside.boxes:
                found.extend(self.paragraphs(box))
        return found

    def _add_paragraph(
        self, part: Element, aside: str, depth: int, kind: BlockKind = BlockKind.PARAGRAPH
    ) -> None:
        found = _Found()
        parts = self._parts(part, found)
        style = value(part, "style-name")
        level = 0
        if local(part) == "h":
            outline = value(part, "outline-level")
            level = min(int(outline), 6) if outline.isdigit() and outline != "0" else 1
        elif kind is BlockKind.PARAGRAPH:
            level = self.styles.level(style)
        names = self.styles.names(style)
        if self.styles.hides("paragraph", style):
            aside = "hidden"
        label = ""
        if aside:
            kind, label, level = BlockKind.ASIDE, aside, 0
        elif level:
            kind = BlockKind.HEADING
        elif any(n in ("caption", "illustration", "table", "figure", "drawing") for n in names):
            kind = BlockKind.CAPTION
        self.builder.add(kind, parts, level=level, label=label, locator=self.place)
        self._add_found(found, aside, depth)

    def _add_found(self, found: _Found, aside: str, depth: int) -> None:
        for words in found.hidden:
            self.builder.add(BlockKind.ASIDE, [words], label="hidden", locator=self.place)
        if not aside:
            self._notes.extend(found.notes)
        for box in found.boxes:
            self.add_box(box, aside=aside, depth=depth)

    def add_box(self, box: Element, *, aside: str = "", depth: int = 0) -> None:
        """Add a shape: its text, and what a person wrote to describe it."""
        self.add(box, aside=aside, depth=depth + 1)
        told = collapse(
            " ".join(e.text or "" for name in ("title", "desc") if (e := child(box, name)) is not None)
        )
        if told:
            place = f"{self.place}, description of a picture" if self.place else ""
            kind = BlockKind.ASIDE if aside else BlockKind.CAPTION
            self.builder.add(kind, [told], label=aside, locator=place)

    def _add_list(self, element: Element, aside: str, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for part in element:
            if local(part) == "p":
                self._add_paragraph(part, aside, depth, BlockKind.LIST)
            elif local(part) in ("list", "list-item", "list-header"):
                self._add_list(part, aside, depth + 1)
            elif local(part) == "h":
                self._add_paragraph(part, aside, depth)
            elif local(part) == "table":
                self._add_table(part, aside, depth)

    def _add_table(self, table: Element, aside: str, depth: int) -> None:
        """Add a table of data row by row, one that only arranges text paragraph by paragraph."""
        rows = [list(_cells_of(row)) for row in _rows_of(table)]
        found = _Found()
        nested = any(local(e) == "table" for e in table.iter() if e is not table)
        parts = [] if nested else [[self._cell(cell, found) for cell in row] for row in rows]
        longest = max((_length(cell) for row in parts for cell in row), default=0)
        wide = max(map(len, rows), default=0) > 1
        if not aside and len(rows) > 1 and wide and not nested and longest <= _LONGEST_CELL:
            block = self.builder.add_table(parts) if not self.place else self._add_placed(parts)
            if block is not None or found.boxes:
                self._add_found(found, aside, depth)
            return
        for row in rows:
            for cell in row:
                self.add(cell, aside=aside, depth=depth + 1)

    def _add_placed(self, parts: Sequence[Sequence[Parts]]) -> object:
        """Add a table under a place that all blocks share."""
        lines = [
            "\t".join(collapse("".join(p for p in c if isinstance(p, str))) for c in row) for row in parts
        ]
        text = "\n".join(line for line in lines if line.strip())
        return self.builder.add(BlockKind.TABLE, [text], locator=f"{self.place}, table")

    def _cell(self, cell: Element, found: _Found) -> Parts:
        parts: Parts = []
        for paragraph in _paragraphs_of(cell):
            if parts:
                parts.append(" ")
            parts.extend(self._parts(paragraph, found))
        return parts

    def _parts(self, element: Element, found: _Found, depth: int = 0) -> Parts:
        """Return a paragraph's words and the markers of its notes; what else comes up goes to `found`."""
        parts: Parts = [element.text or ""]
        for part in element if depth < _DEEPEST else ():
            name = local(part)
            if name == "s":
                count = value(part, "c")
                parts.append(" " * (min(int(count), MOST_REPEATS) if count.isdigit() else 1))
            elif name in ("tab", "line-break"):
                parts.append("\t" if name == "tab" else "\n")
            elif name in ("note", "annotation"):
                parts.append(self._mark(part, found))
            elif name in _BOXES and name != "a":
                found.boxes.append(part)
            elif name == "span" and self.styles.hides("text", value(part, "style-name")):
                inner = self._parts(part, found, depth + 1)
                found.hidden.append("".join(p for p in inner if isinstance(p, str)))
            elif name and name not in _LEFT_OUT and name not in ("p", "h", "list", "table"):
                parts.extend(self._parts(part, found, depth + 1))
            parts.append(part.tail or "")
        return parts

    def _mark(self, note: Element, found: _Found) -> Marker:
        if local(note) == "annotation":
            self._comments += 1
            label = f"comment {self._comments}"
            author = next((collapse(e.text or "") for e in note if local(e) == "creator"), "")
            found.notes.append((label, note, f"{label} by {author}" if author else label))
            return Marker(label, "")
        citation = child(note, "note-citation")
        label = collapse("".join(citation.itertext())) if citation is not None else ""
        what = "endnote" if value(note, "note-class") == "endnote" else "note"
        body = child(note, "note-body")
        found.notes.append((label, body if body is not None else note, f"{what} {label}".strip()))
        return Marker(label, f"[{label}]")


def _paragraphs_of(element: Element) -> Iterator[Element]:
    """Yield the paragraphs below `element`, but none that stands in another one."""
    stack = [element]
    while stack:
        part = stack.pop()
        if local(part) in ("p", "h"):
            yield part
        elif part is element or local(part) not in ("note", "annotation"):
            stack.extend(reversed(part))


def _length(parts: Parts) -> int:
    return sum(len(p) for p in parts if isinstance(p, str))


def _rows_of(table: Element) -> Iterator[Element]:
    """Yield a table's rows, also those in groups; rows repeated are read once."""
    for part in table:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows_of(part)


def _cells_of(row: Element) -> Iterator[Element]:
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            count = value(cell, "number-columns-repeated")
            repeats = min(int(count), MOST_REPEATS) if count.isdigit() and len(cell) else 1
            for _ in range(repeats):
                yield cell
