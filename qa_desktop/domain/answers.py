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
class PartAnswer:
    """What came of one part of a question, or of one side of a comparison.

    `asks` is what the part is called, in the words of the question.  `claims` are indexes of the answer's
    claims, counted from 0; none where the verdict is NOT_FOUND.  `confidence` lies in 0..1.
    """

    asks: str
    verdict: Verdict
    confidence: float
    claims: tuple[int, ...] = ()
    short_answer: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Claims that are read under one heading: that of these parts, or none where they answer the whole.

    `claims` are indexes of the answer's claims that stand here, `above` of those that stand in an earlier
    section and answer here as well.
    """

    parts: tuple[PartAnswer, ...]
    claims: tuple[int, ...]
    above: tuple[int, ...] = ()


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

    A question for several things has `parts`, each with a verdict of its own, and is PARTIAL where some of
    them are answered; `compared` tells that they are the sides of a comparison.  There are none where one
    thing was asked for, or where the same sentence answers everything.
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
    parts: tuple[PartAnswer, ...] = ()
    compared: bool = False

    @property
    def text(self) -> str:
        """The claims joined; empty when nothing was found."""
        return " ".join(c.text for c in self.claims)

    def sources(self, citations: Iterable[int] | None = None) -> int:
        """Count the sources behind these citations (None: behind all): the same text twice is one."""
        wanted = range(1, len(self.citations) + 1) if citations is None else citations
        return len({self.citations[number - 1].document.text_id for number in wanted})

    def sections(self) -> tuple[Section, ...]:
        """Return the claims as they are read: those for the whole first, then part by part, each once.

        Parts with the same claims share a section.
        """
        of_parts = {n for part in self.parts for n in part.claims}
        whole = tuple(n for n in range(len(self.claims)) if n not in of_parts)
        found = [Section((), whole)] if whole else []
        groups: dict[tuple[int, ...], list[PartAnswer]] = {}
        for place, part in enumerate(self.parts):
            groups.setdefault(part.claims or (-1 - place,), []).append(part)
        shown = set(whole)
        for parts in groups.values():
            claims = parts[0].claims
            own = tuple(n for n in claims if n not in shown)
            found.append(Section(tuple(parts), own, tuple(n for n in claims if n in shown)))
            shown.update(own)
        return tuple(found)
