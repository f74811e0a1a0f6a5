"""What there is to know about the chosen rows of a reading report, and what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qa_desktop.gui import report_words, words
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.reading_rows import FAILED, PARTIAL, ReadingRow
from qa_desktop.gui.theme import Theme


class ReadingDetail(QFrame):
    """What is missing of a file, why, and what to do; *Try again*, *Enter password…*, *Show in folder*.

    Signals: `retry`, `unlock` and `show_folder` for the rows that are chosen.
    """

    retry = Signal()
    unlock = Signal()
    show_folder = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingDetail")
        self._rows: tuple[ReadingRow, ...] = ()
        self._busy = False
        self._name = plain_label(role="heading")
        self._outcome = plain_label(role="small")
        self._text = plain_label()
        for label in (self._name, self._outcome, self._text):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._actions: list[tuple[str, Callable[[], None]]] = [
            (self.tr("&Try again"), self.retry.emit),
            (self.tr("Enter &password…"), self.unlock.emit),
            (self.tr("Show in &folder"), self.show_folder.emit),
        ]
        row = QHBoxLayout()
        for text, slot in self._actions:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        page = QWidget()
        page.setObjectName("readingDetailPage")
        column = QVBoxLayout(page)
        gap = theme.size("gap")
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(theme.size("gap_small"))
        for label in (self._name, self._outcome, self._text):
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("About the chosen file"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.size("gap_small"))
        row.setContentsMargins(gap, 0, gap, 0)
        whole.addWidget(area, 1)
        whole.addLayout(row)
        self._area = area
        self.show_rows(())

    def show_rows(self, chosen: Sequence[ReadingRow]) -> None:
        """Speak of these rows."""
        self._rows = tuple(chosen)
        if not chosen:
            name, outcome, text = self.tr("No file is chosen"), "", ""
        elif len(chosen) > 1:
            name = words.count(len(chosen), "", self.tr("%n rows are chosen"))
            outcome, text = report_words.in_short(chosen), ""
        else:
            [row] = chosen
            name, outcome = row.shown, self._facts(row)
            text = "\n\n".join(self._sentences(row))
        for label, said in ((self._name, name), (self._outcome, outcome), (self._text, text)):
            label.setText(said)
            label.setVisible(bool(said))
        self._area.setAccessibleDescription(f"{name}. {outcome}. {text}")
        self._area.verticalScrollBar().setValue(0)
        self._enable()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Offer nothing that would have to wait for work under way."""
        self._busy = busy
        self._enable()

    def fill(self, menu: QMenu) -> None:
        """Put what can be done with the rows into a menu."""
        for (text, slot), button in zip(self._actions, self._buttons, strict=True):
            action = QAction(text, menu)
            action.setEnabled(button.isEnabled())
            action.setVisible(not button.isHidden())
            action.triggered.connect(lambda _=False, slot=slot: slot())
            menu.addAction(action)

    def _facts(self, row: ReadingRow) -> str:
        facts = [report_words.outcome(row.outcome), words.kind(row.kind) if row.kind else "", row.place]
        return " · ".join(fact for fact in (*facts, row.path) if fact)

    def _sentences(self, row: ReadingRow) -> list[str]:
        said = [f"{words.problem(p)}. {words.problem_in_full(p)}" for p in dict.fromkeys(row.problems)]
        if row.same_as:
            said.append(report_words.duplicate(row.same_as))
        if row.scanned:
            said.append(report_words.scanned(row.scanned, row.confidence))
        return said

    def _enable(self) -> None:
        again, unlock, folder = self._buttons
        there = [row for row in self._rows if row.file is not None]
        again.setEnabled(bool(there) and not self._busy)
        again.setText(
            self.tr("&Try again")
            if not there or any(r.outcome in (FAILED, PARTIAL) for r in there)
            else self.tr("&Read again")
        )
        unlock.setVisible(any(row.locked for row in there))
        unlock.setEnabled(not self._busy)
        folder.setEnabled(len(there) == 1)
