"""From grouped lines to blocks: runs into the canonical text, without markers and dividing hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa_desktop.domain import Block, BlockKind, Reference, Run
from qa_desktop.reading.pdf.grid import Row
from qa_desktop.reading.pdf.hyphens import Hyphens
from qa_desktop.reading.pdf.lines import PAGE_END, Line, PageText, Raised

_BREAKS = re.compile(r"[\r\n]+")
_UNIT = re.compile(r"(?:\A|[\s\d(/])(?:[kcmdµ]?m|ft|yd|mi)\Z")  # square metres, not a note


@dataclass(slots=True)
class Draft:
    """Lines that will be one block.

    `lead` counts the characters of the first line that are a list's sign or a note's number; `rows` are
    the rows of a table; `full` tells that the last line reaches the right edge of its column.
    """

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    label: str = ""
    lead: int = 0
    rows: tuple[Row, ...] = ()
    full: bool = False


@dataclass(slots=True)
class _Runs:
    """Grows a list of runs; neighbours with only white space between them become one.

    If `tight`, only those with nothing between them do.
    """

    pages: Sequence[PageText]
    tight: bool = False
    runs: list[Run] = field(default_factory=list)

    def add(self, page: int, start: int, end: int) -> None:
        if end <= start:
            return
        last = self.runs[-1] if self.runs else None
        if last and last.page == page and last.end <= start:
            gap = self.pages[page - 1].text[last.end : start]
            if not gap or not (self.tight or gap.strip()):
                self.runs[-1] = Run(page, last.start, end)
                return
        self.runs.append(Run(page, start, end))

    def parted(self, page: int, place: int) -> None:
        """Add one character of white space as a run of its own."""
        self.runs.append(Run(page, place, place + 1))


class Maker:
    """Makes the blocks of one document.

    `labels` holds the labels of the notes on each page, `endnotes` the places of markers of endnotes.
    """

    def __init__(
        self,
        pages: Sequence[PageText],
        labels: Mapping[int, frozenset[str]],
        endnotes: frozenset[tuple[int, int]],
    ) -> None:
        self._pages = pages
        self._labels = labels
        self._endnotes = endnotes
        self._words: Hyphens | None = None

    def block(self, draft: Draft) -> Block | None:
        """Return the block of `draft`, or None if nothing of it is left."""
        runs = _Runs(self._pages, tight=bool(draft.rows))
        references: list[Reference] = []
        if draft.rows:
            for row in draft.rows:
                self._add_row(row, runs, references)
        else:
            for i, line in enumerate(draft.lines):
                following = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
                start = line.start + (draft.lead if i == 0 else 0)
                self._add(line, start, self._stop(line, following), runs, references)
        if not runs.runs:
            return None
        return Block(draft.kind, tuple(runs.runs), draft.level, draft.label, "", tuple(references))

    def _add_row(self, row: Row, runs: _Runs, references: list[Reference]) -> None:
        """Add the cells of a table's row, parted by tabs, a line break behind them."""
        number = next(cell[0].page for cell in row if cell)
        text = self._pages[number - 1].text
        for i, cell in enumerate(row):
            for j, line in enumerate(cell):
                following = cell[j + 1] if j + 1 < len(cell) else None
                stop = min(line.end, self._stop(line, following))
                start = line.start
                for gap in _BREAKS.finditer(text, start, stop):  # one line of a table is one row
                    self._add(line, start, gap.start(), runs, references)
                    runs.parted(number, len(text) - len(PAGE_END) + PAGE_END.index(" "))
                    start = gap.end()
                self._add(line, start, stop, runs, references)
                if following is not None and stop == line.end and not line.hyphen:
                    beside = following.base == line.base and following.left > line.right
                    self._part("\t" if beside else " ", line, text, runs)
            if i + 1 < len(row):
                self._part("\t", cell[-1] if cell else None, text, runs, number)
        last = row[-1][-1]
        self._part("\n", last, text, runs)

    def _part(self, sign: str, behind: Line | None, text: str, runs: _Runs, page: int = 0) -> None:
        """Add white space: that behind a line if it is the right one, else one from the end of the page."""
        if behind is not None:
            end = behind.end + text[behind.end : behind.stop].find(sign) + 1
            if end > behind.end and not text[behind.end : end].strip(f"\r{sign}"):
                runs.add(behind.page, behind.end, end)
                return
            page = behind.page
        place = len(text) - len(PAGE_END) + PAGE_END.index(sign)
        runs.parted(page, place)

    def _add(self, line: Line, start: int, stop: int, runs: _Runs, references: list[Reference]) -> None:
        """Add characters `start` to `stop` of a line, its markers left out."""
        at = start
        for sign in line.raised:
            if sign.start >= at and sign.end <= stop and self._is_reference(line, sign):
                runs.add(line.page, at, sign.start)
                references.append(Reference(sign.label, Run(line.page, sign.start, sign.end)))
                at = sign.end
        runs.add(line.page, at, stop)

    def _is_reference(self, line: Line, sign: Raised) -> bool:
        if _UNIT.search(line.text[: sign.start - line.start]):
            return False
        here = (line.page, sign.start)
        return here in self._endnotes or sign.label in self._labels.get(line.page, frozenset())

    def _stop(self, line: Line, following: Line | None) -> int:
        """Return where a line's run ends: before a hyphen that only divides a word, else with its break."""
        if following is None or not line.text.endswith("-"):
            return line.stop
        apart = line.page != following.page or following.base > line.base
        if not line.hyphen and not (apart and line.text[-2:-1].isalpha() and following.text[:1].isalpha()):
            return line.stop
        if self._words is None:
            self._words = Hyphens(_undivided(self._pages))
        return line.end - self._words.divides(line.text[:-1], following.text)


def _undivided(pages: Sequence[PageText]) -> list[str]:
    """Return the text of all lines without the words that a hyphen divides at line ends."""
    texts = []
    for page in pages:
        broken = False
        for line in page.lines:
            text = line.text
            if broken:
                text = text.partition(" ")[2]
            broken = text.endswith("-")
            texts.append(text.rpartition(" ")[0] if broken else text)
    return texts
