"""The tables of a library, their version, and how an empty library comes to be.

`PRAGMA application_id` says that a file is a library of this program, `PRAGMA user_version` in which
format.  A change to the tables raises `FORMAT` and adds a step to `store_upgrade.py` that brings older files
up.
"""

from __future__ import annotations

import sqlite3
import string
from collections.abc import Mapping, Sequence

FORMAT = 4
APPLICATION_ID = 0x51414C42  # "QALB" in ASCII

FILE_NAME = "library.sqlite"

DOCUMENTS = """
-- One row per file, also for files that could not be read, and one per document inside a file: those have
-- the `path` of the file, its index path (`inside`, "0/2"; empty for the file itself) and a `parent`.
-- `reading` is the version of the reader, `scans` whether it was to recognise scanned pages.  `text_key` and
-- `sketch` tell documents with the same text.  AUTOINCREMENT: an id is never given twice.
CREATE TABLE {name} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources (id),
    path TEXT NOT NULL,
    inside TEXT NOT NULL DEFAULT '',
    parent INTEGER REFERENCES documents (id) ON DELETE CASCADE,
    place TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    date TEXT NOT NULL,
    language TEXT NOT NULL,
    origins TEXT NOT NULL DEFAULT '[]',
    paged INTEGER NOT NULL,
    engine TEXT NOT NULL,
    reading INTEGER NOT NULL DEFAULT 1,
    scans INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    problems TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    passage_count INTEGER NOT NULL,
    scanned_count INTEGER NOT NULL DEFAULT 0,
    confidence REAL,
    text_key BLOB,
    sketch BLOB,
    duplicate_of INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    UNIQUE (path, inside)
);
"""
INDEXES = """
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_parent ON documents (parent);
CREATE INDEX documents_duplicate_of ON documents (duplicate_of);
"""
SCANS = """
-- What text recognition found in a picture of a page, by the content of the picture.
CREATE TABLE scans (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
);
"""
PIECES = """
-- The signs of the states of a passage's word pieces, as the encoder saw them: `count` rows of bits.
CREATE TABLE pieces (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    count INTEGER NOT NULL,
    signs BLOB NOT NULL
);
"""

_TABLES = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A folder or a single file that was added.  `relative` leads there from the library's own folder, so that
-- a library that is carried to another computer together with its documents finds them again.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    relative TEXT NOT NULL,
    folder INTEGER NOT NULL
);

-- The text of each page exactly as it was extracted; every place in the library is an offset into it.
-- `words` are the boxes of words that were recognised in a picture of the page, `confidence` is their mean.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    words BLOB,
    confidence REAL,
    UNIQUE (document, number)
);

CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    label TEXT NOT NULL,
    locator TEXT NOT NULL,
    runs TEXT NOT NULL,
    marks TEXT NOT NULL,
    UNIQUE (document, ordinal)
);

-- `vector` is float16, little-endian, unit length.  AUTOINCREMENT lets a derived index tell what is new.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    headings TEXT NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (document, ordinal)
);
"""

# The words arrive analysed and separated by blanks, so every other printable character belongs to a word.
# (The FTS5 tables keep their text: removing a row from a contentless table needs SQLite 3.43, and the
# systems this program supports come with 3.40.)
_TOKEN_CHARACTERS = "".join(c for c in string.punctuation if c not in "\"'")


def create(connection: sqlite3.Connection, meta: Mapping[str, str], fields: Sequence[str]) -> None:
    """Make the tables of an empty library in one transaction.

    `fields` are the columns of the word index; `meta` is stored as it is.
    """
    connection.executescript(
        f"BEGIN IMMEDIATE; {_TABLES} {DOCUMENTS.format(name='documents')} {INDEXES} {SCANS} {PIECES}"
        f"{_words(fields)}"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
    )
    connection.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, "changes": "0"}.items())
    connection.execute("COMMIT")


def recreate_words(connection: sqlite3.Connection, fields: Sequence[str]) -> None:
    """Make the word index anew, empty, with these columns; the caller holds a transaction."""
    connection.execute("DROP TABLE words")
    connection.execute(_words(fields))


def _words(fields: Sequence[str]) -> str:
    tokenizer = f"unicode61 remove_diacritics 0 tokenchars ''{_TOKEN_CHARACTERS}''"
    return f"CREATE VIRTUAL TABLE words USING fts5 ({', '.join(fields)}, tokenize = '{tokenizer}');"
