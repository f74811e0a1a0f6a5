"""What is found for a question in a library: how patiently it is looked for, and by which models."""

from __future__ import annotations

from qa_desktop.domain import Question
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library.loading import Models
from qa_desktop.progress import CancelToken
from qa_desktop.searching.search import Found, Plan, search

PATIENT = 60.0
"""Seconds for reading what was found where nobody waits: never reached by a healthy computer."""


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
        plan=Plan(seconds=PATIENT) if patient else Plan(),
        cancel=cancel,
    )
