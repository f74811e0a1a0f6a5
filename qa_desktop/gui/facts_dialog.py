"""What is known about a document, and where each fact was found."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import report_words, words
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme
from qa_desktop.gui.words import tr

Fact = tuple[str, str, str]
"""What it is, what it says, and where it was found."""


def facts_of(entry: DocumentEntry) -> Iterator[Fact]:
    """Yield what is known about a document; what is not known is left out."""
    origins = dict(entry.origins)
    found = (
        ("title", tr("Title"), entry.title),
        ("author", tr("Author"), entry.author),
        ("date", tr("Date"), words.date(entry.date)),
        ("language", tr("Language"), words.language(entry.language)),
        ("", tr("Type"), words.kind(entry.kind)),
        ("", tr("Pages"), words.number(entry.pages) if entry.paged else ""),
        ("", tr("Scans"), report_words.scanned(entry.scanned, entry.confidence) if entry.scanned else ""),
        ("", tr("Duplicate"), report_words.duplicate(entry.same_text_as) if entry.same_text_as else ""),
        ("", tr("Size"), words.size(entry.size) if entry.size else ""),
        ("", tr("Lies in"), entry.place),
        ("", tr("In the library"), entry.name),
        ("", tr("File"), entry.path),
        ("", tr("SHA-256 of the file"), entry.sha256),
    )
    for key, name, value in found:
        if value:
            yield name, value, tr(origins[key]) if origins.get(key) else ""


class FactsDialog(QDialog):
    """Lists the facts; what was looked for and not found is left out."""

    def __init__(self, entry: DocumentEntry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("factsDialog")
        self.setWindowTitle(tr("About this document"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.size("gap_large"))
        grid.setVerticalSpacing(theme.size("gap_small"))
        grid.setColumnStretch(1, 1)
        said = []
        for row, (name, value, origin) in enumerate(facts_of(entry)):
            head = plain_label(name, "small")
            head.setWordWrap(False)
            shown = _breakable(value)
            text = plain_label(shown)
            if shown == value:  # what was made breakable is copied by the button, without the joints
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(head, 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, 2 * row, 1)
            if origin:
                grid.addWidget(plain_label(tr("from: %1").replace("%1", origin), "small"), 2 * row + 1, 1)
            said.append(f"{name}: {value}" + (f" ({origin})" if origin else ""))
        self._said = "\n".join(said)
        self.setAccessibleDescription(self._said)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._said))
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        edge = theme.size("gap_large")
        column.setContentsMargins(edge, edge, edge, theme.size("gap"))
        column.setSpacing(theme.size("gap_large"))
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(buttons)
        copy.setAutoDefault(False)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        width = self.fontMetrics().averageCharWidth() * 78
        self.setMinimumSize(width, column.totalHeightForWidth(width))


def _breakable(text: str) -> str:
    """Let a path or a check sum break anywhere: a label breaks its words only where it may."""
    longest = max(map(len, text.split()), default=0)
    return "\u200b".join(text) if longest > 40 else text
