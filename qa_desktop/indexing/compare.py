"""Which files on disk are new, changed, moved or gone, compared with what a library knows of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from qa_desktop import __version__
from qa_desktop.domain import FileProblem
from qa_desktop.indexing.store_sources import Source
from qa_desktop.indexing.store_write import FileFacts, FileRecord
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


def is_unchanged(file: FoundFile, record: FileRecord | None) -> bool:
    """Tell whether the file was read before and has the same size and date since.

    A file that could not be read counts as unchanged only where trying again would end the same way.
    """
    if record is None or (record.size, record.mtime_ns) != (file.size, file.mtime_ns):
        return False
    if record.state != "unreadable":
        return True
    return record.engine == READER and all(p.reason in _LASTING for p in record.problems)


def facts_of(file: FoundFile, name: str, sha256: str) -> FileFacts:
    """Return the file as it goes into the library."""
    return FileFacts(file.source.id, str(file.path), name, file.size, file.mtime_ns, sha256)


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


def needs_reading(file: FoundFile, record: FileRecord) -> bool:
    """Tell whether a file whose bytes are known has a new name that its text or title depends on."""
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
