"""What is put into a library, and the columns it goes into: a file, and the documents inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Document, FileProblem, Passage
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.same_text import Likeness
from qa_desktop.indexing.scanned_words import mean_confidence
from qa_desktop.indexing.store_records import READING, FileFacts


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with what makes it findable: words per column, and a float16 vector of unit length.

    `signs` are those of its word pieces (pieces, bytes), None where they are not known.
    """

    passage: Passage
    fields: tuple[str, ...]
    vector: NDArray[np.float16]
    signs: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A file, or a document inside it, as it goes into the library: read, or with why it could not be.

    `name` is unique in the library and begins with that of the file; `inside` and `place` tell where in the
    file it lies.  A document without passages is a container: what can be searched is inside it.
    `kind` is that of what could not be read, where its name does not tell.
    """

    name: str
    outcome: Document | FileProblem
    passages: Sequence[IndexedPassage] = ()
    inside: tuple[int, ...] = ()
    place: str = ""
    likeness: Likeness | None = None
    kind: str = ""


def facts_as_columns(facts: FileFacts) -> dict[str, object]:
    """Return the columns that are the same for a file and for the documents inside it, and its name."""
    return {
        "source": facts.source,
        "path": facts.path,
        "name": facts.name,
        "size": facts.size,
        "mtime_ns": facts.mtime_ns,
        "sha256": facts.sha256,
        "scans": int(facts.scans),
    }


def item_as_columns(item: Stored, engine: str) -> dict[str, object]:
    """Return the columns of a document's row that say what was read."""
    place = {"inside": rows.dump_inside(item.inside), "place": item.place, "reading": READING}
    if isinstance(item.outcome, FileProblem):
        own = item.name.rsplit("/", 1)[-1]
        blank = dict.fromkeys(("author", "date", "language"), "")
        nothing = dict.fromkeys(("paged", "page_count", "passage_count", "scanned_count"), 0)
        unknown = dict.fromkeys(("confidence", "text_key", "sketch"))
        return {
            **place,
            **blank,
            **nothing,
            **unknown,
            "kind": item.kind or PurePosixPath(own).suffix.lstrip(".").lower() or "file",
            "title": own,
            "engine": engine,
            "origins": "[]",
            "state": "unreadable",
            "problems": rows.dump_problems([item.outcome]),
        }
    document = item.outcome
    words = [w for page in document.pages for w in page.words]
    state = "partial" if document.problems else "searchable" if item.passages else "read"
    return {
        **place,
        "kind": document.kind,
        "title": document.title,
        "author": document.author,
        "date": document.date,
        "language": document.language,
        "origins": rows.dump(document.origins),
        "paged": int(document.paged),
        "engine": document.engine,
        "state": state,
        "problems": rows.dump_problems(document.problems),
        "page_count": len(document.pages),
        "passage_count": len(item.passages),
        "scanned_count": sum(mean_confidence(page.words) is not None for page in document.pages),
        "confidence": mean_confidence(words),
        "text_key": item.likeness.key if item.likeness else None,
        "sketch": item.likeness.sketch if item.likeness else None,
    }
