"""Words as the index holds them: folded, stemmed by their language, names and figures in one form.

The same analysis is applied to passages and to questions, so two ways of writing one word meet:
diacritics (Vučić, Vucic, Vučiċ), Cyrillic (Вучић), inflection (withdraw, withdrawing; Verteidigung,
Verteidigungen), numbers and dates (1,300 and 1300; 24 September 2023 and 2023-09-24).  What is looked at on
screen and quoted is always the stored text, never this.

    words_fold    text to words; case, diacritics, scripts, transliterations
    words_stem    inflection, in each language; words_stop: words that are not looked for
    words_values  numbers, dates (words_dates, words_months) and identifiers
    words_query   a question to a query; words_slips: words that nobody wrote, and those that may be meant
"""

from __future__ import annotations

from typing import Protocol

from qa_desktop.domain import Passage
from qa_desktop.indexing.words_dates import date_tokens
from qa_desktop.indexing.words_fold import fold, skeleton, tokens
from qa_desktop.indexing.words_query import FIELDS, content_words, match_query, phrases
from qa_desktop.indexing.words_slips import distance, reach
from qa_desktop.indexing.words_stem import DEFAULT, every_way, stem, stemming
from qa_desktop.indexing.words_stop import is_stop_word, language_by_stop_words, stop_words
from qa_desktop.indexing.words_values import values

__all__ = [
    "ANALYSIS", "DEFAULT", "FIELDS", "STOP_WORDS", "WEIGHTS", "About", "analyse",
    "analyse_in_every_way", "content_words", "distance", "fold", "index_fields", "is_stop_word",
    "language_by_stop_words",
    "match_query", "names", "phrases", "reach", "skeleton", "stem", "stemming", "tokens", "values",
]  # fmt: skip

ANALYSIS = 2
"""The version of what `index_fields` returns; the word index of a library is made anew when it is another."""

WEIGHTS = (1.0, 1.0, 1.0, 0.45, 1.0, 0.4)
"""What a word counts in each of `FIELDS` for BM25."""

STOP_WORDS = stop_words(DEFAULT)
"""The English words that say how something is asked, not what about."""


class About(Protocol):
    """What the word index needs to know of a document; `language` is an ISO 639-1 code or ''."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def date(self) -> str:
        """When, in ISO 8601, to the day, month or year."""

    @property
    def language(self) -> str:
        """In which language."""


def analyse(text: str, language: str = DEFAULT) -> list[str]:
    """Return the index forms of all words of `text`, in order."""
    return [stem(t, language) for t in tokens(text)]


def analyse_in_every_way(text: str) -> list[list[str]]:
    """Return the index forms of all words of `text` as any language may have them, each list once."""
    return [list(forms) for forms in dict.fromkeys(tuple(analyse(text, way)) for way in every_way())]


def names(text: str) -> list[str]:
    """Return the skeletons of the words of `text` that are written with a capital letter."""
    return [skeleton(t) for t in tokens(text) if len(t) > 2 and t[0].isupper() and t.isalpha()]


def index_fields(document: About, passage: Passage) -> tuple[str, ...]:
    """Return what the word index holds of a passage: one string of blank-separated words per `FIELDS`."""
    language, headings, text = document.language, " ".join(passage.headings), passage.text
    about = [*analyse(document.author, language), *date_tokens(document.date)]
    return (
        " ".join(analyse(document.title, language)),
        " ".join(analyse(headings, language)),
        " ".join(analyse(text, language)),
        " ".join(dict.fromkeys(names(text))),
        " ".join(values(f"{headings}\n{text}", [language])),
        " ".join(about),
    )
