from __future__ import annotations

import struct

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.old_office.read import read_old_office
from qa_desktop.reading.problems import Unreadable
from tests.support.compound import compound
from tests.support.coverage import lost
from tests.support.documents import check, words
from tests.support.old_office import (
    CELL,
    ROW_END,
    make_doc,
    make_ppt,
    make_slide,
    record,
    style,
    text_record,
    text_shape,
)

TITLE = "What it costs\r"
SENTENCE = (
    "The ship costs four million.\x02 The engine\x05 alone costs \x13 HYPERLINK x \x14one\x15,"
    " dear secret Ü.\r"
)
TABLE = "Year\x07People\x07\x072019\x0741,000\x07\x07"
REST = "A second\x0bline – 日.\rno-\x1fbreak\r"
BODY = TITLE + SENTENCE + TABLE + REST


def blocks(document: Document) -> list[tuple[str, str, str, str]]:
    check(document)
    assert lost(document) == ""
    return [(b.kind.value, b.label, b.locator, words(document, b)) for b in document.blocks]


@pytest.mark.parametrize("narrow", [0, len(TITLE) + 10], ids=["one piece", "two pieces"])
def test_a_word_document_is_read_with_its_structure(narrow: int) -> None:
    marks = [i for i, sign in enumerate(BODY) if sign == "\x07"]
    formats = dict.fromkeys(marks, CELL) | {marks[2]: ROW_END, marks[5]: ROW_END, len(TITLE) - 1: style(2)}
    secret = BODY.index("secret ")
    document = read_old_office(
        make_doc(
            BODY,
            notes=[(BODY.index("\x02"), "Minutes, page 4.")],
            comments=[(BODY.index("\x05"), "Really so?")],
            margins=["", "Harbour Authority", "", "", "", ""],
            hidden=[(secret, secret + 7)],
            styles=formats,
            narrow=narrow,
        ),
        "ferry.doc",
    )
    assert blocks(document) == [
        ("heading", "", "heading “What it costs”", "What it costs"),
        ("paragraph", "", "paragraph 1, under “What it costs”",
         "The ship costs four million. The engine alone costs one, dear Ü."),
        ("aside", "hidden", "after paragraph 1", "secret"),
        ("table", "", "table 1, under “What it costs”", "Year People 2019 41,000"),
        ("paragraph", "", "paragraph 2, under “What it costs”", "A second line – 日."),
        ("paragraph", "", "paragraph 3, under “What it costs”", "no-break"),
        ("note", "1", "note 1", "Minutes, page 4."),
        ("note", "comment 1", "comment 1 by Bo Quill", "Really so?"),
        ("aside", "page header", "after paragraph 3", "Harbour Authority"),
    ]  # fmt: skip
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Brand",
        "2021-03-04",
    )
    paragraph = next(b for b in document.blocks if b.kind is BlockKind.PARAGRAPH)
    assert [r.label for r in paragraph.references] == ["1", "comment 1"]


def test_a_document_of_word_95_is_read() -> None:
    text = "Čas letí.\rKonec.\r".encode("cp1250")
    head = bytearray(1024)
    struct.pack_into("<HHHHHH", head, 0, 0xA5DC, 0x68, 0, 0x405, 0, 0)
    struct.pack_into("<II", head, 0x18, 1024, 1024 + len(text))
    struct.pack_into("<7i", head, 0x34, len(text), 0, 0, 0, 0, 0, 0)
    document = read_old_office(compound({"WordDocument": bytes(head) + text}), "old.doc")
    assert [b[3] for b in blocks(document)] == ["Čas letí.", "Konec."]


def test_slides_are_read_in_the_order_of_the_show_with_notes_and_comments() -> None:
    first = make_slide(
        text_shape(text_record("Right.", 4), 210, 600)
        + text_shape(text_record("Left – ü.", 4), 200, 100)
        + text_shape(record(3998, struct.pack("<I", 0)), 900, 100),
        notes=7,
        more=record(
            12_000,
            record(4026, "Bo Quill".encode("utf-16-le"))
            + record(4026, "Really?".encode("utf-16-le"), instance=1),
            container=True,
        ),
    )
    second = make_slide(text_shape(text_record("one\rtwo", 1), 100, 100), hidden=True)
    notes = record(1008, make_slide(text_shape(text_record("Say this.", 2), 1, 1)), container=True)
    data = make_ppt([(first, text_record("The Ferry Question", 0)), (second, b"")], {7: notes})
    document = read_old_office(data, "deck.ppt")
    assert blocks(document) == [
        ("heading", "", "slide 1", "The Ferry Question"),
        ("paragraph", "", "slide 1", "Left – ü."),
        ("paragraph", "", "slide 1", "Right."),
        ("note", "speaker notes", "slide 1, speaker notes", "Say this."),
        ("note", "comment", "slide 1, comment by Bo Quill", "Really?"),
        ("list", "", "slide 2 (hidden)", "one"),
        ("list", "", "slide 2 (hidden)", "two"),
    ]
    assert document.date == "2021-03-04"


def test_a_group_of_shapes_in_rows_and_columns_is_a_table() -> None:
    def member(words: str, top: int, left: int) -> bytes:
        anchor = record(0xF00F, struct.pack("<iiii", left, top, left + 90, top + 90))
        return record(0xF004, anchor + record(0xF00D, text_record(words, 4), container=True), container=True)

    cells = [("Year", 0, 0), ("People", 0, 500), ("2019", 300, 0), ("41,000", 300, 500)]
    own = record(0xF004, record(0xF010, struct.pack("<hhhh", 100, 100, 900, 900)), container=True)
    group = record(0xF003, own + b"".join(member(*c) for c in cells), container=True)
    document = read_old_office(make_ppt([(make_slide(group), b"")]), "deck.ppt")
    assert blocks(document) == [("table", "", "slide 1, table", "Year People 2019 41,000")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_doc("Words.\r", flags=0x0300), "encrypted"),
        (make_doc("\r\r"), "empty"),
        (compound({"WordDocument": b"\xec\xa5"}), "damaged"),
        (compound({"PowerPoint Document": b"x"}), "damaged"),
        (compound({"Other": b"x"}), "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "damaged"),
    ],
)
def test_what_cannot_be_read_has_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_old_office(data, "x.doc")
    assert caught.value.problem.reason == reason
