"""Sources that may differ: claims that answer the same question with another date or another number.

Only questions of a kind whose answers can be compared are looked at, and only claims that speak of what was
asked about and hold exactly one thing of that kind: a false alarm costs more trust than a missed difference.
"July 2003" and "mid-2003" do not differ; "23 September 1998" and "28 September 1998" do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_desktop.answering.evidence import share
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.select import Group
from qa_desktop.domain import Claim, Difference
from qa_desktop.indexing import words

ABOUT = 0.5
"""Share of the question's words that a sentence must hold to speak of the same matter."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DIGITS = re.compile(r"\d[\d.,]*")


def differences(question: str, kind: Kind, claims: Sequence[tuple[Claim, Group]]) -> tuple[Difference, ...]:
    """Return what may differ among `claims`, each given with the sentences behind it."""
    if kind not in (Kind.DATE, Kind.NUMBER):
        return ()
    asked = words.content_words(question)
    sides: list[tuple[str, Claim]] = []
    for claim, group in claims:
        if len(claim.marks) == 1 and share(asked, group.best.forms) >= ABOUT:
            sides.append((claim.text[slice(*claim.marks[0])], claim))
    apart = [
        (told, claim)
        for told, claim in sides
        if any(_differ(kind, told, other) for other, _ in sides if other != told)
    ]
    if len(apart) < 2:
        return ()
    about = {Kind.DATE: "the date", Kind.NUMBER: "the figure"}[kind]
    return (Difference(about, tuple((claim.text, claim.citations[0]) for _, claim in apart)),)


def _differ(kind: Kind, one: str, other: str) -> bool:
    if kind is Kind.DATE:
        return dates_differ(date_parts(one), date_parts(other))
    return _number(one) != _number(other) and _unit(one) == _unit(other)


def date_parts(text: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of a date as it is written, None for what is not said."""
    iso = _ISO.search(text)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    year, month = _YEAR.search(text), _MONTH.search(text)
    day = _DAY.search(_YEAR.sub(" ", text)) if month else None
    return (
        int(year[1]) if year else None,
        _MONTHS.index(month[1].lower()) + 1 if month else None,
        int(day[1]) if day else None,
    )


def dates_differ(
    one: tuple[int | None, int | None, int | None], other: tuple[int | None, int | None, int | None]
) -> bool:
    """Tell whether two dates contradict each other in what both of them say."""
    said = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return bool(said) and any(a != b for a, b in said)


def _number(text: str) -> str:
    found = _DIGITS.search(text)
    return found.group().replace(",", "").rstrip(".") if found else text.casefold()


def _unit(text: str) -> str:
    return re.sub(r"[\d.,\s]+", " ", text).strip().casefold()
