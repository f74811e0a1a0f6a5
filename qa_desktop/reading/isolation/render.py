"""Draw a page of a PDF or of a file of pictures, and find where on it some of its characters stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qa_desktop.domain import Run, ScannedWord
from qa_desktop.reading.isolation import limits
from qa_desktop.reading.isolation.highlights import Rect, joined, rects_of_words
from qa_desktop.reading.pdf.open import Source, open_pdf
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.scans.pictures import open_pictures, points_across

_FINER = 16  # pdfium answers in whole pixels; asked about a picture so many times larger, it is exact enough


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page, and the rectangles around its highlighted characters.

    `rgb` holds `height` rows of `stride` bytes, of which the first 3 × `width` are pixels (red, green, blue).
    `scale` is the number of pixels to a point that was used.  `rects` are (x, y, width, height) in pixels
    from the top left corner, one for each line of each run, in the order of the runs.
    """

    width: int
    height: int
    stride: int
    rgb: bytes
    scale: float
    rects: tuple[Rect, ...] = ()


def render_page(
    source: Source,
    page: int,
    scale: float,
    runs: Sequence[Run] = (),
    password: str | None = None,
    words: Sequence[ScannedWord] = (),
    *,
    kind: str = "pdf",
) -> PageImage:
    """Draw page `page` (counted from 1) at `scale` pixels to a point, as it is meant to be seen.

    Of `runs`, those on this page are highlighted; where they touch `words`, which were not read from the
    page's own text, by the boxes of these.  `kind` is "pdf" or "image".  The picture has at most
    `limits.MOST_PIXELS`; a larger one is drawn smaller.  Raises `Unreadable` and `OSError`.
    """
    here = [run for run in runs if run.page == page]
    if kind == "image":
        return _render_picture(source, page, scale, here, words)
    return _render_pdf(source, page, scale, here, password, words)


def _render_picture(
    source: Source, page: int, scale: float, runs: Sequence[Run], words: Sequence[ScannedWord]
) -> PageImage:
    from PIL import Image

    with open_pictures(source if isinstance(source, bytes) else source.read_bytes()) as pictures:
        picture = pictures.page(page)
        across = points_across(picture)
        width, height, used = fitting(across, across * picture.height / picture.width, scale)
        if picture.mode.startswith("I;16"):
            picture = picture.point(lambda level: level / 256).convert("L")
        drawn = picture.convert("RGBA").resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
        paper = Image.new("RGBA", drawn.size, "white")
        rgb = Image.alpha_composite(paper, drawn).convert("RGB").tobytes()
    rects = tuple(rect for run in runs for rect in rects_of_words(run, words, width, height))
    return PageImage(width, height, 3 * width, rgb, used, rects)


def _render_pdf(
    source: Source,
    page: int,
    scale: float,
    runs: Sequence[Run],
    password: str | None,
    words: Sequence[ScannedWord],
) -> PageImage:
    import pypdfium2
    import pypdfium2.raw as pdfium

    with open_pdf(source, password) as document:
        if not 1 <= page <= len(document):
            raise Unreadable("damaged", f"There is no page {page}.")
        document.init_forms()
        try:
            drawn = document[page - 1]
        except pypdfium2.PdfiumError as error:
            raise Unreadable("damaged", str(error)) from error
        try:
            across, down = drawn.get_size()
            width, height, used = fitting(across, down, scale)
            bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
            try:
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
                flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
                pdfium.FPDF_RenderPageBitmap(bitmap.raw, drawn.raw, 0, 0, width, height, 0, flags)
                if document.formenv:
                    pdfium.FPDF_FFLDraw(
                        document.formenv.raw, bitmap.raw, drawn.raw, 0, 0, width, height, 0, flags
                    )
                rgb = bytes(bitmap.buffer)
                rects = tuple(_rects(drawn, runs, words, width, height))
                return PageImage(width, height, bitmap.stride, rgb, used, rects)
            finally:
                bitmap.close()
        finally:
            drawn.close()


def fitting(width: float, height: float, scale: float) -> tuple[int, int, float]:
    """Return width and height in pixels of a page of so many points, and the scale that keeps the limit."""
    width, height = max(width, 1.0), max(height, 1.0)
    wanted = min(scale, math.sqrt(limits.MOST_PIXELS / (width * height)))
    across, down = max(1, round(width * wanted)), max(1, round(height * wanted))
    if across * down > limits.MOST_PIXELS:  # a page that is one long thread
        across, down = min(across, limits.MOST_PIXELS // down or 1), min(down, limits.MOST_PIXELS)
    return across, down, wanted


def _rects(
    page: Any, runs: Sequence[Run], words: Sequence[ScannedWord], width: int, height: int
) -> Iterator[Rect]:
    """Yield a rectangle for each line of each run."""
    import pypdfium2.raw as pdfium

    if not runs:
        return
    textpage = page.get_textpage()
    try:
        total = pdfium.FPDFText_CountChars(textpage.raw)
        corners = [ctypes.c_double() for _ in range(4)]
        for run in runs:
            seen = list(rects_of_words(run, words, width, height))
            if seen:
                yield from seen
                continue
            start, end = max(0, run.start), min(run.end, total)
            if end <= start:
                continue
            pieces = []
            for i in range(max(0, pdfium.FPDFText_CountRects(textpage.raw, start, end - start))):
                if pdfium.FPDFText_GetRect(textpage.raw, i, *[ctypes.byref(c) for c in corners]):
                    left, top, right, bottom = (c.value for c in corners)
                    pieces.append(_on_picture(page, (left, top, right, bottom), width, height))
            yield from joined(pieces)  # pdfium gives one for each change of type
    finally:
        textpage.close()


def _on_picture(page: Any, box: Rect, width: int, height: int) -> Rect:
    """Return (x, y, width, height) in pixels of (left, top, right, bottom) in the page's own points."""
    import pypdfium2.raw as pdfium

    xs, ys = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, width * _FINER, height * _FINER, 0, across, up, ctypes.byref(x), ctypes.byref(y)
        )
        xs.append(x.value / _FINER)
        ys.append(y.value / _FINER)
    left, top = max(0.0, min(xs)), max(0.0, min(ys))
    return left, top, max(0.0, min(max(xs), width) - left), max(0.0, min(max(ys), height) - top)
