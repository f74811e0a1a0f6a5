"""What became of files that were read: a line for each that needs a word, then a table; or JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qa_desktop.cli.text import counted, plain, wrapped
from qa_desktop.domain import FileProblem
from qa_desktop.errors import REASONS
from qa_desktop.library import AddReport, Outcome, Status

_LABEL = 14  # columns of a row's name
_NUMBER = 7
_MOST_COPIES = 20  # named one by one

_OUTCOMES: dict[Outcome, str] = {
    "added": "added",
    "updated": "updated",
    "moved": "moved",
    "removed": "removed",
    "unchanged": "unchanged",
    "partial": "read in part",
    "failed": "could not be read",
}


def problem_lines(name: str, problems: tuple[FileProblem, ...]) -> list[str]:
    """Return one line per problem: name, reason code, what it means and what to do."""
    lines = []
    for problem in problems:
        reason = REASONS[problem.reason]
        part = f" ({problem.part} not read)" if problem.part else ""
        lines.append(plain(f"{name}: {problem.reason}: {reason.title}{part}. {reason.remedy}"))
    return lines


def report_lines(result: AddReport) -> Iterator[str]:
    """Yield a line for what was not read, or in part, and for each new copy of a text; then the table."""
    for file in result.of("failed", "partial"):
        yield from problem_lines(file.name, file.problems)
    copies = [f for f in result.files if f.same_text_as and f.outcome not in ("unchanged", "removed")]
    for file in copies[:_MOST_COPIES]:
        yield plain(f"{file.name}: same text as {file.same_text_as}; the two count as one source.")
    if copies[_MOST_COPIES:]:
        yield f"… and {len(copies) - _MOST_COPIES:,} more copies (qa-desktop status --documents names them)."
    held = result.totals
    files = [f for f in result.files if not f.container]
    outcomes = [(sum(f.outcome == code for f in files), words) for code, words in _OUTCOMES.items()]
    yield row("Files", held.files, ", ".join(f"{n:,} {words}" for n, words in outcomes if n))
    yield row("Documents", held.documents, inside_words(held.inside))
    yield row("Pages", held.pages, scanned_words(held.scanned, held.confidence))
    yield row("Passages", held.passages)
    if held.languages:
        yield row("Languages", len(held.languages), language_words(held.languages))
    for code, label in (("failed", "Not read"), ("partial", "Read in part")):
        found = result.of("failed") if code == "failed" else result.of("partial")
        if found:
            yield row(label, len(found), reason_words([f.problems for f in found]))
    if held.duplicates:
        yield row("Same text", held.duplicates, "as another document")
    yield row("Seconds", f"{result.seconds:.1f}")


def report_json(result: AddReport, status: Status) -> dict[str, Any]:
    """Return all that is known of what became of the files, as plain data."""
    return {
        "files": [dataclasses.asdict(f) for f in result.files],
        "totals": counted_json(dataclasses.asdict(result.totals)),
        "seconds": round(result.seconds, 2),
        "library": {
            "folder": str(status.folder),
            "files": status.files,
            "documents": status.documents,
            "searchable": status.searchable,
            "passages": status.passages,
        },
    }


def counted_json(values: dict[str, Any]) -> dict[str, Any]:
    """Return `values` with pairs of a name and a number as objects."""
    return {key: dict(v) if key in ("languages", "reasons") else v for key, v in values.items()}


def row(label: str, value: int | str, note: str = "") -> str:
    """Return a row of a table: its name, its number, and what the number is made of."""
    number = value if isinstance(value, str) else f"{value:,}"
    head = f"{label:<{_LABEL}}{number:>{_NUMBER}}   "
    return wrapped(note, " " * len(head), head) if note else head.rstrip()


def inside_words(number: int) -> str:
    """Return how many documents lie inside files."""
    return f"{number:,} of them inside files" if number else ""


def scanned_words(pages: int, confidence: float | None) -> str:
    """Return how many pages were recognised in pictures, and how surely."""
    if not pages:
        return ""
    sure = f", {int(100 * confidence + 1e-6)} % sure" if confidence is not None else ""
    return f"{pages:,} recognised in pictures{sure}"


def language_words(languages: Iterable[tuple[str, int]]) -> str:
    """Return how many documents there are in each language."""
    return ", ".join(f"{code or 'not known'} {number:,}" for code, number in languages)


def reason_words(problems: Sequence[tuple[FileProblem, ...]]) -> str:
    """Return how often each reason code comes first."""
    codes = [own[0].reason for own in problems if own]
    return ", ".join(f"{codes.count(code):,} {code}" for code in dict.fromkeys(codes))


def searchable_words(status: Status) -> str:
    """Return what can be searched, and where."""
    return wrapped(
        f"{counted(status.searchable, 'document')} with {counted(status.passages, 'passage')}"
        f" can be searched in {status.folder}."
    )
