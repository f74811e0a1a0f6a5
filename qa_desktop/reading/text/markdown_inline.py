"""Find the words of a line of Markdown in its source, without the signs of the markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE_REFERENCE = re.compile(r"\[\^(?P<label>[^\]\s]{1,40})\]")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the source: words, or with a `label` the marker of that note."""

    start: int
    end: int
    label: str = ""


def pieces_of(inline: Iterable[Token], text: str, start: int, end: int) -> list[Piece]:
    """Return the pieces of `inline` tokens, which stand in `text` between `start` and `end`."""
    finder = _Finder(text, start, end)
    for token in inline:
        finder.walk(token.children or [])
    return finder.pieces


class _Finder:
    """Follows the tokens through the source with a cursor that only moves forward."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._at = start
        self._end = end
        self.pieces: list[Piece] = []

    def walk(self, tokens: Sequence[Token]) -> None:
        """Find each token; what cannot be found is passed over."""
        for token in tokens:
            kind = token.type
            if kind == "text":
                self._take_text(token.content)
            elif kind == "text_special":
                self._take_special(token.content, token.markup)
            elif kind in ("softbreak", "hardbreak"):
                self._take("\n")
            elif kind == "code_inline":
                self._skip(token.markup)
                self._take_code(token.content)
                self._skip(token.markup)
            elif kind == "html_inline":
                if _BREAK_TAG.fullmatch(token.content):
                    self._take(token.content)
                else:
                    self._skip(token.content)
            elif kind == "image":
                self._skip("![")
                self.walk(token.children or [])
                self._skip_target()
            elif kind == "link_open":
                self._skip("<" if token.markup == "autolink" else "[")
            elif kind == "link_close":
                if token.markup == "autolink":
                    self._skip(">")
                else:
                    self._skip_target()
            elif token.markup:
                self._skip(token.markup)

    def _find(self, words: str) -> int:
        return self._text.find(words, self._at, self._end) if words else -1

    def _skip(self, words: str) -> None:
        at = self._find(words)
        if at >= 0:
            self._at = at + len(words)

    def _take(self, words: str) -> None:
        at = self._find(words)
        if at >= 0:
            self._at = at + len(words)
            self.pieces.append(Piece(at, self._at))

    def _take_text(self, words: str) -> None:
        done = 0
        for note in _NOTE_REFERENCE.finditer(words):
            self._take(words[done : note.start()])
            at = self._find(note.group())
            if at >= 0:
                self._at = at + len(note.group())
                self.pieces.append(Piece(at, self._at, note["label"]))
            done = note.end()
        self._take(words[done:])

    def _take_special(self, sign: str, raw: str) -> None:
        r"""Take the sign out of an escape or an entity ("\*", "&amp;"), or all of it if it is not there."""
        at = self._find(raw)
        if at < 0:
            return
        inside = raw.find(sign)
        start = at + max(0, inside)
        self.pieces.append(Piece(start, start + len(sign) if inside >= 0 else at + len(raw)))
        self._at = at + len(raw)

    def _take_code(self, words: str) -> None:
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
        found = pattern.search(self._text, self._at, self._end) if words.strip() else None
        if found:
            self._at = found.end()
            self.pieces.append(Piece(found.start(), found.end()))

    def _skip_target(self) -> None:
        """Move past "](address)", "][name]" or "]"."""
        self._skip("]")
        following = self._text[self._at : self._at + 1]
        if following == "[":
            self._skip("]")
        elif following == "(":
            self._at = _closing(self._text, self._at, self._end)


def _closing(text: str, at: int, end: int) -> int:
    """Return the place after the bracket that closes the one at `at`."""
    depth = 0
    for k in range(at, end):
        if text[k] == "\\":
            continue
        if text[k] == "(" and text[k - 1] != "\\":
            depth += 1
        elif text[k] == ")" and text[k - 1] != "\\":
            depth -= 1
            if not depth:
                return k + 1
    return end
