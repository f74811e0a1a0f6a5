"""Recognise the text on a PDF's page that is a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from qa_desktop.domain import FileProblem, ScannedWord
from qa_desktop.errors import QAError
from qa_desktop.reading.pdf.gaps import in_words
from qa_desktop.reading.pdf.lines import PageText
from qa_desktop.reading.scans.scanned import Scanned, page_text

if TYPE_CHECKING:
    from PIL.Image import Image

Scan = Callable[["Image"], Scanned]

_SCALE = 200 / 72  # pixels to a point
_MOST_PIXELS = 6_000_000  # as many as `scan` reads
_UNREAD = 0.2  # share of a page in a writing that is not known, above which that is said
UNKNOWN = "The text is in a writing that cannot be read here."
PARTLY_UNKNOWN = "Part of the text is in a writing that cannot be read here."


@dataclass(frozen=True, slots=True)
class Recognised:
    """What recognition made of a page: its text and words, or in `detail` why there is none.

    `blank` tells that there is nothing on the page, so that nothing is missing; `unread` is the share of it
    whose writing is not known.
    """

    text: PageText | None = None
    words: tuple[ScannedWord, ...] = ()
    blank: bool = False
    detail: str = ""
    unread: float = 0.0


def recognise(picture: Image, number: int, width: float, scan: Scan) -> Recognised:
    """Read the picture of page `number`, as it is shown, `width` points wide."""
    from qa_desktop.reading.scans.read import UnknownWriting, is_blank  # noqa: PLC0415 - numpy loads slowly

    if is_blank(picture):
        return Recognised(blank=True)
    try:
        scanned = scan(picture)
    except UnknownWriting:
        return Recognised(detail=UNKNOWN, unread=1.0)
    except QAError as error:  # the models are not there, or not what they should be
        return Recognised(detail=error.title)
    if not any(c.isalnum() for c in scanned.text):
        return Recognised()
    across = width if (scanned.ratio > 1) == (picture.height > picture.width) else width / scanned.ratio
    return Recognised(page_text(scanned, number, across), scanned.words, unread=scanned.unread)


def recognise_pdf_page(page: Any, number: int, scan: Scan) -> Recognised:
    """Draw a page of a PDF (a `pypdfium2.PdfPage`) in grey and read it."""
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    return recognise(picture, number, width, scan)


class ScanResult(Protocol):
    """What a page tells about text that is missing from it; see `pdf_pages.ReadPage`."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def gap(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str: ...  # noqa: D102
    @property
    def unread(self) -> float: ...  # noqa: D102


def missing_pages(pages: Sequence[ScanResult]) -> Iterator[FileProblem]:
    """Yield a problem for each reason why pages have no text, or not all of theirs."""
    for reason, detail in dict.fromkeys((page.gap, page.detail) for page in pages if page.gap):
        numbers = (page.number for page in pages if (page.gap, page.detail) == (reason, detail))
        yield FileProblem(reason, detail, in_words(numbers))
    partly = [page.number for page in pages if page.unread > _UNREAD]
    if partly:
        yield FileProblem("no_text", PARTLY_UNKNOWN, in_words(partly))
