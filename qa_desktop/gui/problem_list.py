"""The files that could not be read, or not wholly: one line each, with the reason and *Try again*."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.reading_rows import INSIDE, shown_name

_MOST_ROWS = 200


class ProblemList(QWidget):
    """A line "2 files could not be read" that unfolds into one line per file.

    Signals: `retry(ids)` with a list of document ids; `remove(ids)` likewise.
    """

    retry = Signal(list)
    remove = Signal(list)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._fold = QToolButton()
        self._fold.setObjectName("problemFold")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        icons.put(self._fold, "warning", "warning")
        self._rows = QWidget()
        self._rows.setObjectName("problemRows")
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._rows)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(self.tr("Files that could not be read"))
        self._fold.toggled.connect(self._area.setVisible)
        self._area.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self._fold)
        whole.addWidget(self._area)
        self.hide()

    def set_entries(self, entries: Sequence[DocumentEntry]) -> None:
        """Show one line for each of `entries` that has problems."""
        troubled = [e for e in entries if e.problems]
        by_id = {e.id: e for e in entries}
        unread = sum(1 for e in troubled if e.state == "unreadable")
        texts = []
        if unread:
            texts.append(
                words.count(
                    unread, self.tr("%n file could not be read"), self.tr("%n files could not be read")
                )
            )
        if len(troubled) > unread:
            part = len(troubled) - unread
            texts.append(words.count(part, self.tr("%n read in part"), self.tr("%n read in part")))
        self._fold.setText(", ".join(texts))
        self._fold.setAccessibleName(self._fold.text())
        self._fold.setToolTip(self.tr("Show or hide the list of these files"))
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for entry in troubled[:_MOST_ROWS]:
            self._column.addWidget(self._row(entry, shown_name(entry, by_id)))
        self._column.addStretch(1)
        self._area.setMaximumHeight(14 * self.fontMetrics().height())
        self.setVisible(bool(troubled))

    def _row(self, entry: DocumentEntry, shown: str) -> QWidget:
        row = QFrame()
        row.setObjectName("problemRow")
        holder, inside, own = shown.rpartition(INSIDE)
        name = holder.rsplit("/", 1)[-1] + inside + own.rsplit("/", 1)[-1]
        reasons = "; ".join(words.problem(p) for p in entry.problems)
        label = QLabel(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        why = plain_label(reasons, "small")
        full = "\n".join([shown, *(words.problem_in_full(p) for p in entry.problems)])
        row.setToolTip(words.tip(full))
        row.setAccessibleName(f"{name}: {reasons}")
        again = QPushButton(self.tr("Try again"))
        again.setProperty("kind", "quiet")
        again.setAutoDefault(False)
        again.setAccessibleName(self.tr("Try again: %1").replace("%1", name))
        again.setAccessibleDescription(full)
        again.clicked.connect(lambda: self.retry.emit([entry.id]))
        drop = QToolButton()
        self._icons.put(drop, "close", "muted")
        drop.setAccessibleName(self.tr("Remove from the library: %1").replace("%1", name))
        drop.setToolTip(self.tr("Remove from the library…"))
        drop.clicked.connect(lambda: self.remove.emit([entry.id]))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label)
        texts.addWidget(why)
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 4, 0, 4)
        line.addLayout(texts, 1)
        line.addWidget(again, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(drop, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
