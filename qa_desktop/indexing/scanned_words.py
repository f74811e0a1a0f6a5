"""The words of a scanned page as the database holds them: compact, and readable without running anything.

Zlib over one record per word, little-endian: place of the word in the text of its page as two 32-bit
numbers, then box and confidence as 16-bit fractions.  A fraction of 1/65,535 is a tenth of a pixel on a page
of 600 dots per inch, and a page of 500 words takes about 4 kB.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from qa_desktop.domain import ScannedWord

_ONE = 65_535
_RECORD = np.dtype([("place", "<i4", 2), ("box", "<u2", 4), ("confidence", "<u2")])


def dump_words(words: Sequence[ScannedWord]) -> bytes | None:
    """Return `words` as bytes, None where there are none.  Fractions are rounded to 1/65,535."""
    if not words:
        return None
    table = np.zeros(len(words), dtype=_RECORD)
    table["place"] = [(w.start, w.end) for w in words]
    table["box"] = _whole([(w.left, w.top, w.width, w.height) for w in words])
    table["confidence"] = _whole([w.confidence for w in words])
    return zlib.compress(table.tobytes(), 6)


def load_words(stored: bytes | None) -> tuple[ScannedWord, ...]:
    """Return what `dump_words` was given, to within its rounding."""
    if stored is None:
        return ()
    table = np.frombuffer(zlib.decompress(stored), dtype=_RECORD)
    boxes, confidence = table["box"] / _ONE, table["confidence"] / _ONE
    return tuple(
        ScannedWord(start, end, left, top, width, height, sure)
        for (start, end), (left, top, width, height), sure in zip(
            table["place"].tolist(), boxes.tolist(), confidence.tolist(), strict=True
        )
    )


def mean_confidence(words: Sequence[ScannedWord]) -> float | None:
    """Return how sure the recogniser was of words on average, None where none was recognised.

    Words with a confidence of 1 stand where they do because the file says so (the values of a form).
    """
    found = [w.confidence for w in words if w.confidence < 1]
    return sum(found) / len(found) if found else None


def _whole(fractions: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.rint(np.clip(np.asarray(fractions, dtype=np.float64), 0, 1) * _ONE)
