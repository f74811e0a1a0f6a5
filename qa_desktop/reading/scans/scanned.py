"""What was recognised on the picture of a page: text, words with their places, and lines for the layout."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa_desktop.domain import ScannedWord
from qa_desktop.reading.pdf.lines import CELL_GAP, PAGE_END, Line, PageText
from qa_desktop.reading.scans.order import Row
from qa_desktop.reading.scans.upright import Upright

_SAME_SIZE = 0.16  # by how much the height of a line of the same type may seem to differ
_DESCENT = 0.22  # of a line's height below its base line
_DIGITS = 5  # of a fraction: a hundredth of a millimetre on A4


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """Characters `start` to `end` of the page's text; places in fractions of the upright page.

    `left` and `right` have one number for each word of the line, whose first is number `first` of the page.
    """

    start: int
    end: int
    base: float
    size: float
    stands: bool
    first: int
    left: tuple[float, ...]
    right: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as it was recognised.

    `text` ends with a line break; `confidence` is the mean over its signs, 0 to 1.  `words` have their places
    on the page as it is shown, `lines` on the upright one, which is `ratio` times as high as wide.
    `unread` is the share of the page's lines, by their length, whose writing is not known.  `engine` names
    what recognised them.
    """

    text: str
    words: tuple[ScannedWord, ...]
    confidence: float
    lines: tuple[ScannedLine, ...] = ()
    ratio: float = 1.0
    unread: float = 0.0
    engine: str = ""


def assemble(rows: Sequence[Row], upright: Upright, *, unread: float, engine: str) -> Scanned:
    """Return the page made of rows in reading order, whose places are on the upright picture."""
    width, height = upright.size
    pieces: list[str] = []
    words: list[ScannedWord] = []
    lines: list[ScannedLine] = []
    length = 0
    for row in rows:
        begin, first = length, len(words)
        left, right = [], []
        edge = 0.0
        for line in row:
            for i, word in enumerate(line.words):
                place = line.strip.part(word.start, word.end)
                if length > begin and not (i and word.glued):
                    pieces.append("\t" if place[0] - edge > CELL_GAP * line.strip.height else " ")
                    length += 1
                x, y, w, h = (round(f, _DIGITS) for f in upright.shown(*place))
                words.append(ScannedWord(length, length + len(word.text), x, y, w, h, word.confidence))
                left.append(round(place[0] / width, _DIGITS))
                right.append(round(place[2] / width, _DIGITS))
                pieces.append(word.text)
                length += len(word.text)
                edge = place[2]
        if length > begin:
            size = statistics.median(line.strip.height for line in row)
            base = statistics.median(line.strip.y for line in row) + (0.5 - _DESCENT) * size
            values = round(base / height, _DIGITS), round(size / height, _DIGITS), row[0].strip.stands
            lines.append(ScannedLine(begin, length, *values, first, tuple(left), tuple(right)))
            pieces.append("\n")
            length += 1
    signs = sum(w.end - w.start for w in words)
    sure = sum(w.confidence * (w.end - w.start) for w in words)
    confidence = round(sure / signs, 4) if signs else 0.0
    text = "".join(pieces) or "\n"
    return Scanned(text, tuple(words), confidence, tuple(lines), height / width, round(unread, 3), engine)


def page_text(scanned: Scanned, number: int, width: float) -> PageText:
    """Return text and lines of a page of that number, `width` points wide when upright, for the layout."""
    height = width * scanned.ratio
    usual = _usual_size(scanned.lines)
    lines = tuple(_line(line, scanned, number, width, height, usual) for line in scanned.lines)
    text = scanned.text[:-1] + PAGE_END if "\t" in scanned.text else scanned.text
    return PageText(number, text, lines, 0.0, width, 0.0, height)


def _line(
    line: ScannedLine, scanned: Scanned, number: int, width: float, height: float, usual: float
) -> Line:
    text = scanned.text[line.start : line.end]
    size = usual if abs(line.size - usual) <= _SAME_SIZE * usual else line.size
    own = scanned.words[line.first : line.first + len(line.left)]
    words = zip(own, line.left, line.right, strict=True)
    return Line(
        page=number,
        start=line.start,
        end=line.end,
        stop=line.end + 1,
        text=text,
        left=min(line.left) * width,
        right=max(line.right) * width,
        base=(1 - line.base) * height,
        size=size * height,
        weight=400,
        bold=False,
        hyphen=text[-1:] == "-" and text[-2:-1].isalpha(),
        sideways=line.stands,
        words=tuple((w.start, w.end, left * width, right * width) for w, left, right in words),
        raised=(),
    )


def _usual_size(lines: Sequence[ScannedLine]) -> float:
    """Return the size of type of most characters."""
    sizes = sorted((line.size, line.end - line.start) for line in lines if not line.stands)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return size
    return 0.0


def to_values(scanned: Scanned) -> list[Any]:
    """Return a page as JSON values."""
    return [
        scanned.text,
        [[w.start, w.end, w.left, w.top, w.width, w.height, w.confidence] for w in scanned.words],
        scanned.confidence,
        [
            [x.start, x.end, x.base, x.size, x.stands, x.first, list(x.left), list(x.right)]
            for x in scanned.lines
        ],
        scanned.ratio,
        scanned.unread,
        scanned.engine,
    ]


def from_values(values: Sequence[Any]) -> Scanned:
    """Return the page of JSON values, proven to hold together; raises `ValueError`."""
    try:
        text, words, confidence, lines, ratio, unread, engine = values
        scanned = Scanned(
            str(text),
            tuple(ScannedWord(int(a), int(b), *map(float, rest)) for a, b, *rest in words),
            float(confidence),
            tuple(
                ScannedLine(
                    int(start), int(end), float(base), float(size), bool(stands), int(first),
                    tuple(map(float, left)), tuple(map(float, right)),
                )
                for start, end, base, size, stands, first, left, right in lines
            ),
            float(ratio),
            float(unread),
            str(engine),
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        raise ValueError("not a scanned page") from error
    count, size = len(scanned.words), len(scanned.text)
    sound = (
        scanned.text.endswith("\n")
        and all(0 <= w.start < w.end <= size for w in scanned.words)
        and all(0 <= x.start < x.end < size for x in scanned.lines)
        and all(x.first >= 0 and x.first + len(x.left) <= count for x in scanned.lines)
        and all(x.left and len(x.left) == len(x.right) for x in scanned.lines)
    )
    if not sound:
        raise ValueError("not a scanned page")
    return scanned
