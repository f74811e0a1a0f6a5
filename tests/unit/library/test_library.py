"""What a head may do with a library: open, look, ask, find the originals."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_desktop.domain import DocumentEntry, FileProblem, Question, Run, Verdict
from qa_desktop.errors import NoLibrary, UsageError
from qa_desktop.library import Library
from qa_desktop.library.select import select
from qa_desktop.progress import Cancelled, CancelToken
from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.searching.narrow import matches

TEXT = """Withdrawal of the contingent

Russia withdrew its last soldiers from Kosovo in July 2003. The decision had been announced in April.
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    folder = tmp_path_factory.mktemp("library") / "documents"
    folder.mkdir()
    (folder / "withdrawal.txt").write_text(TEXT, encoding="utf-8")
    page = Canvas(str(folder / "bridge.pdf"))
    page.drawString(72, 720, "The main bridge over the Ibar was blocked with gravel in June 2011.")
    page.drawString(72, 700, "Repairs of the bridge began in August 2016.")
    page.showPage()
    page.save()
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def library(documents: Path) -> Iterator[Library]:
    with Library.open(documents.parent / "library", create=True) as library:
        report = library.add([documents])
        assert {f.name: f.outcome for f in report.files} == {
            "bridge.pdf": "added",
            "empty.txt": "failed",
            "withdrawal.txt": "added",
        }
        library.page_image(entry(library, "bridge.pdf").id, 1, 0.1)  # its worker serves all tests
        yield library


def entry(library: Library, name: str) -> DocumentEntry:
    return next(e for e in library.documents() if e.name == name)


def test_a_library_is_opened_only_where_there_is_one(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        Library.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with Library.open(tmp_path / "new", create=True) as made:
        assert made.status().documents == 0
        assert made.ask(Question("Why?")).verdict is Verdict.NOT_FOUND


def test_a_library_knows_one_model(library: Library) -> None:
    with pytest.raises(UsageError):
        Library.open(library.folder, encoder="ms-marco-MiniLM-L-12-v2")


def test_an_answer_quotes_and_places(library: Library) -> None:
    answer = library.ask(Question("When were repairs of the bridge begun?"))
    assert answer.verdict is not Verdict.NOT_FOUND
    first = answer.citations[0]
    assert (first.document.name, first.page) == ("bridge.pdf", 1)
    assert first.quote == "Repairs of the bridge began in August 2016."
    assert answer.coverage.searched == 2
    assert answer.coverage.total == 3
    assert answer.coverage.unreadable == (("empty.txt", "empty"),)


def test_scope_by_pattern_and_by_document_must_both_hold(library: Library) -> None:
    text, pdf = entry(library, "withdrawal.txt").id, entry(library, "bridge.pdf").id
    found = library.ask(Question("What happened?", within=("*.pdf",)))
    assert {h.document.id for h in found.hits} == {pdf}
    found = library.ask(Question("What happened?", documents=frozenset({text})))
    assert {h.document.id for h in found.hits} == {text}
    assert library.ask(Question("What?", ("*.pdf",), frozenset({text}))).hits == ()


def test_a_cancelled_question_has_no_answer(library: Library) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        library.ask(Question("When?"), cancel=cancel)


def test_many_questions_keep_their_order(library: Library) -> None:
    texts = ["When did Russia withdraw?", "When was the bridge blocked?", "When did repairs begin?"]
    answers = list(library.ask_many([Question(t) for t in texts]))
    assert [a.question.text for a in answers] == texts
    alone = [library.ask(Question(t), patient=True) for t in texts]
    assert [a.text for a in answers] == [a.text for a in alone]


def test_the_page_is_drawn_with_the_words_marked(library: Library) -> None:
    document = entry(library, "bridge.pdf").id
    passage = next(h.passage for h in library.ask(Question("Repairs of the bridge?")).hits)
    image = library.page_image(document, 1, 1.0, passage.runs)
    assert isinstance(image, PageImage)
    assert image.rects
    assert isinstance(library.page_image(document, 1, 1.0, (Run(1, 0, 3),)), PageImage)


def test_originals_are_told_apart(library: Library, documents: Path) -> None:
    document = entry(library, "bridge.pdf").id
    path = documents / "bridge.pdf"
    assert library.original(document).state == "unchanged"
    content, status = path.read_bytes(), path.stat()
    os.utime(path, ns=(0, 0))
    assert library.original(document).state == "unchanged"  # only its date has changed
    path.write_bytes(content.replace(b"obj", b"0bj"))
    assert library.original(document).state == "changed"
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    away = path.rename(path.with_name("away"))
    assert library.original(document).state == "gone"
    assert library.page_image(document, 1, 1.0) == FileProblem("gone", str(path))
    away.rename(path)
    with pytest.raises(KeyError):
        library.original(999)


def test_a_changed_page_is_drawn_without_marks(library: Library, documents: Path) -> None:
    document = entry(library, "bridge.pdf").id
    path = documents / "bridge.pdf"
    content, status = path.read_bytes(), path.stat()
    path.write_bytes(content + b"\n% one more line\n")
    image = library.page_image(document, 1, 1.0, (Run(1, 0, 8),))
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert isinstance(image, PageImage)
    assert not image.rects


def test_one_thread_adds_while_another_asks(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(25):
        (folder / f"{number}.txt").write_text(
            f"Village {number} lies on the river Ibar. It has {number} houses.\n"
        )
    with Library.open(tmp_path / "library", create=True) as library:
        failures: list[Exception] = []
        done = threading.Event()

        def ask() -> None:
            try:
                while not done.is_set():
                    answer = library.ask(Question("How many houses has village 7?"))
                    assert answer.coverage.total <= 25
            except Exception as error:  # noqa: BLE001 -- the test's own thread shows it
                failures.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        library.add([folder])
        library.remove(["1*.txt"])
        done.set()
        asking.join()
        assert failures == []
        answer = library.ask(Question("How many houses has village 7?"))
        assert answer.citations[0].document.name == "7.txt"
        assert answer.coverage.total == 14


def test_a_document_can_be_read_again(library: Library) -> None:
    document = entry(library, "withdrawal.txt").id
    report = library.retry([document])
    assert [(f.name, f.outcome) for f in report.files] == [("withdrawal.txt", "updated")]
    assert entry(library, "withdrawal.txt").id == document


@pytest.mark.parametrize(
    ("name", "pattern", "fits"),
    [
        ("Press/2021/Digest.html", "Press", True),
        ("Press/2021/Digest.html", "press/", True),
        ("Press/2021/Digest.html", "*.HTML", True),
        ("Press/2021/Digest.html", "digest.html", True),
        ("Press/2021/Digest.html", "Press/*", True),
        ("Press/2021/Digest.html", "2021", False),
        ("Pressure.txt", "Press", False),
        ("notes [old].txt", "notes [old].txt", True),
        ("notes.txt", "notes", False),
    ],
)
def test_patterns(name: str, pattern: str, fits: bool) -> None:
    assert matches(name, pattern) is fits


def test_a_pattern_that_fits_nothing_is_an_error(library: Library) -> None:
    with pytest.raises(UsageError, match="nothing"):
        select(library.documents(), ["*.txt", "nothing"])
    with pytest.raises(UsageError):
        library.remove(["*.txt", "nothing"])
    assert len(library.documents()) == 3
