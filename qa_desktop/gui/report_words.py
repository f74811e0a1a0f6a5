"""What became of files that were to be read, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from qa_desktop.gui import reading_rows as rows
from qa_desktop.gui import words
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.reading_rows import ReadingRow, counted
from qa_desktop.gui.words import tr

OUTCOME_WORDS = {
    rows.FAILED: "Could not be read",
    rows.PARTIAL: "Read in part",
    rows.ADDED: "Added",
    rows.UPDATED: "Read again: it had changed",
    rows.MOVED: "Found in another place",
    rows.REMOVED: "Taken out: the file is gone",
    rows.UNCHANGED: "Unchanged",
    rows.READ: "Read",
    rows.DUPLICATE: "Duplicates",
    rows.SCANNED: "Recognised from pictures",
}

# The order in which a sentence tells them; the words for one and for many.
_TOLD = (
    (rows.ADDED, "%n file added", "%n files added"),
    (rows.UPDATED, "%n read again", "%n read again"),
    (rows.READ, "%n file read", "%n files read"),
    (rows.MOVED, "%n found in another place", "%n found in other places"),
    (rows.UNCHANGED, "%n unchanged", "%n unchanged"),
    (rows.REMOVED, "%n taken out", "%n taken out"),
    (rows.PARTIAL, "%n read in part", "%n read in part"),
    (rows.FAILED, "%n could not be read", "%n could not be read"),
    (rows.DUPLICATE, "%n is a duplicate", "%n are duplicates"),
)


def outcome(code: str) -> str:
    """Return the words for an outcome or a group of rows."""
    return tr(OUTCOME_WORDS[code]) if code in OUTCOME_WORDS else code


def in_short(report: Sequence[ReadingRow]) -> str:
    """Return what became of all files in a sentence: "12 files added, 2 could not be read".

    What lies inside a file is told with it, and counts by itself only where something is to be said of it.
    """
    counts = counted(r for r in report if not r.inside)
    for group in (rows.PARTIAL, rows.FAILED, rows.DUPLICATE):
        counts[group] = sum(group in row.groups for row in report)
    said = [words.count(counts[code], tr(one), tr(many)) for code, one, many in _TOLD if counts[code]]
    return ", ".join(said) or tr("No files")


def totals(report: Sequence[ReadingRow], seconds: float | None = None) -> str:
    """Return how much there is of everything, in a line."""
    files = sum(not row.inside for row in report)
    inside = len(report) - files
    pages, passages = sum(r.pages for r in report), sum(r.passages for r in report)
    scanned = sum(r.scanned for r in report)
    said = [words.count(files, tr("%n file"), tr("%n files"))]
    if inside:
        said.append(words.count(inside, tr("%n document inside them"), tr("%n documents inside them")))
    if pages:
        said.append(words.count(pages, tr("%n page"), tr("%n pages")))
    said.append(words.count(passages, tr("%n passage"), tr("%n passages")))
    if scanned:
        said.append(words.count(scanned, tr("%n page recognised"), tr("%n pages recognised")))
    if seconds is not None:
        said.append(took(seconds))
    return " · ".join(said)


def took(seconds: float) -> str:
    """Return how long something took."""
    if seconds < 60:
        return tr("%1 s").replace("%1", QLocale().toString(seconds, "f", 1 if seconds < 10 else 0))
    minutes, rest = divmod(round(seconds), 60)
    return tr("%1 min %2 s").replace("%1", words.number(minutes)).replace("%2", words.number(rest))


def missing(row: ReadingRow) -> str:
    """Return what is missing of a file and why, in a line; for a copy, what it is a copy of."""
    return "; ".join(dict.fromkeys(words.problem(p) for p in row.problems))


def recognised(row: ReadingRow) -> str:
    """Return how many pages were recognised in pictures, and how surely."""
    if not row.scanned:
        return ""
    if row.confidence is None:
        return words.number(row.scanned)
    return f"{words.number(row.scanned)} · {words.percent(row.confidence)}"


def in_full(row: ReadingRow) -> str:
    """Return everything there is to know about a row: a paragraph for each thing."""
    said = [row.shown, outcome(row.outcome)]
    said += [f"{words.problem(p)}. {words.problem_in_full(p)}" for p in dict.fromkeys(row.problems)]
    if row.same_as:
        said.append(duplicate(row.same_as))
    if row.scanned:
        said.append(scanned(row.scanned, row.confidence))
    return "\n".join(said)


def duplicate(name: str) -> str:
    """Return the sentence for a document that holds the same text as another."""
    text = tr("It holds the same text as “%1”, so the two never count as two sources.")
    return text.replace("%1", name)


def scanned(pages: int, confidence: float | None) -> str:
    """Return the sentence for pages whose text was recognised in pictures."""
    text = words.count(
        pages,
        tr("The text of %n page was recognised in a picture of it"),
        tr("The text of %n pages was recognised in pictures of them"),
    )
    if confidence is not None:
        text += tr(", with %1 confidence").replace("%1", words.percent(confidence))
    return text + "."


def tell(report: Sequence[ReadingRow], messages: Messages) -> None:
    """Say it in a banner if there was nothing to read, or something could not be read."""
    troubled = [r for r in report if r.outcome in (rows.FAILED, rows.PARTIAL)]
    if not report:
        messages.notice(
            tr("Nothing to read was found"), tr("There is no file there of a kind that QA Desktop reads.")
        )
    elif troubled:
        title = words.count(
            len(troubled),
            tr("%n file could not be read, or not wholly"),
            tr("%n files could not be read, or not wholly"),
        )
        messages.warning(
            title,
            tr("Everything else was read. The reading report says why, and what can be done."),
            "",
            "\n".join(f"{row.shown}: {missing(row)}" for row in troubled),
        )
