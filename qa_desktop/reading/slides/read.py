"""Read PowerPoint slides (PPTX): shapes in reading order, tables, charts, diagrams, notes, comments.

Every block's place is its slide.  A hidden slide is read like the others, because it is part of the
presentation to whoever edits it, and its place says that it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, clean, document
from qa_desktop.reading.office.drawings import chart_in, description, diagram_lines, paragraphs_in, table_in
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, below, child, local, value
from qa_desktop.reading.slides.order import Shape, shapes_of

_MOST_SLIDES = 5_000
_TITLES = ("title", "ctrTitle")
_MARGINS = {"ftr": "page footer", "hdr": "page header", "dt": "date", "sldNum": "page number"}
_NO_TITLE = re.compile(
    r"(?:power ?point.*|präsentation.*|présentation.*|presentation|slide|folie)\s*\d*", re.I
)


def read_slides(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a PPTX; raises `Unreadable`."""
    return _Reader(Package(data)).read(name)


class _Reader:
    """Reads one presentation, slide by slide."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._builder = DocumentBuilder()
        self._problems: list[FileProblem] = []
        self._authors: dict[str, str] = {}
        self._titled = False

    def read(self, name: str) -> Document:
        """Read the slides in the order in which they are shown."""
        main = self._package.main("ppt/presentation.xml")
        root = self._package.xml(main)
        if root is None:
            raise Unreadable("damaged", "the main part is missing")
        for part in self._package.related(main, "commentAuthors", "authors"):
            for author in below(self._package.xml(part), "cmAuthor", "author"):
                self._authors[value(author, "id")] = value(author, "name")
        targets = {r.id: r.target for r in self._package.relations(main)}
        slides = [targets.get(_relation(s), "") for s in below(child(root, "sldIdLst"), "sldId")]
        for number, part in enumerate(slides[:_MOST_SLIDES], 1):
            slide = self._package.xml(part)
            if slide is None:
                self._problems.append(
                    FileProblem("damaged", "its part is missing or broken", f"slide {number}")
                )
                continue
            hidden = value(slide, "show") in ("0", "false")
            self._add_slide(slide, part, f"slide {number}{' (hidden)' if hidden else ''}")
        about = self._package.about()
        title = "" if _NO_TITLE.fullmatch(about.title) else about.title
        about = About(title, about.author, about.date, about.language, about.origin, about.origins)
        problems = (*self._problems, *self._package.problems)
        if not self._builder.blocks and problems:
            raise Unreadable(problems[0].reason, problems[0].detail)
        engine = f"slides 1, lxml {version('lxml')}"
        return document("slides", name, self._builder, about, engine=engine, problems=problems)

    def _add_slide(self, slide: Element, part: str, place: str) -> None:
        layout = next(self._package.related(part, "slideLayout"), "")
        master = next(self._package.related(layout, "slideMaster"), "") if layout else ""
        inherited = [self._package.xml(layout), self._package.xml(master)]
        shapes = shapes_of(child(slide, "cSld", "spTree"), inherited)
        targets = {r.id: r.target for r in self._package.relations(part)}
        for shape in sorted(shapes, key=lambda s: s.placeholder not in _TITLES):
            self._add_shape(shape, targets, place)
        for notes in self._package.related(part, "notesSlide"):
            self._add_notes(self._package.xml(notes), place)
        for comments in self._package.related(part, "comments"):
            self._add_comments(self._package.xml(comments), place)

    def _add_shape(self, shape: Shape, targets: dict[str, str], place: str) -> None:
        add = self._builder.add
        told = description(shape.properties)
        if shape.kind == "text":
            self._add_text(shape, place)
            return
        if shape.kind == "table":
            rows = table_in(shape.element)
            if len(rows) > 1 and max(map(len, rows)) > 1:
                lines = ("\t".join(collapse(clean(cell)) for cell in row) for row in rows)
                add(
                    BlockKind.TABLE,
                    ["\n".join(line for line in lines if line.strip())],
                    locator=f"{place}, table",
                )
            else:
                for cell in (c for row in rows for c in row):
                    add(BlockKind.PARAGRAPH, [cell], locator=place)
        for element in below(shape.element, "chart", "relIds"):
            if local(element) == "chart":
                self._add_chart(targets.get(value(element, "id"), ""), place)
            else:
                for line in diagram_lines(self._package, targets.get(value(element, "dm"), "")):
                    add(BlockKind.LIST, [line], locator=f"{place}, diagram")
        if told:
            add(BlockKind.CAPTION, [told], locator=f"{place}, description of a picture")

    def _add_text(self, shape: Shape, place: str) -> None:
        body = child(shape.element, "txBody")
        paragraphs = paragraphs_in(body)
        if shape.placeholder in _MARGINS:
            words = "\n".join(p.text for p in paragraphs)
            self._builder.add(BlockKind.ASIDE, [words], label=_MARGINS[shape.placeholder], locator=place)
            return
        if shape.placeholder in _TITLES and paragraphs:
            level = 1 if shape.placeholder == "ctrTitle" or not self._titled else 2
            self._titled = True
            words = collapse(" ".join(p.text for p in paragraphs))
            self._builder.add(BlockKind.HEADING, [words], level=level, locator=place)
            return
        # A list is what says so by its levels, or a body with several paragraphs.
        listed = len(paragraphs) > 1 and (
            shape.placeholder in ("body", "obj") or any(p.level for p in paragraphs)
        )
        for paragraph in paragraphs:
            self._builder.add(
                BlockKind.LIST if listed else BlockKind.PARAGRAPH, [paragraph.text], locator=place
            )

    def _add_chart(self, part: str, place: str) -> None:
        if not part:
            return
        chart = chart_in(self._package, part)
        for title in chart.titles:
            self._builder.add(BlockKind.CAPTION, [title], locator=f"{place}, chart")
        lines = ("\t".join(collapse(clean(cell)) for cell in row) for row in chart.rows)
        self._builder.add(BlockKind.TABLE, ["\n".join(lines)], locator=f"{place}, numbers of a chart")

    def _add_notes(self, root: Element, place: str) -> None:
        for shape in shapes_of(child(root, "cSld", "spTree"), []):
            if shape.kind == "text" and shape.placeholder == "body":
                for paragraph in paragraphs_in(child(shape.element, "txBody")):
                    self._builder.add(
                        BlockKind.NOTE,
                        [paragraph.text],
                        label="speaker notes",
                        locator=f"{place}, speaker notes",
                    )

    def _add_comments(self, root: Element, place: str) -> None:
        for author, words in _comments(root, self._authors):
            by = f" by {collapse(clean(author))}" if author.strip() else ""
            self._builder.add(BlockKind.NOTE, [words], label="comment", locator=f"{place}, comment{by}")


def _relation(element: Element) -> str:
    """Return the relation's id of an entry, which has an id of its own too."""
    return next((str(found) for key, found in element.attrib.items() if key.endswith("}id")), "")


def _comments(root: Element, authors: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield author and text of comments and replies, old (p:text) and new (p188:txBody)."""
    for comment in below(root, "cm", "reply"):
        old, new = child(comment, "text"), child(comment, "txBody")
        words = (old.text or "") if old is not None else "\n".join(p.text for p in paragraphs_in(new))
        yield authors.get(value(comment, "authorId"), ""), words
