"""Notes at the foot of a page, and their markers in the text.

A note is a run of lines in smaller type at the bottom of its column whose first line begins with a number
or sign that also stands, small and raised, in the text above it on the same page.  Without that last
condition small print of every kind would pass for a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_desktop.reading.pdf.lines import Line, PageText

_LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3})[\])]?(?:[.:]?\s+|(?=[^\d\s.,:)\]]))")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_FINISHED = re.compile(r"[.!?…][\s\"”’»)\]]*\Z")
_SMALLER = 0.92


@dataclass(slots=True)
class Note:
    """The note `label`: its lines, and how many characters of the first are the label itself."""

    label: str
    lines: list[Line]
    lead: int = 0


@dataclass(slots=True)
class PageNotes:
    """The notes of one page and the first characters of all lines they take up."""

    notes: list[Note] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    continued: list[Line] = field(default_factory=list)

    @property
    def labels(self) -> frozenset[str]:
        """The labels of the notes on this page."""
        return frozenset(n.label for n in self.notes)


def find_notes(page: PageText, lines: Sequence[Line], body: float, *, unfinished: bool) -> PageNotes:
    """Find the notes among `lines` of `page`; `body` is the size of the document's text in points.

    `unfinished` tells that the last note of the page before breaks off: small lines at the bottom before
    this page's first note then go on with it (`continued`).
    """
    found = PageNotes()
    small = [line for line in lines if line.size <= _SMALLER * body]
    if not small:
        return found
    markers: dict[str, float] = {}
    for line in lines:
        if line.size > _SMALLER * body:
            for sign in line.raised:
                markers.setdefault(sign.label, line.base)
    starts = {}
    for line in small:
        label = _LABEL.match(line.text)
        if label:
            name = label.group(1).translate(_SUPERSCRIPTS)
            if (
                name in markers
                and line.base < markers[name] + page.height * 0.5
                and _at_foot(line, lines, body)
            ):
                starts[line.start] = (name, label.end())
    if not starts and not unfinished:
        return found
    current: Note | None = None
    pending: list[Line] = []
    for line in small:
        start = starts.get(line.start)
        if start and start[0] not in found.labels:
            current = Note(start[0], [line], start[1])
            found.notes.append(current)
        elif current and _follows(current.lines[-1], line):
            current.lines.append(line)
        elif not current and unfinished and _at_foot(line, lines, body):
            pending.append(line)
    if pending and (found.notes or pending[0].base < page.bottom + 0.35 * page.height):
        found.continued = pending
    found.taken = {line.start for note in found.notes for line in note.lines}
    found.taken |= {line.start for line in found.continued}
    return found


def is_finished(lines: Sequence[Line]) -> bool:
    """Tell whether a note's text ends as a sentence does."""
    return bool(_FINISHED.search(lines[-1].ending)) or "://" in lines[-1].text


def _at_foot(line: Line, lines: Sequence[Line], body: float) -> bool:
    """Tell whether nothing in the size of the text stands below `line` in its column."""
    return not any(
        other.size > _SMALLER * body
        and other.base < line.base - 1
        and min(other.right, line.right) - max(other.left, line.left) > line.size
        and len(other.text) > 3
        for other in lines
    )


def _follows(previous: Line, line: Line) -> bool:
    """Tell whether `line` may go on with the note that `previous` belongs to."""
    below = 0 < previous.base - line.base < 2.2 * previous.size
    same_row = abs(previous.base - line.base) <= 0.6 * previous.size
    return (below or same_row) and abs(line.size - previous.size) < 0.25 * previous.size


def references_in_sequence(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[int, int]]:
    """Return page and index of raised numbers that count 1, 2, 3 … through a document: markers of endnotes.

    A number counts if it is at most two above the last one; fewer than four of them prove nothing.
    """
    found: list[tuple[int, int]] = []
    last = 0
    for lines in pages:
        for line in lines:
            for sign in line.raised:
                if sign.label.isdigit() and last < int(sign.label) <= last + 2:
                    last = int(sign.label)
                    found.append((line.page, sign.start))
    return frozenset(found) if len(found) >= 4 else frozenset()
