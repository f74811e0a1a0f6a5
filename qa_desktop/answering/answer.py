"""Hits to an answer: claims in the sources' own words, each citation proven, or an honest "not found"."""

from __future__ import annotations

import time

from qa_desktop.answering import decide
from qa_desktop.answering.texts import Texts
from qa_desktop.answering.weighing import Weighed, weigh_and_select
from qa_desktop.answering.write import Writer, placed
from qa_desktop.domain import Answer, Question, Trace, Verdict
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.searching.search import Found

SECONDS = 0.25
"""Time for reading single sentences, in seconds."""


def answer(
    question: Question,
    found: Found,
    texts: Texts,
    cross_encoder: CrossEncoder | None,
    documents: frozenset[int] | None = None,
    model: decide.Model | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Compose the answer to `question` from what was `found` in `documents` (None: in all).

    `model` decides whether the evidence answers (None: the one the program ships with).  Reading single
    sentences stops after `seconds`.
    """
    started = time.perf_counter()
    weighed = weigh_and_select(question.text, found, cross_encoder, seconds, model, texts=texts)
    return compose(question, weighed, found, texts, documents, time.perf_counter() - started)


def compose(
    question: Question,
    weighed: Weighed,
    found: Found,
    texts: Texts,
    documents: frozenset[int] | None = None,
    seconds: float = 0.0,
) -> Answer:
    """Write the answer to a question as a whole; weighing it took `seconds`."""
    started = time.perf_counter()
    writer = Writer(texts)
    written = writer.write(weighed)
    timings = dict(found.timings_ms)
    timings["answer"] = (time.perf_counter() - started + seconds) * 1000
    timings["total"] = sum(timings.values())
    return Answer(
        question=question,
        verdict=weighed.verdict if writer.claims else Verdict.NOT_FOUND,
        confidence=weighed.confidence,
        claims=tuple(writer.claims),
        citations=tuple(writer.citations),
        hits=placed(found.hits[: question.limit], texts),
        coverage=texts.coverage(documents),
        short_answer=written.short_answer,
        differs=written.differs,
        trace=trace_of(weighed, found, timings),
    )


def trace_of(weighed: Weighed, found: Found, timings_ms: dict[str, float]) -> Trace:
    """Return how an answer was found, as far as it rests on one search."""
    return Trace(
        terms=found.terms,
        dense=found.dense,
        words=found.words,
        candidates=found.candidates,
        reranked=found.reranked,
        timings_ms=tuple(timings_ms.items()),
        facts=tuple(weighed.case.facts.items()),
        strange=weighed.case.doubt.strange,
        read_as=found.read_as,
    )
