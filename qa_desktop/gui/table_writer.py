"""Writes the tables of a document as tables: a header that stands out, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from qa_desktop.gui.text_flow import Flow, Paragraph
from qa_desktop.gui.text_looks import Looks
from qa_desktop.gui.text_table import Columns

_LONG_CELL = 24  # characters from which on a column counts as one of running text
_LONGEST_CELL = 40  # characters of a cell that its column makes room for
_MOST_SHARED = 8  # columns that share the width of the pane; more of them need what they need
_FEWEST, _MOST = 6, 90  # characters that count when widths are shared

BLOCK = int(QTextFormat.Property.UserProperty) + 1  # which block of the document a table shows

WriteCell = Callable[[QTextCursor, Flow], None]


def write_table(cursor: QTextCursor, paragraph: Paragraph, looks: Looks, write_cell: WriteCell) -> None:
    """Write a table, or a piece of one, after the block of `cursor`; `write_cell` writes its cells."""
    cursor.insertBlock(QTextBlockFormat(), looks.nothing)
    table = cursor.insertTable(len(paragraph.rows), paragraph.columns, _look(paragraph, looks))
    for number, row in enumerate(paragraph.rows):
        for column, flow in enumerate(row):
            cell = table.cellAt(number, column)
            head = paragraph.begins and number == 0
            if head:
                tint(cell, looks, "side")
            inside = cell.firstCursorPosition()
            aligned = QTextBlockFormat()
            right = column in paragraph.table.figures
            aligned.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
            inside.setBlockFormat(aligned)
            write_cell(inside, flow)
            if head:
                _embolden(inside, cell)
    cursor.setPosition(table.lastPosition() + 1)
    cursor.setBlockCharFormat(looks.nothing)


def tint(cell: QTextTableCell, looks: Looks, colour: str) -> None:
    """Give a cell a background; an empty `colour` takes it away."""
    look = cell.format()
    if colour:
        look.setBackground(looks.theme.colour(colour))
    else:
        look.clearBackground()
    cell.setFormat(look)


def tint_row(table: QTextTable, row: int, looks: Looks, *, marked: bool) -> None:
    """Show a row as one that holds marked words, or as it was."""
    usual = "side" if table.format().headerRowCount() and row == 0 else ""
    for column in range(table.columns()):
        tint(table.cellAt(row, column), looks, "accent_soft" if marked else usual)


def _embolden(inside: QTextCursor, cell: QTextTableCell) -> None:
    inside.setPosition(cell.firstPosition())
    inside.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.DemiBold)
    inside.mergeCharFormat(bold)


def _look(paragraph: Paragraph, looks: Looks) -> QTextTableFormat:
    look = QTextTableFormat()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(looks.theme.colour("border")))
    look.setBorderCollapse(True)
    look.setCellPadding(looks.line * 0.3)
    look.setBottomMargin(looks.line * 0.6)
    look.setColumnWidthConstraints(_widths(paragraph.table, looks))
    look.setProperty(BLOCK, paragraph.block)
    look.setHeaderRowCount(1 if paragraph.begins else 0)
    return look


def _widths(columns: Columns, looks: Looks) -> list[QTextLength]:
    """Give columns what they need, up to a limit; where several hold running text, all share the width.

    Every piece of a table gets the same widths, so that its columns stand below each other.
    """
    longest = columns.longest
    long = [length for length in longest if length >= _LONG_CELL]
    if len(long) > 1 and len(longest) <= _MOST_SHARED:
        weights = [min(max(length, _FEWEST), _MOST) ** 0.6 for length in longest]
        share = 100 / sum(weights)
        return [QTextLength(QTextLength.Type.PercentageLength, weight * share) for weight in weights]
    font = looks.theme.font("reading")
    font.setPointSizeF(looks.text.fontPointSize())
    metrics = QFontMetricsF(font)
    digit, letter = 1.06 * metrics.horizontalAdvance("0"), 1.2 * metrics.averageCharWidth()
    around = 2 * 0.3 * looks.line + digit
    fixed = [
        (digit if column in columns.figures else letter) * min(max(length, 3), _LONGEST_CELL) + around
        for column, length in enumerate(longest)
    ]
    return [QTextLength(QTextLength.Type.FixedLength, width) for width in fixed]
