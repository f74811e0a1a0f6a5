"""Words as the index holds them: folded, stemmed, and names in one spelling.

The same analysis is applied to passages and to questions, so two ways of writing one word meet:
diacritics (Vučić, Vucic, Vučiċ), Cyrillic (Вучић), thousands separators (3,000 and 3000), English
inflection (withdraw, withdrew stays apart, withdrawing meets withdraw).  What is looked at on screen and
quoted is always the stored text, never this.

Stemming: the English Snowball stemmer (Porter, https://snowballstem.org/algorithms/english/stemmer.html).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

from qa_desktop.domain import Passage

FIELDS = ("title", "headings", "body", "names")
"""Columns of the word index; `names` holds capitalised words as `skeleton` writes them."""

WEIGHTS = (1.0, 1.0, 1.0, 0.6)
"""What a word counts in each of `FIELDS` for BM25."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"['’]s?$")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„»«]{3,200})[\"”“»]")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just me more most my no nor not
    of off on once only or other our out over own same she should so some such than that the their them
    then there these they this those through to too under until up upon us very was we were what when
    where which while who whom whose why will with would you your say says said tell according did""".split()
)
"""Words of a question that say how it is asked, not what about; they are not looked for."""

# Serbian (Vuk Karadžić's one-to-one alphabet) and Russian letters; Russian in the spelling of the
# English-language press, which is what the documents around it use.
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ё": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n",
        "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
    }
)  # fmt: skip
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"đ": "dj", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)

# One spelling for the ways in which Slavic and Albanian names are written in English: each pair is a
# digraph or letter of one system and its counterpart in another (BGN/PCGN, ISO 9, press usage).
_SKELETON = (
    ("shch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "h"), ("tch", "c"), ("tsch", "c"), ("ch", "c"),
    ("ts", "c"), ("dzh", "dj"), ("gj", "dj"), ("dj", "d"), ("ph", "f"), ("th", "t"), ("gh", "g"),
    ("bh", "b"), ("q", "c"), ("w", "v"), ("x", "ks"), ("y", "i"), ("j", "i"),
)  # fmt: skip

_local = threading.local()


def fold(word: str) -> str:
    """Return `word` in lower case, in Latin letters, without diacritics."""
    lower = word.casefold().translate(_CYRILLIC).translate(_LETTERS)
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return a folded name in one spelling for all its transliterations.

    >>> skeleton("Prishtina"), skeleton("Priština"), skeleton("Kharchenko"), skeleton("Harchenko")
    ('pristina', 'pristina', 'harcenko', 'harcenko')
    """
    plain = fold(word)
    for spelling, one in _SKELETON:
        plain = plain.replace(spelling, one)
    return re.sub(r"(.)\1+", r"\1", plain)


def _stemmer() -> Stemmer.Stemmer:
    # A stemmer object must not be used by two threads at once.
    if not hasattr(_local, "english"):
        _local.english = Stemmer.Stemmer("english")
    stemmer: Stemmer.Stemmer = _local.english
    return stemmer


def tokens(text: str) -> Iterator[str]:
    """Yield the words and numbers of `text` as they are written, without a possessive ending."""
    for match in _TOKEN.finditer(_THOUSANDS.sub("", text)):
        yield _POSSESSIVE.sub("", match.group())


def stem(word: str) -> str:
    """Return the form under which the index holds `word`."""
    folded = fold(word)
    return _stemmer().stemWord(folded) if folded.isalpha() else folded


def analyse(text: str) -> list[str]:
    """Return the index forms of all words of `text`, in order."""
    return [stem(t) for t in tokens(text)]


def names(text: str) -> list[str]:
    """Return the skeletons of the words of `text` that are written with a capital letter."""
    return [skeleton(t) for t in tokens(text) if len(t) > 2 and t[0].isupper() and t.isalpha()]


def index_fields(title: str, passage: Passage) -> tuple[str, ...]:
    """Return what the word index holds of a passage: one string of blank-separated words per `FIELDS`."""
    return (
        " ".join(analyse(title)),
        " ".join(analyse(" ".join(passage.headings))),
        " ".join(analyse(passage.text)),
        " ".join(dict.fromkeys(names(passage.text))),
    )


def content_words(text: str) -> list[str]:
    """Return the words of a question that it is about, each once, as written; all if nothing is left."""
    words = list(dict.fromkeys(tokens(text)))
    return [w for w in words if w.casefold() not in STOP_WORDS] or words


def phrases(text: str) -> list[str]:
    """Return the phrases of a question that stand in quotation marks and have at least two words."""
    return [p for p in _QUOTED.findall(text) if len(list(tokens(p))) > 1]


def _quote(terms: Iterable[str]) -> str:
    return '"' + " ".join(terms).replace('"', '""') + '"'


def match_query(text: str) -> str:
    """Return the FTS5 query for a question: any of its words, in any spelling, and its quoted phrases.

    Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
    """
    words = content_words(text)
    parts = [f"{{title headings body}} : {_quote([s])}" for s in dict.fromkeys(stem(w) for w in words) if s]
    alike = dict.fromkeys(skeleton(w) for w in words if len(w) > 2 and w.isalpha())
    parts += [f"names : {_quote([s])}" for s in alike]
    parts += [f"body : {_quote(analyse(p))}" for p in phrases(text)]
    return " OR ".join(parts)
