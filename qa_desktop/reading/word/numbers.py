"""The numbers that Word writes before paragraphs: they are not in the text, and people cite by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa_desktop.reading.safe_xml import Element, child, local, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_HIGHEST = 100_000


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered: its first number, its signs, and the text around them."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One list: which pattern it follows, and the levels at which it begins anew."""

    pattern: str
    restarts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the numbered paragraphs of one document."""

    def __init__(self, root: Element) -> None:
        self._patterns: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int]] = {}
        for part in root if root is not None else ():
            if local(part) == "abstractNum":
                levels = {_number(value(e, "ilvl")): _level(e) for e in part if local(e) == "lvl"}
                self._patterns[value(part, "abstractNumId")] = levels
            elif local(part) == "num":
                self._add_list(part)

    def _add_list(self, part: Element) -> None:
        found = _List(value(child(part, "abstractNumId"), "val"))
        for override in part:
            start = value(child(override, "startOverride"), "val")
            if local(override) == "lvlOverride" and start.isdigit():
                found.restarts[_number(value(override, "ilvl"))] = _number(start)
        self._lists[value(part, "numId")] = found

    def next(self, list_id: str, depth: int) -> str:
        """Count one paragraph of a list and return what Word writes before it, "" for a bullet or nothing."""
        found = self._lists.get(list_id)
        levels = self._patterns.get(found.pattern) if found else None
        if not found or not levels or depth not in levels:
            return ""
        counts = self._counts.setdefault(found.pattern, [0] * _LEVELS)
        for at in [at for at in found.restarts if at <= depth]:
            counts[at] = found.restarts.pop(at) - 1
            counts[at + 1 :] = [0] * (_LEVELS - at - 1)
            if at < depth:
                counts[at] += 1
        for at in range(depth):
            counts[at] = counts[at] or levels.get(at, _Level()).start
        counts[depth] = min(_HIGHEST, counts[depth] + 1 if counts[depth] else levels[depth].start)
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        level = levels[depth]
        if level.form in ("bullet", "none") and not _PLACE.search(level.text):
            return ""
        return _PLACE.sub(lambda m: self._sign(levels, counts, int(m[1]) - 1, legal=level.legal), level.text)

    def _sign(self, levels: dict[int, _Level], counts: list[int], at: int, *, legal: bool) -> str:
        form = levels[at].form if at in levels else "decimal"
        return sign_of(counts[at], "decimal" if legal else form)


def sign_of(number: int, form: str) -> str:
    """Return a number in one of Word's forms; those not known are written in digits."""
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form in ("lowerLetter", "upperLetter") and number:
        letter = chr(ord("a") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("none", "bullet"):
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return a number in small Roman numerals, as Word counts endnotes."""
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for worth, sign in signs:
        count, number = divmod(number, worth)
        written += sign * count
    return written


def _level(element: Element) -> _Level:
    legal = child(element, "isLgl")
    return _Level(
        _number(value(child(element, "start"), "val")) if child(element, "start") is not None else 1,
        value(child(element, "numFmt"), "val") or "decimal",
        value(child(element, "lvlText"), "val")[:40],
        legal is not None and value(legal, "val") not in ("0", "false", "off"),
    )


def _number(text: str) -> int:
    return min(_HIGHEST, int(text)) if text.isascii() and text.isdigit() else 0
