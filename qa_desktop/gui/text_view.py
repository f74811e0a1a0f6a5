"""The text of a document, laid out for reading, with the exact words marked."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qa_desktop.domain import Page, Run
from qa_desktop.gui.page_layout import next_zoom
from qa_desktop.gui.table_header import TableHeader
from qa_desktop.gui.text_flow import Paragraph, only_in_asides, without_asides
from qa_desktop.gui.text_marks import TextMarks
from qa_desktop.gui.text_writer import Writer, Written
from qa_desktop.gui.theme import Theme

_FIRST_CHARACTERS = 24_000  # laid out at once around a place: some ten screens
_SLICE_CHARACTERS = 6_000
_SLICE_SECONDS = 0.008  # spent at a time on the rest, so that keys and wheel are never late
_UPPER = 0.22  # a mark is brought to this part of the height: well within the upper third
_ZOOMS = (50, 300)
_MEASURE = 76  # characters in a line, at most: longer lines are tiring to read


class TextView(QTextEdit):
    """Shows paragraphs; those around the place first, the others in small slices afterwards.

    What was set aside is left out until it is asked for, or a place to be shown lies in it.
    Signals: `place_shown(marked)` once a place is on screen, telling whether its words could be marked;
    `finished` when the whole text has been laid out; `asides_shown(shown)` when what was set aside appears
    or goes.
    """

    place_shown = Signal(bool)
    finished = Signal()
    asides_shown = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: tuple[Page, ...] = ()
        self._all: tuple[Paragraph, ...] = ()
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._asides = False
        self._page = 1
        self._first = self._next = 0
        self._parts: list[tuple[QTextCursor, list[Written]]] = []
        self._zoom = 100
        self._runs: tuple[Run, ...] = ()
        self._writer = Writer(theme, ())
        self._marks = TextMarks(self, theme)
        self._table_header = TableHeader(self, theme)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._lay_out_more)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setObjectName("sourceText")
        self.setAccessibleName(self.tr("Text of the source"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        theme.changed.connect(self._redress)

    # ----------------------------------------------------------------------------- what is shown

    @property
    def complete(self) -> bool:
        """Whether every paragraph has been laid out."""
        return self._first == 0 and self._next == len(self._paragraphs)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marked words, as they stand on the screen."""
        return self._marks.words

    @property
    def marked(self) -> QRect:
        """Where the first mark begins, in the viewport; empty if there is none."""
        return self._marks.place

    @property
    def table_header(self) -> tuple[str, ...]:
        """The header of the table at the top of the view, while it is kept in sight there."""
        return self._table_header.words

    @property
    def zoom(self) -> int:
        """The size of the text in percent of the usual one."""
        return self._zoom

    @property
    def has_asides(self) -> bool:
        """Whether anything of the document was set aside."""
        return any(p.aside for p in self._all)

    @property
    def asides(self) -> bool:
        """Whether what was set aside is shown."""
        return self._asides

    def show_asides(self, shown: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        """Show what was set aside, or leave it out; the place in sight stays in sight."""
        if shown == self._asides:
            return
        self._set_asides(shown=shown)
        if self._parts:
            runs, page = self._runs, self._page
            self._parts = []
            self._first = self._next = 0
            self.show_place(runs, page)

    def _set_asides(self, *, shown: bool) -> None:
        self._asides = shown
        self._paragraphs = self._all if shown else without_asides(self._all)
        self.asides_shown.emit(shown)

    def zoom_by(self, direction: int) -> None:
        """Make the text larger (`direction` > 0) or smaller by one step."""
        self._zoom = min(max(next_zoom(self._zoom, direction), _ZOOMS[0]), _ZOOMS[1])
        self._redress()

    def open(self, paragraphs: Sequence[Paragraph], pages: Sequence[Page]) -> None:
        """Show another document; nothing is laid out before `show_place` says where to begin."""
        self.clear_text()
        self._all, self._pages = tuple(paragraphs), tuple(pages)
        for table in (p for p in self._all if p.columns > 1 and p.begins):
            self._table_header.remember(table.block, [flow.text for flow in table.rows[0]])
        self._set_asides(shown=False)

    def clear_text(self) -> None:
        """Show nothing."""
        self._slices.stop()
        self._parts = []
        self._runs = ()
        self._marks.forget()
        self._table_header.forget()
        self.clear()
        self._all, self._paragraphs, self._pages = (), (), ()
        self._first = self._next = 0

    def show_place(self, runs: Sequence[Run], page: int = 1) -> None:
        """Scroll to `runs` and mark them; without runs, to where `page` begins."""
        self._runs, self._page = tuple(runs), page
        if not self._asides and (not self._paragraphs or only_in_asides(self._all, runs)):
            self._set_asides(shown=True)
            self._first = self._next = 0
        if not self._paragraphs:
            return
        target = self._paragraph_of(page)
        if not self._first <= target < self._next:
            self._begin_at(target)
        self._mark()
        self._bring(target)
        self.place_shown.emit(bool(self._marks))

    def _paragraph_of(self, page: int) -> int:
        for number, paragraph in enumerate(self._paragraphs):
            if self._runs and any(f.ranges(self._runs) for row in paragraph.rows for f in row):
                return number
        pages = [n for n, p in enumerate(self._paragraphs) if not self._runs and 0 < p.page <= page]
        return pages[-1] if pages else 0

    # -------------------------------------------------------------------------------- laying out

    def _begin_at(self, target: int) -> None:
        """Lay out what surrounds the paragraph `target`, and let the rest follow."""
        self._slices.stop()
        self._marks.forget()
        self.clear()
        self._set_margins()
        self._parts = []
        self._writer = Writer(self._theme, self._pages, self._zoom)
        thin = QTextCharFormat()
        thin.setFontPointSize(1)
        QTextCursor(self.document()).setBlockCharFormat(thin)
        first, size = target, 0
        while first > 0 and size < _FIRST_CHARACTERS / 3:
            first -= 1
            size += self._paragraphs[first].length
        self._first = self._next = first
        size = 0
        end = first
        while end < len(self._paragraphs) and (end <= target or size < _FIRST_CHARACTERS):
            size += self._paragraphs[end].length
            end += 1
        self._append(end)
        if self.complete:
            self.finished.emit()
        else:
            self._slices.start()

    def _append(self, end: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._write(cursor, self._next, end)
        self._next = end

    def _prepend(self, start: int) -> None:
        bar = self.verticalScrollBar()
        below = bar.maximum() - bar.value()
        self._write(QTextCursor(self.document()), start, self._first)
        self._first = start
        bar.setValue(bar.maximum() - below)

    def _write(self, cursor: QTextCursor, start: int, end: int) -> None:
        position = cursor.position()
        cursor.beginEditBlock()
        written = self._writer.write(cursor, self._paragraphs[start:end])
        cursor.endEditBlock()
        # An anchor goes along when something is written before it; the block's own start would not.
        anchor = self._marks.cursor(position + 1, position + 1)
        self._parts.append((anchor, [Written(w.block, w.flow, w.at - 1) for w in written]))

    def _lay_out_more(self) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        while not self.complete and time.monotonic() < until:
            size = 0
            if self._next < len(self._paragraphs):
                end = self._next
                while end < len(self._paragraphs) and size < _SLICE_CHARACTERS:
                    size += self._paragraphs[end].length
                    end += 1
                self._append(end)
            else:
                start = self._first
                while start > 0 and size < _SLICE_CHARACTERS:
                    start -= 1
                    size += self._paragraphs[start].length
                self._prepend(start)
        if self.complete:
            self._slices.stop()
            self._mark()
            self.finished.emit()

    def _redress(self) -> None:
        if self._parts:
            target = self._paragraph_of(self._page)
            self._begin_at(target)
            self._mark()
            self._bring(target)

    # ----------------------------------------------------------------------------------- marking

    def _mark(self) -> None:
        spans = [
            (anchor.position() + start, anchor.position() + end)
            for anchor, written in self._parts
            for flow in written
            for start, end in flow.ranges(self._runs)
        ]
        self._marks.mark(spans, self._writer.looks)

    def _bring(self, target: int) -> None:
        """Scroll so that the mark, or else the paragraph, stands in the upper third."""
        if self._marks:
            top = self.marked.top()
        else:
            block = self._paragraphs[target].block
            starts = [a.position() + w.at for a, ws in self._parts for w in ws if w.block == block]
            top = self.cursorRect(self._marks.cursor(starts[0], starts[0])).top() if starts else 0
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - round(_UPPER * self.viewport().height()))
        self._table_header.settle()

    # ------------------------------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep lines short enough to read, and the mark where it is."""
        self._set_margins()
        super().resizeEvent(event)
        self._table_header.settle()

    def _set_margins(self) -> None:
        most = QFontMetrics(self._theme.font("reading")).averageCharWidth() * _MEASURE * self._zoom // 100
        side = max(self._theme.size("gap_large"), (self.viewport().width() - most) // 2)
        frame = self.document().rootFrame()
        look = frame.frameFormat()
        if look.leftMargin() != side:
            look.setLeftMargin(side)
            look.setRightMargin(side)
            look.setTopMargin(self._theme.size("gap"))
            look.setBottomMargin(self._theme.size("gap_huge"))
            frame.setFrameFormat(look)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; Ctrl is for whoever changes the size of the text."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)
