"""An answer on screen: verdict, claims with their citations, sources that differ, source cards, coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.domain import Answer, Citation, Difference, FileProblem, Hit, Section, Verdict
from qa_desktop.gui import excerpt, words
from qa_desktop.gui.answer_part import AnswerPart
from qa_desktop.gui.chip import Chip
from qa_desktop.gui.fold import Fold
from qa_desktop.gui.found_panel import FoundPanel
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.marked_text import MarkedText
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.source_card import SourceCard, citation_card, hit_card
from qa_desktop.gui.theme import Theme

_NEAREST = 5


class AnswerView(QScrollArea):
    """Shows one answer.

    Signals: `citation_chosen(number)`; `hit_chosen(hit)` for a passage that carries no claim; `copied`.
    """

    citation_chosen = Signal(int)
    hit_chosen = Signal(object)
    copied = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._chips: list[Chip] = []
        self._cards: list[SourceCard] = []
        self._answer: Answer | None = None
        self._current: int | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Answer"))
        theme.changed.connect(self._dress)

    def show_answer(self, answer: Answer) -> None:
        """Show `answer` from its top."""
        self._answer = answer
        self._current = None
        self._chips, self._cards = [], []
        page = QWidget()
        page.setObjectName("answerPage")
        column = QVBoxLayout(page)
        gap = self._theme.size("gap")
        column.setContentsMargins(0, gap, gap, gap)
        column.setSpacing(gap)
        column.addWidget(self._verdict(answer))
        if answer.short_answer and not answer.parts and answer.verdict is not Verdict.NOT_FOUND:
            short = plain_label(answer.short_answer, "title")
            short.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(short)
        for section in answer.sections():
            self._add_section(column, answer, section)
        for difference in answer.differs:
            column.addWidget(self._difference(difference, answer.citations))
        self._add_sources(column, answer)
        column.addWidget(self._foot(answer))
        column.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(0)

    def set_current(self, number: int | None) -> None:
        """Show which citation is open on the right."""
        self._current = number
        for chip in self._chips:
            chip.set_current(chip.number == number)
        for card in self._cards:
            card.set_current(number is not None and card.number == number)
            if number is not None and card.number == number:
                QTimer.singleShot(0, card, lambda card=card: self.ensureWidgetVisible(card, 0, 8))

    def _dress(self) -> None:
        # Sizes and icons were fixed when the answer was laid out; the layout is cheap, so lay it out again.
        if self._answer is not None:
            current, scroll = self._current, self.verticalScrollBar().value()
            self.show_answer(self._answer)
            self.set_current(current)
            self.verticalScrollBar().setValue(scroll)

    def _verdict(self, answer: Answer) -> QWidget:
        looks = {
            Verdict.ANSWERED: ("check", "success"),
            Verdict.PARTIAL: ("warning", "warning"),
            Verdict.NOT_FOUND: ("info", "muted"),
        }
        icon, colour = looks[answer.verdict]
        if answer.differs:
            icon, colour = "warning", "warning"
        title, meaning = excerpt.verdict(answer)
        box = QFrame()
        box.setObjectName("verdict")
        box.setProperty("tone", colour)
        box.setAccessibleName(title)
        sign = QLabel()
        sign.setPixmap(self._icons.icon(icon, colour).pixmap(self._theme.size("icon")))
        head = plain_label(title, "verdict")
        head.setProperty("tone", colour)
        row = QHBoxLayout()
        row.setSpacing(self._theme.size("gap_small"))
        row.addWidget(sign)
        row.addWidget(head, 1)
        column = QVBoxLayout(box)
        gap = self._theme.size("gap")
        column.setContentsMargins(gap, self._theme.size("gap_small"), gap, self._theme.size("gap_small"))
        column.setSpacing(self._theme.size("gap_tiny"))
        column.addLayout(row)
        if meaning:
            column.addWidget(plain_label(meaning, "small"))
        return box

    def _add_section(self, column: QVBoxLayout, answer: Answer, section: Section) -> None:
        claims = [self._claim(answer, place) for place in section.claims]
        if section.above:
            numbers = dict.fromkeys(n for place in section.above for n in answer.claims[place].citations)
            claims.insert(0, self._words(self.tr("Answered above as well"), (), self._cited(answer, numbers)))
        if not section.parts:
            for claim in claims:
                column.addWidget(claim)
            return
        part = AnswerPart(self._theme, self._icons, section.parts)
        for claim in claims:
            part.add(claim)
        column.addWidget(part)

    def _claim(self, answer: Answer, place: int) -> QWidget:
        claim = answer.claims[place]
        return self._words(claim.text, claim.marks, self._cited(answer, claim.citations))

    def _cited(self, answer: Answer, numbers: Iterable[int]) -> list[Citation]:
        wanted = set(numbers)
        return [c for c in answer.citations if c.number in wanted]

    def _words(self, text: str, marks: Sequence[tuple[int, int]], cited: Sequence[Citation]) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.size("gap_small"))
        words_shown = MarkedText(self._theme, "reading")
        words_shown.set_text(text, marks)
        line.addWidget(words_shown, 1, Qt.AlignmentFlag.AlignTop)
        chips = QHBoxLayout()
        chips.setSpacing(self._theme.size("gap_tiny"))
        for citation in cited:
            chip = Chip(citation)
            chip.clicked.connect(lambda _=False, n=citation.number: self.citation_chosen.emit(n))
            self._chips.append(chip)
            chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(chips)
        return row

    def _difference(self, difference: Difference, citations: Sequence[Citation]) -> QWidget:
        box = QFrame()
        box.setObjectName("difference")
        column = QVBoxLayout(box)
        gap = self._theme.size("gap")
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(self._theme.size("gap_small"))
        title = self.tr("Sources may differ") + (f": {difference.about}" if difference.about else "")
        column.addWidget(plain_label(title, "heading"))
        box.setAccessibleName(title)
        sides = QGridLayout()
        sides.setHorizontalSpacing(self._theme.size("gap_large"))
        by_number = {c.number: c for c in citations}
        for place, (text, number) in enumerate(difference.sides):
            citation = by_number.get(number)
            head = QHBoxLayout()
            head.setSpacing(self._theme.size("gap_small"))
            if citation is not None:
                chip = Chip(citation)
                chip.clicked.connect(lambda _=False, n=number: self.citation_chosen.emit(n))
                self._chips.append(chip)
                head.addWidget(chip)
                dated = words.date(citation.document.date) or self.tr("no date")
                head.addWidget(plain_label(f"{words.title(citation.document)} · {dated}", "small"), 1)
            said = MarkedText(self._theme)
            said.set_text(text)
            sides.addLayout(head, 0, place)
            sides.addWidget(said, 1, place, Qt.AlignmentFlag.AlignTop)
            sides.setColumnStretch(place, 1)
        column.addLayout(sides)
        return box

    def _add_sources(self, column: QVBoxLayout, answer: Answer) -> None:
        if answer.citations:
            column.addSpacing(self._theme.size("gap_small"))
            column.addWidget(plain_label(self.tr("Sources"), "caps"))
        for citation in answer.citations:
            card = citation_card(self._theme, self._icons, citation, excerpt.around(citation, answer.hits))
            card.opened.connect(lambda n=citation.number: self.citation_chosen.emit(n))
            card.copied.connect(self.copied)
            self._cards.append(card)
            column.addWidget(card)
        rest = excerpt.uncited(answer)
        if not rest:
            return
        if answer.verdict is Verdict.NOT_FOUND:
            column.addWidget(plain_label(self.tr("Nearest passages (they may not answer)"), "caps"))
            column.addWidget(self._passages(rest[:_NEAREST]))
        else:
            text = words.count(len(rest), self.tr("%n more passage"), self.tr("%n more passages"))
            column.addWidget(self._fold(text, lambda: self._passages(rest)))

    def _passages(self, hits: Sequence[Hit]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.size("gap"))
        for hit in hits:
            card = hit_card(self._theme, self._icons, hit)
            card.opened.connect(lambda hit=hit: self.hit_chosen.emit(hit))
            card.copied.connect(self.copied)
            column.addWidget(card)
        return box

    def _foot(self, answer: Answer) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, self._theme.size("gap_small"), 0, 0)
        column.setSpacing(self._theme.size("gap_tiny"))
        line = plain_label(excerpt.coverage(answer), "small")
        unread = "\n".join(f"{name}: {_reason(reason)}" for name, reason in answer.coverage.unreadable)
        line.setToolTip(words.tip(unread))
        line.setAccessibleDescription(unread)
        column.addWidget(line)
        column.addWidget(self._fold(self.tr("How this was found"), lambda: FoundPanel(answer, self._theme)))
        return box

    def _fold(self, title: str, make: Callable[[], QWidget]) -> Fold:
        return Fold(title, make, self._icons)


def _reason(code: str) -> str:
    return words.problem(FileProblem(code))
