"""Rectangles on the picture of a page around what is highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_desktop.domain import Run, ScannedWord

Rect = tuple[float, float, float, float]  # x, y, width, height in pixels from the top left corner


def rects_of_words(run: Run, words: Sequence[ScannedWord], width: int, height: int) -> Iterator[Rect]:
    """Yield a rectangle for each line of the words that `run` touches, on a picture of that size."""
    touched = (w for w in words if w.start < run.end and run.start < w.end)
    boxes = [(w.left * width, w.top * height, w.width * width, w.height * height) for w in touched]
    stands = sum(b[3] for b in boxes) > 1.2 * sum(b[2] for b in boxes)
    lines: list[list[Rect]] = []
    for box in boxes:
        if lines and _is_next(lines[-1], box, along=1 if stands else 0):
            lines[-1].append(box)
        else:
            lines.append([box])
    for line in lines:
        left, top = min(b[0] for b in line), min(b[1] for b in line)
        yield left, top, max(b[0] + b[2] for b in line) - left, max(b[1] + b[3] for b in line) - top


def _is_next(line: Sequence[Rect], box: Rect, along: int) -> bool:
    """Tell whether a word goes on a line along x (0) or y (1): beside its last word, not under it."""
    last, across = line[-1], 1 - along
    begin, end = min(b[along] for b in line), max(b[along] + b[along + 2] for b in line)
    within = min(end, box[along] + box[along + 2]) - max(begin, box[along])
    gap = max(box[along] - last[along] - last[along + 2], last[along] - box[along] - box[along + 2])
    beside = min(last[across] + last[across + 2], box[across] + box[across + 2]) - max(
        last[across], box[across]
    )
    high = min(last[across + 2], box[across + 2])
    return within < 0.5 * box[along + 2] and gap < 2 * high and beside > 0.4 * high


def joined(pieces: Sequence[Rect]) -> list[Rect]:
    """Join rectangles that follow one another on the same line."""
    lines: list[Rect] = []
    for piece in pieces:
        if piece[2] <= 0 or piece[3] <= 0:
            continue
        if lines and (wider := _on_one_line(lines[-1], piece)):
            lines[-1] = wider
        else:
            lines.append(piece)
    return lines


def _on_one_line(a: Rect, b: Rect) -> Rect | None:
    """Return the rectangle around two that stand on one line, also on one that runs up or down the page."""
    left, top = min(a[0], b[0]), min(a[1], b[1])
    right, bottom = max(a[0] + a[2], b[0] + b[2]), max(a[1] + a[3], b[1] + b[3])
    across, down = right - left, bottom - top
    level = down <= 1.4 * max(a[3], b[3]) and across <= a[2] + b[2] + 2 * max(a[3], b[3])
    upright = across <= 1.4 * max(a[2], b[2]) and down <= a[3] + b[3] + 2 * max(a[2], b[2])
    narrow = max(a[2], b[2]) < min(a[3], b[3])
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
