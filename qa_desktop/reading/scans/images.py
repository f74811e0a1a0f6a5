"""Recognise the text in a file of pictures: PNG, JPEG, TIFF with its pages, WebP, BMP, GIF, JPEG 2000.

HEIF is not read: the one library for it that comes as a wheel carries libheif and libde265, under the LGPL.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from qa_desktop.domain import BlockKind, Document, Page, text_of
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.pdf.layout import lay_out
from qa_desktop.reading.pdf.lines import PageText
from qa_desktop.reading.pdf.pages import OnPage, PageRead, ReadPage, ignore_pages
from qa_desktop.reading.pdf.scans import Scan, missing_pages, recognise
from qa_desktop.reading.pdf.structure import sensible_title
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.scans.pictures import Pictures, open_pictures, points_across

SWITCHED_OFF = "The recognition of text in pictures is switched off."


def read_image(
    data: bytes,
    name: str,
    on_page: OnPage = ignore_pages,
    *,
    skip: Mapping[int, str] = MappingProxyType({}),
    scan: Scan | None = None,
) -> Document:
    """Read a file of pictures; each is a page.

    `skip` names pages that are left out, each with its reason code.  Raises `Unreadable`: "no_text" also
    where `scan`, which recognises text, is None.
    """
    with open_pictures(data) as pictures:
        if scan is None:
            raise Unreadable("no_text", SWITCHED_OFF)
        pages = list(_pages(pictures, on_page, skip, scan))
    if not any(c.isalnum() for page in pages for c in page.text.text):
        gaps = [page for page in pages if page.gap != "no_text" and page.gap] or [p for p in pages if p.gap]
        raise Unreadable(gaps[0].gap, gaps[0].detail) if gaps else Unreadable("no_text")
    from qa_desktop.reading.scans.read import engine  # noqa: PLC0415 - numpy loads slowly

    layout = lay_out([page.text for page in pages])
    finished = tuple(Page(p.number, p.whole, layout.labels.get(p.number, ""), p.words) for p in pages)
    first = [b for b in layout.blocks if b.kind is BlockKind.HEADING and b.runs[0].page == 1]
    best = min(first, key=lambda b: b.level, default=None)
    title = sensible_title(text_of(best.runs, finished)) if best else ""
    return Document(
        kind="image",
        title=title or name_in_words(name),
        pages=finished,
        blocks=layout.blocks,
        paged=True,
        engine=engine(),
        problems=tuple(missing_pages(pages)),
        origins=(("title", "first heading" if title else "file name"),),
    )


def _pages(pictures: Pictures, on_page: OnPage, skip: Mapping[int, str], scan: Scan) -> Iterator[ReadPage]:
    on_page(PageRead(0, pictures.count))
    for number in range(1, pictures.count + 1):
        began = time.perf_counter()
        page = _empty(number, skip[number]) if number in skip else _page(pictures, number, scan)
        yield page
        on_page(PageRead(number, pictures.count, page.whole, time.perf_counter() - began, page.words))


def _page(pictures: Pictures, number: int, scan: Scan) -> ReadPage:
    try:
        picture = pictures.page(number)
    except Unreadable as error:
        if pictures.count == 1:
            raise
        return _empty(number, error.problem.reason)
    found = recognise(picture, number, points_across(picture), scan)
    empty = _empty(number, "" if found.blank else "no_text")
    return ReadPage(found.text or empty.text, gap="" if found.text else empty.gap, recognised=found)


def _empty(number: int, gap: str) -> ReadPage:
    return ReadPage(PageText(number, "\n", (), 0.0, 0.0, 0.0, 0.0), gap=gap)
