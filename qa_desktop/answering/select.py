"""Which sentences become claims, which of them say the same, and in what order they are read.

The best sentence is always a claim; others join it while they are nearly as good and add something.
Sentences that say the same are one claim with several citations: an analyst counts sources, not copies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_desktop.answering.evidence import Evidence, holds, share
from qa_desktop.answering.kinds import Kind
from qa_desktop.indexing import words

MARGIN = 2.5
"""How far, in logits, a claim may lie behind the best one."""

NARROW = 1.5
"""The same where one date, number or name answers: what is further behind is about something else."""

FLOOR = 0.0
"""Below this logit the cross-encoder thinks a sentence is more likely beside the point than to it."""

MOST_CLAIMS = 4

MOST_LISTED = 10
"""The same where a list is asked for, of which each sentence may hold an item."""

MOST_NEAR = 6
"""Sentences near the best one that are looked at."""

_SEVERAL = re.compile(r"\b(?:and|or|versus|vs|both|compare[ds]?|than|between)\b", re.IGNORECASE)
"""Words by which a question says that it is about more than one thing."""

SAME = 0.72
"""Share of content words two sentences must have in common to be one claim (Jaccard index)."""


@dataclass(frozen=True, slots=True)
class Group:
    """One claim: the sentence that stands for it first, then those that say the same, best first."""

    members: tuple[Evidence, ...]

    @property
    def best(self) -> Evidence:
        """The sentence whose words are shown."""
        return self.members[0]


def select(
    question: str,
    kind: Kind,
    evidence: Sequence[Evidence],
    sides: Sequence[Evidence] = (),
    answers_too: Callable[[Evidence], bool] = lambda _: True,
    most: int = MOST_CLAIMS,
    agree: Sequence[Evidence] = (),
) -> list[Group]:
    """Return the claims for `question` out of `evidence` (best first), in the order in which to read them.

    `sides` are sentences that contradict the best one: each is a claim of its own.  Where one date, number
    or name is asked for, a further claim must pass `answers_too`.  There are at most `most` claims.
    Those that `agree` with the best sentence are citations of its claim.
    """
    if not evidence:
        return []
    best = evidence[0]
    margin = MARGIN if kind is Kind.OPEN else NARROW
    asked = words.content_words(question)
    near = [e for e in evidence[1:] if e.score >= max(FLOOR, best.score - margin)][: max(MOST_NEAR, most)]
    near = [e for e in near if not _is_row_about_less(asked, best, e)]
    if kind is not Kind.OPEN:
        near = [e for e in near if answers_too(e)]
    near = [*sides, *(e for e in near if e not in sides)]
    near += _complementary(question, best, evidence, near)
    near = [e for e in near if e not in agree]
    groups: list[list[Evidence]] = [[best, *(e for e in agree if e not in sides)]]
    for item in near:
        # A side may differ from the first claim in the name of a month alone; it must not join it.
        open_to_it = groups[1:] if item in sides else groups
        same = next((g for g in open_to_it if says_the_same(g[0], item)), None)
        if same is not None:
            if not any(is_copy(item, member) for member in same):
                same.append(item)
        elif len(groups) < most:
            groups.append([item])
    return _reading_order([Group(tuple(g)) for g in groups])


def _is_row_about_less(asked: Sequence[str], best: Evidence, item: Evidence) -> bool:
    """Tell whether `item` is another row of the table of `best`, and holds fewer of the words `asked`.

    Rows of a table have title, headings and first row in common, by which a model finds them all good.
    """
    other_row = item.hit.passage.kind == "table" and item.block == best.block
    return other_row and share(asked, item.forms) < share(asked, best.forms)


def _complementary(
    question: str, best: Evidence, evidence: Sequence[Evidence], near: Sequence[Evidence]
) -> list[Evidence]:
    """Return sentences that speak of a name or number in the question of which no claim speaks yet.

    A question about two things is seldom answered by one sentence, and the sentence about the second
    thing often has the lower score.
    """
    if not _SEVERAL.search(question):
        return []
    covered = set().union(best.forms, *(e.forms for e in near))
    givens = [w for w in words.content_words(question) if w[0].isupper() or w[0].isdigit()]
    open_words = [w for w in givens if not holds(frozenset(covered), w)]
    found: list[Evidence] = []
    for word in open_words:
        for item in evidence:
            if item.score >= max(FLOOR, best.score - 2 * MARGIN) and holds(item.forms, word):
                if item not in found:
                    found.append(item)
                break
    return found


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Tell whether two sentences make the same claim: the same words but for a few, and the same figures."""
    a, b = _content(one), _content(other)
    if not a or not b:
        return False
    figures = {w for w in a if w[0].isdigit()} == {w for w in b if w[0].isdigit()}
    return figures and len(a & b) / len(a | b) >= SAME


def is_copy(one: Evidence, other: Evidence) -> bool:
    """Tell whether two sentences stand in two documents with the same text: then they are one source."""
    a, b = one.hit.document, other.hit.document
    return a.id != b.id and a.text_id == b.text_id


def _content(item: Evidence) -> frozenset[str]:
    return frozenset(words.stem(w) for w in words.content_words(item.sentence.text))


def _reading_order(groups: list[Group]) -> list[Group]:
    """Keep a document's claims together and in the order of the document, the best claim's document first."""
    leaders: dict[int, int] = {}
    for group in groups:
        leaders.setdefault(group.best.hit.document.id, len(leaders))

    def place(group: Group) -> tuple[int, int, int]:
        first = group.best.sentence.runs[0]
        return leaders[group.best.hit.document.id], first.page, first.start

    return [groups[0], *sorted(groups[1:], key=place)]
