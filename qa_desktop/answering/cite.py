"""The proof of a citation: its runs, cut out of the stored text again, must be the quote letter for letter.

A quote that does not pass is never shown; it would mean that a place is wrong, and a wrong place is worse
than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_desktop.domain import Block, Citation, DocumentEntry, Page, Passage, Run, Sentence, collapse, text_of
from qa_desktop.domain.cells import place_of_rows


def proven(quote: str, runs: Sequence[Run], pages: Sequence[Page]) -> bool:
    """Tell whether `runs` lie within `pages` (page n at index n - 1), in order, and read exactly `quote`."""
    if not quote or not runs:
        return False
    for run in runs:
        if not 1 <= run.page <= len(pages):
            return False
        if not 0 <= run.start < run.end <= len(pages[run.page - 1].text):
            return False
    return text_of(runs, pages) == quote == collapse(quote)


def cite(
    number: int,
    sentence: Sentence,
    passage: Passage,
    document: DocumentEntry,
    pages: Sequence[Page],
    blocks: Sequence[Block],
) -> Citation | None:
    """Return the citation of `sentence`, or None if the stored text does not say what it quotes."""
    if not proven(sentence.text, sentence.runs, pages):
        return None
    first = sentence.runs[0].page
    label = pages[first - 1].label if document.paged else ""
    block = blocks[sentence.block] if sentence.block < len(blocks) else None
    of_block = place_of_rows(block, sentence.runs, pages) if block else ""
    return Citation(
        number=number,
        document=document,
        passage_id=passage.id,
        quote=sentence.text,
        runs=sentence.runs,
        page=first if document.paged else None,
        page_label=label,
        locator=place_in_words(document, first, label, of_block),
        headings=passage.headings,
    )


def place_in_words(document: DocumentEntry, page: int, label: str, of_block: str) -> str:
    """Return a place in words: "page 7 (printed 5)", or `of_block`, what the reader said of the block.

    For a document inside a file, its place there comes first: "attachment report.pdf, page 2".
    """
    here = of_block
    if document.paged:
        here = f"page {page} (printed {label})" if label and label != str(page) else f"page {page}"
    return ", ".join(filter(None, (document.place, here)))
