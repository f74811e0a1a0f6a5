"""The text of a PDF page exactly as the engine that draws it counts its characters, and where its lines lie.

The canonical text of a page is pdfium's character array, one character for one index, so that a run can be
turned into rectangles at any time; a line break is added at the end.  What cannot stand in text is replaced
one for one: U+0002 (a hyphen at a line end, behind which pdfium leaves out the break) by "-", other control
characters by a blank, what is no character by U+FFFD.  White space that parts words further than print does
is a tab: there a cell of a table ends, or a column.  Letters that are drawn as one sign change places where
pdfium has them the wrong way round (`pdf_ligatures`); their place is the same.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qa_desktop.reading.pdf.calls import Glyphs
from qa_desktop.reading.pdf.hidden import find_hidden, spans
from qa_desktop.reading.pdf.ligatures import mended
from qa_desktop.reading.pdf.lines import (
    CELL_GAP,
    PAGE_END,
    Line,
    PageText,
    Word,
    in_reading_order,
    join_rows,
    rows_of,
    turned,
    turned_box,
)
from qa_desktop.reading.pdf.probe import BREAK, Rough, Words, cut_lines, find_words, measure

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]?|[\udc00-\udfff]"
)
_CURRENCIES = frozenset(["$", "€", "£", "¥", "US$", "C$", "A$", "CHF", "R$"])
_BEHIND = frozenset(["%", ")", ")%", "%)", "pts", "bps"])
_UNPLAIN = re.compile(
    "[^\t\n\r -~\u00a0-\u024f\u0370-\u04ff\u2010-\u205e\u20a0-\u20bf\u2122\u25a0-\u25ff\ufffe]"
)


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
    return _marked(raw).replace(BREAK, "-")


def _marked(raw: str) -> str:
    """Return the canonical text with `BREAK` for each hyphen that divides a word."""
    return _ODD.sub(_replace, raw)


def _replace(match: re.Match[str]) -> str:
    odd = match.group()
    if len(odd) == 2:  # Windows counts a character beyond U+FFFF twice
        return odd.encode("utf-16", "surrogatepass").decode("utf-16") + "\u2060"
    if odd in "\x02\ufffe":
        return BREAK
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
        glyphs = Glyphs(handle)
        marked = _marked(mended(_characters(handle, count), glyphs))
        words, firsts, stops = find_words(marked, glyphs)
        box = page.get_bbox()
        hidden = find_hidden(page, box, words, glyphs)
        seen = [line for line in cut_lines(marked, words, firsts, stops, hidden) if line.first not in hidden]
        rough = measure(seen, marked, words, glyphs)
    finally:
        textpage.close()
    turn = Counter[int]()
    for item in rough:
        turn[item.quarter] += item.end - item.start
    quarter = max(turn.most_common(1)[0][0] if turn else 0, 0)
    columns = _columns(words, quarter)
    gaps = _wide_gaps(rough, columns, marked)
    text = _with_tabs(marked.replace(BREAK, "-") + "\n", gaps)
    lines = [_line(item, columns[item.first : item.last], quarter, text, number) for item in rough]
    ends = _ends_of_cells(lines, text)
    text = _with_tabs(text, ends)
    if gaps or ends:
        text = text[:-1] + PAGE_END
    ordered = tuple(in_reading_order(join_rows(lines, text)))
    return PageText(number, text, ordered, *turned_box(box, quarter), tuple(spans(words, hidden)))


def _columns(words: Words, quarter: int) -> list[Word]:
    """Return the words turned upright."""
    left, bottom, right, top = words.boxes
    if quarter:
        boxes = [turned_box(box, quarter) for box in zip(left, bottom, right, top, strict=True)]
        left, right = [box[0] for box in boxes], [box[1] for box in boxes]
    return list(zip(words.starts, words.ends, left, right, strict=True))


def _line(item: Rough, words: Sequence[Word], quarter: int, text: str, number: int) -> Line:
    return Line(
        page=number,
        start=item.start,
        end=item.end,
        stop=item.stop,
        text=text[item.start : item.end],
        left=min([word[2] for word in words]),
        right=max([word[3] for word in words]),
        base=turned(item.x, item.y, quarter)[1],
        size=item.size,
        weight=item.weight,
        bold=item.bold,
        hyphen=item.hyphen,
        sideways=item.quarter != quarter,
        words=tuple(words),
        raised=item.raised,
    )


def _wide_gaps(lines: Iterable[Rough], columns: Sequence[Word], text: str) -> list[int]:
    """Return the last blank of each wide gap between two words of a line.

    A lone sign of a currency belongs to what follows, however far off, and a per cent sign to what precedes.
    """
    gaps = []
    for line in lines:
        wide = CELL_GAP * line.size
        for i in range(line.first + 1, line.last):
            start, end, left, _ = columns[i]
            _, before, _, right = columns[i - 1]
            if start == before:
                continue
            word = text[start:end]
            if word in _CURRENCIES:
                if text[before - 1] in "0123456789)%—-" or left - right > wide:
                    gaps.append(start - 1)
            elif (
                left - right > wide
                and not (word in _BEHIND and text[before - 1] in "0123456789)—-")
                and text[columns[i - 1][0] : before] not in _CURRENCIES
            ):
                gaps.append(start - 1)
    return gaps


def _ends_of_cells(lines: Iterable[Line], text: str) -> list[int]:
    """Return the white space behind each line to the right of which, far off, its row goes on."""
    return [
        line.end
        for row in rows_of([line for line in lines if not line.sideways])
        for line, following in pairwise(row)
        if following.left - line.right > CELL_GAP * line.size and text[line.end] in "\r "
    ]


def _with_tabs(text: str, places: Iterable[int]) -> str:
    """Return `text` with a tab at each of these places."""
    pieces: list[str] = []
    last = 0
    for place in sorted(places):
        pieces += (text[last:place], "\t")
        last = place + 1
    return "".join((*pieces, text[last:]))
