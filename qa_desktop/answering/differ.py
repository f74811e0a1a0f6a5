"""Sources that may differ: sentences that answer the same question, and cannot all be right.

A sentence is another side when it stands in a passage of its own, fits the question nearly as well as the
best one or is heard to answer, contradicts it in the thing asked for (`contradict.py`), when its document
knows the names in the question, and when the probe shows that this thing is what answers.  A false alarm
costs more trust than a missed difference.  Names, and a yes against a no, are contradicted more easily than
dates and figures ("in Paris", "in France"), so their other side must be heard to answer and speak of what is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa_desktop.answering.choices import asks_yes_or_no
from qa_desktop.answering.contradict import contradict, told_by
from qa_desktop.answering.evidence import Evidence, forms_of, holds, speaks_of
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import TELLING, Probe
from qa_desktop.indexing.words import content_words

REACH = 3.0
"""How far, in logits, another side may lie behind the best sentence, unless the head says that it answers."""

HEARD = -0.5
"""Logit of the head from which a sentence is heard to answer."""

MOST_DOUBT, MOST_DOUBT_OF_A_SIDE = 0.12, 0.3
"""Doubt up to which a sentence still speaks of what was asked; that of a side with another date or figure."""

LEAST_PROBABILITY, LEAST_OF_A_SIDE = 0.57, 0.45
"""Probability of answering from which a sentence beside the best one is believed; that of such a side."""

LEAST_NAMES = 0.5
"""Share of the question's names and numbers that the document of another side must know."""

LOOKED_AT = 8
MOST_PROBES = 3

Look = tuple[Probe, float]
"""What a look at one sentence shows: its probe, and the probability that it answers."""

ABOUT = {
    Kind.DATE: "the date",
    Kind.NUMBER: "the figure",
    Kind.CHOICE: "which of the two",
    Kind.PERSON: "who it was",
    Kind.PLACE: "the place",
    Kind.NAME: "the name",
    Kind.OPEN: "yes or no",
}

_EXACT = frozenset({Kind.DATE, Kind.NUMBER, Kind.CHOICE})
"""Kinds of answers of which one excludes the other."""

_FOR_SEVERAL = re.compile(
    r"(?:who|which|what)\s+(?:are|were|else|all|among)\b|(?:in\s+|from\s+|at\s+)?(?:which|what)\s+(?:\w+\s+)?\w+[^s\W]s\b",
    re.IGNORECASE,
)


def other_sides(
    question: str, kind: Kind, evidence: Sequence[Evidence], best: Probe, look: Callable[[Evidence], Look]
) -> list[Evidence]:
    """Return the sentences of `evidence` (best first) that contradict the first one; `best` is its probe.

    `look` probes a sentence and says how likely it answers.
    """
    first = evidence[0]
    if not _can_be_told(question, kind, first, best) or _says_both(question, kind, first):
        return []
    said = told_by(first, answering_mark(kind, first, best))
    asked = content_words(question)
    found: list[Evidence] = []
    probes = 0
    for item in evidence[1:LOOKED_AT]:
        if probes == MOST_PROBES:
            break
        heard = item.answers is not None and item.answers > (HEARD if kind in _EXACT else 0.0)
        near = kind in _EXACT and item.score >= max(0.0, first.score - REACH)
        if not (heard or near) or item.block == first.block or _says_both(question, kind, item):
            continue
        marks: Sequence[int | None] = [None] if kind is Kind.OPEN else range(len(item.marks))
        if not any(contradict(kind, said, told_by(item, mark), question) for mark in marks):
            continue
        if kind not in _EXACT and not speaks_of(asked, item):
            continue
        if not _knows_names(asked, item, evidence):
            continue
        probes += 1
        shown, probability = look(item)
        mark = answering_mark(kind, item, shown)
        if mark is None and kind is not Kind.OPEN:
            continue
        exact = kind in _EXACT and shown.doubt <= MOST_DOUBT_OF_A_SIDE and probability >= LEAST_OF_A_SIDE
        if (exact or answers_too(shown, probability)) and contradict(
            kind, said, told_by(item, mark), question
        ):
            found.append(item)
    return found


def answering_mark(kind: Kind, item: Evidence, shown: Probe) -> int | None:
    """Return the mark of `item` that answers: what the probe shows, or the only one; None if unclear.

    A name may be of anything, so an only one is not enough.
    """
    if shown.answering is not None:
        return shown.answering if shown.told >= TELLING else None
    return 0 if len(item.marks) == 1 and kind is not Kind.NAME else None


def answers_too(shown: Probe, probability: float) -> bool:
    """Tell whether a sentence beside the best one answers as well, judged strictly."""
    return shown.doubt <= MOST_DOUBT and probability >= LEAST_PROBABILITY


def _can_be_told(question: str, kind: Kind, first: Evidence, best: Probe) -> bool:
    """Tell whether one thing in a sentence answers, so that another one would contradict it."""
    if kind is Kind.OPEN:
        return asks_yes_or_no(question)
    if kind not in _EXACT and _FOR_SEVERAL.match(question.strip()):
        return False
    return answering_mark(kind, first, best) is not None


def _knows_names(asked: Sequence[str], item: Evidence, evidence: Sequence[Evidence]) -> bool:
    """Tell whether the document of `item`, as far as it was read, speaks of the names among `asked`."""
    names = [word for word in asked if word[0].isupper() or word[0].isdigit()]
    document = item.hit.document
    passages = {e.hit.passage.id: e.hit.passage.text for e in evidence if e.hit.document.id == document.id}
    known = item.forms | forms_of(" ".join((item.lead, document.title, *passages.values())))
    return sum(holds(known, name) for name in names) >= LEAST_NAMES * len(names)


def _says_both(question: str, kind: Kind, item: Evidence) -> bool:
    """Tell whether a sentence holds both things that a question offers: then it is no side."""
    told = [told_by(item, mark) for mark in range(len(item.marks))]
    return kind is Kind.CHOICE and any(contradict(kind, told[0], other, question) for other in told[1:])
