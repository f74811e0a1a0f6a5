"""Which paragraphs are headings, and of what level: by the outline, by size, weight, capitals, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from qa_desktop.reading.pdf.lines import Line
from qa_desktop.reading.pdf.paragraphs import BULLET, Measure
from qa_desktop.reading.pdf.structure import OutlineItem

_NUMBERED = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|([IVXL]{1,6})\.|(?:chapter|part|section|article|annex|appendix|item|kapitel|teil|artikel|anhang|глава|часть)\s+[\dIVXLA-Z]{1,5}[.:]?)\s+\S",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:table|figure|fig\.|chart|map|box|exhibit|photo|tabelle|abbildung|abb\.|tableau|graphique|таблица|рис\.)\s*[\dIVXA-Z]{0,4}(?:[.-]\d+)?\s?[.:–—]",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.,;][\"”’»)\]]*\s*\Z")
_KEY = re.compile(r"[\W_]+")


def is_caption(lines: Sequence[Line]) -> bool:
    """Tell whether a paragraph is the caption of a table or figure."""
    return bool(_CAPTION.match(lines[0].text)) and len(lines) <= 5


class Headings:
    """Recognises the headings of one document; `outline` is what the file says of its own parts."""

    def __init__(self, usual: Measure, outline: Iterable[OutlineItem]) -> None:
        self._usual = usual
        self._outline: dict[tuple[int, str], int] = {}
        for item in outline:
            self._outline.setdefault((item.page, _key(item.title)), item.level)

    def is_heading(self, lines: Sequence[Line], *, alone: bool) -> bool:
        """Tell whether a paragraph is a heading; `alone` that wide gaps stand above and below it."""
        text = " ".join(line.text for line in lines)
        if len(text) > 220 or len(lines) > 4 or sum(c.isalpha() for c in text) < 2 or BULLET.match(text):
            return False
        if self.outline_level(lines):
            return True
        numbered = bool(_NUMBERED.match(text))
        return not _reads_on(text, numbered=numbered) and self._looks(
            lines, text, numbered=numbered, alone=alone
        )

    def _looks(self, lines: Sequence[Line], text: str, *, numbered: bool, alone: bool) -> bool:
        """Tell whether a paragraph is set as a heading."""
        larger = lines[0].size / self._usual.body
        if larger >= 1.12:
            return len(lines) <= 3 or larger >= 1.4
        if larger < 0.93:
            return False
        if self._is_bold(lines):
            return len(text) <= 160 and len(lines) <= 3
        if text.isupper() and len(text) >= 4 and len(lines) <= 2:
            return alone and len(text) <= 100
        return numbered and alone and len(lines) == 1 and len(text) <= 90 and text[-1] not in ":;,"

    def style(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Return the rank of a heading's style: its size, then 2 for bold, 1 for capitals."""
        size = round(lines[0].size)
        text = " ".join(line.text for line in lines)
        return (size, 2 * self._is_bold(lines) + text.isupper())

    def outline_level(self, lines: Sequence[Line]) -> int:
        """Return the level of the outline's item with this paragraph's words on its page, or 0."""
        key = _key("".join(line.text for line in lines))
        return self._outline.get((lines[0].page, key), 0) if key else 0

    def levels(self, headings: Sequence[Sequence[Line]]) -> list[int]:
        """Return the level, 1 to 6, of each heading of the document: larger and bolder types rank higher."""
        styles = [self.style(lines) for lines in headings]
        counts = Counter(styles)
        # A style used once or twice, as on a title page, is no level of its own in a long document.
        usual = [style for style, count in counts.items() if count >= 3 or len(styles) < 12]
        ranks = {style: 1 + sum(other > style for other in usual) for style in counts}
        levels = []
        for lines, style in zip(headings, styles, strict=True):
            level = self.outline_level(lines) or ranks[style]
            match = _NUMBERED.match(lines[0].text)
            if match and match.group(1) and not self._outline:
                level += match.group(1).count(".")
            levels.append(min(6, level))
        return levels

    def _is_bold(self, lines: Sequence[Line]) -> bool:
        weight = self._usual.weight
        return all(
            line.bold or (weight > 0 and line.weight >= max(500, 1.3 * weight)) for line in lines
        ) and not (weight >= 600)


def _reads_on(text: str, *, numbered: bool) -> bool:
    """Tell whether a text reads as a sentence, or part of one, or is mostly figures."""
    if text[:1].islower() or sum(c.isalpha() for c in text) < 0.4 * len(text.replace(" ", "")):
        return True
    return bool(_ENDS.search(text)) and not (numbered and len(text) < 60)


def _key(text: str) -> str:
    return _KEY.sub("", text.casefold())
