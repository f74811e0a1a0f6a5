"""What is written in drawings of office files (DrawingML): shapes, tables, diagrams, charts, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_desktop.domain import collapse
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.safe_xml import Element, below, child, local, value
from qa_desktop.reading.sheets.numbers import show_number

_MOST_POINTS = 2_000  # of one series of a chart
# What programs write themselves where a person has not described a picture.
_UNTOLD = re.compile(
    r"(?:picture|image|grafik|bild|photo|logo|icon|graphic|chart|diagram|shape|img|dsc|screenshot)?"
    r"[\s_.:-]*\d*|\S+\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)|.*description automatically generated.*",
    re.IGNORECASE | re.DOTALL,
)
_DIVERTED = ("Fallback", "del", "moveFrom", "rt")


@dataclass(frozen=True, slots=True)
class DrawnParagraph:
    """One paragraph of a shape; `level` is how far it is indented as a list item."""

    text: str
    level: int = 0


def paragraphs_in(body: Element) -> list[DrawnParagraph]:
    """Return the paragraphs of a text body that hold words."""
    found: list[DrawnParagraph] = []
    for paragraph in below(body, "p"):
        words = text_in(paragraph)
        if words.strip():
            level = value(child(paragraph, "pPr"), "lvl")
            found.append(DrawnParagraph(words, int(level) if level.isdigit() else 0))
    return found


def text_in(element: Element) -> str:
    """Return the words below an element, line breaks and tabs as such."""
    pieces: list[str] = []
    stack = [element]
    while stack:
        part = stack.pop()
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name in ("br", "tab") and len(part) < 2:
            pieces.append("\n" if name == "br" else "\t")
        elif name not in _DIVERTED:
            stack.extend(reversed(part))
    return "".join(pieces)


def table_in(frame: Element) -> list[list[str]]:
    """Return the rows of the table in a frame; a merged cell is written once."""
    rows: list[list[str]] = []
    for row in below(frame, "tr"):
        cells = (c for c in row if local(c) == "tc")
        rows.append(
            ["" if value(c, "hMerge") == "1" or value(c, "vMerge") == "1" else _cell_text(c) for c in cells]
        )
    return rows


def _cell_text(cell: Element) -> str:
    return " ".join(p.text for p in paragraphs_in(cell))


def description(properties: Element) -> str:
    """Return what a person wrote to describe a picture, "" for what programs write there."""
    words = collapse(value(properties, "descr"))
    return "" if _UNTOLD.fullmatch(words) else words


def diagram_lines(package: Package, part: str) -> Iterator[str]:
    """Yield the texts of a diagram's data (SmartArt), in its order."""
    root = package.xml(part)
    points = child(root, "ptLst")
    for point in points if points is not None else ():
        if value(point, "type") not in ("pres", "parTrans", "sibTrans"):
            words = " ".join(p.text for p in paragraphs_in(point))
            if words.strip():
                yield words


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says: titles (its own, then those of its axes), and its numbers with their names."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chart_in(package: Package, part: str) -> Chart:
    """Return the words and the kept numbers of a chart; empty ones where the part is no chart."""
    root = package.xml(part)
    titles = [collapse(" ".join(p.text for p in paragraphs_in(t))) for t in below(root, "title")]
    extended = [collapse(text_in(t)) for t in below(root, "txData") for t in below(t, "v")]
    series = [_series(s) for s in below(root, "ser")]
    names = [name for name, _, _ in series]
    categories: dict[int, str] = {}
    for _, own, _ in series:
        categories = categories or own
    rows: list[tuple[str, ...]] = []
    for index in sorted({i for _, _, points in series for i in points})[:_MOST_POINTS]:
        numbers = [points.get(index, "") for _, _, points in series]
        rows.append((categories.get(index, str(index + 1)), *numbers))
    if rows:
        rows.insert(0, ("", *names))
    unique = tuple(dict.fromkeys(t for t in (*titles, *extended) if t and t not in names))
    return Chart(unique, tuple(rows))


def _series(element: Element) -> tuple[str, dict[int, str], dict[int, str]]:
    """Return a series' name, its categories and its numbers, both by index."""
    name = " ".join(v.text or "" for v in below(child(element, "tx"), "v"))
    categories = child(element, "cat") if child(element, "cat") is not None else child(element, "xVal")
    numbers = child(element, "val") if child(element, "val") is not None else child(element, "yVal")
    return collapse(name), _points(categories), _points(numbers)


def _points(element: Element) -> dict[int, str]:
    found: dict[int, str] = {}
    for cache in below(element, "numCache", "strCache", "numLit", "strLit", "lvl"):
        form = child(cache, "formatCode")
        code = (form.text or "") if form is not None else ""
        for point in cache:
            index = value(point, "idx")
            written = child(point, "v")
            if local(point) == "pt" and index.isdigit() and written is not None:
                shown = _number(written.text or "", code) if local(cache).startswith("num") else written.text
                known = found.get(int(index))
                found[int(index)] = f"{collapse(shown or '')} {known}" if known else collapse(shown or "")
    return found


def _number(text: str, code: str) -> str:
    try:
        return show_number(float(text), code)
    except ValueError:
        return text
