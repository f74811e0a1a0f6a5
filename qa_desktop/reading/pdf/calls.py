"""What pdfium knows about single characters, asked for many at a time.

A page has hundreds of words, and asking about one takes pypdfium2 a microsecond and a half, most of it spent
on checking and converting the arguments.  Here the same functions are called with plain addresses, in loops
that run in C: three to five times faster.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)
_INVISIBLE_MODES = (3, 7)  # of showing text (ISO 32000-1, table 106): neither filled nor stroked
_WHITE = 250  # of 255: what is lighter in all three colours is not seen on paper
_BLACK = bytes(12) + b"\xff\0\0\0"  # red, green, blue, and how opaque

Boxes = tuple[list[float], list[float], list[float], list[float]]


@cache
def _function(name: str, result: type, *arguments: type) -> Callable[..., Any]:
    """Return a function of pdfium that takes its arguments as they are."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


class Glyphs:
    """The characters of one text page; it must stay open while this is used."""

    def __init__(self, handle: Any) -> None:
        self._page = ctypes.cast(handle, ctypes.c_void_p).value

    def boxes(self, indices: Sequence[int]) -> Boxes:
        """Return left, bottom, right and top of these characters, in points of the file; 0 where unknown."""
        pointer = ctypes.c_void_p
        ask = _function("FPDFText_GetCharBox", ctypes.c_int, pointer, ctypes.c_int, *[pointer] * 4)
        found = (ctypes.c_double * (4 * len(indices)))()
        start = ctypes.addressof(found)
        places = (range(start + at, start + at + 32 * len(indices), 32) for at in (0, 8, 16, 24))
        deque(map(ask, repeat(self._page), indices, *places), maxlen=0)
        values = found[:]
        return values[0::4], values[2::4], values[1::4], values[3::4]

    def origins(self, indices: Sequence[int]) -> list[tuple[float, float]]:
        """Return where these characters stand on their base line."""
        pointer = ctypes.c_void_p
        ask = _function("FPDFText_GetCharOrigin", ctypes.c_int, pointer, ctypes.c_int, pointer, pointer)
        found = (ctypes.c_double * (2 * len(indices)))()
        start = ctypes.addressof(found)
        places = (range(start + at, start + at + 16 * len(indices), 16) for at in (0, 8))
        deque(map(ask, repeat(self._page), indices, *places), maxlen=0)
        values = found[:]
        return list(zip(values[0::2], values[1::2], strict=True))

    def sizes(self, indices: Sequence[int]) -> list[tuple[float, float, float]]:
        """Return size of type in points, and the direction (x, y) in which these characters run."""
        pointer = ctypes.c_void_p
        matrix = _function("FPDFText_GetMatrix", ctypes.c_int, pointer, ctypes.c_int, pointer)
        size = _function("FPDFText_GetFontSize", ctypes.c_double, pointer, ctypes.c_int)
        found = (ctypes.c_float * (6 * len(indices)))()
        start = ctypes.addressof(found)
        deque(map(matrix, repeat(self._page), indices, range(start, start + 24 * len(indices), 24)), maxlen=0)
        values = found[:]
        columns = zip(values[0::6], values[1::6], values[2::6], values[3::6], strict=True)
        sizes = map(size, repeat(self._page), indices)
        return [
            (points * (math.hypot(c, d) or 1.0), a, b)
            for points, (a, b, c, d) in zip(sizes, columns, strict=True)
        ]

    def objects(self, indices: Sequence[int]) -> list[int | None]:
        """Return the address of the object that draws each character; None where pdfium made one up."""
        pointer = ctypes.c_void_p
        ask = _function("FPDFText_GetTextObject", pointer, pointer, ctypes.c_int)
        return list(map(ask, repeat(self._page), indices))

    def types(self, objects: Sequence[int | None]) -> list[tuple[int, bool]]:
        """Return the weight of the font of each object, and whether its name says that it is bold."""
        pointer = ctypes.c_void_p
        ask = _function("FPDFTextObj_GetFont", pointer, pointer)
        fonts = {item: ask(item) for item in set(objects) if item}
        known: dict[int | None, tuple[int, bool]] = {None: (0, False)}
        for font in set(fonts.values()):
            known[font] = _type(font)
        return [known[fonts.get(item)] if item else (0, False) for item in objects]

    def unseen(self, objects: Sequence[int | None]) -> dict[int, str]:
        """Return which objects may not be seen, and why: "mode", "clear" or "white"."""
        pointer = ctypes.c_void_p
        different = [item for item in dict.fromkeys(objects) if item]
        mode = _function("FPDFTextObj_GetTextRenderMode", ctypes.c_int, pointer)
        colour = _function("FPDFPageObj_GetFillColor", ctypes.c_int, *[pointer] * 5)
        found = (ctypes.c_uint * (4 * len(different))).from_buffer_copy(_BLACK * len(different))
        start = ctypes.addressof(found)
        places = (range(start + at, start + at + 16 * len(different), 16) for at in (0, 4, 8, 12))
        deque(map(colour, different, *places), maxlen=0)
        values = found[:]
        modes = list(map(mode, different))
        why: dict[int, str] = {}
        if not any(modes) and max(values[0::4], default=0) < _WHITE and min(values[3::4], default=1) > 0:
            return why  # as on most pages
        colours = zip(values[0::4], values[1::4], values[2::4], values[3::4], strict=True)
        for item, shown, (red, green, blue, alpha) in zip(different, modes, colours, strict=True):
            if shown in _INVISIBLE_MODES:
                why[item] = "mode"
            elif shown in (0, 4) and alpha == 0:  # filled, perhaps as a path for clipping, and not stroked
                why[item] = "clear"
            elif shown in (0, 4) and red >= _WHITE and green >= _WHITE and blue >= _WHITE:
                why[item] = "white"
        return why


def _type(font: int | None) -> tuple[int, bool]:
    pointer = ctypes.c_void_p
    weight = _function("FPDFFont_GetWeight", ctypes.c_int, pointer)
    name = _function("FPDFFont_GetBaseFontName", ctypes.c_size_t, pointer, pointer, ctypes.c_size_t)
    buffer = ctypes.create_string_buffer(128)
    length = name(font, buffer, 128)
    written = buffer.value.decode("utf-8", "replace") if 0 < length <= 128 else ""
    return weight(font), bool(_BOLD_NAME.search(written))
