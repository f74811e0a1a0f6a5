"""Words that are nearly another word: slips of spelling, by the number of letters that differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LEAST = 4  # letters of a word below which every other word is near
_LONG = 8  # letters from which two slips are looked for
_SURE_START = 6  # letters below which the first one must be right


def reach(word: str) -> int:
    """Return how many letters of `word` may be wrong: 0, 1 or 2."""
    return 0 if len(word) < _LEAST or not word.isalpha() else 1 if len(word) < _LONG else 2


class Spellings:
    """Words (folded, distinct) with how often each occurs, to be searched for those near another word.

    Each word's letters are held as bits, so that nearly all words are ruled out by comparing two numbers.
    """

    def __init__(self, words: Sequence[str], counts: Sequence[int]) -> None:
        self._words = words
        self._counts = np.asarray(counts, dtype=np.int64)
        self._lengths = np.fromiter(map(len, words), dtype=np.int16, count=len(words))
        self._letters = np.fromiter(map(_letters, words), dtype=np.uint64, count=len(words))

    def near(self, word: str, most: int, limit: int = 8) -> list[tuple[str, int]]:
        """Return up to `limit` other words with as few slips as possible, at most `most`, by frequency.

        Each comes with the number of its slips.
        """
        for slips in range(1, most + 1):
            if found := self._away(word, slips):
                return found[:limit]
        return []

    def _away(self, word: str, most: int) -> list[tuple[str, int]]:
        length, own = len(word), np.uint64(_letters(word))
        # A slip adds a letter, drops one, or does both.
        fits = np.abs(self._lengths - length) <= most
        fits &= np.bitwise_count(self._letters & ~own) <= most
        fits &= np.bitwise_count(~self._letters & own) <= most
        found = []
        for index in np.flatnonzero(fits).tolist():
            other = self._words[index]
            if length < _SURE_START and other[0] != word[0]:
                continue
            slips = distance(word, other, most)
            if 0 < slips <= most:
                found.append((slips, -int(self._counts[index]), other))
        return [(other, slips) for slips, _, other in sorted(found)]


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, dropped, changed or swapped with the next, `most` + 1 for more.

    The restricted Damerau-Levenshtein distance ("optimal string alignment").
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (i < 2 or min(last) > most):
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _letters(word: str) -> int:
    """Return a bit for each of the letters a to z in `word`, another for its second occurrence, and more.

    Other signs share the bits that are left.
    """
    bits = 0
    for sign in word:
        place = ord(sign) - 97
        if not 0 <= place < 26:
            bits |= 1 << (52 + ord(sign) % 12)
        elif bits >> place & 1:
            bits |= 1 << (26 + place)
        else:
            bits |= 1 << place
    return bits
