"""Whether a library is sound; what can be derived is repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qa_desktop.domain import DocumentEntry, text_of
from qa_desktop.errors import QAError
from qa_desktop.indexing import store_write, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library.identity import Identity, model_of
from qa_desktop.models import registry
from qa_desktop.models.spec import ModelSpec
from qa_desktop.progress import CancelToken, Progress, Report


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome for one part of a library."""

    part: str
    state: Literal["sound", "repaired", "not sound"]
    detail: str = ""


def check(
    store: Store, identity: Identity, vectors: VectorIndex, report: Report, cancel: CancelToken
) -> Iterator[Check]:
    """Yield an outcome for the database, the quotable text, the word index, the vectors and the models.

    The caller holds `Store.writing`, unless the library is read-only: then nothing is repaired.
    """
    yield _database(store)
    yield from _documents(store, identity, report, cancel)
    yield _word_index(store)
    yield _vector_file(store, vectors)
    yield _model(lambda: model_of(identity, store.folder), "encoder")
    yield _model(registry.default_cross_encoder, "cross-encoder")


def _database(store: Store) -> Check:
    with store.reading() as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        detail = "; ".join(
            [*(f for f in found if f != "ok"), *(f"orphan in {row[0]}" for row in orphans[:5])]
        )
        return Check("database", "not sound", f"{detail}. Restore it from a backup, or build it again.")
    return Check("database", "sound")


def _documents(store: Store, identity: Identity, report: Report, cancel: CancelToken) -> Iterator[Check]:
    """Compare every sentence with the text at its place, and look at every vector."""
    entries = [e for e in store.entries() if e.passages]
    misplaced, misshapen = [], []
    for number, entry in enumerate(entries, start=1):
        cancel.check()
        report(Progress("checking", number, len(entries), entry.name, "documents"))
        pages = store.pages(entry.id)
        for passage, vector in store.passages_with_vectors(entry.id):
            if any(not s.runs or text_of(s.runs, pages) != s.text for s in passage.sentences):
                misplaced.append(entry.name)
            length = float(np.linalg.norm(vector.astype(np.float32)))
            if vector.shape != (identity.dimension,) or not 0.99 < length < 1.01:
                misshapen.append(entry.name)
    for part, names in (("places of sentences", misplaced), ("vectors", misshapen)):
        if names:
            yield Check(part, "not sound", f"remove and add again: {', '.join(dict.fromkeys(names))}")
        else:
            yield Check(part, "sound")


def _word_index(store: Store) -> Check:
    """Compare the words of each passage with what the analysis gives; write them again where they differ."""
    if store.words_are_sound() and all(
        store.words_of(entry.id) == _words_for(store, entry) for entry in store.entries()
    ):
        return Check("word index", "sound")
    if store.read_only:
        return Check("word index", "not sound", "the library is read-only")
    store_write.replace_words(store, {k: v for e in store.entries() for k, v in _words_for(store, e).items()})
    return Check("word index", "repaired")


def _words_for(store: Store, entry: DocumentEntry) -> dict[int, tuple[str, ...]]:
    return {p.id: words.index_fields(entry, p) for p, _ in store.passages_with_vectors(entry.id)}


def _vector_file(store: Store, vectors: VectorIndex) -> Check:
    if vectors.is_saved():
        return Check("vector file", "sound")
    if store.read_only:
        return Check("vector file", "sound", "it is made anew at each start")
    vectors.save()
    return Check("vector file", "repaired" if vectors.is_saved() else "not sound")


def _model(find: Callable[[], ModelSpec], role: str) -> Check:
    try:
        spec = find()
        registry.verify(spec)
    except QAError as error:
        return Check(role, "not sound", f"{error.title}. {error.explanation} {error.remedy}")
    return Check(role, "sound", spec.name)
