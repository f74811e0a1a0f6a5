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

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_WHITE = re.compile(r"\s+")


def collapse(text: str) -> str:
    """Return `text` with every stretch of white space as one blank and none at the ends."""
    return _WHITE.sub(" ", text).strip()


# ------------------------------------------------------------------------------------------ documents


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk, as `discover` found it.

    `root` is the folder that was added (or the file's own folder), `name` the path below it with
    forward slashes; `size` is in bytes, `mtime_ns` in nanoseconds, `sha256` in hexadecimal digits
    (empty until the file had to be opened).
    """

    root: str
    name: str
    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` (inclusive) to `end` (exclusive) of page `page` (counted from 1)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page as it was extracted; `label` is the printed page number where there is one.

    A format without pages has one `Page`, number 1.  The text of a page always ends with a line
    break, so that joining runs across pages never glues two words together.
    """

    number: int
    text: str
    label: str = ""


class BlockKind(StrEnum):
    """What a block is.  `ASIDE` is what was set aside: running heads, page numbers, scraping residue."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    CAPTION = "caption"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Reference:
    """A note's marker inside a block: the note's `label` and the marker's own place."""

    label: str
    run: Run


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that belongs together, as runs into its pages.

    `level` is 1 to 6 for headings, else 0.  `label` is the number or sign of a note, or for an aside the
    rule that set it aside.  `locator` says the place in words where pages cannot ("paragraph 12",
    "message of 2021-03-04"); it is empty where the page number says it.
    A table block has one line of its text per row, cells separated by tabs, the header row first.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""
    locator: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file, or a part of it, was not read: a reason code of `errors.REASONS` and what is known.

    `part` names the missing part ("pages 12 to 40"), empty when the whole file is missing.
    """

    reason: str
    detail: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    `paged` tells whether `pages` are the file's own pages; otherwise there is one page that holds the
    whole text.  `date` is ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD) or empty; `language` is an ISO 639-1
    code or empty.  `engine` names what extracted the text, with its version, because offsets are only
    valid for that text.
    """

    kind: str
    title: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool = False
    author: str = ""
    date: str = ""
    language: str = ""
    engine: str = ""
    problems: tuple[FileProblem, ...] = ()


def text_of(runs: Iterable[Run], pages: Sequence[Page]) -> str:
    """Return the words at `runs`: the ranges joined with nothing between, white space collapsed.

    `pages` must hold page n at index n - 1.
    """
    return collapse("".join(pages[r.page - 1].text[r.start : r.end] for r in runs))


# ------------------------------------------------------------------------------------------- passages


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, verbatim: `text` equals `text_of(runs, pages)`; `block` indexes the document's blocks."""

    text: str
    runs: tuple[Run, ...]
    block: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and found: whole sentences of one kind under one heading.

    `kind` is body, table, note, caption, or heading (one with nothing under it).

    `headings` is the path of headings above it; it goes to the encoder and the word index, never into
    a quote.  `id` and `document_id` are given by the library that stores it.
    """

    ordinal: int
    kind: str
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    id: int = 0
    document_id: int = 0

    @property
    def text(self) -> str:
        """The sentences, one blank between them; rows of a table stand on lines of their own."""
        return ("\n" if self.kind == "table" else " ").join(s.text for s in self.sentences)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all sentences, neighbours merged."""
        return merge_runs(r for s in self.sentences for r in s.runs)

    @property
    def page(self) -> int:
        """The page on which it begins, counted from 1."""
        return self.sentences[0].runs[0].page


def merge_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs that touch or overlap on the same page; the order is kept."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.page == run.page and last.start <= run.start <= last.end:
            merged[-1] = Run(run.page, last.start, max(last.end, run.end))
        else:
            merged.append(run)
    return tuple(merged)


# --------------------------------------------------------------------------------- questions and hits


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `within` restricts the search: glob patterns over document names (empty: everything).
    `documents` restricts it to these document ids (None: everything); both must hold.
    `limit` is the number of hits to return.
    """

    text: str
    within: tuple[str, ...] = ()
    documents: frozenset[int] | None = None
    limit: int = 10


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One line of a library's list of documents.

    `name` is unique in the library: the path below the folder that was added.  `state` is "searchable",
    "partial" (read in part) or "unreadable"; for the latter two `problems` says why.
    `path` is where the original lay when it was read.
    """

    id: int
    name: str
    path: str
    kind: str
    title: str
    author: str
    date: str
    paged: bool
    pages: int
    passages: int
    size: int
    sha256: str
    state: str
    problems: tuple[FileProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranks:
    """How a hit came to its place; a rank counts from 1, and None means that way did not find it."""

    dense_rank: int | None = None
    dense_score: float | None = None
    words_rank: int | None = None
    words_score: float | None = None
    rerank_score: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.  `score` falls along the list and has no absolute meaning."""

    passage: Passage
    document: DocumentEntry
    score: float
    ranks: Ranks = field(default_factory=Ranks)


# -------------------------------------------------------------------------------------------- answers


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
    """How much of the library was searched.  `unreadable` names documents that could not be, and why."""

    searched: int
    total: int
    unreadable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer was found, step by step, for the panel of that name.

    `terms` are the words that were looked for; `candidates` counts what the two searches brought,
    `reranked` what the cross-encoder read; `timings_ms` has encode, search, rerank, answer and total.
    `facts` are what the verdict was weighed from, by name; `strange` is the word of the question of which
    the best sentence knows nothing, if there is one.
    """

    terms: tuple[str, ...] = ()
    dense: int = 0
    words: int = 0
    candidates: int = 0
    reranked: int = 0
    timings_ms: tuple[tuple[str, float], ...] = ()
    facts: tuple[tuple[str, float], ...] = ()
    strange: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question: claims with proven citations, or an honest "not found".

    When the verdict is NOT_FOUND there are no claims, and `hits` are the nearest passages, shown as such.
    `confidence` lies in 0..1.
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

    @property
    def text(self) -> str:
        """The claims joined; empty when nothing was found."""
        return " ".join(c.text for c in self.claims)
