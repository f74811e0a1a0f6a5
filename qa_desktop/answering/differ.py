"""Sources that may differ: sentences that answer the same question with another date or another number.

Only questions of a kind whose answers can be compared are looked at.  A sentence is another side when it
stands in a passage of its own, fits the question nearly as well as the best one or is heard to answer, holds
one thing of the kind asked for that contradicts the best one's, and when the probe shows that this thing is
what answers and that the sentence knows of everything asked.  A false alarm costs more trust than a missed
difference.
"July 2003" and "mid-2003" do not differ; "23 September 1998" and "28 September 1998" do.  Where the question
offers two things, they differ if only one can be: "elected or appointed", but not "an army or a navy".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import TELLING, Probe
from qa_desktop.indexing.words import stem

REACH = 3.0
"""How far, in logits, another side may lie behind the best sentence, unless the head says that it answers."""

MOST_DOUBT = 0.12
"""Doubt up to which a sentence still speaks of what was asked."""

LEAST_PROBABILITY = 0.57
"""Probability of answering from which a sentence beside the best one is believed."""

LOOKED_AT = 8
MOST_PROBES = 3

Look = tuple[Probe, float]
"""What a look at one sentence shows: its probe, and the probability that it answers."""

Date = tuple[int | None, int | None, int | None]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DIGITS = re.compile(r"\d[\d.,]*")

_DONE = re.compile(r"[a-z]{2,}(?:ed|en)")

ABOUT = {Kind.DATE: "the date", Kind.NUMBER: "the figure", Kind.CHOICE: "which of the two"}


def other_sides(
    kind: Kind, evidence: Sequence[Evidence], best: Probe, look: Callable[[Evidence], Look]
) -> list[Evidence]:
    """Return the sentences of `evidence` (best first) that contradict the first one; `best` is its probe.

    `look` probes a sentence and says how likely it answers.
    """
    if kind not in ABOUT or best.answering is None:
        return []
    first = evidence[0]
    said = words_of(first, best.answering)
    found: list[Evidence] = []
    probes = 0
    if _says_both(kind, first):
        return []
    for item in evidence[1:LOOKED_AT]:
        if probes == MOST_PROBES:
            break
        if item.score < max(0.0, first.score - REACH) and (item.answers or 0.0) <= 0.0:
            continue
        if item.block == first.block or _says_both(kind, item):
            continue
        if not any(contradict(kind, said, words_of(item, i)) for i in range(len(item.marks))):
            continue
        probes += 1
        shown, probability = look(item)
        told = shown.answering
        if told is None or shown.told < TELLING or not answers_too(shown, probability):
            continue
        if contradict(kind, said, words_of(item, told)):
            found.append(item)
    return found


def answers_too(shown: Probe, probability: float) -> bool:
    """Tell whether a sentence beside the best one answers as well, judged strictly."""
    return shown.doubt <= MOST_DOUBT and probability >= LEAST_PROBABILITY


def words_of(item: Evidence, mark: int) -> str:
    """Return the words of mark number `mark`."""
    return item.sentence.text[slice(*item.marks[mark])]


def contradict(kind: Kind, one: str, other: str) -> bool:
    """Tell whether two dates, two numbers of the same unit, or two things offered cannot both be right."""
    if kind is Kind.DATE:
        return dates_differ(date_parts(one), date_parts(other))
    if kind is Kind.CHOICE:
        return bool(_DONE.fullmatch(one) and _DONE.fullmatch(other)) and stem(one) != stem(other)
    return _number(one) != _number(other) and _unit(one) == _unit(other)


def _says_both(kind: Kind, item: Evidence) -> bool:
    """Tell whether a sentence holds both things that a question offers: then it is no side."""
    told = [words_of(item, mark) for mark in range(len(item.marks))]
    return kind is Kind.CHOICE and any(contradict(kind, told[0], other) for other in told[1:])


def date_parts(text: str) -> Date:
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


def dates_differ(one: Date, other: Date) -> bool:
    """Tell whether two dates contradict each other in what both of them say."""
    said = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return bool(said) and any(a != b for a, b in said)


def _number(text: str) -> str:
    found = _DIGITS.search(text)
    return found.group().replace(",", "").rstrip(".") if found else text.casefold()


def _unit(text: str) -> str:
    return re.sub(r"[\d.,\s]+", " ", text).strip().casefold()
