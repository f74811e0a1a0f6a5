"""What a library holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa_desktop.domain import DocumentEntry
from qa_desktop.indexing import store_sources
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_schema import FORMAT
from qa_desktop.indexing.store_totals import totals
from qa_desktop.library.identity import Identity


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds.  `format` is the number of its schema, `encoder` the name of its model.

    `documents` counts files with a content of their own and, of those, the documents `inside` files; see
    `indexing.store_totals.Totals` for the other numbers.  `unreadable` are named with their reasons.
    """

    folder: Path
    format: int
    files: int
    documents: int
    inside: int
    searchable: int
    partial: int
    duplicates: int
    pages: int
    passages: int
    scanned: int
    confidence: float | None
    languages: tuple[tuple[str, int], ...]
    unreadable: tuple[DocumentEntry, ...]
    encoder: str
    sources: tuple[Path, ...]
    bytes_on_disk: int


def status_of(store: Store, identity: Identity) -> Status:
    """Count what a library holds."""
    held = totals(store)
    return Status(
        folder=store.folder,
        format=FORMAT,
        files=held.files,
        documents=held.documents,
        inside=held.inside,
        searchable=held.searchable,
        partial=held.partial,
        duplicates=held.duplicates,
        pages=held.pages,
        passages=held.passages,
        scanned=held.scanned,
        confidence=held.confidence,
        languages=held.languages,
        unreadable=tuple(e for e in store.entries() if e.state == "unreadable"),
        encoder=identity.encoder,
        sources=tuple(source.path for source, _ in store_sources.sources(store)),
        bytes_on_disk=sum(f.stat().st_size for f in store.folder.iterdir() if f.is_file()),
    )
