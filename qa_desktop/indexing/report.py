"""What became of the files that were to be added: one line each, with what lies inside them, and the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from qa_desktop.domain import DocumentEntry, FileProblem

Outcome = Literal["added", "updated", "unchanged", "moved", "removed", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, or of one document inside a file (then `container` is that file's name).

    `partial` and `failed` have `problems`.  A file that failed and had been read in an earlier version
    keeps that version's text; `passages` is what is searchable of it now.  `document` is its id in the
    library (None where it has been taken out).  `scanned` pages were recognised in pictures, their words with
    a mean `confidence` of 0 to 1.  `same_text_as` names an earlier document with the same text.
    """

    name: str
    path: str
    outcome: Outcome
    problems: tuple[FileProblem, ...] = ()
    pages: int = 0
    passages: int = 0
    document: int | None = None
    container: str = ""
    kind: str = ""
    language: str = ""
    scanned: int = 0
    confidence: float | None = None
    same_text_as: str = ""

    @property
    def searchable(self) -> bool:
        """True if something of it can be found."""
        return self.passages > 0


@dataclass(frozen=True, slots=True)
class AddTotals:
    """What an `AddReport` comes to.

    `files` counts files, `inside` the documents inside them, `documents` all that have or should have text of
    their own.  `scanned` pages have words with a mean `confidence`, 0 to 1.  `languages` are pairs of an ISO
    639-1 code (empty: not known) and the number of documents, the most frequent first; `reasons` likewise of
    the reason codes of what was not read, or not wholly.
    """

    files: int
    documents: int
    inside: int
    pages: int
    passages: int
    partial: int
    failed: int
    duplicates: int
    scanned: int
    confidence: float | None
    languages: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of all files, and how long it took in seconds."""

    files: tuple[FileReport, ...]
    seconds: float

    def of(self, *outcomes: Outcome) -> tuple[FileReport, ...]:
        """Return the files, and the documents inside files, with one of these outcomes."""
        return tuple(f for f in self.files if f.outcome in outcomes)

    @property
    def complete(self) -> bool:
        """True if every file was read as a whole."""
        return not self.of("partial", "failed")

    @property
    def totals(self) -> AddTotals:
        """What it comes to; what was taken out counts among the files alone."""
        held = [f for f in self.files if f.outcome != "removed"]
        searchable = [f for f in held if f.searchable]
        scanned = sum(f.scanned for f in held)
        sure = sum(f.scanned * f.confidence for f in held if f.confidence is not None)
        troubled = self.of("partial", "failed")
        return AddTotals(
            files=sum(not f.container for f in self.files),
            documents=sum(f.searchable or bool(f.problems) for f in held),
            inside=sum(bool(f.container) for f in held),
            pages=sum(f.pages for f in held),
            passages=sum(f.passages for f in held),
            partial=len(self.of("partial")),
            failed=len(self.of("failed")),
            duplicates=sum(bool(f.same_text_as) for f in held),
            scanned=scanned,
            confidence=sure / scanned if scanned else None,
            languages=_counted(f.language for f in searchable),
            reasons=_counted(f.problems[0].reason for f in troubled if f.problems),
        )


def joined(reports: Iterable[FileReport], seconds: float) -> AddReport:
    """Return the sum, sorted by name."""
    return AddReport(tuple(sorted(reports, key=lambda f: (f.name, f.path))), seconds)


def described(report: FileReport, entry: DocumentEntry) -> FileReport:
    """Return the report with what the library now holds of the document."""
    return replace(
        report,
        name=entry.name,
        pages=entry.pages,
        passages=entry.passages,
        document=entry.id,
        kind=entry.kind,
        language=entry.language,
        scanned=entry.scanned,
        confidence=entry.confidence,
        same_text_as=entry.same_text_as,
    )


def with_parts(reports: Iterable[FileReport], entries: Mapping[str, list[DocumentEntry]]) -> list[FileReport]:
    """Return the reports of files with what the library now holds of each, and one for each document inside.

    `entries` are those of a file and of the documents inside it, by its path; the file comes first.
    """
    found: list[FileReport] = []
    for report in reports:
        family = entries.get(report.path, []) if report.outcome != "removed" else []
        found.append(described(report, family[0]) if family else report)
        found.extend(described(_inner(report, entry, family[0]), entry) for entry in family[1:])
    return found


def _inner(report: FileReport, entry: DocumentEntry, file: DocumentEntry) -> FileReport:
    """Return the report of a document inside a file."""
    outcome = report.outcome
    if entry.state in ("unreadable", "partial"):
        outcome = "failed" if entry.state == "unreadable" else "partial"
    elif outcome == "failed" and file.state != "unreadable":
        outcome = "unchanged"  # the present version of the file could not be read; this is of the earlier one
    elif outcome in ("failed", "partial"):
        outcome = "added"
    return FileReport(entry.name, report.path, outcome, entry.problems, container=report.name)


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
