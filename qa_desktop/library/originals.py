"""Where the original of a document lies now, and whether it still is what was read."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa_desktop.indexing import store_records, store_sources
from qa_desktop.indexing.compare import sha256_of
from qa_desktop.indexing.store import Store


@dataclass(frozen=True, slots=True)
class Original:
    """The file a document was read from: where it is, or was, and whether it is still the same."""

    path: Path
    state: Literal["unchanged", "changed", "gone"]


class Originals:
    """Looks originals up; remembers the check sums it took, as long as size and date stay the same."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._digests: dict[tuple[str, int, int], str] = {}

    def find(self, document_id: int) -> Original:
        """Return the original of a document, for one inside a file that file.

        Raises KeyError where the document has been taken out.
        """
        record = store_records.record(self._store, document_id)
        path = self._place(record)
        try:
            facts = path.stat()
            if (facts.st_size, facts.st_mtime_ns) == (record.size, record.mtime_ns) and not record.stale:
                return Original(path, "unchanged")
            if facts.st_size != record.size and not record.stale:
                return Original(path, "changed")
            same = self._digest(path, facts) == record.sha256
        except OSError:
            return Original(path, "gone")
        return Original(path, "unchanged" if same else "changed")

    def _digest(self, path: Path, facts: os.stat_result) -> str:
        key = (str(path), facts.st_size, facts.st_mtime_ns)
        with self._guard:
            known = self._digests.get(key)
        digest = known or sha256_of(path)
        with self._guard:
            self._digests[key] = digest
        return digest

    def _place(self, record: store_records.FileRecord) -> Path:
        """Return where the file lies; the folder it came from may have moved along with the library."""
        path = Path(record.path)
        if os.path.lexists(path):
            return path
        for source, old in store_sources.sources(self._store):
            if source.id == record.source and old != str(source.path):
                return Path(str(source.path) + record.path[len(old) :])
        return path
