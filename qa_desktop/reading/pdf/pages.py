"""The pages of a PDF, one after the other: text, annotations, and why one of them could not be read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa_desktop.domain import Block, BlockKind, Run, ScannedWord, collapse
from qa_desktop.reading.isolation import limits
from qa_desktop.reading.pdf.annotations import COMMENT, Annotation, read_annotations
from qa_desktop.reading.pdf.gaps import needs_recognition
from qa_desktop.reading.pdf.lines import PageText
from qa_desktop.reading.pdf.scans import Recognised, Scan, recognise_pdf_page
from qa_desktop.reading.pdf.text import extract_page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_DOUBTFUL_PAGES = 1_000  # of a file whose list of pages cannot be right
_DOUBTFUL_CHARACTERS = 5_000_000
FORM_LINE = "line of a form"


@dataclass(frozen=True, slots=True)
class PageRead:
    """News of reading: page `number` of `total` has this text and these words, and took `seconds`.

    Number 0 tells that the file was opened and has `total` pages.
    """

    number: int
    total: int
    text: str = ""
    seconds: float = 0.0
    words: tuple[ScannedWord, ...] = ()


OnPage = Callable[[PageRead], None]


def ignore_pages(_: PageRead) -> None:
    """News that nobody reads."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read; `gap` is the reason code why it was not, or ''.

    `recognised` tells what text recognition made of a page that is a picture.
    """

    text: PageText
    annotations: tuple[Annotation, ...] = ()
    gap: str = ""
    recognised: Recognised | None = None

    @property
    def number(self) -> int:
        """The page's number, counted from 1."""
        return self.text.number

    @property
    def detail(self) -> str:
        """What is known of why there is a gap."""
        return self.recognised.detail if self.recognised else ""

    @property
    def unread(self) -> float:
        """The share of a scanned page whose writing is not known."""
        return self.recognised.unread if self.recognised and not self.gap else 0.0

    @property
    def whole(self) -> str:
        """The text of the page, and behind it the annotations, one a line."""
        return self.text.text + "".join(f"{a.text}\n" for a in self.annotations)

    @property
    def words(self) -> tuple[ScannedWord, ...]:
        """Where recognised words stand, and annotations, whose words are no characters of the page either."""
        scanned = self.recognised.words if self.recognised else ()
        return scanned + tuple(
            ScannedWord(run.start, run.end - 1, *annotation.box, 1.0)
            for annotation, run in self._places()
            if annotation.box[2] > 0 and annotation.box[3] > 0
        )

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of what is not printed: hidden text, then annotations."""
        for span in self.text.hidden:
            yield Block(BlockKind.ASIDE, (Run(self.number, *span),), label="hidden")
        for annotation, run in self._places():
            kind, label = BlockKind.PARAGRAPH, ""
            if annotation.hidden:
                kind, label = BlockKind.ASIDE, "hidden"
            elif annotation.what == COMMENT:
                kind, label = BlockKind.NOTE, "comment"
            place = f"page {self.number}, {annotation.in_words}"
            yield Block(kind, (run,), label=label, locator=place)

    def _places(self) -> Iterator[tuple[Annotation, Run]]:
        start = len(self.text.text)
        for annotation in self.annotations:
            run = Run(self.number, start, start + len(annotation.text) + 1)
            yield annotation, run
            start = run.end


def most_pages(total: int, *, doubtful: bool) -> int:
    """Return how many of `total` pages are read; fewer of a file whose list of pages cannot be right."""
    return min(total, _DOUBTFUL_PAGES if doubtful else limits.MOST_PAGES)


def read_pages(
    document: PdfDocument,
    on_page: OnPage,
    skip: Mapping[int, str],
    form_lines: Sequence[str] = (),
    *,
    doubtful: bool = False,
    scan: Scan | None = None,
) -> Iterator[ReadPage]:
    """Yield the pages in order; after too many pages or characters, no more.

    `scan` recognises the text on pages that are pictures; without it they have none.
    `form_lines` are those of a form in XML; what no page shows of them is added to the last page.
    """
    document.init_forms()
    form = document.formenv.raw if document.formenv else None
    total = len(document)
    last = most_pages(total, doubtful=doubtful)
    left = _DOUBTFUL_CHARACTERS if doubtful else limits.MOST_CHARACTERS
    shown: list[str] = []
    on_page(PageRead(0, last))
    for number in range(1, last + 1):
        began = time.perf_counter()
        page = _empty(number, skip[number]) if number in skip else _read_page(document, number, form, scan)
        if form_lines:
            shown.append(collapse(page.whole).casefold())
            if number == last:
                page = replace(page, annotations=(*page.annotations, *_unseen(form_lines, shown)))
        left -= len(page.text.text)
        if left < 0:
            return
        yield page
        on_page(PageRead(number, last, page.whole, time.perf_counter() - began, page.words))


def _unseen(lines: Sequence[str], shown: Sequence[str]) -> Iterator[Annotation]:
    """Yield those lines of a form whose words, without the field's name, stand on no page."""
    everything = " ".join(shown)
    for line in lines:
        if line.rpartition(": ")[2].casefold() not in everything:
            yield Annotation(FORM_LINE, line, "", (0.0, 0.0, 0.0, 0.0), hidden=False)


def _read_page(document: PdfDocument, number: int, form: object | None, scan: Scan | None) -> ReadPage:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return _empty(number, "damaged")
    try:
        text = extract_page(page, number, limits.MOST_CHARACTERS_ON_PAGE)
        annotations = tuple(read_annotations(page, form))
        if not needs_recognition(page, text.text):
            return ReadPage(text, annotations)
        if scan is None:
            return ReadPage(text, annotations, "no_text")
        found = recognise_pdf_page(page, number, scan)
        gap = "" if found.text or found.blank else "no_text"
        return ReadPage(found.text or text, annotations, gap, found)
    except OverflowError:
        return _empty(number, "too_large")
    except pypdfium2.PdfiumError:
        return _empty(number, "damaged")
    finally:
        page.close()


def _empty(number: int, gap: str) -> ReadPage:
    return ReadPage(PageText(number, "\n", (), 0.0, 0.0, 0.0, 0.0), gap=gap)
