"""Pages drawn in the worker process, with the words that are to be marked."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from qa_desktop.domain import Document, FileProblem, Run
from qa_desktop.reading.isolation.limits import MOST_PIXELS
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage, fitting
from tests.support.pdfs import Sheets, simple

TEXT = "The ferry to the outer islands leaves the harbour at noon."


def ink(image: PageImage) -> list[tuple[int, int]]:
    """Return the places of dark pixels."""
    return [
        (x, y)
        for y in range(image.height)
        for x in range(image.width)
        if image.rgb[y * image.stride + 3 * x] < 100
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_the_highlight_covers_the_words_and_nothing_else(
    reader: Reader, tmp_path: Path, turn: int, *, cropped: bool
) -> None:
    sheets = Sheets(tmp_path / "a.pdf", size=(300, 200))
    sheets.lines(["MARKED"], top=100, left=120, size=14)
    sheets.page()
    writer = pypdf.PdfWriter(clone_from=sheets.save())
    page = writer.pages[0]
    if cropped:
        page.cropbox = pypdf.generic.RectangleObject((60, 50, 280, 180))
    page.rotate(turn)
    writer.write(tmp_path / "b.pdf")
    image = reader.render(tmp_path / "b.pdf", 1, 2.0, [Run(1, 0, 6)])
    assert isinstance(image, PageImage)
    across, down = (220, 130) if cropped else (300, 200)
    assert (image.width, image.height) == (
        (2 * across, 2 * down) if turn % 180 == 0 else (2 * down, 2 * across)
    )
    assert len(image.rgb) == image.stride * image.height
    [(x, y, w, h)] = image.rects
    dark = ink(image)
    assert len(dark) > 100
    assert all(x - 2 <= a <= x + w + 2 and y - 2 <= b <= y + h + 2 for a, b in dark)
    long, short = max(w, h), min(w, h)
    assert 80 < long < 140
    assert 12 < short < 40


def test_a_run_over_two_lines_has_two_rectangles(reader: Reader, tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["The first line with a *bold* word", "and the second one."], top=100)
    sheets.page()
    path = sheets.save()
    document = reader.read(path)
    assert isinstance(document, Document)
    image = reader.render(path, 1, 1.0, [Run(1, 0, len(document.pages[0].text))])
    assert isinstance(image, PageImage)
    first, second = image.rects
    assert first[1] < second[1]
    assert first[2] > second[2] > 50


def test_runs_that_lie_elsewhere_are_not_drawn(reader: Reader, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT, TEXT)
    image = reader.render(path, 1, 1.0, [Run(2, 0, 9), Run(1, 9000, 9009), Run(1, 5, 5)])
    assert isinstance(image, PageImage)
    assert image.rects == ()


def test_a_page_that_is_not_there_is_a_problem(reader: Reader, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT)
    problem = reader.render(path, 2, 1.0)
    assert isinstance(problem, FileProblem)
    assert problem.reason == "damaged"


@pytest.mark.parametrize(
    "size", [(1e6, 1e6), (1e8, 1.0), (1.0, 1e8), (595.0, 842.0), (0.0, 0.0), (14400, 14400)]
)
def test_no_picture_is_larger_than_allowed(size: tuple[float, float]) -> None:
    width, height, scale = fitting(*size, 40.0)
    assert 1 <= width * height <= MOST_PIXELS
    assert width >= 1
    assert height >= 1
    assert scale <= 40
