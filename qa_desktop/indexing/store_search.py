"""The search by words: BM25 over the word index, at a bounded price.

FTS5 takes most of its time for scoring the passages that hold any word of the question, and in a large
library frequent words are in most of them, for next to nothing: a passage comes first for its rare words.  So
where many passages would be scored, only those are that hold one of the rarer words; their scores stay what
they are, to the last frequent word.  In libraries of up to `_SCORED` passages every passage is scored.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol

from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.store_memory import Memory

_SCORED = 25_000  # passages whose scoring nobody notices: 20 ms
_ENOUGH = 10_000  # passages, some counted twice, among which the best are looked for otherwise
_SPARE = 50  # how many times more these must be than are asked for

_PHRASE = r'\{[^{}"]*\} : "(?:[^"]|"")*"'
_ALTERNATIVES = re.compile(rf"{_PHRASE}(?: OR {_PHRASE})+")
_EACH = re.compile(_PHRASE)


class Database(Protocol):
    """What is needed of a library's database."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a connection for reading."""


class WordSearch:
    """The word index of a library, as passages are looked for in it; several threads may do so at once."""

    def __init__(self, database: Database, memory: Memory) -> None:
        self._database = database
        self._memory = memory

    def search(
        self,
        match: str,
        weights: Sequence[float],
        limit: int,
        documents: frozenset[int] | None,
        passages: frozenset[int] | None,
    ) -> list[tuple[int, float]]:
        """Return up to `limit` passages, best first; see `Store.word_search`."""
        if documents is None and passages is None and limit * _SPARE <= _ENOUGH:
            narrow = self._narrow(match)
            found = self._run(narrow, weights, limit) if narrow else []
            if len(found) == limit:
                return [(i, score / 2) for i, score in found]
        return self._run(match, weights, limit, *rows.among(documents, passages))

    def _run(
        self, match: str, weights: Sequence[float], limit: int, scope: str = "", values: Sequence[str] = ()
    ) -> list[tuple[int, float]]:
        # Not "ORDER BY rank": FTS5 would sort all it finds, and score what is out of scope, too.
        score = f"-bm25(words, {', '.join(repr(float(w)) for w in weights)})"
        with self._database.reading() as connection:
            return connection.execute(
                f"SELECT rowid, {score} AS score FROM words WHERE words MATCH ?{scope}"
                " ORDER BY score DESC, rowid LIMIT ?",
                (match, *values, limit),
            ).fetchall()

    def _narrow(self, match: str) -> str:
        """Return a query that only passages with a rarer word fit, with twice their scores; '' for no need.

        FTS5 scores a passage by every phrase of a query that it holds, wherever the phrase stands in it.
        """
        size = self._memory.get("passages", self._size)
        if size <= _SCORED or not _ALTERNATIVES.fullmatch(match):
            return ""
        phrases = _EACH.findall(match)
        counts = {p: self._memory.get((p,), partial(self._count, p)) for p in phrases}
        if sum(counts.values()) <= _SCORED:
            return ""
        rare, reached = set[str](), 0
        for phrase in sorted(counts, key=lambda p: counts[p]):
            if reached >= _ENOUGH:
                break
            rare.add(phrase)
            reached += counts[phrase]
        if len(rare) == len(counts):
            return ""
        looked_for = [phrase for phrase in phrases if phrase in rare]
        # What is in half of all passages counts nothing for BM25 as FTS5 has it.
        scored = [phrase for phrase in phrases if phrase not in rare and counts[phrase] < size / 2]
        return f"({' OR '.join(looked_for)}) AND ({' OR '.join([*looked_for, *scored, *scored])})"

    def _size(self) -> int:
        """Return how many passages there are, or have been."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])

    def _count(self, phrase: str) -> int:
        """Return how many passages hold `phrase`."""
        with self._database.reading() as connection:
            query = "SELECT count(*) FROM words WHERE words MATCH ?"
            return int(connection.execute(query, (phrase,)).fetchone()[0])
