"""Recognise what is not part of a plain text's own words: page numbers, rules, scraping residue, repeats.

Nothing is deleted: a line that is recognised gets a label and becomes an aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa_desktop.reading.text.tidy_lines import Layout, Line

PAGE_NUMBER = "page number"
RULE = "rule"
RESIDUE = "residue"
REPEATED = "repeated"
LINK = "repeated link"
NOTE = "note"

_PAGE_NUMBER = re.compile(
    r"[-–—]?\s{0,9}(?P<word>(?:page|seite)\s{1,9})?(?P<number>\d{1,4})(?P<of>\s{0,9}(?:of|von|/)\s{0,9}\d{1,4})?\s{0,9}[-–—]?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_BAR = re.compile(r"(?:[_=*~–—-]\s?){5,}")
_WIDE_BLANK = 20  # characters; so long a line of blanks was an underlined rule
# What web pages leave behind when they are copied or scraped as text; whole lines only.
_RESIDUE = re.compile(
    r"facebook|twitter|share(?: this)?|print|e-?mail|newsletter|advertisement|regenerate response|"
    r"read (?:also|more)\b.{0,80}|join the .{0,60}mailing list|"
    r"(?:[\w.]{1,20} [-–—] )?make a .{0,20}donation.*|(?:sign up|subscribe)\b.{0,60}",
    re.IGNORECASE,
)
_LINE_FINAL = re.compile(r"\s(?:Facebook|Twitter|WhatsApp|LinkedIn|Pinterest|Email|Print|Share)\Z")
_CSS = (
    r"(?:font|color|background|padding|margin|line-height|display|width|height|border|text-|letter-)"
    r"[\w-]{0,30}"
)
_INLINE = re.compile(
    r"style=[”“\"'][^”“\"'<>]*[”“\"']?\s*>"
    r"|</?(?:p|div|span|br|a|b|i|u|em|strong|h[1-6]|img|table|tbody|tr|td|th|ul|ol|li|font|hr)(?:\s[^<>]{0,300})?/?>"
    rf"|(?:\b{_CSS}\s*:\s*[^;:<>\n]{{1,60}};\s*){{2,}}",
    re.IGNORECASE,
)
_LOOK_BACK = 3  # a repeated line stands at most this many lines after its twin
_LETTERS = re.compile(r"[\W\d_]+")


def label_lines(lines: Sequence[Line], layout: Layout) -> list[str]:
    """Return for each line its label, "" for the text's own words."""
    labels = [""] * len(lines)
    for i in _page_numbers(lines, layout):
        labels[i] = PAGE_NUMBER
    recent: list[str] = []
    for i, line in enumerate(lines):
        if line.empty or labels[i]:
            continue
        if _BAR.fullmatch(line.bare) or (line.blank and len(line.text) >= _WIDE_BLANK):
            labels[i] = RULE
        elif line.blank:
            continue
        elif _RESIDUE.fullmatch(line.bare):
            labels[i] = RESIDUE
        else:
            letters = _LETTERS.sub("", line.text).lower()
            if len(letters) > 15 and letters in recent:
                labels[i] = REPEATED
            recent = [*recent[1 - _LOOK_BACK :], letters]
    return labels


def inline_residue(line: Line, blank_lines_after: int) -> list[tuple[int, int]]:
    """Return the places in the text, inside `line`, that are markup or buttons and not words."""
    found = [(line.start + m.start(), line.start + m.end()) for m in _INLINE.finditer(line.text)]
    if blank_lines_after >= 3 and (last := _LINE_FINAL.search(line.bare, max(0, len(line.bare) - 20))):
        found.append((line.first + last.start() + 1, line.first + last.end()))
    return found


def _page_numbers(lines: Sequence[Line], layout: Layout) -> list[int]:
    """Return the lines that hold a page number and nothing else, between empty lines.

    A lone number is only a page number where it says so ("Page 4", "- 4 -", "4 of 12"), stands at a form
    feed, or is one of several that grow through the text.
    """
    sure: list[int] = []
    lone: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        found = None if line.blank else _PAGE_NUMBER.fullmatch(line.bare)
        if not found:
            continue
        before = i == 0 or lines[i - 1].blank or "\f" in line.text
        after = i + 1 >= len(lines) or lines[i + 1].blank or "\f" in lines[i + 1].text
        if not (before and after):
            continue
        dashed = line.bare[0] in "-–—" and line.bare[-1] in "-–—"
        if found["word"] or found["of"] or dashed or "\f" in line.text:
            sure.append(i)
        elif not _YEAR.match(found["number"]):
            lone.append((i, int(found["number"])))
    filled = sum(1 for line in lines if not line.blank)
    grows = all(a[1] < b[1] for a, b in pairwise(lone))
    if lone and len(lone) * 8 <= filled and grows and (len(lone) > 1 or layout.doubled):
        sure.extend(i for i, _ in lone)
    return sure
