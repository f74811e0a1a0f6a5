"""The tables at the head of a Rich Text file: which font has which letters, which style is a heading."""

from __future__ import annotations

import re

from qa_desktop.reading.rtf.tokens import CHARSETS, SYMBOL_CHARSET, code_page

_HEADING = re.compile(r"(?:heading|überschrift|titre|titolo|rubrik|kop) ?([1-9])", re.IGNORECASE)
_SYMBOLS = re.compile(rb"symbol|wingdings|webdings|zapf ?dingbats", re.IGNORECASE)


class Fonts:
    """The code pages of the fonts, by number."""

    def __init__(self) -> None:
        self._pages: dict[int, str] = {}
        self._current = 0

    def define(self, word: str, number: int | None) -> None:
        """Note what the font table says: f begins a font, fcharset and cpg tell its letters."""
        if word == "f":
            self._current = number or 0
        elif word == "fcharset" and number == SYMBOL_CHARSET:
            self._pages[self._current] = ""
        elif word == "fcharset" and number in CHARSETS:
            self._pages[self._current] = CHARSETS[number]
        elif word == "cpg" and number:
            self._pages[self._current] = code_page(number)

    def name(self, data: bytes) -> None:
        """Note a font's name: some write symbols without saying so."""
        if _SYMBOLS.match(data.strip()):
            self._pages[self._current] = ""

    def page(self, number: int | None, default: str) -> str:
        """Return the code page of a font, "" for one of symbols."""
        return self._pages.get(number or 0, default)


class StyleNames:
    """The heading levels of the paragraph styles, by number."""

    def __init__(self) -> None:
        self._levels: dict[int, int] = {}
        self._current: int | None = 0
        self._name = ""

    def define(self, word: str, number: int | None) -> None:
        """Note what the stylesheet says: s begins a paragraph style, others one of another kind."""
        if word in ("s", "cs", "ds", "ts", "tsrowd"):
            self._current = number if word == "s" else None
            self._name = ""
        elif word == "outlinelevel" and self._current is not None and number is not None and number < 6:
            self._levels.setdefault(self._current, number + 1)

    def name(self, text: str) -> None:
        """Note a style's name, which ends with a semicolon."""
        self._name += text
        if not self._name.rstrip().endswith(";"):
            return
        name = self._name.strip(" ;").lower()
        found = _HEADING.fullmatch(name)
        if self._current is not None and (found or name == "title"):
            self._levels[self._current] = min(int(found[1]), 6) if found else 1
        self._current, self._name = 0, ""  # the first style has no number of its own

    def level(self, number: int | None) -> int:
        """Return the heading level of a style, 0 for others."""
        return self._levels.get(number, 0) if number is not None else 0
