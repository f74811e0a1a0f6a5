"""Rank fusion: several orders of the same passages into one.

Pure functions over ids; nothing here knows what a passage is.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)

RRF_K = 60
"""Constant of reciprocal rank fusion; 60 is the value of the paper and is not sensitive."""


def reciprocal_rank_fusion(
    orders: Sequence[Sequence[Key]], weights: Sequence[float] | None = None, k: int = RRF_K
) -> dict[Key, float]:
    """Return the fused score of every item, best first.

    An item at rank r (counted from 1) of an order with weight w earns w / (k + r).
    Source: Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods", SIGIR 2009.
    """
    scores: dict[Key, float] = {}
    for order, weight in zip(orders, weights or [1.0] * len(orders), strict=True):
        for rank, item in enumerate(order, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (k + rank)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))


def standardise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return scores with mean 0 and standard deviation 1 (all 0 where they do not differ)."""
    if scores.size == 0:
        return scores
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-6 else np.zeros_like(scores)


def blend(columns: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the weighted sum of standardised columns of scores, shape (n,) each."""
    total = sum(weights[name] for name in columns)
    mixed: NDArray[np.float32] = sum(
        (standardise(column) * (weights[name] / total) for name, column in columns.items()),
        start=np.zeros(len(next(iter(columns.values()))), dtype=np.float32),
    )
    return mixed
