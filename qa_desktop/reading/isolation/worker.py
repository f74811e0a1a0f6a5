"""The reading worker: a process that opens files from anywhere, so that no other process has to.

It speaks frames (`wire`) on its standard input and output, limits itself (`limits`), writes to no file, and
ends when its input does, also in the middle of work: that is how it notices that the program is gone.

Requests: {"do": "read", "path", "inside", "password", "scan", "skip", "plain", "had", "closed", "seconds",
"seconds_per_page", "seconds_per_scan"} and {"do": "render", "path", "inside", "password", "page", "scale",
"runs", "words", "seconds"}.
Answers, each with "is": "ready" once; while reading "begun", "ended" and "lacking" for each document
(`gathered`), "page" for each page (number 0: the document was opened), and "done"; "image"; "problem" when
nothing can be had of what was asked for, "broken" when a library broke down over it.  "scan?" asks whether a
picture of a page was recognised before, which is answered by {"known"}; "scanned" tells what was recognised.
"""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from qa_desktop.domain import FileProblem
from qa_desktop.reading.isolation import limits, wire
from qa_desktop.reading.isolation.wire_documents import problem_to_wire
from qa_desktop.reading.isolation.worker_tasks import Link, read, render
from qa_desktop.reading.problems import Unreadable

MEMORY_VARIABLE = "QA_DESKTOP_WORKER_MEMORY"


def main() -> int:
    """Serve requests until the input ends; the exit status is 0."""
    source, target = _take_pipes()
    _keep_quiet()
    limits.confine_this_process(int(os.environ.get(MEMORY_VARIABLE, limits.Limits().memory)))
    incoming: SimpleQueue[tuple[wire.Message, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, incoming), daemon=True).start()

    def send(message: wire.Message, attached: bytes = b"") -> None:
        rest = memoryview(wire.pack(message, attached))
        while rest:
            rest = rest[os.write(target, rest) :]

    link = Link(send, incoming.get)
    send({"is": "ready"})
    while True:
        _answer(incoming.get()[0], link)


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


def _listen(source: int, incoming: SimpleQueue[tuple[wire.Message, bytes]]) -> None:
    """Hand on what comes in; end the process when nothing more can."""
    try:
        while (frame := wire.receive(partial(os.read, source))) is not None:
            incoming.put(frame)
    finally:
        os._exit(0)  # the main thread may be inside a library that never returns


def _answer(request: wire.Message, link: Link) -> None:
    """Do what is asked; every failure is told."""
    path = Path(request["path"])
    try:
        if request["do"] == "render":
            render(path, request, link)
        else:
            read(path, request, link)
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
        link.send({"is": "broken", "reason": "out_of_memory", "detail": ""})
        return
    except Exception as error:  # noqa: BLE001 - a hostile file makes libraries raise anything; the file is named
        link.send({"is": "broken", "reason": "crashed", "detail": f"{type(error).__name__}: {error}"[:500]})
        return
    link.send({"is": "problem", "problem": problem_to_wire(problem)})
