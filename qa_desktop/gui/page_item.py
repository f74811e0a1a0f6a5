"""One page on the desk: the paper, its picture, and the marked words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from qa_desktop.gui.page_pictures import Picture
from qa_desktop.gui.theme import Theme

_MARK_MARGIN = 1.5  # what a mark stands out around the letters, in 1/96 inch


@dataclass(frozen=True, slots=True)
class PageColours:
    """The colours a page is painted in."""

    paper: QColor
    edge: QColor
    number: QColor
    mark: QColor
    mark_edge: QColor

    @classmethod
    def of(cls, theme: Theme) -> PageColours:
        """Take them from the theme."""
        names = ("paper", "border", "outline", "page_mark", "page_mark_edge")
        return cls(*(theme.colour(name) for name in names))


def join_lines(rects: Sequence[QRectF]) -> list[QRectF]:
    """Join neighbours that stand on one line: a reader may tell words, a marker pen goes through."""
    lines: list[QRectF] = []
    for rect in rects:
        last = lines[-1] if lines else QRectF()
        height = min(last.height(), rect.height())
        level = min(last.bottom(), rect.bottom()) - max(last.top(), rect.top()) > 0.5 * height
        gap = max(last.left(), rect.left()) - min(last.right(), rect.right())
        if lines and level and gap < 1.5 * height:
            lines[-1] = last.united(rect)
        else:
            lines.append(QRectF(rect))
    return lines


class PageItem(QGraphicsItem):
    """A page in a scene whose unit is 1/96 inch; until its picture has come, paper with its number."""

    def __init__(self, number: int, colours: PageColours) -> None:
        super().__init__()
        self._number = number
        self._colours = colours
        self._bounds = QRectF()
        self._picture: Picture | None = None
        self._marks = QPainterPath()
        self._lines: tuple[QRectF, ...] = ()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def set_size(self, width: float, height: float) -> None:
        """Make the paper so wide and high."""
        bounds = QRectF(0, 0, width, height)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def set_colours(self, colours: PageColours) -> None:
        """Paint in other colours."""
        self._colours = colours
        self.update()

    def set_picture(self, picture: Picture | None) -> None:
        """Show another picture of the page."""
        self._picture = picture
        self.update()

    def set_marks(self, rects: tuple[QRectF, ...]) -> None:
        """Mark these rectangles, and nothing else."""
        if not rects and not self._lines:
            return
        margin = _MARK_MARGIN
        self._lines = tuple(r.adjusted(-margin, -margin, margin, margin) for r in join_lines(rects))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for line in self._lines:
            path.addRect(line)
        # One outline for all, so that nothing is tinted twice where lines of text touch.
        self._marks = path.simplified()
        self.update()

    @property
    def marked(self) -> QRectF:
        """What is marked, as one rectangle in the coordinates of the page; empty if nothing is."""
        return self._marks.boundingRect()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the page with its edge."""
        return self._bounds.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint paper, picture and marks."""
        painter.fillRect(self._bounds, self._colours.paper)
        if self._picture is None:
            self._paint_number(painter)
        else:
            self._paint_picture(painter, self._picture, option.exposedRect)
        self._paint_marks(painter)
        pen = QPen(self._colours.edge, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(self._bounds)

    def _paint_number(self, painter: QPainter) -> None:
        font = painter.font()
        font.setPixelSize(64)
        painter.setFont(font)
        painter.setPen(self._colours.number)
        painter.drawText(self._bounds, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_picture(self, painter: QPainter, picture: Picture, exposed: QRectF) -> None:
        device = painter.deviceTransform()
        width = self._bounds.width() * device.m11()
        painter.save()
        if abs(picture.image.width() - width) < 2:
            # Drawn for this very size: copy it pixel by pixel, for anything else would blur the letters.
            corner = device.map(QPointF(0, 0))
            painter.resetTransform()
            screen = painter.deviceTransform()
            painter.scale(1 / screen.m11(), 1 / screen.m22())
            offset = painter.deviceTransform()
            painter.drawImage(
                QPointF(round(corner.x() - offset.dx()), round(corner.y() - offset.dy())), picture.image
            )
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._bounds, picture.image)
        painter.restore()
        if self._colours.paper != QColor(Qt.GlobalColor.white):
            self._multiply(painter, exposed & self._bounds, self._colours.paper)

    def _paint_marks(self, painter: QPainter) -> None:
        if self._marks.isEmpty():
            return
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillPath(self._marks, self._colours.mark)
        painter.restore()
        # A line below and a bar in the margin, for whoever does not see the colour or looks at a small page.
        pen = QPen(self._colours.mark_edge, 1.5)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        printed = self._picture.printed[0] if self._picture is not None else 0.0
        bar = max(0.0, printed - 11)
        for line in self._lines:
            painter.drawLine(line.bottomLeft(), line.bottomRight())
            painter.fillRect(QRectF(bar, line.top(), 4, line.height()), self._colours.mark_edge)

    @staticmethod
    def _multiply(painter: QPainter, rect: QRectF, colour: QColor) -> None:
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, colour)
        painter.restore()
