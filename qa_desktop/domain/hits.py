"""What is asked, and the passages that are found for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_desktop.domain.documents import FileProblem
from qa_desktop.domain.filters import Filter
from qa_desktop.domain.passages import Passage


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `within` restricts the search: glob patterns over document names (empty: everything).
    `documents` restricts it to these document ids (None: everything), `only` to those that fit these
    filters; all must hold.  `limit` is the number of hits to return.

    `text` may be as it was typed, with filters and phrases in it.  `searching.asked.understood` tells them
    apart: then `typed` is what was typed, `filters` and `phrases` what stood in it, and `text`, without the
    filters, what the models read.  `passages` are those that hold the phrases (None: any will do).
    """

    text: str
    within: tuple[str, ...] = ()
    documents: frozenset[int] | None = None
    limit: int = 10
    only: tuple[Filter, ...] = ()
    typed: str = ""
    filters: tuple[Filter, ...] = ()
    phrases: tuple[str, ...] = ()
    passages: frozenset[int] | None = None

    @property
    def as_typed(self) -> str:
        """What was typed."""
        return self.typed or self.text

    def fits(self, passage: Passage) -> bool:
        """Tell whether a passage holds the phrases; known once they have been looked for."""
        return self.passages is None or passage.id in self.passages

    @property
    def all_filters(self) -> tuple[Filter, ...]:
        """Every filter by which the search is restricted, those given beside the question first."""
        named = (Filter("in", pattern) for pattern in self.within)
        return tuple(dict.fromkeys((*named, *self.only, *self.filters)))


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One line of a library's list of documents.

    `name` is unique in the library: the path below the folder that was added; for a document inside a file,
    its container's name, "/", and its own.  `state` is "searchable", "partial" (read in part), "unreadable",
    or "read" for a container whose only content is the documents inside it; for "partial" and "unreadable"
    `problems` says why.  `path` is where the file lay when it was read, `sha256` is that file's.

    A document inside a file has the id of its `container`, its index path in it (`inside`), and in words its
    `place` in the file; `size` is 0 for it.  `origins` tells where title, author, date and language were
    found.  `scanned` pages were recognised in pictures, their words with a mean `confidence` of 0 to 1.

    `duplicate_of` is the id, and `same_text_as` the name, of the document that stands for all with (nearly)
    the same text: a file before what lies inside one, then the earliest.  They are None and empty where that
    is this document, or no other has its text.
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
    language: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    container: int | None = None
    inside: tuple[int, ...] = ()
    place: str = ""
    scanned: int = 0
    confidence: float | None = None
    duplicate_of: int | None = None
    same_text_as: str = ""

    @property
    def text_id(self) -> int:
        """The same for documents with the same text: an analyst counts sources, not copies."""
        return self.id if self.duplicate_of is None else self.duplicate_of


@dataclass(frozen=True, slots=True)
class Ranks:
    """How a hit came to its place; a rank counts from 1, and None means that way did not find it."""

    dense_rank: int | None = None
    dense_score: float | None = None
    words_rank: int | None = None
    words_score: float | None = None
    late_score: float | None = None
    rerank_score: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.  `score` falls along the list and has no absolute meaning.

    `locator` says in words where it begins, as a citation does; it is empty before an answer is composed.
    """

    passage: Passage
    document: DocumentEntry
    score: float
    ranks: Ranks = field(default_factory=Ranks)
    locator: str = ""
