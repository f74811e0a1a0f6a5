"""Dates as they are printed, to one form each: "24 September 2023", "24.9.2023", "2023-09-24".

A day, a month of a year and a day of any year each become a token of the word index; the year alone is
a number like any other.  Where it is unclear which is the month ("6/2/2023" in an English text), only the
year is taken: a wrong date is worse than none.  Years of two digits are not taken for years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qa_desktop.indexing.words_months import month_number

_YEAR = r"(?:1\d|20|21)\d\d"
_WORD = r"[^\W\d_]{3,16}"
_BLANK = r"[^\S\n]"
_ENDING = r"(?:st|nd|rd|th|er|º|ª|°)?"
# A year is one in figures on its own, not the beginning of a longer number, a time or a measure.
_NO_MORE = r"(?![\w]|[.,/:-]\d)"

_DATE = re.compile(
    rf"""(?<![\w/.:-])(?:
        (?P<iso_y>{_YEAR})(?P<iso>[-./])(?P<iso_m>\d\d?)(?P=iso)(?P<iso_d>\d\d?)(?:T\d\d:\S*)?
      | (?P<cjk_y>{_YEAR})\s?[年년]\s?(?P<cjk_m>\d\d?)\s?[月월](?:\s?(?P<cjk_d>\d\d?)\s?[日일])?
      | (?P<first>\d\d?)(?P<sign>[./-]){_BLANK}?(?P<second>\d\d?)(?P=sign){_BLANK}?(?P<figures_y>{_YEAR})
      | (?P<before_d>\d\d?){_ENDING}\.?(?:{_BLANK}|-)+(?:(?:of|de)\s+|d[’'])?(?P<before_m>{_WORD})
            (?:[.,]?(?:\s|-)+(?:(?:de|del|of)\s+)?(?P<before_y>{_YEAR}))?
      | (?P<after_m>{_WORD})\.?{_BLANK}+(?P<after_d>\d\d?)(?:st|nd|rd|th)?(?:,?\s+(?P<after_y>{_YEAR}))?
      | (?P<month>{_WORD})\.?,?\s+(?:(?:de|del|of)\s+)?(?P<month_y>{_YEAR})
      | (?P<year_first>{_YEAR}),?\s+(?P<year_m>{_WORD})\s+(?P<year_d>\d\d?)(?:st|nd|rd|th)?
    ){_NO_MORE}""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_AROUND = 40  # characters from a digit to the end of its date; the longest name of a month has 16
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_FIRST = frozenset(["en", ""])


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands, characters `start` to `end`; 0 stands for what is not said."""

    start: int
    end: int
    year: int
    month: int = 0
    day: int = 0

    def tokens(self) -> tuple[str, ...]:
        """Return what the word index holds of it: the day, the month of the year, the day of any year."""
        found = []
        if self.year and self.month and self.day:
            found.append(f"d{self.year}-{self.month:02}-{self.day:02}")
        if self.year and self.month:
            found.append(f"m{self.year}-{self.month:02}")
        if self.month and self.day:
            found.append(f"a{self.month:02}-{self.day:02}")
        if self.year:
            found.append(f"n{self.year}")
        return tuple(found)


def date_tokens(iso: str) -> tuple[str, ...]:
    """Return the tokens of a date in ISO 8601, to the day, month or year; none of what is no date."""
    parts = iso.split("-")
    if not _ISO.fullmatch(iso):
        return ()
    return FoundDate(0, 0, *(int(p) for p in parts)).tokens()


def find_dates(text: str, language: str = "") -> Iterator[FoundDate]:
    """Yield the dates of a text in `language` in their order; they do not overlap."""
    place = 0
    for start, end in _stretches(text):
        place = max(place, start)
        while found := _DATE.search(text, place, end):
            read = _read(found, language)
            if read is not None:
                yield read
            # Another date may begin inside what was not one.
            place = read.end if read is not None else found.start() + 1


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of `text` in which dates can stand: around digits, whole words."""
    start = end = -1
    for digits in _DIGITS.finditer(text):
        before = max(text.rfind(" ", 0, max(0, digits.start() - _AROUND)), 0)
        after = text.find(" ", digits.end() + _AROUND)
        after = len(text) if after < 0 else after
        if before > end >= 0:
            yield start, end
            start = before
        start, end = max(start, 0) if end >= 0 else before, max(end, after)
    if end >= 0:
        yield start, end


def _read(found: re.Match[str], language: str) -> FoundDate | None:
    start, end = found.span()
    group = found.groupdict()
    if group["iso_y"]:
        return _dated(start, end, group["iso_y"], group["iso_m"], group["iso_d"])
    if group["cjk_y"]:
        return _dated(start, end, group["cjk_y"], group["cjk_m"], group["cjk_d"] or "0")
    if group["figures_y"]:
        return _in_figures(found, language)
    for kind in ("before", "after"):
        if name := group[f"{kind}_m"]:
            month = month_number(name, language)
            return _dated(start, end, group[f"{kind}_y"] or "0", month, group[f"{kind}_d"]) if month else None
    if name := group["year_m"]:
        month = month_number(name, language)
        return _dated(start, end, group["year_first"], month, group["year_d"]) if month else None
    month = month_number(group["month"], language)
    return _dated(start, end, group["month_y"], month, 0) if month else None


def _in_figures(found: re.Match[str], language: str) -> FoundDate | None:
    one, two, year = int(found["first"]), int(found["second"]), found["figures_y"]
    unclear = found["sign"] != "." and language in _MONTH_FIRST and one != two
    if unclear and one <= 12 and two <= 12:
        return FoundDate(*found.span(), int(year)) if one and two else None
    if two > 12 and found["sign"] != ".":
        one, two = two, one
    return _dated(*found.span(), year, two, one)


def _dated(start: int, end: int, year: str, month: int | str, day: int | str) -> FoundDate | None:
    """Return the date, or None for one that no calendar has."""
    found = FoundDate(start, end, int(year), int(month), int(day))
    if not 1 <= found.month <= 12 or found.day > _DAYS[found.month - 1]:
        return None
    if found.year and found.day:
        try:
            date(found.year, found.month, found.day)
        except ValueError:
            return None
    return found
