"""Shows that this installation works, from a document on disk to the cited page in the window.

    qa-desktop --self-check [--seconds N] [--screenshot FILE]

Packages run it after they are built and after they are installed; whoever has a doubt may run it too.  It
changes nothing: data and settings lie in a temporary folder.  Each step prints a line; the exit status is 0
when all went well, else 1.  With `--seconds` the window stays that long, for those who watch the process.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from qa_desktop import confine, paths
from qa_desktop.app import Desktop
from qa_desktop.domain import Document
from qa_desktop.gui.application import Application
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.presenter import State
from qa_desktop.reading.isolation.reader import Reader

OPTION = "--self-check"
_PATIENCE = 60.0  # seconds for one step, on a slow and busy computer
_SCAN = "scans/typed-page.pdf"
_NOT_FROZEN = ("torch", "sentence_transformers", "transformers", "PySide6.QtNetwork")


class CheckFailed(Exception):
    """A step did not come out as it should."""


def main(arguments: Sequence[str]) -> int:
    """Run every step, stop at the first that fails; `arguments` are those after the program's name."""
    parser = argparse.ArgumentParser(prog="qa-desktop", description="Show that this installation works.")
    parser.add_argument(OPTION, action="store_true", required=True, help="run the check")
    parser.add_argument("--seconds", type=float, default=0.0, help="how long the window stays (default: 0)")
    parser.add_argument("--screenshot", type=Path, help="where to save a picture of the window (PNG)")
    options = parser.parse_args(arguments)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="qa-desktop-check-", ignore_cleanup_errors=True) as folder:
        os.environ["QA_DESKTOP_DATA"] = os.environ["QA_DESKTOP_CONFIG"] = folder
        try:
            check_network()
            document, question = cited_question()
            check_reading(document)
            check_recognition(paths.demonstration_documents() / _SCAN)
            check_window(document, question, options.seconds, options.screenshot)
            check_baggage()
        except CheckFailed as error:
            say(f"FAILED  {error}")
            return 1
    say("ok      everything works")
    return 0


def say(text: str) -> None:
    """Print a line at once: whoever waits should see how far it came."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Time a step; an error in it becomes a failure that names the step."""
    begun = time.monotonic()
    try:
        yield
    except CheckFailed as error:
        raise CheckFailed(f"{what}: {error}") from error
    except Exception as error:
        raise CheckFailed(f"{what}: {type(error).__name__}: {error}") from error
    say(f"ok {time.monotonic() - begun:5.2f} s  {what}")


def expect(holds: object, otherwise: str) -> None:
    """Fail the step, saying why, unless `holds`."""
    if not holds:
        raise CheckFailed(otherwise)


def check_network() -> None:
    """Prove that the kernel refuses sockets of the internet, where it can."""
    if not confine.deny_network():
        say("--          the network cannot be closed by the system here; nothing in the program uses it")
        return
    with step("the network is closed to this program"):
        try:
            socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
        except PermissionError:
            return
        raise CheckFailed("a socket of the internet could be made")


def cited_question() -> tuple[Path, str]:
    """Return a PDF of the demonstration and a question that it answers."""
    with step("the demonstration documents and questions are here"):
        text = paths.bundled("corpus/questions.jsonl").read_text(encoding="utf-8")
        for entry in map(json.loads, filter(str.strip, text.splitlines())):
            places = [place["doc"] for place in entry["evidence"]]
            if entry["answers"] and len(places) == 1 and places[0].endswith(".pdf"):
                document = paths.demonstration_documents() / places[0]
                expect(document.is_file(), f"{places[0]} is missing")
                return document, entry["question"]
        raise CheckFailed("no question has a PDF as its evidence")


def check_reading(path: Path) -> None:
    """Read a document in a worker process."""
    with step("a document is read in a process of its own"), Reader() as reader:
        document = reader.read(path)
        expect(isinstance(document, Document), f"{path.name} could not be read: {document}")
        assert isinstance(document, Document)
        expect(document.pages and document.blocks, f"{path.name} came back empty")


class _Forgetful:
    """Remembers no picture, so that it is recognised now."""

    def get(self, _: str) -> bytes | None:
        """Return nothing."""
        return None

    def put(self, _: str, __: bytes) -> None:
        """Keep nothing."""


def check_recognition(path: Path) -> None:
    """Recognise the text on a scanned page."""
    with step("the text on a scanned page is recognised"), Reader(scans=_Forgetful()) as reader:
        document = reader.read(path)
        expect(isinstance(document, Document), f"{path.name} could not be read: {document}")
        assert isinstance(document, Document)
        expect(document.pages and document.pages[0].words, f"{path.name} came back without words")
        expect("Memorandum" in document.pages[0].text.title(), f"{path.name} was read wrongly")


def check_window(document: Path, question: str, seconds: float, screenshot: Path | None) -> None:
    """Open the window on the demonstration, ask, and show the cited page with its words marked."""
    with step("the window is on screen"):
        app = Application(["qa-desktop"])
        desktop = Desktop(app)
        wrong: list[str] = []
        desktop.messages.said.connect(lambda kind, problem: wrong.append(f"{kind.value}: {problem}"))
        desktop.start(paths.demonstration_library())
        wait_for(app, desktop.window.isVisible, wrong)
    try:
        with step("the demonstration library is open"):
            wait_for(app, lambda: desktop.libraries.library is not None, wrong)
        ask(app, desktop, question, wrong)
        show_citation(app, desktop, document, wrong)
        if screenshot is not None:
            with step(f"a picture of the window is saved as {screenshot.name}"):
                expect(desktop.window.grab().save(str(screenshot), "PNG"), f"{screenshot} cannot be written")
        if seconds:
            with step(f"nothing happens for {seconds:.0f} seconds"):
                until = time.monotonic() + seconds
                wait_for(app, lambda: time.monotonic() >= until, wrong, patience=seconds + _PATIENCE)
    finally:
        desktop.window.close()
        desktop.close()


def ask(app: QApplication, desktop: Desktop, question: str, wrong: list[str]) -> None:
    """Ask in the window; the answer must quote something."""
    with step(f"“{question}” is answered"):
        desktop.presenter.ask(question)
        wait_for(app, lambda: desktop.presenter.state is State.ANSWERED, wrong)
        answer = desktop.presenter.answer
        expect(answer is not None and answer.claims and answer.citations, "no claim is cited")


def show_citation(app: QApplication, desktop: Desktop, document: Path, wrong: list[str]) -> None:
    """Choose the citation of `document`; its page must appear with the quoted words marked."""
    with step("the cited page is shown, the quoted words marked"):
        answer = desktop.presenter.answer
        assert answer is not None
        numbers = [c.number for c in answer.citations if document.match(c.document.name)]
        expect(numbers, f"{document.name} is not cited")
        shown: list[bool] = []
        view = desktop.source.findChild(PageView)
        assert isinstance(view, PageView)
        view.place_shown.connect(shown.append)
        desktop.presenter.choose_citation(numbers[0])
        wait_for(app, lambda: bool(shown), wrong)
        expect(shown[-1], "no words are marked on the page")


def wait_for(
    app: QApplication, condition: Callable[[], bool], wrong: list[str], *, patience: float = _PATIENCE
) -> None:
    """Let the window work until `condition` holds; fail when something is reported or time runs out."""
    deadline = time.monotonic() + patience
    while not condition():
        app.processEvents()
        expect(not wrong, "; ".join(wrong))
        expect(time.monotonic() < deadline, f"not within {patience:.0f} seconds")
        time.sleep(0.005)


def check_baggage() -> None:
    """Nothing was loaded that the program is meant to run without."""
    with step("nothing needless was loaded"):
        loaded = [name for name in _NOT_FROZEN if name in sys.modules]
        expect(not loaded, f"loaded: {', '.join(loaded)}")
        expect("_ssl" not in sys.modules or not getattr(sys, "frozen", False), "loaded: _ssl")
