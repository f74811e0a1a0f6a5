"""A step of time from one sentence to the next must lead to the date that stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.chronology import adds_up, misfit
from qa_desktop.answering.evidence import Evidence
from tests.support.evidence import hit_of, said

DAYS = st.dates(date(1950, 1, 1), date(2030, 1, 1))
WRITTEN = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"])


@given(DAYS, st.integers(1, 60), st.sampled_from([("day", 1), ("week", 7)]), WRITTEN, WRITTEN, st.booleans())
def test_a_step_that_leads_to_the_date_adds_up(
    begin: date, count: int, unit: tuple[str, int], one: str, other: str, back: bool
) -> None:
    name, length = unit
    end = begin + timedelta(count * length) * (-1 if back else 1)
    earlier = f"On {begin.strftime(one)} the council met."
    step = f"{count} {name}s {'earlier' if back else 'later'}"
    assert adds_up(earlier, f"{step}, on {end.strftime(other)}, the minister resigned.")
    wrong = end + timedelta(40)
    assert not adds_up(earlier, f"{step}, on {wrong.strftime(other)}, the minister resigned.")


@pytest.mark.parametrize(
    ("earlier", "later", "fits"),
    [
        ("It was on 13th and 14th March 2019.", "One day after these talks, on 15 March, he left.", True),
        ("It was on 13th and 14th March 2019.", "One day after these talks, on 15 May, he left.", False),
        ("The bank closed in March 2008.", "Two months later, in May 2008, it opened again.", True),
        ("The bank closed in March 2008.", "Two months later, in December 2008, it opened again.", False),
        ("The bank closed in 2008.", "A year later, in 2009, it opened again.", True),
        ("The bank closed in 2008.", "A year later, in 2014, it opened again.", False),
        ("It rained on 3 April 1999.", "The same day, on 4 April 1999, it stopped.", True),
        ("It rained on 3 April 1999.", "The same day, on 30 April 1999, it stopped.", False),
        # The step begins at something else, or nowhere, or leads to no date.
        ("It rained on 3 April 1999.", "One day after the war ended, on 11 June 1999, it rained.", True),
        ("It rained on Monday.", "One day later, on 11 June 1999, it rained again.", True),
        ("It rained on Monday, not on 3 April 1999.", "A day later, on 11 June 1999, it rained.", True),
        ("It rained on 3 April 1999.", "One day later the sun of 11 May 1999 was forgotten.", True),
        ("It rained on 3 April 1999.", "One day later nobody spoke of the rain of 11 May 1999.", True),
        ("It rained on 31 June 1999.", "One day later, on 11 August 1999, it rained.", True),
        # One of several dates is enough.
        ("Between 3 April and 10 June 1999 it rained.", "A day later, on 11 June 1999, it stopped.", True),
    ],
)  # fmt: skip
def test_steps_as_people_write_them(earlier: str, later: str, fits: bool) -> None:
    assert adds_up(earlier, later) is fits


ASKED = "When did the minister speak?"
SPOKE = "The minister spoke on 13 January 2022."
VOTED = "One day after this, on 15 February 2022, the parliament voted."


def read(*texts: str) -> list[Evidence]:
    """Return the sentences of one passage as evidence, its dates marked."""
    hit = hit_of(*texts)
    marked = [said(text, question=ASKED) for text in texts]
    return [replace(e, hit=hit, sentence=s) for e, s in zip(marked, hit.passage.sentences, strict=True)]


def test_whoever_asks_for_one_of_the_dates_sees_both() -> None:
    spoke, voted = evidence = read(SPOKE, VOTED)
    assert misfit(spoke, 0, evidence) is voted
    assert misfit(voted, 0, evidence) is spoke


def test_a_sentence_without_a_date_may_stand_between() -> None:
    between = "He spoke of the two regions."
    spoke, _, voted = evidence = read(SPOKE, between, VOTED)
    assert misfit(spoke, 0, evidence) is voted
    spoke, *_ = evidence = read(SPOKE, between, "The war began in 2014.", VOTED)
    assert misfit(spoke, 0, evidence) is None
    spoke, *_ = evidence = read(SPOKE, between, between, VOTED)
    assert misfit(spoke, 0, evidence) is None


def test_nothing_is_said_of_a_sentence_whose_date_does_not_answer_or_that_was_not_read() -> None:
    spoke, voted = read(SPOKE, VOTED)
    assert misfit(spoke, None, [spoke, voted]) is None
    assert misfit(spoke, 0, [spoke]) is None
    number = replace(spoke, marks=((0, 3),))
    assert misfit(number, 0, [number, voted]) is None
