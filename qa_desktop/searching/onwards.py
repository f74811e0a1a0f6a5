"""Where the best passages lead: a second look, with what the first one found.

A question about two things often names only one of them ("the author of this book"); the passage about that
one names the other.  So the encoder reads the question once more together with each of the best passages
(pseudo-relevance feedback on vectors: Wang et al., "Pseudo-Relevance Feedback for Multiple Representation
Dense Retrieval", ICTIR 2021), and documents that these passages name by their titles are looked at too.  Both
lists are fused with the order that was there; the first hit stays the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_desktop.domain import Hit, Question
from qa_desktop.indexing import words
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.fuse import reciprocal_rank_fusion
from qa_desktop.searching.needs import Scored, Vectors

K = 5
"""Constant of the fusion: smaller than usual, so that a place far up counts for much."""

SHARE = 0.5
"""What a place in each of the two further lists counts against one in the order that was there."""

_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]")
_SHORTEST = 4  # letters of a title that can be recognised in a text


def led_to(
    question: Question,
    leaders: Sequence[Hit],
    vectors: Vectors,
    encoder: Encoder,
    depth: int,
    documents: frozenset[int] | None,
) -> Scored:
    """Return up to `depth` passages nearest to the question together with one of `leaders`, best first."""
    best: dict[int, float] = {}
    for vector in encoder.encode_questions([f"{question.text} {hit.passage.text}" for hit in leaders]):
        for i, score in vectors.search(vector, depth, documents, question.passages):
            best[i] = max(score, best.get(i, -1.0))
    return sorted(best.items(), key=lambda pair: -pair[1])[:depth]


def named_by(leaders: Sequence[Hit], hits: Sequence[Hit]) -> list[int]:
    """Return the passages among `hits` of documents that `leaders` name by their titles, in their order.

    A document does not count as named by its own text.
    """
    texts = [(hit.document.id, _plain(hit.passage.text)) for hit in leaders]
    titles: dict[int, bool] = {}
    for hit in hits:
        own = hit.document.id
        if own not in titles:
            title = _plain(_BRACKETS.sub("", hit.document.title)).strip()
            known = len(title) >= _SHORTEST
            titles[own] = known and any(i != own and f" {title} " in text for i, text in texts)
    return [hit.passage.id for hit in hits if titles[hit.document.id]]


def fused(order: Sequence[int], further: Sequence[Sequence[int]]) -> list[int]:
    """Return `order` fused with the `further` lists; its first stays the first."""
    if not order:
        return []
    scores = reciprocal_rank_fusion([order, *further], [1.0, *(SHARE for _ in further)], K)
    return [order[0], *(i for i in scores if i != order[0])]


def _plain(text: str) -> str:
    return f" {' '.join(words.fold(token) for token in words.tokens(text))} "
