"""What of a PDF could not be read: pages that are pictures or were left out, a file that breaks off."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from qa_desktop.reading.pdf.open import Source, opened

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_ENOUGH_CHARACTERS = 25
_PICTURE_SHARE = 0.3
_UNKNOWN_SHARE = 0.2
_MOST_OBJECTS = 2_000
_WORDS_LOOKED_AT, _ENOUGH_WORDS = 600, 12
_MIXED_SHARE = 0.3
_ANY_SCRIPT = frozenset(
    ["MODIFIER", "FULLWIDTH", "HALFWIDTH", "KATAKANA-HIRAGANA", "KATAKANA", "HIRAGANA", "CJK"]
)
_FOREIGN = re.compile("[\u0250-\u036f\u0530-\u1fff\u2c00-\udfff]")  # not in plain European texts
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W_]")
_SHOWN = re.compile(r"\S")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")


def needs_recognition(page: PdfPage, text: str) -> bool:
    """Tell whether a page is a picture of text, or its letters have no meaning that could be had.

    Pictures over more than 30 % of it and fewer than 25 letters and digits, or more than 20 % of all
    characters unknown or for private use; or words that no language has, of letters from several scripts.
    """
    unknown = len(_UNKNOWN.findall(text))
    if unknown and unknown > _UNKNOWN_SHARE * len(_SHOWN.findall(text)):
        return True
    if _is_gibberish(text):
        return True
    few = next(islice(_LETTER.finditer(text), _ENOUGH_CHARACTERS - 1, None), None) is None
    return few and _picture_share(page) > _PICTURE_SHARE


def _is_gibberish(text: str) -> bool:
    """Tell whether a third of the words mix scripts, as where a font numbers its signs as it likes."""
    if text.isascii() or not _FOREIGN.search(text):
        return False
    words = list(islice((m.group() for m in _WORD.finditer(text)), _WORDS_LOOKED_AT))
    scripts = {c: unicodedata.name(c, "?").split()[0] for c in set("".join(words))}
    mixed = sum(len({scripts[c] for c in word} - _ANY_SCRIPT) >= 2 for word in words)
    return len(words) >= _ENOUGH_WORDS and mixed > _MIXED_SHARE * len(words)


def _picture_share(page: PdfPage) -> float:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    whole: float = max(1.0, (right - left) * (top - bottom))
    covered = 0.0
    for picture in _pictures(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0):
        x0, y0, x1, y1 = picture
        covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return covered / whole


def _pictures(holder: Any, count: Any, get: Any, depth: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield the bounds of the pictures of a page, and of the forms in it; what is in a form may be turned."""
    import pypdfium2.raw as pdfium

    numbers = [ctypes.c_float() for _ in range(4)]
    for i in range(min(count(holder), _MOST_OBJECTS)):
        item = get(holder, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
            inner = list(
                _pictures(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
            )
            if not inner:
                continue
        elif kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *[ctypes.byref(n) for n in numbers]):
            yield numbers[0].value, numbers[1].value, numbers[2].value, numbers[3].value


def is_cut_short(source: Source) -> bool:
    """Tell whether the file lacks the mark with which a PDF ends, as one that was not copied completely."""
    with opened(source) as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 4096))
        return b"%%EOF" not in file.read()


def in_words(numbers: Iterable[int]) -> str:
    """Return page numbers in words: "page 3", "pages 3 and 7", "pages 1, 4 to 9 and 12"."""
    stretches: list[list[int]] = []
    for number in sorted(set(numbers)):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    parts = [_stretch(s) for s in stretches]
    if len(parts) > 1:
        parts = [*parts[:-2], f"{parts[-2]} and {parts[-1]}"]
    several = sum(map(len, stretches)) > 1
    return f"page{'s' if several else ''} " + ", ".join(parts) if parts else ""


def _stretch(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return str(numbers[0])
    if len(numbers) == 2:
        return f"{numbers[0]}, {numbers[1]}"
    return f"{numbers[0]} to {numbers[-1]}"
