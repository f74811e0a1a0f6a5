"""The marked words in a text on screen, and the rows of tables that hold them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QTextEdit

from qa_desktop.gui.table_writer import tint_row
from qa_desktop.gui.text_looks import Looks
from qa_desktop.gui.theme import Theme


class TextMarks:
    """Marks stretches of the document of `edit`, and lets the rows of tables stand out around them."""

    def __init__(self, edit: QTextEdit, theme: Theme) -> None:
        self._edit = edit
        self._theme = theme
        self._spans: list[tuple[int, int]] = []
        self._rows: list[tuple[QTextTable, int]] = []

    def __bool__(self) -> bool:
        return bool(self._spans)

    @property
    def words(self) -> tuple[str, ...]:
        """What is marked, as it stands on the screen."""
        return tuple(self.cursor(*span).selectedText() for span in self._spans)

    @property
    def place(self) -> QRect:
        """Where the first mark begins, in the viewport; empty if there is none."""
        if not self._spans:
            return QRect()
        start = self._spans[0][0]
        return self._edit.cursorRect(self.cursor(start, start))

    def forget(self) -> None:
        """Forget everything, because the document is emptied."""
        self._spans, self._rows = [], []
        self._edit.setExtraSelections([])

    def mark(self, spans: Iterable[tuple[int, int]], looks: Looks) -> None:
        """Mark these stretches, given as positions in the document, and nothing else."""
        self._spans = sorted(spans)
        self._tint(looks)
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("mark_strong"))
        look.setForeground(self._theme.colour("on_mark"))
        selections = []
        for span in self._spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self.cursor(*span)
            selection.format = look
            selections.append(selection)
        self._edit.setExtraSelections(selections)

    def cursor(self, start: int, end: int) -> QTextCursor:
        """Return a cursor over a stretch of the document."""
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _tint(self, looks: Looks) -> None:
        wanted: list[tuple[QTextTable, int]] = []
        for start, _ in self._spans:
            table = self.cursor(start, start).currentTable()
            if table is not None and (row := (table, table.cellAt(start).row())) not in wanted:
                wanted.append(row)
        for table, number in (row for row in self._rows if row not in wanted):
            tint_row(table, number, looks, marked=False)
        for table, number in (row for row in wanted if row not in self._rows):
            tint_row(table, number, looks, marked=True)
        self._rows = wanted
