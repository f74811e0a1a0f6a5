"""Measures of a ranked list against what is relevant; each is a number from 0 to 1.

Sources: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), chapter 8, for recall
and the reciprocal rank; Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (ACM TOIS
20, 2002) for nDCG.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)

NEVER = 10**9
"""The rank of what was not found."""


def recall_at(k: int, ranks: Collection[int]) -> float:
    """Return the share of the relevant things that are among the first k.

    `ranks` has the rank of each relevant thing, counted from 1, NEVER where it was not found; at least one.
    """
    return sum(rank <= k for rank in ranks) / len(ranks)


def reciprocal_rank(ranks: Collection[int], k: int = 10) -> float:
    """Return 1 / rank of the first relevant thing, 0 if that is not among the first k."""
    first = min(ranks)
    return 1 / first if first <= k else 0.0


def ndcg(ranked: Sequence[Thing], grades: Mapping[Thing, float], k: int = 10) -> float:
    """Return the normalised discounted cumulated gain of the first k things of a list without repetitions.

    The gain of a thing is its grade (linear), at least one of which is above 0; the discount of rank r
    is log2(r + 1).  It is 1 exactly when the grades fall along the list as far as they can.
    """
    best = sorted(grades.values(), reverse=True)[:k]
    found = [grades.get(thing, 0.0) for thing in ranked[:k]]
    return _discounted(found) / _discounted(best)


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
