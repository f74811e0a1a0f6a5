"""Late interaction: how well a passage speaks of each word of a question, piece by piece.

One vector for a passage blurs what it says in passing.  Here every word piece of the question looks for the
piece of the passage that is nearest to it, and the mean of these says how well the passage fits (Khattab and
Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT",
SIGIR 2020).  The pieces are those of the encoder itself, whose states are a by-product of the vectors, so it
takes no second model.  Of the passages only the signs of the states are kept, a bit for each number (48 bytes
a piece), while the question's stay exact; Gao and Long, "RaBitQ", SIGMOD 2024, show why that is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa_desktop.indexing import words
from qa_desktop.models.encoder import EncodedText, Signs

Floats = NDArray[np.float32]


def late_scores(
    question: EncodedText, weights: Floats, ids: Sequence[int], signs: Mapping[int, Signs]
) -> Floats:
    """Return how well the pieces of each passage of `ids` fit those of the question, (n,), -1..1.

    `weights` (pieces,) say what each piece of the question counts.  NaN for a passage without signs.
    """
    scores = np.full(len(ids), np.nan, np.float32)
    known = [n for n, i in enumerate(ids) if i in signs]
    if not known or not len(question.states):
        return scores
    counted = weights > 0
    states = question.states[counted]
    rows = np.concatenate([signs[ids[n]] for n in known])
    bits = np.unpackbits(rows, axis=1, count=states.shape[1]).view(np.bool_)
    # With s = 2 b - 1 for a sign s and its bit b, q . s is twice q . b less the sum of q.
    near = bits.astype(np.float32) @ (2 * states.T) - states.sum(axis=1)
    starts = np.cumsum([0, *(len(signs[ids[n]]) for n in known[:-1])])
    best = np.maximum.reduceat(near, starts, axis=0)
    share = weights[counted] / weights[counted].sum()
    scores[known] = best @ share / np.sqrt(states.shape[1])
    return scores


def weights_of(text: str, question: EncodedText, language: str) -> Floats:
    """Return what each piece of a question counts, (pieces,): 1 in a word that it is about, 0 in others.

    Where nothing would be left, all count.
    """
    weights = np.array([_counts(text, *span, language) for span in question.spans], np.float32)
    return weights if weights.any() else np.ones(len(question.spans), np.float32)


def _counts(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether the word around this range of characters is one that the question is about."""
    if not any(character.isalnum() for character in text[start:end]):
        return False
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return not words.is_stop_word(text[start:end], language)
