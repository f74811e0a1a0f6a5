"""How the parts of a text look: sizes, colours and distances, from the theme."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat

from qa_desktop.domain import BlockKind
from qa_desktop.gui.text_flow import Paragraph
from qa_desktop.gui.theme import Theme

_LINE_HEIGHT = 140  # percent
_HEADINGS = (1.55, 1.3, 1.15, 1.05, 1.0, 1.0)  # sizes by level, in sizes of the text for reading
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class Looks:
    """The formats of a theme, enlarged to `percent`; `line` is the height of a line in pixels."""

    def __init__(self, theme: Theme, percent: int = 100) -> None:
        self.theme = theme
        self.line = theme.size("icon") * percent / 100
        self._size = theme.points("reading") * percent / 100
        self.text = self.characters(1.0, "text")
        self.note = self.characters(0.88, "muted")
        self.aside = self.characters(0.85, "muted")
        self.sign = self.characters(1.0, "muted")
        self.page_number = self.characters(0.85, "muted")
        self.caption = self.characters(0.78, "muted", QFont.Weight.DemiBold)
        self.raised = QTextCharFormat()
        self.raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        self.raised.setForeground(theme.colour("accent"))
        self.nothing = QTextCharFormat()
        self.nothing.setFontPointSize(1)

    def characters(self, size: float, colour: str, weight: QFont.Weight | None = None) -> QTextCharFormat:
        """Return a format of letters, `size` in sizes of the text for reading."""
        look = QTextCharFormat()
        look.setFontPointSize(self._size * size)
        look.setForeground(self.theme.colour(colour))
        if weight is not None:
            look.setFontWeight(weight)
        return look

    def of(self, paragraph: Paragraph) -> QTextCharFormat:
        """Return how the letters of a paragraph look."""
        if paragraph.kind is BlockKind.HEADING:
            return self.characters(_HEADINGS[max(paragraph.level, 1) - 1], "text", QFont.Weight.DemiBold)
        if paragraph.kind is BlockKind.CAPTION:
            look = QTextCharFormat(self.note)
            look.setFontItalic(True)
            return look
        plain = {BlockKind.NOTE: self.note, BlockKind.ASIDE: self.aside}
        return plain.get(paragraph.kind, self.text)

    def block(self, paragraph: Paragraph) -> QTextBlockFormat:
        """Return how far a paragraph stands from what is around it."""
        look = QTextBlockFormat()
        look.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
        look.setBottomMargin(self.line * 0.55)
        if paragraph.kind is BlockKind.HEADING:
            look.setHeadingLevel(max(paragraph.level, 1))
            look.setTopMargin(self.line * 0.9)
            look.setBottomMargin(self.line * 0.35)
            look.setLineHeight(115, _PROPORTIONAL)
        elif paragraph.kind is BlockKind.LIST:
            look.setLeftMargin(self.line * 1.1)
            look.setBottomMargin(self.line * 0.25)
        elif paragraph.kind in (BlockKind.NOTE, BlockKind.CAPTION, BlockKind.ASIDE):
            look.setLeftMargin(self.line * 0.8)
            look.setBottomMargin(self.line * 0.3)
        elif paragraph.kind is BlockKind.TABLE:
            look.setBottomMargin(0)
        return look

    def above(self) -> QTextBlockFormat:
        """Return how far the words above a note stand from what is around it."""
        look = QTextBlockFormat()
        look.setLeftMargin(self.line * 0.8)
        look.setTopMargin(self.line * 0.5)
        look.setBottomMargin(self.line * 0.1)
        return look
