"""What became of the files that were read last, in a line, with the way to the whole report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from qa_desktop.gui.icons import Icons
from qa_desktop.gui.plain_label import plain_label


class ReportLine(QFrame):
    """Stands in the library panel until it is dismissed, or the next run begins.

    Signals: `wanted` when the report should be opened.
    """

    wanted = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportLine")
        self._words = plain_label(role="small")
        self._open = QPushButton(self.tr("Show report"))
        self._open.setProperty("kind", "quiet")
        self._open.setAutoDefault(False)
        self._open.setToolTip(
            self.tr("What became of each file, and why something is missing (Ctrl+Shift+R)")
        )
        self._open.clicked.connect(self.wanted)
        dismiss = QToolButton()
        icons.put(dismiss, "close", "muted")
        dismiss.setAccessibleName(self.tr("Dismiss this line"))
        dismiss.setToolTip(self.tr("Dismiss; the report stays in the Library menu"))
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        row.addWidget(dismiss)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 4, 4, 4)
        whole.setSpacing(0)
        whole.addWidget(self._words)
        whole.addLayout(row)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show this sentence; an empty one hides the line."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
