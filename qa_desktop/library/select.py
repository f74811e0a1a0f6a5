"""Documents by pattern, as the words of a command or of a scope name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from qa_desktop.domain import DocumentEntry, Question
from qa_desktop.errors import UsageError
from qa_desktop.indexing.store import Store


def matches(name: str, pattern: str) -> bool:
    """Tell whether a document's name fits a glob pattern, upper and lower case alike.

    A pattern also fits a file's own name without its folders, and a folder's name everything below it.
    """
    low, wanted = name.casefold(), pattern.casefold().rstrip("/")
    return (
        fnmatchcase(low, wanted)
        or fnmatchcase(low, f"{wanted}/*")
        or ("/" not in wanted and fnmatchcase(PurePosixPath(low).name, wanted))
        or low == wanted  # a name may itself hold a bracket
    )


def select(entries: Iterable[DocumentEntry], patterns: Sequence[str]) -> tuple[DocumentEntry, ...]:
    """Return the documents that fit any of `patterns`; raise UsageError for a pattern that none fits."""
    everything = tuple(entries)
    chosen: set[int] = set()
    for pattern in patterns:
        found = {e.id for e in everything if matches(e.name, pattern)}
        if not found:
            raise UsageError(
                f"No document fits “{pattern}”",
                f"None of the {len(everything)} documents of this library has such a name.",
                "qa-desktop status --documents lists their names; * stands for any letters.",
            )
        chosen |= found
    return tuple(e for e in everything if e.id in chosen)


def scope(question: Question, store: Store) -> frozenset[int] | None:
    """Return the documents in which to look for an answer, None for all; raises as `select` does."""
    if not question.within:
        return question.documents
    chosen = frozenset(e.id for e in select(store.entries(), question.within))
    return chosen if question.documents is None else chosen & question.documents
