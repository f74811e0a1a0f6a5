"""How pages lie, how zoom steps, and how marks are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from qa_desktop.gui.page_item import join_lines
from qa_desktop.gui.page_layout import ZOOMS, PageLayout, next_zoom

sizes = st.tuples(st.floats(50, 3000), st.floats(50, 3000))


@given(st.lists(sizes, min_size=1, max_size=40), st.randoms())
def test_pages_never_overlap_and_each_height_belongs_to_one(pages, order) -> None:  # type: ignore[no-untyped-def]
    layout = PageLayout(len(pages), 10)
    numbers = list(range(1, len(pages) + 1))
    order.shuffle(numbers)
    for number in numbers:
        layout.set_size(number, *pages[number - 1])
    end = 0.0
    for number, (width, height) in enumerate(pages, 1):
        left, top = layout.position(number)
        assert top == pytest.approx(end + 10)
        assert left == pytest.approx(-width / 2)
        assert layout.page_at(top + height / 2) == number
        assert number in layout.between(top + 1, top + 2)
        end = top + height
    assert layout.height == pytest.approx(end + 10)
    assert layout.width == pytest.approx(max(width for width, _ in pages))


@given(st.floats(10, 500))
def test_zoom_steps_lead_up_and_down(percent: float) -> None:
    assert next_zoom(percent, 1) > percent or next_zoom(percent, 1) == ZOOMS[-1]
    assert next_zoom(percent, -1) < percent or next_zoom(percent, -1) == ZOOMS[0]


def test_words_of_a_line_are_marked_in_one_go() -> None:
    words = [QRectF(0, 0, 30, 10), QRectF(33, 1, 40, 10), QRectF(0, 14, 50, 10)]
    assert join_lines(words) == [QRectF(0, 0, 73, 11), QRectF(0, 14, 50, 10)]
