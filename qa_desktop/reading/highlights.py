"""Rectangles on the picture of a page around what is highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_desktop.domain import Run, ScannedWord

Rect = tuple[float, float, float, float]  # x, y, width, height in pixels from the top left corner


def rects_of_words(run: Run, words: Sequence[ScannedWord], width: int, height: int) -> Iterator[Rect]:
    """Yield a rectangle for each line of the words that `run` touches, on a picture of that size."""
    touched = (w for w in words if w.start < run.end and run.start < w.end)
    boxes = [(w.left * width, w.top * height, w.width * width, w.height * height) for w in touched]
    yield from joined(boxes, stands=sum(b[3] for b in boxes) > 1.2 * sum(b[2] for b in boxes))


def joined(pieces: Sequence[Rect], *, stands: bool | None = None) -> list[Rect]:
    """Join rectangles that follow one another on the same line.

    `stands` tells whether lines run up or down the page; if None, each pair is judged by its shape.
    """
    lines: list[Rect] = []
    for piece in pieces:
        if piece[2] <= 0 or piece[3] <= 0:
            continue
        if lines and (wider := _on_one_line(lines[-1], piece, stands)):
            lines[-1] = wider
        else:
            lines.append(piece)
    return lines


def _on_one_line(a: Rect, b: Rect, stands: bool | None) -> Rect | None:  # noqa: FBT001 - it is handed on
    """Return the rectangle around two that stand on one line, also on one that runs up or down the page."""
    left, top = min(a[0], b[0]), min(a[1], b[1])
    right, bottom = max(a[0] + a[2], b[0] + b[2]), max(a[1] + a[3], b[1] + b[3])
    across, down = right - left, bottom - top
    level = down <= 1.4 * max(a[3], b[3]) and across <= a[2] + b[2] + 2 * max(a[3], b[3])
    upright = across <= 1.4 * max(a[2], b[2]) and down <= a[3] + b[3] + 2 * max(a[2], b[2])
    narrow = max(a[2], b[2]) < min(a[3], b[3]) if stands is None else stands
    if (level and not narrow) or (upright and narrow):
        overlap = (
            min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
            if not narrow
            else min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
        )
        smaller = min(a[3], b[3]) if not narrow else min(a[2], b[2])
        if overlap > 0.4 * smaller:
            return left, top, across, down
    return None
