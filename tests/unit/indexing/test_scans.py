"""Words of scanned pages and what recognition found: compact, exact enough, and not without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import ScannedWord
from qa_desktop.indexing import words
from qa_desktop.indexing.scan_cache import ScanCache
from qa_desktop.indexing.scanned_words import dump_words, load_words, mean_confidence
from qa_desktop.indexing.store import Store

share = st.floats(0, 1)
word = st.builds(
    ScannedWord, st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1), share, share, share, share, share
)


@given(st.lists(word, max_size=30))
def test_words_come_back_with_their_places_and_boxes(given_words: list[ScannedWord]) -> None:
    found = load_words(dump_words(given_words))
    assert [(w.start, w.end) for w in found] == [(w.start, w.end) for w in given_words]
    for one, other in zip(found, given_words, strict=True):
        for name in ("left", "top", "width", "height", "confidence"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1 / 65_535)


def test_a_page_of_words_is_small() -> None:
    page = [ScannedWord(6 * n, 6 * n + 5, n % 10 / 10, n / 500, 0.08, 0.01, 0.97) for n in range(500)]
    stored = dump_words(page)
    assert stored is not None
    assert len(stored) < 6000
    assert mean_confidence(page) == pytest.approx(0.97)
    assert dump_words(()) is None
    assert mean_confidence(()) is None


def test_words_that_the_file_itself_places_are_not_recognised_ones() -> None:
    value = ScannedWord(0, 5, 0.1, 0.1, 0.2, 0.1, 1.0)
    assert mean_confidence([value]) is None
    assert mean_confidence([value, ScannedWord(6, 9, 0.1, 0.2, 0.2, 0.1, 0.5)]) == 0.5


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "library", {}, words.FIELDS)
    yield store
    store.close()


def test_scans_are_kept_and_the_oldest_go_first(store: Store) -> None:
    cache = ScanCache(store, largest=250)
    changes = store.changes()
    for number in range(5):
        cache.put(str(number), bytes([number]) * 100)
    assert cache.get("0") == b"\0" * 100
    assert cache.get("unknown") is None
    cache.trim()
    assert [cache.get(str(n)) is not None for n in range(5)] == [False, False, False, True, True]
    cache.trim()
    assert cache.get("3") is not None
    assert store.changes() == changes  # nothing that can be searched has changed
