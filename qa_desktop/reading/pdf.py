"""Read a PDF: text page by page from pdfium, structure from pypdf, blocks from where the lines stand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, Run, text_of
from qa_desktop.reading import limits
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.pdf_annotations import Annotation, read_annotations
from qa_desktop.reading.pdf_gaps import in_words, is_cut_short, needs_recognition
from qa_desktop.reading.pdf_layout import lay_out
from qa_desktop.reading.pdf_lines import PageText
from qa_desktop.reading.pdf_open import Source, engine, open_pdf
from qa_desktop.reading.pdf_structure import Structure, read_structure, sensible_title
from qa_desktop.reading.pdf_text import extract_page
from qa_desktop.reading.problems import Unreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


@dataclass(frozen=True, slots=True)
class PageRead:
    """News of reading: page `number` of `total` has this text and took `seconds`.

    Number 0 tells that the file was opened and has `total` pages.
    """

    number: int
    total: int
    text: str = ""
    seconds: float = 0.0


OnPage = Callable[[PageRead], None]


def ignore_pages(_: PageRead) -> None:
    """News that nobody reads."""


def read_pdf(
    source: Source,
    password: str | None = None,
    on_page: OnPage = ignore_pages,
    *,
    name: str = "",
    skip: Mapping[int, str] = MappingProxyType({}),
    with_structure: bool = True,
) -> Document:
    """Read the PDF in `source`, opening it with `password` if the empty one does not.

    `name` names it where nothing in it does; a file has its own.
    `skip` names pages that are left out, each with its reason code, because reading them broke the reader
    down before; so is, without `with_structure`, what pypdf would read.  Raises `Unreadable` and `OSError`.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    name = name or ("" if isinstance(source, bytes) else source.name)
    if size > limits.LARGEST_FILE:
        raise Unreadable("too_large", f"The file has {size >> 20} MB.")
    with open_pdf(source, password) as document:
        structure = read_structure(source, password) if with_structure else Structure()
        total = len(document)
        on_page(PageRead(0, total))
        pages = list(_read_pages(document, on_page, skip))
    cut_short = is_cut_short(source)
    if not any(c.isalnum() for page in pages for c in page.text.text):
        _nothing_to_read(pages, cut_short=cut_short)
    layout = lay_out([page.text for page in pages], structure.outline)
    labels = structure.labels if len(structure.labels) >= len(pages) else ()
    finished = tuple(
        Page(
            page.number, page.whole, labels[page.number - 1] if labels else layout.labels.get(page.number, "")
        )
        for page in pages
    )
    blocks = _with_the_unprinted(layout.blocks, pages)
    return Document(
        kind="pdf",
        title=structure.title or _title(blocks, finished) or name_in_words(name),
        pages=finished,
        blocks=blocks,
        paged=True,
        author=structure.author,
        date=structure.date,
        language=structure.language,
        engine=engine(),
        problems=tuple(_problems(pages, total, cut_short=cut_short)),
    )


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page as it was read; `gap` is the reason code why it was not, or ''."""

    text: PageText
    annotations: tuple[Annotation, ...] = ()
    gap: str = ""

    @property
    def number(self) -> int:
        return self.text.number

    @property
    def whole(self) -> str:
        """The text of the page, and behind it the annotations, one a line."""
        return self.text.text + "".join(f"{a.text}\n" for a in self.annotations)


def _read_pages(document: PdfDocument, on_page: OnPage, skip: Mapping[int, str]) -> Iterator[_ReadPage]:
    """Yield the pages in order; after too many pages or characters, no more."""
    document.init_forms()
    form = document.formenv.raw if document.formenv else None
    total = len(document)
    characters = 0
    for number in range(1, min(total, limits.MOST_PAGES) + 1):
        began = time.perf_counter()
        page = _empty(number, skip[number]) if number in skip else _read_page(document, number, form)
        characters += len(page.text.text)
        if characters > limits.MOST_CHARACTERS:
            return
        yield page
        on_page(PageRead(number, total, page.whole, time.perf_counter() - began))


def _read_page(document: PdfDocument, number: int, form: object | None) -> _ReadPage:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return _empty(number, "damaged")
    try:
        text = extract_page(page, number, limits.MOST_CHARACTERS_ON_PAGE)
        gap = "no_text" if needs_recognition(page, text.text) else ""
        return _ReadPage(text, tuple(read_annotations(page, form)), gap)
    except OverflowError:
        return _empty(number, "too_large")
    except pypdfium2.PdfiumError:
        return _empty(number, "damaged")
    finally:
        page.close()


def _empty(number: int, gap: str) -> _ReadPage:
    return _ReadPage(PageText(number, "\n", (), 0.0, 0.0, 0.0, 0.0), gap=gap)


def _nothing_to_read(pages: Sequence[_ReadPage], *, cut_short: bool) -> None:
    """Raise the reason why no page has text, unless annotations have."""
    if any(page.annotations for page in pages):
        return
    gaps = [page.gap for page in pages if page.gap not in ("", "no_text")]
    if gaps:
        raise Unreadable(gaps[0])
    raise Unreadable("damaged", "The file breaks off.") if cut_short else Unreadable("no_text")


def _problems(pages: Sequence[_ReadPage], total: int, *, cut_short: bool) -> Iterator[FileProblem]:
    """Yield what is missing, a problem for each reason."""
    for reason in dict.fromkeys(page.gap for page in pages if page.gap):
        yield FileProblem(reason, part=in_words(p.number for p in pages if p.gap == reason))
    if len(pages) < total:
        yield FileProblem("too_large", part=in_words(range(len(pages) + 1, total + 1)))
    if cut_short:
        yield FileProblem(
            "damaged", "The file breaks off; what could be found was read.", "the end of the file"
        )


def _with_the_unprinted(blocks: Sequence[Block], pages: Sequence[_ReadPage]) -> tuple[Block, ...]:
    """Return the blocks with what is hidden on a page, and its annotations, behind the others of the page."""
    result = list(blocks)
    for page in reversed(pages):
        extra = [
            Block(BlockKind.ASIDE, (Run(page.number, *span),), label="hidden") for span in page.text.hidden
        ]
        start = len(page.text.text)
        for annotation in page.annotations:
            run = Run(page.number, start, start + len(annotation.text) + 1)
            extra.append(Block(BlockKind.PARAGRAPH, (run,), locator=f"page {page.number}, {annotation.what}"))
            start = run.end
        if extra:
            places = [i + 1 for i, block in enumerate(result) if block.runs[0].page <= page.number]
            result[max(places, default=0) : max(places, default=0)] = extra
    return tuple(result)


def _title(blocks: Sequence[Block], pages: Sequence[Page]) -> str:
    """Return the highest heading on the first page, or ''."""
    first = [b for b in blocks if b.kind is BlockKind.HEADING and b.runs[0].page == 1]
    best = min(first, key=lambda b: b.level, default=None)
    return sensible_title(text_of(best.runs, pages)) if best else ""
