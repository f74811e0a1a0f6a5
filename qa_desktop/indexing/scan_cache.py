"""What text recognition found in pictures of pages, kept so that no picture is looked at twice.

A scan lasts seconds and does not depend on anything but the picture, so what was found is kept by the
picture's content, also when the document is read again, lies in two files, or is taken out and comes back.
"""

from __future__ import annotations

from qa_desktop.indexing.store import Store

LARGEST = 256_000_000
"""Bytes that are kept: about 40,000 pages."""


class ScanCache:
    """The scans of one library, by a key that the reader makes of a picture's content.

    May be used by several threads at once; the caller of `put` and `trim` holds `Store.writing`.
    """

    def __init__(self, store: Store, largest: int = LARGEST) -> None:
        self._store = store
        self._largest = largest

    def get(self, key: str) -> bytes | None:
        """Return what was found in the picture with this key, None where it is not known."""
        with self._store.reading() as connection:
            row = connection.execute("SELECT value FROM scans WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, key: str, value: bytes) -> None:
        """Keep what was found in a picture."""
        with self._store.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO scans (key, value) VALUES (?, ?)", (key, value))

    def trim(self) -> None:
        """Forget the oldest scans where there are too many."""
        with self._store.reading() as connection:
            if connection.execute("SELECT coalesce(sum(length(value)), 0) FROM scans").fetchone()[0] <= (
                self._largest
            ):
                return
        with self._store.transaction() as connection:
            connection.execute(
                "DELETE FROM scans WHERE rowid IN (SELECT rowid FROM"
                " (SELECT rowid, sum(length(value)) OVER (ORDER BY rowid DESC) AS upto FROM scans)"
                " WHERE upto > ?)",
                (self._largest,),
            )
