"""What became of the files that were to be added: one line each, and the sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qa_desktop.domain import FileProblem

Outcome = Literal["added", "updated", "unchanged", "moved", "removed", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    `partial` and `failed` have `problems`.  A file that failed and had been read in an earlier version
    keeps that version's text; `passages` is what is searchable of it now.
    """

    name: str
    path: str
    outcome: Outcome
    problems: tuple[FileProblem, ...] = ()
    pages: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of all files, and how long it took in seconds."""

    files: tuple[FileReport, ...]
    seconds: float

    def of(self, *outcomes: Outcome) -> tuple[FileReport, ...]:
        """Return the files with one of these outcomes."""
        return tuple(f for f in self.files if f.outcome in outcomes)

    @property
    def complete(self) -> bool:
        """True if every file was read as a whole."""
        return not self.of("partial", "failed")


def joined(reports: Iterable[FileReport], seconds: float) -> AddReport:
    """Return the sum, the files sorted by name."""
    return AddReport(tuple(sorted(reports, key=lambda f: (f.name, f.path))), seconds)
