"""Everything that happens to a library: opening, warming up, adding, trying again, removing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from qa_desktop.domain import DocumentEntry
from qa_desktop.errors import QAError
from qa_desktop.gui.library_name import library_name
from qa_desktop.gui.library_panel import LibraryPanel
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.removing_words import question_before_removing
from qa_desktop.gui.tasks import Lane, Task, Tasks, Work
from qa_desktop.paths import default_library, demonstration_library
from qa_desktop.progress import CancelToken, Report

if TYPE_CHECKING:
    from qa_desktop.library import AddReport, Library

    Found = tuple[AddReport, tuple[DocumentEntry, ...]]

T = TypeVar("T")

_REFRESH_MS = 2000


class LibraryPresenter(QObject):
    """Holds the open library and carries out what the left pane is asked to do.

    Signals: `opening(name)`; `opened(library)`; `failed(error)` when a library cannot be opened;
    `listed(entries)` whenever the documents may have changed; `warm()` when the models are loaded;
    `busy(writing)` when the library begins or ends to be changed; `read(report, entries, again)` with an
    AddReport, what the library holds after it, and the ids of the files that were to be read again;
    `said(text)` for the status bar.
    Attributes: `confirm(title, text, names, action, then)` asks before something is lost;
    `recognises_scans()` tells whether text is to be recognised on scanned pages.
    """

    opening = Signal(str)
    opened = Signal(object)
    failed = Signal(object)
    listed = Signal(object)
    warm = Signal()
    busy = Signal(bool)
    read = Signal(object, object, object)
    said = Signal(str)

    def __init__(
        self,
        panel: LibraryPanel,
        tasks: Tasks,
        messages: Messages,
        confirm: Callable[[str, str, Sequence[str], str, Callable[[], None]], None],
        parent: QObject | None = None,
        *,
        recognises_scans: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._recognises_scans = recognises_scans
        self.library: Library | None = None
        self.entries: tuple[DocumentEntry, ...] = ()
        self._panel = panel
        self._tasks = tasks
        self._messages = messages
        self._confirm = confirm
        self._warm: Library | None = None
        self._writing: list[Task] = []
        self._refresh = QTimer(self, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.list_documents)
        panel.retry.connect(self.retry)
        panel.remove.connect(self.remove)
        panel.busy.cancelled.connect(self.cancel)
        panel.busy.paused.connect(self.pause)

    def open(self, folder: Path, *, create: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open the library in `folder` in place of the one that is open; `then` is called when it is."""
        if self._writing:
            self._messages.notice(
                self.tr("Documents are still being read"),
                self.tr("Wait until they have been read, or cancel that, and open the other library then."),
            )
            return
        self._panel.set_name(library_name(folder))
        self._panel.set_state(self.tr("Opening the library…"))
        self.opening.emit(library_name(folder))

        def work() -> tuple[Library, tuple[DocumentEntry, ...]]:
            from qa_desktop.library import Library  # noqa: PLC0415 - slow to import, so not before the window

            library = Library.open(folder, create=create)
            return library, library.documents()

        def done(found: tuple[Library, tuple[DocumentEntry, ...]]) -> None:
            self.close()
            self.library, self.entries = found
            self._panel.set_entries(self.entries, fresh=True)
            self.opened.emit(self.library)
            self.listed.emit(self.entries)
            self._warm_up()
            if then is not None:
                then()

        def failed(error: QAError) -> None:
            self._messages.error(error)
            if self.library is None:
                self._panel.set_state(error.title)
                self.failed.emit(error)
            else:
                self._go_on(self.library)

        self._tasks.run(lambda *_: work(), lane=Lane.ASKING, done=done, failed=failed)

    def _go_on(self, library: Library) -> None:
        """Stay with the library that is open, after another one could not be opened."""
        name = library_name(library.folder)
        self._panel.set_name(name)
        self._panel.set_entries(self.entries)
        self.opening.emit(name)
        self.opened.emit(library)
        self.listed.emit(self.entries)
        if self._warm is library:
            self.warm.emit()

    def close(self) -> None:
        """Let go of the open library, after what other lanes are still doing with it."""
        if self.library is None:
            return
        library, self.library = self.library, None
        last = self._messages.error

        def close_it(_: None) -> None:
            self._tasks.run(lambda *_: library.close(), lane=Lane.ASKING, done=lambda _: None, failed=last)

        self._tasks.run(lambda *_: None, lane=Lane.PAGES, done=close_it, failed=last)

    def _warm_up(self) -> None:
        library = self.library
        assert library is not None
        self.said.emit(self.tr("Loading the language models…"))

        def failed(error: QAError) -> None:
            self.said.emit(error.title)
            self._messages.error(error)

        def done(_: None) -> None:
            if self.library is library:
                self._warm = library
                self.said.emit(self.tr("Ready"))
                self.warm.emit()

        self._tasks.run(lambda *_: library.warm_up(), lane=Lane.ASKING, done=done, failed=failed)

    def list_documents(self) -> None:
        """Read the list of documents again."""
        library = self.library
        if library is not None:
            self._tasks.run(
                lambda *_: library.documents(),
                lane=Lane.ASKING,
                done=lambda entries: self._show(entries) if self.library is library else None,
                failed=self._messages.error,
            )

    def _show(self, entries: tuple[DocumentEntry, ...]) -> None:
        if entries != self.entries:
            self.entries = entries
            self._panel.set_entries(entries)
        self.listed.emit(entries)

    # ------------------------------------------------------------------------------- changing

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and folders; the demonstration library stays as it is, they go to the user's own."""
        library = self.library
        if not paths:
            return
        if library is None or library.folder.resolve() == demonstration_library().resolve():
            self.open(default_library(), create=True, then=lambda: self._add_here(paths))
        else:
            self._add_here(paths)

    def _add_here(self, paths: Sequence[Path]) -> None:
        library = self.library
        assert library is not None
        scans = self._recognises_scans()
        self._read_files(
            library,
            self.tr("Reading documents"),
            lambda report, cancel: library.add(paths, recognise_scans=scans, report=report, cancel=cancel),
        )

    def update(self) -> None:
        """Bring the library in line with its folders."""
        library = self.library
        if library is not None:
            work = partial(library.update, recognise_scans=self._recognises_scans())
            self._read_files(library, self.tr("Looking for changes"), work)

    def retry(self, ids: Sequence[int], *, password: str | None = None) -> None:
        """Read these files again."""
        library = self.library
        if library is not None:
            retry = partial(library.retry, ids, password=password, recognise_scans=self._recognises_scans())
            self._read_files(
                library,
                self.tr("Trying again"),
                lambda report, cancel: retry(report=report, cancel=cancel),
                ids,
            )

    def _read_files(
        self, library: Library, what: str, work: Work[AddReport], again: Sequence[int] = ()
    ) -> None:
        def work_and_look(report: Report, cancel: CancelToken) -> tuple[AddReport, tuple[DocumentEntry, ...]]:
            return work(report, cancel), library.documents()

        def done(found: tuple[AddReport, tuple[DocumentEntry, ...]]) -> None:
            if self.library is library:
                self._show(found[1])
                self.read.emit(*found, tuple(again))

        self._write(what, work_and_look, done)

    def remove(self, ids: Sequence[int]) -> None:
        """Take documents out, after asking once and naming them."""
        library = self.library
        chosen = [e for e in self.entries if e.id in set(ids)]
        if library is None or not chosen:
            return
        asked = question_before_removing(chosen, self.entries)

        def go() -> None:
            self._write(
                self.tr("Removing documents"),
                lambda *_: library.remove_documents([e.id for e in chosen]),
                lambda _: self.said.emit(asked.done),
            )

        self._confirm(asked.title, asked.text, [e.name for e in chosen], self.tr("Remove"), go)

    def cancel(self) -> None:
        """Stop whatever changes the library; what was finished stays."""
        for task in self._writing:
            task.cancel()

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - the signature of the signal
        """Hold whatever changes the library before its next step, or let it go on."""
        for task in self._writing:
            task.pause(paused=paused)

    @property
    def writing(self) -> bool:
        """Whether the library is being changed."""
        return bool(self._writing)

    def _write(self, what: str, work: Work[T], done: Callable[[T], None]) -> None:
        def over() -> None:
            self._writing.remove(task)
            if not self._writing:
                self._panel.busy.end()
                self._refresh.stop()
            self.list_documents()

        def tell() -> None:
            self.busy.emit(bool(self._writing))

        def finished(result: T) -> None:
            over()
            done(result)
            tell()

        def failed(error: QAError) -> None:
            over()
            self._messages.error(error)
            tell()

        def cancelled() -> None:
            over()
            tell()
            self.said.emit(self.tr("Stopped. What had been read before is kept."))

        task = self._tasks.run(
            work,
            lane=Lane.WRITING,
            done=finished,
            failed=failed,
            progress=self._panel.busy.step,
            cancelled=cancelled,
        )
        self._writing.append(task)
        self._panel.busy.begin(what)
        self._refresh.start()
        self.busy.emit(True)
