"""Answers made by hand, for measuring them: documents "1.txt", "2.pdf" … with passages as they are given."""

from __future__ import annotations

from collections.abc import Sequence

from qa_desktop.domain import (
    Answer,
    Citation,
    Claim,
    Coverage,
    DocumentEntry,
    Hit,
    Passage,
    Question,
    Run,
    Sentence,
    Trace,
    Verdict,
)


def entry(name: str, number: int, *, duplicate_of: int | None = None) -> DocumentEntry:
    """Return a line of the list of documents; a PDF has pages."""
    return DocumentEntry(
        id=number,
        name=name,
        path=f"/papers/{name}",
        kind=name.rsplit(".", 1)[-1],
        title="",
        author="",
        date="",
        paged=name.endswith(".pdf"),
        pages=9,
        passages=1,
        size=1,
        sha256="0" * 64,
        state="searchable",
        duplicate_of=duplicate_of,
    )


def hit(document: DocumentEntry, text: str, *pages: int) -> Hit:
    """Return a passage that was found, on these pages (the first by default)."""
    runs = tuple(Run(page, 0, len(text)) for page in pages or (1,))
    return Hit(Passage(0, "body", (), (Sentence(text, runs),)), document, 1.0)


def answer(
    hits: Sequence[Hit] = (),
    quotes: Sequence[tuple[DocumentEntry, str]] = (),
    *,
    confidence: float = 0.9,
    short: str = "",
    ms: float = 100.0,
) -> Answer:
    """Return an answer of these quotes, each a claim of its own; without quotes it declines."""
    citations = tuple(
        Citation(number, document, 1, text, (Run(1, 0, len(text)),), 1 if document.paged else None, "", "")
        for number, (document, text) in enumerate(quotes, start=1)
    )
    return Answer(
        question=Question("?"),
        verdict=Verdict.ANSWERED if quotes else Verdict.NOT_FOUND,
        confidence=confidence,
        claims=tuple(Claim(c.quote, (c.number,)) for c in citations),
        citations=citations,
        hits=tuple(hits),
        coverage=Coverage(1, 1),
        short_answer=short,
        trace=Trace(timings_ms=(("search", ms / 2), ("answer", ms / 2), ("total", ms))),
    )
