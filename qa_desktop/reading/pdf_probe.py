"""Measure lines of print: where words begin and end, how large and how bold they are set, what is raised."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa_desktop.reading.pdf_calls import Boxes, Glyphs
from qa_desktop.reading.pdf_lines import Raised, turned

BREAK = "\x02"  # where pdfium divides a word at a line's end, and leaves out the break
_PRINT = re.compile(f"([^\\s{BREAK}]+{BREAK}?|{BREAK})|\r\n|\r|\n")
_MARKER = re.compile(r"\d+|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3}")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in columns: their characters, and the box around first and last of them."""

    starts: list[int]
    ends: list[int]
    boxes: Boxes
    objects: list[int | None]


@dataclass(frozen=True, slots=True)
class Rough:
    """A line as measured, in the file's own coordinates: words number `first` to `last` (exclusive).

    Its characters are `start` to `end`, with its break to `stop`.  `quarter` is its turn in 90 degrees, -1 if
    askew; (x, y) where its first character stands.
    """

    first: int
    last: int
    start: int
    end: int
    stop: int
    hyphen: bool
    quarter: int = 0
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    weight: int = 0
    bold: bool = False
    raised: tuple[Raised, ...] = field(default=())


def find_words(text: str, glyphs: Glyphs) -> tuple[Words, list[int], list[int]]:
    """Return the words of `text`, the number of each line's first word, and where each line's break ends.

    `text` is the canonical one with `BREAK` for each hyphen that divides a word.
    """
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    stops: list[int] = []
    fresh = True
    for match in _PRINT.finditer(text):
        start, end = match.span()
        if match.lastindex is None:
            if not fresh:
                stops.append(end)
            fresh = True
            continue
        if fresh:
            lines.append(len(starts))
        starts.append(start)
        ends.append(end)
        fresh = text[end - 1] == BREAK
        if fresh:
            stops.append(end)
    if not fresh:
        stops.append(len(text) + 1)  # the break with which the page ends
    left, bottom, right, top = glyphs.boxes(starts)
    left2, bottom2, right2, top2 = glyphs.boxes([end - 1 for end in ends])
    boxes = (
        list(map(min, left, left2)),
        list(map(min, bottom, bottom2)),
        list(map(max, right, right2)),
        list(map(max, top, top2)),
    )
    return Words(starts, ends, boxes, glyphs.objects(starts)), lines, stops


def cut_lines(
    text: str, words: Words, lines: Sequence[int], stops: Sequence[int], hidden: frozenset[int]
) -> Iterator[Rough]:
    """Yield the lines, cut where print jumps back to the left and where hidden words begin or end."""
    left, bottom, right, top = words.boxes
    for number, first in enumerate(lines):
        behind = lines[number + 1] if number + 1 < len(lines) else len(words.starts)
        hyphen = text[words.ends[behind - 1] - 1] == BREAK
        begin = first
        for i in range(first + 1, behind + 1):
            if i < behind:
                before = i - 1
                back = right[i] < left[before] and (
                    top[i] <= bottom[before] + 0.3 * (top[before] - bottom[before])
                )
                if not back and not (hidden and (before in hidden) != (i in hidden)):
                    continue
            yield Rough(
                begin,
                i,
                words.starts[begin],
                words.ends[i - 1],
                words.starts[i] if i < behind else stops[number],
                hyphen and i == behind,
            )
            begin = i


def measure(lines: Sequence[Rough], text: str, words: Words, glyphs: Glyphs) -> list[Rough]:
    """Return the lines with size, weight, direction, place, and what is raised in them."""
    samples: list[int] = []
    for line in lines:
        middle = (line.first + line.last) // 2
        samples += (
            line.start,
            (words.starts[middle] + words.ends[middle] - 1) // 2,
            max(line.start, line.end - 1 - line.hyphen),
        )
    sizes = glyphs.sizes(samples)
    types = glyphs.types(glyphs.objects(samples))
    origins = glyphs.origins([line.start for line in lines])
    measured = []
    for n, line in enumerate(lines):
        size, a, b = sorted(sizes[3 * n : 3 * n + 3])[1]
        kinds = types[3 * n : 3 * n + 3]
        measured.append(
            replace(
                line,
                quarter=_quarter(a, b),
                x=origins[n][0],
                y=origins[n][1],
                size=size,
                weight=min(weight for weight, _ in kinds),
                bold=all(bold for _, bold in kinds),
            )
        )
    return _with_raised(measured, text, words, glyphs)


def _with_raised(lines: list[Rough], text: str, words: Words, glyphs: Glyphs) -> list[Rough]:
    """Find the small raised numbers and signs in the lines."""
    candidates = [
        (n, match.start(), match.end())
        for n, line in enumerate(lines)
        for match in _MARKER.finditer(text, line.start, line.end)
        if match.end() - match.start() < line.end - line.start
    ]
    sizes = glyphs.sizes([end - 1 for _, _, end in candidates])
    found: dict[int, list[Raised]] = {}
    bases: dict[int, float] = {}
    for (n, start, end), (size, _, _) in zip(candidates, sizes, strict=True):
        line, sign = lines[n], text[start:end]
        label = sign.translate(_SUPERSCRIPTS)
        if label != sign:
            found.setdefault(n, []).append(Raised(label, start, end))
            continue
        if line.quarter < 0 or size > 0.8 * line.size:
            continue
        if n not in bases:
            bases[n] = _base(line, words, glyphs)
        [origin] = glyphs.origins([end - 1])
        if turned(*origin, line.quarter)[1] - bases[n] < 0.12 * line.size:
            continue
        if end - start > 1:  # "2008" and its marker "36" are one row of digits
            small = [points <= 0.8 * line.size for points, _, _ in glyphs.sizes(range(start, end))]
            large = next((i for i, is_small in enumerate(reversed(small)) if not is_small), len(small))
            sign = text[end - large : end]
        if 0 < len(sign) <= 3:
            found.setdefault(n, []).append(Raised(sign, end - len(sign), end))
    for n, raised in found.items():
        line = lines[n]
        if raised[0].start == line.start and line.last - line.first > 1 and line.quarter == 0:
            last = line.last - 1  # the line's first character stands above the base line
            [(_, y)] = glyphs.origins([words.starts[last]])
            line = replace(line, x=words.boxes[0][last], y=y)
        lines[n] = replace(line, raised=tuple(raised))
    return lines


def _base(line: Rough, words: Words, glyphs: Glyphs) -> float:
    """Return the height on which most of the line's words stand."""
    numbers = range(line.first, min(line.last, line.first + 9))
    places = glyphs.origins([(words.starts[i] + words.ends[i] - 1) // 2 for i in numbers])
    heights = sorted(turned(x, y, line.quarter)[1] for x, y in places)
    return heights[(len(heights) - 1) // 2]


def _quarter(a: float, b: float) -> int:
    """Return the direction of text in quarter turns counter-clockwise, or -1 if it runs askew."""
    if b == 0.0 and a > 0.0:
        return 0
    turns = math.atan2(b, a) / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < 0.06 else -1
