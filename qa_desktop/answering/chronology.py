"""Dates that do not add up: "On 13 January he said … Just one day after this, on 15 February, the council …".

One text can contradict itself without dating anything twice: a step of time leads from one sentence to the
next, and the date at its end is not where the step leads.  One of the two dates is wrong, so whoever asks for
one of them should see both.  Only a step that points back at the sentence before is followed ("a day after
these statements", "two weeks later", "the next day"); one that names its own beginning ("a day after the war
ended") says nothing about that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from qa_desktop.answering.contradict import DAY, ONES, amount, date_parts
from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind, candidates

Span = tuple[date, date]
"""The first and the last day that a date may mean: one day, or the whole of a month or a year."""

ABOUT = "how the dates follow each other"

REACH = 2
"""How many sentences on a step may begin, where those between hold no date."""

_COUNT = rf"(?P<count>an?|\d{{1,3}}|{'|'.join(ONES[1:13])})"
_BACK = r"(?:(?:this|that|these|those)(?:\s[\w’'-]+){0,2}?|it)"
_STEP = re.compile(
    rf"\b(?:{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+"
    rf"(?:(?P<after>after\s+{_BACK}|later|afterwards?)|(?P<before>before\s+{_BACK}|earlier))"
    r"|the\s+(?P<which>next|following|same|previous)\s+(?P<whole>day|week|month|year))"
    r"\s*[,(]?\s*(?:on\s|in\s)?\Z",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LEEWAY = {"day": 2, "week": 7, "month": 31, "year": 366}
"""How far a step may lead beside the date, in days: nobody counts them when writing "a week later"."""


def misfit(first: Evidence, told: int | None, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the sentence near `first` whose date contradicts the date that answers, which is mark `told`.

    None where all dates add up, or where that sentence was not read and is not among `evidence`.
    """
    if told is None or not _dates(first.sentence.text[slice(*first.marks[told])]):
        return None
    sentences = first.hit.passage.sentences
    here = sentences.index(first.sentence)
    dated = [place for place, sentence in enumerate(sentences) if _dates(sentence.text)]
    for one, two in pairwise(dated):
        if (
            here in (one, two)
            and two - one <= REACH
            and not adds_up(sentences[one].text, sentences[two].text)
        ):
            other = sentences[two if here == one else one]
            return next((e for e in evidence if e.hit == first.hit and e.sentence == other), None)
    return None


def adds_up(earlier: str, later: str) -> bool:
    """Tell whether a step of time in `later` may lead from a date in `earlier` to the date beside it.

    True as well where there is no such step, or no date to begin or to end at.
    """
    ends = [(step, later[a:b]) for a, b in _dates(later) if (step := _STEP.search(later[:a]))]
    spans = [_span(earlier[a:b]) for a, b in _dates(earlier)]
    year = next((s[0].year for s in spans if s), None)
    end = _span(ends[0][1], year) if ends else None
    known = [s for s in spans if s]
    if end is None or not known or len(known) < len(spans):
        return True
    return any(_leads(ends[0][0], begin, end) for begin in known)


def _leads(step: re.Match[str], begin: Span, end: Span) -> bool:
    """Tell whether `step` may lead from a day of `begin` to a day of `end`."""
    unit = (step["unit"] or step["whole"]).lower()
    days = timedelta(_DAYS[unit]) * _signed(step)
    leeway = timedelta(_LEEWAY[unit])
    return begin[0] + days - leeway <= end[1] and end[0] <= begin[1] + days + leeway


def _signed(step: re.Match[str]) -> int:
    """Return how many units a step leads on, or back where it is negative."""
    which = (step["which"] or "").lower()
    if which:
        return {"same": 0, "previous": -1}.get(which, 1)
    count = amount(step["count"])
    number = 1 if count is None else int(count)  # "a week later"
    return number if step["after"] else -number


def _dates(text: str) -> tuple[tuple[int, int], ...]:
    return candidates(Kind.DATE, text, "")


def _span(text: str, year: int | None = None) -> Span | None:
    """Return the days that a date may mean, None for what names no day of a calendar ("Monday", "1990s")."""
    said_year, month, day = date_parts(text)
    year = said_year or year
    if year is None or (month is None and not re.fullmatch(r"\d{4}", text.strip())):
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:  # 31 June
        return None
    if day:
        days = [int(d) for d in DAY.findall(text) if 0 < int(d) <= 31]
        return first, first + timedelta(max(0, max(days) - day))
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    return first, after - timedelta(1)
