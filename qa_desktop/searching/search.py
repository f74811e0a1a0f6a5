"""A question to hits.

Four judgements miss different things, so none decides alone:

1. Meaning (dense vectors) and words (BM25) each bring their best passages; the ranks are fused.
2. Late interaction compares question and passage piece by piece.  It costs no more than a glance, so all of
   the fused passages are put in order by a blend of these three.
3. A cross-encoder reads the question together with each of the first ones, as many as the time allows; its
   judgement and the three others are blended.
4. The best passages lead to others (`onwards`).

When time runs out, steps are left out from the end: first where passages lead, then the last of those that
the cross-encoder would have read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import DocumentEntry, Hit, Question, Ranks
from qa_desktop.indexing.cut import encoder_text
from qa_desktop.models.encoder import CrossEncoder, Encoder
from qa_desktop.progress import CancelToken
from qa_desktop.searching import onwards
from qa_desktop.searching.fuse import blend, reciprocal_rank_fusion
from qa_desktop.searching.late import late_scores, weights_of
from qa_desktop.searching.needs import Scored, Store, Vectors
from qa_desktop.searching.trust import Trust, trust_in
from qa_desktop.searching.wording import Wording, word_question


@dataclass(frozen=True, slots=True)
class Plan:
    """How much a search may look at.

    `depth` passages are taken from each of the two searches, and `pool` of the fused order are compared piece
    by piece; the best `candidates` of them go to the cross-encoder, for at most `seconds`; the first
    `leaders` are asked where they lead.  `first` are the weights of the order before the cross-encoder,
    `final` those of the order after it.

    The weights are round numbers near the best on questions of SQuAD 2.0 and HotpotQA, checked on four other
    sets; from 10 to 24 candidates hardly anything changes but time.
    """

    depth: int = 60
    pool: int = 64
    candidates: int = 10
    leaders: int = 2
    seconds: float = 0.45
    first: tuple[tuple[str, float], ...] = (("dense", 0.3), ("words", 0.3), ("late", 0.4))
    final: tuple[tuple[str, float], ...] = (("rerank", 0.5), ("dense", 0.15), ("words", 0.15), ("late", 0.2))


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
    asked = encoder.read_question(question.text)
    clock.lap("encode")
    cancel.check()

    depth = max(plan.depth, question.limit)
    by_meaning = vectors.search(asked.vector, depth, documents, question.passages)
    by_words = (
        store.word_search(wording.match, wording.weights, depth, documents, question.passages)
        if wording.match
        else []
    )
    orders = [[i for i, _ in by_meaning], [i for i, _ in by_words]]
    fused = reciprocal_rank_fusion(orders, [trust.encoder, 1.0])
    order = list(fused)[: max(plan.pool, question.limit)]
    hits = _hits(order, store, by_meaning, by_words)
    late = late_scores(asked, weights_of(question.text, asked, wording.language), order, store.signs(order))
    hits = _with_late(hits, dict(zip(order, late.tolist(), strict=True)))
    hits = _ordered(hits, dict(plan.first), trust)
    clock.lap("search")
    cancel.check()

    deadline = time.monotonic() + plan.seconds
    reranked = 0
    if cross_encoder is not None and hits:
        head = hits[: plan.candidates]
        texts = [encoder_text(h.document, h.passage) for h in head]
        logits = cross_encoder.score(question.text, texts, deadline=deadline)
        judged = list(zip(head, logits.tolist(), strict=True))
        read = [_with_rerank(h, logit) for h, logit in judged if np.isfinite(logit)]
        unread = [h for h, logit in judged if not np.isfinite(logit)]
        reranked = len(read)
        hits = _ordered(read, dict(plan.final), trust) + unread + hits[plan.candidates :]
    clock.lap("rerank")
    cancel.check()

    leaders = hits[: plan.leaders]
    if leaders and trust.encoder == 1.0 and time.monotonic() < deadline:
        led = onwards.led_to(question, leaders, vectors, encoder, plan.depth, documents)
        hits = _onwards(hits, leaders, led, store)
    clock.lap("rerank")
    cancel.check()
    return Found(
        hits=tuple(_falling(hits)),
        terms=wording.terms,
        dense=len(by_meaning),
        words=len(by_words),
        candidates=len(fused),
        reranked=reranked,
        timings_ms=tuple(clock.pieces.items()),
        read_as=wording.read_as,
    )


def _onwards(hits: list[Hit], leaders: Sequence[Hit], led: Scored, store: Store) -> list[Hit]:
    """Return hits with those that the best ones lead to."""
    order = [h.passage.id for h in hits]
    further = [[i for i, _ in led], onwards.named_by(leaders, hits)]
    known = {h.passage.id: h for h in hits}
    wanted = onwards.fused(order, further)
    new = {h.passage.id: h for h in _hits([i for i in wanted if i not in known], store, [], [])}
    return [h for i in wanted if (h := known.get(i) or new.get(i)) is not None]


def _entries(store: Store, documents: Iterable[int]) -> dict[int, DocumentEntry]:
    """Return the entries of those documents that are still there."""
    entries = {}
    for document in documents:
        with suppress(KeyError):  # taken out since its passages were read
            entries[document] = store.entry(document)
    return entries


def _hits(order: Sequence[int], store: Store, by_meaning: Scored, by_words: Scored) -> list[Hit]:
    """Return the passages of `order` as hits; what was taken out in the meantime is missing."""
    dense = {i: (rank, score) for rank, (i, score) in enumerate(by_meaning, start=1)}
    lexical = {i: (rank, score) for rank, (i, score) in enumerate(by_words, start=1)}
    passages = store.passages(order)
    entries = _entries(store, {p.document_id for p in passages.values()})
    found = []
    for i in order:
        passage = passages.get(i)
        entry = entries.get(passage.document_id) if passage else None
        if passage is None or entry is None:
            continue
        dense_rank, dense_score = dense.get(i, (None, None))
        words_rank, words_score = lexical.get(i, (None, None))
        found.append(Hit(passage, entry, 0.0, Ranks(dense_rank, dense_score, words_rank, words_score)))
    return found


def _with_late(hits: Sequence[Hit], late: Mapping[int, float]) -> list[Hit]:
    scores = [late[h.passage.id] for h in hits]
    return [
        replace(h, ranks=replace(h.ranks, late_score=s if np.isfinite(s) else None))
        for h, s in zip(hits, scores, strict=True)
    ]


def _with_rerank(hit: Hit, logit: float) -> Hit:
    return replace(hit, ranks=replace(hit.ranks, rerank_score=logit))


def _ordered(hits: Sequence[Hit], weights: Mapping[str, float], trust: Trust) -> list[Hit]:
    """Return hits in the order of the blend of their scores; each judgement counts as far as it is trusted.

    A judgement that only some of them have, because the library is of an earlier format, is left out.
    """
    if not hits:
        return []
    trusted = {"rerank": trust.cross_encoder, "dense": trust.encoder, "words": 1.0, "late": trust.late}
    scores = {
        "rerank": [h.ranks.rerank_score for h in hits],
        "dense": [h.ranks.dense_score for h in hits],
        "words": [h.ranks.words_score for h in hits],
        "late": [h.ranks.late_score for h in hits],
    }
    if None in scores["late"]:
        del scores["late"]
    columns = {name: _filled(column) for name, column in scores.items() if name in weights}
    mixed = blend(columns, {name: weights[name] * trusted[name] for name in columns})
    return [replace(hits[n], score=float(mixed[n])) for n in np.argsort(-mixed, kind="stable")]


def _filled(scores: Sequence[float | None]) -> NDArray[np.float32]:
    """Return scores without gaps: what a search did not bring is worth what its last one is."""
    known = [s for s in scores if s is not None]
    floor = min(known) if known else 0.0
    return np.array([floor if s is None else s for s in scores], dtype=np.float32)


def _falling(hits: list[Hit]) -> list[Hit]:
    """Return hits with scores that fall along the list, also where later steps have changed the order."""
    result: list[Hit] = []
    for hit in hits:
        last = result[-1].score if result else None
        step = hit.score if last is None or hit.score <= last else last - 1e-3
        result.append(hit if step == hit.score else replace(hit, score=step))
    return result
