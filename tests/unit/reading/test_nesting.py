"""Documents inside documents: found, placed, limited, and addressed again."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest

from qa_desktop.domain import Document, FileProblem
from qa_desktop.reading import nesting
from qa_desktop.reading.formats import open_data, read_opened
from qa_desktop.reading.nesting import open_inside, read_file
from qa_desktop.reading.problems import Unreadable
from tests.support.documents import make_docx, make_zip, paragraph, texts, written
from tests.support.locked_zip import locked_zip
from tests.support.pdfs import simple

WORDS = "The ferry to the outer islands leaves at noon."


def mail(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "ada@example.org"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0100"
    message["Subject"] = "Tides"
    message.set_content("See what is attached.")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def tree(outcome: Document | FileProblem) -> object:
    """Return kinds and reasons of a document and its parts."""
    if isinstance(outcome, FileProblem):
        return outcome.reason
    return (
        (outcome.kind, *((p.name, tree(p.outcome)) for p in outcome.parts)) if outcome.parts else outcome.kind
    )


def test_parts_of_parts_are_read_by_the_same_readers_and_say_where_they_lie(tmp_path: Path) -> None:
    pdf = simple(tmp_path / "t.pdf", WORDS, WORDS).read_bytes()
    inner = make_zip({"docs/report.docx": make_docx(paragraph(WORDS)), "tide table.pdf": pdf})
    outer = mail(("../../all.zip", inner), ("notes.txt", b"Notes in an attachment."), ("a.exe", b"MZ\0\0\1"))
    document = read_file(written(tmp_path, "m.eml", outer))
    assert tree(document) == (
        "mail",
        ("all.zip", ("zip", ("report.docx", "docx"), ("tide table.pdf", "pdf"))),
        ("notes.txt", "text"),
        ("a.exe", "unsupported"),
    )
    archive = document.parts[0].outcome
    assert isinstance(archive, Document)
    assert archive.pages == ()
    table = archive.parts[1].outcome
    assert isinstance(table, Document)
    assert table.paged
    assert len(table.pages) == 2
    assert table.place == ("message of 2021-03-04, attachment all.zip, in the archive at tide table.pdf")
    assert document.place == ""


def test_a_part_is_found_again_by_the_way_to_it(tmp_path: Path) -> None:
    inner = make_zip({"a.txt": b"First.", "b.txt": WORDS.encode()})
    path = written(tmp_path, "m.eml", mail(("x.txt", b"No."), ("all.zip", inner)))
    assert texts(read_opened(open_inside(path, (1, 1)))) == [WORDS]
    with pytest.raises(Unreadable) as error:
        open_inside(path, (1, 2))
    assert error.value.problem.reason == "gone"
    with pytest.raises(Unreadable):
        open_inside(path, (0, 0))


def test_files_in_a_pdf_are_parts_of_it(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=simple(tmp_path / "a.pdf", WORDS))
    writer.add_attachment("../figures.csv", b"year;ferries\n2020;4\n2021;5\n")
    writer.write(tmp_path / "b.pdf")
    document = read_file(tmp_path / "b.pdf")
    assert [p.name for p in document.parts] == ["figures.csv"]
    part = document.parts[0].outcome
    assert isinstance(part, Document)
    assert part.place == "attachment figures.csv"


def test_nesting_ends_at_the_limit_and_says_so(tmp_path: Path) -> None:
    data = b"At the bottom."
    for level in range(9):
        data = make_zip({f"level{level}.zip" if level else "words.txt": data})
    document = read_file(written(tmp_path, "deep.zip", data))
    problems = []
    outcome: Document | FileProblem = document
    while isinstance(outcome, Document):
        problems.append(outcome.kind)
        outcome = outcome.parts[0].outcome
    assert problems == ["zip"] * 6
    assert outcome.reason == "too_large"


def test_more_than_the_limit_in_all_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nesting, "MOST_PARTS", 3)
    members = {f"{i}.txt": b"Words number %d." % i for i in range(5)}
    document = read_file(written(tmp_path, "many.zip", make_zip(members)))
    assert len(document.parts) == 3
    assert document.problems == (
        FileProblem("too_large", "It holds too much.", "“3.txt” and what comes after it"),
    )


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", WORDS)
        archive.writestr("bomb.txt", bytes(50_000_000))
    document = read_file(written(tmp_path, "bomb.zip", file.getvalue()))
    assert tree(document) == ("zip", ("a.txt", "text"), ("bomb.txt", "too_large"))


def test_a_container_of_which_nothing_can_be_read_is_not_read(tmp_path: Path) -> None:
    pdf = pypdf.PdfWriter()
    pdf.add_blank_page(100, 100)
    pdf.write(tmp_path / "blank.pdf")
    with pytest.raises(Unreadable):
        read_file(tmp_path / "blank.pdf")
    pdf.add_attachment("words.txt", WORDS.encode())
    pdf.write(tmp_path / "full.pdf")
    document = read_file(tmp_path / "full.pdf")
    assert document.pages == ()
    assert document.problems
    assert tree(document) == ("pdf", ("words.txt", "text"))


def test_office_documents_hold_documents(tmp_path: Path) -> None:
    inner = make_docx(paragraph("Inside."))
    with zipfile.ZipFile(io.BytesIO(make_docx(paragraph("Outside.")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    outer = make_zip({**members, "word/embeddings/Doc1.docx": inner, "word/media/image1.png": b"\x89PNG"})
    document = read_file(written(tmp_path, "o.docx", outer))
    assert tree(document) == ("docx", ("Doc1.docx", "docx"))


def test_an_encrypted_member_asks_for_the_password_and_takes_it(tmp_path: Path) -> None:
    for aes in (False, True):
        path = written(tmp_path, f"locked{aes}.zip", locked_zip("words.txt", WORDS.encode(), "tide", aes=aes))
        with pytest.raises(Unreadable) as error:
            read_file(path)
        assert error.value.problem.reason == "encrypted"
        with pytest.raises(Unreadable) as error:
            read_file(path, "wrong")
        assert (error.value.problem.reason, error.value.problem.detail) == ("encrypted", "wrong password")
        assert tree(read_file(path, "tide")) == ("zip", ("words.txt", "text"))


def test_any_part_keeps_its_number_whatever_can_be_read_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, "m.eml", mail(("a.exe", b"MZ\0\0"), ("b.pdf", b""), ("c.txt", WORDS.encode())))
    document = read_file(path)
    assert [p.name for p in document.parts] == ["a.exe", "b.pdf", "c.txt"]
    assert texts(read_opened(open_inside(path, (2,)))) == [WORDS]
    assert open_data(WORDS.encode(), "c.txt").kind == "text"
