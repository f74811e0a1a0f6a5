"""The reading report: what became of every file, why something is missing, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.gui import reading_rows, report_words, words
from qa_desktop.gui.icons import Icons, soften_clear_button
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.reading_detail import ReadingDetail
from qa_desktop.gui.reading_model import FILE, MISSING, OUTCOME, ReadingModel
from qa_desktop.gui.reading_rows import ReadingRow
from qa_desktop.gui.report_files import as_table
from qa_desktop.gui.theme import Theme

_WIDTHS = {FILE: 44, OUTCOME: 30, MISSING: 38}  # in average letters; the others are as wide as their words


class ReadingDialog(QDialog):
    """Shows a report beside the window; it can stay open while people go on working.

    Signals: `retry(ids)` with ids of files; `unlock(ids)` likewise; `show_folder(id)`; `save()`.
    """

    retry = Signal(list)
    unlock = Signal(list)
    show_folder = Signal(int)
    save = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingReport")
        self.setWindowTitle(self.tr("Reading report"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._theme = theme
        self.seconds: float | None = None
        self._headline = plain_label(role="heading")
        self._totals = plain_label(role="muted")
        self.model = ReadingModel(icons, self)
        self._chosen: set[str] = set()
        self._make_filters(icons)
        self.detail = ReadingDetail(theme, self)
        self._make_table()
        self.detail.retry.connect(self._retry)
        self.detail.unlock.connect(lambda: self.unlock.emit(self._files(self.selected())))
        self.detail.show_folder.connect(self._show_folder)
        self._arrange()
        self.model.modelReset.connect(self._choose_again)  # after the table, which forgets its selection
        self.table.setFocus()

    # ------------------------------------------------------------------------------- showing

    def show_report(self, report: Sequence[ReadingRow], headline: str, seconds: float | None) -> None:
        """Show `report`; what was chosen and how it was sorted stays so."""
        self.seconds = seconds
        self._headline.setText(headline)
        self._totals.setText(report_words.totals(report, seconds))
        self.model.set_rows(report)
        self._count(report)
        waiting = self._files([r for r in report if r.outcome in _AGAIN])
        self._all.setText(self.tr("Try all &again (%1)").replace("%1", words.number(len(waiting))))
        self._all.setEnabled(bool(waiting))

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Offer nothing that would have to wait for work under way."""
        self._all.setEnabled(not busy and any(r.outcome in _AGAIN for r in self.model.rows))
        self.detail.set_busy(busy)

    def selected(self) -> tuple[ReadingRow, ...]:
        """Return the rows that are selected."""
        return tuple(self.model.row(index) for index in self.table.selectionModel().selectedRows())

    def shown_or_selected(self) -> tuple[ReadingRow, ...]:
        """Return what is selected if that is several rows, else everything that is shown."""
        chosen = self.selected()
        return chosen if len(chosen) > 1 else self.model.shown

    def show_group(self, group: str) -> None:
        """Show one group of rows, if there is any in it."""
        self._groups.setCurrentIndex(max(0, self._groups.findData(group)))

    def choose(self, number: int) -> None:
        """Select one row by its place on the screen, whatever keys are held down."""
        whole = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.model.index(number, 0), whole)

    # ------------------------------------------------------------------------------- building

    def _make_filters(self, icons: Icons) -> None:
        self._groups = QComboBox()
        self._groups.setAccessibleName(self.tr("Show files by outcome"))
        self._groups.currentIndexChanged.connect(self._show_group)
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("Filter by name or reason"))
        self._words.setAccessibleName(self._words.placeholderText())
        self._words.setClearButtonEnabled(True)
        soften_clear_button(self._words, icons)
        self._words.textChanged.connect(self.model.show_words)

    def _make_table(self) -> None:
        self.table = table = QTableView()
        table.setObjectName("reading")
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Files and what became of them"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        side = self._theme.size("icon")
        table.setIconSize(QSize(side, side))
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.setSortingEnabled(True)
        table.sortByColumn(OUTCOME, Qt.SortOrder.AscendingOrder)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setAccessibleName(self.tr("Columns; press one to sort by it"))
        letter = self.fontMetrics().averageCharWidth()
        for column in range(self.model.columnCount()):
            title = self.fontMetrics().horizontalAdvance(str(self.model.headerData(column, _ACROSS)))
            table.setColumnWidth(column, max(letter * _WIDTHS.get(column, 0), title + 4 * letter))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        table.verticalHeader().setDefaultSectionSize(round(1.6 * self.fontMetrics().height()))
        table.selectionModel().selectionChanged.connect(self._selected)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu_at)
        for keys, slot in ((QKeySequence.StandardKey.Copy, self._copy), ("Ctrl+R", self._retry)):
            shortcut = QShortcut(QKeySequence(keys), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self._groups)
        filters.addWidget(self._words, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([300, 160])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        self._all = QPushButton(self.tr("Try all &again"))
        self._all.setToolTip(self.tr("Read every file again that could not be read, or not wholly"))
        self._all.clicked.connect(self._retry_all)
        copy = QPushButton(self.tr("&Copy"))
        copy.setToolTip(self.tr("Copy what is shown, or the rows that are selected, as a table"))
        copy.clicked.connect(self._copy)
        keep = QPushButton(self.tr("&Save as…"))
        keep.setToolTip(self.tr("Save what is shown as CSV, JSON or text"))
        keep.clicked.connect(self.save)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QGridLayout()
        for place, button in enumerate((self._all, copy, keep)):
            button.setAutoDefault(False)
            buttons.addWidget(button, 0, place)
        buttons.setColumnStretch(3, 1)
        close.setAutoDefault(False)
        buttons.addWidget(close, 0, 4)
        whole = QVBoxLayout(self)
        edge = self._theme.size("gap_large")
        whole.setContentsMargins(edge, edge, edge, self._theme.size("gap"))
        whole.setSpacing(self._theme.size("gap"))
        for item in (self._headline, self._totals):
            whole.addWidget(item)
        whole.addLayout(filters)
        whole.addWidget(split, 1)
        whole.addLayout(buttons)
        letters = self.fontMetrics()
        room = self.screen().availableSize()
        wide, high = letters.averageCharWidth() * 200, letters.height() * 44
        self.resize(min(wide, round(0.9 * room.width())), min(high, round(0.85 * room.height())))

    # ------------------------------------------------------------------------------- acting

    def _retry(self) -> None:
        files = self._files(self.selected())
        if files:
            self.retry.emit(files)

    def _retry_all(self) -> None:
        self.retry.emit(self._files([r for r in self.model.rows if r.outcome in _AGAIN]))

    def _show_folder(self) -> None:
        files = self._files(self.selected())
        if files:
            self.show_folder.emit(files[0])

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_table(self.shown_or_selected()))

    def _menu_at(self, where: QPoint) -> None:
        if self.selected():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.detail.fill(menu)
            menu.popup(self.table.viewport().mapToGlobal(where))

    def _count(self, report: Sequence[ReadingRow]) -> None:
        """Offer the groups that there are, with their counts; the choice stays where it can."""
        chosen = self._groups.currentData()
        counts = reading_rows.counted(report)
        self._groups.blockSignals(True)
        self._groups.clear()
        self._groups.addItem(f"{self.tr('All files')} ({words.number(len(report))})", "")
        for group in (*reading_rows.OUTCOMES, reading_rows.DUPLICATE, reading_rows.SCANNED):
            if counts[group]:
                self._groups.addItem(f"{report_words.outcome(group)} ({words.number(counts[group])})", group)
        self._groups.setCurrentIndex(max(0, self._groups.findData(chosen)))
        self._groups.blockSignals(False)
        self._show_group()

    def _show_group(self) -> None:
        self.model.show_group(self._groups.currentData() or "")

    def _selected(self) -> None:
        chosen = self.selected()
        self._chosen = {row.name for row in chosen}
        self.detail.show_rows(chosen)

    def _choose_again(self) -> None:
        """Choose what was chosen before the table was filled anew; else the first row, if there is any.

        So the details never speak of a row that is not shown.
        """
        places = [n for n, row in enumerate(self.model.shown) if row.name in self._chosen]
        if places:
            self.choose(places[0])
            for place in places[1:]:
                self.table.selectionModel().select(self.model.index(place, 0), _WHOLE_ROW)
        elif self.model.rowCount():
            self.choose(0)
        else:
            self.detail.show_rows(())

    def _files(self, report: Sequence[ReadingRow]) -> list[int]:
        return sorted({row.file for row in report if row.file is not None})


_ACROSS = Qt.Orientation.Horizontal
_WHOLE_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_AGAIN = (reading_rows.FAILED, reading_rows.PARTIAL)
