"""From the blocks of a document to paragraphs for the screen, each character with its place.

Nothing here knows the window.  A `Flow` is one paragraph, list item or table cell as it is shown, and says
for each stretch of it which characters of which page it shows; so the exact words of a citation can be
found on the screen without ever searching for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa_desktop.domain import Block, BlockKind, Page, Run
from qa_desktop.gui.text_table import Columns, measure, pieces

_CELL_COSTS = 24  # characters: what laying out a cell takes beside its text

# A blank is shown for any white space, so only what is not a single blank interrupts a stretch.
_TOKENS = re.compile(r"\n|\t|[^\S\n\t]{2,}|[^\S\n\t ]|(?:[^\s]| (?!\s))+| ")
_ITEM = re.compile(r"\s*(?:[•●▪■◦‣∙·*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])(?=\s)")
_NUMBER = re.compile(r"(?:^|\n)[ \t]*(\(?\w{1,3}[.)])[ \t]+$")
# What Qt would read as a paragraph, a frame or an object of its own is shown as an unknown character.
_UNSHOWN = {ord(c): "\ufffd" for c in "\ufdd0\ufdd1\ufffc"} | dict.fromkeys(range(32), "�")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `at` on, `length` of them, show those of `page` from `start` on."""

    at: int
    length: int
    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A stretch of text for the screen; `raised` are ranges that hold a note's sign."""

    text: str
    spans: tuple[Span, ...]
    raised: tuple[tuple[int, int], ...] = ()

    def ranges(self, runs: Sequence[Run]) -> list[tuple[int, int]]:
        """Return where the characters of `runs` are shown, neighbours joined."""
        found: list[tuple[int, int]] = []
        for run in runs:
            for span in self.spans:
                first = max(run.start, span.start)
                last = min(run.end, span.start + span.length)
                if run.page == span.page and first < last:
                    shift = span.at - span.start
                    found.append((first + shift, last + shift))
        joined: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if joined and self._nothing_between(joined[-1][1], start):
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return joined

    def _nothing_between(self, start: int, end: int) -> bool:
        """Tell whether only a blank or the sign of a note is shown there."""
        rest = set(range(start, end)) - {n for first, last in self.raised for n in range(first, last)}
        return not "".join(self.text[n] for n in sorted(rest)).strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block for the screen: rows of cells for a table, otherwise one cell a row (several for a list).

    `label` is the sign before a list item that does not hold it, else the block's own label.
    `page` is the page it begins on where a new page begins with it, else 0.
    A long table is several paragraphs of one block: `begins` marks the first, whose first row is the header,
    and `table` is the shape that all of them share.
    """

    block: int
    kind: BlockKind
    level: int
    label: str
    rows: tuple[tuple[Flow, ...], ...]
    page: int = 0
    begins: bool = True
    table: Columns = field(default_factory=Columns)

    @property
    def length(self) -> int:
        """What it takes to lay it out, in characters."""
        cells = len(self.rows) * self.columns if self.columns > 1 else 0
        return sum(len(flow.text) for row in self.rows for flow in row) + _CELL_COSTS * cells

    @property
    def aside(self) -> bool:
        """Whether it was set aside and may be left out; the name of a value tells what follows it."""
        return self.kind is BlockKind.ASIDE and self.label != "name"

    @property
    def columns(self) -> int:
        """The number of cells in the longest row of the whole table; 1 where there is none."""
        return max(len(self.table.longest), 1)


def lay_out(blocks: Sequence[Block], pages: Sequence[Page], *, paged: bool) -> tuple[Paragraph, ...]:
    """Return what is shown for `blocks`; in a `paged` document each page's first paragraph names it."""
    shown: list[Paragraph] = []
    page = 0
    for index, block in enumerate(blocks):
        rows = tuple(_rows(block, pages))
        if not any(flow.text for row in rows for flow in row):
            continue
        begins = block.runs[0].page if paged and block.runs[0].page > page else 0
        page = max(page, begins)
        label = _sign(block, rows, pages) if block.kind is BlockKind.LIST else block.label
        whole = Paragraph(index, block.kind, block.level, label, rows, begins)
        shown.extend(_cut(whole) if max(map(len, rows)) > 1 else [whole])
    return tuple(shown)


def without_asides(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Leave out what was set aside; where a page began with it, it now begins with what follows."""
    kept: list[Paragraph] = []
    page = 0
    for paragraph in paragraphs:
        page = max(page, paragraph.page)
        if not paragraph.aside:
            kept.append(replace(paragraph, page=page) if page != paragraph.page else paragraph)
            page = 0
    return tuple(kept)


def only_in_asides(paragraphs: Sequence[Paragraph], runs: Sequence[Run]) -> bool:
    """Tell whether the characters of `runs` are shown, and only by what was set aside."""
    holders = [p for p in paragraphs if any(flow.ranges(runs) for row in p.rows for flow in row)]
    return bool(holders) and all(p.aside for p in holders)


def _cut(table: Paragraph) -> Iterator[Paragraph]:
    """Cut a table into pieces that are laid out one after the other."""
    shape = measure([[flow.text for flow in row] for row in table.rows])
    whole = replace(table, table=shape)
    for number, rows in enumerate(pieces(table.rows, len(shape.longest))):
        yield replace(whole, rows=tuple(rows), page=0 if number else table.page, begins=not number)


def _rows(block: Block, pages: Sequence[Page]) -> Iterator[tuple[Flow, ...]]:
    by_line = block.kind in (BlockKind.TABLE, BlockKind.LIST)
    row, cell = [], _Cell()
    for token in _tokens(block, pages):
        if token.text == "\n" and by_line:
            if block.kind is BlockKind.LIST and not _ITEM.match(_ahead(token, pages)):
                cell.blank()
                continue
            row.append(cell.done())
            yield tuple(row)
            row, cell = [], _Cell()
        elif token.text == "\t" and block.kind is BlockKind.TABLE:
            row.append(cell.done())
            cell = _Cell()
        elif token.raised:
            cell.raise_sign(token.text)
        elif token.text.isspace():
            cell.blank()
        else:
            cell.add(token)
    row.append(cell.done())
    if any(flow.text for flow in row):
        yield tuple(row)


def _sign(block: Block, rows: Sequence[tuple[Flow, ...]], pages: Sequence[Page]) -> str:
    """Return what stands before a list item: nothing if its text has it, its own number, or a dot."""
    if _ITEM.match(rows[0][0].text + " "):
        return ""
    run = block.runs[0]
    before = pages[run.page - 1].text[max(0, run.start - 12) : run.start]
    number = _NUMBER.search(before)
    return number.group(1) if number else "•"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    page: int
    start: int
    raised: bool = False


def _tokens(block: Block, pages: Sequence[Page]) -> Iterator[_Token]:
    """Return the block's text piece by piece, with the signs of notes where they stand."""
    signs = sorted(block.references, key=lambda r: (r.run.page, r.run.start), reverse=True)
    for number, run in enumerate(block.runs):
        text = pages[run.page - 1].text
        start = run.start
        yield from (_Token("\t", run.page, start) for _ in range(_bars(block, number, text)))
        while start < run.end:
            while signs and (signs[-1].run.page, signs[-1].run.start) <= (run.page, start):
                sign = signs.pop()
                yield _Token(sign.label, run.page, start, raised=True)
                if sign.run.page == run.page and sign.run.start == start and sign.run.end <= run.end:
                    start = sign.run.end
            inside = signs and signs[-1].run.page == run.page and signs[-1].run.start < run.end
            end = signs[-1].run.start if inside else run.end
            for match in _TOKENS.finditer(text, start, end):
                yield _Token(match.group(), run.page, match.start())
            start = max(end, start)
    for sign in reversed(signs):
        yield _Token(sign.label, sign.run.page, sign.run.start, raised=True)


def _bars(block: Block, number: int, text: str) -> int:
    """Return how many cells end before a run, where the bars that part them were left out of the runs."""
    run, before = block.runs[number], block.runs[number - 1]
    if block.kind is not BlockKind.TABLE or not number or text[run.start : run.start + 1] == "\n":
        return 0
    left_out = text[before.end : run.start]
    return 0 if "\n" in left_out else left_out.count("|")


def _ahead(token: _Token, pages: Sequence[Page]) -> str:
    return pages[token.page - 1].text[token.start + 1 : token.start + 12]


class _Cell:
    """Grows one flow."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._raised: list[tuple[int, int]] = []
        self._blank = False

    def blank(self) -> None:
        """Add white space, which is shown only between two words."""
        self._blank = self._length > 0

    def add(self, token: _Token) -> None:
        """Add characters with a place; leading and trailing blanks are set aside."""
        text = token.text
        words = text.strip(" ")
        lead = len(text) - len(text.lstrip(" "))
        if lead:
            self.blank()
        if not words:
            return
        self._put_blank()
        self._spans.append(Span(self._length, len(words), token.page, token.start + lead))
        self._put(words.translate(_UNSHOWN))
        if len(text) > lead + len(words):
            self.blank()

    def raise_sign(self, label: str) -> None:
        """Add the sign of a note, which no citation ever holds."""
        start = self._length
        self._put(label.strip())
        self._raised.append((start, self._length))

    def done(self) -> Flow:
        """Return what was collected."""
        return Flow("".join(self._text), tuple(self._spans), tuple(self._raised))

    def _put_blank(self) -> None:
        if self._blank:
            self._put(" ")
            self._blank = False

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
