"""Recognised words are marked line by line, whichever way the lines run."""

from __future__ import annotations

import pytest

from qa_desktop.domain import Run, ScannedWord
from qa_desktop.reading.isolation.highlights import rects_of_words


def words(turned: bool = False, drop: float = 0.0) -> list[ScannedWord]:
    """Two lines of five words, each nine characters; a line sinks by `drop` from word to word."""
    found = []
    for i in range(10):
        left, top = 0.1 + 0.11 * (i % 5), 0.2 + 0.03 * (i // 5) + drop * (i % 5)
        place = (left, top, 0.1, 0.02) if not turned else (top, 1 - left - 0.1, 0.02, 0.1)
        found.append(ScannedWord(10 * i, 10 * i + 9, *place, 0.9))
    return found


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("drop", [0.0, 0.005])
def test_a_run_over_two_lines_has_a_rectangle_for_each(turned: bool, drop: float) -> None:
    rects = list(rects_of_words(Run(1, 30, 69), words(turned, drop), 1000, 1000))
    assert len(rects) == 2
    first, second = rects if not turned else [(y, x, h, w) for x, y, w, h in rects]
    assert first[2] == pytest.approx(210)
    assert second[2] == pytest.approx(210)
    assert first[3] == pytest.approx(20 + 1000 * drop)


def test_a_run_that_ends_inside_a_word_marks_it_and_one_between_words_nothing() -> None:
    [rect] = rects_of_words(Run(1, 12, 15), words(), 1000, 1000)
    assert rect == pytest.approx((210, 200, 100, 20))
    assert list(rects_of_words(Run(1, 9, 10), words(), 1000, 1000)) == []


def test_cells_of_a_row_that_stand_far_apart_are_marked_apart() -> None:
    row = [ScannedWord(0, 4, 0.1, 0.5, 0.05, 0.02, 0.9), ScannedWord(5, 9, 0.6, 0.5, 0.05, 0.02, 0.9)]
    assert len(list(rects_of_words(Run(1, 0, 9), row, 1000, 1000))) == 2
