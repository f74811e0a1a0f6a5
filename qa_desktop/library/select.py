"""Documents by pattern, as the words of a command or of a scope name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_desktop.domain import DocumentEntry, Question
from qa_desktop.errors import UsageError
from qa_desktop.indexing.store import Store
from qa_desktop.searching.narrow import matches, narrow


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents in which to look (None: all), and how many were left out for want of a fact, by fact."""

    documents: frozenset[int] | None
    left_out: tuple[tuple[str, int], ...] = ()


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


def scope(question: Question, store: Store) -> Scope:
    """Return where to look for an answer; raises UsageError for a pattern of `within` that none fits."""
    if not question.all_filters:
        return Scope(question.documents)
    entries = store.entries()
    if question.within:
        entries = select(entries, question.within)
    if question.documents is not None:
        entries = tuple(e for e in entries if e.id in question.documents)
    # What stands in a question narrows what was given beside it, and never widens it.
    given = narrow(entries, question.only)
    typed = narrow((e for e in entries if e.id in given.documents), question.filters)
    left_out = Counter(dict(given.left_out)) + Counter(dict(typed.left_out))
    return Scope(typed.documents, tuple(sorted(left_out.items())))
