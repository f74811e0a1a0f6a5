"""The table of a reading report: its columns, how they are sorted, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from qa_desktop.gui import reading_rows as rows
from qa_desktop.gui import report_words, words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.reading_rows import ReadingRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SORT = Qt.ItemDataRole.UserRole
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
    """Adapts the rows of a report."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._rows: tuple[ReadingRow, ...] = ()

    @property
    def rows(self) -> tuple[ReadingRow, ...]:
        """All rows of the report."""
        return self._rows

    def set_rows(self, report: Sequence[ReadingRow]) -> None:
        """Show another report."""
        self.beginResetModel()
        self._rows = tuple(report)
        self.endResetModel()

    # What Qt asks for, in Qt's names.

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

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
        """Return text, sign, order, tooltip or spoken words of a cell."""
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == _SORT:
            return column.order(row)
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


class FilteredReport(QSortFilterProxyModel):
    """Shows the rows of one group whose name or problem holds all words of a filter; sorts by any column."""

    def __init__(self, model: ReadingModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._group = ""
        self._words: list[str] = []
        self.setSortRole(_SORT)
        self.setSourceModel(model)

    def show_group(self, group: str) -> None:
        """Show the rows of one group; all for an empty name."""
        self.beginFilterChange()
        self._group = group
        self.endFilterChange()

    def show_words(self, text: str) -> None:
        """Show the rows that hold all words of `text`."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def row(self, index: Index) -> ReadingRow:
        """Return the row at the proxy's `index`."""
        return self._model.rows[self.mapToSource(index).row()]

    def shown(self) -> tuple[ReadingRow, ...]:
        """Return the rows that are shown, in their order on the screen."""
        return tuple(self.row(self.index(number, 0)) for number in range(self.rowCount()))

    def filterAcceptsRow(self, row: int, _: Index) -> bool:  # noqa: N802 - Qt's name
        """Accept rows by group and words."""
        found = self._model.rows[row]
        heap = f"{found.shown} {report_words.missing(found)} {found.same_as}".casefold()
        return (not self._group or self._group in found.groups) and all(word in heap for word in self._words)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
