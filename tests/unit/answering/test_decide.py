"""A verdict follows from facts and state by weights that anyone can read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.decide import Case, Model, Weights, default_model, judge
from qa_desktop.answering.kinds import Kind
from qa_desktop.domain import Verdict
from tests.support.evidence import said

PLAIN = Weights(0.0, {"sentence": 1.0})
FULL = Weights(0.0, {"sentence": 1.0}, (2.0, -2.0))
MODEL = Model(PLAIN, FULL, reader="a reader", answered=0.6, partial=0.4)
CASE = Case(Kind.OPEN, evidence=(said("It is so."),), facts={"sentence": 0.0}, reader="a reader")


def test_no_evidence_is_no_answer() -> None:
    assert judge(Case(Kind.OPEN), MODEL) == (Verdict.NOT_FOUND, 0.0)


def test_a_better_fact_makes_a_better_verdict() -> None:
    verdicts = [judge(replace(CASE, facts={"sentence": value}), MODEL)[0] for value in (-2.0, 0.0, 2.0)]
    assert verdicts == [Verdict.NOT_FOUND, Verdict.PARTIAL, Verdict.ANSWERED]


def test_the_state_of_the_known_reader_counts_and_that_of_another_does_not() -> None:
    seen = replace(CASE, state=np.array([1.0, 0.0], np.float32))
    assert judge(seen, MODEL)[1] > 0.8
    assert judge(replace(seen, reader="another"), MODEL)[1] == 0.5


@given(st.floats(-1e6, 1e6))
def test_confidence_is_a_probability_whatever_the_facts(value: float) -> None:
    assert 0.0 <= judge(replace(CASE, facts={"sentence": value}), MODEL)[1] <= 1.0


def test_the_shipped_weights_fit_the_shipped_reader() -> None:
    model = default_model()
    assert len(model.full.state) == 384
    assert 0.0 < model.partial < model.answered < 1.0
    for weights in (model.plain, model.full):
        assert weights.facts["passage"] > 0
        assert weights.facts["strange_though_fitting"] < 0
        assert weights.facts["nothing_of_the_kind"] < 0
