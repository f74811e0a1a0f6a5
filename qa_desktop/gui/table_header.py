"""The header of a long table, kept in sight while its rows are scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QTextTable
from PySide6.QtWidgets import QTextEdit, QWidget

from qa_desktop.gui.table_writer import BLOCK
from qa_desktop.gui.theme import Theme


class TableHeader(QWidget):
    """Lies over the top of `edit` while the rows of a table stand there and its own header does not.

    `remember` tells it the header of each table; one that was cut into pieces has one for all of them.
    """

    def __init__(self, edit: QTextEdit, theme: Theme) -> None:
        super().__init__(edit.viewport())
        self._edit = edit
        self._theme = theme
        self._font = QFont()
        self._heads: dict[int, Sequence[str]] = {}  # the words of the header, by the block of the document
        self._cells: list[tuple[QRectF, str, Qt.AlignmentFlag]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("")
        self.hide()
        edit.verticalScrollBar().valueChanged.connect(self.settle)
        edit.horizontalScrollBar().valueChanged.connect(self.settle)

    @property
    def words(self) -> tuple[str, ...]:
        """What it says; empty while it is hidden."""
        return tuple(text for _, text, _ in self._cells) if not self.isHidden() else ()

    def forget(self) -> None:
        """Forget all tables."""
        self._heads.clear()
        self._cells = []
        self.hide()

    def remember(self, block: int, words: Sequence[str]) -> None:
        """Keep the header of the table that is block number `block` of the document."""
        self._heads[block] = tuple(words)

    def settle(self) -> None:
        """Show the header of the table at the top of the view, if it is out of sight."""
        margin = self._edit.document().rootFrame().frameFormat().leftMargin()
        inside = round(margin + 3 * self._theme.size("gap_small") - self._edit.horizontalScrollBar().value())
        table = self._edit.cursorForPosition(QPoint(max(1, inside), 1)).currentTable()
        block = table.format().property(BLOCK) if table is not None else None
        words = self._heads.get(block, ()) if isinstance(block, int) else ()
        if table is None or not words or self._header_in_sight(table):
            self.hide()
            return
        self._cells = self._places(table, words)
        self._font = table.cellAt(0, 0).firstCursorPosition().charFormat().font()
        self._font.setWeight(QFont.Weight.DemiBold)
        self.setFont(self._font)
        height = round(QFontMetricsF(self._font).height() + 2 * table.format().cellPadding())
        self.setGeometry(0, 0, self._edit.viewport().width(), height)
        self.show()
        self.update()

    def _header_in_sight(self, table: QTextTable) -> bool:
        """Tell whether the table begins with its header, and this can be seen."""
        if not table.format().headerRowCount():
            return False
        return self._edit.cursorRect(table.cellAt(0, 0).firstCursorPosition()).top() >= 0

    def _places(self, table: QTextTable, words: Sequence[str]) -> list[tuple[QRectF, str, Qt.AlignmentFlag]]:
        layout = self._edit.document().documentLayout()
        shift = self._edit.horizontalScrollBar().value()
        found = []
        for column in range(min(table.columns(), len(words))):
            start = table.cellAt(table.rows() - 1, column).firstCursorPosition()
            box = layout.blockBoundingRect(start.block())
            found.append(
                (
                    QRectF(box.left() - shift, 0, box.width(), 0),
                    words[column],
                    start.blockFormat().alignment(),
                )
            )
        return found

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the words of the header where their columns stand."""
        if not self._cells:
            return
        painter = QPainter(self)
        pad = self._theme.size("gap_tiny")
        left = self._cells[0][0].left() - 2 * pad
        whole = QRectF(left, 0, self._cells[-1][0].right() + 2 * pad - left, self.height())
        painter.fillRect(whole, self._theme.colour("side"))
        painter.setPen(QPen(self._theme.colour("outline"), 1))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        for box, text, side in self._cells:
            room = QRectF(box.left(), 0, box.width(), self.height())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
