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
"""Estimated Jaccard index from which two texts are one."""

_WORD = re.compile(r"\w+")
_NUMBERS = 256  # of a sketch: 1 kB a document
_SEED = 7
_RUN = 5  # words
_FEWEST = 40  # runs below which a sketch says too little: short texts are one only to the letter
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
    """Return, for each document with the same text as an earlier one, the id of the earliest.

    `ids` ascend.  Being one is handed on: where the first resembles the second and the second the third, the
    three are one text.
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


def _alike(table: NDArray[np.uint32]) -> set[tuple[int, int]]:
    """Return the pairs of rows of `table` (documents, numbers) that agree in a share of at least `ALIKE`."""
    looked_at: set[tuple[int, int]] = set()
    found: set[tuple[int, int]] = set()
    for start in range(0, table.shape[1] - _ROWS + 1, _ROWS):
        band = np.ascontiguousarray(table[:, start : start + _ROWS])
        keys = band.view(np.dtype((np.void, band.dtype.itemsize * _ROWS))).ravel()
        _, where, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        shared = np.flatnonzero(sizes[where] > 1)
        buckets: dict[int, list[int]] = defaultdict(list)
        for row in shared.tolist():
            buckets[int(where[row])].append(row)
        for rows in buckets.values():
            # A large bucket holds one text in many versions: each is compared with a few of them.
            for at, row in enumerate(rows):
                for other in {*rows[max(0, at - _ROWS) : at], *rows[:_ROWS]} - {row}:
                    pair = (min(row, other), max(row, other))
                    if pair not in looked_at:
                        looked_at.add(pair)
                        if np.mean(table[row] == table[other]) >= ALIKE:
                            found.add(pair)
    return found
