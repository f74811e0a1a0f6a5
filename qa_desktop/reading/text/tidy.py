"""Turn plain text into blocks without altering a character: what is not the text's own is left out of runs.

In order: label lines that are set aside, find notes and their markers, gather lines to paragraphs across
page breaks and doubled line breaks, recognise headings and lists, and mend words broken at a hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qa_desktop.domain import Block, BlockKind, Page, Reference, Run, collapse, text_of
from qa_desktop.reading.blocks import SOFT_HYPHEN, Locators
from qa_desktop.reading.text.tidy_asides import NOTE, inline_residue, label_lines
from qa_desktop.reading.text.tidy_headings import heading_level, heading_lines
from qa_desktop.reading.text.tidy_lines import Layout, Line, layout_of, split_lines
from qa_desktop.reading.text.tidy_notes import Note, find_markers, find_notes

Span = tuple[int, int]

_SHORT = 60  # characters; shorter lines above a title are its surroundings, not the text
_URL_TAIL = re.compile(r"(?:https?://|www\.)\S*\Z")
_URL_REST = re.compile(r"\S*[/%=&_.]\w\S*")
_HYPHEN = re.compile(r"([^\W\d_]+)[-‐]\Z")
_DASHED_NUMBER = re.compile(r"\d[-‐–]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SOFT_HYPHENS = re.compile(f"{SOFT_HYPHEN}+")
_WORD = re.compile(r"[^\W\d_]{4,}")


def blocks_of_text(
    text: str, *, offset: int = 0, locators: Locators | None = None, headings: bool = True
) -> list[Block]:
    """Return the blocks of `text`, which uses line feeds alone and stands at `offset` of page 1.

    Without `headings` none are looked for: in a letter, a short line is a greeting or a name.

    Every visible character of the text lies in a run or in the place of a marker.
    """
    lines = split_lines(text)
    layout = layout_of(lines)
    labels = label_lines(lines, layout)
    notes = find_notes(lines, labels, layout)
    markers = find_markers(lines, labels, notes)
    words = frozenset(w.lower() for w in _WORD.findall(text))
    residue = [
        span
        for i, line in enumerate(lines)
        if not labels[i] and not line.blank
        for span in inline_residue(line, _blank_after(lines, i))
    ]
    soft_hyphens = [m.span() for m in _SOFT_HYPHENS.finditer(text)]
    left_out = sorted([*((a, b) for a, b, _ in markers), *residue, *soft_hyphens])

    found: list[tuple[BlockKind, list[Span], int, str]] = []
    for kind, level, members in _typed(_gather(lines, labels, layout), lines, layout, headings=headings):
        found.append((kind, _spans(lines, members, words, layout), level, ""))
    for note in notes:
        spans = _spans(lines, note.lines, words, layout)
        found.append(
            (BlockKind.NOTE, [(max(a, note.start), b) for a, b in spans if b > note.start], 0, note.label)
        )
    found.append((BlockKind.ASIDE, _own_numbers(lines, notes), 0, "note number"))
    found.extend((BlockKind.ASIDE, spans, 0, label) for label, spans in _asides(lines, labels))
    found.extend((BlockKind.ASIDE, [span], 0, "residue") for span in residue)
    found.sort(key=lambda f: f[1][0][0] if f[1] else -1)

    locators = locators or Locators()
    page = Page(1, text)
    blocks: list[Block] = []
    for kind, spans, level, label in found:
        keep = spans if kind in (BlockKind.ASIDE, BlockKind.NOTE) else list(without(spans, left_out))
        runs = tuple(Run(1, a, b) for a, b in keep if b > a)
        words_of = text_of(runs, (page,))
        if not words_of:
            continue
        references = () if kind in (BlockKind.ASIDE, BlockKind.NOTE) else _references(spans, markers, offset)
        moved = tuple(Run(1, r.start + offset, r.end + offset) for r in runs)
        where = locators.of(kind, label=label, heading=words_of)
        blocks.append(Block(kind, moved, level, label, where, references))
    return blocks


def _own_numbers(lines: Sequence[Line], notes: Iterable[Note]) -> list[Span]:
    """Return the places of the notes' own numbers, which are their labels and none of their words."""
    spans = [(lines[note.lines[0]].first, note.start) for note in notes if note.lines]
    return [(start, end) for start, end in spans if end > start]


def _blank_after(lines: Sequence[Line], i: int) -> int:
    k = i + 1
    while k < len(lines) and lines[k].blank:
        k += 1
    return k - i - 1


def _gather(lines: Sequence[Line], labels: Sequence[str], layout: Layout) -> list[list[int]]:
    """Return the paragraphs as lists of line indices, joined across whatever is set aside."""
    paragraphs: list[list[int]] = []
    ended = interrupted = True
    for i, line in enumerate(lines):
        if labels[i]:
            interrupted = True
            continue
        if line.blank:
            ended = ended or not layout.doubled or not line.empty
            continue
        if not paragraphs:
            begins = True
        elif ended or layout.wrapped:
            begins = _begins(line, lines[paragraphs[-1][-1]], layout, ended=ended, interrupted=interrupted)
        else:
            begins = not _is_torn([lines[k] for k in paragraphs[-1][-3:]], line)
        if begins:
            paragraphs.append([i])
        else:
            paragraphs[-1].append(i)
        interrupted = False
        ended = layout.doubled and _ends_paragraph(line, layout)
    return paragraphs


def _ends_paragraph(line: Line, layout: Layout) -> bool:
    """With doubled breaks, a stop at a short line's end or before two blanks ends the paragraph."""
    short = line.length < 0.85 * layout.width
    if line.text.endswith("  "):
        return line.final_stop or short
    return short and line.final_stop and (line.ends_sentence or not line.numbered)


def _begins(line: Line, previous: Line, layout: Layout, *, ended: bool, interrupted: bool) -> bool:
    """Tell whether `line` begins a paragraph, given the line of text before it."""
    goes_on = not previous.final_stop and line.starts_lower and not line.item
    if goes_on and (layout.wrapped or interrupted) and previous.length > 0.4 * layout.width:
        return False
    if ended:
        return True
    if layout.doubled:
        return line.numbered and previous.ends_sentence
    if line.item and (previous.item or previous.final_stop or line.indent > previous.indent):
        return True
    if line.indent >= previous.indent + 2 and previous.ends_sentence and not previous.item:
        return True
    return previous.ends_sentence and previous.length < 0.6 * layout.width and not line.starts_lower


def _is_torn(before: Sequence[Line], line: Line) -> bool:
    """Tell whether a line break tore a sentence where lines are paragraphs, as around an index ("O", "2").

    Short lines in a row are names, dates or verse, and stay apart.
    """
    torn = line.starts_lower or line.bare[0].isdigit() or line.bare[0] in ").,;:]”%"
    prose = any(near.length > _SHORT for near in (*before, line))
    return torn and prose and not before[-1].final_stop and not line.item and not before[-1].item


def _typed(
    paragraphs: Iterable[list[int]], lines: Sequence[Line], layout: Layout, *, headings: bool
) -> Iterable[tuple[BlockKind, int, list[int]]]:
    """Tell headings, list items and paragraphs apart; a heading is cut off its paragraph's beginning."""
    groups = list(paragraphs)
    numbered = sum(1 for members in groups if lines[members[0]].numbered and not lines[members[0]].item) > 1
    first = True
    for k, members in enumerate(groups):
        following = groups[k + 1] if k + 1 < len(groups) else []
        count = heading_lines(lines, members, following, layout, first=first) if headings else 0
        if count:
            head = members[:count]
            title = collapse(" ".join(lines[i].text for i in head))
            level = heading_level(title, lines[head[0]].depth, first=first, numbered=numbered)
            yield BlockKind.HEADING, level, head
        rest = members[count:]
        if rest:
            yield (BlockKind.LIST if lines[rest[0]].item else BlockKind.PARAGRAPH), 0, rest
        first = first and not count and all(lines[i].length < _SHORT for i in rest)


def _spans(
    lines: Sequence[Line], members: Sequence[int], words: frozenset[str], layout: Layout
) -> list[Span]:
    """Return the places of a paragraph's lines, joined so that a word broken at a hyphen is whole again."""
    spans: list[Span] = []
    start = -1
    for i, k in pairwise([*members, -1]):
        line = lines[i]
        if start < 0:
            start = line.first
        stop = line.first + len(line.bare)
        if k < 0:
            spans.append((start, stop))
            break
        glue = _glue(line, lines[k], words, layout)
        if glue >= 0:
            spans.append((start, stop - glue))
            start = -1
        elif k > i + 1 and any(not lines[j].blank for j in range(i + 1, k)):
            spans.append((start, line.end + 1))
            start = -1
    return spans


def _glue(line: Line, following: Line, words: frozenset[str], layout: Layout) -> int:
    """Return how many characters to leave out at the end of `line` when it joins without a blank, else -1.

    A hyphen at a line's end is kept, unless the word without it occurs in the text itself.
    """
    text, rest = line.bare, following.bare
    if _URL_TAIL.search(text):
        cut = text.endswith("-") or (
            line.length > 0.8 * layout.width
            and not text.endswith((".", ",", ";"))
            and bool(_URL_REST.match(rest))
        )
        return 0 if cut else -1
    if _DASHED_NUMBER.search(text) and rest[:1].isdigit():
        return 0
    left, right = _HYPHEN.search(text), _FIRST_WORD.match(rest)
    if not left or not right:
        return -1
    return 1 if rest[:1].islower() and (left.group(1) + right.group()).lower() in words else 0


def _asides(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[str, list[Span]]]:
    """Return what is set aside, neighbours of one label together."""
    groups: list[tuple[str, list[Span]]] = []
    last = -2
    for i, label in enumerate(labels):
        if not label or label == NOTE or lines[i].blank:
            continue
        span = (lines[i].start, lines[i].end)
        if groups and groups[-1][0] == label and all(lines[j].blank for j in range(last + 1, i)):
            groups[-1][1].append((lines[last].end, span[1]))
        else:
            groups.append((label, [span]))
        last = i
    return groups


def without(spans: Iterable[Span], left_out: Sequence[Span]) -> Iterator[Span]:
    """Take the places `left_out`, sorted and apart from each other, out of `spans`."""
    for start, end in spans:
        at = start
        for k in range(max(0, bisect_left(left_out, (start, start)) - 1), len(left_out)):
            a, b = left_out[k]
            if a >= end:
                break
            if b > at:
                if a > at:
                    yield at, a
                at = b
        if at < end:
            yield at, end


def _references(
    spans: Sequence[Span], markers: Sequence[tuple[int, int, str]], offset: int
) -> tuple[Reference, ...]:
    return tuple(
        Reference(label, Run(1, a + offset, b + offset))
        for a, b, label in markers
        if any(start <= a and b <= end for start, end in spans)
    )
