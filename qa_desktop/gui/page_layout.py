"""Where the pages of a document stand, one below the other, and how far they may be enlarged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from math import sqrt

# One point is 1/72 inch; what a page measures at 100 % is told in 1/96 inch, the unit of the screen.
UNITS_PER_POINT = 96 / 72
_MOST_PIXELS = 12_000_000
A4 = (595 * UNITS_PER_POINT, 842 * UNITS_PER_POINT)

ZOOMS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)


def next_zoom(percent: float, direction: int) -> int:
    """Return the next larger (`direction` > 0) or smaller step of `ZOOMS`; the last one at the ends."""
    if direction > 0:
        return next((z for z in ZOOMS if z > percent + 0.5), ZOOMS[-1])
    return next((z for z in reversed(ZOOMS) if z < percent - 0.5), ZOOMS[0])


def sharp_scale(zoom: float, width: float, height: float) -> float:
    """Return the pixels per point at which a page of that size is sharp when shown `zoom` times enlarged.

    It is less where the picture would become too large; such a one is enlarged.
    """
    points = width * height / UNITS_PER_POINT**2
    return round(min(zoom * UNITS_PER_POINT, sqrt(_MOST_PIXELS / points)), 6)


class PageLayout:
    """Pages of a document below each other, centred, in units of 1/96 inch at 100 %.

    The size of a page is known only once it has been drawn; until then it is taken to be like the page
    that was drawn first.
    """

    def __init__(self, pages: int, gap: float) -> None:
        self._gap = gap
        self._sizes = [A4] * pages
        self._known = [False] * pages
        self._tops: list[float] = []
        self._arrange()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def width(self) -> float:
        """The width of the widest page."""
        return max((width for width, _ in self._sizes), default=0.0)

    @property
    def height(self) -> float:
        """The height of all pages with the gaps between and around them."""
        return self._tops[-1] + self._sizes[-1][1] + self._gap if self._sizes else 0.0

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of `page` (counted from 1)."""
        return self._sizes[page - 1]

    def position(self, page: int) -> tuple[float, float]:
        """Return the left upper corner of `page`; the middle of the pages is at 0."""
        return -self._sizes[page - 1][0] / 2, self._tops[page - 1]

    def set_size(self, page: int, width: float, height: float) -> bool:
        """Tell the true size of a page; True if anything had to move."""
        size = (width, height)
        known = self._known[page - 1]
        old = self._sizes[page - 1]
        if known and abs(old[0] - width) < 1 and abs(old[1] - height) < 1:
            return False
        first = not any(self._known)
        self._known[page - 1] = True
        if first:
            self._sizes = [size] * len(self._sizes)
        else:
            self._sizes[page - 1] = size
        moved = first or old != size
        if moved:
            self._arrange()
        return moved

    def page_at(self, y: float) -> int:
        """Return the page at height `y`, the nearest one outside of all pages."""
        return min(max(bisect_right(self._tops, y), 1), max(len(self._tops), 1))

    def between(self, top: float, bottom: float) -> Iterator[int]:
        """Return the pages of which a part lies between `top` and `bottom`."""
        if not self._sizes:
            return
        for page in range(self.page_at(top), self.page_at(bottom) + 1):
            if self._tops[page - 1] <= bottom and self._tops[page - 1] + self._sizes[page - 1][1] >= top:
                yield page

    def _arrange(self) -> None:
        top = self._gap
        self._tops = []
        for _, height in self._sizes:
            self._tops.append(top)
            top += height + self._gap
