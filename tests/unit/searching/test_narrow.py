"""Filters choose documents by what is known of them, and say how many told too little."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import DocumentEntry, Filter
from qa_desktop.domain.file_types import FILE_TYPES, is_of_type, type_called, type_of
from qa_desktop.searching.asked import make_filter, take_apart
from qa_desktop.searching.narrow import matches, narrow
from tests.support.entries import an_entry

SHELF = (
    an_entry(1, "press/digest.pdf", date="2022", author="David L. Phillips", language="en"),
    an_entry(2, "press/drafts/notes.docx", date="2022-03-14", author="Aleksandar Vučić", language="sr"),
    an_entry(3, "papers/energy brief.pdf", date="2021-12-31", language="en"),
    an_entry(4, "papers/table.xlsx", kind="sheets", author="Ana Phillipson"),
    an_entry(5, "letter.eml", kind="mail", date="2023-05-01", author="Вучић", language="sr"),
    an_entry(6, "broken.pdf", state="unreadable", date="", author=""),
)


def chosen(typed: str, shelf: tuple[DocumentEntry, ...] = SHELF[:5]) -> set[int]:
    asked = take_apart(f"x {typed}")
    assert not asked.mistakes
    return set(narrow(shelf, asked.filters).documents)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("after:2021", {1, 2, 5}),
        ("after:2022", {5}),
        ("after:2022-02", {2, 5}),
        ("before:2022", {3}),
        ("before:2022-04", {2, 3}),
        ("on:2022", {1, 2}),
        ("on:2022-03", {2}),
        ("on:2021 on:2023", {3, 5}),
        ("after:2021 before:2023", {1, 2}),
        ("type:pdf", {1, 3}),
        ("type:word type:mail", {2, 5}),
        ("type:xlsx", {4}),
        ("type:sheet", {4}),
        ("author:phillips", {1, 4}),
        ('author:"phillips david"', {1}),
        ("author:vucic", {2, 5}),
        ("author:Вучић", {2, 5}),
        ("language:sr", {2, 5}),
        ("language:Serbian", {2, 5}),
        ("in:press/", {1, 2}),
        ("in:press/ -in:press/drafts/", {1}),
        ("in:*.PDF", {1, 3}),
        ('in:"energy brief.pdf"', {3}),
        ("-type:pdf", {2, 4, 5}),
        ("-after:2021", {3, 4}),
        ("in:press/ type:pdf after:2021", {1}),
        ("in:nowhere/", set()),
    ],
)
def test_filters_choose_documents(typed: str, ids: set[int]) -> None:
    assert chosen(typed) == ids


def test_documents_that_do_not_tell_are_counted_where_all_else_fits() -> None:
    def left_out(typed: str) -> dict[str, int]:
        return dict(narrow(SHELF, take_apart(f"x {typed}").filters).left_out)

    assert left_out("after:2021") == {"date": 1}
    assert left_out("author:phillips") == {"author": 1}
    assert left_out("author:phillips type:mail") == {}
    assert left_out("author:nobody type:pdf after:1999") == {"author": 1}
    assert left_out("language:sr") == {"language": 1}
    assert left_out("-author:phillips") == {}


def test_every_type_has_a_name_and_a_kind_is_of_one_type() -> None:
    assert all(type_called(name) == name for name in FILE_TYPES)
    kinds = [kind for held in FILE_TYPES.values() for kind in held]
    assert len(kinds) == len(set(kinds))
    assert all(is_of_type(kind, "x", type_of(kind)) for kind in kinds)


def test_a_picture_is_called_by_any_of_its_endings() -> None:
    assert is_of_type("image", "a.JPG", type_called("jpeg"))
    assert not is_of_type("image", "a.png", type_called("jpeg"))


def test_names_are_alike_however_their_accents_are_stored() -> None:
    assert matches("Priština/a.txt", "Pris\u030ctina/")


dates = st.sampled_from(["", "2021", "2022", "2022-03", "2022-04", "2022-03-14", "2023-01-01"])
facts = st.fixed_dictionaries(
    {
        "date": dates,
        "author": st.sampled_from(["", "Ana Phillips", "Vučić"]),
        "language": st.sampled_from(["", "sr", "en"]),
    }
)
shelves = st.lists(
    st.tuples(st.sampled_from(["press/a.pdf", "press/b.docx", "c.pdf", "press"]), facts), max_size=6
).map(lambda made: tuple(an_entry(i, name, **told) for i, (name, told) in enumerate(made)))
FILTERS = """
    after:2021 after:2022-03 before:2022-03-14 on:2022 type:pdf type:word author:ana language:sr in:press/
""".split()
filters = st.builds(
    lambda typed, negated: make_filter(*typed.split(":"), negated=negated),
    st.sampled_from(FILTERS),
    st.booleans(),
)


@given(shelves, st.lists(filters, max_size=5), st.randoms())
def test_filters_choose_some_of_the_documents_in_whatever_order(
    shelf: tuple[DocumentEntry, ...], wanted: list[Filter], random: Random
) -> None:
    found = narrow(shelf, wanted).documents
    assert found <= {e.id for e in shelf}
    shuffled = wanted.copy()
    random.shuffle(shuffled)
    assert narrow(shelf, shuffled).documents == found
    assert narrow(shelf, wanted * 2).documents == found


@given(shelves, filters, filters)
def test_a_filter_and_its_negation_share_all_documents_between_them(
    shelf: tuple[DocumentEntry, ...], one: Filter, other: Filter
) -> None:
    positive = narrow(shelf, [Filter(one.name, one.value)]).documents
    negative = narrow(shelf, [Filter(one.name, one.value, negated=True)]).documents
    assert positive | negative == {e.id for e in shelf}
    assert not positive & negative
    if one.name != other.name:
        both = narrow(shelf, [one, other]).documents
        assert both == narrow(shelf, [one]).documents & narrow(shelf, [other]).documents


@given(dates.filter(bool), dates.filter(bool))
def test_a_date_is_before_on_or_after_another_or_too_vague_to_tell(own: str, date: str) -> None:
    shelf = (an_entry(1, "a.txt", date=own),)
    told = [n for n in ("before", "on", "after") if narrow(shelf, [Filter(n, date)]).documents]
    assert len(told) <= 1
    assert told or len(own) < len(date)
