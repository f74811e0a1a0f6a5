"""Measures of a ranked list: cases worked out by hand, and laws that hold for any list."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.library.evaluation.ranking import NEVER, ndcg, recall_at, reciprocal_rank

grades = st.dictionaries(st.integers(0, 30), st.sampled_from([1.0, 2.0, 3.0]), min_size=1, max_size=12)
lists = st.lists(st.integers(0, 30), unique=True, max_size=20)


def test_recall_counts_what_is_among_the_first() -> None:
    assert [recall_at(k, (1, 4, 6, NEVER)) for k in (1, 5, 10)] == [0.25, 0.5, 0.75]


def test_reciprocal_rank_looks_at_the_first_relevant_thing_alone() -> None:
    assert reciprocal_rank((4, 2)) == 0.5
    assert reciprocal_rank((11,)) == 0
    assert reciprocal_rank((NEVER,)) == 0


def test_ndcg_of_a_list_worked_out_by_hand() -> None:
    graded = {"a": 3.0, "b": 1.0}
    assert ndcg(["b", "x", "a"], graded) == pytest.approx((1 + 3 / 2) / (3 + 1 / math.log2(3)))
    assert ndcg(["x", "y"], graded) == 0
    assert ndcg([], graded) == 0


@given(lists, grades)
def test_ndcg_lies_between_nothing_and_one(ranked: list[int], graded: dict[int, float]) -> None:
    assert 0 <= ndcg(ranked, graded) <= 1 + 1e-12


@given(grades, lists)
def test_the_ideal_order_is_one_and_no_swap_is_better(graded: dict[int, float], rest: list[int]) -> None:
    ideal = sorted(graded, key=lambda thing: -graded[thing]) + [t for t in rest if t not in graded]
    assert ndcg(ideal, graded) == pytest.approx(1)
    shuffled = random.Random(1).sample(ideal, len(ideal))
    assert ndcg(shuffled, graded) <= ndcg(ideal, graded) + 1e-12


@given(lists, grades, st.floats(0.1, 9))
def test_ndcg_does_not_depend_on_the_unit_of_grades(
    ranked: list[int], graded: dict[int, float], unit: float
) -> None:
    scaled = {thing: grade * unit for thing, grade in graded.items()}
    assert ndcg(ranked, scaled) == pytest.approx(ndcg(ranked, graded))


@given(st.lists(st.integers(1, 40), min_size=1))
def test_recall_grows_with_k_whatever_the_order(ranks: list[int]) -> None:
    grown = [recall_at(k, ranks) for k in (1, 5, 10, 40)]
    assert grown == sorted(grown)
    assert grown[-1] == 1
    assert recall_at(5, ranks[::-1]) == recall_at(5, ranks)
