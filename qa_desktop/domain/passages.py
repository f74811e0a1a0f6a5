"""Sentences with their places, and the passages they are found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa_desktop.domain.documents import Run


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, verbatim: `text` equals `text_of(runs, pages)`; `block` indexes the document's blocks."""

    text: str
    runs: tuple[Run, ...]
    block: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and found: whole sentences of one kind under one heading.

    `kind` is body, table, note, caption, or heading (one with nothing under it).

    `headings` is the path of headings above it; it goes to the encoder and the word index, never into
    a quote.  `id` and `document_id` are given by the library that stores it.
    """

    ordinal: int
    kind: str
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    id: int = 0
    document_id: int = 0

    @property
    def text(self) -> str:
        """The sentences, one blank between them; rows of a table stand on lines of their own."""
        return ("\n" if self.kind == "table" else " ").join(s.text for s in self.sentences)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all sentences, neighbours merged."""
        return merge_runs(r for s in self.sentences for r in s.runs)

    @property
    def page(self) -> int:
        """The page on which it begins, counted from 1."""
        return self.sentences[0].runs[0].page


def merge_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs that touch or overlap on the same page; the order is kept."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.page == run.page and last.start <= run.start <= last.end:
            merged[-1] = Run(run.page, last.start, max(last.end, run.end))
        else:
            merged.append(run)
    return tuple(merged)
