"""Filters and phrases are told from the question they are typed into, and any text may be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Filter, Question
from qa_desktop.domain.filters import FILTERS
from qa_desktop.errors import UsageError
from qa_desktop.searching.asked import is_only_phrases, make_filter, phrases_of, take_apart, understood

# Texts made of what the parser looks at: names, colons, quotation marks, blanks.
PIECES = [
    "in:", "type:", "after:", "on:", "-", "author:", "language:", "lang:", '"', "“", "”", "„", "«", "»", " ",
    "\n", ":", "?", ".", ",", "press/", "pdf", "2022", "2022-13", "sr", "a b", "When", "http://x.y", "’",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60)
VALUES = {
    "type": st.sampled_from(["pdf", "word", "docx", "jpg"]),
    "language": st.sampled_from(["sr", "de"]),
    **dict.fromkeys(("after", "before", "on"), st.sampled_from(["2022", "2022-03", "2021-05-01"])),
    "author": st.text(max_size=12).map(lambda t: t.replace('"', "").strip() + "x"),
    "in": st.text(max_size=12).map(lambda t: "x" + t.replace('"', "").strip()),
}
filters = st.one_of(
    [st.builds(make_filter, st.just(name), values, negated=st.booleans()) for name, values in VALUES.items()]
)


def typed(text: str) -> list[str]:
    return [f.typed for f in take_apart(text).filters]


@pytest.mark.parametrize(
    ("text", "rest", "found"),
    [
        ("When did it close in:press/ type:PDF?", "When did it close?", ["in:press/", "type:pdf"]),
        ("in:press/ When did it close", "When did it close", ["in:press/"]),
        ('When in:"folder with blanks/" did it', "When did it", ['in:"folder with blanks/"']),
        ("When in:“folder with blanks/” did it", "When did it", ['in:"folder with blanks/"']),
        ("prices in:*.pdf -in:drafts/", "prices", ["in:*.pdf", "-in:drafts/"]),
        ("prices after:2022-3 before:2023-05-01", "prices", ["after:2022-03", "before:2023-05-01"]),
        ('prices author:"D. Phillips" lang:Serbian', "prices", ['author:"D. Phillips"', "language:sr"]),
        ("prices type:spreadsheets TYPE:.docx", "prices", ["type:sheet", "type:docx"]),
        ("prices on:2023, and more", "prices, and more", ["on:2023"]),
        ("prices in:report?.pdf", "prices", ["in:report?.pdf"]),
    ],
)
def test_filters_may_stand_anywhere(text: str, rest: str, found: list[str]) -> None:
    assert take_apart(text).text == rest
    assert typed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "What does http://example.org/in:x say?",
        "re: the meeting, note: bring the map",
        "topic:energy and subject:mail",
        "in: press",
        "What is type: B?",
        "the line “see in:press/ for more” is where?",
        'Who wrote "after:yesterday" on the wall?',
        "built-in:ness",
        'in:"',
    ],
)
def test_everything_else_is_part_of_the_question(text: str) -> None:
    assert take_apart(text).text == text
    assert typed(text) == []
    assert not take_apart(text).mistakes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("When after:yesterday", "“yesterday” is no date"),
        ("When on:2022-13", "“2022-13” is no date"),
        ("When before:2023-02-30", "is no date"),
        ("When type:scroll", "“scroll” is no type of document. Types are pdf, word"),
        ("When language:klingon", "“klingon” is no language"),
        ("When author:…", "names no author"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_in_a_sentence(text: str, says: str) -> None:
    assert take_apart(text).text == "When"
    with pytest.raises(UsageError) as raised:
        understood(Question(text))
    assert raised.value.exit_status == 2
    assert says in raised.value.explanation
    assert text.split()[1] in raised.value.title


def test_filters_without_a_question_are_told_too() -> None:
    with pytest.raises(UsageError, match="There is no question"):
        understood(Question("in:press/ type:pdf"))


def test_a_question_is_taken_apart_once() -> None:
    once = understood(Question('Who said "so be it" in:press/', only=(Filter("type", "pdf"),)))
    assert once.text == 'Who said "so be it"'
    assert once.as_typed == 'Who said "so be it" in:press/'
    assert once.phrases == ("so be it",)
    assert once.filters == (Filter("in", "press/"),)
    assert [f.typed for f in once.all_filters] == ["type:pdf", "in:press/"]
    assert understood(once) == once


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Who said "so be it"?', ("so be it",)),
        ("“So be it,” and „sei es so“ or «ainsi soit-il»?", ("So be it", "sei es so", "ainsi soit-il")),
        ("»Dann sei es so« sagte wer?", ("Dann sei es so",)),
        ('a 5" pipe and a 6" pipe', ()),
        ("the ministry's and 'the other'", ()),
        ('the "word"', ("word",)),
        ('"" and "…" and "', ()),
        ('"so  be\nit" and "so be it"', ("so be it",)),
        ('(see "Article 5(2)")', ("Article 5(2)",)),
    ],
)  # fmt: skip
def test_phrases_stand_in_double_quotation_marks(text: str, found: tuple[str, ...]) -> None:
    assert phrases_of(text) == found
    assert take_apart(text).text == text


def test_a_question_may_be_nothing_but_phrases() -> None:
    assert is_only_phrases('"so be it", «and» ?')
    assert not is_only_phrases('who "so be it"')
    assert not is_only_phrases("who?")


@given(texts)
def test_any_text_can_be_typed_and_no_filter_stays_in_the_question(text: str) -> None:
    asked = take_apart(text)
    again = take_apart(asked.text)
    assert (again.text, again.filters, again.mistakes) == (asked.text, (), ())
    assert again.phrases == asked.phrases


@given(texts, st.lists(filters, max_size=4, unique=True))
def test_what_was_taken_apart_can_be_typed_again(text: str, more: list[Filter]) -> None:
    asked = take_apart(" ".join([*(f.typed for f in more), text]))
    assert asked.filters[: len(more)] == tuple(more)
    again = take_apart(asked.typed)
    assert (again.text, again.filters, again.phrases) == (asked.text, asked.filters, asked.phrases)
    for number in range(len(asked.filters)):
        left = take_apart(asked.without(number))
        assert left.filters == asked.filters[:number] + asked.filters[number + 1 :]
        assert left.text == asked.text


@given(st.sampled_from(FILTERS), st.text(max_size=20))
def test_a_value_is_taken_or_refused_with_words(name: str, value: str) -> None:
    try:
        made = make_filter(name, value)
    except UsageError:
        return
    assert take_apart(made.typed + " x").filters == (made,)
