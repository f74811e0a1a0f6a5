"""Lines of print on a page of a PDF: what the layout is found from.

Coordinates of lines are in points, turned so that the page's main text runs from left to right: x grows to
the right, y upwards.  `base` is the height of the base line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

Box = tuple[float, float, float, float]

CELL_GAP = 1.4  # times the size of type: wider than justified print spaces its words

# What stands behind the text of a page with tables: white space to part cells and rows where it has none.
PAGE_END = " \t\n"

# Characters `start` to `end` of a page, from x = `left` to `right`.
Word = tuple[int, int, float, float]


@dataclass(frozen=True, slots=True)
class Raised:
    """A small raised number or sign, at characters `start` to `end`: perhaps a note's marker."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print: characters `start` to `end` of page `page`; up to `stop` with its line break.

    `size` is the size of its type in points, `hyphen` tells that it ends in a hyphen that pdfium saw as
    one that divides a word (its index is `end` - 1); `sideways` that it does not run as the page does.
    """

    page: int
    start: int
    end: int
    stop: int
    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int
    bold: bool
    hyphen: bool
    sideways: bool
    words: tuple[Word, ...]
    raised: tuple[Raised, ...]

    @property
    def ending(self) -> str:
        """The text up to the markers of notes with which it may end: what tells whether a sentence ends."""
        end = self.end
        for sign in reversed(self.raised):
            if self.text[sign.end - self.start : end - self.start].strip(" ,\t\r\n"):
                break
            end = sign.start
        return self.text[: end - self.start].rstrip()


@dataclass(frozen=True, slots=True)
class PageText:
    """The canonical text of page `number` and its lines that lie inside the crop box.

    `left`, `right`, `bottom`, `top` bound the page in the coordinates of the lines.  `hidden` holds
    stretches of characters that nobody sees on the page.
    """

    number: int
    text: str
    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float
    top: float
    hidden: tuple[tuple[int, int], ...] = ()

    @property
    def height(self) -> float:
        """The height of the page in points."""
        return max(1.0, self.top - self.bottom)

    @property
    def width(self) -> float:
        """The width of the page in points."""
        return max(1.0, self.right - self.left)


def turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Return the point in coordinates in which text that runs in direction `quarter` runs to the right."""
    if quarter == 1:
        return y, -x
    if quarter == 2:
        return -x, -y
    if quarter == 3:
        return -y, x
    return x, y


def turned_box(box: Box, quarter: int) -> Box:
    """Return left, right, bottom, top of (left, bottom, right, top) in turned coordinates."""
    x0, y0 = turned(box[0], box[1], quarter)
    x1, y1 = turned(box[2], box[3], quarter)
    return min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)


def same_row(a: Line, b: Line) -> bool:
    """Tell whether two lines stand at the same height."""
    return abs(a.base - b.base) <= 0.35 * max(a.size, b.size)


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines in rows from top to bottom, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: -item.base):
        if rows and same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda item: item.left)
    return rows


def join_rows(lines: Iterable[Line], text: str) -> list[Line]:
    """Join what stands in one row although pdfium parts it: a raised marker, and what follows it.

    `text` is the canonical text of the lines' page.
    """
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last
            and not last.hyphen
            and _is_marker_of(line, last)
            and 0.5 > _gap(last, line) / last.size > -0.2
        ):
            joined[-1] = _merged(last, line, last, (*last.raised, _as_raised(line)), text)
        elif last and _is_marker_of(last, line) and 1.5 > _gap(last, line) / line.size > -0.2:
            joined[-1] = _merged(last, line, line, (_as_raised(last), *line.raised), text)
        elif last and _goes_on(last, line):
            joined[-1] = _merged(last, line, last, (*last.raised, *line.raised), text)
        else:
            joined.append(line)
    return joined


def _is_marker_of(marker: Line, line: Line) -> bool:
    """Tell whether the whole of `marker` is a small number or sign raised above `line`."""
    return (
        len(marker.text) <= 3
        and (marker.text.isdigit() or not marker.text.strip("*†‡§¶"))
        and marker.size <= 0.8 * line.size
        and 0.12 * line.size <= marker.base - line.base <= 0.8 * line.size
    )


def _goes_on(last: Line, line: Line) -> bool:
    """Tell whether `line` stands directly behind `last`, as a word does behind a word."""
    return (
        not last.hyphen
        and abs(last.base - line.base) <= 0.1 * last.size
        and abs(last.size - line.size) <= 0.1 * last.size
        and last.sideways == line.sideways
        and -0.1 * last.size <= _gap(last, line) <= 0.6 * last.size
    )


def _gap(left: Line, right: Line) -> float:
    return right.left - left.right


def _as_raised(marker: Line) -> Raised:
    return Raised(marker.text, marker.start, marker.end)


def _merged(left: Line, right: Line, main: Line, raised: tuple[Raised, ...], text: str) -> Line:
    """Return two lines of one row as one, set as `main` is."""
    return replace(
        main,
        start=left.start,
        end=right.end,
        stop=right.stop,
        text=text[left.start : right.end],
        left=left.left,
        right=right.right,
        hyphen=right.hyphen,
        words=left.words + right.words,
        raised=raised,
    )


def in_reading_order(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a page from top to bottom where the engine gave them from bottom to top.

    It does so on pages that are shown turned by 90 degrees; otherwise its order is kept.
    """
    steps = [b.base - a.base for a, b in pairwise(lines) if not a.sideways and not b.sideways]
    upwards = sum(step > 0 for step in steps)
    return lines[::-1] if upwards and upwards >= 0.8 * len(steps) else lines


def part_line(line: Line, text: str, at: int) -> tuple[Line, Line]:
    """Return the line's words before number `at`, and those from there on, as two lines."""
    first, second = line.words[:at], line.words[at:]
    start, middle, behind = line.start, first[-1][1], second[0][0]
    return (
        replace(
            line,
            end=middle,
            stop=behind,
            text=text[start:middle],
            right=max(w[3] for w in first),
            hyphen=False,
            words=first,
            raised=tuple(r for r in line.raised if r.end <= middle),
        ),
        replace(
            line,
            start=behind,
            text=text[behind : line.end],
            left=min(w[2] for w in second),
            words=second,
            raised=tuple(r for r in line.raised if r.start >= behind),
        ),
    )
