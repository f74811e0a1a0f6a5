"""A search over a library that changes while it is searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from qa_desktop.domain import DocumentEntry, Passage, Question
from qa_desktop.indexing import store_write
from qa_desktop.indexing.store import Store
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.needs import Scored
from qa_desktop.searching.search import search
from tests.support.library import Shelf

QUESTION = Question("When was the bridge over the Ibar closed?")


@pytest.fixture
def shelf(tmp_path: Path, encoder: Encoder) -> Iterator[Shelf]:
    (tmp_path / "closed.txt").write_text("The bridge over the river Ibar was closed in 2011.\n", "utf-8")
    (tmp_path / "opened.txt").write_text("The bridge over the river Ibar opened again in 2016.\n", "utf-8")
    shelf = Shelf(tmp_path / "library", encoder)
    shelf.add(tmp_path / "closed.txt", tmp_path / "opened.txt")
    yield shelf
    shelf.close()


class Interrupted:
    """A real store in which something happens before or after its passages are read."""

    def __init__(self, store: Store, before: Callable[[], None], after: Callable[[], None]) -> None:
        self.store, self.before, self.after = store, before, after

    def word_search(
        self,
        match: str,
        weights: Sequence[float],
        limit: int,
        documents: frozenset[int] | None = None,
        passages: frozenset[int] | None = None,
    ) -> Scored:
        return self.store.word_search(match, weights, limit, documents, passages)

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        self.before()
        found = self.store.passages(ids)
        self.after()
        return found

    def entry(self, document_id: int) -> DocumentEntry:
        return self.store.entry(document_id)


def found(shelf: Shelf, before: Callable[[], None], after: Callable[[], None]) -> list[str]:
    store = Interrupted(shelf.store, before, after)
    hits = search(QUESTION, store, shelf.vectors, shelf.encoder, None).hits
    return [hit.document.name for hit in hits]


def test_the_passage_that_answers_is_found_first(shelf: Shelf) -> None:
    assert found(shelf, lambda: None, lambda: None) == ["closed.txt", "opened.txt"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_document_taken_out_during_a_search_is_left_out(shelf: Shelf, *, at_once: bool) -> None:
    doomed = next(e.id for e in shelf.store.entries() if e.name == "closed.txt")

    def take_out() -> None:
        store_write.remove(shelf.store, doomed)

    def wait() -> None:
        pass

    steps = (take_out, wait) if at_once else (wait, take_out)
    assert found(shelf, *steps) == ["opened.txt"]
