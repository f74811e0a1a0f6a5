"""How an added model is judged: whether its graph computes the same, and what 8 bits do to its order.

What a model is for is putting the right passage before the others, so quality is measured as order.  A
*score matrix* holds one row per question and one column per passage, the answering passage of question i in
column i.  All limits are in units of the spread of the original's scores, so that they fit any model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa_desktop.models.encoder import Vectors

# A graph in full precision differs from the original by the order in which sums are taken: about 2e-7 for
# components of unit vectors, 1e-5 for logits around ten.  A wrong pooling or token differs by 1e-2 and more.
SAME_VECTORS = 1e-4
SAME_LOGITS = 1e-3

# Two passages this far apart in the original's scores are held to be told apart; nearer ones may swap.
_TOLD_APART = 0.25
# At least this share of the pairs told apart must keep their order.  For all-MiniLM-L6-v2 a scale per column
# keeps 0.9993 and a scale per matrix 0.990 (unsigned) or 0.974 (signed).
_ORDER_KEPT = 0.995
# The mean of 1/rank of the answering passages may fall by no more than this: one of 18 answers going from the
# first to the second place.
_RANK_LOST = 0.03


@dataclass(frozen=True, slots=True)
class Quality:
    """What weights of 8 bits do to a model's order.

    `order_kept` is the share of pairs of passages, told apart by the original, that keep their order;
    `rank_lost` how much the mean reciprocal rank of the answering passages falls (below 0: it rises).
    """

    order_kept: float
    rank_lost: float

    @property
    def sufficient(self) -> bool:
        """Tell whether the smaller model can stand in for the original."""
        return self.order_kept >= _ORDER_KEPT and self.rank_lost <= _RANK_LOST


def difference(original: Vectors, found: Vectors) -> float:
    """Return the largest difference between two arrays of one shape; infinite if a number is missing."""
    worst = float(np.abs(original - found).max(initial=0.0))
    return worst if np.isfinite(worst) else float("inf")


def quality(original: Vectors, smaller: Vectors) -> Quality:
    """Compare two score matrices, (questions, passages) each."""
    apart = original[:, :, None] - original[:, None, :] > _TOLD_APART * float(original.std())
    kept = (smaller[:, :, None] > smaller[:, None, :])[apart]
    share = float(kept.mean()) if kept.size else 0.0
    return Quality(share, _mean_reciprocal_rank(original) - _mean_reciprocal_rank(smaller))


def _mean_reciprocal_rank(scores: Vectors) -> float:
    answering = np.diagonal(scores)[:, None]
    return float((1 / (1 + (scores > answering).sum(axis=1))).mean())
