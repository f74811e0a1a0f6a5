"""What is answered: claims, the places that prove them, and how they were come by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from qa_desktop.domain.documents import Run
from qa_desktop.domain.hits import DocumentEntry, Hit, Question


class Verdict(StrEnum):
    """What an answer is worth."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that a claim rests on, proven: `text_of(runs, pages)` equals `quote` letter for letter.

    `page` is None for formats without pages; `locator` always says the place in words.
    `marks` are character ranges of `quote` that hold the words which answer (may be empty).
    `sha256` is that of the original file when it was read.
    """

    number: int
    document: DocumentEntry
    passage_id: int
    quote: str
    runs: tuple[Run, ...]
    page: int | None
    page_label: str
    locator: str
    headings: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the original file when it was read, in hexadecimal digits."""
        return self.document.sha256


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a source, verbatim, and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Sources that may differ: what it is about, and for each side its text and its citation's number."""

    about: str
    sides: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the library was searched.  `unreadable` names documents that could not be, and why.

    `left_out` counts documents that a filter passed over because they do not tell what it asks for: pairs of
    "date", "author" or "language" and a number.
    """

    searched: int
    total: int
    unreadable: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer was found, step by step, for the panel of that name.

    `terms` are the words that were looked for; `candidates` counts what the two searches brought,
    `reranked` what the cross-encoder read; `timings_ms` has encode, search, rerank, answer and total.
    `facts` are what the verdict was weighed from, by name; `strange` is the word of the question of which
    the best sentence knows nothing, if there is one.  `read_as` are words that no text holds, each with the
    words that it was also taken for.
    """

    terms: tuple[str, ...] = ()
    dense: int = 0
    words: int = 0
    candidates: int = 0
    reranked: int = 0
    timings_ms: tuple[tuple[str, float], ...] = ()
    facts: tuple[tuple[str, float], ...] = ()
    strange: str = ""
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question: claims with proven citations, or an honest "not found".

    When the verdict is NOT_FOUND there are no claims, and `hits` are the nearest passages, shown as such.
    `confidence` lies in 0..1.  `missing` are the phrases in quotation marks that no passage holds, or, where
    each stands somewhere, those that no passage holds together.
    """

    question: Question
    verdict: Verdict
    confidence: float
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    coverage: Coverage
    short_answer: str = ""
    differs: tuple[Difference, ...] = ()
    trace: Trace = field(default_factory=Trace)
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The claims joined; empty when nothing was found."""
        return " ".join(c.text for c in self.claims)

    def sources(self, citations: Iterable[int] | None = None) -> int:
        """Count the sources behind these citations (None: behind all): the same text twice is one."""
        wanted = range(1, len(self.citations) + 1) if citations is None else citations
        return len({self.citations[number - 1].document.text_id for number in wanted})
