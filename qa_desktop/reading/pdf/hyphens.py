"""Which hyphens at line ends only divide a word, and which belong to it.

Decided by the document's own words: if it writes "type-checking" within a line, the hyphen stays; if it
writes "interpreter", the hyphen goes; where it writes neither, by simple signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEADS = frozenset(
    "self well ex so half all cross high low long short full part co anti pro semi mid quasi vice socio "
    "politico".split()
)
_TAILS = frozenset(
    "based led related term level style old backed driven free made known called ranking speaking scale "
    "making sponsored held run wide like type specific oriented friendly owned funded brokered "
    "controlled dependent effective efficient intensive economic political military social in up off out to "
    "by".split()
)
_GLUED = frozenset(
    "under over down some every with there where here back fore work news land water house land after "
    "inter counter super trans sub out".split()
)
_LEFT = re.compile(r"[^\s(\[{\"“„‘«]*\Z")
_RIGHT = re.compile(r"[^\s)\]}\"”“’»,;:!?]*")
_LEFT_PART = re.compile(r"[^\W\d_]+\Z")
_RIGHT_PART = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Decides by the words of one document; `texts` are its lines, divided words left out."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for text in texts:
            self._counts.update(_WORDS.findall(text.casefold()))

    def divides(self, before: str, after: str) -> bool:
        """Tell whether the hyphen between `before` (without it) and `after` only divides a word.

        A hyphen in an address, beside a digit or before a capital letter belongs to the text.
        """
        left_token, right_token = _LEFT.search(before), _RIGHT.match(after)
        whole = (
            (left_token.group() if left_token else "") + "-" + (right_token.group() if right_token else "")
        )
        if "://" in whole or "www." in whole or "/" in whole or "@" in whole:
            return False
        left_found, right_found = _LEFT_PART.search(before), _RIGHT_PART.match(after)
        if not left_found or not right_found:
            return False
        left, right = left_found.group(), right_found.group()
        hyphenated = self._counts[f"{left}-{right}".casefold()]
        joined = self._counts[(left + right).casefold()]
        if hyphenated > joined:
            return False
        if joined:
            return True
        if right[0].isupper() and not left.isupper():
            return False
        if (
            len(left) == 1
            or (left.isupper() and right.islower())
            or before[left_found.start() - 1 : left_found.start()] == "-"
        ):
            return False
        return not self._is_compound(left.casefold(), right.casefold())

    def _is_compound(self, left: str, right: str) -> bool:
        """Tell whether two words are more likely one compound with a hyphen than one word divided."""
        if left in _HEADS or right in _TAILS:
            return True
        if left in _GLUED or min(len(left), len(right)) < 4 or not self._splits_compounds():
            return False
        return self._counts[left] >= 2 and self._counts[right] >= 2

    def _splits_compounds(self) -> bool:
        """Tell whether the language writes compounds apart, as English does and German does not."""
        counts = self._counts
        english, germanic = ("the", "of"), ("und", "der", "och", "van")
        return sum(counts[w] for w in english) > sum(counts[w] for w in germanic)
