"""The reading worker: a process that opens files from anywhere, so that no other process has to.

It speaks frames (`wire`) on its standard input and output, limits itself (`limits`), writes to no file, and
ends when its input does, also in the middle of work: that is how it notices that the program is gone.

Requests: {"do": "read", "path", "password", "skip", "structure", "seconds", "seconds_per_page"} and
{"do": "render", "path", "password", "page", "scale", "runs", "seconds"}.
Answers, each with "is": "ready" once; "page" for each page of a PDF (number 0: the file was opened), then
"document" or "problem"; "image" or "problem".
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from qa_desktop.domain import FileProblem
from qa_desktop.reading import limits, wire
from qa_desktop.reading.problems import Unreadable

if TYPE_CHECKING:
    from qa_desktop.reading.pdf import PageRead

MEMORY_VARIABLE = "QA_DESKTOP_WORKER_MEMORY"


def main() -> int:
    """Serve requests until the input ends; the exit status is 0."""
    source, target = _take_pipes()
    _keep_quiet()
    limits.confine_this_process(int(os.environ.get(MEMORY_VARIABLE, limits.Limits().memory)))
    requests: SimpleQueue[wire.Message] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()

    def send(message: wire.Message, attached: bytes = b"") -> None:
        rest = memoryview(wire.pack(message, attached))
        while rest:
            rest = rest[os.write(target, rest) :]

    send({"is": "ready"})
    while True:
        _answer(requests.get(), send)


Send = Callable[..., None]


def _take_pipes() -> tuple[int, int]:
    """Return input and output for frames; whatever prints or asks from now on reaches nobody."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only Windows has it

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    source, target = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return source, target


def _keep_quiet() -> None:
    """Ignore Ctrl+C, which is for the program; write neither log nor compiled modules."""
    import logging  # noqa: PLC0415 - what a worker needs besides its work is gathered here
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    sys.dont_write_bytecode = True


def _listen(source: int, requests: SimpleQueue[wire.Message]) -> None:
    """Hand on what comes in; end the process when nothing more can."""
    try:
        while (frame := wire.receive(partial(os.read, source))) is not None:
            requests.put(frame[0])
    finally:
        os._exit(0)  # the main thread may be inside a library that never returns


def _answer(request: wire.Message, send: Send) -> None:
    """Do what is asked; every failure is told."""
    path = Path(request["path"])
    try:
        if request["do"] == "render":
            _render(path, request, send)
        else:
            _read(path, request, send)
        return
    except Unreadable as error:
        problem = error.problem
    except (FileNotFoundError, NotADirectoryError):
        problem = FileProblem("gone")
    except PermissionError:
        problem = FileProblem("permission")
    except OSError as error:
        problem = FileProblem("damaged", error.strerror or type(error).__name__)
    except MemoryError:
        problem = FileProblem("out_of_memory")
    except Exception as error:  # noqa: BLE001 - a hostile file makes libraries raise anything; the file is named
        problem = FileProblem("crashed", f"{type(error).__name__}: {error}"[:500])
    send({"is": "problem", "problem": wire.problem_to_wire(problem)})


def _read(path: Path, request: wire.Message, send: Send) -> None:
    seconds: float = request["seconds"]
    per_page: float = request["seconds_per_page"]
    limits.allow_processor_seconds(seconds)
    sent: list[str] = []

    def on_page(news: PageRead) -> None:
        if news.number == 0:
            limits.allow_processor_seconds(seconds + per_page * news.total)
        else:
            sent.append(news.text)
        send(
            {
                "is": "page",
                "number": news.number,
                "total": news.total,
                "text": news.text,
                "seconds": round(news.seconds, 4),
            }
        )

    from qa_desktop.reading.formats import How, open_file, read_opened  # noqa: PLC0415 - slow to load

    password = request["password"]
    how = How(password, on_page, dict(request["skip"]), request["structure"])
    document = read_opened(open_file(path, password), how)
    known = len(sent) == len(document.pages)
    send({"is": "document", "document": wire.document_to_wire(document, with_text=not known)})


def _render(path: Path, request: wire.Message, send: Send) -> None:
    from qa_desktop.reading.render import render_page  # noqa: PLC0415 - the worker is ready before its libraries

    limits.allow_processor_seconds(request["seconds"])
    runs = [wire.run_from_wire(values) for values in request["runs"]]
    image = render_page(path, request["page"], request["scale"], runs, request["password"])
    send(
        {
            "is": "image",
            "width": image.width,
            "height": image.height,
            "stride": image.stride,
            "scale": image.scale,
            "rects": image.rects,
        },
        image.rgb,
    )
