"""The pages of OpenDocument presentations and drawings (ODP, ODG), shape by shape in reading order."""

from __future__ import annotations

import re

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.odf.text import TextFlow
from qa_desktop.reading.safe_xml import Element, below, child, local, value

_MOST_PAGES = 5_000
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)?")
_MILLIMETRES = {
    "cm": 10.0,
    "mm": 1.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "pc": 25.4 / 6,
    "px": 25.4 / 96,
    None: 1.0,
}
_SAME_LINE = 7.0  # millimetres; shapes whose tops differ by less stand side by side
_MARGINS = {
    "header": "page header",
    "footer": "page footer",
    "date-time": "date",
    "page-number": "page number",
}


def add_slides(body: Element, flow: TextFlow, what: str) -> None:
    """Add the pages of office:presentation or office:drawing; `what` is "slide" or "page"."""
    titled = False
    for number, page in enumerate(list(below(body, "page"))[:_MOST_PAGES], 1):
        style = value(page, "style-name")
        hidden = flow.styles.property_of("drawing-page", style, "visibility") == "hidden"
        flow.place = f"{what} {number}{' (hidden)' if hidden else ''}"
        for shape in _in_order(page):
            role = value(shape, "class")
            if role in _MARGINS:
                flow.add(shape, aside=_MARGINS[role])
            elif role == "title":
                words = collapse(" ".join(p.text for p in flow.paragraphs(shape)))
                flow.builder.add(BlockKind.HEADING, [words], level=2 if titled else 1, locator=flow.place)
                titled = titled or bool(words)
            elif local(shape) == "annotation":
                author = next((collapse(e.text or "") for e in shape if local(e) == "creator"), "")
                words = "\n".join(p.text for p in flow.paragraphs(shape))
                by = f" by {author}" if author else ""
                place = f"{flow.place}, comment{by}"
                flow.builder.add(BlockKind.NOTE, [words], label="comment", locator=place)
            elif local(shape) != "notes":
                flow.add_box(shape)
        flow.add_notes()
        _add_speaker_notes(child(page, "notes"), flow)
    flow.place = ""


def _add_speaker_notes(notes: Element, flow: TextFlow) -> None:
    for frame in notes if notes is not None else ():
        if value(frame, "class") == "notes":
            for paragraph in flow.paragraphs(frame):
                place = f"{flow.place}, speaker notes"
                flow.builder.add(BlockKind.NOTE, [paragraph.text], label="speaker notes", locator=place)


def _in_order(page: Element) -> list[Element]:
    """Return a page's shapes, the title first, then line by line from left to right."""
    lines: list[list[tuple[float, float, Element]]] = []
    shapes = [(*_place(shape), shape) for shape in page if local(shape)]
    for top, left, shape in sorted(shapes, key=lambda s: (value(s[2], "class") != "title", s[0])):
        titled = bool(lines) and value(lines[-1][0][2], "class") == "title"
        if lines and not titled and top - lines[-1][0][0] < _SAME_LINE:
            lines[-1].append((top, left, shape))
        else:
            lines.append([(top, left, shape)])
    return [shape for line in lines for _, _, shape in sorted(line, key=lambda s: s[1])]


def _place(shape: Element) -> tuple[float, float]:
    """Return top and left of a shape in millimetres; those of a group are its first member's."""
    found = next((e for e in shape.iter() if value(e, "y") or value(e, "y1")), None)
    return (
        _millimetres(value(found, "y") or value(found, "y1")),
        _millimetres(value(found, "x") or value(found, "x1")),
    )


def _millimetres(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _MILLIMETRES[found[2]] if found else 0.0
