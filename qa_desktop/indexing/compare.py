"""Which files on disk are new, changed, moved or gone, compared with what a library knows of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from qa_desktop import __version__
from qa_desktop.domain import FileProblem
from qa_desktop.indexing.store_records import READING, FileFacts, FileRecord
from qa_desktop.indexing.store_sources import Source
from qa_desktop.reading.blocks import name_in_words

READER = f"qa-desktop {__version__}"
"""Written as the engine of a file that could not be read: a newer program tries it again."""

_LASTING = frozenset({"encrypted", "damaged", "empty", "no_text", "unsupported", "too_large"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on disk: the source it belongs to, its absolute path, and its name below what was added."""

    source: Source
    path: Path
    name: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Wish:
    """How files are to be read: a password to be tried, and whether scanned pages are recognised."""

    password: str | None = None
    scans: bool = True


PLAINLY = Wish()


def is_unchanged(file: FoundFile, record: FileRecord | None, wish: Wish) -> bool:
    """Tell whether the file was read before, has the same size and date since, and reading it is not due."""
    if record is None or (record.size, record.mtime_ns) != (file.size, file.mtime_ns):
        return False
    return not is_due(record, wish)


def is_due(record: FileRecord, wish: Wish) -> bool:
    """Tell whether reading a file again, though it is the same, may bring more than it did.

    That is so after an earlier version of the reader, with a password or text recognition that was missing
    then, and for a file that could not be read unless trying again would end the same way.
    """
    if record.reading < READING:
        return True
    if wish.password and "encrypted" in record.reasons:
        return True
    if wish.scans and not record.scans and "no_text" in record.reasons:
        return True
    if record.state != "unreadable":
        return False
    return record.engine != READER or any(p.reason not in _LASTING for p in record.problems)


def facts_of(file: FoundFile, name: str, sha256: str, *, scans: bool) -> FileFacts:
    """Return the file as it goes into the library."""
    return FileFacts(file.source.id, str(file.path), name, file.size, file.mtime_ns, sha256, scans)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def problem_of(error: OSError) -> FileProblem:
    """Return why the operating system does not hand out a file."""
    reason = "gone" if isinstance(error, FileNotFoundError | NotADirectoryError) else "permission"
    return FileProblem(reason, error.strerror or str(error))


def looked_at_again(file: FoundFile) -> FoundFile:
    """Return the file as it is now; OSError where it is gone."""
    facts = file.path.stat()
    return replace(file, size=facts.st_size, mtime_ns=facts.st_mtime_ns)


def moved_from(sha256: str, records: Iterable[FileRecord]) -> FileRecord | None:
    """Return the readable document with these bytes whose file is no longer where it was."""
    for record in records:
        readable = record.state != "unreadable" and not record.stale
        if readable and record.sha256 == sha256 and not os.path.lexists(record.path):
            return record
    return None


def needs_reading(file: FoundFile, record: FileRecord, wish: Wish) -> bool:
    """Tell whether a file whose bytes are known is to be read again.

    That is so where reading is due, or a new name has come on which its text or title depends.
    """
    if is_due(record, wish):
        return True
    old, new = PurePosixPath(record.name), PurePosixPath(file.name)
    if old.name == new.name:
        return False
    return old.suffix.lower() != new.suffix.lower() or record.title == name_in_words(old.name)


def free_name(wanted: str, root: Path, taken: Mapping[str, str], path: str) -> str:
    """Return a name that no other file in the library has.

    `taken` maps names to paths.  On a collision the name of the added folder goes in front, and if that
    is taken too, a number behind.
    """
    candidates = [wanted, f"{root.name}/{wanted}"]
    for candidate in candidates:
        if taken.get(candidate, path) == path:
            return candidate
    number = 2
    while taken.get(f"{candidates[1]} ({number})", path) != path:
        number += 1
    return f"{candidates[1]} ({number})"


def free_inner_name(wanted: str, taken: Mapping[str, str], own: Container[str], path: str) -> str:
    """Return a name for a document inside the file at `path`.

    `taken` maps names to the paths of files, `own` are those given to documents inside this one already.
    """
    name, number = wanted, 1
    while name in own or taken.get(name, path) != path:
        number += 1
        name = f"{wanted} ({number})"
    return name
