"""Pages of the originals as pictures, with the cited words marked."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from qa_desktop.domain import FileProblem, Run
from qa_desktop.indexing.store import Store
from qa_desktop.library.originals import Originals
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage


class Drawing:
    """Draws pages in a worker process of its own, which the first page starts; threads may share it.

    Passwords that it is told are kept in memory until `close`, and tried where a file is protected.
    """

    def __init__(self, store: Store, originals: Originals) -> None:
        self._store = store
        self._originals = originals
        self._guard = threading.Lock()
        self._reader: Reader | None = None
        self._passwords: list[str] = []

    def learn(self, password: str | None) -> None:
        """Remember a password, the last one told being the first one tried."""
        if password:
            with self._guard:
                self._passwords = [password, *(p for p in self._passwords if p != password)]

    def draw(self, document_id: int, page: int, scale: float, runs: Sequence[Run]) -> PageImage | FileProblem:
        """Draw a page of a document; see `Library.page_image`.  KeyError where it has been taken out."""
        original = self._originals.find(document_id)
        if original.state == "gone":
            return FileProblem("gone", str(original.path))
        with self._guard:
            self._reader = self._reader or Reader()
            reader, passwords = self._reader, list(self._passwords)
        shown = runs if original.state == "unchanged" else ()
        inside = self._store.entry(document_id).inside
        words = self._store.page_words(document_id, page) if shown else ()
        for password in (None, *passwords):
            outcome = reader.render(original.path, page, scale, shown, password, inside, words)
            if not isinstance(outcome, FileProblem) or outcome.reason != "encrypted":
                break
        return outcome

    def close(self) -> None:
        """End the worker and forget the passwords."""
        with self._guard:
            if self._reader is not None:
                self._reader.close()
            self._reader = None
            self._passwords = []
