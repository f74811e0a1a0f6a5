"""Find in the source: from words typed into the bar to places shown on the stage."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from qa_desktop.domain import Run
from qa_desktop.gui.find_bar import FindBar
from qa_desktop.gui.source_place import Opened, find_all
from qa_desktop.gui.source_stage import Stage


class Finder(QObject):
    """Steps through the places that hold the words; the marks of the citation come back at the end."""

    def __init__(self, bar: FindBar, stage: Stage) -> None:
        super().__init__(bar)
        self._bar = bar
        self._stage = stage
        self._opened: Opened | None = None
        self._found: tuple[Run, ...] = ()
        self._index = 0
        bar.wanted.connect(self._search)
        bar.stepped.connect(self._step)
        bar.closed.connect(self._stop)

    @property
    def active(self) -> bool:
        """Whether what is marked was found here, and is not the place of a citation."""
        return bool(self._found)

    def begin(self, opened: Opened | None) -> None:
        """Search in another source from now on."""
        self._found = ()
        self._bar.close_bar()
        self._opened = opened

    def _search(self, text: str) -> None:
        if self._opened is None:
            return
        self._found = find_all(self._opened.pages, text)
        here = self._stage.page_view.page if self._opened.as_printed else self._opened.place.page
        self._index = next((n for n, run in enumerate(self._found) if run.page >= here), 0)
        self._show()

    def _step(self, direction: int) -> None:
        if self._found:
            self._index = (self._index + direction) % len(self._found)
            self._show()

    def _show(self) -> None:
        self._bar.set_result(self._index, len(self._found))
        if self._found and self._opened is not None:
            self._stage.show_place(self._opened, (self._found[self._index],))

    def _stop(self) -> None:
        found, self._found = self._found, ()
        if found and self._opened is not None:
            self._stage.show_place(self._opened, self._opened.runs)
        shown = self._stage.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
