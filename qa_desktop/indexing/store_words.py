"""The word index of a library: kept up to date with the analysis, and asked about single words.

The index is derived from the stored passages.  When a newer program analyses words in another way, it is made
anew at the next opening for writing, in one transaction; nothing is read or encoded again.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing import words
from qa_desktop.indexing.store_memory import Memory
from qa_desktop.indexing.store_schema import recreate_words
from qa_desktop.indexing.words_slips import Spellings, reach

ANALYSIS = "analysis"
"""The key of `meta` under which a library says by which analysis its words were made."""

_BATCH = 500  # passages that are held in memory while the index is made anew
_LOOKED_AT = 8  # passages in which the spelling of a word is looked up
_INFLECTED = ("title", "headings", "body")  # columns with words as sentences have them


class Database(Protocol):
    """What is needed of a library's database."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a connection for reading."""


@dataclass(frozen=True, slots=True)
class _About:
    """What the word index needs to know of a document."""

    title: str
    author: str
    date: str
    language: str


def is_up_to_date(connection: sqlite3.Connection) -> bool:
    """Tell whether the word index was made by the present analysis."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (ANALYSIS,)).fetchone()
    return row is not None and row[0] == str(words.ANALYSIS)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the word index anew from the stored passages; the caller holds a transaction."""
    recreate_words(connection, words.FIELDS)
    about = {
        row[0]: _About(*row[1:])
        for row in connection.execute("SELECT id, title, author, date, language FROM documents")
    }
    passages = connection.execute("SELECT id, document, ordinal, kind, headings, sentences FROM passages")
    while found := passages.fetchmany(_BATCH):
        loaded = [rows.load_passage(row) for row in found]
        put_words(connection, {p.id: words.index_fields(about[p.document_id], p) for p in loaded})
    values = (ANALYSIS, str(words.ANALYSIS))
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)


def put_words(connection: sqlite3.Connection, fields: Mapping[int, Sequence[str]]) -> None:
    """Add the strings per column for each passage id to the word index."""
    columns = columns_of(connection)
    connection.executemany(
        f"INSERT INTO words (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
        ((identity, *texts) for identity, texts in fields.items()),
    )


def columns_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the columns of the word index; that of an earlier program has fewer."""
    return tuple(row[1] for row in connection.execute("PRAGMA table_info(words)"))


class Lexicon:
    """The words of a library: in which languages they are, whether one occurs, which are nearly another.

    The list of all words is read when the first unknown word is met, and again after the library has changed;
    that takes half a second for 30,000 passages.
    """

    def __init__(self, database: Database, memory: Memory) -> None:
        self._database = database
        self._memory = memory
        self._guard = threading.Lock()
        self._read: tuple[str, Spellings] | None = None

    def load(self) -> None:
        """Read the list of all words, unless that of the library's present state is at hand."""
        with self._guard:
            self._spellings()

    def columns(self) -> tuple[str, ...]:
        """Return the columns of the word index."""
        with self._database.reading() as connection:
            return columns_of(connection)

    def languages(self, documents: frozenset[int] | None = None) -> tuple[str, ...]:
        """Return the languages of `documents` (None: of all), that of most passages first ('': unknown)."""
        if documents is None:
            return self._memory.get("languages", lambda: self._languages(None))
        return self._languages(documents)

    def _languages(self, documents: frozenset[int] | None) -> tuple[str, ...]:
        scope, values = _scope(documents, "WHERE id")
        with self._database.reading() as connection:
            found = connection.execute(
                f"SELECT language FROM documents {scope} GROUP BY language"
                " HAVING sum(passage_count) > 0 ORDER BY sum(passage_count) DESC",
                values,
            )
            return tuple(row[0] for row in found)

    def holds(self, form: str, *, name: bool = False) -> bool:
        """Tell whether any text has a word with this index form, or a name with this skeleton."""
        if not form:
            return True
        columns = "names" if name else " ".join(_INFLECTED)
        with self._database.reading() as connection:
            query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            return connection.execute(query, (f"{{{columns}}} : {_quoted(form)}",)).fetchone() is not None

    def near(self, form: str, most: int | None = None) -> list[tuple[str, int]]:
        """Return index forms that differ from `form` by a slip or two, the nearest and most frequent first.

        Each comes with how many letters differ; `most` is how many may (None: what its length allows).
        """
        with self._guard:
            spellings = self._spellings()
        return spellings.near(form, reach(form) if most is None else most)

    def written(self, form: str, documents: frozenset[int] | None = None) -> list[str]:
        """Return how texts of `documents` (None: of all) write the word of this index form, from some."""
        scope, values = _scope(documents, "AND passages.document")
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT passages.sentences, passages.headings, documents.title, documents.language FROM words"
                " JOIN passages ON passages.id = words.rowid"
                " JOIN documents ON documents.id = passages.document"
                f" WHERE words MATCH ? {scope} LIMIT {_LOOKED_AT}",
                (f"{{{' '.join(_INFLECTED)}}} : {_quoted(form)}", *values),
            ).fetchall()
        written: dict[str, None] = {}
        for sentences, headings, title, language in found:
            text = " ".join([*(s[0] for s in json.loads(sentences)), *json.loads(headings), title])
            written.update(dict.fromkeys(t for t in words.tokens(text) if words.stem(t, language) == form))
        return list(written)

    def _spellings(self) -> Spellings:
        with self._database.reading() as connection:
            state = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()[0]
            if self._read is None or self._read[0] != state:
                connection.execute(
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, words, col)"
                )
                found = connection.execute(
                    f"SELECT term, sum(doc) FROM temp.vocabulary WHERE col IN {_INFLECTED} GROUP BY term"
                ).fetchall()
                kept = [row for row in found if row[0].isalpha()]
                self._read = state, Spellings([r[0] for r in kept], [r[1] for r in kept])
            return self._read[1]


def _scope(documents: frozenset[int] | None, column: str) -> tuple[str, list[str]]:
    if documents is None:
        return "", []
    return f"{column} IN (SELECT value FROM json_each(?))", [rows.dump(sorted(documents))]


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'
