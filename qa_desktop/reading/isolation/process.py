"""One reading worker, seen from the program: start it, ask it, watch it, end it."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import qa_desktop
from qa_desktop.errors import QAError
from qa_desktop.progress import Cancelled, CancelToken
from qa_desktop.reading.isolation import wire
from qa_desktop.reading.isolation.limits import Limits

_LOOK_EVERY = 0.1  # seconds between two looks at the worker's memory
_SECONDS_TO_START = 30.0
_SECONDS_TO_END = 2.0


class WorkerNotStarted(QAError):
    """The reading worker cannot be started, so nothing can be read."""

    code = "reader"

    def __init__(self, details: str) -> None:
        super().__init__(
            "Files cannot be read",
            "The part of the program that opens files did not start.",
            "Start the program again; if that does not help, install it again.",
            details,
        )


class WorkerDied(Exception):
    """The worker broke down over what it was asked, or was ended because it exceeded a limit.

    `reason` is "crashed", "timed_out" or "out_of_memory".
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class Deadline:
    """The moments (`time.monotonic`) by which the next message and the whole work must have come."""

    step: float
    whole: float

    @property
    def passed(self) -> bool:
        """True once either moment is over."""
        return time.monotonic() > min(self.step, self.whole)


class WorkerProcess:
    """A running worker.  Not for two threads at once, except `kill`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._largest = 0
        self._looked = 0.0
        self._frames: queue.SimpleQueue[tuple[wire.Message, bytes] | None] = queue.SimpleQueue()
        flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows has it
        environment = {**os.environ, "QA_DESKTOP_WORKER_MEMORY": str(limits.memory)}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, with fixed arguments
                worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                # Modules are found where this one was, and never in the folder the user happens to stand in.
                cwd=Path(qa_desktop.__file__).resolve().parent.parent,
                env=environment,
                creationflags=flags,
            )
        except OSError as error:
            raise WorkerNotStarted(str(error)) from error
        self._listener = threading.Thread(target=self._listen, name="reading-worker", daemon=True)
        self._listener.start()
        self._await_ready()

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    def exchange(
        self, request: wire.Message, deadline: Deadline, cancel: CancelToken | None = None
    ) -> Iterator[tuple[wire.Message, bytes]]:
        """Send `request` and yield the answers as they come; the caller stops after the last one.

        The caller may move the deadline between two answers.  Raises `WorkerDied`, after which this worker
        is of no more use, and `Cancelled`, having ended it.
        """
        self._largest = 0
        self.tell(request)
        while True:
            yield self._next(deadline, cancel)

    def tell(self, message: wire.Message, attached: bytes = b"") -> None:
        """Send a request, or the answer to what the worker has asked; raises `WorkerDied`."""
        try:
            assert self._process.stdin is not None
            rest = memoryview(wire.pack(message, attached))
            while rest:
                rest = rest[self._process.stdin.write(rest) or 0 :]
        except OSError as error:
            raise self._death() from error

    def kill(self) -> None:
        """End the worker at once, whatever it does; may be called from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the worker and let go of its pipes and its thread."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        with contextlib.suppress(OSError):
            stdin.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        stdout.close()

    def _await_ready(self) -> None:
        moment = time.monotonic() + _SECONDS_TO_START
        try:
            message, _ = self._next(Deadline(moment, moment), None)
        except WorkerDied as death:
            self.close()
            raise WorkerNotStarted(f"{death.reason} {death.detail}") from death
        if message.get("is") != "ready":
            self.kill()
            self.close()
            raise WorkerNotStarted("an unexpected first message")

    def _listen(self) -> None:
        """Hand on what the worker says; None at its end, or after nonsense."""
        assert self._process.stdout is not None
        try:
            while (frame := wire.receive(self._process.stdout.read)) is not None:
                self._frames.put(frame)
        except (wire.WireError, OSError, ValueError, MemoryError):
            self._process.kill()
        finally:
            self._frames.put(None)

    def _next(self, deadline: Deadline, cancel: CancelToken | None) -> tuple[wire.Message, bytes]:
        while True:
            if cancel is not None and cancel.cancelled:
                self.kill()
                raise Cancelled
            if deadline.passed:
                self.kill()
                raise WorkerDied("timed_out")
            self._look_at_memory()
            try:
                frame = self._frames.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                continue
            if frame is None:
                raise self._death()
            return frame

    def _look_at_memory(self) -> None:
        """End the worker if it holds more memory than it may."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        import psutil  # noqa: PLC0415 - the window must not wait for it

        with contextlib.suppress(psutil.Error):
            self._largest = max(self._largest, psutil.Process(self._process.pid).memory_info().rss)
        if self._largest > self._limits.memory:
            self.kill()
            raise WorkerDied("out_of_memory")

    def _death(self) -> WorkerDied:
        """Return why the worker ended by itself."""
        try:
            status = self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        name = ""
        if status < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-status).name
        if name == "SIGXCPU":
            return WorkerDied("timed_out", name)
        # A library that is refused memory aborts the process; the system, running out, kills it.
        if name == "SIGKILL" or self._largest > 0.5 * self._limits.memory:
            return WorkerDied("out_of_memory", name)
        return WorkerDied("crashed", name or f"exit status {status}")


def worker_command() -> list[str]:
    """Return the command that starts a worker, from a frozen program as well as from an installed one."""
    module = [] if getattr(sys, "frozen", False) else ["-m", "qa_desktop"]
    return [sys.executable, *module, "--reading-worker"]
