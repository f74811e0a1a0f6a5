"""The folders and files that were added to a library, wherever they lie now."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_write import count_change


@dataclass(frozen=True, slots=True)
class Source:
    """A folder, or a single file, that was added; `path` is where it lies now, as far as is known."""

    id: int
    path: Path
    folder: bool


def sources(store: Store) -> tuple[tuple[Source, str], ...]:
    """Return what was added, in that order: where each lies now, and the path it is recorded under.

    The two differ where it is no longer at its path, but lies as it did beside the library's folder.
    """
    with store.reading() as connection:
        found = connection.execute("SELECT id, path, relative, folder FROM sources ORDER BY id").fetchall()
    result = []
    for identity, path, relative, folder in found:
        beside = Path(os.path.normpath(store.folder / relative)) if relative else Path(path)
        place = beside if not os.path.lexists(path) and os.path.lexists(beside) else Path(path)
        result.append((Source(identity, place, bool(folder)), path))
    return tuple(result)


def add_source(store: Store, path: Path, *, folder: bool) -> Source:
    """Remember that `path` was added; return the source it is known by."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO sources (path, relative, folder) VALUES (?, ?, ?)"
            " ON CONFLICT (path) DO UPDATE SET folder = excluded.folder",
            (str(path), _relative(path, store.folder), int(folder)),
        )
        row = connection.execute("SELECT id FROM sources WHERE path = ?", (str(path),)).fetchone()
    return Source(row[0], path, folder)


def move_source(store: Store, source: Source, old: str) -> None:
    """Record that a source that lay at `old` lies at `source.path`, with all its documents."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE sources SET path = ?, relative = ? WHERE id = ?",
            (str(source.path), _relative(source.path, store.folder), source.id),
        )
        connection.execute(
            "UPDATE documents SET path = ? || substr(path, ?) WHERE source = ?",
            (str(source.path), len(old) + 1, source.id),
        )
        count_change(connection)


def drop_empty_sources(store: Store) -> None:
    """Forget single files that were added and have no document any more."""
    with store.transaction() as connection:
        connection.execute(
            "DELETE FROM sources WHERE folder = 0 AND id NOT IN (SELECT source FROM documents)"
        )


def _relative(path: Path, folder: Path) -> str:
    """Return the way from the library's folder to `path`; empty where there is none (another drive)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return ""
