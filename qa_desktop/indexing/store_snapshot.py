"""One consistent look at a library's vectors, while another thread or program may go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_desktop.errors import LibraryDamaged
from qa_desktop.indexing.store import Store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The passages of one committed state: their ids, ascending, and the ids of their documents."""

    changes: int
    ids: NDArray[np.int64]
    documents: NDArray[np.int64]
    _connection: sqlite3.Connection
    _folder: Path

    def vectors(
        self, after: int = 0, batch: int = 4096
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """Yield ids (n,) and vectors (n, dimension) of the passages with an id above `after`, ascending."""
        while True:
            found = self._connection.execute(
                "SELECT id, vector FROM passages WHERE id > ? ORDER BY id LIMIT ?", (after, batch)
            ).fetchall()
            if not found:
                return
            joined = np.frombuffer(b"".join(row[1] for row in found), dtype="<f2")
            if len({len(row[1]) for row in found}) != 1:
                raise LibraryDamaged(self._folder, "vectors of different lengths")
            yield np.array([row[0] for row in found], dtype=np.int64), joined.reshape(len(found), -1)
            after = found[-1][0]


@contextmanager
def snapshot(store: Store) -> Iterator[Snapshot]:
    """Hold one committed state of `store`; a writer waits with its next commit until the block ends."""
    with store.reading() as connection:
        connection.execute("BEGIN")
        changes = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()[0]
        # As two texts, which takes a third of the time that a row for each passage does.
        found = connection.execute("SELECT group_concat(id), group_concat(document) FROM passages").fetchone()
        ids, documents = (np.fromstring(text or "", dtype=np.int64, sep=",") for text in found)
        order = np.argsort(ids)
        ids, documents = ids[order], documents[order]
        yield Snapshot(int(changes), ids, documents, connection, store.folder)
