"""What searching needs of a library: its word index, its passages, its documents, its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import DocumentEntry, Passage
from qa_desktop.models.encoder import Signs

Scored = list[tuple[int, float]]
"""Passage ids with their scores, best first."""


class Passages(Protocol):
    """What looking for words needs of a library's database."""

    def word_search(
        self,
        match: str,
        weights: Sequence[float],
        limit: int,
        documents: frozenset[int] | None = None,
        passages: frozenset[int] | None = None,
    ) -> Scored:
        """Return passages by BM25, best first: of `documents` and among `passages` (None: all)."""

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id; those that have been taken out are missing."""


class Store(Passages, Protocol):
    """What a search needs of it besides."""

    def signs(self, ids: Sequence[int]) -> dict[int, Signs]:
        """Return the signs of the word pieces of passages by id; some may have none."""

    def entry(self, document_id: int) -> DocumentEntry:
        """Return one document's entry; KeyError where it has been taken out."""


class Vectors(Protocol):
    """What a search needs of the vector index."""

    def search(
        self,
        vector: NDArray[np.float32],
        k: int,
        documents: frozenset[int] | None,
        passages: frozenset[int] | None,
    ) -> Scored:
        """Return passages by inner product, best first."""
