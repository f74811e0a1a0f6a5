"""What the list of documents is narrowed to: words, and facets with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa_desktop.domain import DocumentEntry
from qa_desktop.domain.file_types import type_of


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows.

    That is, documents that hold all words of `text` in title, name or author, and whose type, year, top
    folder and language are among those chosen (empty: any).  `kinds` are types of `file_types`, as in `type:`
    of a question.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    @property
    def active(self) -> bool:
        """Whether anything may be hidden."""
        return self != Filter()

    def accepts(self, entry: DocumentEntry) -> bool:
        """Whether the document is shown."""
        heap = f"{entry.title} {entry.name} {entry.author}".casefold()
        return (
            all(word in heap for word in self.text.casefold().split())
            and (not self.kinds or type_of(entry.kind) in self.kinds)
            and (not self.years or entry.date[:4] in self.years)
            and (not self.folders or top_folder(entry) in self.folders)
            and (not self.languages or entry.language in self.languages)
        )


def top_folder(entry: DocumentEntry) -> str:
    """Return the first folder of the document's name, or nothing."""
    return entry.name.partition("/")[0] if "/" in entry.name else ""


def facets(entries: Sequence[DocumentEntry]) -> dict[str, Counter[str]]:
    """Count documents by "kinds", "years", "folders" and "languages"; the empty string stands for "none"."""
    return {
        "kinds": Counter(type_of(e.kind) for e in entries),
        "years": Counter(e.date[:4] for e in entries),
        "folders": Counter(top_folder(e) for e in entries),
        "languages": Counter(e.language for e in entries),
    }
