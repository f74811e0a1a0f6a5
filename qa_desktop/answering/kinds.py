"""What kind of thing a question asks for, and where a sentence holds things of that kind.

A question that begins "When" is answered by a date, "How many" by a number, "Who" by a name.  Knowing the
kind serves twice: the words that answer can be marked inside the sentence, and a sentence without any such
thing is a reason to doubt that it answers at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from qa_desktop.answering.choices import WORD, Alternatives, alternatives, asks_yes_or_no
from qa_desktop.indexing.words import STOP_WORDS, skeleton, stem, tokens


class Kind(StrEnum):
    """What a question asks for: CHOICE where it offers two things, OPEN where no form of words tells."""

    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    CHOICE = "choice"
    OPEN = "open"


_MONTHS = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # noqa: E501 - one alternation is clearer than its parts
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DATE = re.compile(
    rf"\b(?:{_DAY}(?:\s*(?:-|–|and|to)\s*{_DAY})?\s+(?:of\s+)?{_MONTHS}(?:,?\s+{_YEAR})?"
    rf"|{_MONTHS}\s+{_DAY}(?:\s*(?:-|–|and|to)\s*{_DAY})?(?:,?\s+{_YEAR})?(?!\d)"
    rf"|(?:(?:early|mid|late)[-\s])?{_MONTHS},?\s+{_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}"
    rf"|(?:(?:early|mid|late)[-\s])?{_YEAR}(?:\s?[-–]\s?(?:{_YEAR}|\d\d))?(?:s\b)?)(?!\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)[\s-]century\b"
    r"|\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half third quarter".split()  # noqa: E501 - a plain list of number words
_COUNTING = ("zero", *(stem(w) for w in _SMALL[:20]))
_WORD_NUMBER = rf"\b(?:{'|'.join(_SMALL)})(?:[-\s](?:and\s)?(?:{'|'.join(_SMALL)}))*\b"
_UNIT = r"(?:\s?(?:%|percent|per\s?cent|(?:million|billion|trillion|thousand|hundred)\b|km²?|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|tons?|tonnes?|euros?|dollars?|years?|months?|weeks?|days?|hours?|degrees?))*"  # noqa: E501 - one alternation
_NUMBER = re.compile(
    rf"(?:[$€£¥]\s?)?(?<![\w.,])\d[\d.,]*(?<![.,])(?:\s?(?:-|–|to)\s?\d[\d.,]*(?<![.,]))?{_UNIT}|{_WORD_NUMBER}{_UNIT}",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞČĆŠŽĐ][\w’'.-]*\w|[A-Z]{2,})(?:(?:\s+(?:of|the|de|von|van|al|for|and|du|da)){0,2}"
    r"\s+(?:[A-ZÀ-ÖØ-ÞČĆŠŽĐ][\w’'.-]*\w|[A-Z]{2,}))*"
)

_CALENDAR = re.compile(rf"(?:{_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_OFFICE = re.compile(
    r"\b(?:Union|Council|Court|Mission|Party|Agreement|Commission|Ministry|List|Assembly|Nations|Resolution|Force|"
    r"Army|Group|Office|Committee|Organi[sz]ation|Embassy|Parliament|Government|Centre|Center|University|Treaty|"
    r"War|Republic|Kingdom|Street|Airport|Station|Company|Bank|Church|School)\b"
)
_SPEAKS = re.compile(
    r"(?:,[^,]{0,60},)?\s+(?:has\s+|had\s+)?(?:said|says|told|stated|added|argued|warned|declared)\b"
)
_TITLE = re.compile(
    r"(?:President|Minister|Chancellor|Premier|Ambassador|Secretary|General|Marshal|Colonel|Judge|Dr\.|Mr\.?|"
    r"Mrs\.?|Ms\.?|Prof\.|Professor|Sir|King|Queen|Emperor|Pope|Bishop|Senator|to|by)\s+\Z"
)

_NOBODY = frozenset(
    {"nobody", "everybody", "somebody", "everyone", "someone", "yesterday", "today", "according"}
)

_PATTERNS = (
    (Kind.DATE, r"when\b|(?:what|which|in what|in which|on what|on which|since what|by what)\s+(?:exact\s+)?(?:date|day|year|month|century|decade|time)\b|(?:date|year)\s+(?:of|when)\b|\bwhen$"),  # noqa: E501 - one alternation
    (Kind.NUMBER, r"how\s+(?:many|much|long|far|old|large|big|high|tall|wide|deep|often|fast|heavy)\b|(?:what|which)\s+(?:is\s+the\s+|was\s+the\s+|\w+\s+){0,2}(?:percentage|percent|share|proportion|number|amount|price|cost|size|total|distance|height|length|width|area|population|rate|sum|age|toll|ratio)\b"),  # noqa: E501 - one alternation
    (Kind.PERSON, r"who\b|whose\b|whom\b|by\s+whom\b|(?:what|which)\s+(?:\w+\s+){0,3}(?:analyst|politician|minister|president|person|author|king|queen|emperor|scientist|leader|general|commander|diplomat|official|historian|man|woman|philosopher|architect|artist|writer|founder|name\s+of\s+the\s+(?:person|man|woman))\b"),  # noqa: E501 - one alternation
    (Kind.PLACE, r"where\b|(?:in\s+|at\s+|from\s+|to\s+)?(?:what|which)\s+(?:\w+\s+){0,2}(?:village|town|city|country|place|state|region|province|county|location|municipality|continent|capital|river|island)\b"),  # noqa: E501 - one alternation
    (Kind.NAME, r"(?:(?:in|on|at|from|to|of|for|under|by|with)\s+)?which\s+(?!of\b|is\b|was\b|are\b|were\b|did\b|does\b)\w+"),  # noqa: E501 - one alternation
)  # fmt: skip
_KINDS = tuple(
    (kind, re.compile(rf"(?:^|[,;:]\s+|\s-\s+|\b(?=when\b|who\b|where\b))(?:{p})", re.IGNORECASE))
    for kind, p in _PATTERNS
)


_ASKS_TO_TELL = re.compile(
    r"\b(?:tell(?:s|\s+me|\s+us)?|says?|known?|mention(?:s|ed)?|state[sd]?|explain(?:s|ed)?|shows?|clear|find\s+out|"
    r"remember|record(?:s|ed)?|give[ns]?|[,:;-])\s*\Z",
    re.IGNORECASE,
)
"""What may stand between an auxiliary and the question proper: "Does it say when …", "Did it, in which …"."""


def kind_of(question: str) -> Kind:
    """Return what `question` asks for, judged by its form."""
    asked = question.strip()
    found = [(m.start(), rank) for rank, (_, pattern) in enumerate(_KINDS) if (m := pattern.search(asked))]
    if found and (not asks_yes_or_no(asked) or _ASKS_TO_TELL.search(asked[: min(found)[0]])):
        return _KINDS[min(found)[1]][0]
    return Kind.CHOICE if alternatives(asked) else Kind.OPEN


def candidates(kind: Kind, sentence: str, question: str) -> tuple[tuple[int, int], ...]:
    """Return the character ranges of `sentence` that could answer: things of `kind` not in the question.

    What the question offers to choose from counts as not in it.  Empty for OPEN, where any words may answer.
    """
    offered = alternatives(question)
    if kind is Kind.CHOICE:
        return tuple(_offered(sentence, offered)) if offered else ()
    of_offer = {word for words in offered or () for word in words}
    told = [t for t in tokens(question) if stem(t) not in of_offer]
    asked = {stem(t) for t in told} | {skeleton(t) for t in told}
    return tuple(span for span in _spans(kind, sentence) if _is_news(sentence[slice(*span)], asked))


def _offered(sentence: str, offered: Alternatives) -> Iterator[tuple[int, int]]:
    """Yield where one of the alternatives stands in `sentence`, all its words side by side."""
    found = [(stem(m.group()), m.span()) for m in WORD.finditer(sentence)]
    for place in range(len(found)):
        for words in offered:
            here = found[place : place + len(words)]
            if tuple(word for word, _ in here) == words:
                yield here[0][1][0], here[-1][1][1]


def _spans(kind: Kind, sentence: str) -> Iterator[tuple[int, int]]:
    if kind is Kind.DATE:
        yield from (m.span() for m in _DATE.finditer(sentence))
    elif kind is Kind.NUMBER:
        dates = [m.span() for m in _DATE.finditer(sentence)]
        for match in _NUMBER.finditer(sentence):
            start, end = match.span()
            if not any(a <= start and end <= b for a, b in dates):
                yield start, end
    elif kind in (Kind.PERSON, Kind.PLACE, Kind.NAME):
        for match in _NAME.finditer(sentence):
            start, end = _without_small_words(sentence, *match.span())
            word = sentence[start:end]
            begins = start == 0 and " " not in word and not _inside(sentence, word)
            if start == end or begins or _CALENDAR.match(word):
                continue
            if kind is not Kind.PERSON or _is_person(sentence, start, end):
                yield start, end


def _without_small_words(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Take words off the front that only begin a sentence ("While Kosovo")."""
    while start < end:
        first = sentence[start:end].split(" ", 1)[0]
        if first.casefold() not in STOP_WORDS and first.casefold() not in _NOBODY:
            break
        start = min(end, start + len(first) + 1)
    return start, end


def _is_person(sentence: str, start: int, end: int) -> bool:
    """Tell whether the capitalised words could be a person's: not an office's, and more than one word.

    A single word counts where it speaks, owns something, or follows a title.
    """
    name = sentence[start:end]
    if _OFFICE.search(name) or re.search(r"[A-Z]{3}", name):
        return False
    if " " in name:
        return True
    return bool(
        _SPEAKS.match(sentence, end) or _TITLE.search(sentence[:start]) or name.endswith(("’s", "'s"))
    )


def _inside(sentence: str, word: str) -> bool:
    """Tell whether a word that begins the sentence is written with a capital elsewhere in it too."""
    return sentence.find(word, 1) > 0


def _is_news(words: str, asked: set[str]) -> bool:
    """Tell whether `words` say something that the question did not."""
    if words.isdigit() and int(words) < len(_COUNTING) and _COUNTING[int(words)] in asked:
        return False  # "3" where the question says "three"
    return any(
        stem(t) not in asked and skeleton(t) not in asked for t in tokens(words) if len(t) > 1 or t.isdigit()
    )
