"""Documents that hold the same text: copies to the letter, and near-copies.

An article that lies in a library as PDF and as web page, or in two versions with small corrections, is one
source.  A copy to the letter has the same key (a hash of its words).  For the rest every document has a
sketch (MinHash, Broder 1997, "On the resemblance and containment of documents") of its runs of five words:
the share of equal numbers in two sketches estimates the share of runs that the documents have in common
(Jaccard index), with a standard error of 0.02 at `ALIKE`.  Candidates are found by bands of the sketch
(locality-sensitive hashing, Leskovec et al., Mining of Massive Datasets, 3.4), so that no document is
compared with every other.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import BlockKind, Document

ALIKE = 0.85
"""Estimated Jaccard index from which two texts are one.

An article with a tenth of other text around it has 0.90, one that lost its last tenth 0.91, one with every
hundredth word changed 0.91, with every fiftieth 0.83.  Of 2.4 million pairs of encyclopaedia articles and
abstracts eight are above it, most of them tables of one series ("in the 4th century BC", "in the 5th").
"""

_WORD = re.compile(r"\w+")
_NUMBERS = 256  # of a sketch: 1 kB a document
_SEED = 7
_RUN = 5  # words
_FEWEST = 40  # runs below which a sketch says too little: short texts are one only to the letter
_NEIGHBOURS = 8
_AT_ONCE = 20_000  # pairs compared at a time: 40 MB
_ROWS = 8  # 32 bands of 8 numbers find 99.99 % of the pairs at 0.85, and 7 % of those at 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """What tells whether two documents hold the same text: `key` to the letter, `sketch` nearly (or empty).

    The first byte of a sketch tells how it was made; those made differently are not compared.
    """

    key: bytes
    sketch: bytes = b""


def likeness_of(document: Document) -> Likeness | None:
    """Return the likeness of what a document says, without what was set aside; None where that is nothing."""
    said = "\n".join(
        "".join(document.pages[r.page - 1].text[r.start : r.end] for r in block.runs)
        for block in document.blocks
        if block.kind is not BlockKind.ASIDE
    )
    found = _WORD.findall(said.casefold())
    if not found:
        return None
    key = hashlib.sha256(" ".join(found).encode("utf-8", "replace")).digest()
    runs = [" ".join(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1)]
    return Likeness(key, _sketch(runs) if len(runs) >= _FEWEST else b"")


def groups(ids: Sequence[int], likenesses: Sequence[Likeness]) -> dict[int, int]:
    """Return, for each document with the same text as one before it, the id of the first of them.

    Being one is handed on: where the first resembles the second and the second the third, the three are one
    text.
    """
    earliest = list(range(len(ids)))

    def root(of: int) -> int:
        while earliest[of] != of:
            earliest[of] = earliest[earliest[of]]
            of = earliest[of]
        return of

    def join(one: int, other: int) -> None:
        a, b = sorted((root(one), root(other)))
        earliest[b] = a

    first_with: dict[bytes, int] = {}
    for place, likeness in enumerate(likenesses):
        join(first_with.setdefault(likeness.key, place), place)
    # Copies to the letter have equal sketches: one of each is enough.
    distinct = [p for p in first_with.values() if likenesses[p].sketch]
    for one, other in _pairs([likenesses[p].sketch for p in distinct]):
        join(distinct[one], distinct[other])
    return {ids[p]: ids[root(p)] for p in range(len(ids)) if root(p) != p}


def _sketch(runs: list[str]) -> bytes:
    from rensa import RMinHash  # type: ignore[import-untyped]  # noqa: PLC0415 -- needed where one adds alone

    sketch = RMinHash(num_perm=_NUMBERS, seed=_SEED)
    sketch.update(runs)
    return bytes([RMinHash.ALGORITHM_VERSION % 256]) + np.array(sketch.digest(), dtype="<u4").tobytes()


def _pairs(sketches: Sequence[bytes]) -> list[tuple[int, int]]:
    """Return the pairs of alike sketches, by their places."""
    by_make: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, sketch in enumerate(sketches):
        by_make[(sketch[0], len(sketch))].append(place)
    found = []
    for places in by_make.values():
        table = np.frombuffer(b"".join(sketches[p][1:] for p in places), dtype="<u4").reshape(len(places), -1)
        found += [(places[a], places[b]) for a, b in _alike(table)]
    return found


def _alike(table: NDArray[np.uint32]) -> list[tuple[int, int]]:
    """Return pairs of rows of `table` (documents, numbers) that agree in a share of at least `ALIKE`.

    In each band, rows with the same numbers are sorted next to each other, and each is compared with its
    neighbours and with the first: all pairs of a few alike documents are found, and of many enough to tell
    that they are one text.
    """
    size = len(table)
    found: list[NDArray[np.int64]] = []
    for start in range(0, table.shape[1] - _ROWS + 1, _ROWS):
        band = np.ascontiguousarray(table[:, start : start + _ROWS])
        keys = band.view(f"V{band.dtype.itemsize * _ROWS}").ravel()
        _, first, bucket = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(bucket, kind="stable")
        others = np.flatnonzero(first[bucket] != np.arange(size))
        found.append(first[bucket][others] * size + others)
        for step in range(1, min(_NEIGHBOURS, size - 1) + 1):
            together = bucket[order[step:]] == bucket[order[:-step]]
            found.append(order[:-step][together] * size + order[step:][together])
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    alike: list[tuple[int, int]] = []
    for part in np.array_split(pairs, len(pairs) // _AT_ONCE + 1):
        one, other = np.divmod(part, size)
        agree = np.count_nonzero(table[one] == table[other], axis=1) / table.shape[1]
        alike += zip(one[agree >= ALIKE].tolist(), other[agree >= ALIKE].tolist(), strict=True)
    return alike
