"""Break the spans of a paragraph into lines of one width, justified, with hyphens where a word allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.making.fonts import ITALIC, SERIF, width_of
from corpus.making.source import Span

NOTE_SIZE = 0.62  # of the size of the text around it
NOTE_RISE = 0.36  # likewise


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in one font; `size` and `rise` in points."""

    text: str
    font: str
    size: float
    rise: float = 0.0

    @property
    def width(self) -> float:
        """The width in points."""
        return width_of(self.text, self.font, self.size)


Word = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: `space` is the width of a blank, `indent` its distance from the margin."""

    words: tuple[Word, ...]
    space: float
    indent: float
    notes: tuple[str, ...]


def read_hyphenation(path: Path) -> dict[str, tuple[int, ...]]:
    """Read words with their hyphens ("agree-ment"), and return where each may be parted."""
    points: dict[str, tuple[int, ...]] = {}
    for entry in path.read_text("utf-8").split():
        parts = entry.split("-")
        points["".join(parts)] = tuple(len("".join(parts[:n])) for n in range(1, len(parts)))
    return points


def words_of(spans: Sequence[Span], font: str, size: float) -> list[Word]:
    """Split spans at blanks; the mark of a note stays with the word before it."""
    words: list[list[Piece]] = [[]]
    for span in spans:
        if span.style == "note":
            words[-1].append(Piece(span.text, font, size * NOTE_SIZE, size * NOTE_RISE))
            continue
        face = ITALIC if span.style == "italic" and font == SERIF else font
        for n, part in enumerate(span.text.split(" ")):
            if n:
                words.append([])
            if part:
                words[-1].append(Piece(part, face, size))
    return [tuple(word) for word in words if word]


def base_of(words: Sequence[Word]) -> Piece:
    """Return the first piece that is not the mark of a note: its font and size are those of the blanks."""
    return next(piece for word in words for piece in word if not piece.rise)


def width_of_word(word: Word) -> float:
    """Return the width of a word in points."""
    return sum(piece.width for piece in word)


def _part(word: Word, room: float, hyphenation: Mapping[str, tuple[int, ...]]) -> tuple[Word, Word] | None:
    """Part `word` so that its head with a hyphen fits into `room`."""
    if not word:
        return None
    first = word[0]
    stem = re.match(r"[“(]?([^\W\d_]+)", first.text)
    if not stem:
        return None
    points = hyphenation.get(stem[1], hyphenation.get(stem[1].lower(), ()))
    for point in reversed(points):
        cut = stem.start(1) + point
        head = Piece(first.text[:cut] + "-", first.font, first.size)
        if head.width <= room:
            return (head,), (Piece(first.text[cut:], first.font, first.size), *word[1:])
    return None


def break_lines(
    words: Sequence[Word],
    width: float,
    *,
    hyphenation: Mapping[str, tuple[int, ...]],
    indent: float = 0.0,
    hang: float = 0.0,
    justify: bool = True,
) -> list[Line]:
    """Break `words` into lines of at most `width` points.

    The first line begins `indent` points in, the others `hang`.  A word is parted only where the line
    would otherwise have blanks of more than half an em.
    """
    em = base_of(words).size
    blank = width_of(" ", base_of(words).font, em)
    lines: list[Line] = []
    queue = list(words)
    while queue:
        left = indent if not lines else hang
        room = width - left
        taken: list[Word] = []
        used = 0.0
        while queue:
            need = width_of_word(queue[0]) + (blank if taken else 0.0)
            if used + need > room:
                break
            taken.append(queue.pop(0))
            used += need
        if queue:
            slack = (room - used) / max(1, len(taken) - 1)
            parts = _part(queue[0], room - used - blank, hyphenation) if slack > 0.16 * em else None
            if parts:
                taken.append(parts[0])
                used += blank + width_of_word(parts[0])
                queue[0] = parts[1]
        if not taken:
            taken.append(queue.pop(0))
            used = width_of_word(taken[0])
        stretch = (room - used) / (len(taken) - 1) if justify and queue and len(taken) > 1 else 0.0
        notes = tuple(p.text for word in taken for p in word if p.rise)
        lines.append(Line(tuple(taken), blank + stretch, left, notes))
    return lines
