"""Set lines into frames on sheets: columns, notes at their foot, headings kept with what follows.

Nothing is drawn here.  The result is a list of sheets that hold what to draw and where, in points from the
lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.making.fonts import SERIF
from corpus.making.lines import Line, break_lines, words_of
from corpus.making.source import split_spans


@dataclass(frozen=True, slots=True)
class Frame:
    """An area that is filled from the top."""

    x: float
    top: float
    bottom: float
    width: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line at its place; `y` is the base line."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin horizontal line."""

    x: float
    y: float
    width: float
    weight: float = 0.5


@dataclass(slots=True)
class Sheet:
    """What stands on one page; `headings` are (level, text, y) for the outline."""

    items: list[SetLine | Rule] = field(default_factory=list)
    headings: list[tuple[int, str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in points."""

    size: float
    leading: float
    note_size: float
    note_leading: float
    indent: float


class Flow:
    """Fills frame after frame.

    `frames_of(n)` gives the frames of the n-th sheet, counted from 0; `notes` are the texts by mark.
    """

    def __init__(
        self,
        frames_of: Callable[[int], Sequence[Frame]],
        measures: Measures,
        notes: Mapping[str, str],
        hyphenation: Mapping[str, tuple[int, ...]],
    ) -> None:
        self._frames_of = frames_of
        self._measures = measures
        self._notes = notes
        self._hyphenation = hyphenation
        self.sheets: list[Sheet] = []
        self._frames: list[Frame] = []
        self._frame = Frame(0, 0, 0, 0)
        self._y = 0.0
        self._set_notes: list[list[Line]] = []
        self._next_frame()

    @property
    def width(self) -> float:
        """The width of the present frame."""
        return self._frame.width

    def space(self, height: float) -> None:
        """Leave `height` free, except at the top of a frame."""
        if self._y < self._frame.top:
            self._y -= height

    def need(self, height: float) -> None:
        """Go on to the next frame unless `height` is left in this one."""
        if self._y - height < self._floor():
            self._next_frame()

    def lines(self, lines: Sequence[Line], leading: float) -> None:
        """Set lines; neither the first nor the last of a paragraph is left alone."""
        for n, line in enumerate(lines):
            heights = leading + self._height_of(line.notes)
            pair = n + 1 < len(lines) and (n == 0 or n == len(lines) - 2)
            if pair:
                heights += leading + self._height_of(lines[n + 1].notes)
            if self._y - heights < self._floor():
                self._next_frame()
            self._y -= leading
            self._put(SetLine(self._frame.x, self._y, line))
            for mark in line.notes:
                self._set_notes.append(self._note_lines(mark))

    def heading(self, level: int, text: str, lines: Sequence[Line], leading: float) -> None:
        """Set a heading, and remember it for the outline."""
        self.need(len(lines) * leading + 2.6 * self._measures.leading)
        self.sheets[-1].headings.append((level, text, self._y))
        self.lines(lines, leading)

    def row(self, cells: Sequence[tuple[float, Line]], leading: float) -> None:
        """Set the cells of one row of a table: each is (distance from the margin, line)."""
        self._y -= leading
        for offset, line in cells:
            self._put(SetLine(self._frame.x + offset, self._y, line))

    def rule(self, gap: float, weight: float) -> None:
        """Draw a line as wide as the frame, with `gap` above it."""
        self._y -= gap
        self._put(Rule(self._frame.x, self._y, self._frame.width, weight))

    def finish(self) -> list[Sheet]:
        """Set the notes that are left and return the sheets."""
        self._foot()
        return self.sheets

    # -------------------------------------------------------------------------------------- frames

    def _put(self, item: SetLine | Rule) -> None:
        self.sheets[-1].items.append(item)

    def _note_lines(self, mark: str) -> list[Line]:
        m = self._measures
        words = words_of((*split_spans(f"[^{mark}]"),), SERIF, m.note_size)
        words += words_of(split_spans(self._notes[mark]), SERIF, m.note_size)
        return break_lines(words, self._frame.width, hyphenation=self._hyphenation)

    def _height_of(self, marks: Sequence[str]) -> float:
        return sum(len(self._note_lines(mark)) for mark in marks) * self._measures.note_leading

    def _floor(self) -> float:
        lines = sum(len(note) for note in self._set_notes)
        return self._frame.bottom + lines * self._measures.note_leading + (14 if self._set_notes else 8)

    def _foot(self) -> None:
        if not self._set_notes:
            return
        m = self._measures
        y = self._frame.bottom + sum(len(note) for note in self._set_notes) * m.note_leading
        self._put(Rule(self._frame.x, y + 4, 90))
        for note in self._set_notes:
            for line in note:
                y -= m.note_leading
                self._put(SetLine(self._frame.x, y + 3, line))
        self._set_notes = []

    def _next_frame(self) -> None:
        self._foot()
        if not self._frames:
            self._frames = list(self._frames_of(len(self.sheets)))
            self.sheets.append(Sheet())
        self._frame = self._frames.pop(0)
        self._y = self._frame.top
