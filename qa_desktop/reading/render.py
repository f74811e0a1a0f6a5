"""Draw a page of a PDF, and find where on the picture some of its characters stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_desktop.domain import Run
from qa_desktop.reading import limits
from qa_desktop.reading.pdf_open import open_pdf
from qa_desktop.reading.problems import Unreadable

Rect = tuple[float, float, float, float]

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
    path: Path, page: int, scale: float, runs: Sequence[Run] = (), password: str | None = None
) -> PageImage:
    """Draw page `page` (counted from 1) at `scale` pixels to a point, as it is meant to be seen.

    Of `runs`, those on this page are highlighted.  The picture has at most `limits.MOST_PIXELS`; a larger
    one is drawn smaller.  Raises `Unreadable` and `OSError`.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    with open_pdf(path, password) as document:
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
                rects = tuple(_rects(drawn, [r for r in runs if r.page == page], width, height))
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


def _rects(page: Any, runs: Sequence[Run], width: int, height: int) -> Iterator[Rect]:
    """Yield a rectangle for each line of each run."""
    import pypdfium2.raw as pdfium

    if not runs:
        return
    textpage = page.get_textpage()
    try:
        total = pdfium.FPDFText_CountChars(textpage.raw)
        corners = [ctypes.c_double() for _ in range(4)]
        for run in runs:
            start, end = max(0, run.start), min(run.end, total)
            if end <= start:
                continue
            pieces = []
            for i in range(max(0, pdfium.FPDFText_CountRects(textpage.raw, start, end - start))):
                if pdfium.FPDFText_GetRect(textpage.raw, i, *[ctypes.byref(c) for c in corners]):
                    left, top, right, bottom = (c.value for c in corners)
                    pieces.append(_on_picture(page, (left, top, right, bottom), width, height))
            yield from _joined(pieces)
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


def _joined(pieces: Sequence[Rect]) -> list[Rect]:
    """Join rectangles that follow one another on the same line; pdfium gives one for each change of type."""
    lines: list[Rect] = []
    for piece in pieces:
        if piece[2] <= 0 or piece[3] <= 0:
            continue
        if lines and (joined := _on_one_line(lines[-1], piece)):
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _on_one_line(a: Rect, b: Rect) -> Rect | None:
    """Return the rectangle around two that stand on one line, also on one that runs up or down the page."""
    left, top = min(a[0], b[0]), min(a[1], b[1])
    right, bottom = max(a[0] + a[2], b[0] + b[2]), max(a[1] + a[3], b[1] + b[3])
    across, down = right - left, bottom - top
    level = down <= 1.4 * max(a[3], b[3]) and across <= a[2] + b[2] + 2 * max(a[3], b[3])
    upright = across <= 1.4 * max(a[2], b[2]) and down <= a[3] + b[3] + 2 * max(a[2], b[2])
    narrow = max(a[2], b[2]) < min(a[3], b[3])
    if (level and not narrow) or (upright and narrow):
        overlap = (
            min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
            if not narrow
            else min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
        )
        smaller = min(a[3], b[3]) if not narrow else min(a[2], b[2])
        if overlap > 0.4 * smaller:
            return left, top, across, down
    return None
