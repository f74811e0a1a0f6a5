"""Whether confidence can be trusted: does it tell answerable from not, and is it a probability.

In all of these, `confidence` has numbers from 0 to 1, and `true` tells for each question whether the
documents answer it; both are arrays of shape (n,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Measure = Callable[[Floats, Truths], float]

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence in [low, high): how many, their mean confidence, and the share true."""

    low: float
    high: float
    count: int
    confidence: float
    share: float


@dataclass(frozen=True, slots=True)
class Point:
    """What would happen if every question with a confidence below `threshold` were declined.

    `coverage` is the share of all questions that would be answered, `risk` the share of those that the
    documents do not answer; `declined_rightly` is the share of the unanswerable questions that would be
    declined, `declined_wrongly` that of the answerable ones.
    """

    threshold: float
    coverage: float
    risk: float
    declined_rightly: float
    declined_wrongly: float


def auroc(confidence: Floats, true: Truths) -> float:
    """Return the chance that a question with an answer has more confidence than one without (a tie is half).

    It is the area under the ROC curve (Hanley and McNeil, "The meaning and use of the area under a receiver
    operating characteristic (ROC) curve", Radiology 143, 1982); NaN where one of the two sorts is missing.
    """
    good, bad = confidence[true], np.sort(confidence[~true])
    if not len(good) or not len(bad):
        return float("nan")
    below, not_above = np.searchsorted(bad, good, "left"), np.searchsorted(bad, good, "right")
    return float((below + not_above).sum() / (2 * len(good) * len(bad)))


def brier(confidence: Floats, true: Truths) -> float:
    """Return the mean squared difference of confidence and truth: 0 at best, 0.25 for always saying 0.5.

    Brier, "Verification of forecasts expressed in terms of probability" (Monthly Weather Review 78, 1950).
    """
    return float(np.mean((confidence - true) ** 2)) if len(confidence) else float("nan")


def calibration(confidence: Floats, true: Truths, bins: int = BINS) -> tuple[Bin, ...]:
    """Return the questions in `bins` bins of equal width; the last one includes 1."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        own = place == number
        count = int(own.sum())
        mean = float(confidence[own].mean()) if count else 0.0
        share = float(true[own].mean()) if count else 0.0
        found.append(Bin(number / bins, (number + 1) / bins, count, mean, share))
    return tuple(found)


def calibration_error(confidence: Floats, true: Truths, bins: int = BINS) -> float:
    """Return the expected calibration error: by how much confidence and the share true differ, bin by bin.

    Bins weigh as much as they have questions (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated
    probabilities using Bayesian binning", AAAI 2015).
    """
    if not len(confidence):
        return float("nan")
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(place, weights=confidence - true, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))


def curve(confidence: Floats, true: Truths, most: int = 101) -> tuple[Point, ...]:
    """Return what every threshold would bring, at most `most` of them, the lowest (nothing declined) first.

    The curve of risk over coverage is that of El-Yaniv and Wiener, "On the foundations of noise-free
    selective classification" (JMLR 11, 2010); an error here is an answer to a question that has none.
    """
    if not len(confidence):
        return ()
    levels = np.unique(confidence)
    if len(levels) > most:
        levels = levels[np.linspace(0, len(levels) - 1, most).round().astype(int)]
    return tuple(_point(float(level), confidence, true) for level in levels)


def risk_area(confidence: Floats, true: Truths) -> float:
    """Return the area under the curve of risk over coverage: the mean risk over all coverages.

    Geifman, Uziel and El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers" (ICLR
    2019).  Questions with equal confidence share their errors evenly, so that their order does not matter.
    """
    if not len(confidence):
        return float("nan")
    levels, place = np.unique(-confidence, return_inverse=True)
    sizes = np.bincount(place, minlength=len(levels))
    errors = np.bincount(place, weights=(~true).astype(float), minlength=len(levels))
    evenly = np.cumsum((errors / sizes)[np.repeat(np.arange(len(levels)), sizes)])
    return float(np.mean(evenly / np.arange(1, len(confidence) + 1)))


def _point(threshold: float, confidence: Floats, true: Truths) -> Point:
    kept = confidence >= threshold
    good, bad = int(true.sum()), int((~true).sum())
    return Point(
        threshold,
        coverage=float(kept.mean()),
        risk=float((~true[kept]).mean()) if kept.any() else 0.0,
        declined_rightly=float((~kept & ~true).sum() / bad) if bad else 0.0,
        declined_wrongly=float((~kept & true).sum() / good) if good else 0.0,
    )
