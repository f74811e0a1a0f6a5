"""Documents into passages: whole sentences under their headings, as many as the encoder reads well.

Passages are packed greedily: sentences are taken until the next would exceed `Recipe.most` word pieces, or
until a paragraph ends with at least `Recipe.least`.  A heading always closes a passage, and so does the end
of a page, so that a hit names one page; a sentence that runs over the page's end belongs where it begins.
Notes, captions and tables stand apart, a table's header row repeated in every part.  What the reader set
aside is in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from qa_desktop.domain import Block, BlockKind, Document, DocumentEntry, Passage, Run, Sentence, text_of
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.reading.facts.complete import FIRST_WORDS
from qa_desktop.reading.sentences import sentences_of

Count = Callable[[str], int]

_CLAUSE = re.compile(r"(?<=[;:])\s+|(?<=,)\s+(?=(?:and|but|or|which|who|that|while)\b)")
_BLANK = re.compile(r"\s+")
_AMOUNT = re.compile(r"[-+(]?[$€£¥]?\d[\d.,'’]*[%)]?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNTELLING = frozenset({"executive summary", "summary", "introduction", "abstract", "contents", "conclusion"})


def cut(document: Document, recipe: Recipe, count: Count) -> tuple[Passage, ...]:
    """Cut `document` into passages; `count` gives the number of word pieces of a text."""
    cutter = _Cutter(document, recipe, count)
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.ASIDE:
            cutter.take(index, block)
    cutter.end()
    return tuple(cutter.found)


class _Cutter:
    """Takes the blocks of a document in their order; what waits is text that may be packed with more."""

    def __init__(self, document: Document, recipe: Recipe, count: Count) -> None:
        self.found: list[Passage] = []
        self._document = document
        self._recipe = recipe
        self._count = count
        self._path: list[tuple[int, str]] = []
        self._waiting: list[list[Sentence]] = []
        self._lone: tuple[int, Block] | None = None  # a heading with nothing under it yet

    def take(self, index: int, block: Block) -> None:
        """Take block number `index` of the document."""
        if block.kind is BlockKind.HEADING:
            self._enter(index, block)
            return
        sentences = self._fitting(index, block)
        if block.kind in (BlockKind.NOTE, BlockKind.CAPTION):
            self._add(block.kind.value, self._packed([sentences]))
            return
        self._lone = None
        if block.kind is BlockKind.TABLE:
            self._flush()
            self._add("table", _rows(sentences, self._recipe, self._count))
        else:
            self._waiting.append(sentences)

    def end(self) -> None:
        """Add what still waits."""
        self._flush()
        self._add_lone()

    def _enter(self, index: int, block: Block) -> None:
        self._flush()
        if self._lone and self._lone[1].level >= block.level:
            self._add_lone()
        while self._path and self._path[-1][0] >= block.level:
            self._path.pop()
        self._path.append((block.level, text_of(block.runs, self._document.pages)))
        self._lone = index, block

    def _add(self, kind: str, groups: Iterable[list[Sentence]]) -> None:
        headings = tuple(text for _, text in self._path)
        for group in filter(None, groups):
            self.found.append(Passage(len(self.found), kind, headings, tuple(group)))

    def _add_lone(self) -> None:
        """Add a heading with nothing under it: it is text like any other, or it could not be found."""
        if self._lone:
            index, block = self._lone
            self._add("heading", [list(sentences_of(block, self._document.pages, index))])

    def _flush(self) -> None:
        if self._waiting:
            self._add("body", self._packed(self._waiting))
            self._waiting.clear()

    def _packed(self, blocks: Sequence[Sequence[Sentence]]) -> list[list[Sentence]]:
        return list(_pack(blocks, self._recipe, self._count, paged=self._document.paged))

    def _fitting(self, index: int, block: Block) -> list[Sentence]:
        """Return the sentences of a block, those cut that alone exceed the encoder's window."""
        whole = sentences_of(block, self._document.pages, index)
        return [p for s in whole for p in _fitting(s, self._document, self._recipe, self._count)]


def encoder_text(document: Document | DocumentEntry, passage: Passage) -> str:
    """Return what the encoder and the cross-encoder read: where the passage stands, then its text."""
    where = standing(document, passage)
    return f"{where}\n{passage.text}" if where else passage.text


def standing(document: Document | DocumentEntry, passage: Passage) -> str:
    """Return where a passage stands: its document's title and the headings above it, "" where none tells.

    Headings that say nothing ("Introduction") are left out, and so is a title that repeats a heading, or is
    only the first words of the text: read before every passage, they would make all of them seem to be about
    what the text begins with.
    """
    path = [h for h in passage.headings if h.casefold() not in _UNTELLING]
    title = "" if ("title", FIRST_WORDS) in document.origins else document.title
    if title and title.casefold() not in {h.casefold() for h in path} | _UNTELLING:
        path.insert(0, title)
    kept = path if len(path) <= 3 else path[:1] + path[-2:]
    return " > ".join(_short(h) for h in kept)


def _short(heading: str, words: int = 14) -> str:
    parts = heading.split()
    return " ".join(parts[:words])


def _fitting(sentence: Sentence, document: Document, recipe: Recipe, count: Count) -> Iterator[Sentence]:
    """Yield the sentence, or parts of it cut between clauses if it alone exceeds the encoder's window."""
    if count(sentence.text) <= recipe.sentence:
        yield sentence
        return
    raw = "".join(document.pages[r.page - 1].text[r.start : r.end] for r in sentence.runs)
    middle = len(raw) // 2
    cuts = [m.end() for m in _CLAUSE.finditer(raw)] or [m.end() for m in _BLANK.finditer(raw)] or [middle]
    at = min(cuts, key=lambda c: abs(c - middle))
    if not 0 < at < len(raw):
        at = middle
    for runs in _split(sentence.runs, at):
        text = text_of(runs, document.pages)
        if text:
            yield from _fitting(Sentence(text, runs, sentence.block), document, recipe, count)


def _split(runs: Sequence[Run], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Cut `runs` in two after `at` characters."""
    left: list[Run] = []
    right: list[Run] = []
    for run in runs:
        here = min(max(at, 0), run.end - run.start)
        at -= run.end - run.start
        if here:
            left.append(Run(run.page, run.start, run.start + here))
        if run.start + here < run.end:
            right.append(Run(run.page, run.start + here, run.end))
    return tuple(left), tuple(right)


def _pack(
    blocks: Sequence[Sequence[Sentence]], recipe: Recipe, count: Count, *, paged: bool
) -> Iterator[list[Sentence]]:
    """Pack the sentences of one section; yield groups."""
    groups: list[list[Sentence]] = []
    group: list[Sentence] = []
    size = 0
    fresh = 0  # sentences of the group that are not repeated from the one before

    def close(*, carry: bool) -> None:
        nonlocal group, size, fresh
        if not fresh:
            return
        last = group[-1]
        groups.append(group)
        weight = count(last.text)
        group = [last] if carry and weight <= recipe.overlap else []
        size = weight if group else 0
        fresh = 0

    for sentences in blocks:
        for sentence in sentences:
            weight = count(sentence.text)
            if paged and group and sentence.runs[0].page != group[-1].runs[0].page:
                close(carry=False)
                group, size = [], 0
            elif size + weight > recipe.most:
                close(carry=True)
                if size + weight > recipe.most:
                    group, size = [], 0
            group.append(sentence)
            size += weight
            fresh += 1
        if size >= recipe.least:
            close(carry=True)
    if fresh:
        tail = group[-fresh:]
        small = sum(count(s.text) for s in tail) < recipe.tail
        same_page = groups and (not paged or groups[-1][0].runs[0].page == tail[0].runs[0].page)
        if small and groups and same_page:
            groups[-1].extend(tail)
        else:
            groups.append(group)
    yield from groups


def _names_columns(row: str) -> bool:
    """Tell whether the first row of a table says what is below it: words and years, not amounts."""
    words = row.split()
    amounts = [word for word in words if _AMOUNT.fullmatch(word) and not _YEAR.fullmatch(word)]
    return 2 * len(amounts) <= len(words)


def _rows(rows: Sequence[Sentence], recipe: Recipe, count: Count) -> Iterator[list[Sentence]]:
    """Yield groups of a table's rows, the header row first in each unless it fills half a passage.

    A first row of numbers is no header, and is not repeated.
    """
    is_header = bool(rows) and count(rows[0].text) <= recipe.most // 2 and _names_columns(rows[0].text)
    header = list(rows[:1]) if is_header else []
    reserved = sum(count(r.text) for r in header)
    group, used = list(header), reserved
    for row in rows[len(header) :]:
        weight = count(row.text)
        if used + weight > recipe.most and len(group) > len(header):
            yield group
            group, used = list(header), reserved
        group.append(row)
        used += weight
    if len(group) > len(header) or len(rows) == len(header):
        yield group
