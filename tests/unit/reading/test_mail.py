from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.mail.parts import embedded_mail
from qa_desktop.reading.mail.read import read_mail
from qa_desktop.reading.problems import Unreadable
from tests.support.documents import check, texts, uncovered, words

PLAIN = """Dear Bo,

the ferry will be back in May. See the table
that is attached.

> When will the ferry be
> back? Nobody knows
> anything.
>
>> Ask the council.

Ada
"""


def _message() -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Bránd <ada@example.org>"
    message["To"] = "Bo <bo@example.org>"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0100"
    message["Subject"] = "Re: AW: The ferry – again"
    message["X-Mailer"] = "Nobody cares"
    message.set_content(PLAIN)
    message.add_alternative("<p>The same in HTML.</p>", subtype="html")
    message.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../tide table.pdf"
    )
    message.add_attachment("Notes in an attachment.", filename="notes.txt")
    return message.as_bytes()


MESSAGE = _message()


@pytest.fixture(scope="module")
def document() -> Document:
    document = read_mail(MESSAGE, "ferry.eml")
    check(document)
    return document


def test_the_head_names_the_document(document: Document) -> None:
    assert (document.title, document.author, document.date) == (
        "The ferry – again",
        "Ada Bránd",
        "2021-03-04",
    )
    assert texts(document, BlockKind.HEADING) == ["Re: AW: The ferry – again"]
    assert texts(document)[1] == (
        "From: Ada Bránd <ada@example.org> To: Bo <bo@example.org> Date: Thu, 04 Mar 2021 10:00:00 +0100"
    )
    assert document.blocks[1].locator == "message of 2021-03-04, its head"


def test_the_text_is_read_once_and_quoted_words_without_their_signs(document: Document) -> None:
    body = texts(document, BlockKind.PARAGRAPH)
    assert "the ferry will be back in May. See the table that is attached." in body
    assert "When will the ferry be back? Nobody knows anything." in body
    assert "Ask the council." in body
    assert "> When will the ferry be\n" in document.pages[0].text
    assert "HTML" not in document.pages[0].text
    assert uncovered(document) == ""
    places = {words(document, block): block.locator for block in document.blocks}
    assert places["Ada"] == "message of 2021-03-04, paragraph 5"
    assert places["Ask the council."] == "message of 2021-03-04, paragraph 4, quoted from an earlier message"


def test_attachments_are_named_without_their_folders_and_handed_over_in_order(document: Document) -> None:
    assert texts(document)[-1] == "Attached: tide table.pdf; notes.txt"
    assert "Notes in an" not in document.pages[0].text
    parts = list(embedded_mail(MESSAGE))
    assert [p.name for p in parts] == ["tide table.pdf", "notes.txt"]
    assert parts[0].data == b"%PDF-1.7"
    assert parts[1].place == "message of 2021-03-04, attachment notes.txt"


def test_pictures_in_the_text_are_attachments_only_when_they_are_large() -> None:
    message = EmailMessage()
    message["From"] = "ada@example.org"
    message.set_content("<p>See <img src='cid:a'><img src='cid:b'></p>", subtype="html")
    for name, size in (("a", 300), ("b", 30_000)):
        message.add_related(b"\x89PNG" * (size // 4), "image", "png", cid=f"<{name}>", filename=f"{name}.png")
    assert [p.name for p in embedded_mail(message.as_bytes())] == ["b.png"]


def test_an_earlier_message_below_an_answer_is_marked_as_quoted() -> None:
    raw = (
        "From: a@b.c\n\nWe agree.\n\n-----Original Message-----\nFrom: Bo <bo@b.c>\n"
        "Sent: Monday\n\nDo you agree?\n"
    )
    document = read_mail(raw.encode(), "a.eml")
    places = {words(document, block): "quoted" in block.locator for block in document.blocks}
    assert places["We agree."] is False
    assert places["Do you agree?"] is True


def test_html_is_read_where_there_is_no_plain_text() -> None:
    head = b"From: a@b.c\nSubject: x\nContent-Type: text/html; charset=iso-8859-2\n\n"
    data = head + b"<p>P\xf8\xedliv.</p><p hidden>No</p>"
    assert texts(read_mail(data, "a.eml"))[-1] == "Příliv."


def test_a_forwarded_message_is_read_with_its_head() -> None:
    inner = EmailMessage()
    inner["From"] = "cy@example.org"
    inner["Subject"] = "Inner subject"
    inner.set_content("Inner words.")
    outer = EmailMessage()
    outer["From"] = "ada@example.org"
    outer.set_content("Outer words.")
    outer.add_attachment(inner)
    found = texts(read_mail(outer.as_bytes(), "a.eml"))
    assert found == [
        "From: ada@example.org",
        "Outer words.",
        "Inner subject",
        "From: cy@example.org",
        "Inner words.",
    ]


def test_a_mailbox_is_several_messages() -> None:
    one = "From ada@example.org Thu Mar  4 10:00:00 2021\nFrom: ada@example.org\nDate: {}\n\nWords {}.\n\n"
    box = one.format("Thu, 04 Mar 2021 10:00:00 +0000", 1) + one.format("Fri, 05 Mar 2021 10:00:00 +0000", 2)
    document = read_mail(box.encode(), "inbox 2021.mbox")
    check(document)
    assert document.title == "inbox 2021"
    places = {b.locator for b in document.blocks}
    assert "message of 2021-03-04, number 1, paragraph 1" in places
    assert "message of 2021-03-05, number 2, paragraph 1" in places


@pytest.mark.parametrize(
    "raw",
    [
        "From: a@b.c\nTo: " + "x y <a@b.c>, " * 20_000 + "\n\nbody words",
        "From: a@b.c\nSubject: " + "=?utf-8?q?x?= " * 20_000 + "\n\nbody words",
        "From: a\n" + "X-A: b\n" * 300_000 + "\nbody words",
        "From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nbody words\n"
        + "--x\n\nhello\n" * 50_000,
        "From: a\n\nbody words\n" + "> > quoted\n" * 20_000,
    ],
    ids=["recipients", "encoded words", "headers", "parts", "quotes"],
)
def test_hostile_messages_are_read_in_time(raw: str) -> None:
    began = time.process_time()
    document = read_mail(raw.encode(), "a.eml")
    assert time.process_time() - began < 5
    assert "body words" in document.pages[0].text


def test_parts_nested_without_end_are_refused() -> None:
    nest = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3000))
    with pytest.raises(Unreadable) as error:
        read_mail(("From: a\n" + nest + "\nx").encode(), "a.eml")
    assert error.value.problem.reason == "damaged"


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_a_message_or_have_a_reason(data: bytes) -> None:
    try:
        document = read_mail(
            b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + data, "a.eml"
        )
    except Unreadable as error:
        assert error.problem.reason in {"empty", "damaged"}  # noqa: PT017 - either outcome is right
    else:
        check(document)
