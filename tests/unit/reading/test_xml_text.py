from __future__ import annotations

import pytest

from qa_desktop.domain import BlockKind
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.xml_text import read_xml
from tests.support.documents import check, texts, uncovered

LIBRARY = """<?xml version="1.0"?>
<library xmlns:x="urn:x">
  <title>The harbour library</title>
  <book><name>Tides</name><year>1931</year></book>
  <book><name>Ferries &amp; piers</name>
    <x:p>A <b>long</b> account of the piers.</x:p></book>
  <script>alert(1)</script>
</library>"""


def test_words_are_read_with_the_names_and_places_of_their_elements() -> None:
    document = read_xml(LIBRARY.encode(), "a.xml")
    check(document)
    assert document.title == "The harbour library"
    assert texts(document) == [
        "The harbour library",
        "name: Tides",
        "year: 1931",
        "name: Ferries & piers",
        "A long account of the piers.",
    ]
    assert [b.locator for b in document.blocks][-2:] == [
        "element library/book[2]/name",
        "element library/book[2]/p",
    ]
    assert uncovered(document) == ""
    assert document.blocks[0].kind is BlockKind.HEADING


def test_the_words_of_a_drawing_are_read() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><style>a{}</style><g><text>Pier 4</text></g></svg>"
    assert texts(read_xml(drawing, "plan.svg")) == ["Pier 4"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg><path d='M0 0'/></svg>", "no_text"),
        (b"<data><row id='1'/></data>", "unsupported"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "damaged"),
    ],
)
def test_what_has_no_words_is_not_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_xml(data, "a.xml")
    assert error.value.problem.reason == reason


def test_a_broken_file_is_read_as_far_as_it_goes_and_depth_does_no_harm() -> None:
    assert texts(read_xml(b"<a><b>First words.</b><c>Second", "a.xml"))[0] == "b: First words."
    deep = b"<a>" * 100_000 + b"words"
    try:
        document = read_xml(deep, "a.xml")
    except Unreadable as error:
        assert error.problem.reason in ("damaged", "unsupported")  # noqa: PT017 - either is right
    else:
        check(document)
