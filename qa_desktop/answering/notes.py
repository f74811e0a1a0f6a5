"""The notes of a sentence: where a question asks for the source of a claim, its footnote answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_desktop.domain import Block, BlockKind, Page, Sentence, text_of

_ASKS = re.compile(
    r"\b(?:source|sources|footnote|endnote|reference|references|cited|citation)\b", re.IGNORECASE
)
_REACH = 4  # characters behind the sentence's last one within which its marker may stand


def asks_for_source(question: str) -> bool:
    """Tell whether `question` asks on what something rests, rather than what is so."""
    return bool(_ASKS.search(question))


def notes_of(sentence: Sentence, blocks: Sequence[Block], pages: Sequence[Page]) -> Iterator[Sentence]:
    """Yield each note whose marker stands in or directly behind `sentence`, whole, as one quotation."""
    if sentence.block >= len(blocks) or not pages:  # the document was taken out meanwhile
        return
    first, last = sentence.runs[0], sentence.runs[-1]
    start, end = (first.page, first.start), (last.page, last.end + _REACH)
    for reference in blocks[sentence.block].references:
        if not start <= (reference.run.page, reference.run.start) <= end:
            continue
        note = _find(reference.label, sentence.block, blocks)
        if note is not None:
            index, block = note
            yield Sentence(text_of(block.runs, pages), block.runs, index)


def _find(label: str, after: int, blocks: Sequence[Block]) -> tuple[int, Block] | None:
    """Return the note of that label nearest to block number `after`, those behind it first."""
    numbered = [(i, b) for i, b in enumerate(blocks) if b.kind is BlockKind.NOTE and b.label == label]
    behind = [n for n in numbered if n[0] >= after]
    nearest = behind[:1] or numbered[-1:]
    return nearest[0] if nearest else None
