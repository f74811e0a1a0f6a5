"""The filters of the question that is being typed, as small buttons that take them out again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from qa_desktop.gui import words
from qa_desktop.gui.flow_layout import FlowLayout
from qa_desktop.gui.theme import Theme
from qa_desktop.searching.asked import Asked

_LONGEST = 48


class FilterChip(QPushButton):
    """One filter; a click, Enter, Space, Delete or Backspace takes it out.

    `wrong` says what is wrong with it, if anything is.
    """

    def __init__(self, typed: str, wrong: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed = typed
        self.setText(f"{words.short(typed, _LONGEST)}  ✕".replace("&", "&&"))
        self.setProperty("kind", "filter")
        self.setProperty("tone", "warning" if wrong else "")
        self.setAutoDefault(False)
        self.setAccessibleName(self.tr("Remove the filter %1").replace("%1", typed))
        self.setAccessibleDescription(wrong)
        self.setToolTip(words.tip(wrong or self.accessibleName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys that remove things for a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)


class FilterChips(QWidget):
    """The chips in a row; nothing where there is no filter.

    Signals: `removed(text)` with the question as it is without the filter that was taken out.
    """

    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters of the question"))
        self._row = FlowLayout(self, theme.size("gap_small"))
        self._asked = Asked("")
        self.hide()

    @property
    def chips(self) -> list[FilterChip]:
        """The chips in their order."""
        items = (self._row.itemAt(number) for number in range(self._row.count()))
        return [w for item in items if item and isinstance(w := item.widget(), FilterChip)]

    def show_asked(self, asked: Asked) -> None:
        """Show the filters of a question that was taken apart."""
        shown = asked.parts != self._asked.parts
        self._asked = asked
        if not shown:
            return
        focused = self.window().focusWidget()
        held = next((number for number, chip in enumerate(self.chips) if chip is focused), None)
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        wrong = dict(asked.mistakes)
        for number, typed in enumerate(asked.parts):
            chip = FilterChip(typed, wrong.get(typed, ""), self)
            chip.clicked.connect(lambda _=False, n=number: self.removed.emit(self._asked.without(n)))
            self._row.addWidget(chip)
            chip.show()
        self.setVisible(bool(asked.parts))
        self.updateGeometry()
        if held is not None and self.chips:
            self.chips[min(held, len(self.chips) - 1)].setFocus()
