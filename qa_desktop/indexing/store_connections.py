"""Connections to a library's database, and the translation of SQLite's errors into the user's words."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qa_desktop.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryReadOnly, QAError, is_disk_full
from qa_desktop.indexing.store_schema import FILE_NAME

_BUSY_MS = 30_000  # a reader holds its lock for milliseconds; this long means that something hangs


class Connections:
    """A pool of connections to one database file; each is used by one thread at a time.

    `read_only` opens the file so that nothing can be written, not even a journal.  `view`, if set, is called
    with each new connection and makes it see a file of an earlier format as one of the present.
    """

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self.view: Callable[[sqlite3.Connection], None] | None = None
        self.folder = folder
        self.file = folder / FILE_NAME
        self.read_only = read_only
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        self._watch: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; SQLite's errors inside the block leave it translated."""
        with translated(self.folder):
            connection = self._take()
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
                self._give(connection)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a write transaction: wholly done at the end, or not at all."""
        if self.read_only:
            raise LibraryReadOnly(self.folder)
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.rollback()
                raise

    def close(self) -> None:
        """Close every connection; one that is lent out is closed when it comes back."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
            if self._watch is not None:
                idle.append(self._watch)
                self._watch = None
        for connection in idle:
            connection.close()

    def version(self) -> object:
        """Return something that is equal to what it was before if nobody has changed the file since.

        It costs some microseconds.  Source: https://www.sqlite.org/pragma.html#pragma_data_version
        """
        with self._guard, translated(self.folder):
            if self._closed:
                return object()
            if self._watch is None:
                self._watch = self.plain()  # through which nothing is ever written, so every change shows
            return self._watch.execute("PRAGMA data_version").fetchone()[0]

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def numbers(self) -> tuple[int, int]:
        """Return the file's application_id and user_version, without having set anything about it."""
        connection = self.plain()
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            return int(application), int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = self.plain()
        try:
            _prepare(connection, read_only=self.read_only)
            if self.view is not None:
                self.view(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def plain(self) -> sqlite3.Connection:
        """Open a connection of which nothing is set yet; the caller closes it."""
        if not self.read_only:
            return self._connect_with("mode=rwc")
        connection = self._connect_with("mode=ro")
        try:
            connection.execute("PRAGMA user_version").fetchone()  # the first statement that reads the file
        except sqlite3.Error:
            connection.close()
            if _has_journal(self.file):
                raise
            # A file on a medium that knows no locks can still be read: `immutable` takes none.
            return self._connect_with("mode=ro&immutable=1")
        return connection

    def _connect_with(self, option: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self.file.absolute().as_uri()}?{option}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # the pool hands it to one thread at a time
            timeout=_BUSY_MS / 1000,
        )


def _prepare(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -16000")  # 16 MB
    if not read_only:
        # A rollback journal, because a library must be one file that can be copied and read from a
        # read-only medium; FULL, because with it a power cut leaves the last commit or the one before.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")


def _has_journal(file: Path) -> bool:
    journal = file.with_name(file.name + "-journal")
    return journal.exists() and journal.stat().st_size > 0


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's errors inside the block into the ones a user can read."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(error, folder) from error
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(folder, str(error)) from error
        raise


def _translation(error: sqlite3.Error, folder: Path) -> QAError | sqlite3.Error:
    details = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(folder, details)
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull(folder, details) if _cannot_grow(folder) else LibraryDamaged(folder, details)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy(folder)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LibraryReadOnly(folder, details)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LibraryDamaged(folder, details)
    if isinstance(error, sqlite3.OperationalError) and "no such" in details:
        return LibraryDamaged(folder, details)  # a table or column that every library has is missing
    return error


def _cannot_grow(folder: Path) -> bool:
    """Tell whether a file as large as the database cannot be written any more (quota, file size limit)."""
    try:
        file = folder / FILE_NAME
        end = file.stat().st_size if file.exists() else 0
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.seek(end)
            probe.write(b"\0" * 262_144)  # all of it, or an error; os.write might stop half-way in silence
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return is_disk_full(error)
    return False
