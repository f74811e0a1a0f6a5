"""A verdict follows from facts by weights that anyone can read."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.decide import Case, Model, Weights, default_model, facts_of, judge
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.probe import Probe
from qa_desktop.domain import Verdict
from qa_desktop.models import registry
from qa_desktop.searching.search import Found
from tests.support.evidence import hit_of, said

PLAIN = Weights(0.0, {"sentence": 1.0})
FULL = Weights(0.0, {"sentence": 1.0, "head": 2.0})
MODEL = Model(PLAIN, FULL, reader="a reader", answered=0.6, partial=0.4)
CASE = Case(Kind.OPEN, evidence=(said("It is so."),), facts={"sentence": 0.0}, reader="a reader")


def test_no_evidence_is_no_answer() -> None:
    assert judge(Case(Kind.OPEN), MODEL) == (Verdict.NOT_FOUND, 0.0)


def test_a_better_fact_makes_a_better_verdict() -> None:
    verdicts = [judge(replace(CASE, facts={"sentence": value}), MODEL)[0] for value in (-2.0, 0.0, 2.0)]
    assert verdicts == [Verdict.NOT_FOUND, Verdict.PARTIAL, Verdict.ANSWERED]


def test_the_head_of_the_known_reader_counts_and_that_of_another_does_not() -> None:
    heard = replace(CASE, facts={"sentence": 0.0, "head": 1.0})
    assert judge(heard, MODEL)[1] > 0.8
    assert judge(replace(heard, reader="another"), MODEL)[1] == 0.5


def test_what_the_head_says_is_a_fact_where_it_was_asked() -> None:
    found = Found((hit_of("It is so."),), (), 0, 0, 0, 0, ())
    plain, heard = said("It is so."), replace(said("It is so."), answers=3.0)
    assert "head" not in facts_of(Kind.OPEN, [plain], found, Probe())
    facts = facts_of(Kind.OPEN, [replace(heard, answers=-1.0), heard], found, Probe())
    assert facts["head"] > 0 > facts["head_on_first"]


@given(st.floats(-1e6, 1e6))
def test_confidence_is_a_probability_whatever_the_facts(value: float) -> None:
    assert 0.0 <= judge(replace(CASE, facts={"sentence": value}), MODEL)[1] <= 1.0


def test_the_shipped_weights_fit_the_shipped_reader() -> None:
    model = default_model()
    assert model.reader == registry.default_cross_encoder().name
    assert model.full.facts["head"] > 0
    assert 0.0 < model.partial < model.answered < 1.0
    for weights in (model.plain, model.full):
        assert weights.facts["passage"] > 0
        assert weights.facts["strange_though_fitting"] < 0
        assert weights.facts["nothing_of_the_kind"] < 0
