"""Sentences that might answer: taken from the best passages and read against the question one by one.

A passage is found as a whole, but only some of its sentences answer.  The cross-encoder that ordered the
passages reads question and sentence together once more; a sentence alone is short, so thirty of them cost
less than ten passages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa_desktop.answering.kinds import Kind, candidates
from qa_desktop.domain import Hit, Run, Sentence
from qa_desktop.indexing import words
from qa_desktop.indexing.cut import standing
from qa_desktop.models.encoder import CrossEncoder

TYPED_BONUS = 1.0
"""What it is worth, in logits, that a sentence holds a date, number, person or place if one is asked for."""

MOST = 24
"""Sentences that are read; more were never needed, and their time is the user's."""

HEARD = 10
"""Sentences, best first, of which the head of the cross-encoder says whether they answer."""

HITS = 8
"""Passages whose sentences are read."""

NO_CLAIMS = frozenset({"heading", "caption"})
"""Kinds of passages that name a subject without saying anything about it."""

ROWS = 6
"""Rows of a table that are read: those that share most with the question."""

SHORTEST = 3
"""Words below which a sentence (a lone "Updated:", a number) is not read."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and what it is worth: `score` in logits of the cross-encoder, higher is better.

    `logit` is the cross-encoder's own, None where it did not read the sentence; `answers` is the logit of its
    head that the sentence answers, None where that was not asked.  `before` and `after` are its neighbours in
    the passage, empty at the ends; `forms` are its words as the index writes them, `marks` the ranges of its
    text that hold a thing of the kind asked for.  `lead` is what it may not be understood without: where it
    stands, and of a table the row that names the columns.
    """

    hit: Hit
    sentence: Sentence
    before: str
    after: str
    score: float
    forms: frozenset[str]
    marks: tuple[tuple[int, int], ...]
    lead: str = ""
    logit: float | None = None
    answers: float | None = None

    @property
    def worth(self) -> float:
        """What sentences are ordered by: how relevant one is, and whether it answers."""
        return self.score + (self.answers or 0.0)

    @property
    def block(self) -> tuple[int, int]:
        """The document and its block in which the sentence stands; rows of one table share it."""
        return self.hit.document.id, self.sentence.block

    @property
    def reading(self) -> str:
        """What a model reads to judge the sentence."""
        return self.lead + self.sentence.text


def forms_of(text: str) -> frozenset[str]:
    """Return the words of `text` as the index writes them, names in their one spelling besides."""
    found = set()
    for token in words.tokens(text):
        found.add(words.stem(token))
        found.add(words.skeleton(token))
    return frozenset(found)


def gather(asked: Sequence[str], hits: Sequence[Hit]) -> list[tuple[Hit, int]]:
    """Return the sentences of the best hits, each place once: (hit, index of the sentence in its passage).

    Of a table only the rows that share most with the words `asked` are taken, and not the row that names the
    columns.  A sentence that stands in two documents with the same text is read in the first: copies are
    one source.
    """
    seen: set[tuple[int, tuple[Run, ...]]] = set()
    said: dict[tuple[int, str], int] = {}  # by text and sentence, the document in which it was first met
    found: list[tuple[Hit, int]] = []
    looked_at = 0
    for hit in hits:
        own = hit.document.id
        sentences = list(enumerate(hit.passage.sentences))
        fresh = [(i, s) for i, s in sentences if said.setdefault((hit.document.text_id, s.text), own) == own]
        if not fresh:
            continue
        looked_at += 1
        if looked_at > HITS:
            break
        if hit.passage.kind in NO_CLAIMS:
            continue
        if hit.passage.kind == "table":
            fresh = _best_rows(asked, fresh)
        for index, sentence in fresh:
            place = (own, sentence.runs)
            if place in seen or len(sentence.text.split()) < SHORTEST:
                continue
            seen.add(place)
            found.append((hit, index))
    return found[:MOST]


def _best_rows(asked: Sequence[str], rows: Sequence[tuple[int, Sentence]]) -> list[tuple[int, Sentence]]:
    """Return the rows below the first that share most with the words `asked`, in their order."""
    below = [row for row in rows if row[0]] or list(rows)
    ranked = sorted(below, key=lambda row: -share(asked, forms_of(row[1].text)))
    return sorted(ranked[:ROWS], key=lambda row: row[0])


def lead_of(hit: Hit, index: int) -> str:
    """Return what must be read before sentence `index` of a hit: where it stands, and what names its columns.

    A sentence seldom repeats what its title and headings say, and a row of a table says little without them.
    """
    lines = [standing(hit.document, hit.passage)]
    if hit.passage.kind == "table" and index:
        lines.append(hit.passage.sentences[0].text)
    return "".join(f"{line}\n" for line in lines if line)


def read(
    question: str, kind: Kind, hits: Sequence[Hit], cross_encoder: CrossEncoder | None, seconds: float
) -> list[Evidence]:
    """Return the sentences of the best hits with their scores, best first.

    Without a cross-encoder, or for what it could not read within `seconds`, the share of the question's
    words that the sentence holds stands in for its judgement, on a scale that stays below it.
    """
    asked = words.content_words(question)
    places = gather(asked, hits)
    texts = [hit.passage.sentences[i].text for hit, i in places]
    leads = [lead_of(hit, i) for hit, i in places]
    forms = [forms_of(t) for t in texts]
    if cross_encoder is None or not texts:
        logits = np.full(len(texts), np.nan, dtype=np.float32)
    else:
        readings = [lead + text for lead, text in zip(leads, texts, strict=True)]
        logits = cross_encoder.score(question, readings, deadline=time.monotonic() + seconds)
    found = []
    for (hit, index), lead, text, own, logit in zip(places, leads, texts, forms, logits, strict=True):
        marks = candidates(kind, text, question)
        own_logit = float(logit) if np.isfinite(logit) else None
        value = 6.0 * share(asked, own) - 6.0 if own_logit is None else own_logit
        sentences = hit.passage.sentences
        found.append(
            Evidence(
                hit=hit,
                sentence=sentences[index],
                before=sentences[index - 1].text if index else "",
                after=sentences[index + 1].text if index + 1 < len(sentences) else "",
                score=value + (TYPED_BONUS if marks and kind is not Kind.NAME else 0.0),
                forms=own,
                marks=marks,
                lead=lead,
                logit=own_logit,
            )
        )
    return sorted(found, key=lambda e: -e.score)


def hear(
    question: str, evidence: Sequence[Evidence], cross_encoder: CrossEncoder | None, most: int = HEARD
) -> list[Evidence]:
    """Return `evidence` (best first) with what the head says of `most` of it, ordered by that too."""
    first = evidence[:most]
    if cross_encoder is None or not first:
        return list(evidence)
    logits = cross_encoder.answers(question, [item.reading for item in first])
    if not len(logits):
        return list(evidence)
    heard = [replace(item, answers=float(logit)) for item, logit in zip(first, logits, strict=True)]
    return [*sorted(heard, key=lambda e: -e.worth), *evidence[most:]]


def holds(forms: frozenset[str], word: str) -> bool:
    """Tell whether `word` is among `forms`, in any inflection or spelling of a name."""
    return words.stem(word) in forms or words.skeleton(word) in forms


def share(asked: Sequence[str], forms: frozenset[str]) -> float:
    """Return the share of the words `asked` that are among `forms`, 0..1."""
    return sum(holds(forms, w) for w in asked) / len(asked) if asked else 0.0


LEAST_SHARE = 0.6
"""Share of the words asked for that must stand in or right around a sentence that speaks of the same."""


def speaks_of(asked: Sequence[str], item: Evidence) -> bool:
    """Tell whether a sentence, with what stands right around it, holds most of the words `asked`."""
    return share(asked, item.forms | forms_of(f"{item.lead} {item.before} {item.after}")) >= LEAST_SHARE
