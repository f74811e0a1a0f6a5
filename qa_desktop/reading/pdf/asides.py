"""What is printed on page after page, and is no part of the text: running heads and feet, page numbers.

A line is recognised by its key: its letters in lower case, each number written as "#".

1. The same key at the same height (within 2 % of the page) in the outer 15 % of at least
   max(3, min(a quarter of the pages, 8)) pages is a running line, if only such lines stand further out.
   In a document of up to four pages two are enough if they are the same in every letter.
2. A key with a number that grows by one from page to page, on at least a quarter of the pages and five, is
   one wherever it stands (prints of web pages).
3. A lone number in the margin, or in the first or last line of its page, that grows with the pages is the
   printed page number.

A line in larger type that says something else on each page is a heading, not a running line, and one that
begins with the marker of a note is a note.  A running line that names a part of the document keeps its first
appearance: it may be the only heading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa_desktop.reading.pdf.lines import Line, PageText, part_line

_NUMBER = re.compile(r"\d+")
_LONE = re.compile(
    r"[-–—\s|]*(?:page\s*|p\.\s*|seite\s*|стр\.\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|из)\s*\d{1,4})?[-–—\s|.]*",
    re.IGNORECASE,
)
_LONGEST_LONE = 40  # characters of a line that is only a page number
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
_NAMES_PART = re.compile(
    r"(?:part|item|chapter|section|annex|appendix|title|book|teil|kapitel|часть|глава)\b", re.IGNORECASE
)
_HEADING = 1.15  # times the size of the text: a heading, if it says something else on each page
_LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3})[\])]?(?=\D)")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

RUNNING = "running line"
NUMBER = "page number"

Place = tuple[int, int]  # a line: its page and its first character


@dataclass(slots=True)
class Asides:
    """Which lines were set aside, each with its rule, and the printed page numbers by page."""

    rules: dict[Place, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)


def find_asides(pages: Sequence[PageText]) -> Asides:
    """Find the running lines and the page numbers of a document."""
    asides = Asides()
    body = _usual_size(pages)
    lines = [
        (page, line)
        for page in pages
        for markers in [
            {sign.label for line in page.lines for sign in line.raised if sign.start > line.start}
        ]
        for line in page.lines
        if not _begins_note(line, markers)
    ]
    _find_page_numbers(lines, len(pages), asides)
    groups: dict[str, list[tuple[PageText, Line]]] = defaultdict(list)
    for page, line in lines:
        if len(line.text) <= 200 and (not 0.15 < _height(page, line) < 0.85 or _NUMBER.search(line.text)):
            groups[_key(line.text)].append((page, line))
    often = max(3, min(len(pages) / 4, 8)) if len(pages) > 4 else 2
    repeated: set[Place] = set()
    for key, group in groups.items():
        if "#" in key and len({p.number for p, _ in group}) >= max(5, len(pages) / 4):
            _set_counting_aside(group, body, asides)
        if len(group) >= often:
            repeated |= _repeated(group, often, body)
    seen: set[str] = set()
    for page in pages:
        for line in _outermost(page, repeated, asides):
            if _NAMES_PART.match(line.text) and line.text not in seen:
                seen.add(line.text)
            else:
                asides.rules.setdefault((page.number, line.start), RUNNING)
    return asides


def with_numbers_apart(page: PageText) -> PageText:
    """Return the page with each page number that shares a line of the margin on a line of its own."""
    lines: list[Line] = []
    for line in page.lines:
        found = None if 0.1 < _height(page, line) < 0.9 else _number_apart(line)
        lines.extend(part_line(line, page.text, found) if found else (line,))
    return replace(page, lines=tuple(lines)) if len(lines) > len(page.lines) else page


def _number_apart(line: Line) -> int | None:
    """Return before which word a wide gap parts a line of which one side is a page number."""
    words = line.words
    for i in range(1, len(words)):
        if words[i][2] - words[i - 1][3] > 2 * line.size:
            middle = words[i - 1][1] - line.start
            if _LONE.fullmatch(line.text[:middle]) or _LONE.fullmatch(line.text[middle:].lstrip()):
                return i
    return None


def _key(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.casefold().split()))


def _height(page: PageText, line: Line) -> float:
    return (line.base - page.bottom) / page.height


def _usual_size(pages: Sequence[PageText]) -> float:
    """Return the size of type of most characters."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _begins_note(line: Line, markers: Collection[str]) -> bool:
    """Tell whether a line begins with a marker of its page: lines like "12 Ibid., p. 7" repeat, too."""
    found = _LABEL.match(line.text) if markers else None
    return found is not None and found.group(1) in markers and found.end() < len(line.text)


def _repeated(group: Iterable[tuple[PageText, Line]], often: float, body: float) -> set[Place]:
    """Return the lines of one key that stand in the margin at the same height on many pages."""
    margin = sorted(
        ((height, page, line) for page, line in group if not 0.15 < (height := _height(page, line)) < 0.85),
        key=lambda item: item[0],
    )
    found: set[Place] = set()
    start = 0
    while start < len(margin):
        end = start
        while end < len(margin) and margin[end][0] - margin[start][0] <= 0.04:
            end += 1
        cluster = margin[start:end]
        texts = {line.text for _, _, line in cluster}
        size = cluster[0][2].size
        doubtful = size >= _HEADING * body and (len(texts) > 1 or len(cluster) < 3)
        if len(cluster) == 2 and (len(texts) > 1 or size > body or cluster[1][0] - cluster[0][0] > 0.005):
            doubtful = True  # two lines that are alike prove little: they must be the same
        if len({page.number for _, page, _ in cluster}) >= often and not doubtful:
            found.update((page.number, line.start) for _, page, line in cluster)
        start = end
    return found


def _outermost(page: PageText, repeated: Collection[Place], asides: Asides) -> Iterator[Line]:
    """Yield the repeated lines of a page with nothing but such lines between them and its edge."""
    upright = sorted((line for line in page.lines if not line.sideways), key=lambda line: -line.base)
    for lines in (upright, upright[::-1]):
        for line in lines:
            if (page.number, line.start) in repeated:
                yield line
            elif (page.number, line.start) not in asides.rules:
                break


def _set_counting_aside(group: Sequence[tuple[PageText, Line]], body: float, asides: Asides) -> None:
    """Apply rule 2 to the lines of one key."""
    if group[0][1].size >= _HEADING * body:
        return
    numbers = [[int(n) for n in _NUMBER.findall(line.text)[:8] if len(n) < 10] for _, line in group]
    for place in range(min(len(n) for n in numbers)):
        steady: dict[int, list[int]] = defaultdict(list)
        for i, (page, _) in enumerate(group):
            steady[numbers[i][place] - page.number].append(i)
        best = max(steady.values(), key=len)
        if len(best) >= 5 and len(best) >= 0.8 * len(group):
            for i in best:
                page, line = group[i]
                asides.rules.setdefault((page.number, line.start), RUNNING)
                asides.labels.setdefault(page.number, str(numbers[i][place]))
            return


def _find_page_numbers(lines: Iterable[tuple[PageText, Line]], total: int, asides: Asides) -> None:
    """Apply rule 3."""
    steady: dict[tuple[bool, int], list[tuple[PageText, Line, str]]] = defaultdict(list)
    marginal: Counter[tuple[bool, int]] = Counter()
    for page, line in lines:
        match = _LONE.fullmatch(line.text) if len(line.text) <= _LONGEST_LONE else None
        if not match:
            continue
        in_margin = not 0.15 < _height(page, line) < 0.85
        value = _value(match.group(1))
        if value and (in_margin or line.start in (page.lines[0].start, page.lines[-1].start)):
            key = (match.group(1).isdigit(), value - page.number)
            steady[key].append((page, line, match.group(1)))
            marginal[key] += in_margin
    for key, found in steady.items():
        count = len({page.number for page, _, _ in found})
        believed = marginal[key] >= max(2, total / 8) or count >= max(5, total / 4)
        if believed or (total == 1 and key[1] == 0 and marginal[key]):
            for page, line, label in found:
                asides.rules[page.number, line.start] = NUMBER
                asides.labels.setdefault(page.number, label)


def _value(label: str) -> int:
    """Return the number that `label` writes in digits or Roman numerals; 0 if it is none."""
    if label.isdigit():
        return int(label)
    values = [_ROMAN_VALUES[c] for c in label.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
