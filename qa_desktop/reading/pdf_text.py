"""The text of a PDF page exactly as the engine that draws it counts its characters, and where its lines lie.

The canonical text of a page is pdfium's character array, one character for one index, so that a run can be
turned into rectangles at any time; a line break is added at the end.  What cannot stand in text is replaced
one for one: U+0002 (a hyphen at a line end, behind which pdfium leaves out the break) by "-", other control
characters by a blank, what is no character by U+FFFD.

Coordinates of lines are in points, turned so that the page's main text runs from left to right: x grows to
the right, y upwards.  `base` is the height of the base line.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_WHITE = " \t\r\n\x0b\x0c\u00a0"
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]?|[\udc00-\udfff]"
)
_UNPLAIN = re.compile(
    "[^\t\n\r -~\u00a0-\u024f\u0370-\u04ff\u2010-\u205e\u20a0-\u20bf\u2122\u25a0-\u25ff\ufffe]"
)
_LINE = re.compile("[^\r\n\x02\ufffe]*(?:\r\n|\r|\n|[\x02\ufffe]|\\Z)")
_WORD = re.compile(r"\S+")
_MARKER = re.compile(r"(?<!\d)\d{1,3}(?!\d)|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3}")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)


Box = tuple[float, float, float, float]

# Characters `start` to `end` of a page, from x = `left` to `right`.
Word = tuple[int, int, float, float]

_WordBox = tuple[int, int, float, float, float, float]


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


@dataclass(frozen=True, slots=True)
class PageText:
    """The canonical text of page `number` and its lines that lie inside the crop box.

    `left`, `right`, `bottom`, `top` bound the page in the coordinates of the lines.
    """

    number: int
    text: str
    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The height of the page in points."""
        return max(1.0, self.top - self.bottom)

    @property
    def width(self) -> float:
        """The width of the page in points."""
        return max(1.0, self.right - self.left)


def _characters(handle: Any, count: int) -> str:
    """Return pdfium's character array, one character for each index.

    Asking for the whole text is ten times faster than asking for each character, but leaves out what it
    takes for unprintable and reorders some scripts; so its answer counts only where it has as many
    characters as the array and all of them are of the plain Western kind.
    """
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(2 * count + 2)
    units = pdfium.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    if units == count + 1:
        text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count and not _UNPLAIN.search(text):
            return text
    get = pdfium.FPDFText_GetUnicode
    return "".join([chr(min(get(handle, i), 0x10FFFF)) for i in range(count)])


def canonical(raw: str) -> str:
    """Return pdfium's characters one for one, with nothing in them that cannot stand in text."""
    return _ODD.sub(_replace, raw)


def _replace(match: re.Match[str]) -> str:
    odd = match.group()
    if len(odd) == 2:  # Windows counts a character beyond U+FFFF twice
        return odd.encode("utf-16", "surrogatepass").decode("utf-16") + "\u2060"
    if odd in "\x02\ufffe":
        return "-"
    return " " if odd != "\0" and (odd < "\x20" or "\x7f" <= odd <= "\x9f") else "\ufffd"


def extract_page(page: PdfPage, number: int, most: int) -> PageText:
    """Return text and lines of `page`; raises `OverflowError` if it has more than `most` characters."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = max(0, pdfium.FPDFText_CountChars(handle))
        if count > most:
            raise OverflowError(f"page {number} has {count} characters")
        raw = _characters(handle, count)
        text = canonical(raw)
        probe = _Probe(handle)
        rough = [
            found
            for match in _LINE.finditer(raw)
            if match.end() > match.start()
            for found in probe.lines(match, text)
        ]
    finally:
        textpage.close()
    turn = Counter[int]()
    for item in rough:
        turn[item.quarter] += item.end - item.start
    quarter = turn.most_common(1)[0][0] if turn else 0
    box = page.get_cropbox()
    quarter = max(quarter, 0)
    bounds = _turned_box(box, quarter)
    lines = [line for item in rough if (line := _inside(item, box, quarter, text, number)) is not None]
    return PageText(number, text + "\n", tuple(lines), *bounds)


@dataclass(frozen=True, slots=True)
class _Rough:
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
    boxes: list[_WordBox]
    raised: tuple[Raised, ...]


class _Probe:
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

    def lines(self, match: re.Match[str], text: str) -> list[_Rough]:
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

    def _line(self, boxes: list[_WordBox], text: str, *, stop: int, hyphen: bool) -> _Rough:
        start, end = boxes[0][0], boxes[-1][1]
        middle = boxes[len(boxes) // 2]
        samples = (start, (middle[0] + middle[1] - 1) // 2, max(start, end - 1 - hyphen))
        size, (a, b) = sorted(self._size(i) for i in samples)[1]
        x, y = self._origin(start)
        line = _Rough(
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
            line = replace(line, y=self._base(line))
        return replace(line, raised=raised) if raised else line

    def _raised(self, text: str, line: _Rough) -> list[Raised]:
        found: list[Raised] = []
        base: float | None = None
        for match in _MARKER.finditer(text, line.start, line.end):
            sign = match.group()
            label = sign.translate(_SUPERSCRIPTS)
            if label != sign:
                found.append(Raised(label, *match.span()))
                continue
            if line.quarter != 0 or line.end - line.start == len(sign):
                continue
            if self._size(match.start())[0] > 0.8 * line.size:
                continue
            if base is None:
                base = self._base(line)
            if self._origin(match.start())[1] - base >= 0.12 * line.size:
                found.append(Raised(label, *match.span()))
        return found

    def _base(self, line: _Rough) -> float:
        """Return the height on which most of the line's words stand."""
        heights = sorted(self._origin((a + b - 1) // 2)[1] for a, b, *_ in line.boxes[:9])
        return heights[(len(heights) - 1) // 2]

    def _boxes(self, spans: list[tuple[int, int]]) -> list[_WordBox]:
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


def _jumps_back(left: _WordBox, right: _WordBox) -> bool:
    """Tell whether the second word stands left of the first one and below it, as on a new line."""
    return right[4] < left[2] and right[5] <= left[3] + 0.3 * (left[5] - left[3])


def _quarter(a: float, b: float) -> int:
    """Return the direction of text in quarter turns counter-clockwise, or -1 if it runs askew."""
    turns = math.atan2(b, a) / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < 0.06 else -1


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Return the point in coordinates in which text that runs in direction `quarter` runs to the right."""
    if quarter == 1:
        return y, -x
    if quarter == 2:
        return -x, -y
    if quarter == 3:
        return -y, x
    return x, y


def _turned_box(box: Box, quarter: int) -> Box:
    """Return left, right, bottom, top of (left, bottom, right, top) in turned coordinates."""
    x0, y0 = _turned(box[0], box[1], quarter)
    x1, y1 = _turned(box[2], box[3], quarter)
    return min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)


def _inside(item: _Rough, box: Box, quarter: int, text: str, number: int) -> Line | None:
    """Return the part of a line that lies inside the crop box, turned upright; None if nothing does."""
    left, bottom, right, top = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    boxes = [
        w for w in item.boxes if left <= (w[2] + w[4]) / 2 <= right and bottom <= (w[3] + w[5]) / 2 <= top
    ]
    if not boxes:
        return None
    if quarter:
        words = [(w[0], w[1], *_turned_box((w[2], w[3], w[4], w[5]), quarter)[:2]) for w in boxes]
    else:
        words = [(w[0], w[1], w[2], w[4]) for w in boxes]
    start, end = words[0][0], words[-1][1]
    whole = end == item.end
    return Line(
        page=number,
        start=start,
        end=end,
        stop=item.stop if whole else end + text[end : end + 1].isspace(),
        text=text[start:end],
        left=min([w[2] for w in words]),
        right=max([w[3] for w in words]),
        base=_turned(item.x, item.y, quarter)[1],
        size=item.size,
        weight=item.weight,
        bold=item.bold,
        hyphen=item.hyphen and whole,
        sideways=item.quarter != quarter,
        words=tuple(words),
        raised=tuple([r for r in item.raised if start <= r.start and r.end <= end]),
    )
