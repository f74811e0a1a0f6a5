"""Writes paragraphs into a text document: plain characters and formats, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextLength

from qa_desktop.domain import BlockKind, Page, Run
from qa_desktop.gui.table_writer import WriteCell, write_table
from qa_desktop.gui.text_flow import Flow, Paragraph
from qa_desktop.gui.text_labels import caption, sign
from qa_desktop.gui.text_looks import Looks
from qa_desktop.gui.theme import Theme


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
        self.looks = Looks(theme, percent)
        self._pages = pages

    def write(self, cursor: QTextCursor, paragraphs: Sequence[Paragraph]) -> list[Written]:
        """Insert `paragraphs` after the block of `cursor`; positions count from where it stood."""
        anchor = cursor.position()
        written: list[Written] = []
        above = ""
        for paragraph in paragraphs:
            if paragraph.page:
                self._write_page_number(cursor, paragraph.page)
                above = ""
            said, above = above, caption(paragraph)
            if above and above != said and paragraph.begins:
                cursor.insertBlock(self.looks.above(), self.looks.caption)
                cursor.insertText(above, self.looks.caption)
            if paragraph.columns > 1:
                write_table(cursor, paragraph, self.looks, self._cells(paragraph, anchor, written))
            else:
                self._write_rows(cursor, paragraph, anchor, written)
        return written

    def _write_rows(
        self, cursor: QTextCursor, paragraph: Paragraph, anchor: int, written: list[Written]
    ) -> None:
        before = sign(paragraph)
        write_cell = self._cells(paragraph, anchor, written)
        for row in paragraph.rows:
            cursor.insertBlock(self.looks.block(paragraph), QTextCharFormat())
            if before and paragraph.kind is BlockKind.NOTE:
                cursor.insertText(before, self._raised(self.looks.note))
                cursor.insertText("\u2009", self.looks.note)
                before = ""
            elif before:
                cursor.insertText(f"{before}\u2002", self.looks.sign)
            write_cell(cursor, row[0])

    def _cells(self, paragraph: Paragraph, anchor: int, written: list[Written]) -> WriteCell:
        look = self.looks.of(paragraph)

        def write(cursor: QTextCursor, flow: Flow) -> None:
            written.append(Written(paragraph.block, flow, cursor.position() - anchor))
            done = 0
            for start, end in flow.raised:
                cursor.insertText(flow.text[done:start], look)
                cursor.insertText(flow.text[start:end], self._raised(look))
                done = end
            cursor.insertText(flow.text[done:], look)

        return write

    def _raised(self, look: QTextCharFormat) -> QTextCharFormat:
        raised = QTextCharFormat(look)
        raised.merge(self.looks.raised)
        return raised

    def _write_page_number(self, cursor: QTextCursor, number: int) -> None:
        label = self._pages[number - 1].label
        words = QCoreApplication.translate("text", "Page %1").replace("%1", str(number))
        if label and label != str(number):
            words += " " + QCoreApplication.translate("text", "(printed %1)").replace("%1", label)
        look = QTextBlockFormat()
        look.setAlignment(Qt.AlignmentFlag.AlignRight)
        look.setTopMargin(self.looks.line * 1.2)
        look.setBottomMargin(self.looks.line * 0.4)
        look.setProperty(QTextBlockFormat.Property.BlockTrailingHorizontalRulerWidth, _WHOLE_WIDTH)
        cursor.insertBlock(look, self.looks.page_number)
        cursor.insertText(words, self.looks.page_number)


_WHOLE_WIDTH = QTextLength(QTextLength.Type.PercentageLength, 100)


def units(text: str) -> int:
    """Return the length of `text` as Qt counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
