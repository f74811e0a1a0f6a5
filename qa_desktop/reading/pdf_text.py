"""The text of a PDF page exactly as the engine that draws it counts its characters, and where its lines lie.

The canonical text of a page is pdfium's character array, one character for one index, so that a run can be
turned into rectangles at any time; a line break is added at the end.  What cannot stand in text is replaced
one for one: U+0002 (a hyphen at a line end, behind which pdfium leaves out the break) by "-", other control
characters by a blank, what is no character by U+FFFD.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from qa_desktop.reading.pdf_lines import (
    Box,
    Line,
    PageText,
    in_reading_order,
    join_rows,
    turned,
    turned_box,
)
from qa_desktop.reading.pdf_probe import Probe, Rough

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]?|[\udc00-\udfff]"
)
_UNPLAIN = re.compile(
    "[^\t\n\r -~\u00a0-\u024f\u0370-\u04ff\u2010-\u205e\u20a0-\u20bf\u2122\u25a0-\u25ff\ufffe]"
)
_LINE = re.compile("[^\r\n\x02\ufffe]*(?:\r\n|\r|\n|[\x02\ufffe]|\\Z)")


def _characters(handle: Any, count: int) -> str:
    """Return pdfium's character array, one character for each index.

    Asking for the whole text is ten times faster than asking for each character, but leaves out what it
    takes for unprintable and reorders some scripts; so its answer counts only where it has as many
    characters as the array and all of them are of the plain Western kind.
    """
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(2 * count + 2)
    units = pdfium.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    if units == count + 1:
        text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count and not _UNPLAIN.search(text):
            return text
    get = pdfium.FPDFText_GetUnicode
    return "".join([chr(min(get(handle, i), 0x10FFFF)) for i in range(count)])


def canonical(raw: str) -> str:
    """Return pdfium's characters one for one, with nothing in them that cannot stand in text."""
    return _ODD.sub(_replace, raw)


def _replace(match: re.Match[str]) -> str:
    odd = match.group()
    if len(odd) == 2:  # Windows counts a character beyond U+FFFF twice
        return odd.encode("utf-16", "surrogatepass").decode("utf-16") + "\u2060"
    if odd in "\x02\ufffe":
        return "-"
    return " " if odd != "\0" and (odd < "\x20" or "\x7f" <= odd <= "\x9f") else "\ufffd"


def extract_page(page: PdfPage, number: int, most: int) -> PageText:
    """Return text and lines of `page`; raises `OverflowError` if it has more than `most` characters."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = max(0, pdfium.FPDFText_CountChars(handle))
        if count > most:
            raise OverflowError(f"page {number} has {count} characters")
        raw = _characters(handle, count)
        text = canonical(raw)
        probe = Probe(handle)
        rough = [
            found
            for match in _LINE.finditer(raw)
            if match.end() > match.start()
            for found in probe.lines(match, text)
        ]
    finally:
        textpage.close()
    turn = Counter[int]()
    for item in rough:
        turn[item.quarter] += item.end - item.start
    quarter = turn.most_common(1)[0][0] if turn else 0
    box = page.get_cropbox()
    quarter = max(quarter, 0)
    bounds = turned_box(box, quarter)
    lines = [line for item in rough if (line := _inside(item, box, quarter, text, number)) is not None]
    return PageText(number, text + "\n", tuple(in_reading_order(join_rows(lines, text))), *bounds)


def _inside(item: Rough, box: Box, quarter: int, text: str, number: int) -> Line | None:
    """Return the part of a line that lies inside the crop box, turned upright; None if nothing does."""
    left, bottom, right, top = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    boxes = [
        w for w in item.boxes if left <= (w[2] + w[4]) / 2 <= right and bottom <= (w[3] + w[5]) / 2 <= top
    ]
    if not boxes:
        return None
    if quarter:
        words = [(w[0], w[1], *turned_box((w[2], w[3], w[4], w[5]), quarter)[:2]) for w in boxes]
    else:
        words = [(w[0], w[1], w[2], w[4]) for w in boxes]
    start, end = words[0][0], words[-1][1]
    whole = end == item.end
    return Line(
        page=number,
        start=start,
        end=end,
        stop=item.stop if whole else end + text[end : end + 1].isspace(),
        text=text[start:end],
        left=min([w[2] for w in words]),
        right=max([w[3] for w in words]),
        base=turned(item.x, item.y, quarter)[1],
        size=item.size,
        weight=item.weight,
        bold=item.bold,
        hyphen=item.hyphen and whole,
        sideways=item.quarter != quarter,
        words=tuple(words),
        raised=tuple([r for r in item.raised if start <= r.start and r.end <= end]),
    )
