"""Sources that agree: sentences that give the same date, number or name in other words.

The words that answer are known of the best sentence (`probe.py`).  Another one that holds the same thing,
fits the question, and holds most of its words, says the same of it: it is a citation of the same claim, not a
claim of its own.  That both say the same is evidence itself, so it is asked less of than of a further claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_desktop.answering.contradict import (
    Told,
    amounts_differ,
    date_parts,
    dates_differ,
    name_forms,
    told_by,
)
from qa_desktop.answering.evidence import Evidence, speaks_of
from qa_desktop.answering.kinds import Kind

REACH = 3.0
"""How far, in logits, a sentence that agrees may lie behind the best one."""

MOST = 4


def agreeing(
    kind: Kind, asked: Sequence[str], evidence: Sequence[Evidence], answering: int | None
) -> list[Evidence]:
    """Return the sentences of other documents in `evidence` (best first) that agree with the first one.

    `asked` are the words of the question, `answering` is the index of the mark that answers in the first one.
    """
    if kind is Kind.OPEN or answering is None:
        return []
    best = evidence[0]
    said = told_by(best, answering)
    found: list[Evidence] = []
    texts = {best.hit.document.text_id}
    for item in evidence[1:]:
        if item.score < max(0.0, best.score - REACH) or len(found) == MOST:
            break
        if item.hit.document.text_id in texts or not _holds(kind, said, item):
            continue
        if speaks_of(asked, item):
            found.append(item)
            texts.add(item.hit.document.text_id)
    return found


def _holds(kind: Kind, said: Told, item: Evidence) -> bool:
    """Tell whether one thing in a sentence is what was `said`."""
    return any(same_thing(kind, said, told_by(item, mark)) for mark in range(len(item.marks)))


def same_thing(kind: Kind, one: Told, other: Told) -> bool:
    """Tell whether two dates, numbers or names are the same, one of them perhaps said more fully."""
    if kind is Kind.DATE:
        a, b = date_parts(one.words), date_parts(other.words)
        common = sum(x is not None and y is not None for x, y in zip(a, b, strict=True))
        return not dates_differ(a, b) and common >= min(2, sum(x is not None for x in a))
    a_words, b_words = name_forms(one.words), name_forms(other.words)
    if kind is Kind.NUMBER:
        return not amounts_differ(one, other) and a_words == b_words
    return bool(a_words and b_words) and (a_words <= b_words or b_words <= a_words)
