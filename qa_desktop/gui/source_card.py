"""One source of an answer: where it stands, what it says with the answering words marked, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from qa_desktop.domain import Citation, DocumentEntry, Hit
from qa_desktop.gui import words
from qa_desktop.gui.elided_label import ElidedLabel
from qa_desktop.gui.excerpt import Excerpt, beginning
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.marked_text import MarkedText
from qa_desktop.gui.theme import Theme


class SourceCard(QFrame):
    """A card; Enter or a click on it opens the place, Ctrl+C copies the quote with its citation.

    Signals: `opened`; `copied` after the quote was put on the clipboard.
    """

    opened = Signal()
    copied = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        document: DocumentEntry,
        place: str,
        excerpt: Excerpt,
        copy_text: str,
        number: int | None = None,
    ) -> None:
        super().__init__()
        self._copy_text = copy_text
        self.number = number
        self.setObjectName("sourceCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        where = " · ".join(w for w in (place, words.date(document.date)) if w)
        name = words.title(document)
        spoken = self.tr("Source %1").replace("%1", words.number(number)) if number else self.tr("Passage")
        self.setAccessibleName(f"{spoken}: {name}, {where}")
        self.setAccessibleDescription(excerpt.text)
        badge = QLabel(words.number(number) if number else "")
        badge.setObjectName("badge")
        badge.setVisible(number is not None)
        icon = QLabel()
        icon.setPixmap(icons.kind(document.kind).pixmap(theme.size("icon")))
        icon.setVisible(number is None)
        title = ElidedLabel()
        title.setObjectName("cardTitle")
        title.set_words(name, f"{name}\n{document.name}")
        place_line = ElidedLabel()
        place_line.set_words(where)
        place_line.setProperty("role", "small")
        place_line.setVisible(bool(where))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title)
        names.addWidget(place_line)
        text = MarkedText(theme)
        text.set_text(excerpt.text, excerpt.marks, excerpt.quiet)
        head = QHBoxLayout()
        head.setSpacing(theme.size("gap_small"))
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        whole = QVBoxLayout(self)
        gap = theme.size("gap")
        whole.setContentsMargins(gap, gap, gap, theme.size("gap_small"))
        whole.setSpacing(theme.size("gap_small"))
        whole.addLayout(head)
        whole.addWidget(text)
        whole.addLayout(self._buttons(icons, name))

    def _buttons(self, icons: Icons, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for text, icon, slot, tip in (
            (self.tr("Open"), "place", self.opened, self.tr("Show the place in the source")),
            (
                self.tr("Copy quote"),
                "copy",
                self.copy,
                self.tr("Copy the quote with its citation (Ctrl+C on the card)"),
            ),
        ):
            button = QPushButton(text)
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.setToolTip(tip)
            button.setAccessibleName(f"{text}: {name}")
            icons.put(button, icon, "accent")
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def copy(self) -> None:
        """Put the quote with its citation on the clipboard."""
        QGuiApplication.clipboard().setText(self._copy_text)
        self.copied.emit()

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Show whether this is the source that is open on the right."""
        self.setProperty("current", current)
        self.style().unpolish(self)
        self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter, copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open with a click."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()


def citation_card(theme: Theme, icons: Icons, citation: Citation, excerpt: Excerpt) -> SourceCard:
    """Return the card of a source that carries a claim."""
    return SourceCard(
        theme,
        icons,
        citation.document,
        words.place(citation),
        excerpt,
        words.quote_with_citation(citation),
        citation.number,
    )


def hit_card(theme: Theme, icons: Icons, hit: Hit) -> SourceCard:
    """Return the card of a passage that was found but not quoted."""
    place = words.hit_place(hit)
    where = ", ".join(w for w in (words.title(hit.document), place, words.date(hit.document.date)) if w)
    copy_text = f"“{hit.passage.text}” ({where}; {hit.document.name})"
    return SourceCard(theme, icons, hit.document, place, beginning(hit), copy_text)
