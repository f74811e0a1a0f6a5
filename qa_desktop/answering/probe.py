"""Tell what a sentence knows nothing of: the word without which the question fits it better.

A near miss shares everything with the question but the one thing that was asked: it names the contract and
the year, not the price.  The cross-encoder is impressed by all that is shared.  But when the question is put
again without the word "price" and the sentence fits *better* than before, the sentence knows nothing of a
price.  For words that the sentence does speak of, leaving them out makes the fit worse.

Leave-one-out is the oldest way of asking a model what it looked at (Li, Monroe and Jurafsky, "Understanding
Neural Networks through Representation Erasure", 2016); here it is used to find what was *not* there.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import numpy as np

from qa_desktop.answering.evidence import Evidence, forms_of, holds
from qa_desktop.indexing import words
from qa_desktop.models.encoder import CrossEncoder

MOST_WORDS = 12
SATURATION = 11.0
"""Logit that the cross-encoder never exceeds: near it, gains shrink, so they are read relative to it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What leaving out each word of a question does to the fit of a sentence.

    `gains` are changes of the logit by word, positive where the sentence fits better without the word;
    `strange` is the word with the greatest gain that neither the sentence nor its neighbours hold, and
    `doubt` that gain relative to what the logit could still gain, 0 where there is none.
    """

    gains: tuple[tuple[str, float], ...] = ()
    strange: str = ""
    doubt: float = 0.0


def probe(question: str, item: Evidence, cross_encoder: CrossEncoder | None, seconds: float) -> Probe:
    """Put `question` to the sentence of `item` again and again, each time without one of its words."""
    asked = words.content_words(question)[:MOST_WORDS]
    if cross_encoder is None or len(asked) < 2:
        return Probe()
    text = item.sentence.text
    pairs = [(question, text), *((without(question, word), text) for word in asked)]
    whole, *rest = map(float, cross_encoder.score_pairs(pairs, deadline=time.monotonic() + seconds))
    if not np.isfinite(whole):
        return Probe()
    gains = tuple(
        (word, value - whole) for word, value in zip(asked, rest, strict=True) if np.isfinite(value)
    )
    known = item.forms | forms_of(item.before) | forms_of(item.after)
    known |= forms_of(" ".join(item.hit.passage.headings)) | forms_of(item.hit.document.title)
    unknown = [(gain, word) for word, gain in gains if gain > 0 and not holds(known, word)]
    if not unknown:
        return Probe(gains)
    gain, word = max(unknown)
    return Probe(gains, word, gain / max(1.0, SATURATION - whole))


def without(question: str, word: str) -> str:
    """Return `question` without `word`."""
    return re.sub(r"\s+", " ", re.sub(rf"(?<!\w){re.escape(word)}(?:['’]s)?(?!\w)", " ", question)).strip()
