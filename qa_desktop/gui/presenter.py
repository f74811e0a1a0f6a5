"""Asking: from the question to the answer on screen and its place in the source.

The states of the middle pane, and what leads from one to the next:

    opening -> empty | ready -> searching -> answered | probably answered | sources differ | not found
                                          -> ready (cancelled) | error (banner; the last answer stays)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qa_desktop.domain import Answer, DocumentEntry, Hit, Question
from qa_desktop.errors import QAError
from qa_desktop.gui import words
from qa_desktop.gui.ask_panel import AskPanel
from qa_desktop.gui.library_name import library_name
from qa_desktop.gui.library_panel import LibraryPanel
from qa_desktop.gui.library_presenter import LibraryPresenter
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.tasks import Lane, Task, Tasks

if TYPE_CHECKING:
    from qa_desktop.library import Library


class State(Enum):
    """What the middle pane shows."""

    OPENING = auto()
    UNUSABLE = auto()
    EMPTY = auto()
    READY = auto()
    SEARCHING = auto()
    ANSWERED = auto()


class Presenter(QObject):
    """Carries a question to the library and its answer to the panes.

    Signals: `state_changed(state)`; `place_wanted()` when the source pane should be seen; `asked(text)`;
    `said(text)` for the status bar.
    """

    state_changed = Signal(object)
    place_wanted = Signal()
    asked = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        library_panel: LibraryPanel,
        ask_panel: AskPanel,
        source: SourceView,
        libraries: LibraryPresenter,
        tasks: Tasks,
        messages: Messages,
        results: Callable[[], int],
        examples: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__()
        self.state = State.OPENING
        self.answer: Answer | None = None
        self._library_panel = library_panel
        self._panel = ask_panel
        self._source = source
        self._libraries = libraries
        self._tasks = tasks
        self._messages = messages
        self._results = results
        self._examples = examples
        self._task: Task | None = None
        self._models_ready = False
        libraries.opening.connect(self._opening)
        libraries.opened.connect(self._opened)
        libraries.listed.connect(self._listed)
        libraries.failed.connect(self._unusable)
        libraries.warm.connect(self._warm)
        ask_panel.asked.connect(self.ask)
        ask_panel.cancelled.connect(self.cancel)
        ask_panel.answer.citation_chosen.connect(self.choose_citation)
        ask_panel.answer.hit_chosen.connect(self.choose_hit)
        ask_panel.answer.copied.connect(lambda: self.said.emit(self.tr("Quote and citation copied")))
        source.citation_shown.connect(self._citation_shown)

    # ------------------------------------------------------------------------------- libraries

    def _opening(self, name: str) -> None:
        self.cancel()
        self._models_ready = False
        self.answer = None
        self._source.set_library(None)
        self._panel.show_words(name, self.tr("Opening the library…"))
        self._enter(State.OPENING)

    def _opened(self, library: Library) -> None:
        self._source.set_library(library)

    def _unusable(self, error: QAError) -> None:
        self._panel.show_words(error.title, f"{error.explanation} {error.remedy}")
        self._enter(State.UNUSABLE)

    def _listed(self, entries: Sequence[DocumentEntry]) -> None:
        if self.state in (State.OPENING, State.EMPTY, State.READY):
            empty = not any(e.state != "unreadable" for e in entries)
            wanted = State.EMPTY if empty else State.READY
            if wanted is not self.state:
                self._idle()

    def _idle(self) -> None:
        library = self._libraries.library
        if library is None:
            return
        if self.answer is not None:
            self._panel.show_answer(self.answer)
            self._enter(State.ANSWERED)
            return
        name = library_name(library.folder)
        if any(e.state != "unreadable" for e in self._libraries.entries):
            self._panel.show_examples(name, self._examples())
            self._enter(State.READY)
        else:
            self._panel.show_empty(name)
            self._enter(State.EMPTY)

    def _warm(self) -> None:
        self._models_ready = True
        if self.state is State.SEARCHING:
            self._panel.say_searching(*self._searching_words())

    # ------------------------------------------------------------------------------- asking

    def ask(self, text: str) -> None:
        """Ask `text` of the ticked documents; a question under way is given up."""
        library = self._libraries.library
        if library is None:
            if self.state is State.OPENING:
                self.said.emit(self.tr("The library is still being opened…"))
            return
        scope = self._library_panel.scope()
        if scope is not None and not scope:
            ticked = self._library_panel.model.scope()
            self._messages.warning(
                self.tr("No document is ticked")
                if not ticked and ticked is not None
                else self.tr("No ticked document fits what was chosen above the list"),
                self.tr("Only ticked documents are searched."),
                self.tr("Tick some in the library, or choose “Search all” there."),
            )
            return
        if self.state is State.EMPTY:
            self.said.emit(self.tr("There is nothing to search yet: add documents first"))
            return
        if self._task is not None:
            self._task.cancel()
        question = Question(text, documents=scope, limit=self._results())
        self.asked.emit(text)
        self._panel.show_searching(*self._searching_words())
        self._enter(State.SEARCHING)
        self._task = task = self._tasks.run(
            lambda _, cancel: library.ask(question, cancel=cancel),
            lane=Lane.ASKING,
            done=lambda answer: self._answered(task, answer),
            failed=lambda error: self._failed(task, error),
        )

    def cancel(self) -> None:
        """Give up the question under way, at once; the field keeps its words."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.said.emit(self.tr("Search cancelled"))
            self._idle()

    def _searching_words(self) -> tuple[str, str]:
        scope = self._library_panel.scope()
        searchable = sum(1 for e in self._libraries.entries if e.state != "unreadable")
        where = words.documents(searchable if scope is None else len(scope))
        if not self._models_ready:
            return (
                self.tr("Loading the language models…"),
                self.tr("The question will be answered as soon as they are loaded."),
            )
        return self.tr("Searching…"), self.tr("Looking through %1.").replace("%1", where)

    def _answered(self, task: Task, answer: Answer) -> None:
        if task is not self._task:
            return
        self._task = None
        self.answer = answer
        self._panel.show_answer(answer)
        self._enter(State.ANSWERED)
        self.said.emit(self.tr("Ready"))
        if answer.citations:
            self._source.show_citations(answer.citations, 0)
            self._panel.answer.set_current(answer.citations[0].number)
        else:
            self._source.clear()

    def _failed(self, task: Task, error: QAError) -> None:
        if task is self._task:
            self._task = None
            self._messages.error(error)
            self.said.emit(error.title)
            self._idle()

    # ------------------------------------------------------------------------------- places

    def choose_citation(self, number: int) -> None:
        """Show the place of citation `number` on the right, if the answer has it."""
        numbers = [c.number for c in self.answer.citations] if self.answer else []
        if self.answer is not None and number in numbers:
            self.place_wanted.emit()
            self._source.show_citations(self.answer.citations, numbers.index(number))
            self._panel.answer.set_current(number)

    def choose_hit(self, hit: Hit) -> None:
        """Show a passage that carries no claim on the right."""
        self.place_wanted.emit()
        self._source.show_hit(hit)
        self._panel.answer.set_current(None)

    def _citation_shown(self, index: int) -> None:
        if self.answer is not None and 0 <= index < len(self.answer.citations):
            self._panel.answer.set_current(self.answer.citations[index].number)

    def _enter(self, state: State) -> None:
        self.state = state
        self.state_changed.emit(state)
