"""The table of a reading report: its columns, how they are sorted, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qa_desktop.gui import reading_rows as rows
from qa_desktop.gui import report_words, words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.reading_rows import ReadingRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SIGNS = {  # an icon and its colour; the words beside it say the same
    rows.FAILED: ("error", "danger"),
    rows.PARTIAL: ("warning", "warning"),
    rows.ADDED: ("success", "success"),
    rows.UPDATED: ("success", "success"),
    rows.REMOVED: ("remove", "muted"),
    rows.READ: ("success", "success"),
}


def _number(value: int) -> str:
    return words.number(value) if value else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what a cell says, what it is sorted by, whether it holds figures."""

    title: str
    text: Callable[[ReadingRow], str]
    order: Callable[[ReadingRow], Any]
    figures: bool = False


COLUMNS = (
    Column("File", lambda r: r.shown, lambda r: r.name.casefold()),
    Column("Outcome", lambda r: report_words.outcome(r.outcome), lambda r: rows.OUTCOMES.index(r.outcome)),
    Column("Pages", lambda r: _number(r.pages), lambda r: r.pages, figures=True),
    Column("Passages", lambda r: _number(r.passages), lambda r: r.passages, figures=True),
    Column("Language", lambda r: words.language(r.language), lambda r: words.language(r.language)),
    Column("What is missing", report_words.missing, report_words.missing),
    Column("Recognised pages", report_words.recognised, lambda r: r.scanned, figures=True),
    Column("Same text as", lambda r: r.same_as, lambda r: r.same_as.casefold()),
)
FILE, OUTCOME, MISSING = 0, 1, 5


class ReadingModel(QAbstractTableModel):
    """Adapts the rows of a report: those of one group that hold all words of a filter, sorted by a column.

    Sorting and filtering are done here, at once for all rows: tens of thousands take no time to be noticed.
    """

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._rows: tuple[ReadingRow, ...] = ()
        self._shown: list[ReadingRow] = []
        self._group = ""
        self._words: list[str] = []
        self._order = (OUTCOME, Qt.SortOrder.AscendingOrder)

    @property
    def rows(self) -> tuple[ReadingRow, ...]:
        """All rows of the report."""
        return self._rows

    @property
    def shown(self) -> tuple[ReadingRow, ...]:
        """The rows that are shown, in their order on the screen."""
        return tuple(self._shown)

    def row(self, index: Index) -> ReadingRow:
        """Return the row at `index`."""
        return self._shown[index.row()]

    def set_rows(self, report: Sequence[ReadingRow]) -> None:
        """Show another report."""
        self._rows = tuple(report)
        self._arrange()

    def show_group(self, group: str) -> None:
        """Show the rows of one group; all for an empty name."""
        self._group = group
        self._arrange()

    def show_words(self, text: str) -> None:
        """Show the rows that hold all words of `text`."""
        self._words = text.casefold().split()
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._order
        self.beginResetModel()
        found = [row for row in self._rows if self._accepts(row)]
        found.sort(key=COLUMNS[column].order, reverse=order is Qt.SortOrder.DescendingOrder)
        self._shown = found
        self.endResetModel()

    def _accepts(self, row: ReadingRow) -> bool:
        if self._group and self._group not in row.groups:
            return False
        if not self._words:
            return True
        heap = f"{row.shown} {report_words.missing(row)} {row.same_as}".casefold()
        return all(word in heap for word in self._words)

    # What Qt asks for, in Qt's names.

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are equal in it keep the order of the report."""
        if 0 <= column < len(COLUMNS):
            self._order = (column, order)
            self._arrange()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return words.tr(COLUMNS[section].title)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, sign, tooltip or spoken words of a cell."""
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(report_words.in_full(row) if index.column() != FILE else row.shown)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words.tr(column.title)}: {column.text(row) or '–'}"
        return None

    def _sign(self, row: ReadingRow, column: int) -> Any:
        if column == FILE:
            return self._icons.kind(row.kind)
        if column == OUTCOME and row.outcome in _SIGNS:
            return self._icons.icon(*_SIGNS[row.outcome])
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
