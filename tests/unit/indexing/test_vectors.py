"""The vector index: exact, up to date, and made again from the database whenever its file is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_desktop.domain import Block, BlockKind, Document, Page, Passage, Run, Sentence
from qa_desktop.indexing import store_sources, store_write, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage
from qa_desktop.indexing.store_records import FileFacts
from qa_desktop.indexing.vectors import VectorIndex

ID = b"0123456789abcdef"
DIMENSION = 32
RANDOM = np.random.default_rng(20)


def unit(count: int) -> NDArray[np.float16]:
    vectors = RANDOM.normal(size=(count, DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float16] = vectors.astype(np.float16)
    return scaled


def put(store: Store, name: str, vectors: NDArray[np.float16], replaces: int | None = None) -> int:
    source = store_sources.add_source(store, store.folder, folder=True)
    page = Page(1, "One.\n")
    sentence = Sentence("One.", (Run(1, 0, 4),))
    items = [
        IndexedPassage(Passage(n, "body", (), (sentence,)), ("", "", "one", "", "", ""), vector)
        for n, vector in enumerate(vectors)
    ]
    block = Block(BlockKind.PARAGRAPH, (Run(1, 0, 4),))
    facts = FileFacts(source.id, str(store.folder / name), name, 1, 1, "")
    return store_write.put(store, facts, Document("text", name, (page,), (block,)), items, replaces)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path, {}, words.FIELDS)
    yield store
    store.close()


def exact(store: Store, query: NDArray[np.float32], k: int, documents: set[int]) -> list[int]:
    scores = [
        (-float(vector.astype(np.float32) @ query), p.id)
        for d in documents
        for p, vector in store.passages_with_vectors(d)
    ]
    return [i for _, i in sorted(scores)[:k]]


def fresh(store: Store) -> VectorIndex:
    return VectorIndex(store, ID, DIMENSION)


def test_it_finds_what_comparing_every_vector_finds(store: Store) -> None:
    documents = [put(store, str(n), unit(7)) for n in range(9)]
    index = fresh(store)
    for scope in (None, {documents[0]}, set(documents[3:6]), set()):
        query = unit(1)[0].astype(np.float32)
        hits = index.search(query, 5, None if scope is None else frozenset(scope))
        assert [i for i, _ in hits] == exact(store, query, 5, set(documents) if scope is None else scope)


def test_it_follows_every_change(store: Store) -> None:
    index = fresh(store)
    query = unit(1)[0].astype(np.float32)
    assert index.search(query, 3) == []
    documents = {put(store, str(n), unit(4)) for n in range(6)}
    for step in range(6):
        chosen = sorted(documents)[step % len(documents)]
        if step % 3 == 0:
            store_write.remove(store, chosen)
            documents.discard(chosen)
        elif step % 3 == 1:
            put(store, store.entry(chosen).name, unit(3), chosen)
        else:
            documents.add(put(store, f"new {step}", unit(2)))
        assert [i for i, _ in index.search(query, 8)] == exact(store, query, 8, documents)


def test_the_file_is_used_and_nothing_else_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "a", unit(5))
    query = unit(1)[0].astype(np.float32)
    first = fresh(store)
    expected = first.search(query, 5)
    first.save()
    from qa_desktop.indexing.store_snapshot import Snapshot

    read: list[int] = []
    original = Snapshot.vectors

    def counting(self: Snapshot, after: int = 0, batch: int = 4096) -> object:
        for ids, matrix in original(self, after, batch):
            read.extend(ids.tolist())
            yield ids, matrix

    monkeypatch.setattr(Snapshot, "vectors", counting)
    assert fresh(store).search(query, 5) == expected
    assert read == []


DAMAGE = {
    "missing": None,
    "empty": lambda data: b"",
    "cut short": lambda data: data[:-20],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "one bit turned": lambda data: data[:90] + bytes([data[90] ^ 1]) + data[91:],
    "something else": lambda data: b"no index at all " * 9,
    "of another library": lambda data: data.replace(ID, b"fedcba9876543210"),
    "of an earlier program": lambda data: data.replace(b"QADVEC02", b"QADVEC01"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_useless_file_is_made_again_without_a_word(store: Store, damage: str) -> None:
    put(store, "a", unit(5))
    query = unit(1)[0].astype(np.float32)
    first = fresh(store)
    expected = first.search(query, 5)
    first.save()
    change = DAMAGE[damage]
    if change is None:
        first.file.unlink()
    else:
        first.file.write_bytes(change(first.file.read_bytes()))
    again = fresh(store)
    assert not again.is_saved()
    assert again.search(query, 5) == expected
    again.save()
    assert fresh(store).is_saved()


def test_an_older_file_is_not_believed(store: Store) -> None:
    put(store, "a", unit(5))
    old = fresh(store)
    old.save()
    content = old.file.read_bytes()
    document = put(store, "b", unit(3))
    old.save()
    old.file.write_bytes(content)
    query = store.passages_with_vectors(document)[0][1].astype(np.float32)
    (best, score), *_ = fresh(store).search(query, 1)
    assert store.passages([best])[best].document_id == document
    assert score == pytest.approx(1, abs=2e-3)


def test_saving_leaves_no_temporary_files(store: Store) -> None:
    put(store, "a", unit(5))
    fresh(store).save()
    assert {p.name for p in store.folder.iterdir()} == {"library.sqlite", "library.lock", "vectors.faiss"}
