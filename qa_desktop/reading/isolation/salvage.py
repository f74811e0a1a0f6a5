"""Make do with the pages that were read before the reader broke down over a document for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_desktop.domain import Document, FileProblem, Page, Reference, Run
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.pdf.gaps import in_words
from qa_desktop.reading.text.tidy import blocks_of_text


def document_from_pages(
    name: str, pages: Sequence[Page], total: int, problem: FileProblem, kind: str = "pdf"
) -> Document | None:
    """Return a document of the pages 1, 2, … that were had, out of `total`; None if there is no text.

    Where lines stood on the page is not known any more: blocks are found by the rules for plain text.
    """
    if not any(c.isalnum() for page in pages for c in page.text):
        return None
    blocks = [
        replace(
            block,
            runs=tuple(Run(page.number, r.start, r.end) for r in block.runs),
            references=tuple(
                Reference(ref.label, Run(page.number, ref.run.start, ref.run.end)) for ref in block.references
            ),
            locator="",
        )
        for page in pages
        for block in blocks_of_text(page.text)
    ]
    missing = in_words(range(len(pages) + 1, total + 1))
    return Document(
        kind=kind,
        title=name_in_words(name),
        pages=tuple(pages),
        blocks=tuple(blocks),
        paged=True,
        problems=(replace(problem, part=missing or "headings and structure"),),
    )
