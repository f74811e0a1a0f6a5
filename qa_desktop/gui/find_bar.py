"""Find words in the source that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from qa_desktop.gui import words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.source_bar import dress_row, tool
from qa_desktop.gui.theme import Theme

_REST_MS = 200  # a search begins when nothing has been typed for so long


class FindBar(QFrame):
    """A field and how many places were found; Enter goes on, Shift+Enter goes back, Escape closes.

    Signals: `wanted(text)`; `stepped(+1 or -1)`; `closed`.
    """

    wanted = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this document"))
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setClearButtonEnabled(True)
        for button in self.field.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear"))
        self.field.installEventFilter(self)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(lambda: self.wanted.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._rest.start())
        row = QHBoxLayout(self)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        for name, text, slot in (
            ("chevron-up", self.tr("Previous place (Shift+Enter)"), lambda: self.stepped.emit(-1)),
            ("chevron-down", self.tr("Next place (Enter)"), lambda: self.stepped.emit(1)),
            ("close", self.tr("Close (Esc)"), self.close_bar),
        ):
            action = QAction(text, self)
            action.triggered.connect(slot)
            icons.put(action, name)
            row.addWidget(tool(action, theme))
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def open_bar(self) -> None:
        """Show the bar with the caret in its field."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text():
            self._rest.start(0)

    def close_bar(self) -> None:
        """Hide the bar, if it is open."""
        self._rest.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_result(self, index: int, total: int) -> None:
        """Show which of how many places is on screen."""
        if not self.field.text().strip():
            text = ""
        elif not total:
            text = self.tr("Not found")
        else:
            text = self.tr("%1 of %2").replace("%1", words.number(index + 1))
            text = text.replace("%2", words.number(total))
        self._count.setText(text)

    def _dress(self) -> None:
        dress_row(self, self._theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take Enter and Escape from the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._rest.isActive():
                    self._rest.stop()
                    self.wanted.emit(self.field.text())
                else:
                    back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                    self.stepped.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
