"""What became of files that were to be added, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_desktop.gui import words
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.words import tr

if TYPE_CHECKING:
    from qa_desktop.library import AddReport


def in_short(report: AddReport) -> str:
    """Return a line for the status bar."""
    read = len(report.of("added", "updated", "partial"))
    known = len(report.of("unchanged", "moved"))
    gone = len(report.of("removed"))
    parts = [tr("%1 read").replace("%1", words.documents(read))]
    if known:
        parts.append(tr("%1 unchanged").replace("%1", words.number(known)))
    if gone:
        parts.append(tr("%1 taken out").replace("%1", words.number(gone)))
    return " · ".join(parts)


def tell(report: AddReport, messages: Messages) -> None:
    """Say it in a banner if there was nothing to read, or something could not be read."""
    troubled = report.of("failed", "partial")
    if not report.files:
        messages.notice(
            tr("Nothing to read was found"), tr("There is no file there of a kind that QA Desktop reads.")
        )
    elif troubled:
        title = words.count(
            len(troubled),
            tr("%n file could not be read, or not wholly"),
            tr("%n files could not be read, or not wholly"),
        )
        lines = [f"{f.name}: {'; '.join(words.problem(p) for p in f.problems)}" for f in troubled]
        messages.warning(
            title,
            tr("Everything else was read. The reasons stand below the list of documents."),
            "",
            "\n".join(lines),
        )
