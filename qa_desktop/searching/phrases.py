"""Phrases in quotation marks: the passages that hold them, word for word.

The word index brings candidates; the passage's own text decides.  Upper and lower case, diacritics, kinds of
quotation marks, of hyphens and of white space are alike, and a phrase begins and ends where words do.  A
phrase may run from one sentence into the next of the same passage, but not into a passage that does not hold
its beginning (passages share a sentence where a text goes on, so only long phrases are lost).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa_desktop.domain import Passage
from qa_desktop.indexing import words
from qa_desktop.searching.needs import Passages

_MOST = 2000
"""Candidates whose text is looked at; a phrase of one frequent word may have more."""

_DASHES = "-‐‑‒–—―−﹘﹣－"
_ALIKE = {**dict.fromkeys("'’‘‛`´ʼ′", "'"), **dict.fromkeys('"“”„‟«»″', '"'), **dict.fromkeys(_DASHES, "-")}


@dataclass(frozen=True, slots=True)
class Kept:
    """The ids of the passages that hold all phrases (None: there were no phrases).

    `missing` are the phrases that no passage holds; all of them where each stands somewhere, but no
    passage holds all.
    """

    passages: frozenset[int] | None = None
    missing: tuple[str, ...] = ()


def passages_with(phrases: Sequence[str], store: Passages, documents: frozenset[int] | None) -> Kept:
    """Return the passages of `documents` (None: of all) that hold every phrase, in text or heading."""
    if not phrases:
        return Kept()
    found = {phrase: _holding(phrase, store, documents) for phrase in phrases}
    together = frozenset.intersection(*found.values())
    if together:
        return Kept(together)
    return Kept(None, tuple(p for p, ids in found.items() if not ids) or tuple(phrases))


def holds(passage: Passage, phrase: str) -> bool:
    """Tell whether the text of a passage, or a heading above it, holds `phrase`."""
    pattern = _pattern(phrase)
    return any(pattern.search(_folded(text)) for text in (passage.text, *passage.headings))


def spans(phrase: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return the character ranges of `text` that are `phrase`."""
    places = [i for i, character in enumerate(text) for _ in _folded(character)]
    found = _pattern(phrase).finditer(_folded(text))
    return tuple((places[m.start()], places[m.end() - 1] + 1) for m in found if m.end() > m.start())


def _holding(phrase: str, store: Passages, documents: frozenset[int] | None) -> frozenset[int]:
    match = _match(phrase)
    if not match:
        return frozenset()
    candidates = [i for i, _ in store.word_search(match, words.WEIGHTS, _MOST, documents)]
    return frozenset(i for i, passage in store.passages(candidates).items() if holds(passage, phrase))


def _match(phrase: str) -> str:
    """Return the query of FTS5 for the words of `phrase` in a row, inflected as in any language, or ''.

    Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
    """
    ways = (" ".join(way).replace('"', "") for way in words.analyse_in_every_way(phrase))
    return " OR ".join(f'{{headings body}} : "{way}"' for way in dict.fromkeys(ways) if way.strip())


class _Folding(dict[int, str]):
    """Letters folded as they are met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _ALIKE:
            folded = _ALIKE[character]
        elif unicodedata.category(character) == "Cf":  # soft hyphens, marks of direction
            folded = ""
        elif character.isspace():
            folded = " "
        else:
            folded = words.fold(character)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def _folded(text: str) -> str:
    return text.translate(_FOLDING)


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase over folded text."""
    plain = " ".join(re.sub(r"\s*-\s*", "-", _folded(phrase)).split())
    inner = re.escape(plain).replace("\\ ", r"\s+").replace("\\-", r"\s*-\s*")
    before = r"(?<!\w)" if plain[:1].isalnum() else ""
    after = r"(?!\w)" if plain[-1:].isalnum() else ""
    return re.compile(before + inner + after if plain else r"(?!)")
