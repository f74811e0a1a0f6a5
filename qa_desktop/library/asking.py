"""From a question as it was typed to its answer: filters, phrases, finding, composing."""

from __future__ import annotations

from dataclasses import replace

from qa_desktop.answering.answer import SECONDS, answer, weigh
from qa_desktop.answering.decide import Case
from qa_desktop.answering.occurrences import declined, occurrences, with_near_misses
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


def case_of(question: Question, store: Store, vectors: VectorIndex, models: Models) -> Case:
    """Return what a verdict on `question` is weighed from; raises as `ask` does."""
    question = understood(question)
    documents = scope(question, store).documents
    passages = passages_with(question.phrases, store, documents).passages
    found = find(replace(question, passages=passages), store, vectors, models, documents)
    return weigh(question.text, found, models.cross_encoder(), PATIENT)


def find(
    question: Question,
    store: Store,
    vectors: VectorIndex,
    models: Models,
    documents: frozenset[int] | None,
    cancel: CancelToken | None = None,
    *,
    patient: bool = True,
) -> Found:
    """Search `documents` (None: all) for what may answer; raises as loading the models does, or Cancelled."""
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
        plan=Plan(seconds=PATIENT) if patient else Plan(),
        cancel=cancel,
    )
