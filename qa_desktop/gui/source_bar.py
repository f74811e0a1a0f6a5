"""The bars around a source: what it is and where, pages and zoom, and the citations to step through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from qa_desktop.domain import Citation, DocumentEntry
from qa_desktop.gui import words
from qa_desktop.gui.chip import Chip
from qa_desktop.gui.elided_label import ElidedLabel
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.theme import Theme

_MOST_CHIPS = 6


def tool(action: QAction, theme: Theme) -> QToolButton:
    """Return a button for `action` that can be reached by keyboard and says its name."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(action.text().replace("&", ""))
    side = theme.size("icon")
    button.setIconSize(QSize(side, side))
    return button


def dress_row(bar: QWidget, theme: Theme) -> None:
    """Give a bar, and the buttons in it, the sizes of the theme."""
    layout = bar.layout()
    assert layout is not None
    gap, side = theme.size("gap_small"), theme.size("icon")
    layout.setContentsMargins(theme.size("gap"), gap, theme.size("gap"), gap)
    layout.setSpacing(theme.size("gap_tiny"))
    for button in bar.findChildren(QToolButton):
        if not isinstance(button.parent(), QLineEdit):
            button.setIconSize(QSize(side, side))


class SourceHeader(QWidget):
    """Title and place above the source; below them page and zoom."""

    page_wanted = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("sourceHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icons = icons
        self._kind = QLabel()
        self._title = ElidedLabel()
        self._title.setProperty("role", "heading")
        self._place = ElidedLabel()
        self._place.setProperty("role", "muted")
        self.page_field = QLineEdit()
        self.page_field.setAccessibleName(self.tr("Page"))
        self.page_field.setToolTip(self.tr("Type a page number and press Enter"))
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page_field.returnPressed.connect(self._go)
        self._pages = QLabel()
        self.zoom_label = QLabel()
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = {name: tool(action, theme) for name, action in actions.items()}
        buttons["open"].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._paging = (buttons["previous_page"], self.page_field, self._pages, buttons["next_page"])
        self._fit = buttons["fit_width"]
        self._as_text, self._asides = buttons["as_text"], buttons["asides"]
        self._buttons = tuple(buttons.values())
        first = self._row(self._kind, self._title, buttons["facts"], buttons["open"])
        second = self._row(self._place, self._as_text, self._asides)
        third = self._row(
            *self._paging,
            None,
            buttons["zoom_out"],
            self.zoom_label,
            buttons["zoom_in"],
            self._fit,
            buttons["find"],
        )
        self._column = QVBoxLayout(self)
        self._rows = (first, second, third)
        for row in self._rows:
            self._column.addLayout(row)
        theme.changed.connect(self._dress)
        self._document_kind = ""
        self._dress()

    def set_document(
        self, document: DocumentEntry, *, paged: bool, two_ways: bool = False, asides: bool = False
    ) -> None:
        """Show what document it is; `paged` while its own pages are shown.

        `two_ways` when it can be shown as pages or as text, `asides` when something of it was set aside.
        """
        self._document_kind = document.kind
        self._title.set_words(words.title(document), f"{words.title(document)}\n{document.name}")
        self._dress()
        for widget in (*self._paging, self._fit):
            widget.setVisible(paged)
        self._as_text.setVisible(two_ways)
        self._asides.setVisible(asides and not paged)

    def set_place(self, sentence: str) -> None:
        """Say where in the document the marked words stand."""
        self._place.set_words(sentence)

    def set_page(self, page: int, pages: int) -> None:
        """Show the page in sight."""
        if not self.page_field.hasFocus() or not self.page_field.isModified():
            self.page_field.setText(str(page))
        self.page_field.setValidator(QIntValidator(1, max(pages, 1), self.page_field))
        self._pages.setText(f"/ {words.number(pages)}")
        self._pages.setAccessibleName(self.tr("of %1 pages").replace("%1", words.number(pages)))

    def set_zoom(self, percent: int) -> None:
        """Show the zoom."""
        text = self.tr("%1 %").replace("%1", words.number(percent))
        self.zoom_label.setText(text)
        self.zoom_label.setAccessibleName(self.tr("Zoom %1").replace("%1", text))

    def _go(self) -> None:
        self.page_field.setModified(False)
        self.page_wanted.emit(int(self.page_field.text() or 0))

    def _row(self, *widgets: QWidget | None) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in widgets:
            if widget is None:
                row.addStretch(1)
            else:
                row.addWidget(widget)
        return row

    def _dress(self) -> None:
        side, gap = self._theme.size("icon"), self._theme.size("gap_small")
        self._column.setContentsMargins(self._theme.size("gap"), gap, gap, gap)
        for layout in (self._column, *self._rows):
            layout.setSpacing(self._theme.size("gap_tiny"))
        wide = QFontMetrics(self._theme.font()).horizontalAdvance
        self.page_field.setFixedWidth(wide("00000") + 2 * self._theme.size("gap"))
        self.zoom_label.setMinimumWidth(wide("400 %") + self._theme.size("gap_tiny"))
        for button in self._buttons:
            button.setIconSize(QSize(side, side))
        if self._document_kind:
            self._kind.setPixmap(self._icons.kind(self._document_kind).pixmap(side))


class CitationBar(QFrame):
    """The citations of an answer below the source: the one shown, and the way to the others.

    Signals: `chosen(index)`.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, previous: QAction, following: QAction) -> None:
        super().__init__()
        self.setObjectName("citationBar")
        self._citations: tuple[Citation, ...] = ()
        self._chips: list[Chip] = []
        self._label = QLabel(self.tr("Citations"))
        self._label.setProperty("role", "small")
        self._previous, self._next = tool(previous, theme), tool(following, theme)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self._theme = theme
        self._row = QHBoxLayout(self)
        for widget in (self._label, self._previous, self._next, self._count):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def set_citations(self, citations: Sequence[Citation]) -> None:
        """Offer these citations; the bar is hidden when there are none."""
        if tuple(citations) == self._citations:
            return
        self._citations = tuple(citations)
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        few = self._citations if len(self._citations) <= _MOST_CHIPS else ()
        self._chips = [Chip(citation) for citation in few]
        for index, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _=False, index=index: self.chosen.emit(index))
            self._row.insertWidget(2 + index, chip)
        self._count.setVisible(not few)
        self.setVisible(bool(citations))

    def set_current(self, index: int) -> None:
        """Show which citation is open."""
        for number, chip in enumerate(self._chips):
            chip.set_current(number == index)
        shown = self.tr("%1 of %2").replace("%1", words.number(index + 1))
        self._count.setText(shown.replace("%2", words.number(len(self._citations))))

    def _dress(self) -> None:
        dress_row(self, self._theme)
