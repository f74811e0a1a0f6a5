"""What changes a library's database: one transaction per document.

Every function opens its own transaction and counts it in `changes`, by which derived data knows that it is
out of date.  The caller holds `Store.writing`.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Document, FileProblem, Passage
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """A folder, or a single file, that was added; `path` is where it lies now, as far as is known."""

    id: int
    path: Path
    folder: bool


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the library knows of a file on disk; `mtime_ns` is in nanoseconds, `size` in bytes."""

    id: int
    source: int
    path: str
    name: str
    size: int
    mtime_ns: int
    sha256: str
    state: str
    engine: str
    problems: tuple[FileProblem, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was found on disk, and the name it is to have."""

    source: int
    path: str
    name: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with what makes it findable: words per column, and a float16 vector of unit length."""

    passage: Passage
    fields: tuple[str, ...]
    vector: NDArray[np.float16]


def records(store: Store) -> dict[str, FileRecord]:
    """Return what the library knows of its files, by path."""
    columns = "id, source, path, name, size, mtime_ns, sha256, state, engine, problems"
    with store.reading() as connection:
        found = connection.execute(f"SELECT {columns} FROM documents").fetchall()
    return {row[2]: FileRecord(*(*row[:9], rows.load_problems(row[9]))) for row in found}


def sources(store: Store) -> tuple[Source, ...]:
    """Return the folders and files that were added, in the order in which they were."""
    with store.reading() as connection:
        found = connection.execute("SELECT id, path, relative, folder FROM sources ORDER BY id").fetchall()
    result = []
    for identity, path, relative, folder in found:
        beside = Path(os.path.normpath(store.folder / relative)) if relative else None
        moved = not os.path.lexists(path) and beside is not None and beside.exists()
        result.append(Source(identity, beside if moved and beside else Path(path), bool(folder)))
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
        _count(connection)


def drop_empty_sources(store: Store) -> None:
    """Forget single files that were added and have no document any more."""
    with store.transaction() as connection:
        connection.execute(
            "DELETE FROM sources WHERE folder = 0 AND id NOT IN (SELECT source FROM documents)"
        )


def put(
    store: Store, facts: FileFacts, document: Document, passages: Sequence[IndexedPassage]
) -> tuple[int, bool]:
    """Put a document in, or replace the one from the same path; return its id and whether it was new."""
    with store.transaction() as connection:
        state = "partial" if document.problems else "searchable"
        values = {
            **_facts(facts),
            "kind": document.kind,
            "title": document.title,
            "author": document.author,
            "date": document.date,
            "language": document.language,
            "paged": int(document.paged),
            "engine": document.engine,
            "state": state,
            "problems": rows.dump_problems(document.problems),
            "page_count": len(document.pages),
            "passage_count": len(passages),
        }
        identity, new = _upsert(connection, values)
        connection.executemany(
            "INSERT INTO pages (document, number, label, text) VALUES (?, ?, ?, ?)",
            ((identity, p.number, p.label, p.text) for p in document.pages),
        )
        connection.executemany(
            "INSERT INTO blocks (document, ordinal, kind, level, label, locator, runs, marks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (rows.dump_block(identity, n, b) for n, b in enumerate(document.blocks)),
        )
        _put_passages(connection, identity, passages)
        _count(connection)
    return identity, new


def put_unreadable(store: Store, facts: FileFacts, kind: str, engine: str, problem: FileProblem) -> int:
    """Put a file in that could not be read at all, so that it is named wherever coverage is told."""
    with store.transaction() as connection:
        values = {
            **_facts(facts),
            "kind": kind,
            "title": facts.name.rsplit("/", 1)[-1],
            "author": "",
            "date": "",
            "language": "",
            "paged": 0,
            "engine": engine,
            "state": "unreadable",
            "problems": rows.dump_problems([problem]),
            "page_count": 0,
            "passage_count": 0,
        }
        identity, _ = _upsert(connection, values)
        _count(connection)
    return identity


def set_problems(store: Store, document: int, problems: Iterable[FileProblem], state: str) -> None:
    """Record what is wrong with a document whose text stays as it is."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE documents SET problems = ?, state = ? WHERE id = ?",
            (rows.dump_problems(problems), state, document),
        )
        _count(connection)


def set_facts(store: Store, document: int, facts: FileFacts) -> None:
    """Record that a document whose text stays as it is lies elsewhere, or has another date."""
    with store.transaction() as connection:
        values = _facts(facts)
        connection.execute(
            f"UPDATE documents SET {', '.join(f'{c} = :{c}' for c in values)} WHERE id = :id",
            {**values, "id": document},
        )
        _count(connection)


def remove(store: Store, document: int) -> None:
    """Take a document out, with everything that belongs to it."""
    with store.transaction() as connection:
        _clear(connection, document)
        connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        _count(connection)


def set_meta(store: Store, values: Mapping[str, str]) -> None:
    """Record what the library says about itself."""
    with store.transaction() as connection:
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def _facts(facts: FileFacts) -> dict[str, object]:
    return {
        "source": facts.source,
        "path": facts.path,
        "name": facts.name,
        "size": facts.size,
        "mtime_ns": facts.mtime_ns,
        "sha256": facts.sha256,
    }


def _upsert(connection: sqlite3.Connection, values: Mapping[str, object]) -> tuple[int, bool]:
    """Write the row of the document at this path; an older version's content goes, its id stays."""
    row = connection.execute("SELECT id FROM documents WHERE path = :path", values).fetchone()
    if row is None:
        names = ", ".join(values)
        cursor = connection.execute(
            f"INSERT INTO documents ({names}) VALUES ({', '.join(f':{c}' for c in values)})", values
        )
        return int(cursor.lastrowid or 0), True
    _clear(connection, row[0])
    connection.execute(
        f"UPDATE documents SET {', '.join(f'{c} = :{c}' for c in values)} WHERE id = :id",
        {**values, "id": row[0]},
    )
    return int(row[0]), False


def _put_passages(connection: sqlite3.Connection, document: int, passages: Sequence[IndexedPassage]) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(words)")]
    words = f"INSERT INTO words (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    for item in passages:
        vector = item.vector.astype("<f2").tobytes()
        cursor = connection.execute(
            "INSERT INTO passages (document, ordinal, kind, headings, sentences, vector)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows.dump_passage(document, item.passage, vector),
        )
        connection.execute(words, (cursor.lastrowid, *item.fields))


def _clear(connection: sqlite3.Connection, document: int) -> None:
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (document,)
    )
    for table in ("passages", "blocks", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def _count(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")


def _relative(path: Path, folder: Path) -> str:
    """Return the way from the library's folder to `path`; empty where there is none (another drive)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return ""
