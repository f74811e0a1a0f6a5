"""Arabic letters that a font draws as one sign: pdfium writes them in the order in which they are not read.

It turns what runs from right to left around, and with it the letters of such a sign, which were in order
already: lam-alef becomes alef-lam.  Letters of one sign stand at the same place, and no sign is alef-lam.
"""

from __future__ import annotations

import re

from qa_desktop.reading.pdf.calls import Glyphs

# Alef in its forms, then lam; and heh-lam-lam, the name of God without or with its alef.
_TURNED = re.compile("\u0647\u0644\u0644\u0627?|[\u0627\u0622\u0623\u0625\u0671]\u0644")


def mended(text: str, glyphs: Glyphs) -> str:
    """Return `text`, the characters of a page, with the letters of each such sign in the order of reading."""
    found = [match.span() for match in _TURNED.finditer(text)]
    if not found:
        return text
    letters = list(text)
    for start, end in found:
        if len(set(glyphs.origins(range(start, end)))) == 1:
            letters[start:end] = reversed(letters[start:end])
    return "".join(letters)
