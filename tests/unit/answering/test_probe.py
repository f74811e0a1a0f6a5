"""The probes tell what a sentence knows nothing of, and which of its words answer."""

from __future__ import annotations

from qa_desktop.answering.probe import Probe, probe, without
from qa_desktop.models.encoder import CrossEncoder
from tests.support.evidence import said

PATIENCE = 60.0
CONTRACT = "In May 2022 the president announced a new gas contract for three years, agreed by telephone."


def test_what_was_asked_and_is_not_told_is_strange(cross_encoder: CrossEncoder) -> None:
    question = "What price was agreed in the gas contract of May 2022?"
    shown = probe(question, said(CONTRACT, question=question), (), cross_encoder, PATIENCE)
    assert shown.strange == "price"
    assert shown.doubt > 0.1


def test_nothing_is_strange_where_the_sentence_speaks_of_everything(cross_encoder: CrossEncoder) -> None:
    question = "When did the president announce a new gas contract?"
    shown = probe(question, said(CONTRACT, question=question), (), cross_encoder, PATIENCE)
    assert (shown.strange, shown.doubt) == ("", 0.0)


def test_the_mark_that_answers_is_told_from_those_beside_it(cross_encoder: CrossEncoder) -> None:
    question = "When was the resolution adopted?"
    text = "On 24 March 1999 the air campaign began; the resolution was adopted on 10 June 1999."
    item = said(text, question=question)
    shown = probe(question, item, (), cross_encoder, PATIENCE)
    assert shown.answering is not None
    assert text[slice(*item.marks[shown.answering])] == "10 June 1999"


def test_where_two_marks_weigh_alike_none_is_chosen() -> None:
    assert Probe(losses=(0.5, 0.4)).answering is None
    assert Probe(losses=(0.1,)).answering is None
    assert Probe(losses=(0.1, 0.5)).answering == 1


def test_without_a_model_nothing_is_claimed() -> None:
    assert probe("When?", said(CONTRACT), (), None, PATIENCE) == Probe()


def test_a_word_is_left_out_whole() -> None:
    assert without("What did Kosovo's minister say of Kosovo?", "Kosovo") == "What did minister say of ?"
    assert without("arms and the army", "arm") == "arms and the army"
