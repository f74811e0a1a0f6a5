"""From a question as it was typed to its answer: filters, phrases, finding, composing."""

from __future__ import annotations

import time
from dataclasses import replace

from qa_desktop.answering.answer import SECONDS, answer
from qa_desktop.answering.asking import as_question
from qa_desktop.answering.decide import Case
from qa_desktop.answering.evidence import HEARD
from qa_desktop.answering.occurrences import declined, occurrences, with_near_misses
from qa_desktop.answering.parts.decompose import decompose
from qa_desktop.answering.parts.part import WHOLE, Parts
from qa_desktop.answering.several import Looked, compose_parts, look_at_parts
from qa_desktop.answering.weighing import weigh, weigh_and_select
from qa_desktop.domain import Answer, Question
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library.loading import Models
from qa_desktop.library.select import scope
from qa_desktop.progress import CancelToken
from qa_desktop.searching.asked import is_only_phrases, understood
from qa_desktop.searching.phrases import passages_with
from qa_desktop.searching.search import Found, Plan, search
from qa_desktop.searching.wording import word_question

PATIENT = 60.0
"""Seconds for reading what was found where nobody waits: never reached by a healthy computer."""

WAITED_FOR = 8
"""Passages that the cross-encoder reads while somebody waits; of 32 questions one or two come out better with
10, at a tenth more time."""

SHARE = 0.4
"""Share of the time for passages that goes to the whole of a question that has parts; they share the rest."""

PART = Plan(candidates=6, leaders=0)
"""How much is looked at for the whole of such a question, and for each of its parts."""

PART_HITS = 4
"""Passages whose sentences are read for each of them."""

PART_HEARD = 4
"""Sentences of each that the head hears while somebody waits."""

SENTENCES = 0.5
"""Share of the time for sentences that the whole and each part have: these decide, so it is not divided."""


def ask(
    question: Question,
    store: Store,
    vectors: VectorIndex,
    models: Models,
    cancel: CancelToken | None = None,
    *,
    patient: bool = True,
) -> Answer:
    """Answer `question`; raises as loading the models does, UsageError for its filters, and Cancelled."""
    question = understood(question)
    kept = scope(question, store)
    with_phrases = passages_with(question.phrases, store, kept.documents)
    question = replace(question, passages=with_phrases.passages)
    parts = WHOLE if with_phrases.missing or is_only_phrases(question.text) else decompose(question.text)
    if parts:
        reply = _in_parts(question, parts, store, vectors, models, kept.documents, cancel, patient=patient)
    else:
        found = find(question, store, vectors, models, kept.documents, cancel, patient=patient)
        seconds = PATIENT if patient else SECONDS
        reply = answer(question, found, store, models.cross_encoder(), kept.documents, seconds=seconds)
    if with_phrases.missing:
        reply = declined(reply, with_phrases.missing)
    elif is_only_phrases(question.text):
        reply = occurrences(reply, store)
    elif question.phrases and patient and len(reply.hits) < question.limit:
        anything = replace(question, passages=None)
        more = find(anything, store, vectors, models, kept.documents, cancel, patient=patient)
        reply = with_near_misses(reply, more.hits, store)
    return replace(reply, coverage=replace(reply.coverage, left_out=kept.left_out))


def _in_parts(
    question: Question,
    parts: Parts,
    store: Store,
    vectors: VectorIndex,
    models: Models,
    documents: frozenset[int] | None,
    cancel: CancelToken | None,
    *,
    patient: bool,
) -> Answer:
    """Answer a question as a whole and in its parts, which share the time for passages of one question."""
    composing = 0.0

    def look(text: str, share: float) -> Looked:
        nonlocal composing
        asked = replace(question, text=text)
        found = find(asked, store, vectors, models, documents, cancel, patient=patient, share=share)
        started = time.perf_counter()
        seconds = PATIENT if patient else SECONDS * SENTENCES
        first = replace(found, hits=found.hits[:PART_HITS])
        weighed = weigh_and_select(
            text, first, models.cross_encoder(), seconds, texts=store, heard=HEARD if patient else PART_HEARD
        )
        composing += time.perf_counter() - started
        return weighed, found

    each = (1 - SHARE) / len(parts.parts)
    whole = look(question.text, SHARE)
    looked = look_at_parts(parts, lambda text: look(text, each))
    return compose_parts(question, parts, whole, looked, store, documents, composing)


def case_of(question: Question, store: Store, vectors: VectorIndex, models: Models) -> Case:
    """Return what a verdict on `question` is weighed from; raises as `ask` does."""
    question = understood(question)
    documents = scope(question, store).documents
    passages = passages_with(question.phrases, store, documents).passages
    found = find(replace(question, passages=passages), store, vectors, models, documents)
    return weigh(as_question(question.text), found, models.cross_encoder(), PATIENT)


def find(
    question: Question,
    store: Store,
    vectors: VectorIndex,
    models: Models,
    documents: frozenset[int] | None,
    cancel: CancelToken | None = None,
    *,
    patient: bool = True,
    share: float = 1.0,
) -> Found:
    """Search `documents` (None: all) for what may answer; raises as loading the models does, or Cancelled.

    Passages are read for that `share` of the time that a question has; below 1, fewer are read.
    """
    encoder, cross_encoder = models.encoder(), models.cross_encoder()
    return search(
        question,
        store,
        vectors,
        encoder,
        cross_encoder,
        documents=documents,
        wording=word_question(
            question.text, store.lexicon, documents, lambda w: encoder.count_tokens(w) == 1
        ),
        plan=_plan(share, patient=patient),
        cancel=cancel,
    )


def _plan(share: float, *, patient: bool) -> Plan:
    plan = Plan() if share == 1.0 else PART
    if patient:
        return replace(plan, seconds=PATIENT)
    return replace(plan, seconds=plan.seconds * share, candidates=min(plan.candidates, WAITED_FOR))
