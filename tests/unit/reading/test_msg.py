from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from compressed_rtf import compress
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import Document
from qa_desktop.reading.mail.outlook import embedded_msg, read_msg
from qa_desktop.reading.nesting import read_file
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise import kind_of
from tests.support.compound import Tree, compound, outlook
from tests.support.documents import check, texts, written

_TICKS = int((datetime(2021, 3, 4, 9, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
_SENT = {(0x0039, 0x0040): _TICKS}
_HEAD = {0x0037: "RE: The ferry – again", 0x0C1A: "Ada Bránd", 0x5D01: "ada@example.org", 0x0E04: "Bo; Cy"}


def attached(name: str, data: bytes, **more: str) -> Tree:
    cid = {0x3712: more["cid"]} if more else {}
    return outlook({0x3707: name, **cid}, streams={"__substg1.0_37010102": data}, head=8)


def message(body: dict[int, str] | None = None, **streams: bytes | Tree) -> bytes:
    return compound(outlook({**_HEAD, **(body or {})}, _SENT, streams))


def test_a_message_is_read_with_its_head_body_and_date() -> None:
    data = message({0x1000: "Dear Bo,\r\n\r\nthe ferry is back in May.\r\n\r\n> When?\r\n"})
    assert kind_of(data, "a") == "msg"
    document = read_msg(data, "a.msg")
    check(document)
    assert (document.title, document.author, document.date) == (
        "The ferry – again",
        "Ada Bránd",
        "2021-03-04",
    )
    assert texts(document) == [
        "RE: The ferry – again",
        "From: Ada Bránd <ada@example.org> To: Bo; Cy Date: Thu, 04 Mar 2021 09:00:00 +0000",
        "Dear Bo,",
        "the ferry is back in May.",
        "When?",
    ]
    assert document.blocks[-1].locator == "message of 2021-03-04, paragraph 3, quoted from an earlier message"


def test_html_and_rich_text_are_read_where_there_is_no_plain_text() -> None:
    html = "<html><body><p>Příliv v květnu.</p></body></html>".encode("cp1250")
    numbers = {**_SENT, (0x3FDE, 0x0003): 1250}
    tree = outlook(_HEAD, numbers, {"__substg1.0_10130102": html})
    assert texts(read_msg(compound(tree), "a.msg"))[-1] == "Příliv v květnu."
    rich = compress(rb"{\rtf1\ansi The tide table is ready.\par}")
    assert texts(read_msg(message(__substg1_0_10090102=b""), "a.msg"))[-1].startswith("From:")
    tree = outlook(_HEAD, _SENT, {"__substg1.0_10090102": rich})
    assert texts(read_msg(compound(tree), "a.msg"))[-1] == "The tide table is ready."


def test_attachments_are_parts_and_messages_inside_are_read_with_the_message(tmp_path: Path) -> None:
    inner = outlook({0x0037: "Inner", 0x1000: "Inner words."}, head=24, streams={
        "__attach_version1.0_#00000000": attached("deep.txt", b"Deep words."),
    })  # fmt: skip
    streams: dict[str, bytes | Tree] = {
        "__attach_version1.0_#00000000": attached("..\\..\\notes.txt", b"Words in an attachment."),
        "__attach_version1.0_#00000001": outlook({}, head=8, streams={"__substg1.0_3701000D": inner}),
        "__attach_version1.0_#00000002": attached("logo.png", b"\x89PNG" * 9, cid="logo@x"),
        "__attach_version1.0_#00000003": attached("empty.pdf", b""),
    }
    data = compound(outlook({**_HEAD, 0x1000: "Outer words."}, _SENT, streams))
    assert [p.name for p in embedded_msg(data)] == ["notes.txt", "deep.txt", "empty.pdf"]
    document = read_file(written(tmp_path, "a.msg", data))
    assert "Attached: notes.txt; deep.txt; empty.pdf" in texts(document)
    assert "Inner words." in texts(document)
    part = document.parts[0].outcome
    assert isinstance(part, Document)
    assert texts(part) == ["Words in an attachment."]
    assert part.place == "message of 2021-03-04, attachment notes.txt"


def test_headers_cannot_be_smuggled_into_a_message() -> None:
    tree = outlook({**_HEAD, 0x0037: "Harmless\r\nFrom: somebody else\r\n\r\nA body."}, _SENT)
    document = read_msg(compound(tree), "a.msg")
    assert document.author == "Ada Bránd"
    assert document.title.startswith("Harmless From: somebody else")


@given(st.integers(0, 4000), st.binary(max_size=40))
@settings(deadline=None, max_examples=60)
def test_a_broken_message_is_read_or_refused(place: int, junk: bytes) -> None:
    whole = message({0x1000: "Words."})
    broken = whole[:place] + junk + whole[place + len(junk) :]
    try:
        document = read_msg(broken, "a.msg")
    except Unreadable as error:
        assert error.problem.reason in ("damaged", "empty")  # noqa: PT017 - either outcome is right
    else:
        check(document)


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(Unreadable) as error:
        read_msg(b"no compound file", "a.msg")
    assert error.value.problem.reason == "damaged"
