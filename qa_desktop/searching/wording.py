"""The words of a question as the index of a library is asked for them: in its languages, slips corrected.

A word that no text of the library holds, in any form or spelling, may be a slip; then the words that differ
from it by a letter or two are looked for besides, at half the weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa_desktop.indexing import words
from qa_desktop.reading.facts.language import guess_language

_MOST_READINGS = 2
_MOST_TRIED = 6  # neighbours of a word whose own spelling is looked up


class Lexicon(Protocol):
    """What is asked of a library's words: `indexing.store_words.Lexicon`."""

    def columns(self) -> tuple[str, ...]:
        """Return the columns of the word index."""

    def languages(self, documents: frozenset[int] | None = None) -> tuple[str, ...]:
        """Return the languages of the texts, that of most passages first ('': unknown)."""

    def holds(self, form: str, *, name: bool = False) -> bool:
        """Tell whether any text has a word with this index form, or a name with this skeleton."""

    def near(self, form: str, most: int | None = None) -> list[tuple[str, int]]:
        """Return index forms that differ from `form` by a slip or two, and by how many."""

    def written(self, form: str, documents: frozenset[int] | None = None) -> list[str]:
        """Return how texts write the word with this index form."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question put into words: the query, what each column counts, and the words that are looked for.

    `language` is that of the question (ISO 639-1, '' if it cannot be told); `read_as` are its words that no
    text holds, each with the words that it was also taken for.
    """

    match: str
    weights: tuple[float, ...]
    terms: tuple[str, ...]
    language: str = ""
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()


def word_question(
    text: str,
    lexicon: Lexicon | None = None,
    documents: frozenset[int] | None = None,
    is_word: Callable[[str], bool] = lambda word: False,
) -> Wording:
    """Return the wording of `text` for `documents` (None: for all); without a lexicon, for English texts.

    `is_word` tells of a word in small letters that it is no slip, although no text may hold it.
    """
    if lexicon is None:
        terms = tuple(words.content_words(text))
        return Wording(words.match_query(text), words.WEIGHTS, terms, language_of(text))
    languages = lexicon.languages(documents) or (words.DEFAULT,)
    terms = tuple(words.content_words(text, languages))
    read_as = tuple(
        (term, readings)
        for term in terms
        if not is_word(term.lower())
        and (readings := _readings(term, words.stemming(languages), lexicon, documents))
    )
    columns = lexicon.columns()
    also = [reading for _, readings in read_as for reading in readings]
    return Wording(
        words.match_query(text, languages, also=also, fields=columns),
        words.WEIGHTS[: len(columns)],
        terms,
        language_of(text, languages),
        read_as,
    )


def language_of(text: str, languages: Sequence[str] = ()) -> str:
    """Return the language of a question (ISO 639-1), '' if neither it nor the texts tell.

    Stop words tell best; without any, the letters do where they are not Latin, or speak for a language of the
    texts; a question of a few names is taken for one in the language of most texts.
    """
    known = [code for code in languages if code]
    told = words.language_by_stop_words(text, known)
    if not told:
        guess = guess_language(text)
        told = guess.code if guess.code in known or guess.script not in ("", "latin") else ""
    return told or (languages[0] if languages else "")


def _readings(
    term: str, ways: Sequence[str], lexicon: Lexicon, documents: frozenset[int] | None
) -> tuple[str, ...]:
    """Return the words, as texts write them, for which a word that nobody wrote may stand."""
    plain = words.fold(term)
    most = words.reach(plain)
    forms = list(dict.fromkeys(words.stem(term, way) for way in ways))
    if not most or any(map(lexicon.holds, forms)) or lexicon.holds(words.skeleton(term), name=True):
        return ()
    near = dict(pair for own in reversed(forms) for pair in lexicon.near(own, most))
    found: dict[str, int] = {}
    for form, _ in sorted(near.items(), key=lambda pair: pair[1])[:_MOST_TRIED]:
        slips, written = min(
            ((_slips(plain, w, most), w) for w in lexicon.written(form, documents)), default=(most + 1, "")
        )
        if slips <= most:
            found.setdefault(written.lower() if term.islower() else written, slips)
    nearest = min(found.values(), default=0)
    return tuple(word for word, slips in found.items() if slips == nearest)[:_MOST_READINGS]


def _slips(plain: str, written: str, most: int) -> int:
    """Return by how many letters a word as typed (folded) differs from one of a text, up to its ending."""
    other = words.fold(written)
    if most > 1 and other[:1] != plain[:1]:
        return most + 1
    return min(words.distance(plain, other, most), words.distance(plain, other[: len(plain) + 1], most))
