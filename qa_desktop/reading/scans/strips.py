"""Where lines of text stand in a picture: from the finder's map of text to strips that the reader takes.

The rules and their numbers are those of the finder's makers (differentiable binarization, Liao and others
2020): text is where the map exceeds 0.3; a patch of it is a line if it reaches 0.5 on average; its frame,
which the finder was taught to draw too tight, grows by 1.6 times its area divided by its circumference.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa_desktop.models.sight import STRIP_HEIGHT, Grey, Scores

if TYPE_CHECKING:
    from PIL.Image import Image

_TEXT, _SURE, _GROWTH = 0.3, 0.5, 1.6
_ENDS = 0.4  # of a frame's height: a full stop at the end of a line stands outside it
_TALL = 1.8  # times the height of a line: higher than one sign
_THINNEST = 3.0  # pixels of the map
_MOST_LINES = 3000
_LONGEST = 66  # times as long as high: what is longer is squeezed
_SHORTEST = 320  # pixels: shorter strips get a margin, as in the reader's training
_MARGIN = 128  # its grey
_CLOSE = 0.44  # of the height of a strip, above and below its middle, hold its letters


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of text in a picture: a rectangle with its middle at (`x`, `y`), `length` by `height` pixels.

    `slope` is the angle of its base line in radians, clockwise; `stands` tells that the text runs upwards.
    """

    x: float
    y: float
    length: float
    height: float
    slope: float = 0.0
    stands: bool = False

    @property
    def left(self) -> float:
        """The left end of a line that runs from left to right."""
        return self.x - self.length / 2

    @property
    def right(self) -> float:
        """The right end of a line that runs from left to right."""
        return self.x + self.length / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of what stands between 0 and 1 along the line."""
        return self.part(0.0, 1.0)

    def part(self, start: float, end: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of what stands from `start` to `end` (0 to 1) along the line."""
        cos, sin = math.cos(self.slope), math.sin(self.slope)
        xs, ys = [], []
        for along in (start - 0.5, end - 0.5):
            for across in (-_CLOSE, _CLOSE):
                xs.append(self.x + along * self.length * cos - across * self.height * sin)
                ys.append(self.y + along * self.length * sin + across * self.height * cos)
        return min(xs), min(ys), max(xs), max(ys)

    def flipped(self, width: int, height: int) -> Strip:
        """Return the strip on the picture (`width` by `height`) turned by 180 degrees."""
        return replace(self, x=width - self.x, y=height - self.y)


def strips_in(scores: Scores, scale: float) -> list[Strip]:
    """Return the lines in the finder's map; `scale` is the number of the picture's pixels to one of it."""
    frames: list[Strip] = []
    for ys, starts, ends in _patches(scores > _TEXT):
        lengths = ends - starts
        total = float(sum(scores[y, a:b].sum() for y, a, b in zip(ys, starts, ends, strict=True)))
        if total < _SURE * lengths.sum():
            continue
        strip = _frame(ys, starts, ends)
        if strip is not None:
            frames.append(strip)
    lines = [s.height for s in frames if not s.stands and s.length >= 3 * s.height]
    usual = statistics.median(lines) if lines else 0.0
    # A figure that stands alone is higher than wide, too.
    found = [_grown(_laid(s) if s.stands and s.length < _TALL * usual else s, scale) for s in frames]
    found.sort(key=lambda s: -s.length * s.height)
    return found[:_MOST_LINES]


def _frame(ys: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Strip | None:
    """Return the frame around a patch, given as runs of pixels, slanted as the patch is."""
    left, right, top, bottom = (float(n) for n in (starts.min(), ends.max(), ys.min(), ys.max() + 1))
    wide, high = right - left, bottom - top
    if min(wide, high) < _THINNEST:
        return None
    if wide < 3 * high:
        if high >= 1.5 * wide:
            return Strip((left + right) / 2, (top + bottom) / 2, high, wide, -math.pi / 2, stands=True)
        return Strip((left + right) / 2, (top + bottom) / 2, wide, high)
    lengths = (ends - starts).astype(np.float64)
    xs, rows = (starts + ends) / 2.0, ys + 0.5
    weight = lengths.sum()
    mean_x, mean_y = (xs * lengths).sum() / weight, (rows * lengths).sum() / weight
    spread = (lengths * (xs - mean_x) ** 2 + lengths**3 / 12).sum()
    slope = math.atan2((lengths * (xs - mean_x) * (rows - mean_y)).sum(), spread)
    if abs(math.sin(slope)) * wide < 2.0:
        return Strip((left + right) / 2, (top + bottom) / 2, wide, high)
    cos, sin = math.cos(slope), math.sin(slope)
    px = np.concatenate([starts, ends, starts, ends]).astype(np.float64)
    py = np.concatenate([ys, ys, ys + 1, ys + 1]).astype(np.float64)
    along, across = px * cos + py * sin, py * cos - px * sin
    a, b = (along.min() + along.max()) / 2, (across.min() + across.max()) / 2
    return Strip(
        float(a * cos - b * sin),
        float(a * sin + b * cos),
        float(np.ptp(along)),
        float(np.ptp(across)),
        slope,
    )


def _laid(strip: Strip) -> Strip:
    """Return the same frame around text that runs from left to right."""
    return Strip(strip.x, strip.y, strip.height, strip.length)


def _grown(strip: Strip, scale: float) -> Strip:
    margin = strip.length * strip.height * _GROWTH / (2 * (strip.length + strip.height))
    return replace(
        strip,
        x=strip.x * scale,
        y=strip.y * scale,
        length=(strip.length + 2 * margin + _ENDS * strip.height) * scale,
        height=(strip.height + 2 * margin) * scale,
    )


def _patches(mask: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int64], ...]]:
    """Yield each connected patch of a mask as its runs: rows, first columns, columns behind the last.

    Runs of neighbouring rows belong together if they touch, also at a corner.
    """
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    first = np.searchsorted(rows, np.arange(mask.shape[0] + 1))
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    begins, stops = starts.tolist(), ends.tolist()
    for row in range(1, mask.shape[0]):
        a, b = int(first[row - 1]), int(first[row])
        last_a, last_b = b, int(first[row + 1])
        while a < last_a and b < last_b:
            if begins[a] <= stops[b] and begins[b] <= stops[a]:
                parent[root(a)] = root(b)
            if stops[a] < stops[b]:
                a += 1
            else:
                b += 1
    if not parent:
        return
    roots = np.array([root(i) for i in range(len(parent))])
    order = np.argsort(roots, kind="stable")
    for part in np.split(order, np.nonzero(np.diff(roots[order]))[0] + 1):
        yield rows[part], starts[part], ends[part]


class Cutter:
    """Cuts strips out of one picture, 48 pixels high."""

    def __init__(self, picture: Image) -> None:
        self._pictures = {1: picture}

    def cut(self, strip: Strip, *, upside_down: bool = False) -> tuple[Grey, int]:
        """Return the strip's picture, and how many of its columns are the strip (the rest is margin)."""
        from PIL.Image import Resampling, Transform, Transpose

        factor = max(1, int(strip.height / STRIP_HEIGHT))
        if factor not in self._pictures:
            self._pictures[factor] = self._pictures[1].reduce(factor)
        width = max(8, round(min(strip.length / strip.height, _LONGEST) * STRIP_HEIGHT))
        cos, sin = math.cos(strip.slope), math.sin(strip.slope)
        step, drop = strip.length / width / factor, strip.height / STRIP_HEIGHT / factor
        corner_x = (strip.x - strip.length / 2 * cos + strip.height / 2 * sin) / factor
        corner_y = (strip.y - strip.length / 2 * sin - strip.height / 2 * cos) / factor
        matrix = (step * cos, -drop * sin, corner_x, step * sin, drop * cos, corner_y)
        cut = self._pictures[factor].transform(
            (width, STRIP_HEIGHT), Transform.AFFINE, matrix, Resampling.BILINEAR, fillcolor=255
        )
        if upside_down:
            cut = cut.transpose(Transpose.ROTATE_180)
        grey: Grey = np.asarray(cut, np.uint8)
        if width < _SHORTEST:
            grey = np.pad(grey, ((0, 0), (0, _SHORTEST - width)), constant_values=_MARGIN)
        return grey, width
