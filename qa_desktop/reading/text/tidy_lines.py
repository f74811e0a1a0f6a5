"""Lines of a plain text, and what their lengths and ends say about how the text was laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_FINAL_STOP = re.compile(r"[.!?:;…。！？](?:[\"”’'»)\]]*)(?:\d{1,3})?\Z")
_SENTENCE_STOP = re.compile(r"[.!?…。！？](?:[\"”’'»)\]]*)(?:\d{1,3})?\Z")
_NUMBERED = re.compile(
    r"(?P<mark>(?P<roman>[IVX]|[IVXLC]{2,6})\.|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4}\.?|\d{1,2}\.))\s+(?=[^\W\d_]{2}|[AI]\s)"
)
_ITEM = re.compile(r"(?:[•▪●◦‣*+–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its break: characters `start` to `end` of the text."""

    start: int
    end: int
    text: str
    bare: str  # without the white space at the ends

    @property
    def first(self) -> int:
        """The place of the first character that is not white space."""
        return self.end - len(self.text.lstrip())

    @property
    def empty(self) -> bool:
        """No character at all."""
        return not self.text

    @property
    def blank(self) -> bool:
        """Nothing but white space, or nothing at all."""
        return not self.bare

    @property
    def length(self) -> int:
        """Characters without the white space at the ends."""
        return len(self.bare)

    @property
    def final_stop(self) -> bool:
        """The line ends in a stop, colon or semicolon, closing quotes and a note's number allowed."""
        return bool(_FINAL_STOP.search(self.bare[-12:]))

    @property
    def ends_sentence(self) -> bool:
        """The line ends in a full stop, question or exclamation mark."""
        return bool(_SENTENCE_STOP.search(self.bare[-12:]))

    @property
    def starts_lower(self) -> bool:
        """The first letter or digit is a lower-case letter."""
        stripped = self.bare[:20].lstrip("\"“„‘'«([")
        return stripped[:1].islower()

    @property
    def numbered(self) -> bool:
        """The line begins with a chapter's number: "IV. " or "2.1 "."""
        return bool(_NUMBERED.match(self.bare))

    @property
    def depth(self) -> int:
        """How deep the chapter's number goes: 1 for "IV." and "2.", 2 for "2.1"; 0 without a number."""
        found = _NUMBERED.match(self.bare)
        if not found:
            return 0
        return 1 if found["roman"] else found["decimal"].strip(".").count(".") + 1

    @property
    def item(self) -> bool:
        """The line begins like an item of a list."""
        return bool(_ITEM.match(self.bare))

    @property
    def indent(self) -> int:
        """The number of blanks before the first character, a tab counting as eight."""
        return len(self.text[: self.first - self.start].expandtabs(8))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out.

    `doubled`: an empty line follows every line and means nothing.  `wrapped`: lines were broken at a
    margin, so a line's end is not a paragraph's end.  `width`: 90th percentile of the lines' lengths.
    """

    doubled: bool
    wrapped: bool
    width: int


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text`, which uses line feeds alone."""
    lines: list[Line] = []
    start = 0
    for piece in text.split("\n"):
        lines.append(Line(start, start + len(piece), piece, piece.strip()))
        start += len(piece) + 1
    return lines


def layout_of(lines: list[Line]) -> Layout:
    """Measure the layout.

    A line break inside a sentence shows as "no final stop, then lower case".  When at least 15 % of all
    neighbours are like that, lines were broken at a margin; when besides at least half of the gaps are
    exactly one empty line, breaks were doubled on the way through a converter or a scraper.
    """
    filled = [i for i, line in enumerate(lines) if not line.blank]
    if len(filled) < 2:
        return Layout(doubled=False, wrapped=False, width=max((lines[i].length for i in filled), default=0))
    gaps = list(pairwise(filled))
    single = sum(1 for a, b in gaps if b - a == 2 and lines[a + 1].empty)
    broken = sum(1 for a, b in gaps if b - a <= 2 and not lines[a].final_stop and lines[b].starts_lower)
    adjacent = [(a, b) for a, b in gaps if b - a == 1]
    broken_here = sum(1 for a, b in adjacent if not lines[a].final_stop and lines[b].starts_lower)
    doubled = single >= 0.5 * len(gaps) and broken >= 0.15 * len(gaps) and len(gaps) >= 6
    lengths = sorted(lines[i].length for i in filled)
    width = lengths[min(len(lengths) - 1, int(0.9 * len(lengths)))]
    wrapped = doubled or (bool(adjacent) and broken_here >= 0.15 * len(adjacent) and width <= 200)
    return Layout(doubled, wrapped, width)
