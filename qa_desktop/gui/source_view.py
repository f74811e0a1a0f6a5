"""The source of an answer: the original page or text, the exact words marked, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qa_desktop.domain import Citation, FileProblem, Hit, Run
from qa_desktop.errors import QAError
from qa_desktop.gui import words
from qa_desktop.gui.facts_dialog import FactsDialog
from qa_desktop.gui.find_bar import FindBar
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.page_pictures import Drawn
from qa_desktop.gui.source_bar import CitationBar, SourceHeader
from qa_desktop.gui.source_commands import IN_HEADER, make_commands
from qa_desktop.gui.source_finder import Finder
from qa_desktop.gui.source_place import (
    Opened,
    Place,
    Shelf,
    has_pictures,
    open_place,
    place_of_citation,
    place_of_hit,
)
from qa_desktop.gui.source_stage import Notice, Stage
from qa_desktop.gui.source_words import page_not_drawn, place_in_words, unproven, what_to_know
from qa_desktop.gui.tasks import Lane, Task, Tasks
from qa_desktop.gui.theme import Theme
from qa_desktop.progress import CancelToken, Report


class SourceView(QWidget):
    """The pane on the right.

    Attributes: `commands` are its actions by name (open, find, zoom_in, …), for the window's menus.
    Signals: `citation_shown(index)` when a citation was chosen here or from outside;
    `open_original(document_id)` when the user wants the file in the system's own viewer.
    """

    citation_shown = Signal(int)
    open_original = Signal(int)

    def __init__(
        self, tasks: Tasks, theme: Theme, parent: QWidget | None = None, *, icons: Icons | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sourceView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._theme = theme
        self._icons = icons or Icons(theme)
        self._library: Shelf | None = None
        self._citations: tuple[Citation, ...] = ()
        self._index = -1
        self._place: Place | None = None
        self._opened: Opened | None = None
        self._task: Task | None = None
        self._text_of: int | None = None  # the document that is wanted as text though it has pages
        self._stage = Stage(tasks, theme, self._icons)
        self._pages, self._text = self._stage.page_view, self._stage.text_view
        self._find = FindBar(theme, self._icons)
        self._finder = Finder(self._find, self._stage)
        self.commands = make_commands(self, self._icons, self._slots())
        in_header = {name: self.commands[name] for name in IN_HEADER}
        self._header = SourceHeader(theme, self._icons, in_header)
        self._notice = Notice(theme, self._icons)
        self._bar = CitationBar(theme, self.commands["previous_citation"], self.commands["next_citation"])
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self._header, self._notice, self._find):
            column.addWidget(widget)
        column.addWidget(self._stage, 1)
        column.addWidget(self._bar)
        self._connect()
        self.clear()

    # ----------------------------------------------------------------------- what others call

    def set_library(self, library: Shelf | None) -> None:
        """Show sources of this library from now on, and nothing until one is chosen."""
        self.clear()
        self._library = library

    def show_citations(self, citations: tuple[Citation, ...], index: int) -> None:
        """Offer the citations of an answer and open the one at `index`."""
        self._citations = tuple(citations)
        self._bar.set_citations(self._citations)
        self._go_to_citation(index)

    def show_hit(self, hit: Hit) -> None:
        """Open a passage that was found but not quoted."""
        self._citations, self._index = (), -1
        self._bar.set_citations(())
        self._open(place_of_hit(hit))

    def clear(self) -> None:
        """Show nothing."""
        self._abandon()
        self._citations, self._index = (), -1
        self._place = self._opened = None
        self._finder.begin(None)
        self._bar.set_citations(())
        self._notice.say()
        self._pages.clear()
        self._text.clear_text()
        self._header.hide()
        self._stage.show_widget(self._stage.nothing)
        self._enable()

    @property
    def notice(self) -> str:
        """What is said above the source; empty when all is well."""
        return self._notice.text

    # ----------------------------------------------------------------------------- opening

    def _go_to_citation(self, index: int) -> None:
        if 0 <= index < len(self._citations):
            self._index = index
            self._bar.set_current(index)
            self._open(place_of_citation(self._citations[index]))
            self.citation_shown.emit(index)

    def _open(self, place: Place, *, as_text: bool = False, why: str = "") -> None:
        self._abandon()
        self._finder.begin(None)
        library = self._library
        if library is None:
            return
        same = self._opened is not None and self._opened.place.document == place.document
        self._place = place
        as_text = as_text or self._text_of == place.document.id
        if not same:
            self._opened = None
            self._notice.say()
            self._header.set_document(place.document, paged=False)
            self._stage.wait()
        self._header.set_place(place_in_words(place, None))
        self._header.show()
        self._enable()

        def work(_: Report, __: CancelToken) -> Opened:
            return open_place(library, place, as_text=as_text)

        self._task = self._tasks.run(
            work, lane=Lane.PAGES, done=partial(self._show, why=why), failed=self._failed
        )

    def _show(self, opened: Opened, why: str = "") -> None:
        self._task = None
        before, self._opened = self._opened, opened
        place, document = opened.place, opened.place.document
        same = before is not None and before.place.document == document
        self._header.set_place(place_in_words(place, opened))
        self._notice.say(*what_to_know(opened), why)
        if opened.as_printed and not (same and before is not None and before.as_printed):
            self._pages.open(partial(self._draw, document.id), len(opened.pages))
        elif not (opened.as_printed or (before is not None and before.paragraphs == opened.paragraphs)):
            self._text.open(opened.paragraphs, opened.pages)
        two_ways = has_pictures(document) and opened.origin.state == "unchanged" and not why
        self._header.set_document(
            document, paged=opened.as_printed, two_ways=two_ways, asides=self._text.has_asides
        )
        self._stage.show_place(opened, opened.runs)
        self._header.set_zoom((self._pages if opened.as_printed else self._text).zoom)
        self._finder.begin(opened)
        self._enable()

    def _draw(self, document: int, page: int, scale: float, runs: tuple[Run, ...]) -> Drawn | FileProblem:
        assert self._library is not None
        return self._library.page_image(document, page, scale, runs)

    def _failed(self, error: QAError) -> None:
        self._task = None
        self._opened = None
        self._stage.fail(f"{error.title}. {error.explanation} {error.remedy}")

    def _page_failed(self, page: int, problem: FileProblem) -> None:
        """Show the stored text where a page that is wanted cannot be drawn."""
        if self._place is not None and self._opened is not None and page == self._pages.page:
            why = f"{page_not_drawn()} {words.problem_in_full(problem)}"
            self._open(self._place, as_text=True, why=why)

    def _place_shown(self, marked: bool) -> None:  # noqa: FBT001 - the signature of the signal
        opened = self._opened
        if opened is not None and opened.runs and not marked and not self._finder.active:
            self._notice.say(*what_to_know(opened), unproven())

    def _abandon(self) -> None:
        if self._task is not None:
            self._task.abandon()
            self._task = None

    # ------------------------------------------------------------------------------ commands

    def _slots(self) -> dict[str, Callable[[], None]]:
        return {
            "open": self._ask_for_original,
            "previous_page": lambda: self._pages.go_to(self._pages.page - 1),
            "next_page": lambda: self._pages.go_to(self._pages.page + 1),
            "zoom_out": lambda: self._zoom(-1),
            "zoom_in": lambda: self._zoom(1),
            "fit_width": self._pages.fit_width,
            "facts": self._show_facts,
            "as_text": self._toggle_text,
            "asides": lambda: self._text.show_asides(self.commands["asides"].isChecked()),
            "find": self._find.open_bar,
            "previous_citation": lambda: self._go_to_citation(self._index - 1),
            "next_citation": lambda: self._go_to_citation(self._index + 1),
        }

    def _connect(self) -> None:
        self._header.page_wanted.connect(self._pages.go_to)
        self._pages.page_changed.connect(self._page_changed)
        self._pages.zoom_changed.connect(self._header.set_zoom)
        self._pages.place_shown.connect(self._place_shown)
        self._pages.failed.connect(self._page_failed)
        self._text.place_shown.connect(self._place_shown)
        self._text.asides_shown.connect(self.commands["asides"].setChecked)
        self._bar.chosen.connect(self._go_to_citation)

    def _enable(self) -> None:
        opened, commands = self._opened, self.commands
        printed = opened is not None and opened.as_printed
        page = self._pages.page
        commands["previous_page"].setEnabled(printed and page > 1)
        commands["next_page"].setEnabled(printed and page < self._pages.pages)
        commands["fit_width"].setEnabled(printed)
        for name in ("zoom_in", "zoom_out", "find", "facts"):
            commands[name].setEnabled(opened is not None)
        drawn = opened is not None and has_pictures(opened.place.document)
        commands["as_text"].setEnabled(drawn)
        commands["as_text"].setChecked(drawn and not printed)
        commands["asides"].setEnabled(opened is not None and not printed and self._text.has_asides)
        commands["open"].setEnabled(opened is not None and opened.origin.state != "gone")
        commands["previous_citation"].setEnabled(self._index > 0)
        commands["next_citation"].setEnabled(0 <= self._index < len(self._citations) - 1)

    def _page_changed(self, page: int) -> None:
        self._header.set_page(page, self._pages.pages)
        self._enable()

    def _zoom(self, direction: int) -> None:
        if self._opened is not None and self._opened.as_printed:
            (self._pages.zoom_in if direction > 0 else self._pages.zoom_out)()
        else:
            self._text.zoom_by(direction)
            self._header.set_zoom(self._text.zoom)

    def _toggle_text(self) -> None:
        """Show the text of a document that has pages, as it was read, or its pages again."""
        if self._place is not None:
            wanted = self.commands["as_text"].isChecked()
            self._text_of = self._place.document.id if wanted else None
            self._open(self._place)

    def _show_facts(self) -> None:
        if self._place is not None:
            FactsDialog(self._place.document, self._theme, self).open()

    def _ask_for_original(self) -> None:
        if self._place is not None:
            self.open_original.emit(self._place.document.id)
