"""A question that offers two things is answered by one of them, though the question says it itself."""

from __future__ import annotations

import pytest

from qa_desktop.answering.choices import alternatives
from qa_desktop.answering.differ import other_sides
from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind, candidates, kind_of
from qa_desktop.answering.probe import Probe
from tests.support.evidence import said


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("Were the mayors elected or appointed?", (("elect",), ("appoint",))),
        ("Was it supported by the EU or by the United States?", (("eu",), ("unit", "state"))),
        ("When did he compare them - January or February 2022?", (("januari",), ("februari", "2022"))),
        ("Who signed it, Thaçi or Vučić?", (("thaci",), ("vucic",))),
        ("Did Russia or Serbia veto it?", (("russia",), ("serbia",))),
        ("Does either Pančevo or Niš have a refinery?", (("pancevo",), ("nis",))),
        ("Wurde er gewählt oder ernannt?", (("gewahlt",), ("ernannt",))),
    ],
)
def test_what_is_offered_is_told_by_the_form_of_the_question(
    question: str, offered: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert alternatives(question) == offered


@pytest.mark.parametrize(
    "question",
    [
        "What did Serbia or Russia say about it?",
        "Is it true or not?",
        "Do they have one or more airports?",
        "Is it Bosnia, Serbia or Croatia or Albania?",
        "Which hotel or ministry in Belgrade hosted the meeting?",
        'Is there a party called "Left or Right"?',
        "or",
        "",
    ],
)
def test_an_or_that_only_joins_offers_nothing(question: str) -> None:
    assert alternatives(question) is None


def held(sentence: str, question: str) -> list[str]:
    return [sentence[a:b] for a, b in candidates(kind_of(question), sentence, question)]


def test_the_one_of_both_that_a_sentence_holds_is_what_answers() -> None:
    question = "Was it supported by Russia or by the United States?"
    assert kind_of(question) is Kind.CHOICE
    assert held("The United States was the first to support it.", question) == ["United States"]
    assert held("The states united behind it.", question) == []


def test_a_date_that_the_question_offers_may_answer() -> None:
    question = "When was it adopted, in 1998 or 1999?"
    assert kind_of(question) is Kind.DATE
    assert held("It was adopted in 1999.", question) == ["1999"]


QUESTION = "Were the mayors elected or appointed?"
FIRST = "The mayors were appointed by the government."


def sides(first: str, other: str, question: str = QUESTION) -> list[str]:
    evidence = [said(first, 8.0, 1, question=question), said(other, 7.0, 2, question=question)]

    def look(_: Evidence) -> tuple[Probe, float]:
        return Probe(8.0, losses=(1.0,)), 0.9

    return [
        e.sentence.text
        for e in other_sides(question, kind_of(question), evidence, look(evidence[0])[0], look)
    ]


def test_a_sentence_that_holds_the_other_one_is_another_side() -> None:
    other = "The mayors were elected by the people."
    assert sides(FIRST, other) == [other]


def test_a_sentence_that_holds_both_or_the_same_is_none() -> None:
    assert sides(FIRST, "The mayors were appointed after they had been elected.") == []
    assert sides(FIRST, "All mayors had been appointed.") == []
    assert sides("The mayors were appointed, not elected.", "The mayors were elected.") == []


def test_two_things_that_can_both_be_do_not_differ() -> None:
    question = "Does Kosovo have an army or a police?"
    assert sides("Kosovo has an army.", "Kosovo has a police.", question) == []
