"""A question is taken apart by its own words: into what it asks for, and not where it asks for one thing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.parts.decompose import MOST, decompose
from qa_desktop.answering.parts.part import WHOLE
from qa_desktop.indexing import words

ONE = (
    "What did Bosnia and Herzegovina say about the border?",
    "What did Johnson & Johnson say about the price?",
    "What did Johnson and Johnson say about the price?",
    "What did the Food and Drug Administration say?",
    "What are the tasks of the Truth and Reconciliation Commission?",
    "When did Ruritania and Graustark sign the treaty?",
    "How many soldiers did Ruritania and Graustark send together?",
    "What happened at the bridge between June and July 1999?",
    "How much was paid between 2005 and 2016?",
    "Who was the general who led the column and who spoke with the mayor?",
    "Which is the album that sold best and which was recorded in one night?",
    "Which player played for the town and was born in the valley?",
    "Who ordered and who carried out the attack?",
    "Can it be said when and how it will stop?",
    "How far along the river and in which direction is the current strongest?",
    "Who sang “Why and when did you go”?",
    "What is known about the search and rescue team?",
    "Why is Ruritania poorer than Graustark?",
    "Did she publish more than 15 novels and plays?",
    "Which is a comedy, The Mill or The Brewery?",
    "Were the mayors elected or appointed?",
    "The mill burns oil and coal. What does it burn at night?",
    "What drove the margin? If it is not useful, then state that and explain why.",
    "Tell me when the mill was built and who built it",
    "Compare the flow about a wing that is swept with that on a straight one",
    "Wer ist der Mann, der die Brücke baute und der sie zerstörte?",
    "Was sagten Ruritanien und Graustark?",
    "Когда сгорела мельница и почему?",
    "mill and brewery",
    "and",
    "",
)
SEVERAL = {
    "When did the bombing of the bridge happen and who ordered it?": [
        "When did the bombing of the bridge happen?", "who ordered the bombing of the bridge?",
    ],
    "Who is Ana Novak, and what did Petar Ilić say?": ["Who is Ana Novak?", "what did Petar Ilić say?"],
    "When and where was the treaty signed?": [
        "When was the treaty signed?", "where was the treaty signed?",
    ],
    "When, where and by whom was the treaty signed?": [
        "When was the treaty signed?", "where was the treaty signed?", "by whom was the treaty signed?",
    ],
    "Who won the medal, and in which sport?": ["Who won the medal?", "in which sport won the medal?"],
    "When was the bridge closed and why?": ["When was the bridge closed?", "why was the bridge closed?"],
    "From which day may citizens travel, and for how long?": [
        "From which day may citizens travel?", "for how long may citizens travel?",
    ],
    "When was KFOR founded? Who was its first commander?": [
        "When was KFOR founded?", "Who was KFOR’s first commander?",
    ],
    "Is the annex signed and did Novak accept it?": ["Is the annex signed?", "did Novak accept the annex?"],
    "What role did Ana Novak have in 2007, and what office has she held since 2019?": [
        "What role did Ana Novak have in 2007?", "what office has Ana Novak held since 2019?",
    ],
    "What did Ruritania and Graustark say about the border?": [
        "What did Ruritania say about the border?", "What did Graustark say about the border?",
    ],
    "How did the council vote on resolutions 12 and 14?": [
        "How did the council vote on resolution 12?", "How did the council vote on resolution 14?",
    ],
    "What posts did Novak hold in 2007, in February 2017 and in 2023?": [
        "What posts did Novak hold in 2007?", "What posts did Novak hold in February 2017?",
        "What posts did Novak hold in 2023?",
    ],
    "Who founded the mill and the brewery?": ["Who founded the mill?", "Who founded the brewery?"],
    "What do the ICO and the ZSO stand for?": ["What do the ICO stand for?", "What do the ZSO stand for?"],
    "Wann und wo wurde das Abkommen unterzeichnet?": [
        "Wann wurde das Abkommen unterzeichnet?", "wo wurde das Abkommen unterzeichnet?",
    ],
    "Когда сгорела старая мельница? Кто её построил?": [
        "Когда сгорела старая мельница?", "Кто её построил - сгорела старая мельница?",
    ],
}  # fmt: skip
COMPARED = {
    "Which is older, the mill or the brewery?": [
        "When was the mill founded?", "When was the brewery founded?",
    ],
    "Who was born first, Ana Novak or Petar Ilić?": [
        "When was Ana Novak born?", "When was Petar Ilić born?",
    ],
    "Which mountain is higher, Rtanj or Stol?": ["How high is Rtanj?", "How high is Stol?"],
    "Which genus has more species, Crowea or Dracula?": [
        "How many species has Crowea?", "How many species has Dracula?",
    ],
    "Is the mill older than the brewery?": ["When was the mill founded?", "When was the brewery founded?"],
    "Compare the mill with the brewery.": ["the mill?", "the brewery?"],
    "Compare the positions of Ruritania and Graustark on number plates.": [
        "the positions of Ruritania on number plates?", "the positions of Graustark on number plates?",
    ],
    "How does the mill differ from the brewery?": ["the mill?", "the brewery?"],
    "Were Ana Novak and Petar Ilić both members of the council?": [
        "Were Ana Novak members of the council?", "Were Petar Ilić members of the council?",
    ],
    "Are Aladdin and Dumbo produced by the same company?": [
        "Which company Are Aladdin produced by?", "Which company Are Dumbo produced by?",
    ],
    "What profession do Ana Novak and Petar Ilić have in common?": [
        "What profession do Ana Novak have?", "What profession do Petar Ilić have?",
    ],
    "How did the share of the state change between 2011 and 2022?": [
        "What was the share of the state in 2011?", "What was the share of the state in 2022?",
    ],
    "How did the number of firms at the end of 2023 compare with 2022?": [
        "What was the number of firms at the end of 2023?",
        "What was the number of firms at the end of 2022?",
    ],
}  # fmt: skip


@pytest.mark.parametrize("question", ONE)
def test_one_question_is_not_taken_apart(question: str) -> None:
    assert decompose(question) == WHOLE


@pytest.mark.parametrize("question", SEVERAL)
def test_several_questions_are_told_apart_and_keep_what_they_need(question: str) -> None:
    parts = decompose(question)
    assert [part.text for part in parts.parts] == SEVERAL[question]
    assert not parts.compared


@pytest.mark.parametrize("question", COMPARED)
def test_a_comparison_asks_the_same_about_each_side(question: str) -> None:
    parts = decompose(question)
    assert [part.text for part in parts.parts] == COMPARED[question]
    assert parts.compared


def test_a_pronoun_may_mean_whom_the_part_before_asks_for() -> None:
    who, when = decompose("Who led the delegation at Rambouillet, and when did his trial begin?").parts
    assert when.refers
    assert not who.refers
    assert not decompose("Who is Ana Novak, and when was she born?").parts[1].refers


def test_the_headings_are_the_words_of_the_question() -> None:
    assert [p.asks for p in decompose("When was the bridge closed and why?").parts] == [
        "When was the bridge closed?", "Why?",
    ]  # fmt: skip
    assert [p.asks for p in decompose("Which is older, the mill or the brewery?").parts] == [
        "The mill", "The brewery",
    ]  # fmt: skip


WORDS = st.sampled_from(
    "who what when where why how which did was is the of in by for a or than both Ana Novak KFOR 1999 "
    "mill brewery council signed founded said older first more members resolution 12 it she his , ? -".split()
)
CONJUNCTION = st.sampled_from(["and", "or", "und", "but", "? Who"])


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_a_question_without_a_conjunction_is_not_taken_apart(question: str) -> None:
    one = re.sub(r"\b(?:or|than|both)\b|\?\s", " ", question)
    assert decompose(one) == WHOLE


@given(st.lists(st.one_of(WORDS, CONJUNCTION), max_size=16).map(" ".join))
def test_parts_are_few_differ_and_hold_no_word_that_was_not_said(question: str) -> None:
    parts = decompose(question).parts
    assert len(parts) <= MOST
    assert len({p.text.casefold() for p in parts}) == len(parts) != 1
    said = {words.stem(w) for w in words.tokens(question)} | {words.stem(w) for w in _ADDED}
    for part in parts:
        assert part.asks
        assert {words.stem(w) for w in words.tokens(part.text)} <= said


_ADDED = (
    "when how many high tall long large big wide deep fast strong short small heavy numerous old what was "
    "which is born founded released"
).split()
"""Words with which the side of a comparison is asked about."""


@given(st.text(max_size=600))
def test_any_text_will_do(question: str) -> None:
    decompose(question)
