"""Why an answer was given or declined, in words that are true for what was weighed."""

from __future__ import annotations

import pytest

from qa_desktop.domain import Answer, Coverage, Question, Trace, Verdict
from qa_desktop.gui import excerpt
from qa_desktop.gui.verdict_words import why

FITTING = {"sentence": 0.7, "passage": 0.9}


def weighed(verdict: Verdict, confidence: float, facts: dict[str, float], strange: str = "") -> Answer:
    trace = Trace(facts=tuple(facts.items()), strange=strange)
    return Answer(Question("?"), verdict, confidence, (), (), (), Coverage(4, 4), trace=trace)


def test_a_word_that_the_sources_do_not_speak_of_is_named_at_once_and_in_the_reasons() -> None:
    facts = FITTING | {"strange_though_fitting": 0.8}
    declined = weighed(Verdict.NOT_FOUND, 0.234, facts, "price")
    assert "says nothing of “price”" in " ".join(why(declined))
    assert "says nothing of “price”" in excerpt.verdict(declined)[1]
    assert "probability is only 23 %" in why(declined)[-1]
    hardly = weighed(Verdict.NOT_FOUND, 0.2, FITTING | {"strange_though_fitting": 0.1}, "price")
    assert "price" not in " ".join(why(hardly)), "what weighed nothing is no reason"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"asks_for_a_kind": 1.0, "nothing_of_the_kind": 1.0}, "asks for a date or a number, and the best"),
        ({"asks_for_a_kind": 1.0, "asks_for_a_name": 1.0, "nothing_of_the_kind": 1.0}, "holds none"),
        ({"asks_for_a_kind": 1.0, "nothing_of_it_answers": 1.0}, "does not answer it"),
        ({"asks_for_a_kind": 1.0}, "holds one that answers"),
        ({"asks_for_a_kind": 1.0, "sentence": -0.5}, "holds one of something else"),
        (
            {"asks_for_a_kind": 1.0, "offers_a_choice": 1.0},
            "offers two things, and the best sentence holds one",
        ),
        ({"asks_for_a_kind": 1.0, "offers_a_choice": 1.0, "nothing_of_the_kind": 1.0}, "holds neither"),
        ({"head_on_first": -1.0}, "about the matter, but does not seem to say"),
        ({"sentence": -0.9, "head_on_first": 1.0}, "seems to answer the question, in other words"),
        ({"head_on_first": 1.0}, "fits the question well"),
        ({}, "fits the question well"),
        ({"sentence": -0.9, "passage": 0.8}, "none of its sentences fits"),
        ({"sentence": -0.9, "passage": -0.8}, "No sentence and no passage fits"),
    ],
)
def test_each_fact_has_its_sentence(facts: dict[str, float], said: str) -> None:
    assert said in " ".join(why(weighed(Verdict.NOT_FOUND, 0.1, FITTING | facts)))


def test_nothing_to_weigh_is_said_as_well() -> None:
    assert why(weighed(Verdict.NOT_FOUND, 0.0, {})) == ["No sentence was found that could be weighed."]
