"""The search by words finds what a plain query finds in any scope; nothing kept outlives a change."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Document, Page, Passage, Run, Sentence
from qa_desktop.indexing import store_search, store_sources, store_write, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage
from qa_desktop.indexing.store_records import FileFacts

# Words of very different frequency; "river" is in nearly every text.
WORDS = ("river", "town", "year", "ibar", "bridge", "o'brien")
TEXTS = st.lists(
    st.sampled_from(("river", "river", "river", "town", "town", "year", *WORDS)), min_size=1, max_size=9
)
LIBRARIES = st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=7)


def put(store: Store, name: str, texts: Sequence[Sequence[str]], language: str = "en") -> int:
    source = store_sources.add_source(store, store.folder, folder=True)
    sentence = Sentence("One.", (Run(1, 0, 4),))
    items = [
        IndexedPassage(
            Passage(n, "body", (), (sentence,)),
            ("", text[0], " ".join(text), text[-1], "", ""),
            np.zeros(4, np.float16),
        )
        for n, text in enumerate(texts)
    ]
    block = Block(BlockKind.PARAGRAPH, (Run(1, 0, 4),))
    document = Document("text", name, (Page(1, "One.\n"),), (block,), language=language)
    return store_write.put(
        store, FileFacts(source.id, str(store.folder / name), name, 1, 1, ""), document, items
    )


def plain(store: Store, match: str, passages: Sequence[int] | None = None) -> list[tuple[int, float]]:
    """Return what FTS5 finds by itself, all of it, best first; of `passages` only, if given."""
    rank = f"bm25({', '.join(map(str, words.WEIGHTS))})"
    with store.reading() as connection:
        found = connection.execute(
            "SELECT rowid, -rank FROM words WHERE words MATCH ? AND rank MATCH ? ORDER BY rank, rowid",
            (match, rank),
        ).fetchall()
    return [(i, score) for i, score in found if passages is None or i in passages]


def query(asked: Sequence[str]) -> str:
    return words.match_query(" ".join(asked), fields=words.FIELDS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path, {}, words.FIELDS)
    yield store
    store.close()


@settings(max_examples=40, deadline=None)
@given(LIBRARIES, st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.data())
def test_it_finds_what_a_plain_query_finds(
    library: list[list[list[str]]], asked: list[str], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder), {}, words.FIELDS)
        documents = [put(store, str(n), texts) for n, texts in enumerate(library)]
        match, everything = query(asked), store.passage_ids().tolist()
        limit = data.draw(st.integers(1, 12))
        assert store.word_search(match, words.WEIGHTS, limit) == plain(store, match)[:limit]
        some = frozenset(data.draw(st.sets(st.sampled_from(documents))))
        few = frozenset(data.draw(st.sets(st.sampled_from(everything))))
        of_some = store.passage_ids(some).tolist()
        for scope, chosen, expected in (
            (some, None, of_some),
            (None, few, list(few)),
            (some, few, [i for i in of_some if i in few]),
        ):
            found = store.word_search(match, words.WEIGHTS, limit, scope, chosen)
            assert found == plain(store, match, expected)[:limit]
        store.close()


@settings(max_examples=40, deadline=None)
@given(LIBRARIES, st.lists(st.sampled_from(WORDS), min_size=2, max_size=6), st.integers(1, 12))
def test_where_frequent_words_only_count_the_best_keep_their_scores(
    library: list[list[list[str]]], asked: list[str], enough: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_search, "_SCORED", 0)
        patch.setattr(store_search, "_ENOUGH", enough)
        patch.setattr(store_search, "_SPARE", 0)
        store = Store.create(Path(folder), {}, words.FIELDS)
        for n, texts in enumerate(library):
            put(store, str(n), texts)
        match = query(asked)
        every = dict(plain(store, match))
        counts = sorted(len(plain(store, part)) for part in set(match.split(" OR ")))
        for limit in (1, 3, 50):
            found = store.word_search(match, words.WEIGHTS, limit)
            assert len(found) == min(limit, len(every))
            assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
            assert all(score == pytest.approx(every[i], abs=1e-4) for i, score in found)
            if sum(counts[:-1]) < enough:  # no word is frequent, so nothing may differ
                assert [i for i, _ in found] == [i for i, _ in plain(store, match)[:limit]]
        store.close()


def test_the_rare_word_leads_and_the_frequent_ones_decide(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_search, "_SCORED", 0)
    monkeypatch.setattr(store_search, "_ENOUGH", 3)
    monkeypatch.setattr(store_search, "_SPARE", 0)
    # "year" is in a third of them, and decides among the three with "ibar".
    put(
        store,
        "rest",
        [["river", "year", "river"] if n % 3 == 0 else ["river", "bridge", "river"] for n in range(60)],
    )
    three = put(
        store,
        "three",
        [["river", "ibar", "river"], ["river", "ibar", "year"], ["river", "ibar", "river", "river"]],
    )
    match = query(["ibar", "year"])
    found = store.word_search(match, words.WEIGHTS, 3)
    assert [i for i, _ in found] == [i for i, _ in plain(store, match)[:3]]
    first = store.passages([found[0][0]])[found[0][0]]
    assert (first.document_id, first.ordinal) == (three, 1)
    assert found[0][1] == pytest.approx(dict(plain(store, match))[found[0][0]])


def test_a_scope_of_many_passages_does_not_cost_a_search_for_each(store: Store) -> None:
    documents = frozenset(put(store, str(n), [["river", "town", "year"]] * 100) for n in range(15))
    match = query(["town", "year"])

    def seconds(scope: frozenset[int] | None) -> float:
        start = time.perf_counter()
        store.word_search(match, words.WEIGHTS, 60, scope)
        return time.perf_counter() - start

    assert min(seconds(documents) for _ in range(3)) < 15 * min(seconds(None) for _ in range(3))


def test_any_query_of_fts5_will_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "_SCORED", 0)
    put(store, "a", [["river", "town"], ["river", "year"]])
    for match in ("town OR year", "(town AND river) OR year", '{body} : "river"', 'town NOT "year"'):
        assert store.word_search(match, words.WEIGHTS, 5) == plain(store, match)


def test_a_question_of_hundreds_of_words_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "_SCORED", 0)
    monkeypatch.setattr(store_search, "_ENOUGH", 3)
    monkeypatch.setattr(store_search, "_SPARE", 0)
    put(store, "a", [["river", "town"], ["river", "year"], ["ibar"], ["ibar", "year"]] * 3)
    match = query([*WORDS, *(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500))])
    found = store.word_search(match, words.WEIGHTS, 2)
    assert len(found) == 2


# ---------------------------------------------------------------------------------------- what is kept

KEPT: dict[str, Callable[[Store], object]] = {
    "entries": lambda store: store.entries(),
    "coverage": lambda store: store.coverage(None),
    "languages": lambda store: store.lexicon.languages(),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_kept_is_what_a_fresh_look_shows(store: Store, what: str) -> None:
    look = KEPT[what]
    other = Store.open(store.folder)  # as another program has it

    def check() -> None:
        fresh = Store.open(store.folder)
        assert look(store) == look(fresh)
        assert look(store) == look(other)
        fresh.close()

    check()
    first = put(store, "a", [["river"]])
    check()
    second = put(other, "b", [["river"]] * 3, "sr")
    check()
    store_write.set_duplicates(store, {second: first})
    check()
    store_write.set_problems(other, first, [], "unreadable")
    check()
    store_write.remove(other, second)
    check()
    assert look(store) is look(store)  # it was kept
    other.close()


def test_how_frequent_a_word_is_follows_the_library(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "_SCORED", 0)
    monkeypatch.setattr(store_search, "_ENOUGH", 2)
    monkeypatch.setattr(store_search, "_SPARE", 0)
    match = query(["ibar", "town"])
    put(store, "a", [["ibar", "river"]] * 2 + [["town", "river"]] * 9 + [["river"]] * 30)
    (best, _), *_ = store.word_search(match, words.WEIGHTS, 2)
    assert best in {1, 2}
    other = Store.open(store.folder)
    put(other, "b", [["ibar", "river"]] * 60)  # now "town" is the rarer word
    other.close()
    (best, _), *_ = store.word_search(match, words.WEIGHTS, 2)
    assert best in set(range(3, 12))


def test_many_threads_may_ask_while_one_writes(store: Store) -> None:
    put(store, "0", [["ibar"]])
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        least = 0
        while not done.is_set():
            try:
                now = store.coverage(None).searched
                found = len(store.word_search(query(["ibar"]), words.WEIGHTS, 100))
                if now < least or found < now:  # what was once there does not go away
                    wrong.append((least, now, found))
                least = now
            except Exception as error:  # noqa: BLE001  told below
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(1, 12):
        put(store, str(n), [["ibar"]])
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store.coverage(None).searched == len(store.entries()) == 12


def test_a_closed_store_keeps_nothing_for_whoever_still_asks(store: Store) -> None:
    put(store, "a", [["river"]])
    assert len(store.entries()) == 1
    store.close()
    other = Store.open(store.folder)
    put(other, "b", [["river"]])
    assert len(store.entries()) == len(other.entries()) == 2
    other.close()
