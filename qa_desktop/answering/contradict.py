"""Whether two sentences contradict each other in the one thing that was asked for.

Silence is better than a false alarm, so what may be the same is taken for the same: "mid-2003" and "July
2003", "some 300" and "312", "Michael Jackson" and "General Jackson".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qa_desktop.answering.evidence import Evidence, forms_of
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.polarity import opposed
from qa_desktop.indexing.words import STOP_WORDS, skeleton, stem, tokens, values

Date = tuple[int | None, int | None, int | None]
"""Year, month, day; None for what is not said."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells: the words that answer, what stands right before them, and all of it."""

    words: str
    before: str
    sentence: str


def told_by(item: Evidence, mark: int | None) -> Told:
    """Return what mark number `mark` tells; without one, it is the sentence that answers."""
    text = item.sentence.text
    if mark is None:
        return Told("", "", text)
    start, end = item.marks[mark]
    return Told(text[start:end], text[max(0, start - _BEFORE) : start], text)


_BEFORE = 24
"""Characters before a number that may say how exact it is ("a little more than")."""


def contradict(kind: Kind, one: Told, other: Told, question: str) -> bool:
    """Tell whether two dates, amounts, names, things offered, or a yes and a no cannot both be right."""
    if kind is Kind.DATE:
        return dates_differ(date_parts(one.words), date_parts(other.words))
    if kind is Kind.NUMBER:
        return amounts_differ(one, other)
    if kind is Kind.CHOICE:
        done = _DONE.fullmatch(one.words) and _DONE.fullmatch(other.words)
        return bool(done) and stem(one.words) != stem(other.words)
    if kind is Kind.OPEN:
        return opposed(question, one.sentence, other.sentence)
    return names_differ(one, other)


_DONE = re.compile(r"[a-z]{2,}(?:ed|en)")

# ------------------------------------------------------------------------------------------ dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


def date_parts(text: str) -> Date:
    """Return year, month and day of a date as it is written, None for what is not said."""
    iso = _ISO.search(text)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    year, month = _YEAR.search(text), _MONTH.search(text)
    day = DAY.search(_YEAR.sub(" ", text)) if month else None
    return (
        int(year[1]) if year else None,
        _MONTHS.index(month[1].lower()) + 1 if month else None,
        int(day[1]) if day else None,
    )


def dates_differ(one: Date, other: Date) -> bool:
    """Tell whether two dates contradict each other in what both of them say."""
    said = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return bool(said) and any(a != b for a, b in said)


# ---------------------------------------------------------------------------------------- amounts

_ROUGH = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|circa|ca\.|close to|more than|over|above|"
    r"at least|up to|less than|fewer than|under|below|just|short of|estimated|good|little)\b[^.;]*\Z",
    re.IGNORECASE,
)
_ROUGHLY = Decimal("0.15")
"""How far a rough figure may lie beside an exact one, as a share of the greater."""

_ROUNDED = Decimal("0.05")
"""The same for a round figure that does not say that it is rough."""

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501 - a plain list of number words
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_COUNTED = re.compile(r"[a-z]+")
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "%": "percent"}


def amounts_differ(one: Told, other: Told) -> bool:
    """Tell whether two amounts of the same unit are different numbers, neither one the other rounded."""
    a, b = amount(one.words), amount(other.words)
    if a is None or b is None or unit(one.words) != unit(other.words):
        return False
    rough = _ROUGH.search(one.before) or _ROUGH.search(other.before)
    if rough and abs(a - b) <= _ROUGHLY * max(a, b):
        return False
    return not (_is_rounded(a, b) or _is_rounded(b, a))


def amount(text: str) -> Decimal | None:
    """Return the number that `text` says in figures or in English words, None where that is not clear."""
    figures = [Decimal(token[1:]) for token in values(text, ["en"]) if token.startswith("n")]
    if figures:
        return max(figures)
    total = group = 0
    known = False
    for word in _COUNTED.findall(text.casefold()):
        if word in ONES:
            group += ONES.index(word)
        elif word in _TENS:
            group += 10 * (_TENS.index(word) + 2)
        elif word == "dozen":
            group = max(1, group) * 12
        elif word == "hundred":
            group = max(1, group) * 100
        elif word in _TIMES:
            total, group = total + max(1, group) * _TIMES[word], 0
        elif word in ("half", "third", "quarter"):
            return None
        else:
            continue
        known = True
    return Decimal(total + group) if known else None


def unit(text: str) -> str:
    """Return what is counted, as far as it is part of the amount: "soldiers" seldom is, "euros" is."""
    for sign, name in _SIGNS.items():
        text = text.replace(sign, f" {name} ")
    counted = {*ONES, *_TENS, *_TIMES, "dozen", "and", "to", "a"}
    left = [stem(w) for w in _COUNTED.findall(re.sub(r"per\s?cent", "percent", text.casefold()))]
    return " ".join(sorted(word for word in left if word not in {stem(c) for c in counted}))


def _is_rounded(exact: Decimal, rounded: Decimal) -> bool:
    """Tell whether `rounded` is `exact` with fewer digits: 1,300 for 1,312, not 20 for 23 or 100 for 120."""
    if exact == rounded:
        return True
    place = rounded.normalize().as_tuple().exponent
    if place == 1 or not isinstance(place, int) or abs(exact - rounded) > _ROUNDED * max(exact, rounded):
        return False
    return exact.quantize(Decimal(1).scaleb(place)) == rounded


# ------------------------------------------------------------------------------------------ names


def names_differ(one: Told, other: Told) -> bool:
    """Tell whether two names have no word in common, and neither stands in the other sentence too."""
    a, b = name_forms(one.words), name_forms(other.words)
    if not a or not b or a & b:
        return False
    return not (a & forms_of(other.sentence) or b & forms_of(one.sentence))


def name_forms(text: str) -> frozenset[str]:
    """Return the words of a name in their one spelling."""
    return frozenset(skeleton(token) for token in tokens(text) if token not in STOP_WORDS)
