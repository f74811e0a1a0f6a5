"""What is asked before documents are taken out of a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import words
from qa_desktop.gui.words import tr


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, what it means, and what is said when it was done."""

    title: str
    text: str
    done: str


def question_before_removing(chosen: Sequence[DocumentEntry], entries: Sequence[DocumentEntry]) -> Asked:
    """Return the words for taking `chosen` out of a library that holds `entries`."""
    count = words.documents(len(chosen))
    ids = {entry.id for entry in chosen}
    text = tr("The files themselves are not touched; they can be added again.")
    if any(entry.container in ids for entry in entries):
        text += " " + tr("What lies inside them goes with them.")
    return Asked(
        tr("Remove %1 from the library?").replace("%1", count), text, tr("Removed %1").replace("%1", count)
    )
