"""A question into the things it asks for: by its own words, without a model, and rather not than wrongly."""

from __future__ import annotations

from qa_desktop.answering.parts.clauses import clauses, follow, of_one_predicate, sentences
from qa_desktop.answering.parts.comparisons import sides
from qa_desktop.answering.parts.part import WHOLE, Part, Parts
from qa_desktop.answering.parts.subjects import subjects
from qa_desktop.answering.parts.wordings import Grammar, covered, grammar_of, heading, tidy

MOST = 4
"""Parts that are answered by themselves; a question of more is answered as a whole."""

_LONGEST = 400
"""Characters of a question that is taken apart; a longer one is a text with a question in it."""


def decompose(question: str) -> Parts:
    """Return the parts of `question`, none where it asks for one thing or cannot be taken apart surely."""
    asked = question.strip()
    if len(asked) > _LONGEST:
        return WHOLE
    grammar = grammar_of(asked)
    plain = covered(asked)
    found = _several(asked, plain, grammar)
    if found:
        return _parts(found)
    asked = tidy(asked)
    plain = covered(asked)
    compared = sides(asked, plain, grammar)
    if compared:
        return _parts(compared, compared=True)
    return _parts(subjects(asked, plain, grammar))


def _several(asked: str, plain: str, grammar: Grammar) -> list[Part]:
    """Return the parts of a text of several questions, or of a question of several clauses."""
    questions = sentences(asked, plain)
    found: list[Part] = []
    for text, cover in questions:
        inner = of_one_predicate(tidy(text), covered(tidy(text)), grammar) or clauses(text, cover, grammar)
        if not inner and len(questions) > 1:
            inner = [
                follow(questions[0][0], text, grammar)
                if found
                else Part(heading(text), heading(text), tidy(text))
            ]
        found += inner
    return found


def _parts(found: list[Part], *, compared: bool = False) -> Parts:
    """Return `found` if these are parts that can be told from one another."""
    texts = {part.text.casefold() for part in found}
    if not 2 <= len(found) <= MOST or len(texts) < len(found) or not all(p.own and p.asks for p in found):
        return WHOLE
    return Parts(tuple(found), compared)
