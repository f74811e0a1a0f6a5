"""What cannot be read of a PDF is named, and what can be read is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.constants import PageLabelStyle

from qa_desktop.domain import Document, text_of
from qa_desktop.reading.pdf.gaps import in_words
from qa_desktop.reading.pdf.read import PageRead, read_pdf
from qa_desktop.reading.pdf.structure import iso_date_of, sensible_title
from qa_desktop.reading.problems import Unreadable
from tests.support.pdfs import Sheets, raw_pdf, simple, stream

TEXT = "The ferry to the outer islands leaves the harbour at noon."


def outcome(path: Path) -> Document | str:
    """Return what is read, or the reason why nothing is."""
    try:
        return read_pdf(path)
    except Unreadable as error:
        return error.problem.reason


def reason(path: Path, password: str | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read_pdf(path, password)
    return caught.value.problem.reason


def words(document: Document) -> str:
    return " ".join(text_of(b.runs, document.pages) for b in document.blocks)


def locked(path: Path, user: str, algorithm: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=simple(path / "open.pdf", TEXT))
    writer.encrypt(user, "owner", algorithm=algorithm)
    writer.write(path / "locked.pdf")
    return path / "locked.pdf"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_password_opens_what_it_protects(tmp_path: Path, algorithm: str) -> None:
    path = locked(tmp_path, "hafen", algorithm)
    assert reason(path) == "encrypted"
    assert reason(path, "wrong") == "encrypted"
    assert words(read_pdf(path, "hafen")) == TEXT


def test_a_file_that_is_only_protected_against_changes_is_read(tmp_path: Path) -> None:
    assert words(read_pdf(locked(tmp_path, "", "AES-256"))) == TEXT


@pytest.mark.expects_log("pypdf")  # pypdf tells what it stumbles over
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = simple(tmp_path / "whole.pdf", *[f"{TEXT} This is page {n}." for n in range(1, 6)]).read_bytes()
    path = tmp_path / "cut.pdf"
    seen = set()
    for lost in (8, len(whole) // 10, len(whole) // 2):
        path.write_bytes(whole[:-lost])
        document = outcome(path)
        if isinstance(document, Document):
            assert [p.reason for p in document.problems if p.part == "the end of the file"] == ["damaged"]
            assert TEXT in words(document)
            seen.add("part")
        else:
            assert document == "damaged"
            seen.add("nothing")
    assert seen == {"part", "nothing"}


@pytest.mark.expects_log("pypdf")  # pypdf tells what it stumbles over
def test_what_only_begins_like_a_pdf_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert reason(path) == "damaged"


def test_pages_without_any_text_are_no_text(tmp_path: Path) -> None:
    assert reason(simple(tmp_path / "a.pdf", "", "")) == "no_text"


def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for page in (1, 2, 3, 4):
        if page in (2, 3):
            sheets.canvas.drawInlineImage(_grey(), 0, 0, 595, 842)
        elif page == 1:
            sheets.lines([TEXT], top=100)
        sheets.page()  # page 4 is blank, which is no problem
    document = read_pdf(sheets.save())
    assert words(document) == TEXT
    assert [(p.reason, p.part) for p in document.problems] == [("no_text", "pages 2, 3")]
    assert [p.number for p in document.pages] == [1, 2, 3, 4]


def _grey() -> object:
    from PIL import Image

    return Image.new("L", (20, 30), 200)


def test_form_values_and_comments_can_be_found(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines([TEXT], top=100)
    sheets.canvas.acroForm.textfield(
        name="captain", tooltip="Name of the captain", value="Ines Lund", x=100, y=500
    )
    sheets.canvas.freeTextAnnotation("Checked against the log book.", "/Helv 10 Tf", (100, 300, 300, 340))
    sheets.page()
    document = read_pdf(sheets.save())
    extras = {b.locator: text_of(b.runs, document.pages) for b in document.blocks if b.locator}
    assert extras == {
        "page 1, form field": "Name of the captain: Ines Lund",
        "page 1, text box": "Checked against the log book.",
    }
    assert document.pages[0].text.endswith("\n")


def test_printed_page_numbers_are_those_the_file_gives(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=simple(tmp_path / "a.pdf", TEXT, TEXT, TEXT))
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 2, style=PageLabelStyle.DECIMAL, start=7)
    writer.write(tmp_path / "b.pdf")
    assert [p.label for p in read_pdf(tmp_path / "b.pdf").pages] == ["i", "7", "8"]


def test_skipped_pages_leave_a_gap_and_a_problem(tmp_path: Path) -> None:
    path = simple(
        tmp_path / "a.pdf", "The first page speaks of tugs.", "The second one.", "The third one of lamps."
    )
    news: list[PageRead] = []
    document = read_pdf(path, on_page=news.append, skip={2: "out_of_memory"})
    assert [p.text for p in document.pages][1] == "\n"
    assert [(p.reason, p.part) for p in document.problems] == [("out_of_memory", "page 2")]
    assert [(n.number, n.total) for n in news] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [n.text for n in news[1:]] == [p.text for p in document.pages]


def test_letters_without_meaning_are_named(tmp_path: Path) -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>"
    private = b" ".join(b"<%02X> <E0%02X>" % (c, c) for c in range(65, 91))
    meaning = stream(b"", b"begincmap 26 beginbfchar %s endbfchar endcmap" % private)
    resources = b"<</Font<</H 4 0 R/G 5 0 R>>>>"
    text = b"BT /G 12 Tf 20 100 Td (%s) Tj /H 12 Tf 0 -20 Td (A few words.) Tj ET" % (b"ABCDEF " * 12)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources%s/Contents 6 0 R>>" % resources,
        font % b"",
        font % b"/ToUnicode 7 0 R",
        stream(b"", text),
        meaning,
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(raw_pdf(objects))
    document = outcome(path)
    assert isinstance(document, Document)
    assert "A few words." in words(document)
    assert [(p.reason, p.part) for p in document.problems] == [("no_text", "page 1")]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Ferry lines of the northern coast", True),
        ("Microsoft Word - report_final2.doc", False),
        ("untitled", False),
        ("Untitled document", False),
        ("report_final.pdf", False),
        ("C:\\Users\\a\\b.docx", False),
        ("12345", False),
        ("", False),
    ],
)
def test_a_title_that_is_a_file_name_is_none(title: str, *, kept: bool) -> None:
    assert sensible_title(title) == (title if kept else "")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:20210304120000+01'00'", "2021-03-04"),
        ("D:2021", "2021"),
        ("D:20211399", "2021"),
        ("Thursday", ""),
        ("D:00000000", ""),
    ],
)
def test_dates_become_iso_dates(written: str, date: str) -> None:
    assert iso_date_of(written) == date


@given(st.sets(st.integers(1, 60)))
def test_page_numbers_in_words_name_exactly_those_pages(numbers: set[int]) -> None:
    words = in_words(numbers)
    named: set[int] = set()
    for part in words.replace("pages", "").replace("page", "").replace(" and ", ", ").split(","):
        ends = [int(n) for n in part.replace("to", " ").split()]
        named.update(range(ends[0], ends[-1] + 1) if ends else ())
    assert named == numbers
    assert words.startswith("pages " if len(numbers) > 1 else "page ") or not numbers


@pytest.mark.expects_log("pypdf")  # pypdf tells what it stumbles over
def test_anything_done_to_the_bytes_ends_in_a_document_or_a_reason(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    import random

    whole = simple(tmp_path / "a.pdf", TEXT, TEXT).read_bytes()
    dice = random.Random(7)  # the same damage at each run
    path = tmp_path / "b.pdf"
    spoil: list[Callable[[bytearray], None]] = [
        lambda b: b.__setitem__(dice.randrange(len(b)), dice.randrange(256)),
        lambda b: b.__delitem__(slice((i := dice.randrange(len(b))), i + dice.randrange(40))),
        lambda b: b.extend(b[dice.randrange(len(b)) :]),
    ]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 12)):
            dice.choice(spoil)(data)
        path.write_bytes(bytes(data))
        document = outcome(path)
        assert document in {"damaged", "no_text", "encrypted"} or (
            isinstance(document, Document) and document.pages
        )
