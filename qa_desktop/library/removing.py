"""Documents out of a library; the files themselves are not touched."""

from __future__ import annotations

from qa_desktop.domain import DocumentEntry
from qa_desktop.indexing import store_sources, store_write
from qa_desktop.indexing.store import Store


def take_out(store: Store, ids: set[int]) -> tuple[DocumentEntry, ...]:
    """Take out the documents with these ids, each with what lies inside it, and return all of them.

    The caller holds `Store.writing`.
    """
    gone: dict[int, DocumentEntry] = {}
    entries = store.entries()
    for entry in sorted(entries, key=lambda e: len(e.inside)):
        if entry.container in gone:
            gone[entry.id] = entry  # with its container
        elif entry.id in ids:
            store_write.remove(store, entry.id)
            gone[entry.id] = entry
    store_sources.drop_empty_sources(store)
    return tuple(e for e in entries if e.id in gone)
