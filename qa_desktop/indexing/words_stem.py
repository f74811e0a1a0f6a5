"""Inflected words to one form, by the rules of the language they are written in.

Stemmers: Snowball (https://snowballstem.org, BSD-3-Clause; package PyStemmer).  A stemmer knows the letters
of its language, so a word is stemmed as it is written and loses its diacritics afterwards; only English,
full of foreign names with and without them, loses them before.  The Serbian one reads both scripts
and both pronunciations and serves Croatian and Bosnian too.  Compounds ("Außenminister") are not taken apart.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

import Stemmer

from qa_desktop.indexing.words_fold import fold

DEFAULT = "en"
"""The language of a text whose language cannot be told."""

_NAMES = """
    ar arabic, hy armenian, eu basque, ca catalan, cs czech, da danish, nl dutch, en english, eo esperanto,
    et estonian, fi finnish, fr french, de german, el greek, hi hindi, hu hungarian, id indonesian, ga irish,
    it italian, lt lithuanian, ne nepali, no norwegian, nb norwegian, nn norwegian, fa persian, pl polish,
    pt portuguese, ro romanian, ru russian, sr serbian, hr serbian, bs serbian, es spanish, sv swedish,
    ta tamil, tr turkish, yi yiddish
"""
ALGORITHMS = MappingProxyType(
    dict(pair for pair in map(str.split, _NAMES.split(",")) if pair[1] in Stemmer.algorithms())
)
"""Snowball's stemmers by the ISO 639-1 code of the language."""

_local = threading.local()


def stemming(languages: Iterable[str]) -> tuple[str, ...]:
    """Return one language for each different way of stemming among `languages` ('': cannot be told)."""
    return tuple({ALGORITHMS.get(code or DEFAULT, ""): code or DEFAULT for code in languages}.values())


def every_way() -> tuple[str, ...]:
    """Return one language for each way of stemming, and one that is not stemmed."""
    return stemming([*ALGORITHMS, "-"])


@lru_cache(maxsize=131072)
def stem(word: str, language: str = DEFAULT) -> str:
    """Return the form under which the index holds `word` of a text in `language` (ISO 639-1)."""
    algorithm = ALGORITHMS.get(language or DEFAULT)
    if algorithm == "english":
        folded = fold(word)
        return _stemmer(algorithm).stemWord(folded) if folded.isalpha() else folded
    if algorithm is None or not word.isalpha():
        return fold(word)
    return fold(_stemmer(algorithm).stemWord(word.lower()))


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    # A stemmer object must not be used by two threads at once.
    name = f"stemmer_{algorithm}"
    if not hasattr(_local, name):
        setattr(_local, name, Stemmer.Stemmer(algorithm))
    stemmer: Stemmer.Stemmer = getattr(_local, name)
    return stemmer
