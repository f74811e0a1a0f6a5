"""Put lines that were read on a page into reading order: columns, then rows.

A page is cut into columns only where the text on both sides fills its column: more than half of the signs
on either side must stand in lines that are longer than 0.7 of it.  So the columns of a table, whose cells
are short, stay together row by row.  (Recursive X-Y cut, Nagy and Seth 1984, with that rule.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_desktop.reading.scans.letters import Spelled
from qa_desktop.reading.scans.strips import Strip

_FULL, _ENOUGH = 0.7, 0.5
_LEAST_LINES = 3  # in a column
_MOST_CROSSING = 0.4  # of the signs may stand in lines over both columns: headings, figures' captions
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read: its place on the upright picture, and its words along it."""

    strip: Strip
    words: tuple[Spelled, ...]

    @property
    def signs(self) -> int:
        """The number of signs in its words."""
        return sum(len(word.text) for word in self.words)


Row = tuple[ReadLine, ...]


def in_rows(lines: Sequence[ReadLine]) -> list[Row]:
    """Return all lines in reading order, those that stand in one row of one column together."""
    level = [line for line in lines if not line.strip.stands]
    askew = sorted((line for line in lines if line.strip.stands), key=lambda line: line.strip.x)
    return [*_order(level, 0), *((line,) for line in askew)]


def _order(lines: Sequence[ReadLine], depth: int) -> list[Row]:
    gutter = _gutter(lines) if depth < _DEEPEST and len(lines) > 2 * _LEAST_LINES else None
    if gutter is None:
        return _rows(lines)
    crossing = sorted((x for x in lines if _crosses(x, gutter)), key=lambda x: x.strip.y)
    result: list[Row] = []
    rest = [x for x in lines if not _crosses(x, gutter)]
    for row in [*_rows(crossing), None]:
        edge = row[0].strip.y if row else float("inf")
        band = [x for x in rest if x.strip.y < edge]
        rest = [x for x in rest if x.strip.y >= edge]
        for side in (True, False):
            column = [x for x in band if (x.strip.x < gutter) == side]
            if column:
                result.extend(_order(column, depth + 1))
        if row:
            result.append(row)
    return result


def _gutter(lines: Sequence[ReadLine]) -> float | None:
    """Return the x at which the page is cut into columns, or None."""
    left, right = min(x.strip.left for x in lines), max(x.strip.right for x in lines)
    best: tuple[float, float] | None = None
    ends = sorted({round(x.strip.right) for x in lines})
    starts = sorted(x.strip.left for x in lines)
    for end in ends:
        if not left + 0.15 * (right - left) < end < right - 0.15 * (right - left):
            continue
        start = next((s for s in starts if s > end - 2), right)
        middle = (end + min(start, end + 200)) / 2
        crossing = sum(x.signs for x in lines if _crosses(x, middle))
        if best is None or crossing < best[0]:
            best = (crossing, middle)
    if best is None or best[0] > _MOST_CROSSING * sum(x.signs for x in lines):
        return None
    sides = [
        [x for x in lines if not _crosses(x, best[1]) and (x.strip.x < best[1]) == side]
        for side in (True, False)
    ]
    if not all(_is_column(side) for side in sides):
        return None
    tops = [min(x.strip.y for x in side) for side in sides]
    ends_at = [max(x.strip.y for x in side) for side in sides]
    return best[1] if min(ends_at) > max(tops) else None  # side by side, not one above the other


def _crosses(line: ReadLine, x: float) -> bool:
    reach = 0.5 * line.strip.height
    return line.strip.left + reach < x < line.strip.right - reach


def _is_column(lines: Sequence[ReadLine]) -> bool:
    if len(lines) < _LEAST_LINES:
        return False
    width = max(x.strip.right for x in lines) - min(x.strip.left for x in lines)
    full = sum(x.signs for x in lines if x.strip.length > _FULL * width)
    return full > _ENOUGH * sum(x.signs for x in lines)


def _rows(lines: Sequence[ReadLine]) -> list[Row]:
    """Return the lines from top to bottom, those at one height together from left to right."""
    rows: list[list[ReadLine]] = []
    for line in sorted(lines, key=lambda x: x.strip.y):
        for row in rows[-3:]:
            same = abs(line.strip.y - row[0].strip.y) < 0.35 * min(line.strip.height, row[0].strip.height)
            if same and not any(_overlap(line, other) for other in row):
                row.append(line)
                break
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda x: x.strip.x)) for row in rows]


def _overlap(a: ReadLine, b: ReadLine) -> bool:
    shared = min(a.strip.right, b.strip.right) - max(a.strip.left, b.strip.left)
    return shared > 0.5 * min(a.strip.length, b.strip.length)
