"""A library's database: documents with their text, places, passages, words and vectors.

One SQLite file holds everything a user could lose.  A document is put in, replaced or taken out in one
transaction; whoever reads sees the last committed state.  `Store` may be used by several threads at once;
one thread of one program at a time may change it (`Store.writing`).
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Block, Coverage, DocumentEntry, Page, Passage, ScannedWord
from qa_desktop.errors import (
    DiskFull,
    LibraryBusy,
    LibraryLocked,
    LibraryReadOnly,
    NoLibrary,
    is_disk_full,
)
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing import store_schema as schema
from qa_desktop.indexing import words
from qa_desktop.indexing.scanned_words import load_words
from qa_desktop.indexing.store_connections import Connections
from qa_desktop.indexing.store_lock import WriterLock
from qa_desktop.indexing.store_memory import Memory
from qa_desktop.indexing.store_search import WordSearch
from qa_desktop.indexing.store_upgrade import format_of, is_outdated, show_as_present, upgrade
from qa_desktop.indexing.store_words import ANALYSIS, Lexicon


class Store:
    """An open library database; `Store.open` and `Store.create` make one."""

    def __init__(self, connections: Connections) -> None:
        self.folder = connections.folder
        self.read_only = connections.read_only
        self._connections = connections
        self._lock = WriterLock(connections.folder)
        memory = Memory(connections)
        self._memory = memory
        self._search = WordSearch(self, memory)
        self.lexicon = Lexicon(self, memory)

    # ------------------------------------------------------------------------------- opening

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Store:
        """Open the library in `folder`; where it cannot be written to, it is opened for reading.

        A library of an earlier format is brought up to the present one, unless it is opened for reading.
        Raises NoLibrary, LibraryTooNew and LibraryDamaged, each before anything was changed, and LibraryBusy
        where a library of an earlier format is being written to.
        """
        file = folder / schema.FILE_NAME
        try:
            if file.stat().st_size == 0:  # its making was interrupted before the first commit
                raise NoLibrary(folder)
        except FileNotFoundError as error:
            raise NoLibrary(folder) from error
        except OSError as error:
            raise LibraryLocked(folder, str(error)) from error
        if not os.access(file, os.R_OK):
            raise LibraryLocked(folder)
        read_only = read_only or not (os.access(file, os.W_OK) and os.access(folder, os.W_OK))
        connections = Connections(folder, read_only=read_only)
        store = cls(connections)
        version = format_of(connections)
        if read_only:
            connections.view = show_as_present if version < schema.FORMAT else None
        elif is_outdated(connections):
            try:
                with store.writing():
                    pass  # which brings it up to date
            except LibraryBusy:
                if version < schema.FORMAT:
                    raise
        return store

    @classmethod
    def create(cls, folder: Path, meta: Mapping[str, str], fields: Sequence[str]) -> Store:
        """Make an empty library in `folder` (made if missing) and open it.

        `meta` is kept as it is; `fields` are the columns of the word index.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise (DiskFull if is_disk_full(error) else LibraryReadOnly)(folder, str(error)) from error
        store = cls(Connections(folder, read_only=False))
        with store._lock.held(), store._connections.reading() as connection:
            schema.create(connection, {**meta, ANALYSIS: str(words.ANALYSIS)}, fields)
        return store

    def close(self) -> None:
        """Close the database."""
        self._connections.close()

    # ------------------------------------------------------------------------------- changing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; raise LibraryBusy where another has it, or LibraryReadOnly."""
        if self.read_only:
            raise LibraryReadOnly(self.folder)
        with self._lock.held():
            upgrade(self._connections)
            yield

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction; `store_write` holds what is done with it."""
        with self._connections.transaction() as connection:
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading."""
        with self._connections.reading() as connection:
            yield connection

    # ------------------------------------------------------------------------------- what it holds

    def meta(self) -> dict[str, str]:
        """Return what the library says about itself."""
        with self.reading() as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())

    def changes(self) -> int:
        """Return how many transactions have altered the library's documents."""
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
            return int(row[0])

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Return the list of documents, by name."""
        return self._memory.get("entries", self._entries)

    def _entries(self) -> tuple[DocumentEntry, ...]:
        with self.reading() as connection:
            found = connection.execute(f"{rows.SELECT_ENTRY} ORDER BY name").fetchall()
        return tuple(map(rows.load_entry, found))

    def entry(self, document_id: int) -> DocumentEntry:
        """Return one document's entry; KeyError where it has been taken out."""
        with self.reading() as connection:
            row = connection.execute(f"{rows.SELECT_ENTRY} WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise KeyError(document_id)
        return rows.load_entry(row)

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return a document's pages, page n at index n - 1; empty where it has been taken out."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT number, text, label, words FROM pages WHERE document = ? ORDER BY number",
                (document_id,),
            ).fetchall()
        return tuple(map(rows.load_page, found))

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return a document's blocks in reading order."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT kind, level, label, locator, runs, marks FROM blocks"
                " WHERE document = ? ORDER BY ordinal",
                (document_id,),
            ).fetchall()
        return tuple(map(rows.load_block, found))

    def page_words(self, document_id: int, page: int) -> tuple[ScannedWord, ...]:
        """Return the words of a page that was recognised in a picture, empty for any other."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT words FROM pages WHERE document = ? AND number = ?", (document_id, page)
            ).fetchone()
        return load_words(row[0]) if row else ()

    def places(self, places: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """Return, for each document, page and block (ordinal), the page's label and the block's locator."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT coalesce((SELECT label FROM pages WHERE document = json_extract(value, '$[0]')"
                " AND number = json_extract(value, '$[1]')), ''),"
                " coalesce((SELECT locator FROM blocks WHERE document = json_extract(value, '$[0]')"
                " AND ordinal = json_extract(value, '$[2]')), '')"
                " FROM json_each(?) ORDER BY key",
                (json.dumps(places),),
            ).fetchall()
        return [(label, locator) for label, locator in found]

    def coverage(self, documents: frozenset[int] | None) -> Coverage:
        """Return how much of the library a search in `documents` (None: in all) covers."""
        if documents is None:
            return self._memory.get("coverage", lambda: self._coverage(None))
        return self._coverage(documents)

    def _coverage(self, documents: frozenset[int] | None) -> Coverage:
        asked, values = "TRUE", list[str]()
        if documents is not None:
            asked, values = "id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(documents))]
        with self.reading() as connection:
            searched, total = connection.execute(
                f"SELECT coalesce(sum(state IN ('searchable', 'partial') AND {asked}), 0),"
                " coalesce(sum(state <> 'read'), 0) FROM documents",
                values,
            ).fetchone()
            troubled = connection.execute(
                "SELECT name, json_extract(problems, '$[0][0]') FROM documents"
                f" WHERE problems <> '[]' AND {asked} ORDER BY name",
                values,
            ).fetchall()
        return Coverage(searched, total, tuple(troubled))

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id; those that have been taken out are missing."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT id, document, ordinal, kind, headings, sentences FROM passages"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([int(i) for i in ids]),),
            ).fetchall()
        return {row[0]: rows.load_passage(row) for row in found}

    def passages_with_vectors(self, document_id: int) -> list[tuple[Passage, NDArray[np.float16]]]:
        """Return a document's passages in order, each with its vector (dimension,)."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT id, document, ordinal, kind, headings, sentences, vector FROM passages"
                " WHERE document = ? ORDER BY ordinal",
                (document_id,),
            ).fetchall()
        return [(rows.load_passage(row[:6]), np.frombuffer(row[6], dtype="<f2")) for row in found]

    def signs(self, ids: Sequence[int]) -> dict[int, NDArray[np.uint8]]:
        """Return the signs of the word pieces of passages, by id, (pieces, bytes); some may have none."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT passage, count, signs FROM pieces WHERE passage IN (SELECT value FROM json_each(?))",
                (json.dumps([int(i) for i in ids]),),
            ).fetchall()
        return {i: np.frombuffer(signs, np.uint8).reshape(count, -1) for i, count, signs in found if count}

    def passage_ids(self, documents: frozenset[int] | None = None) -> NDArray[np.int64]:
        """Return the ids of all passages of `documents` (None: of all), ascending."""
        where = "" if documents is None else " WHERE document IN (SELECT value FROM json_each(?))"
        with self.reading() as connection:
            found = connection.execute(
                f"SELECT id FROM passages{where} ORDER BY id",
                () if documents is None else (json.dumps(sorted(documents)),),
            ).fetchall()
        return np.array([row[0] for row in found], dtype=np.int64)

    def words_of(self, document_id: int) -> dict[int, tuple[str, ...]]:
        """Return what the word index holds of a document: a string per column for each passage id."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT rowid, * FROM words WHERE rowid IN (SELECT id FROM passages WHERE document = ?)",
                (document_id,),
            ).fetchall()
        return {row[0]: tuple(row[1:]) for row in found}

    def words_are_sound(self) -> bool:
        """Tell whether the word index agrees with itself, and holds every passage and nothing else."""
        with self.reading() as connection:
            extra = connection.execute(
                "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT id FROM passages)"
            ).fetchone()[0]
            if self.read_only:  # the command below counts as writing
                return not extra
            try:
                connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
            except sqlite3.DatabaseError:
                return False
            return not extra

    def word_search(
        self,
        match: str,
        weights: Sequence[float],
        limit: int,
        documents: frozenset[int] | None = None,
        passages: frozenset[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Return up to `limit` passages by BM25, best first: of `documents` and among `passages` (None: all).

        `match` is in FTS5's query language, `weights` one number per column; a score is higher for the
        better (FTS5 itself counts downwards, https://www.sqlite.org/fts5.html#the_bm25_function).
        """
        return self._search.search(match, weights, limit, documents, passages)
