"""Text to words, and words to plain letters: case, diacritics, scripts, transliterations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A sign of these scripts is a syllable or a word, and no blank says where a word ends.
_SIGN = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1780-\u17ff"  # Thai, Lao, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"  # Chinese, Japanese, Korean
)
_IS_SIGN = re.compile(f"[{_SIGN}]")
_SIGNS = re.compile(f"[{_SIGN}]+|[^{_SIGN}]+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"['’]s?$")
# What French, Italian and Catalan shorten before a vowel: "l'homme", "dell'anno".
_ELISION = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|all|dall|nell|sull|coll|un|quest|quell)['’]"
    r"(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_UNSEEN = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}

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


def tokens(text: str) -> Iterator[str]:
    """Yield the words and numbers of `text` as they are written, without a possessive ending or an elision.

    What is written without blanks between words (Chinese, Japanese, Thai, …; also Korean) comes in
    overlapping pairs of signs, the usual stand-in for words that only a dictionary could tell apart.
    """
    for match in _TOKEN.finditer(_THOUSANDS.sub("", text.translate(_UNSEEN))):
        token = _POSSESSIVE.sub("", match.group())
        if token.isascii():
            yield _ELISION.sub("", token, count=1) if "'" in token else token
            continue
        token = _ELISION.sub("", token, count=1)
        for piece in _SIGNS.findall(token):
            if len(piece) > 2 and _IS_SIGN.match(piece):
                yield from (piece[i : i + 2] for i in range(len(piece) - 1))
            else:
                yield piece


def fold(word: str) -> str:
    """Return `word` in lower case, in Latin letters, without diacritics."""
    lower = word.casefold().translate(_CYRILLIC).translate(_LETTERS)
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower).casefold()  # of "𝒥" it makes "J"
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
