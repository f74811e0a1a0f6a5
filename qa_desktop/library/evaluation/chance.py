"""How much of a figure is chance: the bootstrap over questions.

A figure is computed again for a thousand sets of as many questions, drawn from those that were asked with
replacement; the middle 95 % of the outcomes are its interval (percentile bootstrap: Efron and Tibshirani, "An
Introduction to the Bootstrap", 1993, chapter 13).  Two runs are compared on the same draws (chapter 16;
Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006).  The draws are the same every
time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]

DRAWS = 1000
SEED = 20260
MIDDLE = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure that is a sum over questions divided by another: a mean, a share, an F-measure.

    `parts` takes columns of shape (n,) and returns both summands of each question, (n,) and (n,).
    """

    parts: Callable[[Columns], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of all questions together, computed by `of` from these columns; NaN where there is none.

    `at_once`, where there is one, computes it for many draws from one column without gaps, (draws, n).
    """

    names: tuple[str, ...]
    of: Callable[..., float]
    at_once: Callable[[Floats], Floats] | None = None


class Draws:
    """A thousand draws of n from n questions."""

    def __init__(self, count: int) -> None:
        self.rows = np.random.default_rng(SEED).integers(0, max(1, count), (DRAWS, count))
        self.times = np.stack([np.bincount(row, minlength=count) for row in self.rows]).astype(np.float64)

    def outcomes(self, figure: Ratio | Whole, columns: Columns) -> Floats:
        """Return the figure for every draw, (DRAWS,); NaN where a draw has none."""
        if isinstance(figure, Ratio):
            top, bottom = (self.times @ part for part in figure.parts(columns))
            found: Floats = np.divide(top, bottom, out=np.full(DRAWS, np.nan), where=bottom > 0)
            return found
        own = [columns[name] for name in figure.names]
        if figure.at_once and not np.isnan(own[0]).any():
            return figure.at_once(own[0][self.rows])
        return np.array([figure.of(*(column[row] for column in own)) for row in self.rows])


def value_of(figure: Ratio | Whole, columns: Columns) -> float:
    """Return a figure; NaN where there is nothing to compute it from."""
    if isinstance(figure, Ratio):
        top, bottom = (float(part.sum()) for part in figure.parts(columns))
        return top / bottom if bottom > 0 else float("nan")
    return figure.of(*(columns[name] for name in figure.names))


def interval(outcomes: Floats) -> tuple[float, float]:
    """Return the bounds of the middle 95 % of outcomes, those that are NaN aside."""
    known = outcomes[~np.isnan(outcomes)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, MIDDLE)
    return float(low), float(high)
