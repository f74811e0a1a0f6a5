"""Make do with the pages that were read before the reader broke down over a file for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa_desktop.domain import Document, FileProblem, Page, Reference, Run
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.pdf_gaps import in_words
from qa_desktop.reading.tidy import blocks_of_text


def document_from_pages(path: Path, texts: Sequence[str], total: int, reason: str) -> Document | None:
    """Return a document of the pages 1, 2, … whose text was had, out of `total`; None if there is none.

    Where lines stood on the page is not known any more: blocks are found by the rules for plain text.
    """
    if not any(c.isalnum() for text in texts for c in text):
        return None
    blocks = [
        replace(
            block,
            runs=tuple(Run(number, r.start, r.end) for r in block.runs),
            references=tuple(
                Reference(ref.label, Run(number, ref.run.start, ref.run.end)) for ref in block.references
            ),
            locator="",
        )
        for number, text in enumerate(texts, start=1)
        for block in blocks_of_text(text)
    ]
    missing = in_words(range(len(texts) + 1, total + 1))
    return Document(
        kind="pdf",
        title=name_in_words(path.name),
        pages=tuple(Page(number, text) for number, text in enumerate(texts, start=1)),
        blocks=tuple(blocks),
        paged=True,
        engine="",
        problems=(FileProblem(reason, part=missing or "headings and structure"),),
    )
