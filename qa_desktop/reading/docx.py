"""Read Word documents (DOCX): everything that can be read in them, in its order.

Body, tables, text boxes, content controls and insertions; foot- and endnotes and comments as notes, linked to
their markers; page heads and feet set aside.  A DOCX has no pages of its own, so places are paragraphs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, Marker, document
from qa_desktop.reading.docx_text import (
    Paragraph,
    Part,
    Styles,
    Table,
    drawn_text,
    paragraphs_of,
)
from qa_desktop.reading.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import local, value

if TYPE_CHECKING:
    Element = Any  # lxml publishes no types

_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|(?:un)?titled?|document ?\d*|dokument ?\d*|template)", re.IGNORECASE
)
_HTML_ENDINGS = (".htm", ".html", ".xhtml", ".mht")


def read_docx(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a DOCX file; raise `Unreadable` when it cannot be read."""
    return _Reader(Package(data)).read(name)


class _Reader:
    """Reads one file, part by part."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._builder = DocumentBuilder()
        self._problems: list[FileProblem] = []
        self._labels: dict[tuple[str, str], str] = {}
        self._main = package.main("word/document.xml")
        self._targets = {r.id: r.target for r in package.relations(self._main)}

    def read(self, name: str) -> Document:
        """Read the parts that Word would show."""
        root = self._package.xml(self._main)
        if root is None:
            broken = self._package.problems
            raise Unreadable("damaged", broken[-1].detail if broken else "the main part is missing")
        styles = Styles(self._package.xml(self._first("styles")))
        self._add_part(root, styles)
        for kind, what in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
            self._add_notes(self._first(kind), styles, what)
        for kind, what in (("diagramData", "diagram"), ("chart", "chart")):
            for part in self._related(kind):
                self._add_drawn(part, what)
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for part in self._related(kind):
                self._add_margin(part, styles, kind, seen)
        return document(
            "docx", name, self._builder, self._about(), engine=f"docx 2, lxml {version('lxml')}",
            problems=(*self._package.problems, *self._problems),
        )  # fmt: skip

    def _related(self, kind: str) -> list[str]:
        return list(self._package.related(self._main, kind))

    def _first(self, kind: str) -> str:
        return next(iter(self._related(kind)), "")

    def _add_part(self, root: Element, styles: Styles) -> None:
        for item in paragraphs_of(root, styles):
            if isinstance(item, Table):
                self._add_table(item)
            elif isinstance(item, Paragraph):
                self._add_paragraph(item)
            else:
                self._add_chunk(item)

    def _add_table(self, table: Table) -> None:
        if table.is_data:
            self._builder.add_table([[self._with_markers(cell) for cell in row] for row in table.cells])
            return
        for paragraph in table.paragraphs:
            self._add_paragraph(paragraph)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        parts = self._with_markers(paragraph.parts)
        self._builder.add(paragraph.kind, parts, level=paragraph.level, label=paragraph.label)

    def _with_markers(self, parts: Sequence[Part]) -> list[str | Marker]:
        marked: list[str | Marker] = []
        for part in parts:
            if isinstance(part, str):
                marked.append(part)
            else:
                label = self._label(*part)
                marked.append(Marker(label, "" if part[0] == "comment" else f"[{label}]"))
        return marked

    def _label(self, what: str, number: str) -> str:
        """Return the label of a note, counted as Word counts: 1, 2, 3 at the foot, i, ii, iii at the end."""
        if (what, number) not in self._labels:
            count = 1 + sum(1 for kind, _ in self._labels if kind == what)
            label = {"footnote": str(count), "endnote": roman(count)}.get(what, f"comment {count}")
            self._labels[(what, number)] = label
        return self._labels[(what, number)]

    def _add_notes(self, part: str, styles: Styles, what: str) -> None:
        root = self._package.xml(part)
        for note in root if root is not None else ():
            if local(note) != what or (value(note, "type") or "normal") != "normal":
                continue
            label = self._label(what, value(note, "id") or "")
            author = value(note, "author") if what == "comment" else ""
            place = label if what == "comment" else f"{'note' if what == 'footnote' else 'endnote'} {label}"
            pieces: list[str] = []
            for item in paragraphs_of(note, styles):
                if isinstance(item, Table):
                    pieces.extend("\t".join(row) for row in item.rows)
                elif isinstance(item, Paragraph):
                    pieces.append(item.text)
            words = "\n".join(piece.strip() for piece in pieces if piece.strip())
            where = f"{place} by {author}" if author else place
            self._builder.add(BlockKind.NOTE, [words], label=label, locator=where)

    def _add_drawn(self, part: str, what: str) -> None:
        root = self._package.xml(part)
        for words in drawn_text(root) if root is not None else ():
            self._builder.add(BlockKind.PARAGRAPH, [words], locator=what)

    def _add_margin(self, part: str, styles: Styles, what: str, seen: set[str]) -> None:
        root = self._package.xml(part)
        for item in paragraphs_of(root, styles) if root is not None else ():
            words = "\n".join("\t".join(r) for r in item.rows) if isinstance(item, Table) else ""
            words = item.text if isinstance(item, Paragraph) else words
            if words.strip() and collapse(words) not in seen:
                seen.add(collapse(words))
                self._builder.add(BlockKind.ASIDE, [words], label=f"page {what}")

    def _add_chunk(self, relation: str) -> None:
        """Add a document of another kind that stands inside this one, if it is HTML or text."""
        from qa_desktop.reading.html import add_html, decode_html  # noqa: PLC0415 - rarely needed

        target = self._targets.get(relation, "")
        if not self._package.has(target):
            return
        data = self._package.bytes_of(target)
        if target.lower().endswith(_HTML_ENDINGS):
            add_html(self._builder, decode_html(data), all_main=True)
        elif target.lower().endswith(".txt"):
            self._builder.add(BlockKind.PARAGRAPH, [decode_html(data)])
        else:
            self._problems.append(
                FileProblem("unsupported", "", f"inserted file {posixpath.basename(target)}")
            )

    def _about(self) -> About:
        about = self._package.about()
        title = "" if _NO_TITLE.fullmatch(about.title) else about.title
        return replace(about, title=title, origin="document properties")


def roman(number: int) -> str:
    """Return a number in small Roman numerals, as Word counts endnotes."""
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for worth, sign in signs:
        count, number = divmod(number, worth)
        written += sign * count
    return written
