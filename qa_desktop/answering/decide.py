"""Answered, partly answered, or not found: a probability that the evidence answers the question.

A logistic model over a handful of facts that a person could check: how the cross-encoder judges the best
sentence and passage, how much of the question's words stand in the evidence, whether the things the question
names are there, whether a thing of the kind asked for is there.  The weights lie in
`resources/answering/decision.toml`, readable and replaceable.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qa_desktop.answering.evidence import Evidence, forms_of, holds
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import Probe
from qa_desktop.domain import Verdict
from qa_desktop.indexing import words
from qa_desktop.paths import bundled
from qa_desktop.searching.search import Found


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the logistic model by feature, its intercept, and the two thresholds on its probability."""

    intercept: float
    weights: Mapping[str, float]
    answered: float
    partial: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the probability behind it, and the facts it was computed from."""

    verdict: Verdict
    confidence: float
    facts: Mapping[str, float] = field(default_factory=dict)


@lru_cache(maxsize=1)
def default_model() -> Model:
    """Return the model the program ships with."""
    with (bundled("resources") / "answering" / "decision.toml").open("rb") as file:
        data = tomllib.load(file)
    return Model(
        intercept=float(data["intercept"]),
        weights={name: float(value) for name, value in data["weights"].items()},
        answered=float(data["thresholds"]["answered"]),
        partial=float(data["thresholds"]["partial"]),
    )


def judge(
    question: str,
    kind: Kind,
    evidence: Sequence[Evidence],
    found: Found,
    doubt: Probe,
    model: Model | None = None,
) -> Judgement:
    """Decide what `evidence` (best first) is worth; `doubt` is the probe of its best sentence."""
    if not evidence:
        return Judgement(Verdict.NOT_FOUND, 0.0)
    model = model or default_model()
    facts = examine(question, kind, evidence, found, doubt)
    logit = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in facts.items())
    probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
    if probability >= model.answered:
        verdict = Verdict.ANSWERED
    else:
        verdict = Verdict.PARTIAL if probability >= model.partial else Verdict.NOT_FOUND
    return Judgement(verdict, probability, facts)


def examine(
    question: str, kind: Kind, evidence: Sequence[Evidence], found: Found, doubt: Probe
) -> dict[str, float]:
    """Return the facts the model weighs; each is of the order of 1."""
    best = evidence[0]
    around = best.forms | forms_of(best.before) | forms_of(best.after)
    passage = around | forms_of(best.hit.passage.text) | forms_of(" ".join(best.hit.passage.headings))
    passage |= forms_of(best.hit.document.title)
    asked = words.content_words(question)
    givens = [w for w in asked if (w[0].isupper() and not question.startswith(w)) or w[0].isdigit()]
    others = [w for w in asked if w not in givens]
    top = max((h.ranks.rerank_score or -11.0 for h in found.hits[:5]), default=-11.0)

    def missing(some: Sequence[str], forms: frozenset[str]) -> float:
        return sum(not holds(forms, w) for w in some) / len(some) if some else 0.0

    near_missing = missing(others, around)
    return {
        "sentence": best.score / 10.0,
        "passage": top / 10.0,
        "words_missing": near_missing,
        "givens_missing": missing(givens, passage),
        "wrong_kind": float(kind is not Kind.OPEN and not best.marks),
        "near_miss": near_missing * (1.0 - missing(givens, passage)) * float(bool(givens)),
        "doubt": doubt.doubt,
    }
