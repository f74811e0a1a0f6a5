"""What the middle shows before anything was asked: what to do next, as things that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qa_desktop.gui.icons import Icons
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme


class Welcome(QWidget):
    """Example questions where there are some, the ways to add documents where there are none.

    Signals: `example_chosen(text)`, `add_files`, `add_folder`.
    """

    example_chosen = Signal(str)
    add_files = Signal()
    add_folder = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._title = plain_label(role="title")
        self._text = plain_label(role="muted")
        self._body = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.size("gap_huge"), 0, 0)
        column.setSpacing(theme.size("gap"))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(self._body)
        column.addStretch(1)

    def show_examples(self, library: str, questions: Sequence[str]) -> None:
        """Invite to ask; `questions` can be clicked."""
        self._begin(
            self.tr("Ask your documents"),
            self.tr(
                "The answer is quoted from the documents of “%1”, word for word, "
                "each sentence with its place."
            ).replace("%1", library),
        )
        if questions:
            heading = plain_label(role="caps")
            heading.setText(self.tr("For example"))
            self._body.addSpacing(self._theme.size("gap"))
            self._body.addWidget(heading)
        for question in questions:
            button = QPushButton(question.replace("&", "&&"))
            button.setProperty("kind", "example")
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("Ask: %1").replace("%1", question))
            self._icons.put(button, "ask", "accent")
            button.clicked.connect(lambda _=False, q=question: self.example_chosen.emit(q))
            self._body.addWidget(button)

    def show_empty(self, library: str) -> None:
        """Invite to add documents."""
        self._begin(
            self.tr("“%1” is empty").replace("%1", library),
            self.tr(
                "Add PDF, Word, web, Markdown, text or e-mail files, or drop them anywhere on this window. "
                "They are read on this computer and stay here."
            ),
        )
        row = QHBoxLayout()
        for text, icon, signal, kind in (
            (self.tr("Add f&older…"), "add-folder", self.add_folder, "primary"),
            (self.tr("&Add files…"), "add-file", self.add_files, ""),
        ):
            button = QPushButton(text)
            button.setProperty("kind", kind)
            button.setAutoDefault(False)
            self._icons.put(button, icon, "on_accent" if kind else "text")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self._body.addLayout(row)

    def show_words(self, title: str, text: str) -> None:
        """Say what is going on: searching, opening, what is wrong."""
        self._begin(title, text)

    def _begin(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        _empty(self._body)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            _empty(inner)
