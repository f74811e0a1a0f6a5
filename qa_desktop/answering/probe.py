"""Probe the best sentence: what of the question it knows nothing of, and which of its words answer.

A near miss shares everything with the question but the one thing that was asked: it names the contract and
the year, not the price.  The cross-encoder is impressed by all that is shared.  Two probes look behind that:

* The question is put again without one of its words.  Where the sentence then fits *better*, it knows nothing
  of that word: without "price" the sentence about the contract answers well.
* The sentence is read again without one of the things that could answer (a date, a number, a name).  Where
  it then fits *worse*, that thing was the answer; where nothing changes, the answer is not in it.

Leaving something out to see what a model looked at is the method of Li, Monroe and Jurafsky, "Understanding
Neural Networks through Representation Erasure", 2016.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa_desktop.answering.evidence import Evidence, forms_of, holds
from qa_desktop.domain import Hit
from qa_desktop.indexing import words
from qa_desktop.models.encoder import CrossEncoder

MOST_WORDS = 12
MOST_MARKS = 8

SATURATION = 11.0
"""Logit that the cross-encoder never exceeds: near it, changes shrink, so they are read relative to it."""

TELLING = 0.2
"""Relative loss of fit from which a thing that was left out counts as the answer."""

_ABOUT_THE_TEXT = frozenset(
    """collection document documents text texts paper papers source sources article articles library report
    deal deals dealing call calls called kind kinds type types name names named describe described mention
    mentioned compare compared comparison happen happened words claim stand stands different do get
    got""".split()
)
"""Words that speak of the question or the documents; that a sentence lacks them says nothing."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What the probes showed of one sentence.

    `fit` is its logit.  `strange` is the word of the question of which it knows nothing, `doubt` how much
    better it fits without that word, relative to the room there is (0: nothing is strange).  `losses` are
    the relative losses of fit, one per mark of the sentence.
    """

    fit: float = 0.0
    strange: str = ""
    doubt: float = 0.0
    losses: tuple[float, ...] = ()

    @property
    def told(self) -> float:
        """The greatest loss: how clearly one thing in the sentence is the answer."""
        return max(self.losses, default=0.0)

    @property
    def answering(self) -> int | None:
        """The index of the mark that answers, None where it cannot be told."""
        if not self.losses:
            return None
        ranked = sorted(self.losses, reverse=True)
        clear = ranked[0] >= TELLING and (len(ranked) == 1 or ranked[0] >= 2 * ranked[1])
        return self.losses.index(ranked[0]) if clear else None


def probe(
    question: str, item: Evidence, hits: Sequence[Hit], cross_encoder: CrossEncoder | None, seconds: float
) -> Probe:
    """Probe the sentence of `item`; `hits` tell what its document speaks of besides."""
    if cross_encoder is None:
        return Probe()
    text = item.sentence.text
    asked = _unknown(question, item, hits)[:MOST_WORDS]
    marks = item.marks[:MOST_MARKS]
    whole = [(question, item.reading)] if item.logit is None else []
    changed = [(without(question, word), item.reading) for word in asked]
    changed += [(question, f"{item.lead}{text[:a].rstrip()} {text[b:].lstrip()}") for a, b in marks]
    logits = cross_encoder.score_pairs([*whole, *changed], deadline=time.monotonic() + seconds)
    fit = float(logits[0]) if item.logit is None else item.logit
    if not np.isfinite(fit):
        return Probe()
    changes = np.nan_to_num((logits[len(whole) :] - fit) / max(1.0, SATURATION - fit))
    gains, losses = changes[: len(asked)], -changes[len(asked) :]
    best = int(gains.argmax()) if len(gains) else -1
    if best < 0 or gains[best] <= 0:
        return Probe(fit, losses=tuple(map(float, losses)))
    return Probe(fit, asked[best], float(gains[best]), tuple(map(float, losses)))


def _unknown(question: str, item: Evidence, hits: Sequence[Hit]) -> list[str]:
    """Return the words of the question of which the sentence and what stands around it do not speak.

    Common words must stand in the sentence or beside it.  Names and numbers may stand further off: a
    document that is about a year or a person seldom repeats them in every sentence.
    """
    near = item.forms | forms_of(item.lead) | forms_of(item.before) | forms_of(item.after)
    near |= forms_of(" ".join(item.hit.passage.headings)) | forms_of(item.hit.document.title)
    beginnings = {form[:5] for form in near if len(form) >= 5}
    document = near
    for hit in hits:
        if hit.document.id == item.hit.document.id:
            document = document | forms_of(hit.passage.text)
    found = []
    for word in words.content_words(question):
        if word.casefold() in _ABOUT_THE_TEXT:
            continue
        given = word[0].isupper() or word[0].isdigit()
        if holds(document if given else near, word):
            continue
        stem = words.stem(word)
        if not given and len(stem) >= 5 and stem[:5] in beginnings:
            continue  # recognise and recognition, invest and investor
        found.append(word)
    return found


def without(question: str, word: str) -> str:
    """Return `question` without `word`."""
    return re.sub(r"\s+", " ", re.sub(rf"(?<!\w){re.escape(word)}(?:['’]s)?(?!\w)", " ", question)).strip()
