"""Read Word documents (DOCX): everything that can be read in them, in its order.

Body, tables, text boxes, content controls and insertions; foot- and endnotes and comments as notes, linked to
their markers; page heads and feet set aside.  A DOCX has no pages of its own, so places are paragraphs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, Marker, document
from qa_desktop.reading.office.drawings import chart_in, diagram_lines
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import local, value
from qa_desktop.reading.word.numbers import Numbers, roman
from qa_desktop.reading.word.styles import Styles
from qa_desktop.reading.word.text import Body, Paragraph, Part, Table

_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|(?:un)?titled?|document ?\d*|dokument ?\d*|template)", re.IGNORECASE
)
_DEEPEST = 3  # documents inserted into inserted documents


def read_docx(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a DOCX file; raise `Unreadable` when it cannot be read."""
    builder = DocumentBuilder()
    reader = _Reader(Package(data), builder)
    reader.read()
    engine = f"docx 2, lxml {version('lxml')}"
    return document("docx", name, builder, reader.about(), engine=engine, problems=tuple(reader.problems))


class _Reader:
    """Reads one file, part by part, into `builder`."""

    def __init__(self, package: Package, builder: DocumentBuilder, depth: int = 0) -> None:
        self._package = package
        self._builder = builder
        self._depth = depth
        self.problems: list[FileProblem] = []
        self._labels: dict[tuple[str, str], str] = {}
        self._main = package.main("word/document.xml")
        self._targets = {r.id: r.target for r in package.relations(self._main)}
        styles = Styles(package.xml(self._first("styles")))
        self._body = Body(styles, Numbers(package.xml(self._first("numbering"))))

    def read(self) -> None:
        """Read the parts that Word would show."""
        root = self._package.xml(self._main)
        if root is None:
            broken = self._package.problems
            raise Unreadable("damaged", broken[-1].detail if broken else "the main part is missing")
        self._add_items(self._body.items(root))
        for kind, what in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
            self._add_notes(self._first(kind), what)
        for part in self._related("diagramData"):
            for words in diagram_lines(self._package, part):
                self._builder.add(BlockKind.PARAGRAPH, [words], locator="diagram")
        for number, part in enumerate(self._related("chart"), 1):
            self._add_chart(part, f"chart {number}")
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for part in self._related(kind):
                self._add_margin(part, kind, seen)
        self.problems[:0] = self._package.problems

    def _related(self, kind: str) -> list[str]:
        return list(self._package.related(self._main, kind))

    def _first(self, kind: str) -> str:
        return next(iter(self._related(kind)), "")

    def _add_items(self, items: Iterable[Paragraph | Table | str]) -> None:
        for item in items:
            if isinstance(item, Paragraph):
                self._add_paragraph(item)
            elif isinstance(item, str):
                self._add_chunk(item)
            elif item.is_data:
                self._builder.add_table([[self._with_markers(cell) for cell in row] for row in item.cells])
                self._add_all_beside(item.content)
            else:
                self._add_items(item.content)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        look, parts = paragraph.look, self._with_markers(paragraph.parts)
        self._builder.add(look.kind, parts, level=look.level, label=look.label)
        self._add_beside(paragraph)

    def _add_all_beside(self, items: Iterable[Paragraph | Table | str]) -> None:
        for item in items:
            if isinstance(item, Paragraph):
                self._add_beside(item)
            elif isinstance(item, Table):
                self._add_all_beside(item.content)

    def _add_beside(self, paragraph: Paragraph) -> None:
        """Add what stands in a paragraph and is not its text: hidden words, and what its pictures show."""
        for words in paragraph.pictures:
            self._builder.add(BlockKind.CAPTION, [words])
        for reason in dict.fromkeys(reason for reason, _ in paragraph.unseen):
            words = "".join(words for why, words in paragraph.unseen if why == reason)
            self._builder.add(BlockKind.ASIDE, [words], label=reason)

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

    def _add_notes(self, part: str, what: str) -> None:
        root = self._package.xml(part)
        for note in root if root is not None else ():
            if local(note) != what or (value(note, "type") or "normal") != "normal":
                continue
            author = value(note, "author") if what == "comment" else ""
            pieces: list[str] = []
            items = list(self._body.items(note))
            for item in items:
                pieces.extend(_lines_of(item))
            words = "\n".join(piece.strip() for piece in pieces if piece.strip())
            if not words:
                continue
            label = self._label(what, value(note, "id") or "")
            place = label if what == "comment" else f"{'note' if what == 'footnote' else 'endnote'} {label}"
            where = f"{place} by {author}" if author else place
            self._builder.add(BlockKind.NOTE, [words], label=label, locator=where)
            self._add_all_beside(items)

    def _add_chart(self, part: str, place: str) -> None:
        chart = chart_in(self._package, part)
        for title in chart.titles:
            self._builder.add(BlockKind.CAPTION, [title], locator=place)
        if chart.rows:
            words = "\n".join("\t".join(row) for row in chart.rows)
            self._builder.add(BlockKind.TABLE, [words], locator=place)

    def _add_margin(self, part: str, what: str, seen: set[str]) -> None:
        root = self._package.xml(part)
        for item in self._body.items(root) if root is not None else ():
            words = "\n".join(_lines_of(item))
            if words.strip() and collapse(words) not in seen:
                seen.add(collapse(words))
                self._builder.add(BlockKind.ASIDE, [words], label=f"page {what}")

    def _add_chunk(self, relation: str) -> None:
        """Add a document that stands inside this one; one that cannot be read is named."""
        target = self._targets.get(relation, "")
        if not self._package.has(target):
            return
        part = f"inserted file {posixpath.basename(target)}"
        try:
            if not self._add_inserted(self._package.bytes_of(target), posixpath.splitext(target.lower())[1]):
                self.problems.append(FileProblem("unsupported", "", part))
        except Unreadable as error:
            self.problems.append(replace(error.problem, part=part))

    def _add_inserted(self, data: bytes, ending: str) -> bool:
        """Add an inserted page, text, or document of this kind; False for any other kind."""
        from qa_desktop.reading.rtf.read import read_rtf  # noqa: PLC0415 - rarely needed
        from qa_desktop.reading.web.html import add_html, decode_html  # noqa: PLC0415 - rarely needed
        from qa_desktop.reading.web.mhtml import saved_pages  # noqa: PLC0415 - rarely needed

        if ending in (".htm", ".html", ".xhtml"):
            add_html(self._builder, decode_html(data), all_main=True)
        elif ending in (".mht", ".mhtml"):
            for page in saved_pages(data):
                add_html(self._builder, page, all_main=True)
        elif ending == ".txt":
            self._builder.add(BlockKind.PARAGRAPH, [decode_html(data)])
        elif ending == ".rtf":
            inserted = read_rtf(data, "")
            for block in inserted.blocks:
                words = "".join(inserted.pages[0].text[r.start : r.end] for r in block.runs)
                self._builder.add(block.kind, [words], level=block.level, label=block.label)
        elif ending in (".docx", ".docm") and self._depth < _DEEPEST:
            inner = _Reader(Package(data), self._builder, self._depth + 1)
            inner.read()
            self.problems.extend(inner.problems)
        else:
            return False
        return True

    def about(self) -> About:
        """Return what the document's properties say."""
        about = self._package.about()
        title = "" if _NO_TITLE.fullmatch(about.title) else about.title
        return replace(about, title=title, origin="document properties")


def _lines_of(item: Paragraph | Table | str) -> list[str]:
    """Return the lines of text in a note or a page head."""
    if isinstance(item, Table) and item.nested:
        return [line for inner in item.content for line in _lines_of(inner)]
    if isinstance(item, Table):
        return ["\t".join(row) for row in item.rows]
    return [item.text] if isinstance(item, Paragraph) else []
