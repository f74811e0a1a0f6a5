"""Questions for several things, from the command line, over the demonstration documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Program

TWO = "Who led the delegation of the Kosovo Albanians at Rambouillet, and when did his trial begin?"
HALF = "When did Poland and Portugal recognise Kosovo?"


def ask(cli: Program, question: str, library: Path) -> Any:
    return cli("ask", question, "--library", library, "--json").json


def test_two_questions_are_answered_from_two_documents(cli: Program, demonstration: Path) -> None:
    answer = ask(cli, TWO, demonstration)
    assert answer["verdict"] == "answered"
    assert answer["short_answer"] == "Hashim Thaçi; 3 April 2023"
    assert [p["asks"] for p in answer["parts"]] == [
        "Who led the delegation of the Kosovo Albanians at Rambouillet?", "When did his trial begin?",
    ]  # fmt: skip
    cited = {c["doc"] for c in answer["citations"]}
    assert "papers/russia-and-the-kosovo-question.pdf" in cited
    assert len(cited) > 1
    assert cited <= {h["doc"] for h in answer["hits"][:4]}


def test_the_terminal_shows_parts_under_headings_and_what_is_missing(
    cli: Program, demonstration: Path
) -> None:
    lines = cli("ask", HALF, "--library", demonstration).stdout.splitlines()
    assert lines[0] == "Answered in part · 1 of 2 parts · 1 source"
    poland, portugal = lines.index("Poland"), lines.index("Portugal")
    assert "26 February 2008" in lines[poland + 1]
    assert lines[portugal + 1] == "  Not found in this library."


@pytest.mark.parametrize(
    "question",
    [
        "Who won Kosovo's first Olympic gold medal, and in which sport?",
        "From which day may citizens of Kosovo travel without a visa, and for how long?",
        "When and where was the Kumanovo agreement signed?",
    ],
)
def test_one_sentence_that_holds_everything_is_one_claim(
    cli: Program, demonstration: Path, question: str
) -> None:
    answer = ask(cli, question, demonstration)
    assert answer["verdict"] == "answered"
    assert answer["parts"] == []


def test_the_same_text_in_two_places_is_counted_as_one_source(cli: Program, demonstration: Path) -> None:
    question = "Who has chaired the working group on missing persons since 2004?"
    answer = ask(cli, question, demonstration)
    (claim,) = [c for c in answer["claims"] if "2004" in c["text"]]
    assert claim["sources"] == 1
    shown = cli("ask", question, "--library", demonstration).stdout
    assert "· 1 source" in shown.splitlines()[0]


def test_a_question_for_a_list_lists_every_row_and_no_other(cli: Program, demonstration: Path) -> None:
    answer = ask(cli, "Which states recognised Kosovo on 18 February 2008?", demonstration)
    states = ["Afghanistan", "Albania", "France", "Türkiye", "United Kingdom", "United States"]
    assert [c["text"].split(" 18 ")[0] for c in answer["claims"]] == states
    assert [c["citations"] for c in answer["claims"]] == [[n] for n in range(1, len(states) + 1)]


def test_a_comparison_shows_what_is_said_of_each(cli: Program, demonstration: Path) -> None:
    answer = ask(cli, "Who was born first, Boris Tadić or Tomislav Nikolić?", demonstration)
    assert answer["compared"]
    said = {p["asks"]: answer["claims"][p["claims"][0]]["text"] for p in answer["parts"]}
    assert "1958" in said["Boris Tadić"]
    assert "1952" in said["Tomislav Nikolić"]
