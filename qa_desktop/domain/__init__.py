"""The frozen data that flows between the steps: documents, places, passages, hits, answers.

Nothing here reads or writes anything, and nothing here imports a third-party library.  Each type is
named by the field's standard term and appears in the order in which data flows:

    SourceFile -> Document -> Passage -> Hit -> Answer

**A place is a list of runs.**  A `Run` is a character range in the text of one page *as it was
extracted*; that text is stored once and never altered.  Whatever is tidied for reading (white space,
a hyphen at a line end, a note that interrupts a sentence) is tidied by leaving characters out of the
runs or by collapsing white space, never by rewriting: `text_of` is the only way from runs to words, and
anyone can repeat it.
"""

from __future__ import annotations

from qa_desktop.domain.answers import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Difference,
    PartAnswer,
    Section,
    Trace,
    Verdict,
)
from qa_desktop.domain.documents import (
    Block,
    BlockKind,
    Document,
    FileProblem,
    Page,
    Part,
    Reference,
    Run,
    ScannedWord,
    SourceFile,
    collapse,
    text_of,
)
from qa_desktop.domain.filters import Filter
from qa_desktop.domain.hits import DocumentEntry, Hit, Question, Ranks
from qa_desktop.domain.passages import Passage, Sentence, merge_runs

__all__ = [
    "Answer",
    "Block",
    "BlockKind",
    "Citation",
    "Claim",
    "Coverage",
    "Difference",
    "Document",
    "DocumentEntry",
    "FileProblem",
    "Filter",
    "Hit",
    "Page",
    "Part",
    "PartAnswer",
    "Passage",
    "Question",
    "Ranks",
    "Reference",
    "Run",
    "ScannedWord",
    "Section",
    "Sentence",
    "SourceFile",
    "Trace",
    "Verdict",
    "collapse",
    "merge_runs",
    "text_of",
]
