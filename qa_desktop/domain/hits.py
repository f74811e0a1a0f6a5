"""What is asked, and the passages that are found for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_desktop.domain.documents import FileProblem
from qa_desktop.domain.passages import Passage


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
