"""How much a library holds, counted by the database; and what is derived from all documents together."""

from __future__ import annotations

from dataclasses import dataclass

from qa_desktop.indexing import store_write
from qa_desktop.indexing.same_text import Likeness, groups
from qa_desktop.indexing.store import Store


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a library holds.

    `documents` counts files with a content of their own and the documents inside files (`inside`), read or
    not; a container that only holds others is among the `files` alone.  `partial` were read in part,
    `duplicates` have the same text as an earlier one.  `scanned` pages were recognised in pictures, their
    words with a mean `confidence` of 0 to 1.  `languages` are pairs of an ISO 639-1 code (empty: not known)
    and the number of searchable documents, the most frequent first.
    """

    files: int
    documents: int
    inside: int
    searchable: int
    partial: int
    pages: int
    passages: int
    duplicates: int
    scanned: int
    confidence: float | None
    languages: tuple[tuple[str, int], ...]


def totals(store: Store) -> Totals:
    """Count what the library holds."""
    with store.reading() as connection:
        row = connection.execute(
            "SELECT coalesce(sum(parent IS NULL), 0), coalesce(sum(state <> 'read'), 0),"
            " coalesce(sum(parent IS NOT NULL), 0), coalesce(sum(state IN ('searchable', 'partial')), 0),"
            " coalesce(sum(state = 'partial'), 0), coalesce(sum(page_count), 0),"
            " coalesce(sum(passage_count), 0), count(duplicate_of), coalesce(sum(scanned_count), 0)"
            " FROM documents"
        ).fetchone()
        confidence = connection.execute("SELECT avg(confidence) FROM pages").fetchone()[0]
        languages = connection.execute(
            "SELECT language, count(*) FROM documents WHERE state IN ('searchable', 'partial')"
            " GROUP BY language ORDER BY count(*) DESC, language"
        ).fetchall()
    values = (*row, confidence, tuple(languages))
    return Totals(*values)


def mark_duplicates(store: Store) -> None:
    """Find the documents with the same text anew, where anything has changed since that was done last.

    For those with one text stands the one that lies least deep in a file, of these the earliest.  The caller
    holds `Store.writing`.
    """
    changes = str(store.changes())
    with store.reading() as connection:
        known = connection.execute("SELECT value FROM meta WHERE key = 'duplicates'").fetchone()
        if known == (changes,):
            return
        found = connection.execute(
            "SELECT id, text_key, sketch, duplicate_of FROM documents WHERE text_key IS NOT NULL"
            " ORDER BY inside <> '', length(inside) - length(replace(inside, '/', '')), id"
        ).fetchall()
    earliest = groups([row[0] for row in found], [Likeness(row[1], row[2]) for row in found])
    if earliest != {row[0]: row[3] for row in found if row[3] is not None}:
        store_write.set_duplicates(store, earliest)
    store_write.set_meta(store, {"duplicates": changes})
