"""Pictures of pages: drawn in the background, the most wanted first, and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage

from qa_desktop.domain import FileProblem, Run
from qa_desktop.errors import QAError
from qa_desktop.gui.page_layout import UNITS_PER_POINT
from qa_desktop.gui.tasks import Lane, Task, Tasks
from qa_desktop.progress import CancelToken, Report

# 16 million pixels are 64 MB: the pages in sight, and some sixteen pages at 100 %.
_KEPT_PIXELS = 16_000_000
_PAPER = 245  # from this grey on it is paper (255 is white)


class Drawn(Protocol):
    """A page as the reader draws it: RGB bytes row by row, and in its pixels the rectangles of the runs."""

    @property
    def width(self) -> int:
        """Width in pixels."""

    @property
    def height(self) -> int:
        """Height in pixels."""

    @property
    def stride(self) -> int:
        """Bytes in a row."""

    @property
    def rgb(self) -> bytes:
        """Three bytes a pixel, rows from top to bottom."""

    @property
    def scale(self) -> float:
        """Pixels per point, which may be fewer than were asked for."""

    @property
    def rects(self) -> Sequence[tuple[float, float, float, float]]:
        """Left, top, width and height of each line of the runs."""


Draw = Callable[[int, float, tuple[Run, ...]], Drawn | FileProblem]
"""Draws page n (from 1) at so many pixels per point, with the rectangles of some runs on it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A page that should be drawn: at `scale` pixels per point, with the rectangles of `runs`."""

    page: int
    scale: float
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that was drawn.  `size`, `rects` and `printed` are in 1/96 inch, whatever the scale.

    `printed` is from where to where across the page something is printed; the whole page if nothing is.
    """

    wish: Wish
    image: QImage
    size: tuple[float, float]
    rects: tuple[QRectF, ...]
    printed: tuple[float, float]


class PagePictures(QObject):
    """Fetches what is wished for, one page at a time, so that a new wish never waits for old ones.

    A page that could not be drawn is not tried again.
    Signals: `arrived(page)` when a picture has come; `failed(page, problem)` with a FileProblem.
    """

    arrived = Signal(int)
    failed = Signal(int, object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._draw: Draw | None = None
        self._kept: OrderedDict[int, Picture] = OrderedDict()
        self._wishes: tuple[Wish, ...] = ()
        self._given_up: set[int] = set()
        self._task: Task | None = None

    def open(self, draw: Draw | None) -> None:
        """Forget everything and take pictures from `draw` (called on a thread of its own)."""
        if self._task is not None:
            self._task.abandon()
            self._task = None
        self._draw = draw
        self._kept.clear()
        self._given_up.clear()
        self._wishes = ()

    def get(self, page: int) -> Picture | None:
        """Return the newest picture of `page`, even if it was drawn at another scale."""
        return self._kept.get(page)

    def wish(self, wishes: Sequence[Wish]) -> None:
        """Replace what is wished for, the most important first."""
        self._wishes = tuple(wishes)
        for wish in reversed(self._wishes):
            if wish.page in self._kept:
                self._kept.move_to_end(wish.page)
        self._go_on()

    def _go_on(self) -> None:
        if self._task is not None or self._draw is None:
            return
        for wish in self._wishes:
            picture = self._kept.get(wish.page)
            if wish.page not in self._given_up and (picture is None or picture.wish != wish):
                self._fetch(wish, self._draw)
                return

    def _fetch(self, wish: Wish, draw: Draw) -> None:
        def work(_: Report, __: CancelToken) -> Picture | FileProblem:
            return _picture(wish, draw(wish.page, wish.scale, wish.runs))

        def done(picture: Picture | FileProblem) -> None:
            self._task = None
            if isinstance(picture, FileProblem):
                give_up(picture)
                return
            self._keep(picture)
            self.arrived.emit(wish.page)
            self._go_on()

        def give_up(problem: FileProblem) -> None:
            self._task = None
            self._given_up.add(wish.page)
            self.failed.emit(wish.page, problem)
            self._go_on()

        def failed(error: QAError) -> None:
            give_up(FileProblem("crashed", error.explanation, f"page {wish.page}"))

        self._task = self._tasks.run(work, lane=Lane.PAGES, done=done, failed=failed)

    def _keep(self, picture: Picture) -> None:
        self._kept[picture.wish.page] = picture
        self._kept.move_to_end(picture.wish.page)
        wanted = {wish.page for wish in self._wishes}
        room = _KEPT_PIXELS - sum(p.image.width() * p.image.height() for p in self._kept.values())
        for page in [p for p in self._kept if p not in wanted]:
            if room >= 0:
                break
            image = self._kept.pop(page).image
            room += image.width() * image.height()


def _picture(wish: Wish, drawn: Drawn | FileProblem) -> Picture | FileProblem:
    """Turn what the reader drew into what the window shows; runs on the background thread."""
    if isinstance(drawn, FileProblem):
        return drawn
    image = QImage(drawn.rgb, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888)
    units = UNITS_PER_POINT / drawn.scale
    first, last = _printed(image)
    return Picture(
        wish,
        image.convertToFormat(QImage.Format.Format_RGB32),
        (drawn.width * units, drawn.height * units),
        tuple(QRectF(x * units, y * units, w * units, h * units) for x, y, w, h in drawn.rects),
        (first * units, last * units),
    )


def _printed(image: QImage) -> tuple[float, float]:
    """Return the first and the last column of pixels (exclusive) that hold more than plain paper.

    The picture is reduced by averaging, which is quick and passes over specks.
    """
    width = min(image.width(), 600)
    grey = image.scaled(width, 64, mode=Qt.TransformationMode.SmoothTransformation)
    grey = grey.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [bytes(cast("memoryview", grey.constScanLine(y)))[:width] for y in range(grey.height())]
    darkest = [min(column) for column in zip(*rows, strict=True)]
    inked = [x * image.width() / width for x, value in enumerate(darkest) if value < _PAPER]
    return (inked[0], inked[-1] + image.width() / width) if inked else (0.0, float(image.width()))
