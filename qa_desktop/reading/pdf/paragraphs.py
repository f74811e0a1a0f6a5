"""Lines into paragraphs: where print begins a new one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa_desktop.reading.pdf.lines import Line

BULLET = re.compile(r"[•▪●◦‣∙·■□➢►✓\uf0b7\uf0a7\uf076\uf0d8–—*o-]\s+(?=\S)")
_LONE_BULLET = re.compile(r"[•▪●◦‣∙·■□➢►✓\uf0b7\uf0a7\uf076\uf0d8–—-]\Z")
ENUMERATOR = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?|§\s?\d+)\s+(?=\S)"
)
STOP = re.compile(r"[.!?:;…。！？][\s\"”’»)\]]*\Z")
FINAL = re.compile(r"[.!?…。！？][\s\"”’»)\]]*\Z")
_WIDE_STEP = 1.3  # a step this many times the usual one stands between paragraphs


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in a document: `step` from base line to base line by size of type, in points."""

    body: float
    weight: int
    steps: dict[float, float]

    def step(self, size: float) -> float:
        """Return the usual step between lines of `size` points."""
        return self.steps.get(_half(size), 1.22 * size)


def measure(pages: Sequence[Sequence[Line]]) -> Measure:
    """Find the size of the text (that of most characters) and the usual steps between its lines."""
    sizes = Counter[float]()
    weights = Counter[int]()
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    for lines in pages:
        for line in lines:
            sizes[_half(line.size)] += len(line.text)
            weights[line.weight] += len(line.text)
        for a, b in pairwise(lines):
            if _half(a.size) == _half(b.size) and _beneath(a, b) and a.base - b.base < 2.5 * a.size:
                steps[_half(a.size)][round((a.base - b.base) * 2) / 2] += 1
    return Measure(
        body=max(1.0, sizes.most_common(1)[0][0]) if sizes else 10.0,
        weight=weights.most_common(1)[0][0] if weights else 0,
        steps={size: _usual(found) for size, found in steps.items() if found.total() >= 3},
    )


def _half(value: float) -> float:
    return round(value * 2) / 2


def _usual(found: Counter[float]) -> float:
    """Return the smallest step that at least a quarter as many lines take as the commonest one."""
    most = found.most_common(1)[0][1]
    return min(step for step, count in found.items() if count >= most / 4)


class Columns:
    """The right edges to which the lines of one page run, by where they begin."""

    def __init__(self, lines: Sequence[Line], body: float) -> None:
        self._edges: list[tuple[float, float]] = []
        group: list[Line] = []
        for line in sorted(lines, key=lambda item: item.left):
            if group and line.left - group[-1].left > 3 * body:
                self._edges.append((group[0].left, _edge(group, body)))
                group = []
            group.append(line)
        if group:
            self._edges.append((group[0].left, _edge(group, body)))

    def right(self, line: Line) -> float:
        """Return where the column ends in which `line` begins."""
        edges = [edge for left, edge in self._edges if left <= line.left + 0.1]
        return max(edges[-1], line.right) if edges else line.right


def _edge(lines: Sequence[Line], body: float) -> float:
    """Return the rightmost place at which a fair share of the lines end."""
    ends = Counter(round(line.right / body) for line in lines)
    enough = max(2, 0.15 * len(lines))
    fair = [end for end, count in ends.items() if count + ends[end - 1] >= enough]
    return (max(fair) if fair else max(ends)) * body


def split_paragraphs(lines: Sequence[Line], usual: Measure, columns: Columns) -> list[list[Line]]:
    """Group the lines of one page, in reading order, into paragraphs."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and not _begins(paragraphs[-1], line, usual, columns):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def same_style(a: Line, b: Line) -> bool:
    """Tell whether two lines are set in the same size and the same boldness."""
    return abs(a.size - b.size) <= 0.08 * max(a.size, b.size) + 0.2 and a.bold == b.bold


def _beneath(a: Line, b: Line) -> bool:
    """Tell whether `b` stands below `a` in the same column."""
    return b.base < a.base - 0.3 * a.size and min(a.right, b.right) - max(a.left, b.left) > 0


def is_item(line: Line) -> bool:
    """Tell whether a line begins with the sign or number of a list."""
    return bool(BULLET.match(line.text) or ENUMERATOR.match(line.text) or _LONE_BULLET.match(line.text))


def _begins(paragraph: Sequence[Line], line: Line, usual: Measure, columns: Columns) -> bool:  # noqa: PLR0911 - one sign each
    """Tell whether `line` begins a paragraph instead of going on with `paragraph`."""
    last = paragraph[-1]
    if abs(last.base - line.base) <= 0.5 * max(last.size, line.size) and line.left >= last.right - 1:
        # The same row: a sign or number set apart from its item, or one line in two styles.
        return line.left - last.right > 3 * line.size and not _LONE_BULLET.match(last.text)
    if not _beneath(last, line):
        return True
    if last.hyphen:
        return False
    if not same_style(last, line) and not _only_slightly(last, line):
        return True
    step = last.base - line.base
    goes_on = not STOP.search(last.ending) and line.text[:1].islower()
    if step > (2.2 if goes_on else _WIDE_STEP) * usual.step(line.size) + 0.5:
        return True
    if is_item(line) and (
        is_item(paragraph[0]) or STOP.search(last.ending) or last.right < columns.right(last) - 3 * last.size
    ):
        return True
    stopped = bool(STOP.search(last.ending))
    body_left = min((other.left for other in paragraph[1:]), default=None)
    indent = line.left - (body_left if body_left is not None else last.left)
    if body_left is not None and indent > 0.8 * line.size and stopped:
        return True
    if body_left is None and indent > 0.8 * line.size and stopped and not is_item(last):
        return True
    if _centred(last, line) and not stopped:
        return False
    first = line.words[0]
    room = columns.right(last) - last.right - (first[3] - first[2]) - 0.4 * line.size
    if room <= 0 or goes_on:
        return False
    return stopped or (line.text[:1].isupper() and room > 2 * line.size) or room > 12 * line.size


def _only_slightly(a: Line, b: Line) -> bool:
    """Tell whether only boldness differs and a sentence visibly goes on from `a` to `b`."""
    return abs(a.size - b.size) <= 0.08 * max(a.size, b.size) + 0.2 and (
        b.text[:1].islower() and not STOP.search(a.ending)
    )


def _centred(a: Line, b: Line) -> bool:
    return (
        abs((a.left + a.right) - (b.left + b.right)) <= 0.8 * a.size and abs(a.left - b.left) > 1.5 * a.size
    )
