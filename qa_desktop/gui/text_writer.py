"""Writes paragraphs into a text document: plain characters and formats, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from qa_desktop.domain import BlockKind, Page, Run
from qa_desktop.gui.text_flow import Flow, Paragraph
from qa_desktop.gui.theme import Theme

_LINE_HEIGHT = 140  # percent
_HEADINGS = (1.55, 1.3, 1.15, 1.05, 1.0, 1.0)  # sizes by level, in sizes of the text for reading
_WIDE_CELL = 40  # characters from which on a column counts as one of running text


@dataclass(frozen=True, slots=True)
class Written:
    """Where a flow stands: `at` counts from the anchor of its part of the document, in UTF-16 units."""

    block: int
    flow: Flow
    at: int

    def ranges(self, runs: Sequence[Run]) -> list[tuple[int, int]]:
        """Return where the characters of `runs` stand, counted from the same anchor."""
        return [self.position(start, end) for start, end in self.flow.ranges(runs)]

    def position(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `start` to `end` of the flow stand."""
        return self.at + units(self.flow.text[:start]), self.at + units(self.flow.text[:end])


class Writer:
    """Writes in the sizes and colours of a theme, enlarged to `percent`."""

    def __init__(self, theme: Theme, pages: Sequence[Page], percent: int = 100) -> None:
        self._theme = theme
        self._pages = pages
        self._size = theme.points("reading") * percent / 100
        self._line = theme.size("icon") * percent / 100
        self._text = self._characters(1.0, "text")
        self._note = self._characters(0.88, "muted")
        self._aside = self._characters(0.85, "muted")
        self._page_number = self._characters(0.85, "muted")
        self._sign = self._characters(1.0, "muted")
        self._raised = QTextCharFormat()
        self._raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        self._raised.setForeground(theme.colour("accent"))
        self._nothing = QTextCharFormat()
        self._nothing.setFontPointSize(1)

    def write(self, cursor: QTextCursor, paragraphs: Sequence[Paragraph]) -> list[Written]:
        """Insert `paragraphs` after the block of `cursor`; positions count from where it stood."""
        anchor = cursor.position()
        written: list[Written] = []
        for paragraph in paragraphs:
            if paragraph.page:
                self._write_page_number(cursor, paragraph.page)
            if paragraph.columns > 1:
                self._write_table(cursor, paragraph, anchor, written)
            else:
                for row in paragraph.rows:
                    cursor.insertBlock(self._block(paragraph), QTextCharFormat())
                    if paragraph.kind is BlockKind.LIST and paragraph.label:
                        cursor.insertText(f"{paragraph.label}\u2002", self._sign)
                    self._write_flow(cursor, row[0], paragraph, anchor, written)
        return written

    def _write_flow(
        self, cursor: QTextCursor, flow: Flow, paragraph: Paragraph, anchor: int, written: list[Written]
    ) -> None:
        written.append(Written(paragraph.block, flow, cursor.position() - anchor))
        look = self._look(paragraph)
        done = 0
        for start, end in flow.raised:
            cursor.insertText(flow.text[done:start], look)
            raised = QTextCharFormat(look)
            raised.merge(self._raised)
            cursor.insertText(flow.text[start:end], raised)
            done = end
        cursor.insertText(flow.text[done:], look)

    def _write_page_number(self, cursor: QTextCursor, number: int) -> None:
        label = self._pages[number - 1].label
        words = QCoreApplication.translate("text", "Page %1").replace("%1", str(number))
        if label and label != str(number):
            words += " " + QCoreApplication.translate("text", "(printed %1)").replace("%1", label)
        look = QTextBlockFormat()
        look.setAlignment(Qt.AlignmentFlag.AlignRight)
        look.setTopMargin(self._line * 1.2)
        look.setBottomMargin(self._line * 0.4)
        look.setProperty(QTextBlockFormat.Property.BlockTrailingHorizontalRulerWidth, _WHOLE_WIDTH)
        cursor.insertBlock(look, self._page_number)
        cursor.insertText(words, self._page_number)

    def _write_table(
        self, cursor: QTextCursor, paragraph: Paragraph, anchor: int, written: list[Written]
    ) -> None:
        thin = QTextBlockFormat()
        cursor.insertBlock(thin, self._nothing)
        look = QTextTableFormat()
        look.setBorder(1)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(QBrush(self._theme.colour("border")))
        look.setBorderCollapse(True)
        look.setCellPadding(self._line * 0.3)
        look.setBottomMargin(self._line * 0.6)
        look.setColumnWidthConstraints(_column_widths(paragraph))
        look.setHeaderRowCount(1)
        numeric = _numeric_columns(paragraph)
        table = cursor.insertTable(len(paragraph.rows), paragraph.columns, look)
        for number, row in enumerate(paragraph.rows):
            for column, flow in enumerate(row):
                cell = table.cellAt(number, column)
                inside = cell.firstCursorPosition()
                if number == 0:
                    head = cell.format()
                    head.setBackground(self._theme.colour("side"))
                    cell.setFormat(head)
                side = Qt.AlignmentFlag.AlignRight if column in numeric else Qt.AlignmentFlag.AlignLeft
                aligned = QTextBlockFormat()
                aligned.setAlignment(side)
                inside.setBlockFormat(aligned)
                self._write_flow(inside, flow, paragraph, anchor, written)
                if number == 0:
                    inside.setPosition(cell.firstPosition())
                    inside.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
                    bold = QTextCharFormat()
                    bold.setFontWeight(QFont.Weight.DemiBold)
                    inside.mergeCharFormat(bold)
        cursor.setPosition(table.lastPosition() + 1)
        cursor.setBlockCharFormat(self._nothing)

    def _characters(self, size: float, colour: str, weight: QFont.Weight | None = None) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFontPointSize(self._size * size)
        look.setForeground(self._theme.colour(colour))
        if weight is not None:
            look.setFontWeight(weight)
        return look

    def _look(self, paragraph: Paragraph) -> QTextCharFormat:
        if paragraph.kind is BlockKind.HEADING:
            return self._characters(_HEADINGS[max(paragraph.level, 1) - 1], "text", QFont.Weight.DemiBold)
        if paragraph.kind is BlockKind.CAPTION:
            look = QTextCharFormat(self._note)
            look.setFontItalic(True)
            return look
        plain = {BlockKind.NOTE: self._note, BlockKind.ASIDE: self._aside}
        return plain.get(paragraph.kind, self._text)

    def _block(self, paragraph: Paragraph) -> QTextBlockFormat:
        look = QTextBlockFormat()
        look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look.setBottomMargin(self._line * 0.55)
        if paragraph.kind is BlockKind.HEADING:
            look.setHeadingLevel(max(paragraph.level, 1))
            look.setTopMargin(self._line * 0.9)
            look.setBottomMargin(self._line * 0.35)
            look.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        elif paragraph.kind is BlockKind.LIST:
            look.setLeftMargin(self._line * 1.1)
            look.setBottomMargin(self._line * 0.25)
        elif paragraph.kind in (BlockKind.NOTE, BlockKind.CAPTION):
            look.setLeftMargin(self._line * 0.8)
            look.setBottomMargin(self._line * 0.3)
        elif paragraph.kind is BlockKind.TABLE:
            look.setBottomMargin(0)
        return look


_WHOLE_WIDTH = QTextLength(QTextLength.Type.PercentageLength, 100)


def _column_widths(paragraph: Paragraph) -> list[QTextLength]:
    """Give columns of running text their share of the width; the others take what they need."""
    longest = [
        max((len(row[column].text) for row in paragraph.rows if column < len(row)), default=0)
        for column in range(paragraph.columns)
    ]
    if max(longest) < _WIDE_CELL:
        return [QTextLength()] * paragraph.columns
    weights = [min(max(length, 6), 90) ** 0.6 for length in longest]
    share = 100 / sum(weights)
    return [QTextLength(QTextLength.Type.PercentageLength, weight * share) for weight in weights]


def _numeric_columns(paragraph: Paragraph) -> set[int]:
    """Return the columns whose cells below the header hold figures and no words."""
    found = set()
    for column in range(paragraph.columns):
        cells = [row[column].text for row in paragraph.rows[1:] if column < len(row) and row[column].text]
        if cells and all(any(c.isdigit() for c in cell) for cell in cells):
            letters = sum(c.isalpha() for cell in cells for c in cell)
            if letters <= 0.2 * sum(map(len, cells)):
                found.add(column)
    return found


def units(text: str) -> int:
    """Return the length of `text` as Qt counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
