"""JSON is read as a person reads it, and every value has its path."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.text.json_text import read_json
from tests.support.documents import check, texts, words


def read(text: str) -> Document:
    document = read_json(text.encode(), "data.json")
    check(document)
    return document


def places(document: Document) -> dict[str, str]:
    return {b.locator: words(document, b) for b in document.blocks}


def test_values_are_lines_with_their_path() -> None:
    document = read(
        '{"title":"Ferries","cost":1.50,"open":true,"closed":null,"tags":["old","blue"],'
        '"port":{"name":"Upper","x.y":7},"empty":{}}'
    )
    assert document.title == "Ferries"
    assert places(document) == {
        "title": "title: Ferries",
        "cost": "cost: 1.50",
        "open": "open: true",
        "closed": "closed: null",
        "tags": "tags: old, blue",
        "port.name": "port.name: Upper",
        "port[“x.y”]": "port[“x.y”]: 7",
        "empty": "empty: {}",
    }


def test_like_objects_are_a_table() -> None:
    people = [{"name": f"P{i}", "age": i} for i in range(60)]
    document = read(json.dumps({"people": people}))
    tables = [b for b in document.blocks if b.kind is BlockKind.TABLE]
    assert [t.locator for t in tables] == [
        "people[0] to people[24]",
        "people[25] to people[49]",
        "people[50] to people[59]",
    ]
    assert words(document, tables[1]).startswith("name age P25 25 P26 26")


def test_unlike_objects_have_a_heading_each_and_long_texts_are_paragraphs() -> None:
    body = "The council met in May. " * 20
    document = read(
        json.dumps([{"title": "One", "body": body + "\n\nThe end."}, {"title": "Two", "x": [{}]}])
    )
    assert texts(document, BlockKind.HEADING) == ["One", "Two"]
    assert texts(document, BlockKind.PARAGRAPH) == [body.strip(), "The end."]
    assert [(b.label, words(document, b)) for b in document.blocks if b.kind is BlockKind.ASIDE] == [
        ("name", "body")
    ]
    assert {b.locator for b in document.blocks if b.kind is BlockKind.PARAGRAPH} == {"[0].body"}


def test_one_value_a_line_and_a_broken_line_is_named() -> None:
    document = read('{"a":1,"b":{"c":2}}\n{oops\n\n{"a":2,"b":{"c":3}}\n')
    assert places(document)["line 4, b.c"] == "b.c: 3"
    assert [(p.reason, p.part) for p in document.problems] == [("damaged", "line 2")]


def test_a_name_that_occurs_twice_loses_nothing() -> None:
    assert texts(read('{"a":1,"a":2}')) == ["a: 1", "a: 2"]


@pytest.mark.parametrize("text", ["{not json", "[1,2", "[" * 100_000, '{"a":' * 5_000])
def test_what_is_no_json_is_text(text: str) -> None:
    assert read(text).kind == "text"


@pytest.mark.parametrize(
    "text",
    ['{"a":' * 900 + "1" + "}" * 900, "[" * 900 + "]" * 900, "[" + "[1]," * 90_000 + "2]", "1" * 9_999],
)
def test_hostile_data_is_read_in_time(text: str) -> None:
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 5


_VALUES = st.recursive(
    st.one_of(st.text("ab \n", max_size=300), st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text("kl .", min_size=1, max_size=4), inner, max_size=4),
    ),
    max_leaves=20,
)


@given(_VALUES)
def test_every_letter_of_every_text_is_read(value: object) -> None:
    written = json.dumps({"k": value})
    document = read(written)
    known = json.loads(written)
    stored = "".join(words(document, b) for b in document.blocks)
    for letter in "ab":
        assert stored.count(letter) >= sum(text.count(letter) for text in _texts_in(known))


def _texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _texts_in(item)]
