"""Answered, partly answered, or not found: a probability that the evidence answers the question.

A logistic model (Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 4.4) over a handful
of facts, most of which a person could check: how the cross-encoder judges the best sentence and passage,
whether the question speaks of something the sentence knows nothing of, whether a thing of the kind asked for
is there and is what answers; and, where the cross-encoder has one, what its head says, which was taught to
tell an answer from a near miss.

Both sets of weights lie in `resources/answering/decision.toml`, readable and replaceable;
`python -m benchmarks.fit_decision` fits them on questions with known answers.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import TELLING, Probe
from qa_desktop.domain import Verdict
from qa_desktop.paths import bundled
from qa_desktop.searching.search import Found


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one logistic model, by fact."""

    intercept: float
    facts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """What decides: `full` with the head of the cross-encoder named `reader`, `plain` without one.

    From a probability of `answered` on, the question counts as answered; from `partial` on, as partly
    answered.
    """

    plain: Weights
    full: Weights
    reader: str
    answered: float
    partial: float


@dataclass(frozen=True, slots=True)
class Case:
    """All that a verdict is weighed from: the evidence, best first, its probe, and what follows from them.

    `kind` is what the question asks for, `reader` the cross-encoder whose head was heard (empty: none).
    """

    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    doubt: Probe = field(default_factory=Probe)
    facts: Mapping[str, float] = field(default_factory=dict)
    reader: str = ""


@lru_cache(maxsize=1)
def default_model() -> Model:
    """Return the model the program ships with."""
    with (bundled("resources") / "answering" / "decision.toml").open("rb") as file:
        return load_model(tomllib.load(file))


def load_model(data: Mapping[str, Any]) -> Model:
    """Return the model that `data`, as read from TOML, describes."""

    def weights(part: Mapping[str, Any]) -> Weights:
        facts = {name: float(value) for name, value in part["facts"].items()}
        return Weights(float(part["intercept"]), facts)

    thresholds = data["thresholds"]
    return Model(
        plain=weights(data["plain"]),
        full=weights(data["full"]),
        reader=str(data["reader"]),
        answered=float(thresholds["answered"]),
        partial=float(thresholds["partial"]),
    )


def judge(case: Case, model: Model | None = None) -> tuple[Verdict, float]:
    """Return the verdict on a case and the probability behind it, 0..1."""
    if not case.evidence:
        return Verdict.NOT_FOUND, 0.0
    model = model or default_model()
    weights = model.full if case.reader == model.reader else model.plain
    logit = weights.intercept + sum(
        weights.facts.get(name, 0.0) * value for name, value in case.facts.items()
    )
    probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
    if probability >= model.answered:
        return Verdict.ANSWERED, probability
    return (Verdict.PARTIAL if probability >= model.partial else Verdict.NOT_FOUND), probability


def facts_of(kind: Kind, evidence: Sequence[Evidence], found: Found, doubt: Probe) -> dict[str, float]:
    """Return the facts the model weighs, each of the order of 1.

    The logits are cut off above 3 (sentence) and 4 (passage): beyond, a near miss scores like an answer.
    """
    top = max((h.ranks.rerank_score or -11.0 for h in found.hits[:5]), default=-11.0)
    asks = kind is not Kind.OPEN
    heard = [e.answers for e in evidence if e.answers is not None]
    strange = 2.0 * min(doubt.doubt, 0.5)
    facts = {
        "sentence": max(-4.0, min(3.0, doubt.fit)) / 4.0,
        "passage": max(-4.0, min(4.0, top)) / 4.0,
        "strange_though_fitting": strange if doubt.fit > 0 else 0.0,
        "strange_otherwise": strange if doubt.fit <= 0 else 0.0,
        "asks_for_a_kind": float(asks),
        "asks_for_a_name": float(kind in (Kind.PERSON, Kind.PLACE, Kind.NAME)),
        "offers_a_choice": float(kind is Kind.CHOICE),
        "nothing_of_the_kind": float(asks and not evidence[0].marks),
        "nothing_of_it_answers": float(asks and doubt.told < TELLING),
    }
    if heard:
        facts["head"] = max(-6.0, min(6.0, max(heard))) / 4.0
        facts["head_on_first"] = max(-6.0, min(6.0, heard[0])) / 4.0
    return facts
