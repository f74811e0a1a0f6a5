"""Sources that may differ: sentences that answer the same question, and cannot all be right.

A sentence is another side when it stands in a passage of its own, fits the question nearly as well as the
best one or is heard to answer, contradicts it in the thing asked for (`contradict.py`), and when the probe
shows that this thing is what answers and that the sentence knows of everything asked.  A false alarm costs
more trust than a missed difference.  Names, and a yes against a no, are contradicted more easily than dates
and figures ("in Paris", "in France"), so their other side must be heard to answer and speak of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa_desktop.answering.choices import asks_yes_or_no
from qa_desktop.answering.contradict import contradict, told_by
from qa_desktop.answering.evidence import Evidence, forms_of, share
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import TELLING, Probe
from qa_desktop.indexing.words import content_words

REACH = 3.0
"""How far, in logits, another side may lie behind the best sentence, unless the head says that it answers."""

MOST_DOUBT = 0.12
"""Doubt up to which a sentence still speaks of what was asked."""

LEAST_PROBABILITY = 0.57
"""Probability of answering from which a sentence beside the best one is believed."""

LEAST_SHARE = 0.6
"""Share of the question's words that must stand in or right around a sentence with another name, or a no."""

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
    if not _can_be_told(question, kind, best) or _says_both(question, kind, first):
        return []
    said = told_by(first, best.answering)
    found: list[Evidence] = []
    probes = 0
    for item in evidence[1:LOOKED_AT]:
        if probes == MOST_PROBES:
            break
        heard = (item.answers or 0.0) > 0.0
        near = kind in _EXACT and item.score >= max(0.0, first.score - REACH)
        if not (heard or near) or item.block == first.block or _says_both(question, kind, item):
            continue
        if kind not in _EXACT and not _speaks_of(question, item):
            continue
        marks: Sequence[int | None] = [None] if kind is Kind.OPEN else range(len(item.marks))
        if not any(contradict(kind, said, told_by(item, mark), question) for mark in marks):
            continue
        probes += 1
        shown, probability = look(item)
        if kind is not Kind.OPEN and (shown.answering is None or shown.told < TELLING):
            continue
        if answers_too(shown, probability) and contradict(
            kind, said, told_by(item, shown.answering), question
        ):
            found.append(item)
    return found


def answers_too(shown: Probe, probability: float) -> bool:
    """Tell whether a sentence beside the best one answers as well, judged strictly."""
    return shown.doubt <= MOST_DOUBT and probability >= LEAST_PROBABILITY


def _can_be_told(question: str, kind: Kind, best: Probe) -> bool:
    """Tell whether one thing in a sentence answers, so that another one would contradict it."""
    if kind is Kind.OPEN:
        return asks_yes_or_no(question)
    if kind not in _EXACT and _FOR_SEVERAL.match(question.strip()):
        return False
    return best.answering is not None


def _speaks_of(question: str, item: Evidence) -> bool:
    around = item.forms | forms_of(f"{item.lead} {item.before} {item.after}")
    return share(content_words(question), around) >= LEAST_SHARE


def _says_both(question: str, kind: Kind, item: Evidence) -> bool:
    """Tell whether a sentence holds both things that a question offers: then it is no side."""
    told = [told_by(item, mark) for mark in range(len(item.marks))]
    return kind is Kind.CHOICE and any(contradict(kind, told[0], other, question) for other in told[1:])
