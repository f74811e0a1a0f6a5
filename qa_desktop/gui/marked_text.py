"""A stretch of text that can be selected, with some of its words marked: never interpreted, only shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from qa_desktop.gui.theme import Theme

Span = tuple[int, int]


class MarkedText(QTextEdit):
    """Shows plain text at its full height; `marks` get the colour of answering words, `quiet` spans recede.

    The text is set as plain text and formatted through a cursor, so nothing in it can act as markup.
    """

    def __init__(self, theme: Theme, size: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._text = ""
        self._marks: tuple[Span, ...] = ()
        self._quiet: tuple[Span, ...] = ()
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("markedText")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        theme.changed.connect(self._show)

    def set_text(self, text: str, marks: Sequence[Span] = (), quiet: Sequence[Span] = ()) -> None:
        """Show `text`; spans are (start, end) in its characters."""
        self._text, self._marks, self._quiet = text, tuple(marks), tuple(quiet)
        self.setAccessibleName(text)
        self._show()

    def _show(self) -> None:
        font = self._theme.font(self._size)
        self.document().setDefaultFont(font)
        self.setPlainText(self._text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = cursor.blockFormat()
        block.setLineHeight(125, 1)
        cursor.setBlockFormat(block)
        plain = QTextCharFormat()
        plain.setForeground(self._theme.colour("text"))
        cursor.setCharFormat(plain)
        quiet = QTextCharFormat()
        quiet.setForeground(self._theme.colour("muted"))
        marked = QTextCharFormat()
        marked.setBackground(self._theme.colour("mark"))
        marked.setForeground(self._theme.colour("on_mark"))
        marked.setFontWeight(QFont.Weight.DemiBold)
        for spans, how in ((self._quiet, quiet), (self._marks, marked)):
            for start, end in spans:
                self._format(start, end, how)
        self._fit()

    def _format(self, start: int, end: int, how: QTextCharFormat) -> None:
        # Qt counts UTF-16 units, Python counts characters: a letter beyond U+FFFF is two of the former.
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self._text[:start]))
        cursor.setPosition(_units(self._text[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(how)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = int(self.document().size().height() + 0.999)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the text needs at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text."""
        return QSize(200, int(self.document().size().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text, at any width."""
        return QSize(80, int(self.document().size().height()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave scrolling to what surrounds the text."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Forget the selection when something else is worked with (but not for its own menu)."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
