"""Libraries of an earlier format: brought up to date in one transaction, or read as they are.

Format 1 knew neither documents inside files, nor scanned pages, nor documents with the same text.  Its
documents stay as they were read, findable and quotable; `reading` 1 says that an update is to read them
again.  Format 2 knew one language in its word index, which is made anew from the stored passages.  Format 3
knew a passage by one vector only; until an update encodes its documents again, late interaction is left out.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from qa_desktop.errors import LibraryDamaged, LibraryTooNew, NoLibrary
from qa_desktop.indexing import store_schema as schema
from qa_desktop.indexing.store_connections import Connections, translated
from qa_desktop.indexing.store_words import is_up_to_date, rebuild

_NEW_IN_2 = {
    "documents": (
        "'' AS inside, NULL AS parent, '' AS place, '[]' AS origins, 1 AS reading, 0 AS scans,"
        " 0 AS scanned_count, NULL AS confidence, NULL AS text_key, NULL AS sketch, NULL AS duplicate_of"
    ),
    "pages": "NULL AS words, NULL AS confidence",
}


def upgrade(connections: Connections) -> None:
    """Bring an earlier library up to the present format, wholly or not at all; the caller holds its lock."""
    if not is_outdated(connections):
        return
    with translated(connections.folder), closing(connections.plain()) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to is made anew
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 1:
            for statement in _to_2(connection):
                connection.execute(statement)
        if not _has_pieces(connection):
            connection.execute(schema.PIECES)
        rebuild(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            connection.rollback()
            raise LibraryDamaged(connections.folder, "rows that belong to nothing")
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
        connection.execute("COMMIT")


def is_outdated(connections: Connections) -> bool:
    """Tell whether the library has an earlier format, or its words were made by another analysis."""
    with connections.reading() as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return bool(version < schema.FORMAT) or not is_up_to_date(connection)


def format_of(connections: Connections) -> int:
    """Return the library's format; raise where the file is none, or of a newer one.  Nothing is changed.

    (SQLite may first take back what a write that was cut off by a power failure has left half-done.)
    """
    folder = connections.folder
    with translated(folder):
        application, version = connections.numbers()
    if not application and not connections.file.stat().st_size:
        raise NoLibrary(folder)  # its making was cut off, and has just been taken back
    if application != schema.APPLICATION_ID:
        raise LibraryDamaged(folder, f"application_id {application:#x}")
    if version > schema.FORMAT:
        raise LibraryTooNew(folder, version, schema.FORMAT)
    if version < 1:
        raise LibraryDamaged(folder, f"user_version {version}")
    return version


def show_as_present(connection: sqlite3.Connection) -> None:
    """Let this connection see an earlier library, which is not to be written to, as the present format."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == 1:
        for table, columns in _NEW_IN_2.items():
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {columns} FROM main.{table}")
        connection.execute("CREATE TEMP TABLE scans (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
    if not _has_pieces(connection):
        columns = "passage INTEGER PRIMARY KEY, count INTEGER NOT NULL, signs BLOB NOT NULL"
        connection.execute(f"CREATE TEMP TABLE pieces ({columns})")


def _has_pieces(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA main.table_info(pieces)").fetchall())


def _to_2(connection: sqlite3.Connection) -> Iterator[str]:
    old = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(documents)"))
    yield schema.DOCUMENTS.format(name="documents_2")
    yield f"INSERT INTO documents_2 ({old}) SELECT {old} FROM documents"
    # An id is never given twice, also not one whose document was taken out before.
    yield "DELETE FROM sqlite_sequence WHERE name = 'documents_2'"
    yield (
        "INSERT INTO sqlite_sequence (name, seq)"
        " SELECT 'documents_2', seq FROM sqlite_sequence WHERE name = 'documents'"
    )
    yield "DROP TABLE documents"
    yield "ALTER TABLE documents_2 RENAME TO documents"
    yield from filter(str.strip, schema.INDEXES.split(";"))
    yield "ALTER TABLE pages ADD COLUMN words BLOB"
    yield "ALTER TABLE pages ADD COLUMN confidence REAL"
    yield schema.SCANS
