"""The kind of thing a question asks for is told by its form, and found in sentences."""

from __future__ import annotations

import pytest

from qa_desktop.answering.kinds import Kind, candidates, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Russia leave KFOR?", Kind.DATE),
        ("Suriname recognition revoked when", Kind.DATE),
        ("On what date was the resolution adopted?", Kind.DATE),
        ("In which year did it open?", Kind.DATE),
        ("How many states abstained?", Kind.NUMBER),
        ("What gas price was agreed?", Kind.NUMBER),
        ("What share of the company is Russian?", Kind.NUMBER),
        ("Who signed the agreement?", Kind.PERSON),
        ("Which foreign minister said so?", Kind.PERSON),
        ("Where did the talks take place?", Kind.PLACE),
        ("In which town is the centre?", Kind.PLACE),
        ("Why did the talks fail?", Kind.OPEN),
        ("Was the commissioner there when the stone was set?", Kind.OPEN),
        ("Did the minister who signed it resign?", Kind.OPEN),
        ("Does the report say when the bridge opened?", Kind.DATE),
        ("Is it known who signed it?", Kind.PERSON),
        ("What does BARS stand for?", Kind.OPEN),
        ("the man who was not there", Kind.PERSON),
        ("", Kind.OPEN),
    ],
)
def test_the_form_of_a_question_tells_what_it_asks_for(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


def held(kind: Kind, sentence: str, question: str = "") -> list[str]:
    return [sentence[a:b] for a, b in candidates(kind, sentence, question)]


@pytest.mark.parametrize(
    "date",
    ["24 September 2023", "September 24, 2023", "2023-09-24", "24.09.2023", "September 2023", "mid-2003",
     "1998-1999", "January 13th and 14th, 2022", "the 1990s"],
)  # fmt: skip
def test_dates_are_found_in_any_usual_form(date: str) -> None:
    assert held(Kind.DATE, f"It came to an end in {date} at last.") == [date.removeprefix("the ")]


@pytest.mark.parametrize(
    "number", ["45", "3,000", "€547 million", "42 percent", "nine thousand", "3.5 %", "twenty-two", "12 to 3"]
)
def test_numbers_are_found_with_their_units(number: str) -> None:
    assert held(Kind.NUMBER, f"There were {number} of them on 9 June 1999.") == [number]


def test_what_the_question_says_itself_is_no_answer() -> None:
    sentence = "On 9 June 1999 and again on 10 June 1999 they met."
    assert held(Kind.DATE, sentence, "Who met on 9 June 1999?") == ["10 June 1999"]


def test_the_capital_letter_of_a_sentence_is_no_name() -> None:
    assert held(Kind.PERSON, "Yesterday it was said by Martti Ahtisaari that it would be so.") == [
        "Martti Ahtisaari"
    ]


def test_an_open_question_marks_nothing() -> None:
    assert held(Kind.OPEN, "On 9 June 1999 Martti Ahtisaari met 45 people.") == []
