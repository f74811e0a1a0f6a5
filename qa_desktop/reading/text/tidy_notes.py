"""Find the notes at the feet of a plain text's pages, and their markers in the text.

Notes: a block begins at a line of blanks or dashes that a numbered line follows, and ends at a page number
or where the text goes on; in it each greater number begins a note.  Markers: a number glued to a word or a
stop is one only where its turn has come, so that years, amounts and names keep their digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_desktop.reading.text.tidy_asides import LINK, NOTE, PAGE_NUMBER, RULE
from qa_desktop.reading.text.tidy_lines import Layout, Line

_NOTE_START = re.compile(
    r"(?P<lead> ?)\[?(?P<number>\d{1,3})[\].]?\s+(?=[^\W\d_a-z]|[“\"‘'„(\[]|https?:|[a-z]+\.[a-z])"
)
_URL_ONLY = re.compile(r"(?:https?://|www\.)\S+")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_SCHEME = re.compile(r"\A(?:https?://)?(?:www\.)?")
_WHITE = re.compile(r"\s+")
_LARGEST_GAP = 60  # numbers of notes that may be missing between two that are there
_NEAR = 3
_LOOK_BACK = 60  # characters before a marker that tell whether it is one
_REMEMBERED = 50_000  # characters of notes among which a repeated link is looked for

_MARKER = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[)\]”’\"'.,;:?!%])|(?<=\b19\d\d)|(?<=\b20\d\d))(?P<number>\d{1,3})(?=[\s,.;:)”]|\Z)"
)
_DECIMAL = re.compile(r"\d[.,]\Z")
_YEAR_STOP = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d[.,]\Z")
_AFTER_STOP = re.compile(r"[^\W\d_]{2}[)\]]?[.!?”’\"]+\Z")
_COUNTED = re.compile(r"\b(?:nos?|nr|pp?|vols?|arts?|figs?|secs?|ch|v|version)\.\Z", re.IGNORECASE)


@dataclass(slots=True)
class Note:
    """A note: its number ("" where it was lost) and its lines; its words begin at character `start`."""

    label: str
    start: int
    lines: list[int] = field(default_factory=list)


def find_notes(lines: Sequence[Line], labels: list[str], layout: Layout) -> list[Note]:
    """Return the notes in order, and label their lines, links repeated after them and rules above them."""
    notes: list[Note] = []
    seen = ""  # the words of the notes so far, without white space
    last = 0
    inside = False
    awaits_address = False  # the note's last line ends in "Available at:"
    for i, line in enumerate(lines):
        if labels[i] == PAGE_NUMBER:
            inside = False
        elif labels[i] == RULE:
            inside = _starts_note(_following(lines, labels, i), last) > 0
        elif line.blank:
            if inside and not layout.doubled and not _goes_on(_following(lines, labels, i), last):
                inside = False
        elif not labels[i] or inside:
            number = _starts_note(line, last)
            if number and _believable(line, number, last, inside=inside):
                notes.append(Note(str(number), line.start + _label_end(line), [i]))
                last, inside = number, True
            elif last and not inside and _is_orphan(line):
                notes.append(Note("", line.start, [i]))
                inside = True
            elif last and _repeats(line, seen) and not (inside and awaits_address):
                labels[i] = LINK
                continue
            elif not inside or (_one_blank(line) and not _URL_ONLY.fullmatch(line.bare)):
                inside = False
                continue
            else:
                notes[-1].lines.append(i)
            labels[i] = NOTE
            seen += _WHITE.sub("", line.text)
            if len(seen) > 2 * _REMEMBERED:
                seen = seen[-_REMEMBERED:]
            awaits_address = line.bare.endswith((":", ",", "<", "("))
    return notes


def _following(lines: Sequence[Line], labels: Sequence[str], i: int) -> Line | None:
    return next((lines[k] for k in range(i + 1, min(len(lines), i + 6)) if not lines[k].blank), None)


def _starts_note(line: Line | None, last: int) -> int:
    """Return the number of the note that `line` begins, 0 when it begins none."""
    found = _NOTE_START.match(line.text) if line else None
    number = int(found["number"]) if found else 0
    return number if last < number <= last + _LARGEST_GAP else 0


def _label_end(line: Line) -> int:
    found = _NOTE_START.match(line.text)
    return found.end() if found else 0


def _believable(line: Line, number: int, last: int, *, inside: bool) -> bool:
    """Tell whether a line that looks like a note is one.

    Where a line begins with one blank, or stands outside a block of notes (as the only note at the head of
    a page), the text may go on with a number: only one of the next numbers is believed.
    """
    near = number <= last + _NEAR
    if inside:
        return near or not line.text.startswith(" ")
    return near and last > 0 and _one_blank(line)


def _goes_on(line: Line | None, last: int) -> bool:
    return line is not None and (_starts_note(line, last) > 0 or bool(_URL_ONLY.fullmatch(line.bare)))


def _one_blank(line: Line) -> bool:
    return line.text.startswith(" ") and not line.text[1:2].isspace()


def _is_orphan(line: Line) -> bool:
    """Tell whether this is the rest of a note whose beginning was lost: hardly a word but an address."""
    url = _URL.search(line.text)
    return bool(url) and _one_blank(line) and sum(c.isalpha() for c in _URL.sub("", line.text)) < 20


def _repeats(line: Line, seen: str) -> bool:
    """Tell whether the line is an address that is already in the notes, as converters append a page's links.

    One that ends in a hyphen goes on in the next line, and is a note's own.
    """
    return bool(_URL_ONLY.fullmatch(line.bare)) and not line.bare.endswith("-") and _bare(line.text) in seen


def _bare(text: str) -> str:
    return _SCHEME.sub("", text.strip()).rstrip(".,;")


def find_markers(
    lines: Sequence[Line], labels: Sequence[str], notes: Sequence[Note]
) -> list[tuple[int, int, str]]:
    """Return the markers in the text as (start, end, number), in order.

    They must count up from 1, at most two missing in a row.  Where the text has no notes at all a marker
    must follow a stop or a quotation mark, and at least three must be found; otherwise none is believed.
    """
    numbers = {int(n.label) for n in notes if n.label}
    accepted: list[tuple[int, int, str]] = []
    expected = 1
    for i, line in enumerate(lines):
        if labels[i] or line.blank:
            continue
        for found in _MARKER.finditer(line.text):
            number = int(found["number"])
            if not expected <= number <= expected + 2 or found["number"].startswith("0"):
                continue
            before = line.text[max(0, found.start() - _LOOK_BACK) : found.start()]
            if (_DECIMAL.search(before) and not _YEAR_STOP.search(before)) or _COUNTED.search(before):
                continue
            if before[-1:].isalnum() and (len(numbers) < 3 or number > max(numbers)):
                continue
            if not numbers and not _AFTER_STOP.search(before):
                continue
            accepted.append((line.start + found.start(), line.start + found.end(), found["number"]))
            expected = number + 1
    return accepted if numbers or len(accepted) >= 3 else []
