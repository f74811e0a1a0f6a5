"""Sentences as evidence, for tests of what is made of them."""

from __future__ import annotations

from qa_desktop.answering.evidence import Evidence, forms_of
from qa_desktop.answering.kinds import candidates, kind_of
from qa_desktop.domain import DocumentEntry, Hit, Passage, Ranks, Run, Sentence


def entry(number: int = 1, title: str = "", copy_of: int | None = None) -> DocumentEntry:
    """Make the entry of a text document, or of a copy of another one's text."""
    return DocumentEntry(
        id=number, name=f"{number}.txt", path="", kind="text", title=title, author="", date="", paged=False,
        pages=1, passages=1, size=1, sha256="", state="searchable", duplicate_of=copy_of,
    )  # fmt: skip


def hit_of(*texts: str, document: int = 1, copy_of: int | None = None) -> Hit:
    """Make a hit whose passage holds `texts`, one sentence each."""
    sentences, at = [], 0
    for text in texts:
        sentences.append(Sentence(text, (Run(1, at, at + len(text)),)))
        at += len(text) + 1
    passage = Passage(0, "body", (), tuple(sentences))
    return Hit(passage, entry(document, copy_of=copy_of), 1.0, Ranks(rerank_score=5.0))


def said(
    text: str,
    score: float = 5.0,
    document: int = 1,
    at: int = 0,
    question: str = "",
    after: str = "",
    copy_of: int | None = None,
    kind: str = "body",
) -> Evidence:
    """Make evidence of one sentence of a passage of `kind`; `question` decides what of it is marked."""
    sentence = Sentence(text, (Run(1, at, at + len(text)),))
    own = entry(document, copy_of=copy_of)
    hit = Hit(Passage(0, kind, (), (sentence,)), own, score, Ranks(rerank_score=score))
    marks = candidates(kind_of(question), text, question)
    return Evidence(hit, sentence, "", after, score, forms_of(text), marks)
