"""Words of a page that nobody sees: without colour, white on white, too small for eyes, beside the page.

A text layer behind the picture of a scanned page is invisible, too, but it is the page's text: it stays.
White print stays where anything lies under it that is not white.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from operator import sub, truediv
from typing import TYPE_CHECKING, Any

from qa_desktop.reading.pdf.calls import Glyphs
from qa_desktop.reading.pdf.lines import Box
from qa_desktop.reading.pdf.probe import Words

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_TINY = 0.0012  # of the page's height, but no more than a point: that on A4
_MOST_OBJECTS = 20_000
_DEEPEST = 4
_MOST_WHITE = 240
_MOST_PIXELS = 2_000_000
_SAME_GREY = 12  # of 255: no eye tells them apart
Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def find_hidden(page: PdfPage, box: Box, words: Words, glyphs: Glyphs) -> frozenset[int]:
    """Return the numbers of the words that cannot be seen on the page, of which `box` is shown."""
    left, bottom, right, top = words.boxes
    hidden: set[int] = set()
    x0, y0, x1, y1 = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    if left and not (min(left) >= x0 and max(right) <= x1 and min(bottom) >= y0 and max(top) <= y1):
        hidden.update(
            i
            for i in range(len(left))
            if not (x0 <= (left[i] + right[i]) / 2 <= x1 and y0 <= (bottom[i] + top[i]) / 2 <= y1)
        )
    least = min(1.0, _TINY * (box[3] - box[1]))
    narrow = map(truediv, map(sub, right, left), map(sub, words.ends, words.starts))
    hidden.update(
        i for i, width in enumerate(narrow) if width < 0.6 * least and 0 < top[i] - bottom[i] < least
    )
    why = glyphs.unseen(words.objects)
    doubtful = [i for i, item in enumerate(words.objects) if item in why and i not in hidden]
    if doubtful:
        bare: list[int] = []
        pictures, colours = _covers(page)
        for i in doubtful:
            under = colours if why[words.objects[i] or 0] == "white" else pictures
            x, y = (left[i] + right[i]) / 2, (bottom[i] + top[i]) / 2
            if not any(a <= x <= c and b <= y <= d for a, b, c, d in under):
                bare.append(i)
        pale = [i for i in bare if why[words.objects[i] or 0] == "white"]
        blank = _blank(page, [(left[i], bottom[i], right[i], top[i]) for i in pale])
        shown = {i for i, is_blank in zip(pale, blank, strict=True) if not is_blank}
        hidden.update(i for i in bare if i not in shown)
    return frozenset(hidden)


def _blank(page: PdfPage, boxes: Sequence[Box]) -> list[bool]:
    """Tell of each box whether nothing is to be seen in it: what counts as white may be a pattern."""
    if not boxes:
        return []
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    scale = min(1.5, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        x, y = ctypes.c_int(), ctypes.c_int()
        found = []
        for box in boxes:
            xs, ys = [], []
            for across, up in (box[:2], box[2:]):
                pdfium.FPDF_PageToDevice(
                    page.raw,
                    0,
                    0,
                    bitmap.width,
                    bitmap.height,
                    0,
                    across,
                    up,
                    ctypes.byref(x),
                    ctypes.byref(y),
                )
                xs.append(min(max(x.value, 0), bitmap.width))
                ys.append(min(max(y.value, 0), bitmap.height))
            inside = b"".join(
                pixels[row * stride + min(xs) : row * stride + max(xs) + 1]
                for row in range(min(ys), min(max(ys) + 1, bitmap.height))
            )
            found.append(not inside or max(inside) - min(inside) <= _SAME_GREY)
        return found
    finally:
        bitmap.close()


def _covers(page: PdfPage) -> tuple[list[Box], list[Box]]:
    """Return the boxes of the pictures on a page, and of everything on it that is not white."""
    import pypdfium2.raw as pdfium

    pictures: list[Box] = []
    colours: list[Box] = []
    for kind, item, box in _objects(page.raw, pdfium, _UNCHANGED, 0):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
            colours.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING or (
            kind == pdfium.FPDF_PAGEOBJ_PATH and _is_coloured(item, pdfium)
        ):
            colours.append(box)
    return pictures, colours


def _objects(
    holder: Any, pdfium: Any, matrix: Matrix, depth: int, spent: list[int] | None = None
) -> Iterator[tuple[int, Any, Box]]:
    """Yield kind, handle and bounds of what is drawn on a page, that inside of forms included."""
    spent = [0] if spent is None else spent
    count, get = (
        (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
        if depth
        else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    )
    numbers = [ctypes.c_float() for _ in range(4)]
    values = pdfium.FS_MATRIX()
    for i in range(max(0, count(holder))):
        spent[0] += 1
        if spent[0] > _MOST_OBJECTS:
            return
        item = get(holder, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST and pdfium.FPDFPageObj_GetMatrix(item, values):
                inner = (values.a, values.b, values.c, values.d, values.e, values.f)
                yield from _objects(item, pdfium, _times(inner, matrix), depth + 1, spent)
        elif pdfium.FPDFPageObj_GetBounds(item, *[ctypes.byref(n) for n in numbers]):
            x0, y0, x1, y1 = (n.value for n in numbers)
            yield kind, item, _moved((x0, y0, x1, y1), matrix)


def _is_coloured(item: Any, pdfium: Any) -> bool:
    """Tell whether a path is filled with something that is not white."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroked)) or not mode.value:
        return False
    colours = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *[ctypes.byref(c) for c in colours]):
        return True  # a pattern
    return colours[3].value > 0 and min(c.value for c in colours[:3]) < _MOST_WHITE


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def spans(words: Words, hidden: Iterable[int]) -> list[tuple[int, int]]:
    """Return the characters of hidden words, neighbours in one stretch."""
    found: list[tuple[int, int]] = []
    last = -2
    for i in sorted(hidden):
        if i == last + 1:
            found[-1] = found[-1][0], words.ends[i]
        else:
            found.append((words.starts[i], words.ends[i]))
        last = i
    return found
