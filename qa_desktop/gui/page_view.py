"""The original pages of a document, as printed, with the exact words marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from qa_desktop.domain import Run
from qa_desktop.gui.page_desk import GAP, PageDesk
from qa_desktop.gui.page_layout import ZOOMS, next_zoom, sharp_scale
from qa_desktop.gui.page_pictures import Draw, PagePictures, Wish
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.theme import Theme

_UPPER = 0.22  # a mark is brought to this part of the height: well within the upper third
_SETTLE_MS = 120  # a zoom is drawn anew once the wheel has rested for so long


class PageView(QGraphicsView):
    """Shows the pages of a document below each other, sharp at every zoom.

    Pages are drawn in the background, those in sight first, their neighbours next; until a page has come
    at the present zoom its earlier picture is shown enlarged or reduced.

    Signals: `page_changed(page)`; `zoom_changed(percent)`; `place_shown(marked)` once a place is on
    screen, telling whether its words could be marked; `failed(page, problem)` with a FileProblem.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(int)
    place_shown = Signal(bool)
    failed = Signal(int, object)

    def __init__(self, tasks: Tasks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = PageDesk(theme, self)
        self._pictures = PagePictures(tasks, self)
        self._pictures.arrived.connect(self._arrived)
        self._pictures.failed.connect(self.failed)
        self._runs: dict[int, tuple[Run, ...]] = {}
        self._sought: int | None = None
        self._page = 0
        self._zoom = 1.0
        self._fit = True
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._wish)
        self.setScene(self._desk)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Pages of the source"))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._recolour)
        self._recolour()

    @property
    def page(self) -> int:
        """The page in sight, counted from 1; 0 when no document is shown."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._desk.pages

    @property
    def marked(self) -> QRectF:
        """Where the marks in sight stand in the viewport; empty if none is."""
        box = self._desk.marked(self._runs)
        return box if box.isEmpty() else QRectF(self.mapFromScene(box).boundingRect())

    def open(self, draw: Draw, pages: int) -> None:
        """Show a document of so many pages; `draw` makes their pictures on a background thread."""
        self.clear()
        self._pictures.open(draw)
        self._desk.lay_out(pages)
        self._apply_zoom()
        self._note_page()

    def clear(self) -> None:
        """Show nothing."""
        self._settling.stop()
        self._pictures.open(None)
        self._desk.lay_out(0)
        self._runs = {}
        self._sought = None
        self._page = 0

    def show_place(self, page: int, runs: Sequence[Run]) -> None:
        """Go to `page` and mark `runs`, which may continue on the next page."""
        if not self.pages:
            return
        page = min(max(page, 1), self.pages)
        self._runs = {n: tuple(r for r in runs if r.page == n) for n in {r.page for r in runs}}
        self._runs = {n: held for n, held in self._runs.items() if 1 <= n <= self.pages}
        self._desk.unmark()
        self._sought = min(self._runs, default=page)
        if page not in self._in_sight():
            self._go_to_top(page)
        self._wish()
        for known in (*self._runs, self._sought):
            self._arrived(known)

    def go_to(self, page: int) -> None:
        """Bring the top of `page` to the top."""
        if self.pages:
            self._sought = None
            self._go_to_top(min(max(page, 1), self.pages))

    # --------------------------------------------------------------------------------------- zoom

    @property
    def zoom(self) -> int:
        """The zoom in percent."""
        return round(self._zoom * 100)

    @property
    def fits_width(self) -> bool:
        """Whether what is printed is kept as wide as the view."""
        return self._fit

    def zoom_in(self) -> None:
        """Enlarge by one step."""
        self._zoom_to(next_zoom(self._zoom * 100, 1) / 100)

    def zoom_out(self) -> None:
        """Reduce by one step."""
        self._zoom_to(next_zoom(self._zoom * 100, -1) / 100)

    def fit_width(self) -> None:
        """Make what is printed as wide as the view, and keep it so."""
        self._fit = True
        self._apply_zoom()
        self._settling.start()

    def _zoom_to(self, zoom: float, at: QPoint | None = None) -> None:
        self._fit = False
        self._zoom = min(max(zoom, ZOOMS[0] / 100), ZOOMS[-1] / 100)
        self._apply_zoom(at)
        self._settling.start()

    def _apply_zoom(self, at: QPoint | None = None) -> None:
        """Scale the view; what lies under `at` (by default the marks in sight, or the top) stays there."""
        self._desk.set_narrow(self._fit)
        if self._fit and self.pages:
            room = (self.viewport().width() - 1) / self._desk.reading_width  # 1 for Qt's rounding
            self._zoom = min(max(room, ZOOMS[0] / 100), ZOOMS[-1] / 100)
        if at is None:
            marked = self.marked.center().toPoint()
            inside = self.viewport().rect().contains(marked) and not self._fit
            at = marked if inside else QPoint(self.viewport().width() // 2, 0)
        fixed = self.mapToScene(at)
        self.setTransform(QTransform.fromScale(self._zoom, self._zoom))
        moved = self.mapFromScene(fixed) - at
        self._scroll_by(moved.x(), moved.y())
        self.zoom_changed.emit(self.zoom)

    def _wish(self) -> None:
        """Ask for the pages in sight, the sought one first, then for their neighbours."""
        if not self.pages or not self.isVisible():
            return
        pages = self._in_sight()
        around = [pages[-1] + 1, pages[0] - 1] if pages else []
        first = [self._sought] if self._sought else []
        order = dict.fromkeys(p for p in (*first, *pages, *around) if 1 <= p <= self.pages)
        zoom = self._zoom * self.devicePixelRatioF()
        scales = {p: sharp_scale(zoom, *self._desk.layout.size(p)) for p in order}
        self._pictures.wish([Wish(p, scales[p], self._runs.get(p, ())) for p in order])

    def _arrived(self, page: int) -> None:
        picture = self._pictures.get(page)
        if picture is None:
            return
        self._resize_page(page, picture.size)
        if self._desk.show_picture(page, picture) and self._fit:
            self._keep_top(self._apply_zoom)
        current = picture.wish.runs == self._runs.get(page, ())
        self._desk.mark(page, picture.rects if current else ())
        if page == self._sought and current:
            self._sought = None
            self._bring(page)
            self.place_shown.emit(bool(picture.rects))

    def _recolour(self) -> None:
        self.setBackgroundBrush(self._theme.colour("desk"))

    def _resize_page(self, page: int, size: tuple[float, float]) -> None:
        """Make room for the true size of a page."""

        def make_room() -> None:
            if self._desk.layout.set_size(page, *size):
                self._desk.arrange()
                if self._fit:
                    self._apply_zoom()

        self._keep_top(make_room)

    def _keep_top(self, change: Callable[[], None]) -> None:
        """Make a change to sizes; what is at the top of the view stays there."""
        layout, held, before = self._desk.layout, self._page or 1, self._desk.sceneRect()
        part = (self.mapToScene(QPoint(0, 0)).y() - layout.position(held)[1]) / layout.size(held)[1]
        zoom = self._zoom
        change()
        if (self._desk.sceneRect(), self._zoom) != (before, zoom):
            wanted = layout.position(held)[1] + part * layout.size(held)[1]
            self._scroll_by(0, self.mapFromScene(QPointF(0, wanted)).y())
            self._settling.start()

    # --------------------------------------------------------------------------------- scrolling

    def _bring(self, page: int) -> None:
        """Scroll so that the marks of the page stand in the upper third, or its top at the top."""
        height, width = self.viewport().height(), self.viewport().width()
        box = self._desk.marked([page])
        if box.isEmpty():
            if page != self._page:
                self._go_to_top(page)
            return
        seen = self.mapFromScene(box).boundingRect()
        upper = _UPPER * height if seen.height() < height * (1 - _UPPER) else 0.06 * height
        self._scroll_by(0, round(seen.top() - upper))
        if seen.left() < 0 or seen.right() > width:
            self._scroll_by(seen.left() - round(0.1 * width), 0)

    def _in_sight(self) -> list[int]:
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        return list(self._desk.layout.between(seen.top(), seen.bottom()))

    def _go_to_top(self, page: int) -> None:
        y = self.mapFromScene(QPointF(0, self._desk.layout.position(page)[1] - GAP / 2)).y()
        self._scroll_by(0, y)

    def _scroll_by(self, dx: int, dy: int) -> None:
        for bar, by in ((self.horizontalScrollBar(), dx), (self.verticalScrollBar(), dy)):
            if by:
                bar.setValue(bar.value() + by)

    def _scrolled(self) -> None:
        self._note_page()
        self._wish()

    def _note_page(self) -> None:
        if not self.pages:
            return
        at = self.mapToScene(QPoint(0, self.viewport().height() // 3)).y()
        page = self._desk.layout.page_at(at)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # ------------------------------------------------------------------------------------ events

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom with Ctrl at the pointer, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self._zoom * 1.0015 ** event.angleDelta().y(), event.position().toPoint())
            event.accept()
        else:
            self._sought = None
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll with the keys; Home and End go to the first and the last page."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + bar.pageStep() * (-1 if back else 1))
        else:
            super().keyPressEvent(event)
            return
        self._sought = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the pages as wide as the view, if that was asked for."""
        super().resizeEvent(event)
        if self._fit and event.size().width() != event.oldSize().width():
            self._apply_zoom()
        self._note_page()
        self._settling.start()

    def event(self, event: QEvent) -> bool:
        """Draw the pages anew when the window has moved to another screen."""
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.Show):
            self._settling.start(0)
        return super().event(event)
