"""Questions that offer what may answer: "Were they elected or appointed?" or "When, in 1998 or 1999?".

What such a question names is no news elsewhere, but here it is the answer.  So its alternatives must be
known before anything in a sentence is set aside because the question says it too.  An "or" that only joins
("What did Serbia or Russia say?") offers nothing: the question must be one for yes or no, or end with it.
"""

from __future__ import annotations

import re

from qa_desktop.answering.parts.wordings import AUXILIARIES, covered
from qa_desktop.indexing.words import STOP_WORDS, stem

Alternatives = tuple[tuple[str, ...], tuple[str, ...]]
"""What is offered: the stems of the words of each, in their order."""

_YES_OR_NO = re.compile(
    rf"^(?:{AUXILIARIES}|ist|sind|war|waren|wurde|wurden|hat|haben|hatte|hatten|kann|können|soll|sollen)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+(?:or|oder)\s+", re.IGNORECASE)
_BREAK = re.compile(r"[,:;]\s+|\s[-–—]\s+|\beither\s+|\bentweder\s+", re.IGNORECASE)
_END = re.compile(r"[,;:?!]|\.(?:\s|$)|\s[-–—]\s")
_OPEN_ENDED = re.compile(
    r"(?:not|no|none|nothing|any|some|more|less|so|else|other|neither|nicht|mehr|andere)\b", re.I
)
WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
_BEFORE_IT = re.compile(
    r"(?:in|on|at|by|for|from|to|with|against|under|during|after|before|the|a|an|im|am|in|von|durch|bei|der|die|das)",
    re.IGNORECASE,
)
_LONGEST = 4
"""Words of an alternative that are looked at."""


def alternatives(question: str) -> Alternatives | None:
    """Return the two things between which `question` lets choose, None where it offers none, or more."""
    plain = covered(question.strip())
    joints = list(_OR.finditer(plain))
    if len(joints) != 1:
        return None
    left, right = question.strip()[: joints[0].start()], question.strip()[joints[0].end() :]
    offered = _BREAK.split(plain[: joints[0].start()])[-1]
    ends_with_it = len(offered.split()) <= _LONGEST + 1 and offered != plain[: joints[0].start()]
    if _OPEN_ENDED.match(right) or not (asks_yes_or_no(question) or ends_with_it):
        return None
    end = _END.search(right)
    two = _second(right[: end.start()] if end else right)
    one = _first(left[len(left) - len(offered) :], two)
    a, b = _told(one, two), _told(two, one)
    return (a, b) if a and b else None


def asks_yes_or_no(question: str) -> bool:
    """Tell whether `question` is answered by yes or no, or by one of two things that it offers."""
    return bool(_YES_OR_NO.match(covered(question.strip())))


def _second(text: str) -> list[str]:
    """Return the words at the beginning of `text` that name one thing, with what leads them in."""
    found: list[str] = []
    for word in WORD.findall(text):
        leads_in = _BEFORE_IT.fullmatch(word) is not None
        named = [w for w in found if not _BEFORE_IT.fullmatch(w)]
        if named and (leads_in or not (_is_name(word) and _is_name(named[-1]))):
            break
        found.append(word)
    return found[: _LONGEST + 1]


def _first(text: str, second: list[str]) -> list[str]:
    """Return the words at the end of `text` that name one thing of the kind of `second`."""
    words = WORD.findall(text)
    if second and _BEFORE_IT.fullmatch(second[0]):
        for place in range(len(words) - 1, max(-1, len(words) - _LONGEST - 2), -1):
            if words[place].casefold() == second[0].casefold():
                return words[place:]
    found: list[str] = []
    for word in reversed(words[-_LONGEST:]):
        if (found and not (_is_name(word) and _is_name(found[0]))) or _YES_OR_NO.fullmatch(word):
            break
        found.insert(0, word)
    return found


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _told(one: list[str], other: list[str]) -> tuple[str, ...]:
    """Return the stems of the words of `one` that are not in `other`, those without meaning left out."""
    strange = {stem(word) for word in other}
    return tuple(
        stem(w)
        for w in one
        if w.casefold() not in STOP_WORDS and stem(w) not in strange and not _BEFORE_IT.fullmatch(w)
    )
