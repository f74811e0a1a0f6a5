"""The law of coverage: what can be seen of a document is in a passage, in a heading, or was set aside."""

from __future__ import annotations

import re
import unicodedata

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.indexing.cut import cut
from qa_desktop.indexing.recipe import Recipe

_HYPHEN_AT_END = re.compile(r"[-‐]\s*\n")
SMALL = Recipe(least=12, most=20, overlap=6, tail=4, sentence=30)


def count_words(text: str) -> int:
    """Count as an encoder would that knows words alone."""
    return len(text.split())


def is_visible(sign: str) -> bool:
    """Tell whether a sign leaves ink; white space, soft hyphens and signs of direction do not."""
    return not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc")


def visible(text: str) -> str:
    """Return what is visible of a text."""
    return "".join(filter(is_visible, text))


def lost(document: Document, recipe: Recipe = SMALL) -> str:
    """Return the visible characters of a document that nothing holds, but hyphens mended at a line's end.

    Asserts that every sentence can be cut out of the stored text again.
    """
    held = [bytearray(len(page.text)) for page in document.pages]
    runs = [r for b in document.blocks if b.kind in (BlockKind.ASIDE, BlockKind.HEADING) for r in b.runs]
    runs += [r.run for b in document.blocks for r in b.references]
    for passage in cut(document, recipe, count_words):
        assert passage.sentences
        for sentence in passage.sentences:
            assert text_of(sentence.runs, document.pages) == sentence.text
            runs += sentence.runs
    for run in runs:
        held[run.page - 1][run.start : run.end] = b"\1" * (run.end - run.start)
    return "".join(
        sign
        for page, known in zip(document.pages, held, strict=True)
        for at, (sign, there) in enumerate(zip(page.text, known, strict=True))
        if not there and is_visible(sign) and not _HYPHEN_AT_END.match(page.text, at)
    )
