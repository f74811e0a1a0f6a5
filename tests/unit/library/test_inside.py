"""Documents inside files, as a head sees them: cited at their place, drawn, tried again, counted once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from qa_desktop.answering.as_json import answer_to_json
from qa_desktop.domain import DocumentEntry, FileProblem, Question, Verdict
from qa_desktop.library import Library
from qa_desktop.reading.isolation.render import PageImage
from tests.support.nested import make_mail, make_zip_of

REPAIRS = "Repairs of the main bridge began in August 2016."
STATION = "The fire station of the town was founded on 25 April 2012 by forty volunteers from the valley."

OTHER = "On 25 April 2012 forty volunteers from the valley founded the fire station of the town."


def make_pdf(text: str, password: str = "") -> bytes:
    buffer = io.BytesIO()
    page = Canvas(buffer, encrypt=StandardEncryption(password) if password else None, invariant=1)
    page.drawString(72, 720, text)
    page.showPage()
    page.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inside") / "documents"
    folder.mkdir()
    attached = {"report.pdf": make_pdf(REPAIRS), "secret.pdf": make_pdf("The password was found.", "sesame")}
    (folder / "mail.eml").write_bytes(make_mail("Please find the report attached.", attached))
    (folder / "all.zip").write_bytes(make_zip_of({"a/station.txt": STATION.encode()}))
    (folder / "station.txt").write_text(STATION)
    (folder / "other.txt").write_text(OTHER)
    return folder


@pytest.fixture(scope="module")
def library(documents: Path) -> Iterator[Library]:
    with Library.open(documents.parent / "library", create=True) as library:
        report = library.add([documents])
        assert {f.name for f in report.of("failed")} == {"mail.eml/secret.pdf"}
        library.page_image(entry(library, "mail.eml/report.pdf").id, 1, 0.1)  # its worker serves all tests
        yield library


def entry(library: Library, name: str) -> DocumentEntry:
    return next(e for e in library.documents() if e.name == name)


def test_a_citation_says_where_in_the_file_it_stands(library: Library) -> None:
    answer = library.ask(Question("When did repairs of the main bridge begin?"), patient=True)
    assert answer.verdict is not Verdict.NOT_FOUND
    citation = answer.citations[0]
    assert (citation.document.name, citation.page) == ("mail.eml/report.pdf", 1)
    assert citation.quote == REPAIRS
    assert "report.pdf" in citation.locator
    assert citation.locator.endswith(", page 1")
    assert citation.sha256 == entry(library, "mail.eml").sha256
    data = answer_to_json(answer)
    assert data["citations"][0]["locator"] == citation.locator
    assert next(h for h in data["hits"] if h["doc"] == "mail.eml/report.pdf")["locator"] == citation.locator
    assert all(hit["locator"] for hit in data["hits"])


def test_the_original_of_a_document_in_a_file_is_the_file(library: Library, documents: Path) -> None:
    original = library.original(entry(library, "mail.eml/report.pdf").id)
    assert (original.path, original.state) == (documents / "mail.eml", "unchanged")


def test_a_page_in_a_file_is_drawn_with_its_words_marked(library: Library) -> None:
    document = entry(library, "mail.eml/report.pdf").id
    passage = next(h.passage for h in library.ask(Question("Repairs of the bridge?")).hits)
    image = library.page_image(document, 1, 1.0, passage.runs)
    assert isinstance(image, PageImage)
    assert len(image.rects) == 1


def test_the_same_text_twice_is_one_source(library: Library) -> None:
    copies = {entry(library, "all.zip/station.txt").text_id, entry(library, "station.txt").text_id}
    assert len(copies) == 1
    answer = library.ask(Question("When was the fire station of the town founded?"), patient=True)
    cited = {c.document.name for c in answer.citations}
    assert "other.txt" in cited
    assert len(cited & {"all.zip/station.txt", "station.txt"}) == 1
    assert answer.sources() == 2
    assert [c["sources"] for c in answer_to_json(answer)["claims"]] == [2]
    only = Question("When was the fire station of the town founded?", within=("station.txt",))
    (citation,) = library.ask(only, patient=True).citations
    assert citation.document.name in {"all.zip/station.txt", "station.txt"}


def test_a_password_opens_what_was_protected_and_its_pages(library: Library) -> None:
    locked = entry(library, "mail.eml/secret.pdf")
    assert [p.reason for p in locked.problems] == ["encrypted"]
    wrong = library.retry([locked.id], password="open")
    assert {f.name for f in wrong.of("failed")} == {"mail.eml/secret.pdf"}
    report = library.retry([locked.id], password="sesame")
    assert report.complete
    assert {f.name for f in report.files} == {"mail.eml", "mail.eml/report.pdf", "mail.eml/secret.pdf"}
    opened = entry(library, "mail.eml/secret.pdf")
    assert (opened.id, opened.state) == (locked.id, "searchable")
    assert isinstance(library.page_image(opened.id, 1, 0.2), PageImage)
    with Library.open(library.folder, read_only=True) as elsewhere:  # which was never told the password
        image = elsewhere.page_image(opened.id, 1, 0.2)
    assert isinstance(image, FileProblem)
    assert image.reason == "encrypted"


def test_what_could_not_be_read_can_be_chosen_to_be_tried_again(library: Library) -> None:
    troubled = {e.id for e in library.documents() if e.problems}
    assert set(library.to_retry()) == troubled
    assert library.to_retry(["mail.eml/report.pdf"]) == (entry(library, "mail.eml/report.pdf").id,)


def test_what_lies_in_a_file_is_taken_out_with_it(library: Library, documents: Path) -> None:
    gone = library.remove(["all.zip"])
    assert {e.name for e in gone} == {"all.zip", "all.zip/station.txt"}
    assert entry(library, "station.txt").same_text_as == ""
    ids = {e.id for e in library.documents() if e.name == "mail.eml"}
    gone = library.remove_documents(ids)
    assert {e.name for e in gone} == {"mail.eml", "mail.eml/report.pdf", "mail.eml/secret.pdf"}
    assert library.status().inside == 0
