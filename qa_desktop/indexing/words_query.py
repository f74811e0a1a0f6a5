"""A question to what the word index is asked: its words in any form, and what it says in figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qa_desktop.indexing.words_fold import skeleton, tokens
from qa_desktop.indexing.words_stem import DEFAULT, stem, stemming
from qa_desktop.indexing.words_stop import is_stop_word, language_by_stop_words
from qa_desktop.indexing.words_values import values, without_gaps

FIELDS = ("title", "headings", "body", "names", "figures", "about")
"""Columns of the word index: `names` holds capitalised words as `skeleton` writes them, `figures` numbers,
dates and identifiers as `values` does, `about` the author and the date of the document."""

_QUOTED = re.compile(r"[\"“„«]([^\"“”„»«]{3,200})[\"”“»]")
_INFLECTED = ("title", "headings", "body", "about")
_FIGURES = ("figures", "about")


def content_words(text: str, languages: Iterable[str] = ()) -> list[str]:
    """Return the words of a question that it is about, each once, as written; all if nothing is left.

    `languages` are those of the texts, by which the question's own is told where it is unclear.
    """
    language = language_by_stop_words(text, languages) or DEFAULT
    words = list(dict.fromkeys(tokens(without_gaps(text))))
    return [w for w in words if not is_stop_word(w, language)] or words


def phrases(text: str) -> list[str]:
    """Return the phrases of a question that stand in quotation marks and have at least two words."""
    return [p for p in _QUOTED.findall(text) if len(list(tokens(p))) > 1]


def match_query(
    text: str,
    languages: Iterable[str] = (DEFAULT,),
    *,
    also: Sequence[str] = (),
    fields: Sequence[str] = FIELDS,
) -> str:
    """Return the FTS5 query for a question: any of its words and figures, and its quoted phrases.

    `languages` are those of the texts; `also` are further words, which count half; `fields` are the columns
    that the index has.  Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
    """
    ways = stemming(languages) or (DEFAULT,)
    asked = language_by_stop_words(text, languages)
    words = content_words(text, languages)
    parts = list(_words(words, ways, fields))
    parts += _columns(fields, _FIGURES, [[v] for v in values(text, [asked] if asked else ways, asked=True)])
    parts += _columns(fields, ("body",), _sequences(text, words, ways))
    if also:  # a phrase that is said twice counts twice
        parts += [*parts, *_words(also, ways, fields)]
    return " OR ".join(parts)


def _words(words: Sequence[str], ways: Sequence[str], fields: Sequence[str]) -> Iterator[str]:
    """Yield the phrases that find these words, inflected in any of these ways, and as names."""
    stems = dict.fromkeys(stem(w, way) for w in words for way in ways)
    yield from _columns(fields, _INFLECTED, [[s] for s in stems if s])
    alike = dict.fromkeys(skeleton(w) for w in words if len(w) > 2 and w.isalpha())
    yield from _columns(fields, ("names",), [[s] for s in alike])


def _sequences(text: str, words: Sequence[str], ways: Sequence[str]) -> list[Sequence[str]]:
    """Return what must stand together: quoted phrases, and a number with the word before it ("Article 5")."""
    together = [list(tokens(p)) for p in phrases(text)]
    said = list(tokens(text))
    together += [[a, b] for a, b in pairwise(said) if b.isdecimal() and a in words]
    inflected = [tuple(stem(t, way) for t in sequence) for sequence in together for way in ways]
    return list(dict.fromkeys(inflected))


def _columns(fields: Sequence[str], wanted: Sequence[str], sequences: Iterable[Sequence[str]]) -> list[str]:
    columns = " ".join(f for f in wanted if f in fields)
    return [f"{{{columns}}} : {_quote(s)}" for s in sequences] if columns else []


def _quote(terms: Iterable[str]) -> str:
    return '"' + " ".join(terms).replace('"', '""') + '"'
