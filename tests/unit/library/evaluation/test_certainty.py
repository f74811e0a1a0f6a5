"""Confidence: telling answerable questions from others, and being a probability."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa_desktop.library.evaluation.certainty import (
    Floats,
    Truths,
    auroc,
    brier,
    calibration,
    calibration_error,
    curve,
    risk_area,
)

judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def arrays(pairs: list[tuple[float, bool]]) -> tuple[Floats, Truths]:
    return np.array([c for c, _ in pairs], np.float64), np.array([t for _, t in pairs], bool)


def both(pairs: list[tuple[float, bool]]) -> tuple[Floats, Truths]:
    confidence, true = arrays(pairs)
    assume(true.any() and not true.all())
    return confidence, true


def test_auroc_of_a_case_worked_out_by_hand() -> None:
    confidence, true = arrays([(0.1, False), (0.5, False), (0.5, True), (0.9, True)])
    assert auroc(confidence, true) == 0.875  # of four pairs three are right and one is a tie
    assert math.isnan(auroc(confidence, true | True))


@given(judged)
def test_auroc_turns_over_when_the_sorts_or_the_confidence_do(pairs: list[tuple[float, bool]]) -> None:
    confidence, true = both(pairs)
    assert auroc(confidence, ~true) == pytest.approx(1 - auroc(confidence, true))
    assert auroc(-confidence, true) == pytest.approx(1 - auroc(confidence, true))
    assert 0 <= auroc(confidence, true) <= 1


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=40))
def test_only_the_order_of_confidence_matters_for_auroc(pairs: list[tuple[int, bool]]) -> None:
    confidence, true = both([(c / 20, t) for c, t in pairs])
    assert auroc(np.exp(confidence), true) == pytest.approx(auroc(confidence, true))


@given(judged, st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(pairs: list[tuple[float, bool]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = arrays(pairs), arrays(shuffled)
    for measure in (auroc, brier, calibration_error, risk_area):
        assert measure(*first) == pytest.approx(measure(*second), nan_ok=True)


def test_calibration_of_a_case_worked_out_by_hand() -> None:
    confidence, true = arrays([(0.62, True), (0.68, False), (1.0, True), (0.0, False)])
    bins = calibration(confidence, true)
    assert [(b.count, round(b.confidence, 3), b.share) for b in bins if b.count] == [
        (1, 0.0, 0.0),
        (2, 0.65, 0.5),
        (1, 1.0, 1.0),
    ]
    assert calibration_error(confidence, true) == pytest.approx(0.5 * 0.15)
    assert brier(confidence, true) == pytest.approx((0.38**2 + 0.68**2) / 4)


@given(judged)
def test_the_error_is_what_the_bins_say(pairs: list[tuple[float, bool]]) -> None:
    confidence, true = arrays(pairs)
    bins = calibration(confidence, true)
    assert sum(b.count for b in bins) == len(pairs)
    said = sum(b.count * abs(b.confidence - b.share) for b in bins) / len(pairs)
    assert calibration_error(confidence, true) == pytest.approx(said, abs=1e-12)
    assert 0 <= calibration_error(confidence, true) <= 1
    assert 0 <= brier(confidence, true) <= 1


@given(judged)
def test_a_stricter_threshold_declines_more(pairs: list[tuple[float, bool]]) -> None:
    points = curve(*arrays(pairs))
    assert points[0].coverage == 1
    assert points[0].declined_rightly == points[0].declined_wrongly == 0
    for one, other in pairwise(points):
        assert one.threshold < other.threshold
        assert one.coverage > other.coverage
        assert one.declined_rightly <= other.declined_rightly
        assert one.declined_wrongly <= other.declined_wrongly


def test_a_long_curve_keeps_both_ends() -> None:
    confidence = np.linspace(0.05, 0.95, 1000)
    points = curve(confidence, confidence > 0.5)
    assert len(points) == 101
    assert (points[0].threshold, points[-1].threshold) == (0.05, 0.95)


def test_risk_is_least_where_the_unanswerable_come_last() -> None:
    best = arrays([(0.9, True), (0.8, True), (0.2, False)])
    worst = arrays([(0.1, True), (0.2, True), (0.8, False)])
    assert risk_area(*best) == pytest.approx(1 / 9)  # 0, 0, 1/3
    assert risk_area(*worst) == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    even = arrays([(0.5, True), (0.5, False)])
    assert risk_area(*even) == pytest.approx(0.5)
