"""What a library knows of the files on disk it was made from, and of the documents inside them."""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa_desktop.domain import DocumentEntry, FileProblem
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.store import Store

READING = 3
"""The version of reading and encoding: what an earlier one brought in is read again at the next update."""

STALE = "the present version of the file; the text read before is kept"
"""The missing part of a document whose file has changed and could not be read again."""

_RECORD = "id, source, path, name, title, size, mtime_ns, sha256, state, reading, scans, engine, problems"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the library knows of a file on disk; `mtime_ns` is in nanoseconds, `size` in bytes.

    `reading` is the version of the reader, `scans` tells whether it was to recognise scanned pages; `inside`
    are the reason codes of the documents inside the file that could not be read.
    """

    id: int
    source: int
    path: str
    name: str
    title: str
    size: int
    mtime_ns: int
    sha256: str
    state: str
    reading: int
    scans: bool
    engine: str
    problems: tuple[FileProblem, ...]
    inside: frozenset[str] = frozenset()

    @property
    def reasons(self) -> frozenset[str]:
        """The reason codes of all that could not be read of the file or inside it."""
        return self.inside | {p.reason for p in self.problems}

    @property
    def stale(self) -> bool:
        """True if the text is that of an earlier version, because the present one could not be read."""
        return any(p.part == STALE for p in self.problems)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was found on disk, and the name it is to have.

    `scans` tells whether scanned pages were to be recognised when it was read.
    """

    source: int
    path: str
    name: str
    size: int
    mtime_ns: int
    sha256: str
    scans: bool = False


def records(store: Store) -> dict[str, FileRecord]:
    """Return what the library knows of its files, by path."""
    with store.reading() as connection:
        found = connection.execute(f"SELECT {_RECORD} FROM documents WHERE parent IS NULL").fetchall()
        troubled = connection.execute(
            "SELECT path, json_extract(problems, '$[0][0]') FROM documents"
            " WHERE parent IS NOT NULL AND problems <> '[]'"
        ).fetchall()
    reasons: dict[str, set[str]] = {}
    for path, reason in troubled:
        reasons.setdefault(path, set()).add(reason)
    return {row[2]: _record(row, frozenset(reasons.get(row[2], ()))) for row in found}


def record(store: Store, document: int) -> FileRecord:
    """Return what the library knows of the file of a document; KeyError where it has been taken out.

    For a document inside a file that is the file.
    """
    with store.reading() as connection:
        row = connection.execute(
            f"SELECT {_RECORD} FROM documents WHERE parent IS NULL"
            " AND path = (SELECT path FROM documents WHERE id = ?)",
            (document,),
        ).fetchone()
    if row is None:
        raise KeyError(document)
    return _record(row)


def names(store: Store) -> dict[str, str]:
    """Return the names of all documents, each with the path of its file."""
    with store.reading() as connection:
        return dict(connection.execute("SELECT name, path FROM documents").fetchall())


def family(store: Store, document: int) -> tuple[DocumentEntry, ...]:
    """Return the entries of a file and of all documents inside it, in the order of the file."""
    with store.reading() as connection:
        found = connection.execute(
            f"{rows.SELECT_ENTRY} WHERE path = (SELECT path FROM documents WHERE id = ?)", (document,)
        ).fetchall()
    return tuple(sorted(map(rows.load_entry, found), key=lambda e: e.inside))


def _record(row: Sequence[Any], inside: frozenset[str] = frozenset()) -> FileRecord:
    values = (*row[:10], bool(row[10]), row[11], rows.load_problems(row[12]), inside)
    return FileRecord(*values)
