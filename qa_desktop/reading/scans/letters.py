"""From the reader's probabilities along a line to words, each with its place and its confidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from qa_desktop.models.sight import Grey, Scores

_EAST_ASIAN = 0x2E80  # from here on scripts do without blanks
_SPECKS = "·.,'`-" + "\u2019\u2018"  # what dirt looks like
_LEAST_SPECK = 0.6  # confidence of one that is believed
_SURE_ACCENT, _LEAST_ACCENT = 0.95, 0.9
_INK = 0.25  # of a strip's contrast


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word and where it stands on its line: from `start` to `end`, 0 to 1.

    `glued` tells that no blank is before it; `confidence` is the mean of its signs, 0 to 1.
    """

    text: str
    start: float
    end: float
    confidence: float
    glued: bool = False


@dataclass(slots=True)
class _Sign:
    text: str
    step: float
    confidence: float


def spell(scores: Scores, signs: Sequence[str], strip: Grey, columns: int) -> list[Spelled]:
    """Return the words that `scores` (steps, signs) tell of `strip`, whose first `columns` are the line.

    Best path of connectionist temporal classification (Graves and others 2006): a sign counts once as long
    as it goes on.  Words are parted in the middle of the widest gap between them.
    """
    read = _without_doubtful_accents(_without_dirt(_signs(scores, signs)))
    words: list[list[_Sign]] = []
    glued: list[bool] = []
    apart = True
    for sign in read:
        if sign.text.isspace():
            apart = True
            continue
        alone = ord(sign.text[0]) >= _EAST_ASIAN
        if apart or alone or ord(words[-1][-1].text[0]) >= _EAST_ASIAN:
            words.append([])
            glued.append(not apart)
        words[-1].append(sign)
        apart = False
    if not words:
        return []
    step = strip.shape[1] / len(scores)  # columns to a step
    ink = _ink(strip[:, :columns])
    edges = [0.0]
    edges += [_gap(ink, (a[-1].step + 0.5) * step, (b[0].step + 0.5) * step) for a, b in pairwise(words)]
    edges.append(float(columns))
    result = []
    for word, close, (start, end) in zip(words, glued, pairwise(edges), strict=True):
        first, last = _trimmed(ink, start, end)
        confidence = sum(s.confidence for s in word) / len(word)
        text = "".join(s.text for s in word)
        result.append(Spelled(text, first / columns, last / columns, round(confidence, 4), close))
    return result


def _signs(scores: Scores, signs: Sequence[str]) -> list[_Sign]:
    best = scores.argmax(axis=1)
    sure = scores[np.arange(len(best)), best]
    begins = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(begins[1:], len(best))
    return [
        _Sign(signs[best[a]], (a + b - 1) / 2, float(sure[a:b].max()))
        for a, b in zip(begins.tolist(), ends.tolist(), strict=True)
        if best[a]
    ]


def _without_dirt(read: Sequence[_Sign]) -> Sequence[_Sign]:
    """Return the signs without specks of dirt; one between two words is the blank that it covers."""
    kept: list[_Sign] = []
    for i, sign in enumerate(read):
        if sign.text in _SPECKS and sign.confidence < _LEAST_SPECK:
            continue
        before, after = (read[i - 1].text if i else "", read[i + 1].text if i + 1 < len(read) else "")
        if sign.text == "·" and before.isalpha() and after.isalpha() and (before + after).lower() != "ll":
            kept.append(_Sign(" ", sign.step, sign.confidence))  # but Catalan writes "col·lecció"
        else:
            kept.append(sign)
    return kept


def _without_doubtful_accents(read: Sequence[_Sign]) -> Sequence[_Sign]:
    """Return the signs of a line; where no accent on it is sure, those that are not are specks.

    Of small print, one letter in two hundred is given an accent, with a confidence of 0.4 to 0.9; true ones
    have 0.99.
    """
    accents = [_letter(sign.text) != sign.text for sign in read]
    if any(
        sign.confidence >= _SURE_ACCENT for sign, is_accent in zip(read, accents, strict=True) if is_accent
    ):
        return read
    return [replace(s, text=_letter(s.text)) if s.confidence < _LEAST_ACCENT else s for s in read]


def _letter(sign: str) -> str:
    """Return the letter a to z under an accent; any other sign as it is."""
    base = unicodedata.normalize("NFD", sign)[:1]
    return base if base.isascii() and base.isalpha() else sign


def _ink(strip: Grey) -> Sequence[bool]:
    """Tell for each column whether there is ink in it."""
    columns = strip[6:-6].astype(np.int16)
    contrast = np.ptp(columns)
    paper = np.median(columns)
    inked: list[bool] = (np.abs(columns - paper).max(axis=0) > max(20.0, _INK * contrast)).tolist()
    return inked


def _gap(ink: Sequence[bool], start: float, end: float) -> float:
    """Return the middle of the longest stretch without ink from `start` to `end`; their middle if none is."""
    best = begin = 0
    middle = (start + end) / 2
    first, last = max(0, round(start)), min(len(ink), round(end))
    for i in range(first, last + 1):
        if i < last and not ink[i]:
            continue
        begin = max(begin, first)
        if i - begin > best:
            best, middle = i - begin, (i + begin) / 2
        begin = i + 1
    return middle


def _trimmed(ink: Sequence[bool], start: float, end: float) -> tuple[float, float]:
    first, last = max(0, round(start)), min(len(ink), round(end))
    inked = [i for i in range(first, last) if ink[i]]
    if not inked:
        return start, max(end, start)
    return max(start, inked[0] - 1.0), min(max(end, start), inked[-1] + 2.0)
