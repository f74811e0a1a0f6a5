"""What became of each file that was read, one row each: from a run, or from what a library holds.

Nothing here knows the window.  A document inside a file has a row of its own, below that of its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa_desktop.domain import DocumentEntry, FileProblem

if TYPE_CHECKING:
    from qa_desktop.library import FileReport

FAILED, PARTIAL, ADDED, UPDATED, MOVED, REMOVED, UNCHANGED, READ = OUTCOMES = (
    "failed",
    "partial",
    "added",
    "updated",
    "moved",
    "removed",
    "unchanged",
    "read",
)
"""Worst first; `read` stands for what a library holds where nobody remembers how it came there."""

DUPLICATE, SCANNED = "duplicate", "scanned"
INSIDE = " › "


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One file, or one document inside a file.

    `name` is its name in the library and `shown` the one for people ("mail.eml › report.pdf"), `outcome` one
    of `OUTCOMES`.  `id` is the document's, `file` that of the file it lies in (its own if it is one); None
    where the library holds neither.  `same_as` names the document of which this is a copy.
    """

    name: str
    shown: str
    outcome: str
    path: str = ""
    problems: tuple[FileProblem, ...] = ()
    id: int | None = None
    file: int | None = None
    kind: str = ""
    pages: int = 0
    passages: int = 0
    language: str = ""
    scanned: int = 0
    confidence: float | None = None
    same_as: str = ""
    place: str = ""

    @property
    def inside(self) -> bool:
        """Whether it is a document inside a file."""
        return self.file is not None and self.file != self.id

    @property
    def locked(self) -> bool:
        """Whether a password would open it."""
        return any(p.reason == "encrypted" for p in self.problems)

    @property
    def groups(self) -> frozenset[str]:
        """What it counts among: its outcome, the copies, the scans."""
        found = {self.outcome}
        if self.same_as:
            found.add(DUPLICATE)
        if self.scanned:
            found.add(SCANNED)
        return frozenset(found)


def rows_of_library(entries: Sequence[DocumentEntry]) -> tuple[ReadingRow, ...]:
    """Return a row for everything that a library holds."""
    by_id = {entry.id: entry for entry in entries}
    outcomes = {"unreadable": FAILED, "partial": PARTIAL}
    return tuple(_row(entry, by_id, outcomes.get(entry.state, READ)) for entry in entries)


def rows_of_run(files: Iterable[FileReport], entries: Sequence[DocumentEntry]) -> tuple[ReadingRow, ...]:
    """Return a row for each file of a run, and for the documents inside it, by name.

    `entries` are what the library holds after the run.
    """
    by_id = {entry.id: entry for entry in entries}
    by_name = {entry.name: entry for entry in entries}
    inside: dict[int, list[DocumentEntry]] = {}
    for held in entries:
        if held.container is not None:
            inside.setdefault(held.container, []).append(held)
    rows: dict[str, ReadingRow] = {}
    for file in files:
        entry = by_name.get(file.name)
        if entry is None:
            rows[file.name] = ReadingRow(
                file.name, file.name, file.outcome, file.path, file.problems, None, None, "", file.pages
            )
            continue
        row = _row(entry, by_id, file.outcome)
        rows[file.name] = replace(row, problems=file.problems or row.problems)
        for part in _parts(entry, inside):
            outcomes = {"unreadable": FAILED, "partial": PARTIAL}
            rows.setdefault(part.name, _row(part, by_id, outcomes.get(part.state, file.outcome)))
    return tuple(sorted(rows.values(), key=lambda r: (r.name.casefold(), r.name)))


def renewed(rows: Sequence[ReadingRow], again: Sequence[ReadingRow]) -> tuple[ReadingRow, ...]:
    """Return `rows` with those in place that were read `again`; parts that are no longer there go."""
    files = {row.file for row in again if row.file is not None}
    names = {row.name for row in again}
    kept = [r for r in rows if r.name not in names and (r.file is None or r.file not in files)]
    return tuple(sorted([*kept, *again], key=lambda r: (r.name.casefold(), r.name)))


def counted(rows: Iterable[ReadingRow]) -> Counter[str]:
    """Count the rows by the groups they belong to."""
    return Counter(group for row in rows for group in row.groups)


def shown_name(entry: DocumentEntry, by_id: dict[int, DocumentEntry]) -> str:
    """Return a document's name for people: "mail.eml › report.pdf" for one inside a file."""
    holder = by_id.get(entry.container) if entry.container is not None else None
    if holder is None:
        return entry.name
    own = entry.name.removeprefix(holder.name + "/")
    return shown_name(holder, by_id) + INSIDE + own


def file_of(entry: DocumentEntry, by_id: dict[int, DocumentEntry]) -> int:
    """Return the id of the file that a document lies in, its own if it is a file."""
    holder = by_id.get(entry.container) if entry.container is not None else None
    return entry.id if holder is None else file_of(holder, by_id)


def _parts(entry: DocumentEntry, inside: dict[int, list[DocumentEntry]]) -> Iterator[DocumentEntry]:
    for part in inside.get(entry.id, ()):
        yield part
        yield from _parts(part, inside)


def _row(entry: DocumentEntry, by_id: dict[int, DocumentEntry], outcome: str) -> ReadingRow:
    return ReadingRow(
        entry.name,
        shown_name(entry, by_id),
        outcome,
        entry.path,
        entry.problems,
        entry.id,
        file_of(entry, by_id),
        entry.kind,
        entry.pages if entry.paged else 0,
        entry.passages,
        entry.language,
        entry.scanned,
        entry.confidence,
        entry.same_text_as,
        entry.place,
    )
