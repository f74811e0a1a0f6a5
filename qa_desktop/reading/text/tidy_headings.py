"""Recognise headings in plain text, conservatively: a missed one costs little, a false one misleads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_desktop.reading.blocks import is_part_name
from qa_desktop.reading.text.tidy_lines import Layout, Line

_LONGEST = 110  # characters of a heading's line
_INNER_PARTS = re.compile(r"(?:key )?findings|results|methods|discussion")


def heading_lines(
    lines: Sequence[Line], members: Sequence[int], following: Sequence[int], layout: Layout, *, first: bool
) -> int:
    """Return how many of a paragraph's first lines (0, 1 or 2) are its heading.

    `members` are the paragraph's lines and `following` those of the next paragraph; `first` is true for
    the first paragraph of the text.
    """
    head = lines[members[0]]
    if first and (capitals := _lines_in_capitals(lines, members)):
        return capitals
    if not _could_be(head):
        return 0
    if head.numbered and layout.wrapped and len(members) > 1:
        return _numbered(lines, members, following, layout)
    if len(members) == 1:
        return 1 if _stands_alone(lines, members[0], following, layout, first=first) else 0
    # With doubled breaks a heading and its text may stand in one paragraph: a short line, then a full one.
    if layout.doubled and not head.item:
        next_line = lines[members[1]]
        short = head.length < 0.6 * layout.width and not head.bare.endswith((":", ";"))
        if short and not next_line.starts_lower and next_line.length > 0.8 * layout.width:
            return 1
    return 0


def _lines_in_capitals(lines: Sequence[Line], members: Sequence[int]) -> int:
    """Return how many lines at the head of the text are a title in capitals, at most two, with text below."""
    count = 0
    for i in members[:3]:
        text = lines[i].bare
        if not text.isupper() or len(text) > _LONGEST or sum(c.isalpha() for c in text) < 0.6 * len(text):
            break
        count += 1
    return count if count < 3 and len(lines[members[0]].bare) > 5 and count < len(members) else 0


def heading_level(title: str, depth: int, *, first: bool, numbered: bool) -> int:
    """Return a heading's level: 1 for the title at the head of the text, 2 for chapters, more below them.

    `depth` is that of its own number (0: none); `numbered` tells that the text's chapters have numbers, so
    that a heading without one lies inside a chapter, unless it names one of the parts that every paper has.
    """
    if depth:
        return min(6, 1 + depth)
    bare = title.rstrip(" :").lower()
    part = is_part_name(bare)
    if first and not part:
        return 1
    return 3 if numbered and (not part or _INNER_PARTS.fullmatch(bare)) else 2


def _could_be(line: Line) -> bool:
    text = line.bare
    if (
        not 2 < len(text) <= _LONGEST
        or text[0] in "#*|<{="
        or text[-1] in ".,;!?-–"
        or line.starts_lower
        or text.endswith("...")
    ):
        return False
    letters = sum(c.isalpha() for c in text)
    return letters >= 0.6 * len(text.replace(" ", "")) and "http" not in text and "@" not in text


def _numbered(lines: Sequence[Line], members: Sequence[int], following: Sequence[int], layout: Layout) -> int:
    """Count the lines of a numbered heading that opens its paragraph: one, or two if the second is short."""
    head, second = lines[members[0]], lines[members[1]]
    if second.length < 0.6 * layout.width and not second.ends_sentence:
        after = lines[members[2]] if len(members) > 2 else (lines[following[0]] if following else None)
        return 2 if after is not None and not after.starts_lower else 0
    return 1 if head.length < 0.85 * layout.width and not second.starts_lower else 0


def _stands_alone(
    lines: Sequence[Line], at: int, following: Sequence[int], layout: Layout, *, first: bool
) -> bool:
    """Tell whether a line that is a paragraph of its own is a heading: short, apart, with text below it."""
    line = lines[at]
    if (line.item and not line.numbered) or not following:
        return False
    words = line.text.split()
    opening = first and all(above.blank for above in lines[:at])
    apart = layout.doubled or opening or (at > 0 and lines[at - 1].blank and lines[at + 1].blank)
    below = lines[following[0]]
    colon = line.bare.endswith(":")
    if not apart or len(words) > 16 or (colon and len(words) > 4 and not line.numbered) or below.starts_lower:
        return False
    return below.length >= min(60, max(line.length, 30)) or len(following) > 1
