"""Reading in the worker process: hostile files cost themselves only, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pypdf
import pytest

from qa_desktop.domain import Document, FileProblem, Page, text_of
from qa_desktop.progress import Cancelled, CancelToken, Progress
from qa_desktop.reading.isolation.attempts import Plan
from qa_desktop.reading.isolation.clock import Clock
from qa_desktop.reading.isolation.limits import MEGABYTE, Limits
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.reading.isolation.salvage import document_from_pages
from qa_desktop.reading.nesting import read_file
from tests.support.pdfs import bomb, simple

TEXT = "The ferry to the outer islands leaves the harbour at noon."
SMALL = Limits(memory=512 * MEGABYTE)


def worker_of(reader: Reader) -> int:
    assert reader._worker is not None
    return reader._worker.pid


def ended(pid: int, seconds: float = 5.0) -> bool:
    """Tell whether a process ends, and is not left as a zombie."""
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not psutil.pid_exists(pid)


def read_text(reader: Reader, path: Path) -> str:
    document = reader.read(path)
    assert isinstance(document, Document), document
    return " ".join(text_of(b.runs, document.pages) for b in document.blocks)


def test_documents_come_home_whole_and_pages_are_told(reader: Reader, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT, "Čačak, Приштина, 東京 – “quoted”.", TEXT)
    steps: list[Progress] = []
    assert reader.read(path, report=steps.append) == read_file(path)
    assert [(s.done, s.total, s.unit) for s in steps] == [
        (0, 3, "pages"),
        (1, 3, "pages"),
        (2, 3, "pages"),
        (3, 3, "pages"),
    ]


def test_other_formats_are_read_in_the_same_worker(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    pid = worker_of(reader)
    assert read_text(reader, path) == TEXT
    assert worker_of(reader) == pid


def test_one_worker_reads_many_files_and_draws(reader: Reader, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT)
    pid = worker_of(reader)
    for _ in range(3):
        assert read_text(reader, path) == TEXT
        assert isinstance(reader.render(path, 1, 1.0), PageImage)
    assert worker_of(reader) == pid


def test_what_is_not_there_is_told_without_a_worker(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    with Reader() as reader:
        assert reader.read(tmp_path / "none.pdf") == FileProblem("gone")
        assert reader.read(tmp_path / "empty.pdf") == FileProblem("empty")
        assert isinstance(problem := reader.read(tmp_path), FileProblem)
        assert problem.reason == "unsupported"
        assert reader._worker is None


def test_passwords_reach_the_worker(reader: Reader, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=simple(tmp_path / "open.pdf", TEXT))
    writer.encrypt("hafen", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    assert reader.read(tmp_path / "locked.pdf") == FileProblem("encrypted")
    assert isinstance(reader.read(tmp_path / "locked.pdf", password="hafen"), Document)
    assert isinstance(reader.render(tmp_path / "locked.pdf", 1, 1.0, password="hafen"), PageImage)
    assert reader.render(tmp_path / "locked.pdf", 1, 1.0) == FileProblem("encrypted")


# ------------------------------------------------------------------------------------- hostile files


def test_a_file_that_eats_memory_costs_that_file_only(tmp_path: Path) -> None:
    good, bad = simple(tmp_path / "good.pdf", TEXT), tmp_path / "bad.pdf"
    bad.write_bytes(bomb())
    assert bad.stat().st_size < 1000
    with Reader(SMALL) as reader:
        assert read_text(reader, good) == TEXT
        first = worker_of(reader)
        problem = reader.read(bad)
        assert isinstance(problem, FileProblem)
        assert problem.reason == "out_of_memory"
        assert ended(first)
        assert read_text(reader, good) == TEXT


def test_pages_beside_the_one_that_breaks_the_reader_are_kept(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(bomb(pages_before=3))
    with Reader(SMALL) as reader:
        document = reader.read(bad)
        assert isinstance(document, Document), document
        assert [p.part for p in document.problems] == ["page 4"]
        assert [p.reason for p in document.problems] == ["out_of_memory"]
        assert (
            text_of(document.blocks[-1].runs, document.pages) == "The harbour office counted ship number 3."
        )
        drawn = reader.render(bad, 4, 1.0)
        assert isinstance(drawn, FileProblem)
        assert isinstance(reader.render(bad, 1, 1.0), PageImage)


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(bomb())
    limits = Limits(seconds=0.3, seconds_per_page=0.0, seconds_per_step=0.3)
    with Reader(limits) as reader:
        problem = reader.read(bad)
        assert isinstance(problem, FileProblem)
        assert problem.reason == "timed_out"


def test_pages_that_came_before_the_reader_gave_up_are_kept(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", *[f"{TEXT} Page {n}." for n in range(1, 5)])
    with Reader() as reader:

        def end_worker_at_page_three(step: Progress) -> None:
            if step.done == 3:
                os.kill(worker_of(reader), signal.SIGABRT if sys.platform != "win32" else signal.SIGTERM)
                time.sleep(0.1)

        document = reader.read(path, report=end_worker_at_page_three)
    # It dies at every attempt, over page 4 at first and then while arranging, or even finishes in between.
    assert isinstance(document, Document), document
    assert "Page 3." in "".join(p.text for p in document.pages)


def test_a_worker_is_replaced_after_so_many_files(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT)
    with Reader(Limits(files_per_worker=2)) as reader:
        reader.start()
        first = worker_of(reader)
        read_text(reader, path)
        assert worker_of(reader) == first
        read_text(reader, path)
        assert ended(first)
        read_text(reader, path)
        assert worker_of(reader) != first


def test_modules_lying_where_the_user_stands_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = simple(tmp_path / "a.pdf", TEXT)
    for name in ("json.py", "pypdf.py", "qa_desktop.py", "struct.py"):
        (tmp_path / name).write_text("open('was_run', 'w'); raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Reader() as reader:
        assert read_text(reader, path) == TEXT
    assert not (tmp_path / "was_run").exists()


# ----------------------------------------------------------------------------- cancelling and closing


def test_cancelling_stops_at_once_and_the_reader_goes_on(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", *[TEXT] * 40)
    cancel = CancelToken()
    with Reader() as reader:
        with pytest.raises(Cancelled):
            reader.read(path, report=lambda step: cancel.cancel() if step.done == 2 else None, cancel=cancel)
        assert read_text(reader, path).startswith(TEXT)


def test_closing_ends_a_read_that_is_going_on(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(bomb())
    reader = Reader()
    reader.start()
    pid = worker_of(reader)
    outcome: list[object] = []

    def work() -> None:
        try:
            outcome.append(reader.read(bad))
        except Cancelled as cancelled:
            outcome.append(cancelled)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.4)
    reader.close()
    thread.join(5)
    assert not thread.is_alive()
    assert isinstance(outcome[0], Cancelled)
    assert ended(pid)
    reader.close()  # a second time does no harm


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", TEXT)
    me = psutil.Process()
    count = me.num_handles if sys.platform == "win32" else me.num_fds
    before, threads = count(), threading.active_count()
    with Reader() as reader:
        read_text(reader, path)
        pid = worker_of(reader)
    assert ended(pid)
    assert count() == before
    assert threading.active_count() == threads


@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended differently there")
def test_the_worker_ends_with_the_program_even_in_the_middle_of_work(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(bomb())
    code = (
        "import sys, pathlib, threading, time\n"
        "from qa_desktop.reading.isolation.reader import Reader\n"
        "r = Reader(); r.start(); print(r._worker.pid, flush=True)\n"
        "r.read(pathlib.Path(sys.argv[1]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(bad)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        time.sleep(0.3)
        assert psutil.pid_exists(worker)
        program.kill()
    assert ended(worker)


def test_pages_without_their_layout_are_better_than_nothing() -> None:
    texts = ["The tide was high.\r\nIt fell at noon.\n", "\n", "The lamps were lit at dusk.\n"]
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    document = document_from_pages("harbour_log.pdf", pages, 5, FileProblem("timed_out"))
    assert document is not None
    assert [p.text for p in document.pages] == texts
    assert document.title == "harbour log"
    words = " ".join(text_of(b.runs, document.pages) for b in document.blocks)
    assert words == "The tide was high. It fell at noon. The lamps were lit at dusk."
    assert document.problems == (FileProblem("timed_out", part="pages 4, 5"),)
    assert document_from_pages("a.pdf", [Page(1, "\n")], 5, FileProblem("timed_out")) is None


def test_a_large_file_has_more_time_than_a_small_one() -> None:
    limits = Limits(seconds=10, seconds_per_megabyte=2, seconds_per_page=1, seconds_for_parts=100)
    assert limits.seconds_for(50 * MEGABYTE) == 110
    clock = Clock(limits, 50 * MEGABYTE)
    deadline = clock.start()
    assert deadline.whole - time.monotonic() == pytest.approx(110, abs=1)
    attempt = Plan().attempt()
    for message in (
        {"is": "begun", "inside": [], "name": "a.pdf", "place": "", "kind": "pdf"},
        {"is": "page", "number": 0, "total": 40, "text": "", "words": []},
    ):
        attempt.take(message)
        clock.heard(attempt)
    assert deadline.whole - time.monotonic() == pytest.approx(150, abs=1)
    assert deadline.step - time.monotonic() == pytest.approx(limits.seconds_per_step, abs=1)
    assert clock.in_time
