"""The writer's lock: one program at a time may change a library."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

from qa_desktop.errors import DiskFull, LibraryBusy, LibraryReadOnly, is_disk_full

FILE_NAME = "library.lock"


class WriterLock:
    """A lock on a library's folder, held by the operating system for as long as the process lives.

    A lock file that is left behind means nothing: what counts is the lock on it, which the operating
    system lets go when a process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raise LibraryBusy at once where another thread or program has it.

        Raises LibraryReadOnly where the folder cannot be written to, and DiskFull.
        """
        if not self._here.acquire(blocking=False):
            raise LibraryBusy(self._folder)
        try:
            try:
                descriptor = os.open(self._folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                if is_disk_full(error):
                    raise DiskFull(self._folder, str(error)) from error
                raise LibraryReadOnly(self._folder, str(error)) from error
            try:
                _lock(descriptor, self._folder)
                yield
            finally:
                os.close(descriptor)  # lets go of the lock as well
        finally:
            self._here.release()


def _lock(descriptor: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise LibraryBusy(folder) from error
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP):
            raise
        # Some network drives know no locks; SQLite's own lock still keeps the file whole.
