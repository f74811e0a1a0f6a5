"""A question to hits.

Two searches that miss different things, meaning (dense vectors) and words (BM25), each bring their best
passages; their ranks are fused, and a cross-encoder reads question and passage together for as many of
the fused candidates as the time budget allows.  The final order blends the cross-encoder's judgement with
the scores of both searches, because each of the three is wrong on different questions.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import DocumentEntry, Hit, Passage, Question, Ranks
from qa_desktop.indexing.cut import encoder_text
from qa_desktop.models.encoder import CrossEncoder, Encoder
from qa_desktop.progress import CancelToken
from qa_desktop.searching.fuse import blend, reciprocal_rank_fusion
from qa_desktop.searching.needs import Scored, Store, Vectors
from qa_desktop.searching.trust import Trust, trust_in
from qa_desktop.searching.wording import Wording, word_question


@dataclass(frozen=True, slots=True)
class Plan:
    """How much a search may look at.

    `depth` passages are taken from each of the two searches; the best `candidates` of the fused order go
    to the cross-encoder, for at most `seconds`.  `weights` are those of the final blend.
    """

    depth: int = 60
    candidates: int = 24
    seconds: float = 0.45
    weights: tuple[tuple[str, float], ...] = (("rerank", 0.6), ("dense", 0.25), ("words", 0.15))


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: hits best first, and how they were found.

    `read_as` are words that no text holds, each with the words that it was also taken for.
    """

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    dense: int
    words: int
    candidates: int
    reranked: int
    timings_ms: tuple[tuple[str, float], ...]
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class _Clock:
    """Splits a stretch of time into named pieces, in milliseconds."""

    last: float
    pieces: dict[str, float]

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.pieces[name] = self.pieces.get(name, 0.0) + (now - self.last) * 1000
        self.last = now


def search(  # noqa: PLR0913 -- what is asked, what is searched, by which models, how
    question: Question,
    store: Store,
    vectors: Vectors,
    encoder: Encoder,
    cross_encoder: CrossEncoder | None,
    *,
    documents: frozenset[int] | None = None,
    wording: Wording | None = None,
    plan: Plan | None = None,
    cancel: CancelToken | None = None,
) -> Found:
    """Return at least `question.limit` hits where there are as many.

    Only `documents` (None: all) are searched, and of their passages only `question.passages`.  `wording` is
    how the word index is asked (None: as one of English texts).
    """
    wording = wording or word_question(question.text)
    trust = trust_in(encoder.spec, cross_encoder.spec if cross_encoder else None, wording.language)
    plan = plan or Plan()
    cancel = cancel or CancelToken()
    clock = _Clock(time.perf_counter(), {})
    vector = encoder.encode_question(question.text)
    clock.lap("encode")
    cancel.check()

    depth = max(plan.depth, question.limit)
    by_meaning = vectors.search(vector, depth, documents, question.passages)
    by_words = (
        store.word_search(wording.match, wording.weights, depth, documents, question.passages)
        if wording.match
        else []
    )
    orders = [[i for i, _ in by_meaning], [i for i, _ in by_words]]
    fused = reciprocal_rank_fusion(orders, [trust.encoder, 1.0])
    order = list(fused)[: max(plan.candidates, question.limit)]
    passages = store.passages(order)
    entries = _entries(store, {p.document_id for p in passages.values()})
    hits = _hits(order, fused, passages, entries, by_meaning, by_words)
    clock.lap("search")
    cancel.check()

    reranked = 0
    if cross_encoder is not None and hits:
        head = hits[: plan.candidates]
        texts = [encoder_text(h.document, h.passage) for h in head]
        logits = cross_encoder.score(question.text, texts, deadline=time.monotonic() + plan.seconds)
        reranked = int(np.isfinite(logits).sum())
        hits = _reorder(head, logits, plan, trust) + hits[plan.candidates :]
        hits = _falling(hits)
    clock.lap("rerank")
    cancel.check()
    return Found(
        hits=tuple(hits),
        terms=wording.terms,
        dense=len(by_meaning),
        words=len(by_words),
        candidates=len(fused),
        reranked=reranked,
        timings_ms=tuple(clock.pieces.items()),
        read_as=wording.read_as,
    )


def _entries(store: Store, documents: Iterable[int]) -> dict[int, DocumentEntry]:
    """Return the entries of those documents that are still there."""
    entries = {}
    for document in documents:
        with suppress(KeyError):  # taken out since its passages were read
            entries[document] = store.entry(document)
    return entries


def _hits(
    order: Sequence[int],
    fused: dict[int, float],
    passages: dict[int, Passage],
    entries: dict[int, DocumentEntry],
    by_meaning: Scored,
    by_words: Scored,
) -> list[Hit]:
    dense = {i: (rank, score) for rank, (i, score) in enumerate(by_meaning, start=1)}
    lexical = {i: (rank, score) for rank, (i, score) in enumerate(by_words, start=1)}
    found = []
    for i in order:
        passage = passages.get(i)
        entry = entries.get(passage.document_id) if passage else None
        if passage is None or entry is None:  # taken out by another thread or program in the meantime
            continue
        dense_rank, dense_score = dense.get(i, (None, None))
        words_rank, words_score = lexical.get(i, (None, None))
        ranks = Ranks(dense_rank, dense_score, words_rank, words_score)
        found.append(Hit(passage, entry, fused[i], ranks))
    return found


def _reorder(hits: list[Hit], logits: NDArray[np.float32], plan: Plan, trust: Trust) -> list[Hit]:
    """Return hits in the blended order; what the cross-encoder could not read in time stays behind."""
    read = [i for i in range(len(hits)) if np.isfinite(logits[i])]
    if not read:
        return hits
    taken = [hits[i] for i in read]
    columns = {
        "rerank": logits[read].astype(np.float32),
        "dense": _filled([h.ranks.dense_score for h in taken]),
        "words": _filled([h.ranks.words_score for h in taken]),
    }
    trusted = {"rerank": trust.cross_encoder, "dense": trust.encoder, "words": 1.0}
    mixed = blend(columns, {name: weight * trusted[name] for name, weight in plan.weights})
    best = [
        replace(
            taken[j],
            score=float(mixed[j]),
            ranks=replace(taken[j].ranks, rerank_score=float(logits[read[j]])),
        )
        for j in np.argsort(-mixed, kind="stable")
    ]
    unread = [h for i, h in enumerate(hits) if i not in set(read)]
    return best + unread


def _filled(scores: Sequence[float | None]) -> NDArray[np.float32]:
    """Return scores without gaps: what a search did not bring is worth what its last one is."""
    known = [s for s in scores if s is not None]
    floor = min(known) if known else 0.0
    return np.array([floor if s is None else s for s in scores], dtype=np.float32)


def _falling(hits: list[Hit]) -> list[Hit]:
    """Give the hits behind the blended ones scores that go on falling."""
    result: list[Hit] = []
    for hit in hits:
        last = result[-1].score if result else None
        step = hit.score if last is None or hit.score <= last else last - 1e-3
        result.append(hit if step == hit.score else replace(hit, score=step))
    return result
