"""The best sentence is one that answers, not one that is only about the same."""

from __future__ import annotations

from qa_desktop.answering.evidence import HEARD, hear, read
from qa_desktop.answering.kinds import Kind
from qa_desktop.models.encoder import CrossEncoder
from tests.support.evidence import hit_of, said

QUESTION = "Why did Suriname withdraw its recognition of Kosovo?"
ABOUT = "Suriname withdrew its recognition of Kosovo on 27 October 2017."
ANSWER = "The minister said that it had been given too early, before Serbia and Kosovo had agreed."


def test_a_sentence_that_answers_comes_before_one_that_is_more_to_the_point(
    cross_encoder: CrossEncoder,
) -> None:
    relevant, answering = cross_encoder.score(QUESTION, [ABOUT, ANSWER])
    assert relevant > answering
    found = read(QUESTION, Kind.OPEN, [hit_of(ABOUT, ANSWER)], cross_encoder, 60.0)
    heard = {e.sentence.text: e.answers for e in found}
    assert all(value is not None for value in heard.values())
    assert (heard[ANSWER] or 0.0) > (heard[ABOUT] or 0.0)


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
