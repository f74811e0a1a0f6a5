"""A place in a document that is to be shown, and what must be fetched to show it honestly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa_desktop.domain import (
    Block,
    Citation,
    DocumentEntry,
    FileProblem,
    Hit,
    Page,
    Run,
    collapse,
    merge_runs,
    text_of,
)
from qa_desktop.gui.page_pictures import Drawn
from qa_desktop.gui.text_flow import Paragraph, lay_out

_MOST_FOUND = 1000
_DRAWN = ("pdf", "image")  # kinds whose pages the reader can draw


class Origin(Protocol):
    """Where an original lies, and whether it is "unchanged", "changed" or "gone"."""

    @property
    def path(self) -> object:
        """Where it is, or was."""

    @property
    def state(self) -> str:
        """What became of it."""


class Shelf(Protocol):
    """What the source view asks of a library; every call may take long and is made on a thread."""

    def original(self, document_id: int) -> Origin:
        """Return where the original lies now."""

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return the stored text."""

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return the stored blocks."""

    def page_image(
        self, document_id: int, page: int, scale: float, runs: Sequence[Run] = ()
    ) -> Drawn | FileProblem:
        """Draw a page at so many pixels per point."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a document: `sentences` are what is quoted, each with where it is said to stand."""

    document: DocumentEntry
    sentences: tuple[tuple[str, tuple[Run, ...]], ...]
    page: int
    locator: str = ""

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, neighbours merged."""
        return merge_runs(run for _, runs in self.sentences for run in runs)

    def proven(self, pages: Sequence[Page]) -> bool:
        """Tell whether the stored text holds every quoted word where it is said to stand."""
        try:
            return all(text_of(runs, pages) == collapse(text) for text, runs in self.sentences)
        except IndexError:
            return False


def place_of_citation(citation: Citation) -> Place:
    """Return the place of a citation."""
    page = citation.page or (citation.runs[0].page if citation.runs else 1)
    return Place(citation.document, ((citation.quote, citation.runs),), page, citation.locator)


def place_of_hit(hit: Hit) -> Place:
    """Return the place of a passage."""
    sentences = tuple((sentence.text, sentence.runs) for sentence in hit.passage.sentences)
    locator = " › ".join(hit.passage.headings)
    return Place(hit.document, sentences, hit.passage.page, locator)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was fetched to show a place.  `paragraphs` is empty where pages are shown as printed.

    `runs` is empty where the place could not be proven: a wrong mark is worse than none.
    """

    place: Place
    origin: Origin
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    runs: tuple[Run, ...]

    @property
    def as_printed(self) -> bool:
        """Whether the original's own pages are to be shown."""
        return not self.paragraphs


def open_place(shelf: Shelf, place: Place, *, as_text: bool = False) -> Opened:
    """Fetch what shows `place`: the stored text where the original cannot be trusted, or `as_text`."""
    document = place.document
    origin = shelf.original(document.id)
    pages = shelf.pages(document.id)
    runs = place.runs if place.proven(pages) else ()
    if has_pictures(document) and origin.state == "unchanged" and not as_text:
        return Opened(place, origin, pages, (), runs)
    paragraphs = lay_out(shelf.blocks(document.id), pages, paged=document.paged)
    return Opened(place, origin, pages, paragraphs, runs)


def has_pictures(document: DocumentEntry) -> bool:
    """Tell whether a document has pages that can be shown as they were printed or photographed."""
    return document.paged and document.kind in _DRAWN


def confidence(opened: Opened, page: int) -> float | None:
    """Return how surely the place, or else its page, was recognised in a picture; None where it was not."""
    if not 1 <= page <= len(opened.pages):
        return None
    held = opened.pages[page - 1].words
    runs = [run for run in opened.runs if run.page == page]
    cited = [w for w in held if any(w.start < run.end and run.start < w.end for run in runs)]
    chosen = cited or held
    return sum(word.confidence for word in chosen) / len(chosen) if chosen else None


def find_all(pages: Sequence[Page], words: str) -> tuple[Run, ...]:
    """Return where `words` stand, at most 1000 times, without regard to case, accents or line ends."""
    wanted = _plain(words).split()
    if not wanted:
        return ()
    # Between two letters a PDF may hold the mark of a hyphen at the end of a line.
    letters = ("(?:[\u0002\u00ad]\\s*)?".join(re.escape(c) for c in word) for word in wanted)
    pattern = re.compile(r"\s+".join(letters))
    found: list[Run] = []
    for page in pages:
        for match in pattern.finditer(_plain(page.text)):
            found.append(Run(page.number, *match.span()))
            if len(found) == _MOST_FOUND:
                return tuple(found)
    return tuple(found)


def _plain(text: str) -> str:
    """Return `text` in lower case without accents, letter for letter, so that places stay the same."""
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """Maps a letter to its plain form when that is one letter, and remembers it."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFD", letter)[:1].lower()
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


_BARE = _Bare()
