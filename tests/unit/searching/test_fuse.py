"""Fusing rankings keeps what both agree on in front and never depends on the order of equal lists."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.searching.fuse import blend, reciprocal_rank_fusion, standardise

ranking = st.lists(st.integers(0, 30), unique=True, max_size=15)


def test_what_both_rankings_have_in_front_comes_first() -> None:
    fused = reciprocal_rank_fusion([["a", "b", "c"], ["d", "b", "e"]])
    assert next(iter(fused)) == "b"


def test_a_score_is_the_sum_of_reciprocal_ranks() -> None:
    fused = reciprocal_rank_fusion([["a"], ["b", "a"]], k=60)
    assert fused["a"] == 1 / 61 + 1 / 62


@given(ranking, ranking)
def test_fusion_does_not_depend_on_which_list_comes_first(one: list[int], other: list[int]) -> None:
    forth, back = reciprocal_rank_fusion([one, other]), reciprocal_rank_fusion([other, one])
    assert forth.keys() == back.keys() == set(one) | set(other)
    assert all(np.isclose(forth[i], back[i]) for i in forth)


@given(ranking)
def test_fusing_a_ranking_with_itself_keeps_its_order(order: list[int]) -> None:
    assert list(reciprocal_rank_fusion([order, order])) == order


def test_standardised_scores_do_not_depend_on_scale() -> None:
    scores = np.array([1.0, 2.0, 4.0], dtype=np.float32)
    assert np.allclose(standardise(scores), standardise(scores * 10 + 3), atol=1e-5)
    assert np.array_equal(standardise(np.array([2.0, 2.0], dtype=np.float32)), [0.0, 0.0])


def test_a_blend_follows_the_heavier_column() -> None:
    columns = {"a": np.array([1.0, 0.0], dtype=np.float32), "b": np.array([0.0, 1.0], dtype=np.float32)}
    mixed = blend(columns, {"a": 0.9, "b": 0.1})
    assert mixed[0] > mixed[1]
