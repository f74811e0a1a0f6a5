"""The shape of a table for the screen: how wide its columns are, which hold figures, where it is cut.

Nothing here knows the window.  A table of thousands of rows is laid out piece by piece, and every piece has
the columns of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_CELLS = 320  # laid out at a time: some ten screens of a usual table
_FEWEST_ROWS = 8
_MOSTLY = 0.2  # the share of letters up to which cells with digits count as figures


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: the longest cell of each in characters, and which hold figures, from 0."""

    longest: tuple[int, ...] = ()
    figures: frozenset[int] = frozenset()


def measure(rows: Sequence[Sequence[str]]) -> Columns:
    """Return the shape of the columns of `rows`; the first row is the header."""
    count = max(map(len, rows), default=0)
    longest = [max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(count)]
    figures = [n for n in range(count) if _are_figures([r[n] for r in rows[1:] if n < len(r) and r[n]])]
    return Columns(tuple(longest), frozenset(figures))


def _are_figures(cells: Sequence[str]) -> bool:
    """Tell whether the cells hold figures and hardly any words."""
    if not cells or not all(any(c.isdigit() for c in cell) for cell in cells):
        return False
    return sum(c.isalpha() for cell in cells for c in cell) <= _MOSTLY * sum(map(len, cells))


def pieces(rows: Sequence[T], columns: int) -> Iterator[Sequence[T]]:
    """Cut the rows of a table so that each piece is laid out in a moment."""
    step = max(_FEWEST_ROWS, _CELLS // max(columns, 1))
    for start in range(0, len(rows), step):
        yield rows[start : start + step]
