"""A question put into words for a library: its languages, slips, and how far models are trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qa_desktop.domain import Question
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.search import Found, search
from qa_desktop.searching.trust import STRANGE_ENCODER, knows, trust_in
from qa_desktop.searching.wording import language_of, word_question
from tests.support.library import Shelf

TEXTS = {
    "en.txt": (
        "Surinam withdrew its recognition of Kosovo. Tom Phillips signed the letter on 24 September 2023."
    ),
    "de.txt": (
        "Die Verteidigungen der Stadt wurden im Sommer gebaut. Sie kosteten rund 1.300 Gulden, und niemand "
        "hat sie je gebraucht. Die Häuser daneben stehen noch heute am Fluss."
    ),
    "sr.txt": (
        "Седница Скупштине одржана је у Београду. Председник је рекао да ће се преговори наставити. "
        "Посланици су гласали о предлогу закона који је поднела влада."
    ),
}


@pytest.fixture
def shelf(tmp_path: Path, encoder: Encoder) -> Iterator[Shelf]:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    shelf = Shelf(tmp_path / "library", encoder)
    shelf.add(*(tmp_path / name for name in TEXTS))
    yield shelf
    shelf.close()


@pytest.fixture
def ask(shelf: Shelf) -> Callable[..., Found]:
    def ask(text: str, *names: str) -> Found:
        documents = frozenset(e.id for e in shelf.store.entries() if e.name in names) if names else None
        wording = word_question(text, shelf.store.lexicon, documents)
        return search(
            Question(text),
            shelf.store,
            shelf.vectors,
            shelf.encoder,
            None,
            documents=documents,
            wording=wording,
        )

    return ask


def by_words(found: Found) -> list[str]:
    """Return the documents that the word index brought, best first."""
    hits = sorted((h for h in found.hits if h.ranks.words_rank), key=lambda h: h.ranks.words_rank or 0)
    return [h.document.name for h in hits]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wie teuer war die Verteidigung?", "de.txt"),
        ("1300 Gulden", "de.txt"),
        ("What did the Verteidigung cost?", "de.txt"),
        ("sednice", "sr.txt"),
        ("Када је одржана седница?", "sr.txt"),
        ("predsednika", "sr.txt"),
        ("Who signed letters on September 24, 2023?", "en.txt"),
        ("2023-09-24", "en.txt"),
    ],
)
def test_a_mixed_library_is_asked_in_any_of_its_languages(
    ask: Callable[..., Found], question: str, name: str
) -> None:
    assert by_words(ask(question))[:1] == [name]


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Surinam recogniton", (("recogniton", ("recognition",)),)),
        ("Who is Phillps?", (("Phillps", ("Phillips",)),)),
        ("recognition of Surinam", ()),
        ("Wer hat die Verteidgung gebaut?", (("Verteidgung", ("Verteidigungen",)),)),
        ("Who is Xyzzy?", ()),
        ("Priština and Kosovo", ()),
    ],
)
def test_a_slip_is_read_as_what_may_be_meant_and_this_is_said(
    ask: Callable[..., Found], question: str, read_as: object
) -> None:
    found = ask(question)
    assert found.read_as == read_as
    if read_as:
        assert by_words(found)


def test_a_slip_is_not_read_as_a_word_of_texts_that_were_not_asked(ask: Callable[..., Found]) -> None:
    assert ask("recogniton", "en.txt").read_as
    assert not ask("recogniton", "de.txt").read_as


def test_a_word_that_was_added_since_is_known(
    ask: Callable[..., Found], shelf: Shelf, tmp_path: Path
) -> None:
    assert ask("recogniton").read_as
    (tmp_path / "new.txt").write_text(
        "It says recogniton, wrongly, and nobody knows why it says so.", "utf-8"
    )
    shelf.add(tmp_path / "new.txt")
    assert not ask("recogniton").read_as
    assert ask("recognitoon").read_as == (("recognitoon", ("recogniton",)),)


def test_the_language_of_a_question_is_told_by_itself_or_by_the_texts() -> None:
    assert language_of("Wann hat Russland die KFOR verlassen?", ("en",)) == "de"
    assert language_of("When did Russia leave?", ("de",)) == "en"
    assert language_of("Carl Wilhelm Scheele", ("de", "en")) == "de"
    assert language_of("联合国安全理事会通过决议", ("en",)) == "zh"
    assert language_of("Carl Wilhelm Scheele") == ""


def test_a_model_is_trusted_less_where_it_does_not_know_the_language(encoder: Encoder) -> None:
    spec = encoder.spec
    assert knows(spec, "en")
    assert knows(spec, "")
    assert not knows(spec, "de")
    assert trust_in(spec, None, "de").encoder == STRANGE_ENCODER < 1
    assert trust_in(spec, None, "en").encoder == trust_in(spec, spec, "en").cross_encoder == 1
    assert knows(replace(spec, languages=("all",)), "de")
    assert knows(replace(spec, languages=("sr",)), "hr")
