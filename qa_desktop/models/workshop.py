"""The workshop: sentence-transformers in a process of its own, for proving models and preparing new ones.

Importing it takes seconds and some 400 MB, so the program never does that itself; it talks to a child over
pipes, in JSON and raw numbers, and ends it when it is done.
"""

from __future__ import annotations

import contextlib
import importlib.util
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any, Self

from qa_desktop.errors import ModelRefused, QAError
from qa_desktop.models import wire
from qa_desktop.models.encoder import Vectors
from qa_desktop.progress import Cancelled, CancelToken

NEEDED = ("sentence_transformers", "torch", "optimum.onnxruntime", "onnx")


class WorkshopError(QAError):
    """The workshop could not do what it was asked."""

    code = "workshop_failed"

    def __init__(self, explanation: str, details: str) -> None:
        super().__init__(
            "sentence-transformers could not use this model",
            explanation,
            "See whether sentence-transformers itself can use the folder; the details say what it reported.",
            details,
        )


def missing_parts() -> tuple[str, ...]:
    """Return the names of the libraries the workshop needs and does not find."""

    def found(name: str) -> bool:
        try:
            return importlib.util.find_spec(name) is not None
        except ModuleNotFoundError:  # the package around a module is not there
            return False

    return tuple(name for name in NEEDED if not found(name))


class Workshop:
    """A running child; use it as a context manager or `close` it.  One request at a time.

    Raises `ModelRefused` when the libraries are not installed.
    """

    def __init__(self) -> None:
        missing = missing_parts()
        if missing or getattr(sys, "frozen", False):
            raise ModelRefused(
                "Adding a model needs parts that are not installed",
                "The extra “models” of QA Desktop (sentence-transformers and what it needs) is not here.",
                'Install it with: pip install "qa-desktop[models]". An added model is used without it.',
                "not found: " + ", ".join(missing),
            )
        self._guard = threading.Lock()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed by `close`
        self._child = subprocess.Popen(
            [sys.executable, "-m", "qa_desktop.models.workshop_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(
        self, command: str, cancel: CancelToken | None = None, **values: Any
    ) -> tuple[wire.Message, Vectors | None]:
        """Have one command carried out.

        Raises `WorkshopError`, and `Cancelled` soon (0.2 s) after `cancel` was called: then the child is
        ended, and nothing more can be asked.
        """
        with self._guard, self._ended_by(cancel):
            try:
                assert self._child.stdin is not None
                assert self._child.stdout is not None
                wire.send(self._child.stdin, {"command": command, **values})
                message, numbers = wire.receive(self._child.stdout)
            except (OSError, EOFError, ValueError) as error:
                if cancel and cancel.cancelled:
                    raise Cancelled from error
                raise WorkshopError("It broke down.", self._last_words()) from error
        if "error" in message:
            raise WorkshopError(message["error"].splitlines()[0][:300], message["details"])
        return message, numbers

    @contextlib.contextmanager
    def _ended_by(self, cancel: CancelToken | None) -> Iterator[None]:
        """End the child if `cancel` is called meanwhile."""
        if cancel is None:
            yield
            return
        answered = threading.Event()

        def watch() -> None:
            while not answered.wait(0.2):
                if cancel.cancelled:
                    self._child.kill()
                    return

        watcher = threading.Thread(target=watch, name="workshop")
        watcher.start()
        try:
            yield
        finally:
            answered.set()
            watcher.join()

    def _last_words(self) -> str:
        self._complaints.seek(0)
        return self._complaints.read()[-4000:].decode(errors="replace")

    def close(self) -> None:
        """End the child; it may be called twice."""
        if self._child.poll() is None:
            self._child.kill()  # it holds nothing that could be lost
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout, self._complaints):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                    stream.close()
