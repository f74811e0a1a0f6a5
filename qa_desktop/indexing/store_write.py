"""What changes a library's database: one transaction per document.

Every function opens its own transaction and counts it in `changes`, by which derived data knows that it is
out of date.  The caller holds `Store.writing`.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Document, FileProblem, Passage
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_schema import recreate_words

STALE = "the present version of the file; the text read before is kept"
"""The missing part of a document whose file has changed and could not be read again."""

_RECORD = "id, source, path, name, title, size, mtime_ns, sha256, state, engine, problems"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the library knows of a file on disk; `mtime_ns` is in nanoseconds, `size` in bytes."""

    id: int
    source: int
    path: str
    name: str
    title: str
    size: int
    mtime_ns: int
    sha256: str
    state: str
    engine: str
    problems: tuple[FileProblem, ...]

    @property
    def stale(self) -> bool:
        """True if the text is that of an earlier version, because the present one could not be read."""
        return any(p.part == STALE for p in self.problems)


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
    with store.reading() as connection:
        found = connection.execute(f"SELECT {_RECORD} FROM documents").fetchall()
    return {row[2]: _record(row) for row in found}


def record(store: Store, document: int) -> FileRecord:
    """Return what the library knows of one document's file; KeyError where it has been taken out."""
    with store.reading() as connection:
        row = connection.execute(f"SELECT {_RECORD} FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        raise KeyError(document)
    return _record(row)


def _record(row: Sequence[Any]) -> FileRecord:
    return FileRecord(*(*row[:10], rows.load_problems(row[10])))


def put(
    store: Store,
    facts: FileFacts,
    document: Document,
    passages: Sequence[IndexedPassage],
    replaces: int | None = None,
) -> int:
    """Put a document in, or in place of the document with the id `replaces`; return its id."""
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
        identity = _write_row(connection, values, replaces)
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
        count_change(connection)
    return identity


def put_unreadable(
    store: Store,
    facts: FileFacts,
    kind: str,
    engine: str,
    problem: FileProblem,
    replaces: int | None = None,
) -> int:
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
        identity = _write_row(connection, values, replaces)
        count_change(connection)
    return identity


def set_problems(store: Store, document: int, problems: Iterable[FileProblem], state: str) -> None:
    """Record what is wrong with a document whose text stays as it is."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE documents SET problems = ?, state = ? WHERE id = ?",
            (rows.dump_problems(problems), state, document),
        )
        count_change(connection)


def set_facts(store: Store, document: int, facts: FileFacts) -> None:
    """Record that a document whose text stays as it is lies elsewhere, or has another date."""
    with store.transaction() as connection:
        values = _facts(facts)
        connection.execute(
            f"UPDATE documents SET {', '.join(f'{c} = :{c}' for c in values)} WHERE id = :id",
            {**values, "id": document},
        )
        count_change(connection)


def remove(store: Store, document: int) -> None:
    """Take a document out, with everything that belongs to it."""
    with store.transaction() as connection:
        _clear(connection, document)
        connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        count_change(connection)


def replace_words(store: Store, fields: Mapping[int, Sequence[str]]) -> None:
    """Write the word index again: the strings per column for each passage id."""
    with store.transaction() as connection:
        recreate_words(connection)
        _put_words(connection, fields)


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


def _write_row(connection: sqlite3.Connection, values: Mapping[str, object], replaces: int | None) -> int:
    """Write a document's row; the content of the one it replaces goes, the id stays."""
    if replaces is None:
        names = ", ".join(values)
        cursor = connection.execute(
            f"INSERT INTO documents ({names}) VALUES ({', '.join(f':{c}' for c in values)})", values
        )
        return int(cursor.lastrowid or 0)
    _clear(connection, replaces)
    connection.execute(
        f"UPDATE documents SET {', '.join(f'{c} = :{c}' for c in values)} WHERE id = :id",
        {**values, "id": replaces},
    )
    return replaces


def _put_passages(connection: sqlite3.Connection, document: int, passages: Sequence[IndexedPassage]) -> None:
    fields = {}
    for item in passages:
        vector = item.vector.astype("<f2").tobytes()
        cursor = connection.execute(
            "INSERT INTO passages (document, ordinal, kind, headings, sentences, vector)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows.dump_passage(document, item.passage, vector),
        )
        fields[int(cursor.lastrowid or 0)] = item.fields
    _put_words(connection, fields)


def _put_words(connection: sqlite3.Connection, fields: Mapping[int, Sequence[str]]) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(words)")]
    connection.executemany(
        f"INSERT INTO words (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
        ((identity, *texts) for identity, texts in fields.items()),
    )


def _clear(connection: sqlite3.Connection, document: int) -> None:
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (document,)
    )
    for table in ("passages", "blocks", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def count_change(connection: sqlite3.Connection) -> None:
    """Make derived data out of date."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")
