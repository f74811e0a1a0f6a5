"""One question about several subjects: "What did Russia and China say?", "resolutions 1199 and 1203".

Only what surely holds of each of them is asked about each: what they say, how they vote, what they are
called.  What they may do together ("When did A and B sign …?") is one question.
"""

from __future__ import annotations

import re

from qa_desktop.answering.parts.part import Part
from qa_desktop.answering.parts.wordings import (
    ENGLISH,
    NAME,
    PREPOSITIONS,
    TOGETHER,
    Grammar,
    ask,
    capital,
    singular,
    tidy,
)

_EACH_DOES = """say says said think thought argue argued claim claimed state stated declare declared announce
    announced want wanted demand demanded propose proposed suggest suggested vote voted react
    reacted respond responded reply replied call called describe described mean stand stands
    refer hold held play played offer offered promise promised warn warned expect expected
    report reported write wrote written believe believed deal concern define contain
    contribute contributed receive received earn earned cost export publish published abstain
    die work live recognise recognize recognised join joined ratify ratified resign resigned"""
_EACH_IS = """born founded formed published released created established built opened elected appointed
    adopted killed recognised recognized called named located based buried educated
    discovered invented abolished"""
_DOES, _IS = "|".join(_EACH_DOES.split()), "|".join(_EACH_IS.split())
_INSTITUTION = re.compile(
    r"(?:Commission|Office|Administration|Ministry|Department|Committee|Agency|Council|Court|Bank|Union|Act|"
    r"Treaty|Agreement|Fund|Organi[sz]ation|Party|Association|Institute|University|Board|Authority|Service|"
    r"Company|Group|Forum|Centre|Center|Conference|Convention|Review|Society|Foundation|Trust|League|Inc\.?)$"
)
_NOT_EACH = (
    "relations|ties|talks|negotiations|differences|similarities|borders|"
    "millions|billions|thousands|hundreds|leaders"
)
_SEVERAL = rf"(?P<names>{NAME}(?:,\s+{NAME}){{0,2}},?\s+and\s+{NAME})"
_ASKING = rf"(?:(?:{PREPOSITIONS})\s+)?(?:{ENGLISH.asking})(?:\s+[\w-]+){{0,3}}?"
_NUMBER = r"(?:FY\s?)?\d[\w./-]*"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = rf"(?:(?:{_MONTH})\s+)?(?:FY\s?)?(?:1[0-9]|20)\d\d"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?i:{_ASKING})\s+(?:did|does|do|has|have|had|will|would)\s+{_SEVERAL}\s+(?:{_DOES})\b.*$",
        rf"^(?i:{_ASKING})\s+(?:was|were|is|are)\s+{_SEVERAL}\s+(?:{_IS})\b.*$",
        rf"^(?:Who|What|who|what)\s+(?:is|was|are|were)\s+{_SEVERAL}$",
        rf"^.*\b(?:say|says|said|think|known|write|written|wrote|learn)\s+(?:about|of|on)\s+{_SEVERAL}$",
        rf"^.*\b(?!(?:{_NOT_EACH})\b)[a-z]{{3,}}s\s+of\s+{_SEVERAL}\b(?!\s+{NAME}).*$",
    )
)
_THING = rf"(?:{NAME}|the\s+[a-z-]+(?:\s+[a-z-]+)?)"
_MADE = re.compile(
    rf"^(?i:who)\s+(?:founded|built|wrote|led|headed|chaired|designed|owns|owned|commanded|won|bought|sold|created|"
    rf"invented|discovered|directed|composed|painted|established|leads|heads|chairs)\s+"
    rf"(?P<names>{_THING}\s+and\s+{_THING})$"
)
_NUMBERED = re.compile(
    rf"\b(?P<noun>[A-Za-z]{{3,}}s)\s+(?P<names>{_NUMBER}(?:,\s+{_NUMBER}){{0,2}},?\s+and\s+{_NUMBER})(?!\s*(?:%|per))\b"
)
_DATED = re.compile(
    rf"\b(?P<word>in|on|for|by|at)\s+(?P<names>{_YEAR}(?:,\s+(?:(?P=word)\s+)?{_YEAR}){{0,2}},?\s+and\s+(?:(?P=word)\s+)?{_YEAR})\b"
)
_BETWEEN = re.compile(r"\b(?:between|from|either)\b", re.IGNORECASE)
_PARTED = re.compile(r",?\s+and\s+|,\s+")


def subjects(question: str, plain: str, grammar: Grammar) -> list[Part]:
    """Return a part for each of several subjects; none where there is one, or they may act together."""
    if grammar is not ENGLISH or TOGETHER.search(plain) or _BETWEEN.search(plain):
        return []
    for pattern in (*_PATTERNS, _MADE):
        found = pattern.match(plain)
        if found:
            names = _names(question, plain, found.span("names"))
            return [_part(question, found.span("names"), name, name) for name in names]
    found = _NUMBERED.search(plain)
    if found:
        one = singular(found["noun"])
        return [
            _part(question, found.span(), f"{one} {number}", f"{one[:1].upper()}{one[1:]} {number}")
            for number in _PARTED.split(question[slice(*found.span("names"))])
        ]
    found = _DATED.search(plain)
    if found and not re.match(r"when\b", plain, re.IGNORECASE):
        word = found["word"]
        dates = [re.sub(rf"^{word}\s+", "", d) for d in _PARTED.split(found["names"])]
        return [_part(question, found.span(), f"{word} {date}", date) for date in dates]
    return []


def _part(question: str, span: tuple[int, int], words: str, called: str) -> Part:
    """Return the part in which `words` stand for the several that lie at `span`."""
    text = ask(question[: span[0]], words, question[span[1] :])
    return Part(capital(called), text, tidy(words), named=True)


def _names(question: str, plain: str, span: tuple[int, int]) -> list[str]:
    """Return the names that are listed at `span`; none where they may be one name."""
    inner = plain[slice(*span)]
    ends = [0, *(p for m in _PARTED.finditer(inner) for p in m.span()), len(inner)]
    spans = [(span[0] + a, span[0] + b) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    names = [tidy(question[a:b]) for a, b in spans]
    first, last = names[0].split(), names[-1].split()
    article = last[0].casefold() == "the"
    if len(last) > 1 and not article and _INSTITUTION.search(names[-1]) and not _INSTITUTION.search(names[0]):
        return []  # "the Food and Drug Administration"
    return names if all(names) and first else []
