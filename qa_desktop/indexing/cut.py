"""Documents into passages: whole sentences under their headings, as many as the encoder reads well.

Passages are packed greedily: sentences are taken until the next would exceed `Recipe.most` word pieces, or
until a paragraph ends with at least `Recipe.least`.  A heading always closes a passage, and so does the end
of a page, so that a hit names one page; a sentence that runs over the page's end belongs where it begins.
Notes, captions and tables stand apart, a table's header row repeated in every part.  What the reader set
aside is in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa_desktop.domain import Block, BlockKind, Document, Passage, Run, Sentence, text_of
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.reading.sentences import sentences_of

Count = Callable[[str], int]

_CLAUSE = re.compile(r"(?<=[;:])\s+|(?<=,)\s+(?=(?:and|but|or|which|who|that|while)\b)")
_BLANK = re.compile(r"\s+")
_UNTELLING = frozenset({"executive summary", "summary", "introduction", "abstract", "contents", "conclusion"})


def cut(document: Document, recipe: Recipe, count: Count) -> tuple[Passage, ...]:
    """Cut `document` into passages; `count` gives the number of word pieces of a text."""
    found: list[Passage] = []
    path: list[tuple[int, str]] = []
    waiting: list[Block] = []
    indices: list[int] = []
    lone: tuple[int, Block] | None = None

    def headings() -> tuple[str, ...]:
        return tuple(text for _, text in path)

    def add(kind: str, groups: Iterator[list[Sentence]]) -> None:
        for group in filter(None, groups):
            found.append(Passage(len(found), kind, headings(), tuple(group)))

    def flush() -> None:
        if waiting:
            per_block = [
                [p for s in sentences_of(b, document.pages, i) for p in _fitting(s, document, recipe, count)]
                for i, b in zip(indices, waiting, strict=True)
            ]
            add("body", _pack(per_block, recipe, count, paged=document.paged))
            waiting.clear()
            indices.clear()

    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.ASIDE:
            continue
        if block.kind is BlockKind.HEADING:
            flush()
            if lone and lone[1].level >= block.level:
                _add_lone(lone, document, add)
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, text_of(block.runs, document.pages)))
            lone = (index, block)
        elif block.kind in (BlockKind.NOTE, BlockKind.CAPTION):
            add(block.kind.value, iter([list(sentences_of(block, document.pages, index))]))
        elif block.kind is BlockKind.TABLE:
            flush()
            lone = None
            add("table", _rows(block, index, document, recipe, count))
        else:
            waiting.append(block)
            indices.append(index)
            lone = None
    flush()
    if lone:
        _add_lone(lone, document, add)
    return tuple(found)


def encoder_text(title: str, passage: Passage) -> str:
    """Return what the encoder and the cross-encoder read: where the passage stands, then its text.

    Headings that say nothing ("Introduction") are left out, and so is a title that repeats a heading.
    """
    path = [h for h in passage.headings if h.casefold() not in _UNTELLING]
    if title and title.casefold() not in {h.casefold() for h in path} | _UNTELLING:
        path.insert(0, title)
    kept = path if len(path) <= 3 else path[:1] + path[-2:]
    where = " > ".join(_short(h) for h in kept)
    return f"{where}\n{passage.text}" if where else passage.text


def _short(heading: str, words: int = 14) -> str:
    parts = heading.split()
    return " ".join(parts[:words])


def _add_lone(
    lone: tuple[int, Block], document: Document, add: Callable[[str, Iterator[list[Sentence]]], None]
) -> None:
    """Add a heading with nothing under it: it is text like any other, or it could not be found."""
    index, block = lone
    add("heading", iter([list(sentences_of(block, document.pages, index))]))


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


def _rows(
    block: Block, index: int, document: Document, recipe: Recipe, count: Count
) -> Iterator[list[Sentence]]:
    """Yield groups of a table's rows, the header row first in each unless it fills half a passage."""
    rows = [
        part
        for row in sentences_of(block, document.pages, index)
        for part in _fitting(row, document, recipe, count)
    ]
    header = rows[:1] if rows and count(rows[0].text) <= recipe.most // 2 else []
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
