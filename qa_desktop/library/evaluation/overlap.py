"""Whether two texts are, in the main, the same words: how a passage is told to carry the evidence.

Where texts were cut differs from program to program, and an extracted text may have a note's marker or a line
break where the evidence has none; so neither equality nor containment will do.  Texts are compared by
their sequences of three words (Broder 1997, "On the resemblance and containment of documents"): **two texts
overlap when at least half of the three-word sequences of the shorter one stand in the longer one.**  A text
of fewer than five words has too few of these and must stand in the other as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from qa_desktop.indexing.words import fold

SHARE = 0.5
"""The share of the shorter text's sequences that must stand in the longer."""

_WORD = re.compile(r"[^\W_]+")
_SEQUENCE = 3
_SHORT = 5  # words below which a text must be there as a whole
_LEAST = 2  # words that a passage must have: a heading "Kosovo" is not evidence for whatever names Kosovo


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared: its words, in lower case and without diacritics."""

    words: tuple[str, ...]

    @property
    def sequences(self) -> Counter[tuple[str, ...]]:
        """Its sequences of three words, with their numbers."""
        return Counter(zip(self.words, self.words[1:], self.words[2:], strict=False))


def words_of(text: str) -> Words:
    """Return the words of a text."""
    return Words(tuple(_WORD.findall(fold(text))))


def holds(text: Words, part: Words) -> bool:
    """Tell whether the words of `part`, at least one, stand in `text` one after the other."""
    size = len(part.words)
    if not 0 < size <= len(text.words):
        return False
    first = part.words[0]
    return any(
        word == first and text.words[place : place + size] == part.words
        for place, word in enumerate(text.words[: len(text.words) - size + 1])
    )


def overlap(passage: Words, evidence: Words) -> bool:
    """Tell whether a passage carries the evidence, or is a piece of it."""
    shorter, longer = sorted((passage, evidence), key=lambda text: len(text.words))
    if not shorter.words or (shorter is passage and len(passage.words) < _LEAST):
        return False
    if len(shorter.words) < _SHORT:
        return holds(longer, shorter)
    own = shorter.sequences
    return (own & longer.sequences).total() >= SHARE * own.total()
