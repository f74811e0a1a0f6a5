"""Dates contradict each other only in what both of them say."""

from __future__ import annotations

import pytest

from qa_desktop.answering.differ import date_parts, dates_differ, differences
from qa_desktop.answering.kinds import kind_of
from qa_desktop.answering.select import Group
from qa_desktop.domain import Claim
from tests.support.evidence import said


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("23 September 1998", "September 28, 1998", True),
        ("24 September 2023", "September 24, 2023", False),
        ("2023-09-24", "24 September 2023", False),
        ("July 2003", "mid-2003", False),
        ("July 2003", "2004", True),
        ("12 June 1999", "11 June", True),
        ("June", "Monday", False),
    ],
)
def test_dates_differ_where_both_say_something_else(one: str, other: str, differ: bool) -> None:
    assert dates_differ(date_parts(one), date_parts(other)) is differ


QUESTION = "When did the humanitarian centre in Niš open?"


def claimed(text: str, number: int) -> tuple[Claim, Group]:
    evidence = said(text, document=number, question=QUESTION)
    return Claim(text, (number,), evidence.marks), Group((evidence,))


def test_two_sources_with_different_dates_are_shown_side_by_side() -> None:
    one = claimed("The humanitarian centre in Niš opened on 25 April 2012.", 1)
    other = claimed("In 2011 the humanitarian centre in Niš opened its doors.", 2)
    (found,) = differences(QUESTION, kind_of(QUESTION), [one, other])
    assert found.sides == ((one[0].text, 1), (other[0].text, 2))


def test_a_date_of_something_else_is_no_difference() -> None:
    one = claimed("The humanitarian centre in Niš opened on 25 April 2012.", 1)
    other = claimed("In 2011 the bridge was closed.", 2)
    assert differences(QUESTION, kind_of(QUESTION), [one, other]) == ()
