"""Read files in a worker process, so that a file which hangs, crashes or eats memory costs that file only."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from qa_desktop.domain import Document, FileProblem, Run
from qa_desktop.progress import Cancelled, CancelToken, Progress, Report, ignore
from qa_desktop.reading import salvage, wire
from qa_desktop.reading.limits import Limits
from qa_desktop.reading.process import Deadline, WorkerDied, WorkerProcess
from qa_desktop.reading.render import PageImage

_OPENING = 0
_ARRANGING = -1
_MOST_ATTEMPTS = 4
_TAINTED = frozenset({"crashed", "out_of_memory"})  # after these a worker is not used again


@dataclass(slots=True)
class _Attempt:
    """What one attempt at a file has brought: the text of its first pages."""

    total: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def place(self) -> int:
        """The page that is being read, or `_OPENING`, or `_ARRANGING` when all pages have come."""
        if not self.total:
            return _OPENING
        return len(self.texts) + 1 if len(self.texts) < self.total else _ARRANGING


@dataclass(slots=True)
class _Plan:
    """What is left out at the next attempt, learned from those that failed.

    A page over which the worker died twice is skipped; if it dies while opening the file, pypdf is left
    out; if it then dies again, or while arranging what was read, the file is given up.
    """

    skip: dict[int, str] = field(default_factory=dict)
    structure: bool = True
    deaths: Counter[int] = field(default_factory=Counter)
    best: _Attempt = field(default_factory=_Attempt)
    last: WorkerDied | None = None

    def learn(self, attempt: _Attempt, death: WorkerDied) -> bool:
        """Take note of a death; tell whether another attempt makes sense."""
        self.last = death
        if len(attempt.texts) >= len(self.best.texts):
            self.best = attempt
        place = attempt.place
        self.deaths[place] += 1
        if self.deaths[place] < 2:
            return True
        if place == _OPENING:
            if not self.structure:
                return False
            self.structure = False
            self.deaths[place] = 1
            return True
        if place == _ARRANGING:
            return False
        self.skip[place] = death.reason
        return len(self.skip) < attempt.total


class Reader:
    """Reads files and draws pages in one warm worker process, which is replaced when it breaks down.

    Used from one thread at a time (others wait); `close` may be called at any time and ends what is going
    on.  The worker is started by the first call.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._files = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker, so that the first call need not wait for it."""
        with self._lock:
            self._running()

    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> Document | FileProblem:
        """Read the file at `path`; say why if that is impossible.

        Pages of a PDF are reported one by one (stage "reading").  Raises `Cancelled` and, if no worker can
        be started, `QAError`.
        """
        path = path.absolute()
        problem = _cannot_open(path)
        if problem:
            return problem
        with self._lock:
            plan = _Plan()
            for _ in range(_MOST_ATTEMPTS):
                attempt = _Attempt()
                try:
                    return self._read_once(path, password, plan, attempt, report, cancel)
                except WorkerDied as death:
                    self._drop_worker()
                    if self._closed:
                        raise Cancelled from death
                    if not plan.learn(attempt, death):
                        break
                except BaseException:
                    self._drop_worker()
                    raise
        assert plan.last is not None
        kept = salvage.document_from_pages(path, plan.best.texts, plan.best.total, plan.last.reason)
        return kept or FileProblem(plan.last.reason, plan.last.detail)

    def render(
        self,
        path: Path,
        page: int,
        scale: float,
        runs: Sequence[Run] = (),
        password: str | None = None,
    ) -> PageImage | FileProblem:
        """Draw page `page` (counted from 1) of a PDF at `scale` pixels to a point; see `render.PageImage`."""
        path = path.absolute()
        problem = _cannot_open(path)
        if problem:
            return problem
        request = {
            "do": "render",
            "path": str(path),
            "password": password,
            "page": page,
            "scale": scale,
            "runs": [[r.page, r.start, r.end] for r in runs],
            "seconds": self._limits.seconds_to_draw,
        }
        with self._lock:
            moment = time.monotonic() + self._limits.seconds_to_draw
            try:
                message, attached = next(self._running().exchange(request, Deadline(moment, moment)))
                if message.get("is") == "problem":
                    return self._problem(message)
                return wire.image_from_wire(message, attached)
            except WorkerDied as death:
                self._drop_worker()
                return FileProblem(death.reason, death.detail)
            except wire.WireError as error:
                self._drop_worker()
                return FileProblem("crashed", str(error))
            except BaseException:
                self._drop_worker()
                raise

    def close(self) -> None:
        """End the worker; what it was doing for another thread is cancelled."""
        self._closed = True
        worker = self._worker
        if worker is not None and self._lock.locked():
            worker.kill()
        with self._lock:
            self._drop_worker()

    def _read_once(
        self,
        path: Path,
        password: str | None,
        plan: _Plan,
        attempt: _Attempt,
        report: Report,
        cancel: CancelToken | None,
    ) -> Document | FileProblem:
        limits = self._limits
        request = {
            "do": "read",
            "path": str(path),
            "password": password,
            "skip": list(plan.skip.items()),
            "structure": plan.structure,
            "seconds": limits.seconds,
            "seconds_per_page": limits.seconds_per_page,
        }
        worker = self._running()
        began = time.monotonic()
        deadline = Deadline(began + limits.seconds_per_step, began + limits.seconds)
        for message, _ in worker.exchange(request, deadline, cancel):
            try:
                if message["is"] == "page":
                    _take_page(message, attempt)
                    report(Progress("reading", len(attempt.texts), attempt.total, path.name, "pages"))
                    deadline.whole = began + limits.seconds_for(attempt.total)
                    arranging = len(attempt.texts) == attempt.total
                    deadline.step = (
                        deadline.whole if arranging else time.monotonic() + limits.seconds_per_step
                    )
                    continue
                outcome = (
                    self._problem(message)
                    if message["is"] == "problem"
                    else wire.document_from_wire(message["document"], attempt.texts)
                )
            except (wire.WireError, KeyError, TypeError) as error:
                raise WorkerDied("crashed", f"{type(error).__name__}: {error}") from error
            self._files += 1
            if self._files >= limits.files_per_worker:
                self._drop_worker()
            return outcome
        raise AssertionError("an exchange ends by its caller or by an exception")

    def _problem(self, message: wire.Message) -> FileProblem:
        problem = wire.problem_from_wire(message["problem"])
        if problem.reason in _TAINTED:
            self._drop_worker()
        return problem

    def _running(self) -> WorkerProcess:
        if self._closed:
            raise Cancelled
        if self._worker is None:
            self._worker = WorkerProcess(self._limits)
            self._files = 0
        return self._worker

    def _drop_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()


def _take_page(message: wire.Message, attempt: _Attempt) -> None:
    """Take a page's text, which must be the next one's; number 0 only tells how many there are."""
    number, total, text = message["number"], message["total"], message["text"]
    if not (isinstance(number, int) and isinstance(total, int) and isinstance(text, str)):
        raise TypeError("not a page")
    if number != (len(attempt.texts) + 1 if attempt.total else 0):
        raise wire.WireError("pages out of order")
    attempt.total = total
    if number:
        attempt.texts.append(text)


def _cannot_open(path: Path) -> FileProblem | None:
    """Return what a look at the file's entry already tells."""
    try:
        if path.is_dir():
            return FileProblem("unsupported", "a folder")
        return None if path.stat().st_size else FileProblem("empty")
    except PermissionError:
        return FileProblem("permission")
    except OSError:
        return FileProblem("gone")
