"""Dates contradict each other only in what both of them say, and only where they answer the same question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qa_desktop.answering.contradict import date_parts, dates_differ
from qa_desktop.answering.differ import Look, other_sides
from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import kind_of
from qa_desktop.answering.probe import probe
from qa_desktop.models.encoder import CrossEncoder
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
FIRST = "The humanitarian centre in Niš opened on 25 April 2012."


def sides(cross_encoder: CrossEncoder, other: str) -> list[str]:
    evidence = [said(FIRST, 8.0, 1, question=QUESTION), said(other, 7.0, 2, question=QUESTION)]

    def look(item: Evidence) -> Look:
        (logit,) = cross_encoder.answers(QUESTION, [item.reading])
        return probe(QUESTION, item, (), cross_encoder, 60.0), float(1 / (1 + np.exp(-logit)))

    found = other_sides(QUESTION, kind_of(QUESTION), evidence, look(evidence[0])[0], look)
    return [item.sentence.text for item in found]


def test_another_date_for_the_same_is_another_side(cross_encoder: CrossEncoder) -> None:
    other = "In 2011 the humanitarian centre in Niš opened its doors."
    assert sides(cross_encoder, other) == [other]


def test_the_same_date_less_exactly_is_none(cross_encoder: CrossEncoder) -> None:
    assert sides(cross_encoder, "The humanitarian centre in Niš opened in spring 2012.") == []


def test_a_date_of_something_else_is_none(cross_encoder: CrossEncoder) -> None:
    assert sides(cross_encoder, "In 2011 the humanitarian centre in Niš was visited by a minister.") == []


def test_a_side_that_is_far_behind_counts_only_if_it_is_said_to_answer(cross_encoder: CrossEncoder) -> None:
    first = said(FIRST, 8.0, 1, question=QUESTION)
    far = said("Opening of the humanitarian centre in Niš, 2011.", 0.5, 2, question=QUESTION)

    def look(item: Evidence) -> Look:
        return probe(QUESTION, item, (), cross_encoder, 60.0), 0.9

    best = look(first)[0]
    assert other_sides(QUESTION, kind_of(QUESTION), [first, far], best, look) == []
    heard = replace(far, answers=2.0)
    assert other_sides(QUESTION, kind_of(QUESTION), [first, heard], best, look) == [heard]


def heard(
    cross_encoder: CrossEncoder, question: str, first: str, other: str, answers: float = 2.0
) -> list[str]:
    """Return the other sides where both sentences are heard to answer."""
    evidence = [
        replace(said(first, 8.0, 1, question=question), answers=3.0),
        replace(said(other, 7.0, 2, question=question), answers=answers),
    ]

    def look(item: Evidence) -> Look:
        return probe(question, item, (), cross_encoder, 60.0), 0.9

    found = other_sides(question, kind_of(question), evidence, look(evidence[0])[0], look)
    return [item.sentence.text for item in found]


SIGNED = "The agreement was signed by Ivica Dačić."


def test_another_name_for_the_same_is_another_side_where_it_is_heard_to_answer(
    cross_encoder: CrossEncoder,
) -> None:
    asked, other = "Who signed the agreement?", "Aleksandar Vulin signed the agreement in the evening."
    assert heard(cross_encoder, asked, SIGNED, other) == [other]
    assert heard(cross_encoder, asked, SIGNED, other, answers=-1.0) == []
    assert heard(cross_encoder, asked, SIGNED, "Minister Dacic signed the agreement in the evening.") == []


def test_several_names_are_none_where_several_are_asked_for(cross_encoder: CrossEncoder) -> None:
    other = "Aleksandar Vulin signed the agreement in the evening."
    assert heard(cross_encoder, "Who else signed the agreement?", SIGNED, other) == []
    assert heard(cross_encoder, "Which ministers signed the agreement?", SIGNED, other) == []


def test_a_yes_and_a_no_are_two_sides(cross_encoder: CrossEncoder) -> None:
    asked, yes = "Did parliament ratify the agreement?", "Parliament ratified the agreement in May."
    other = "The agreement was never ratified by parliament."
    assert heard(cross_encoder, asked, yes, other) == [other]
    assert heard(cross_encoder, asked, yes, "The agreement was ratified by parliament on Monday.") == []
    assert heard(cross_encoder, "What became of the agreement?", yes, other) == [], (
        "no question for yes or no"
    )
