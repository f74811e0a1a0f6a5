"""The best sentence is one that answers, not one that is only about the same."""

from __future__ import annotations

from qa_desktop.answering.evidence import HEARD, hear
from qa_desktop.models.encoder import CrossEncoder
from tests.support.evidence import said

QUESTION = "Why did Suriname withdraw its recognition of Kosovo?"
ABOUT = "Suriname withdrew its recognition of Kosovo on 27 October 2017."
ANSWER = "Suriname withdrew it because it had been given too early, its foreign minister said."


def test_a_sentence_that_answers_comes_before_one_that_is_more_to_the_point(
    cross_encoder: CrossEncoder,
) -> None:
    relevant, answering = cross_encoder.score(QUESTION, [ABOUT, ANSWER])
    assert relevant > answering
    evidence = [said(ABOUT, float(relevant)), said(ANSWER, float(answering))]
    first, second = hear(QUESTION, evidence, cross_encoder)
    assert first.answers is not None
    assert second.answers is not None
    assert first.sentence.text == ANSWER
    assert first.answers > 0 > second.answers


def test_only_the_best_are_heard_and_the_others_keep_their_order(cross_encoder: CrossEncoder) -> None:
    evidence = [said(f"In {1990 + i} there were {i} soldiers.", score=9.0 - i) for i in range(HEARD + 3)]
    found = hear("How many soldiers were there in 1992?", evidence, cross_encoder)
    assert [e.answers is not None for e in found] == [True] * HEARD + [False] * 3
    assert found[HEARD:] == evidence[HEARD:]
    assert {e.sentence.text for e in found[:HEARD]} == {e.sentence.text for e in evidence[:HEARD]}
    assert [e.worth for e in found[:HEARD]] == sorted((e.worth for e in found[:HEARD]), reverse=True)


def test_without_a_cross_encoder_nothing_changes() -> None:
    evidence = [said("One."), said("Two.")]
    assert hear(QUESTION, evidence, None) == evidence
