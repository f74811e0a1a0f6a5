"""Measure lines of print: where words begin and end, how large and how bold they are set, what is raised."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import sub

from qa_desktop.reading.pdf.calls import Boxes, Glyphs
from qa_desktop.reading.pdf.lines import Raised, turned

BREAK = "\x02"  # where pdfium divides a word at a line's end, and leaves out the break
_WORD = re.compile(f"[^\\s{BREAK}]+{BREAK}?|{BREAK}")
_BREAK = re.compile(f"\r\n|\r|\n|{BREAK}")
_MARKER = re.compile(
    r"[0-9]+((?:,[0-9]{3})+)?|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3}"
)  # and whole numbers, to skip them
_LEAST_SIZE = 0.7  # times the height of the letters: no type is smaller
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in columns: their characters, and their boxes, as high as their first character."""

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
    spans = [match.span() for match in _WORD.finditer(text)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    lines: list[int] = []
    stops: list[int] = []
    first = 0
    for match in _BREAK.finditer(text):
        behind = bisect_left(starts, match.end())
        if behind > first:
            lines.append(first)
            stops.append(match.end())
        first = behind
    if first < len(starts):
        lines.append(first)
        stops.append(len(text) + 1)  # the break with which the page ends
    left, bottom, right, top = glyphs.boxes(starts)
    left2, _, right2, _ = glyphs.boxes([end - 1 for end in ends])
    boxes = (list(map(min, left, left2)), bottom, list(map(max, right, right2)), top)
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
    origins = glyphs.origins(samples)
    measured = []
    for n, line in enumerate(lines):
        size, a, b = sorted(sizes[3 * n : 3 * n + 3])[1]
        quarter = _quarter(a, b)
        (weight, bold), (weight2, bold2), (weight3, bold3) = types[3 * n : 3 * n + 3]
        measured.append(
            Rough(
                line.first,
                line.last,
                line.start,
                line.end,
                line.stop,
                line.hyphen,
                quarter,
                *_median(origins[3 * n : 3 * n + 3], quarter),
                max(size, _LEAST_SIZE * _height(line, words, quarter)),
                min(weight, weight2, weight3),
                bold and bold2 and bold3,
            )
        )
    return _with_raised(measured, text, words, glyphs)


def _median(places: Sequence[tuple[float, float]], quarter: int) -> tuple[float, float]:
    """Return the middle one of three places by height: the first character may be a raised marker."""
    return sorted(places, key=lambda place: turned(place[0], place[1], max(quarter, 0))[1])[1]


def _height(line: Rough, words: Words, quarter: int) -> float:
    """Return the usual height of the words of a line; a font of drawings may call its size 1 and be large."""
    low, high = words.boxes[1::2] if quarter in (0, 2) else words.boxes[0::2]
    if quarter < 0:
        return 0.0
    heights: list[float] = sorted(map(sub, high[line.first : line.last], low[line.first : line.last]))
    return heights[len(heights) // 2]


def _with_raised(lines: list[Rough], text: str, words: Words, glyphs: Glyphs) -> list[Rough]:
    """Find the small raised numbers and signs in the lines."""
    candidates = [
        (n, match.start(), match.end())
        for n, line in enumerate(lines)
        for match in _MARKER.finditer(text, line.start, line.end)
        if match.lastindex is None
        and match.end() - match.start() < line.end - line.start
        and not _is_figure(text, *match.span())
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
            begin = end - len(sign)
            bracketed = begin > line.start and text[begin - 1] == "(" and text[end : end + 1] == ")"
            found.setdefault(n, []).append(Raised(sign, begin - bracketed, end + bracketed))
    for n, raised in found.items():
        lines[n] = replace(lines[n], raised=tuple(raised))
    return lines


def _is_figure(text: str, start: int, end: int) -> bool:
    """Tell whether a number is part of a decimal number, or is so many per cent: no marker of a note."""
    after = text[end : end + 1]
    return (
        after == "%"
        or (after == "." and text[end + 1 : end + 2].isdigit())
        or (text[start - 1 : start] == "." and text[start - 2 : start - 1].isdigit())
    )


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
