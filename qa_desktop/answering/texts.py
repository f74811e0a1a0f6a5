"""What composing an answer needs of a library's database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa_desktop.domain import Block, Coverage, Page


class Texts(Protocol):
    """A library's texts, their places in words, and how much of them is searched."""

    def coverage(self, documents: frozenset[int] | None) -> Coverage:
        """Return how much of the library a search in `documents` (None: in all) covers."""

    def places(self, places: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """Return, for each document, page and block, the page's label and the block's place in words."""

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return a document's pages."""

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return a document's blocks."""
