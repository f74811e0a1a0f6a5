"""Set the picture of a page upright, and lead places on it back to the page as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

_STEEPEST = 8.0  # degrees; what is more askew than that was not put on a scanner
_LEAST = 0.05  # degrees: a pixel over the width of a page, not worth a new picture
_WIDTH = 900  # pixels in which the angle is looked for
_MOST_POINTS = 80_000
_CONTRAST = 60  # grey levels that set ink apart from paper

_Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Upright:
    """How a picture of `width` by `height` pixels was set upright.

    First by `quarters` turns of 90 degrees against the clock, then by `angle` degrees against the clock
    about its middle.
    """

    width: int
    height: int
    quarters: int = 0
    angle: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture in pixels."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def apply(self, picture: Image) -> Image:
        """Return the upright picture."""
        from PIL.Image import Resampling, Transpose

        turns = (None, Transpose.ROTATE_90, Transpose.ROTATE_180, Transpose.ROTATE_270)
        turn = turns[self.quarters % 4]
        turned = picture if turn is None else picture.transpose(turn)
        if not self.angle:
            return turned
        return turned.rotate(self.angle, Resampling.BICUBIC, fillcolor=_paper(picture))

    def shown(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        """Return left, top, width, height of a box in fractions of the page as it is shown."""
        corners = [self._back(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = [min(max(x, 0.0), 1.0) for x, _ in corners], [min(max(y, 0.0), 1.0) for _, y in corners]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the shown page, in fractions of it, a pixel of the upright picture lies."""
        width, height = self.size
        turn = math.radians(self.angle)
        x, y = x - width / 2, y - height / 2
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        across, down = x / width + 0.5, y / height + 0.5
        for _ in range(self.quarters % 4):
            across, down = 1 - down, across
        return across, down


def find_angle(picture: Image) -> float:
    """Return by how many degrees against the clock to turn a picture for its lines to lie level.

    That is the angle at which ink, added up along rows, changes most abruptly from row to row (projection
    profiles: Postl 1986, "Detection of linear oblique structures and skew scan in digitized documents").
    """
    small = picture.reduce(max(1, picture.width // _WIDTH))
    grey = np.asarray(small, np.int16)
    ys, xs = np.nonzero(np.abs(grey - _paper(small)) > _CONTRAST)
    if len(xs) < 200:
        return 0.0
    step = -(-len(xs) // _MOST_POINTS)
    points = xs[::step] - small.width / 2, ys[::step] - small.height / 2
    best = 0.0
    for reach, pace in ((_STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = best + np.arange(-reach, reach + pace / 2, pace)
        sharp = [_sharpness(points, float(angle), small.height) for angle in angles]
        best = float(angles[int(np.argmax(sharp))])
    level = _sharpness(points, 0.0, small.height)
    if abs(best) < _LEAST or _sharpness(points, best, small.height) < 1.05 * level:
        return 0.0
    return round(best, 2)


def _sharpness(points: tuple[_Floats, _Floats], angle: float, height: int) -> float:
    turn = math.radians(angle)
    rows = points[1] * math.cos(turn) - points[0] * math.sin(turn) + height
    profile = np.bincount(rows.astype(np.int64), minlength=2 * height).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _paper(picture: Image) -> int:
    """Return the grey of most of the picture."""
    histogram = picture.histogram()
    half, seen = sum(histogram) / 2, 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= half:
            return level
    return 255
