"""Phrases are found word for word, whatever their dress, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Passage, Run, Sentence
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.phrases import holds, passages_with, spans
from tests.support.library import Shelf

TEXTS = {
    "decree.txt": "The government\ndeclared a state of emergency on 3 May. It didn’t last.\n",
    "speech.txt": "“Kosovo is Serbia”, said Vučić — nobody saw the state–building of an emergency state.\n",
    "list.txt": "Emergency rules of the state. A state  of\nmind. "
    "The ﬁnal text of A/RES/64/298 names 3,000 troops.\n",
}
WORDS = ["Vučić", "A/RES", "3,000", "it’s", "—", "re-read", "(ﬁve)", "…", "state"]


def passage(text: str, heading: str = "") -> Passage:
    return Passage(0, "body", (heading,) if heading else (), (Sentence(text, (Run(1, 0, len(text)),)),))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    shelf = Shelf(folder / "library", encoder)
    shelf.add(folder / "texts")
    yield shelf
    shelf.close()


def found(shelf: Shelf, *phrases: str) -> set[str]:
    kept = passages_with(phrases, shelf.store, None)
    names = {e.id: e.name for e in shelf.store.entries()}
    held = shelf.store.passages(sorted(kept.passages or ()))
    return {names[p.document_id] for p in held.values()}


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("State of Emergency", "decree.txt"),
        ("government declared", "decree.txt"),
        ("it didn't last", "decree.txt"),
        ("3 May. It", "decree.txt"),
        ("kosovo is serbia", "speech.txt"),
        ("said Vucic - nobody", "speech.txt"),
        ("state-building", "speech.txt"),
        ("emergency state", "speech.txt"),
        ("a state of mind", "list.txt"),
        ("the final text", "list.txt"),
        ("A/RES/64/298", "list.txt"),
        ("3,000 troops", "list.txt"),
        ("troops", "list.txt"),
    ],
)
def test_a_phrase_is_found_in_any_dress(shelf: Shelf, phrase: str, name: str) -> None:
    assert found(shelf, phrase) == {name}


@pytest.mark.parametrize(
    "phrase", ["states of emergency", "emergency of state", "osovo is Serbia", "declare a"]
)
def test_what_is_only_alike_is_not_the_phrase(shelf: Shelf, phrase: str) -> None:
    kept = passages_with([phrase], shelf.store, None)
    assert kept.passages is None
    assert kept.missing == (phrase,)


def test_several_phrases_must_stand_together(shelf: Shelf) -> None:
    assert found(shelf, "a state of", "troops") == {"list.txt"}
    assert passages_with(["3 May", "troops"], shelf.store, None).missing == ("3 May", "troops")
    assert passages_with(["3 May", "trooper"], shelf.store, None).missing == ("trooper",)
    assert passages_with([], shelf.store, None).passages is None


def test_only_these_documents_are_looked_at(shelf: Shelf) -> None:
    speech = next(e.id for e in shelf.store.entries() if e.name == "speech.txt")
    assert passages_with(["troops"], shelf.store, frozenset([speech])).missing == ("troops",)
    assert len(passages_with(["kosovo is"], shelf.store, frozenset([speech])).passages or ()) == 1


def test_a_heading_may_hold_it_too() -> None:
    assert holds(passage("They met.", "The Brussels Agreement"), "brussels agreement")
    assert not holds(passage("They met.", "The Brussels Agreement"), "agreement they met")


def test_where_it_stands_is_told_in_the_text_as_it_is() -> None:
    text = "The ﬁnal — “State\u00ad of\u00a0Mind” — and state of mind."
    assert [text[a:b] for a, b in spans("state of mind", text)] == [
        "State\u00ad of\u00a0Mind",
        "state of mind",
    ]
    assert [text[a:b] for a, b in spans('the final - "state', text)] == ["The ﬁnal — “State"]


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8), st.data())
def test_any_words_of_a_text_are_a_phrase_of_it(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    phrase = " ".join(words[first : last + 1])
    assert holds(passage(text), phrase)
    assert holds(passage(text), phrase.upper().replace("’", "'").replace("—", "-").replace(" ", "\n "))


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_text_can_be_looked_for_in_any_other(phrase: str, text: str) -> None:
    for start, end in spans(phrase, text):
        assert 0 <= start < end <= len(text)
