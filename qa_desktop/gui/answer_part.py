"""One part of an answer: what it answers, in the words of the question, and below it the claims."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qa_desktop.domain import PartAnswer
from qa_desktop.gui import words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme


class AnswerPart(QFrame):
    """A frame for what answers `parts`, which are called in its head; claims are added with `add`."""

    def __init__(self, theme: Theme, icons: Icons, parts: tuple[PartAnswer, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.setObjectName("answerPart")
        asks = " · ".join(part.asks for part in parts)
        found = any(part.claims for part in parts)
        self.setProperty("found", found)
        self.setAccessibleName(asks if found else f"{asks} {not_found()}")
        self._column = QVBoxLayout(self)
        gap = theme.size("gap")
        self._column.setContentsMargins(gap, 0, 0, 0)
        self._column.setSpacing(theme.size("gap_small"))
        head = plain_label(asks, "part")
        head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(head)
        for short in dict.fromkeys(part.short_answer for part in parts if part.short_answer):
            label = plain_label(short, "heading")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(label)
        if not found:
            self._column.addLayout(self._missing())

    def add(self, widget: QWidget) -> None:
        """Put a claim below what is there."""
        self._column.addWidget(widget)

    def _missing(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(self._icons.icon("info", "muted").pixmap(self._theme.size("icon")))
        row = QHBoxLayout()
        row.setSpacing(self._theme.size("gap_small"))
        row.addWidget(sign)
        row.addWidget(plain_label(not_found()), 1)
        return row


def not_found() -> str:
    """Return the words for a part that nothing answers."""
    return words.tr("Not found in this library")
