"""Measure lines of print: where words begin and end, how large and how bold they are set, what is raised."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from qa_desktop.reading.pdf_lines import Raised, turned

_WORD = re.compile(r"\S+")
_MARKER = re.compile(r"\d+|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3}")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)

# A word: its first character, the one after its last, and left, bottom, right, top in the file's own points.
WordBox = tuple[int, int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rough:
    """A line as measured, in the file's own coordinates; `quarter` is its turn in 90 degrees, -1 if askew."""

    start: int
    end: int
    stop: int
    hyphen: bool
    quarter: int
    x: float
    y: float
    size: float
    weight: int
    bold: bool
    boxes: list[WordBox]
    raised: tuple[Raised, ...]


class Probe:
    """Measures characters of one text page, with the ctypes values it needs made once."""

    def __init__(self, handle: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._handle = handle
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(n) for n in self._numbers]
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def lines(self, match: re.Match[str], text: str) -> list[Rough]:
        """Measure the line at `match`; it is cut where print jumps back to the left."""
        spans = [m.span() for m in _WORD.finditer(text, *match.span())]
        if not spans:
            return []
        hyphen = match.group()[-1] in "\x02\ufffe"
        boxes = self._boxes(spans)
        cuts = [0, *(i for i in range(1, len(boxes)) if _jumps_back(boxes[i - 1], boxes[i])), len(boxes)]
        return [
            self._line(
                boxes[a:b],
                text,
                stop=boxes[b][0] if b < len(boxes) else _behind(match, text, hyphen=hyphen),
                hyphen=hyphen and b == len(boxes),
            )
            for a, b in pairwise(cuts)
        ]

    def _line(self, boxes: list[WordBox], text: str, *, stop: int, hyphen: bool) -> Rough:
        start, end = boxes[0][0], boxes[-1][1]
        middle = boxes[len(boxes) // 2]
        samples = (start, (middle[0] + middle[1] - 1) // 2, max(start, end - 1 - hyphen))
        size, (a, b) = sorted(self._size(i) for i in samples)[1]
        x, y = self._origin(start)
        line = Rough(
            start=start,
            end=end,
            stop=stop,
            hyphen=hyphen,
            quarter=_quarter(a, b),
            x=x,
            y=y,
            size=size,
            weight=min(self._pdfium.FPDFText_GetFontWeight(self._handle, i) for i in samples),
            bold=all(_BOLD_NAME.search(self._font(i)) for i in samples),
            boxes=boxes,
            raised=(),
        )
        raised = tuple(self._raised(text, line))
        if raised and raised[0].start == start and len(boxes) > 1:
            word = boxes[-1]  # the line's first character stands above the base line
            line = replace(line, x=word[2], y=self._origin(word[0])[1]) if line.quarter == 0 else line
        return replace(line, raised=raised) if raised else line

    def _raised(self, text: str, line: Rough) -> list[Raised]:
        """Find the small raised numbers and signs in a line."""
        found: list[Raised] = []
        base: float | None = None
        for match in _MARKER.finditer(text, line.start, line.end):
            sign = match.group()
            start, end = match.span()
            label = sign.translate(_SUPERSCRIPTS)
            if label != sign:
                found.append(Raised(label, start, end))
                continue
            if line.quarter < 0 or end - start == line.end - line.start or not self._is_small(end - 1, line):
                continue
            if base is None:
                base = self._base(line)
            if turned(*self._origin(end - 1), line.quarter)[1] - base < 0.12 * line.size:
                continue
            while end - start > 1 and not self._is_small(start, line):
                start += 1  # "2008" and its marker "36" are one row of digits
            if end - start <= 3:
                found.append(Raised(text[start:end], start, end))
        return found

    def _is_small(self, index: int, line: Rough) -> bool:
        return self._size(index)[0] <= 0.8 * line.size

    def _base(self, line: Rough) -> float:
        """Return the height on which most of the line's words stand."""
        middles = ((a + b - 1) // 2 for a, b, *_ in line.boxes[:9])
        heights = sorted(turned(*self._origin(i), line.quarter)[1] for i in middles)
        return heights[(len(heights) - 1) // 2]

    def _boxes(self, spans: list[tuple[int, int]]) -> list[WordBox]:
        """Return (start, end, left, bottom, right, top) around first and last character of each word."""
        left, right, bottom, top = self._numbers
        a, b, c, d = self._refs
        handle, box = self._handle, self._pdfium.FPDFText_GetCharBox
        found = []
        for start, end in spans:
            box(handle, start, a, b, c, d)
            x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            if end - start > 1:
                box(handle, end - 1, a, b, c, d)
                x, y = left.value, right.value
                x0 = x if x < x0 else x0  # faster than min and max, and this is done 600 times a page
                x1 = y if y > x1 else x1
                x, y = bottom.value, top.value
                y0 = x if x < y0 else y0
                y1 = y if y > y1 else y1
            found.append((start, end, x0, y0, x1, y1))
        return found

    def _origin(self, index: int) -> tuple[float, float]:
        self._pdfium.FPDFText_GetCharOrigin(self._handle, index, self._refs[0], self._refs[1])
        return self._numbers[0].value, self._numbers[1].value

    def _size(self, index: int) -> tuple[float, tuple[float, float]]:
        """Return the size of a character's type in points, and the direction in which it runs."""
        matrix = self._matrix
        self._pdfium.FPDFText_GetMatrix(self._handle, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        return self._pdfium.FPDFText_GetFontSize(self._handle, index) * scale, (matrix.a, matrix.b)

    def _font(self, index: int) -> str:
        length = self._pdfium.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        return self._name.value.decode("utf-8", "replace") if 0 < length <= 128 else ""


def _behind(match: re.Match[str], text: str, *, hyphen: bool) -> int:
    """Return the end of a line with its break; that of a page's last line is the one the page ends with."""
    return match.end() + (match.end() == len(text) and not hyphen)


def _jumps_back(left: WordBox, right: WordBox) -> bool:
    """Tell whether the second word stands left of the first one and below it, as on a new line."""
    return right[4] < left[2] and right[5] <= left[3] + 0.3 * (left[5] - left[3])


def _quarter(a: float, b: float) -> int:
    """Return the direction of text in quarter turns counter-clockwise, or -1 if it runs askew."""
    turns = math.atan2(b, a) / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < 0.06 else -1
