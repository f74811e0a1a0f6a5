"""The number of a citation: a small button that shows the quote when it is pointed at or focused."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QToolTip, QWidget

from qa_desktop.domain import Citation
from qa_desktop.gui import words

_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Chip(QPushButton):
    """A citation's number; `current` while its place is shown on the right."""

    def __init__(self, citation: Citation, parent: QWidget | None = None) -> None:
        super().__init__(words.number(citation.number), parent)
        self.number = citation.number
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        where = ", ".join(w for w in (words.title(citation.document), words.place(citation)) if w)
        self.setAccessibleName(
            self.tr("Citation %1: %2").replace("%1", words.number(citation.number)).replace("%2", where)
        )
        self.setAccessibleDescription(citation.quote)
        keys = f"  (Alt+{citation.number})" if citation.number <= 9 else ""
        self.setToolTip(words.tip(f"{where}{keys}\n“{words.short(citation.quote)}”"))

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Show whether this is the citation that is open."""
        self.setProperty("current", current)
        self.style().unpolish(self)
        self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the quote to whoever comes by keyboard, as the mouse shows it."""
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD:
            # Not now: the focus event that is being delivered would take it away again.
            QTimer.singleShot(0, self, self._show_quote)

    def _show_quote(self) -> None:
        if self.hasFocus():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() + 4)), self.toolTip(), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the quote away again."""
        super().focusOutEvent(event)
        QToolTip.hideText()
