"""A search over a library that changes while it is searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from qa_desktop.domain import DocumentEntry, Passage, Question
from qa_desktop.indexing import store_write
from qa_desktop.indexing.store import Store
from qa_desktop.models.encoder import Encoder, Signs
from qa_desktop.searching.late import late_scores, weights_of
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

    def signs(self, ids: Sequence[int]) -> dict[int, Signs]:
        return self.store.signs(ids)

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


def test_a_passage_that_says_it_in_passing_is_found_by_its_pieces(tmp_path: Path, encoder: Encoder) -> None:
    filler = "Milk, bread and eggs were sold in the market, and the shop closed at six. "
    aside = "The treaty was signed in the village of Lausanne. "
    (tmp_path / "aside.txt").write_text(filler * 3 + aside + filler * 3, "utf-8")
    (tmp_path / "about.txt").write_text(
        "A treaty is a contract between states, and it is signed. " * 4, "utf-8"
    )
    shelf = Shelf(tmp_path / "library", encoder)
    shelf.add(tmp_path / "aside.txt", tmp_path / "about.txt")
    question = encoder.read_question("In which village was the treaty signed?")
    ids = shelf.store.passage_ids().tolist()
    weights = weights_of("In which village was the treaty signed?", question, "en")
    late = late_scores(question, weights, ids, shelf.store.signs(ids))
    passages = shelf.store.passages(ids)
    shelf.close()
    assert "Lausanne" in passages[ids[int(late.argmax())]].text


def test_a_document_that_the_best_passage_names_follows_it(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    texts = {
        "Bridge of sighs": "The novel of the bridge was written by Marko Ilibasic in the summer of 1987.",
        "Marko Ilibasic": "He was born in a small town near the sea, and went to school there.",
    }
    texts |= {
        f"Novel {n}": f"The novel number {n} of this list was written in {1900 + n}." for n in range(30)
    }
    for title, text in texts.items():
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n", "utf-8")
    shelf = Shelf(tmp_path / "library", encoder)
    shelf.add(folder)
    asked = Question("Where was the author of the novel of the bridge born?", limit=40)
    names = [h.document.name for h in search(asked, shelf.store, shelf.vectors, encoder, None).hits]
    scores = [h.score for h in search(asked, shelf.store, shelf.vectors, encoder, None).hits]
    shelf.close()
    assert names[0] == "Bridge of sighs.md"
    assert names.index("Marko Ilibasic.md") < 3
    assert scores == sorted(scores, reverse=True)
