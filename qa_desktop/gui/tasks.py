"""The one door to threads: long work leaves the interface thread here and comes home here.

Each `Lane` has one worker thread, so that work of one kind runs in order and never twice at once, while
the lanes do not wait for each other: a question can be asked while a folder is being read.  Results come
home through a queue that the interface thread empties; the signal that wakes it carries nothing, so no
Python object ever travels inside a Qt event.
"""

from __future__ import annotations

import queue
import threading
import traceback
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qa_desktop.errors import QAError
from qa_desktop.progress import Cancelled, CancelToken, Progress, Report

T = TypeVar("T")
Work = Callable[[Report, CancelToken], T]

_JOIN_SECONDS = 5.0


class Lane(Enum):
    """What a worker thread is for."""

    WRITING = auto()
    """Whatever changes a library: it has one writer."""
    ASKING = auto()
    """Questions, opening a library, loading models."""
    PAGES = auto()
    """Page images and texts for the source view."""


class Task:
    """One piece of work under way.  After `cancel`, its `done` is never called."""

    def __init__(
        self,
        work: Work[Any],
        done: Callable[[Any], None],
        failed: Callable[[QAError], None],
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._progress = progress
        self._cancelled = cancelled
        self._token = CancelToken()
        self._latest: Progress | None = None
        self._ended = False

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` is called once it has, and nothing else afterwards."""
        self._token.cancel()

    def pause(self, *, paused: bool) -> None:
        """Ask the work to wait before its next step, or to go on."""
        self._token.pause(paused=paused)

    def abandon(self) -> None:
        """Cancel, and call nobody back."""
        self._token.cancel()
        self._ended = True

    @property
    def active(self) -> bool:
        """True until one of `done`, `failed` and `cancelled` was called."""
        return not self._ended

    def run(self, post: Callable[[Callable[[], None]], None]) -> None:
        """Do the work on this thread and post the outcome to the interface thread."""

        def report(step: Progress) -> None:
            # Only the newest step is worth showing: a flood of them costs one call per repaint.
            waiting, self._latest = self._latest is not None, step
            if not waiting:
                post(self._show_progress)

        try:
            self._token.check()
            result = self._work(report, self._token)
        except Cancelled:
            post(lambda: self._finish(self._report_cancelled))
        except QAError as error:
            problem = error
            post(lambda: self._finish(lambda: self._failed(problem)))
        except Exception as error:  # noqa: BLE001 - a worker thread has nobody above it to catch anything
            unexpected = unexpected_error(error)
            post(lambda: self._finish(lambda: self._failed(unexpected)))
        else:
            post(lambda: self._finish(lambda: self._done(result)))

    def _report_cancelled(self) -> None:
        if self._cancelled is not None:
            self._cancelled()

    def _show_progress(self) -> None:
        step, self._latest = self._latest, None
        if step is not None and self._progress is not None and self.active and not self._token.cancelled:
            self._progress(step)

    def _finish(self, outcome: Callable[[], None]) -> None:
        self._ended = True
        if self._token.cancelled:
            self._report_cancelled()
        else:
            outcome()


def unexpected_error(error: BaseException) -> QAError:
    """Put words around an error that nobody expected; its traceback goes to the details."""
    return QAError(
        "Something went wrong inside the program",
        f"{type(error).__name__}: {error}" if str(error) else type(error).__name__,
        "Your documents are not affected. Try again; if it happens again, report it with the details.",
        "".join(traceback.format_exception(error)),
    )


class Tasks(QObject):
    """Runs work on the lanes' threads; every callback arrives on the thread that made this object.

    Signals: `_arrived` wakes the interface thread; nobody else connects to it.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox: deque[Callable[[], None]] = deque()
        self._queues: dict[Lane, queue.SimpleQueue[Task | None]] = {}
        self._threads: dict[Lane, threading.Thread] = {}
        self._tasks: list[Task] = []
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work[T],
        *,
        lane: Lane,
        done: Callable[[T], None],
        failed: Callable[[QAError], None],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Do `work(report, cancel)` on the lane's thread, after what was given to that lane before.

        Exactly one of `done`, `failed` and `cancelled` is called, unless `close` comes first.  An
        exception that is no `QAError` reaches `failed` in words, with its traceback in the details.
        """
        task = Task(work, done, failed, progress, cancelled)
        if self._closed:
            task.abandon()
            return task
        self._tasks = [t for t in self._tasks if t.active]
        self._tasks.append(task)
        if lane not in self._threads:
            self._start(lane)
        self._queues[lane].put(task)
        return task

    @property
    def busy(self) -> bool:
        """True while any task has not come home."""
        return any(t.active for t in self._tasks)

    def close(self) -> None:
        """Cancel everything, wait for the threads (at most 5 s each), and call nobody back."""
        if self._closed:
            return
        self._closed = True
        for task in self._tasks:
            task.abandon()
        for lane in self._threads:
            self._queues[lane].put(None)
        for thread in self._threads.values():
            thread.join(_JOIN_SECONDS)
        self._tasks.clear()
        self._inbox.clear()

    def _start(self, lane: Lane) -> None:
        tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._queues[lane] = tasks

        def work() -> None:
            while (task := tasks.get()) is not None:
                task.run(self._post)

        # A daemon, because work that cannot be interrupted must not keep a closed program alive.
        self._threads[lane] = threading.Thread(target=work, name=f"qa-{lane.name.lower()}", daemon=True)
        self._threads[lane].start()

    def _post(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._inbox.append(call)
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        while self._inbox and not self._closed:
            self._inbox.popleft()()
