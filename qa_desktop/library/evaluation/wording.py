"""How near the words of an answer are to an accepted one: exact match, F1 and containment.

The first two are the measures of SQuAD (Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine
Comprehension of Text", EMNLP 2016): case, punctuation and English articles do not count; several accepted
answers count as the one that fits best.  Here diacritics do not count either, since names are spelt with and
without them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qa_desktop.indexing.words import fold

_ARTICLES = {"a", "an", "the"}
_MARKS = re.compile(r"[^\w\s]|_")  # taken out, as there: "U.S." is "us"
_PARTS = "; "


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that count."""
    return tuple(word for word in _MARKS.sub("", fold(text)).split() if word not in _ARTICLES)


def exact(answer: str, accepted: Sequence[str]) -> float:
    """Return 1 if an accepted answer has the same words in the same order, else 0."""
    return float(any(plain_words(answer) == plain_words(other) for other in accepted))


def f1(answer: str, accepted: Sequence[str]) -> float:
    """Return the harmonic mean of the shares of words in common, order aside, with the best accepted one."""
    return max((_f1(plain_words(answer), plain_words(other)) for other in accepted), default=0.0)


def contains(answer: str, accepted: Sequence[str]) -> float:
    """Return the share of the parts of the best accepted answer that stand in the answer, word for word."""
    given = f" {' '.join(plain_words(answer))} "

    def share(other: str) -> float:
        parts = [words for part in other.split(_PARTS) if (words := plain_words(part))]
        return sum(f" {' '.join(words)} " in given for words in parts) / len(parts) if parts else 0.0

    return max(map(share, accepted), default=0.0)


def _f1(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return float(one == other)
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other))
