"""Libraries of an earlier format: brought up to date in one transaction, or read as they are.

Format 1 knew neither documents inside files, nor scanned pages, nor documents with the same text.  Its
documents stay as they were read, findable and quotable; `reading` 1 says that an update is to read them
again.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from qa_desktop.errors import LibraryDamaged
from qa_desktop.indexing import store_schema as schema
from qa_desktop.indexing.store_connections import Connections, translated

_NEW_IN_2 = {
    "documents": (
        "'' AS inside, NULL AS parent, '' AS place, '[]' AS origins, 1 AS reading, 0 AS scans,"
        " 0 AS scanned_count, NULL AS confidence, NULL AS text_key, NULL AS sketch, NULL AS duplicate_of"
    ),
    "pages": "NULL AS words, NULL AS confidence",
}


def upgrade(connections: Connections) -> None:
    """Bring a library of format 1 up to the present one, wholly or not at all; the caller holds its lock."""
    with translated(connections.folder), closing(connections.plain()) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to is made anew
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != 1:
            return  # another program was faster
        for statement in _to_2(connection):
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            connection.rollback()
            raise LibraryDamaged(connections.folder, "rows that belong to nothing")
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
        connection.execute("COMMIT")


def show_as_present(connection: sqlite3.Connection) -> None:
    """Let this connection see a library of format 1, which is not to be written to, as the present format."""
    for table, columns in _NEW_IN_2.items():
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {columns} FROM main.{table}")
    connection.execute("CREATE TEMP TABLE scans (key TEXT PRIMARY KEY, value BLOB NOT NULL)")


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
