"""The desk on which the pages of a document lie, one below the other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QGraphicsScene

from qa_desktop.gui.page_item import PageColours, PageItem
from qa_desktop.gui.page_layout import PageLayout
from qa_desktop.gui.page_pictures import Picture
from qa_desktop.gui.theme import Theme

_MARGIN = 22.0  # beside what is printed, in 1/96 inch
GAP = 10.0  # between pages and around them, in 1/96 inch


class PageDesk(QGraphicsScene):
    """A scene in units of 1/96 inch that holds the pages.  Pages are counted from 1."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: list[PageItem] = []
        self.layout = PageLayout(0, GAP)
        self._printed = 0.0
        self._narrow = False
        theme.changed.connect(self._recolour)

    @property
    def pages(self) -> int:
        """How many pages lie here."""
        return len(self._items)

    @property
    def reading_width(self) -> float:
        """The width that has to be seen to read the pages seen so far: what is printed, and some margin."""
        return self._printed or self.layout.width + 2 * GAP

    def lay_out(self, pages: int) -> None:
        """Put so many empty pages on the desk, in place of what lay there."""
        for item in self._items:
            self.removeItem(item)
        self.layout = PageLayout(pages, GAP)
        self._printed = 0.0
        colours = PageColours.of(self._theme)
        self._items = [PageItem(number, colours) for number in range(1, pages + 1)]
        for item in self._items:
            self.addItem(item)
        self.arrange()

    def arrange(self) -> None:
        """Put the pages where the layout says."""
        for number, item in enumerate(self._items, 1):
            item.set_size(*self.layout.size(number))
            item.setPos(*self.layout.position(number))
        width = self.reading_width if self._narrow else self.layout.width + 2 * GAP
        self.setSceneRect(-width / 2, 0, width, self.layout.height)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Leave the empty margins of the pages outside the scene, or take them in."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.arrange()

    def show_picture(self, page: int, picture: Picture) -> bool:
        """Show the picture of a page; True if the reading width has changed by it."""
        self._items[page - 1].set_picture(picture)
        left, right = picture.printed
        # The middle of the pages is the middle of the view, so the wider side counts.
        half = max(picture.size[0] / 2 - left, right - picture.size[0] / 2) + _MARGIN
        printed = min(2 * half, self.layout.width + 2 * GAP)
        if printed <= self._printed + 1:
            return False
        self._printed = printed
        self.arrange()
        return True

    def mark(self, page: int, rects: tuple[QRectF, ...]) -> None:
        """Mark these rectangles of a page (in its own coordinates), and nothing else on it."""
        self._items[page - 1].set_marks(rects)

    def unmark(self) -> None:
        """Take all marks away."""
        for item in self._items:
            item.set_marks(())

    def marked(self, pages: Iterable[int]) -> QRectF:
        """Return the rectangle around the marks of these pages; empty if there are none."""
        box = QRectF()
        for page in pages:
            item = self._items[page - 1]
            if not item.marked.isEmpty():
                box |= item.mapRectToScene(item.marked)
        return box

    def _recolour(self) -> None:
        colours = PageColours.of(self._theme)
        for item in self._items:
            item.set_colours(colours)
