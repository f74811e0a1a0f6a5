"""Documents inside files, read by the worker: what breaks it costs itself only, and scans are made once."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from qa_desktop.domain import Document, FileProblem, Run, ScannedWord
from qa_desktop.progress import SCANNING, Progress
from qa_desktop.reading.gathered import Gathered
from qa_desktop.reading.isolation.attempts import Attempt, Plan
from qa_desktop.reading.isolation.limits import MEGABYTE, Limits
from qa_desktop.reading.isolation.process import WorkerDied
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.reading.isolation.wire_documents import news_to_wire
from qa_desktop.reading.nesting import read_file
from tests.support.documents import make_docx, make_zip, paragraph, texts, written
from tests.support.pdfs import bomb, simple

TEXT = "The ferry to the outer islands leaves the harbour at noon."
SMALL = Limits(memory=512 * MEGABYTE)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """An archive of a PDF with pages, an archive in the archive, and a note."""
    pdf = simple(tmp_path / "t.pdf", TEXT, "Tides of March.").read_bytes()
    inner = make_zip({"deep.docx": make_docx(paragraph("At the bottom of it."))})
    return written(
        tmp_path, "box.zip", make_zip({"t.pdf": pdf, "inner.zip": inner, "note.txt": TEXT.encode()})
    )


def test_a_file_comes_home_with_all_that_is_in_it(reader: Reader, box: Path) -> None:
    steps: list[Progress] = []
    document = reader.read(box, report=steps.append)
    assert document == read_file(box)
    assert ("t.pdf", 2, 2) in [(s.item, s.done, s.total) for s in steps]


def test_a_document_inside_is_read_and_drawn_by_the_way_to_it(reader: Reader, box: Path) -> None:
    deep = reader.read(box, inside=(1, 0))
    assert isinstance(deep, Document)
    assert texts(deep) == ["At the bottom of it."]
    drawn = reader.render(box, 2, 1.0, [Run(2, 0, 5)], inside=(0,))
    assert isinstance(drawn, PageImage)
    assert drawn.rects
    assert reader.render(box, 1, 1.0, inside=(7,)) == FileProblem("gone")
    refused = reader.render(box, 1, 1.0, inside=(2,))
    assert isinstance(refused, FileProblem)
    assert refused.reason == "unsupported"


def test_a_part_that_breaks_the_reader_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    bad = {
        "a.txt": b"Before it.",
        "pages.pdf": bomb(pages_before=2),
        "z.txt": b"After it.",
    }
    with Reader(SMALL) as reader:
        document = reader.read(written(tmp_path, "box.zip", make_zip(bad)))
    assert isinstance(document, Document), document
    first, partly, last = [part.outcome for part in document.parts]
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert texts(last) == ["After it."]
    assert isinstance(partly, Document)
    assert [(p.reason, p.part) for p in partly.problems] == [("out_of_memory", "page 3")]
    assert "ship number 2" in partly.pages[1].text


@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended differently there")
def test_what_was_read_before_the_worker_died_is_not_read_again(tmp_path: Path, box: Path) -> None:
    seen: list[str] = []
    with Reader() as reader:

        def end_worker_once(step: Progress) -> None:
            seen.append(step.item)
            if seen == ["t.pdf"] * 3:  # opened, page 1, page 2
                assert reader._worker is not None
                os.kill(reader._worker.pid, signal.SIGKILL)

        document = reader.read(box, report=end_worker_once)
    assert document == read_file(box)
    assert len(seen) <= 6


def test_a_failure_of_a_library_is_reported_only_when_it_happens_in_a_fresh_worker_too(box: Path) -> None:
    plan = Plan()
    for count in (1, 2):
        attempt = plan.attempt()
        attempt.take({"is": "begun", "inside": [], "name": "box.zip", "place": "", "kind": "zip"})
        assert not plan.gathered.outcomes
        plan.learn(attempt, WorkerDied("crashed", "ValueError: odd"))
        assert bool(plan.gathered.outcomes) == (count == 2)
    assert plan.gathered.outcome() == FileProblem("crashed", "ValueError: odd")


def test_a_container_that_cannot_be_looked_into_keeps_what_it_says_itself() -> None:
    own = Document("pdf", "t", (), ())
    gathered = Gathered()
    plan = Plan(gathered)
    for _ in range(2):
        attempt = plan.attempt()
        begun = {"is": "begun", "inside": [], "name": "a.pdf", "place": "", "kind": "pdf"}
        attempt.take(begun)
        if not gathered.outcomes:
            attempt.take({**news_to_wire_of(own), "inside": []})
        plan.learn(attempt, WorkerDied("timed_out"))
    assert plan.as_request()["closed"] == [[]]
    outcome = gathered.outcome()
    assert isinstance(outcome, Document)
    assert outcome.problems == (FileProblem("timed_out", part="what lies inside it"),)


def news_to_wire_of(document: Document) -> dict[str, object]:
    from qa_desktop.reading.gathered import Ended

    return dict(news_to_wire(Ended((), "pdf", document)))


def test_attempts_end_when_there_is_no_more_time() -> None:
    plan = Plan()
    attempt: Attempt = plan.attempt()
    for inside, name in (([], "box.zip"), ([0], "slow.doc")):
        attempt.take({"is": "begun", "inside": inside, "name": name, "place": "", "kind": "doc"})
        if not inside:
            attempt.take({**news_to_wire_of(Document("zip", "box", (), ())), "inside": []})
    plan.learn(attempt, WorkerDied("timed_out"), in_time=False)
    assert not plan.goes_on
    outcome = plan.gathered.outcome()
    assert isinstance(outcome, Document)
    assert outcome.parts[0].outcome == FileProblem("timed_out")
    assert outcome.problems == (FileProblem("timed_out", part="what comes after “slow.doc”"),)


# ------------------------------------------------------------------------------------------------ scans


class Memory(dict[str, bytes]):
    """Keeps scans, and counts."""

    def put(self, key: str, value: bytes) -> None:
        self[key] = value


def picture() -> bytes:
    image = Image.new("L", (1200, 300), 255)
    font = ImageFont.load_default(size=60)
    ImageDraw.Draw(image).text((40, 100), "The ferry leaves at noon.", fill=0, font=font)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_recognised_once_and_told_page_by_page(tmp_path: Path) -> None:
    memory = Memory()
    path = written(tmp_path, "box.zip", make_zip({"a.png": picture(), "b.png": picture()}))
    steps: list[Progress] = []
    with Reader(scans=memory) as reader:
        first = reader.read(path, report=steps.append)
        again = reader.read(path)
        drawn = reader.render(path, 1, 1.0, [Run(1, 0, 9)], inside=(0,), words=_words(first))
    assert again == first
    assert len(memory) == 1
    assert sum(step.stage == SCANNING for step in steps) == 1
    assert isinstance(first, Document)
    assert all(
        "ferry leaves at noon" in " ".join(texts(p.outcome))
        for p in first.parts
        if isinstance(p.outcome, Document)
    )
    assert isinstance(drawn, PageImage)
    assert drawn.rects


def _words(document: Document | FileProblem) -> tuple[ScannedWord, ...]:
    assert isinstance(document, Document)
    part = document.parts[0].outcome
    assert isinstance(part, Document)
    assert part.pages[0].words
    return part.pages[0].words


def test_what_is_kept_of_a_scan_is_not_believed(tmp_path: Path) -> None:
    path = written(tmp_path, "a.png", picture())
    memory = Memory()
    with Reader(scans=memory) as reader:
        first = reader.read(path)
        for key in memory:
            memory[key] = b'["made up"]'
        assert reader.read(path) == first


def test_without_a_memory_for_scans_none_are_made(reader: Reader, tmp_path: Path) -> None:
    problem = reader.read(written(tmp_path, "a.png", picture()))
    assert isinstance(problem, FileProblem)
    assert problem.reason == "no_text"
