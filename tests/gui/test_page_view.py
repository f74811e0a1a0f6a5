"""Pages as printed: real PDF pages, drawn by the real reader, with the exact words marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qa_desktop.domain import FileProblem, Run
from qa_desktop.gui.page_pictures import Drawn
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.theme import Theme
from qa_desktop.reading.isolation.render import render_page

PAGES = 8
WORDS = "Troops left the airfield"
WIDTH = 115.4  # of these words in Helvetica of 12 points, in points


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight pages; the words stand in the middle of page 5 and at the foot of each page."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path_factory.mktemp("pages") / "paper.pdf"
    canvas = Canvas(str(path))
    for page in range(1, PAGES + 1):
        canvas.setPageSize(landscape(A4) if page == 3 else A4)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(90, 500, f"Page {page} begins here.")
        if page == 5:
            canvas.drawString(90, 300, f"{WORDS} in July of that year.")
        canvas.drawString(90, 40, f"The sentence of page {page} runs on")
        canvas.showPage()
    canvas.save()
    return path


def place(pdf: Path, page: int, words: str) -> Run:
    """Where pdfium says the words stand."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    start = document[page - 1].get_textpage().get_text_range().index(words)
    document.close()
    return Run(page, start, start + len(words))


Draw = Callable[[int, float, tuple[Run, ...]], Drawn | FileProblem]


@pytest.fixture
def draw(pdf: Path) -> Draw:
    return lambda page, scale, runs: render_page(pdf, page, scale, runs)


@pytest.fixture
def view(qtbot: QtBot, tasks: Tasks, theme: Theme) -> PageView:
    view = PageView(tasks, theme)
    qtbot.addWidget(view)
    view.resize(640, 700)
    view.show()
    qtbot.waitExposed(view)
    return view


def settled(qtbot: QtBot, tasks: Tasks) -> None:
    """Wait until nothing is being drawn any more."""
    qtbot.wait(150)
    qtbot.waitUntil(lambda: not tasks.busy)
    QApplication.processEvents()


def yellow(image: QImage, area: QRectF) -> float:
    """The share of marked pixels in an area of an image (in logical pixels)."""
    ratio = image.devicePixelRatio()
    box = QRectF(area.topLeft() * ratio, area.size() * ratio).toRect() & image.rect()
    colours = [
        image.pixelColor(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())
    ]
    return sum(c.red() > c.blue() + 60 for c in colours) / max(1, len(colours))


def test_the_exact_words_are_marked_in_the_upper_third(
    qtbot: QtBot, view: PageView, draw: Draw, pdf: Path
) -> None:
    view.open(draw, PAGES)
    with qtbot.waitSignal(view.place_shown) as shown:
        view.show_place(5, [place(pdf, 5, WORDS)])
    assert shown.args == [True]
    assert view.page == 5
    marked = view.marked
    assert 0 <= marked.top() < view.viewport().height() / 3
    image = view.viewport().grab().toImage()
    assert yellow(image, marked.adjusted(2, 2, -2, -2)) > 0.6
    above = marked.translated(0, -3 * marked.height())
    assert yellow(image, above) == 0
    # The words and nothing else.
    assert marked.width() / view.zoom * 75 == pytest.approx(WIDTH, abs=4)


def test_a_place_without_rectangles_is_shown_unmarked(qtbot: QtBot, view: PageView, draw: Draw) -> None:
    view.open(draw, PAGES)
    with qtbot.waitSignal(view.place_shown) as shown:
        view.show_place(5, [Run(5, 10_000, 10_020)])
    assert shown.args == [False]
    assert view.page == 5
    assert view.marked.isEmpty()


def test_a_sentence_over_a_page_break_is_marked_on_both_pages(
    qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw, pdf: Path
) -> None:
    view.open(draw, PAGES)
    runs = [place(pdf, 5, "The sentence of page 5"), place(pdf, 6, "Page 6 begins")]
    with qtbot.waitSignal(view.place_shown):
        view.show_place(5, runs)
    settled(qtbot, tasks)
    assert view.marked.height() > 250 * view.zoom / 100
    image = view.viewport().grab().toImage()
    both = view.marked
    for end in (both.adjusted(0, 0, 0, 12 - both.height()), both.adjusted(0, both.height() - 12, 0, 0)):
        if end.bottom() < view.viewport().height():
            assert yellow(image, end) > 0.2


def test_letters_are_as_sharp_as_the_reader_drew_them(
    qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw
) -> None:
    view.open(draw, PAGES)
    view._zoom_to(1.0)
    view.show_place(1, [])
    settled(qtbot, tasks)
    for scroll in (0, 37):
        view.verticalScrollBar().setValue(scroll)
        seen = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        scale = round(seen.devicePixelRatio() * 96 / 72, 6)
        drawn = draw(1, scale, ())
        assert not isinstance(drawn, FileProblem)
        true = QImage(drawn.rgb, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888)
        true = true.convertToFormat(QImage.Format.Format_RGB32)
        letters = QRectF(90, 842 - 512, 120, 16)
        corner = view.mapFromScene(-595 * 96 / 72 / 2, 0).x(), view.mapFromScene(0, 10).y()
        best = min(
            differing(true, seen, letters, round(corner[0]) + dx, round(corner[1]) + dy, scale)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        )
        assert best == 0


def differing(true: QImage, seen: QImage, area: QRectF, dx: int, dy: int, scale: float) -> int:
    """Count pixels of an area (in points) that differ, the page's corner lying at (dx, dy)."""
    ratio = seen.devicePixelRatio()
    box = QRectF(area.topLeft() * scale, area.size() * scale).toRect()
    x, y = round(dx * ratio), round(dy * ratio)
    return sum(
        true.pixel(px, py) != seen.pixel(px + x, py + y)
        for px in range(box.left(), box.right())
        for py in range(box.top(), box.bottom())
        if seen.rect().contains(px + x, py + y)
    )


def test_zoom_keeps_the_old_picture_until_the_new_one_has_come(
    qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw, pdf: Path
) -> None:
    asked: list[float] = []

    def slow(page: int, scale: float, runs: tuple[Run, ...]) -> Drawn | FileProblem:
        asked.append(scale)
        return draw(page, scale, runs)

    view.open(slow, PAGES)
    with qtbot.waitSignal(view.place_shown):
        view.show_place(5, [place(pdf, 5, WORDS)])
    settled(qtbot, tasks)
    before = len(asked)
    view.zoom_in()
    assert yellow(view.viewport().grab().toImage(), view.marked.adjusted(2, 2, -2, -2)) > 0.5
    settled(qtbot, tasks)
    assert view.page == 5
    assert asked[before:]
    sharp = view.zoom / 100 * view.devicePixelRatioF() * 96 / 72
    assert asked[before:] == [pytest.approx(sharp, rel=0.01)] * len(asked[before:])


def test_neighbours_are_drawn_beforehand(qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw) -> None:
    asked: list[int] = []

    def counted(page: int, scale: float, runs: tuple[Run, ...]) -> Drawn | FileProblem:
        asked.append(page)
        return draw(page, scale, runs)

    view.open(counted, PAGES)
    view.show_place(6, [])
    settled(qtbot, tasks)
    assert asked[0] in (1, 6)
    assert {5, 6, 7} <= set(asked)
    before = len(asked)
    settled(qtbot, tasks)
    assert len(asked) == before, "nothing is drawn twice"


def test_keys_scroll_through_the_document(qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw) -> None:
    view.open(draw, PAGES)
    view.show_place(1, [])
    settled(qtbot, tasks)
    view.setFocus()
    seen = [view.page]
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        seen.append(view.page)
    assert seen == sorted(seen)
    assert seen[-1] >= 3
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == PAGES
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 1
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.verticalScrollBar().value() > 0


def test_ctrl_and_wheel_zoom_at_the_pointer(qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw) -> None:
    view.open(draw, PAGES)
    view.show_place(4, [])
    settled(qtbot, tasks)
    at = QPoint(300, 320)
    under, zoom = view.mapToScene(at), view.zoom
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
    assert view.zoom > zoom * 1.2
    assert not view.fits_width
    moved = view.mapFromScene(under) - at
    assert abs(moved.y()) <= 2


def test_fitting_the_width_follows_the_width(qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw) -> None:
    view.open(draw, PAGES)
    view.show_place(5, [])
    settled(qtbot, tasks)
    narrow = view.zoom
    view.resize(900, 700)
    settled(qtbot, tasks)
    assert view.zoom > narrow
    assert view.page == 5
    assert not view.horizontalScrollBar().isVisible()


def test_a_page_that_cannot_be_drawn_is_reported_once(
    qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw
) -> None:
    problem = FileProblem("damaged", "bad page")
    failures: list[tuple[int, FileProblem]] = []
    view.failed.connect(lambda page, why: failures.append((page, why)))
    view.open(lambda page, scale, runs: problem if page == 2 else draw(page, scale, runs), PAGES)
    view.show_place(1, [])
    settled(qtbot, tasks)
    settled(qtbot, tasks)
    assert failures == [(2, problem)]


def test_another_document_takes_nothing_over(
    qtbot: QtBot, view: PageView, tasks: Tasks, draw: Draw, pdf: Path
) -> None:
    view.open(draw, PAGES)
    view.show_place(5, [place(pdf, 5, WORDS)])
    view.open(draw, 2)
    settled(qtbot, tasks)
    assert view.pages == 2
    assert view.page == 1
    assert view.marked.isEmpty()
    view.clear()
    assert view.page == 0
