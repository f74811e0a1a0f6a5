"""Read files in a worker process, so that a file which hangs, crashes or eats memory costs that file only."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from qa_desktop.domain import Document, FileProblem, Run, ScannedWord
from qa_desktop.progress import SCANNING, Cancelled, CancelToken, Report, ignore
from qa_desktop.reading.gathered import Begun, Inside
from qa_desktop.reading.isolation import wire
from qa_desktop.reading.isolation.attempts import Attempt, Plan
from qa_desktop.reading.isolation.clock import Clock
from qa_desktop.reading.isolation.limits import Limits
from qa_desktop.reading.isolation.process import Deadline, WorkerDied, WorkerProcess
from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.reading.isolation.wire_documents import problem_from_wire, words_to_wire


class Scans(Protocol):
    """What was recognised in pictures of pages, kept by a key that the reader makes of a picture."""

    def get(self, key: str) -> bytes | None:
        """Return what was recognised, None where it is not known."""

    def put(self, key: str, value: bytes) -> None:
        """Keep what was recognised."""


class Reader:
    """Reads files and draws pages in one warm worker process, which is replaced when it breaks down.

    Used from one thread at a time (others wait); `close` may be called at any time and ends what is going
    on.  The worker is started by the first call.  With `scans`, text is recognised in pictures of pages, each
    picture once; without, such pages stay without text.
    """

    def __init__(self, limits: Limits | None = None, scans: Scans | None = None) -> None:
        self._limits = limits or Limits.for_scans(recognised=scans is not None)
        self._scans = scans
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
        inside: Inside = (),
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> Document | FileProblem:
        """Read the file at `path` with all documents in it, or what lies at `inside`; say why if that fails.

        `password` is tried on whatever is protected.  Pages are reported one by one (stage "reading",
        or SCANNING before their text is recognised).  Raises `Cancelled` and, if no worker can be started,
        `QAError`.
        """
        path = path.absolute()
        problem = _cannot_open(path)
        if problem:
            return problem
        with self._lock:
            clock = Clock(self._limits, _size(path))
            request = {
                "do": "read",
                "path": str(path),
                "password": password,
                "inside": list(inside),
                "seconds": clock.seconds,
            }
            plan = Plan()
            plan.gathered.take(Begun(inside, path.name, ""))
            while plan.goes_on:
                attempt = plan.attempt(inside)
                try:
                    problem = self._read_once(request | plan.as_request(), attempt, clock, report, cancel)
                    break
                except WorkerDied as death:
                    self._drop_worker()
                    if self._closed:
                        raise Cancelled from death
                    plan.learn(attempt, death, in_time=clock.in_time)
                except BaseException:
                    self._drop_worker()
                    raise
        return problem or plan.gathered.outcome(inside)

    def render(
        self,
        path: Path,
        page: int,
        scale: float,
        runs: Sequence[Run] = (),
        password: str | None = None,
        inside: Inside = (),
        words: Sequence[ScannedWord] = (),
    ) -> PageImage | FileProblem:
        """Draw page `page` (counted from 1) of a PDF or an image at `scale` pixels to a point.

        The document is the file, or what lies at `inside` in it; `words` are those that were recognised on
        the page.  See `render.PageImage`.
        """
        path = path.absolute()
        problem = _cannot_open(path)
        if problem:
            return problem
        request = {
            "do": "render",
            "path": str(path),
            "inside": list(inside),
            "password": password,
            "page": page,
            "scale": scale,
            "runs": [[r.page, r.start, r.end] for r in runs],
            "words": words_to_wire(words),
            "seconds": self._limits.seconds_to_draw,
        }
        with self._lock:
            moment = time.monotonic() + self._limits.seconds_to_draw
            try:
                message, attached = next(self._running().exchange(request, Deadline(moment, moment)))
                if message.get("is") == "problem":
                    return problem_from_wire(message["problem"])
                _raise_if_broken(message)
                return wire.image_from_wire(message, attached)
            except WorkerDied as death:
                self._drop_worker()
                return FileProblem(death.reason, death.detail)
            except (wire.WireError, KeyError, TypeError) as error:
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
        request: dict[str, Any],
        attempt: Attempt,
        clock: Clock,
        report: Report,
        cancel: CancelToken | None,
    ) -> FileProblem | None:
        """Read until all is told, or return why nothing can be had; raise `WorkerDied`."""
        limits = self._limits
        request |= {
            "scan": self._scans is not None,
            "seconds_per_page": limits.seconds_per_page,
            "seconds_per_scan": limits.seconds_per_scan,
        }
        worker = self._running()
        for message, attached in worker.exchange(request, clock.start(), cancel):
            try:
                kind = message.get("is")
                _raise_if_broken(message)
                if kind == "problem":
                    return problem_from_wire(message["problem"])
                if kind == "scan?":
                    known = self._known(message["key"])
                    worker.tell({"known": known is not None}, known or b"")
                    if known is None:
                        clock.scan()
                        report(attempt.progress(SCANNING))
                elif kind == "scanned":
                    self._keep(message["key"], attached)
                elif kind == "done":
                    break
                else:
                    attempt.take(message)
                    clock.heard(attempt)
                    if kind == "page":
                        report(attempt.progress("reading"))
            except (wire.WireError, KeyError, TypeError) as error:
                raise WorkerDied("crashed", f"{type(error).__name__}: {error}") from error
        self._files += 1
        if self._files >= limits.files_per_worker:
            self._drop_worker()
        return None

    def _known(self, key: str) -> bytes | None:
        return self._scans.get(key) if self._scans is not None and isinstance(key, str) else None

    def _keep(self, key: str, value: bytes) -> None:
        if self._scans is not None and isinstance(key, str):
            self._scans.put(key, value)

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


def _raise_if_broken(message: wire.Message) -> None:
    """Raise `WorkerDied` if a library broke down in the worker, which is then not used again."""
    if message.get("is") == "broken":
        reason, detail = message["reason"], message["detail"]
        raise WorkerDied("out_of_memory" if reason == "out_of_memory" else "crashed", str(detail)[:500])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # the worker will say what is wrong with it


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
