"""Read a PDF: text page by page from pdfium, structure from pypdf, blocks from where the lines stand."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, text_of
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.isolation import limits
from qa_desktop.reading.pdf.gaps import in_words, is_cut_short
from qa_desktop.reading.pdf.layout import lay_out
from qa_desktop.reading.pdf.open import Source, engine, open_pdf
from qa_desktop.reading.pdf.pages import OnPage, PageRead, ReadPage, ignore_pages, read_pages
from qa_desktop.reading.pdf.scans import Scan, missing_pages
from qa_desktop.reading.pdf.structure import Structure, read_structure, sensible_title
from qa_desktop.reading.problems import Unreadable

__all__ = ["OnPage", "PageRead", "ignore_pages", "read_pdf"]

_PROPERTIES = "document properties"


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for objects that refer to each other: these many do not."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collecting()
def read_pdf(
    source: Source,
    password: str | None = None,
    on_page: OnPage = ignore_pages,
    *,
    name: str = "",
    skip: Mapping[int, str] = MappingProxyType({}),
    with_structure: bool = True,
    scan: Scan | None = None,
) -> Document:
    """Read the PDF in `source`, opening it with `password` if the empty one does not.

    `name` names it where nothing in it does; a file has its own.
    `skip` names pages that are left out, each with its reason code, because reading them broke the reader
    down before; so is, without `with_structure`, all but pages.  `scan` recognises the text on pages
    that are pictures; without it they are named as pages without text.  Raises `Unreadable` and `OSError`.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    name = name or ("" if isinstance(source, bytes) else source.name)
    if size > limits.LARGEST_FILE:
        raise Unreadable("too_large", f"The file has {size >> 20} MB.")
    with open_pdf(source, password) as document:
        structure = read_structure(document, source, password) if with_structure else Structure()
        total = len(document)
        pages = list(
            read_pages(document, on_page, skip, structure.form, doubtful=structure.doubtful, scan=scan)
        )
    cut_short = is_cut_short(source)
    if not any(c.isalnum() for page in pages for c in page.text.text):
        _nothing_to_read(pages, cut_short=cut_short)
    layout = lay_out([page.text for page in pages], structure.outline)
    labels = structure.labels if len(structure.labels) >= len(pages) else ()
    finished = tuple(
        Page(
            page.number,
            page.whole,
            labels[page.number - 1] if labels else layout.labels.get(page.number, ""),
            page.words,
        )
        for page in pages
    )
    blocks = _with_the_unprinted(layout.blocks, pages)
    title, found_in = _title(structure.title, blocks, finished, name)
    facts = (("author", structure.author), ("date", structure.date), ("language", structure.language))
    return Document(
        kind="pdf",
        title=title,
        pages=finished,
        blocks=blocks,
        paged=True,
        author=structure.author,
        date=structure.date,
        language=structure.language,
        engine=engine(),
        problems=tuple(_problems(pages, total, cut_short=cut_short)),
        origins=(("title", found_in), *((fact, _PROPERTIES) for fact, value in facts if value)),
    )


def _nothing_to_read(pages: Sequence[ReadPage], *, cut_short: bool) -> None:
    """Raise the reason why no page has text, unless annotations have."""
    if any(page.annotations for page in pages):
        return
    gaps = [page.gap for page in pages if page.gap not in ("", "no_text")]
    if gaps:
        raise Unreadable(gaps[0])
    details = [page.detail for page in pages if page.detail]
    if cut_short and not details:
        raise Unreadable("damaged", "The file breaks off.")
    raise Unreadable("no_text", details[0] if details else "")


def _problems(pages: Sequence[ReadPage], total: int, *, cut_short: bool) -> Iterator[FileProblem]:
    """Yield what is missing, a problem for each reason."""
    yield from missing_pages(pages)
    if len(pages) < total:
        yield FileProblem("too_large", part=in_words(range(len(pages) + 1, total + 1)))
    if cut_short:
        yield FileProblem(
            "damaged", "The file breaks off; what could be found was read.", "the end of the file"
        )


def _with_the_unprinted(blocks: Sequence[Block], pages: Sequence[ReadPage]) -> tuple[Block, ...]:
    """Return the blocks with what is hidden on a page, and its annotations, behind the others of the page."""
    result = list(blocks)
    for page in reversed(pages):
        extra = list(page.blocks())
        if extra:
            places = [i + 1 for i, block in enumerate(result) if block.runs[0].page <= page.number]
            result[max(places, default=0) : max(places, default=0)] = extra
    return tuple(result)


def _title(said: str, blocks: Sequence[Block], pages: Sequence[Page], name: str) -> tuple[str, str]:
    """Return the title and where it was found: what the file says, else the first page's highest heading."""
    if said:
        return said, _PROPERTIES
    first = [b for b in blocks if b.kind is BlockKind.HEADING and b.runs[0].page == 1]
    best = min(first, key=lambda b: b.level, default=None)
    title = sensible_title(text_of(best.runs, pages)) if best else ""
    return (title, "first heading") if title else (name_in_words(name), "file name")
