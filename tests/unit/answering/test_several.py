"""Parts are answered by themselves, lists in full, and what one sentence answers stays one claim."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_desktop.answering.as_json import answer_to_json
from qa_desktop.answering.lists import wants_list
from qa_desktop.domain import Answer, Question, Verdict, text_of
from qa_desktop.library import Library
from tests.support.library import library_of

TEXTS = {
    "mill.txt": "The mill was founded by Jakob Stein in 1855. The mill burned down in 1944.",
    "museum.txt": "The brewery in the lower town employs forty people. The mill is a museum since 1988.",
    "brewery.txt": "The brewery was founded by Maria Roth in 1901. Maria Roth was born in Graz in 1860.",
    "copy.txt": "The brewery was founded by Maria Roth in 1901. Maria Roth was born in Graz in 1860.",
    "elections.md": """# Elections in the valley

The mayor was ready to repeat the elections in the north under three conditions:

- Belgrade does not call for a boycott.
- Local Serbs take part.
- The vote keeps to the law.

The council has met since then.

## Members of the council

- Ana Novak
- Petar Ilić
- Lea Horvat
""",
    "crossings.csv": """Crossing,Side,Opened
Merdare,north,10 December 2012
Jarinje,north,10 December 2012
Brnjak,north,31 December 2012
Končulj,south,10 December 2012
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(TEXTS, tmp_path_factory) as made:
        yield made


def ask(library: Library, question: str) -> Answer:
    return library.ask(Question(question), patient=True)


def claims_of(answer: Answer, place: int) -> list[str]:
    return [answer.claims[n].text for n in answer.parts[place].claims]


def test_each_part_is_answered_from_its_own_document(library: Library) -> None:
    answer = ask(library, "When was the mill founded, and how many people does the brewery employ?")
    assert answer.verdict is Verdict.ANSWERED
    assert [p.short_answer for p in answer.parts] == ["1855", "forty"]
    assert answer.short_answer == "1855; forty"
    assert claims_of(answer, 0)[0].startswith("The mill was founded by Jakob Stein")
    assert claims_of(answer, 1)[0].startswith("The brewery in the lower town employs")
    assert {h.document.name for h in answer.hits[:2]} == {"mill.txt", "museum.txt"}
    assert [h.score for h in answer.hits] == sorted((h.score for h in answer.hits), reverse=True)


def test_what_one_sentence_answers_is_not_taken_apart(library: Library) -> None:
    answer = ask(library, "When was the mill founded and by whom?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.parts == ()
    assert answer.claims[0].text == "The mill was founded by Jakob Stein in 1855."


def test_a_part_without_an_answer_is_named_and_the_rest_is_answered(library: Library) -> None:
    answer = ask(library, "When was the mill founded, and how deep is the Mariana Trench?")
    assert answer.verdict is Verdict.PARTIAL
    assert [p.verdict for p in answer.parts] == [Verdict.ANSWERED, Verdict.NOT_FOUND]
    assert answer.parts[1].claims == ()
    assert answer.short_answer == ""


def test_nothing_is_made_of_parts_that_no_document_speaks_of(library: Library) -> None:
    answer = ask(library, "How deep is the Mariana Trench, and who was the first to dive there?")
    assert answer.verdict is Verdict.NOT_FOUND
    assert (answer.claims, answer.parts) == ((), ())
    assert answer.hits


def test_a_comparison_shows_both_sides_under_their_names(library: Library) -> None:
    answer = ask(library, "Which is older, the mill or the brewery?")
    assert answer.compared
    assert [(p.asks, p.short_answer) for p in answer.parts] == [("The mill", "1855"), ("The brewery", "1901")]
    assert "mill" in claims_of(answer, 0)[0]
    assert "brewery" in claims_of(answer, 1)[0]


def test_a_side_that_is_missing_is_said(library: Library) -> None:
    answer = ask(library, "Which is older, the mill or the castle?")
    assert answer.verdict is Verdict.PARTIAL
    assert [bool(p.claims) for p in answer.parts] == [True, False]


def test_a_pronoun_is_read_as_the_person_who_was_found(library: Library) -> None:
    answer = ask(library, "Who founded the brewery, and where was she born?")
    assert "Graz" in claims_of(answer, 1)[0]


def test_copies_of_a_text_are_one_source_in_every_part(library: Library) -> None:
    answer = ask(library, "Who founded the mill and the brewery?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.sources() == 2
    for part in answer.parts:
        assert all(answer.sources(answer.claims[n].citations) == 1 for n in part.claims)


def test_every_quote_of_every_part_can_be_cut_out_again(library: Library) -> None:
    answer = ask(library, "When was the mill founded, and how many people does the brewery employ?")
    assert len(answer.citations) >= 2
    for number, citation in enumerate(answer.citations, start=1):
        assert citation.number == number
        assert text_of(citation.runs, library.pages(citation.document.id)) == citation.quote


def test_json_tells_the_parts_and_their_claims(library: Library) -> None:
    data = answer_to_json(ask(library, "Which is older, the mill or the brewery?"))
    assert data["compared"] is True
    assert [p["asks"] for p in data["parts"]] == ["The mill", "The brewery"]
    assert [data["claims"][p["claims"][0]]["text"][:9] for p in data["parts"]] == ["The mill ", "The brewe"]
    assert answer_to_json(ask(library, "When was the mill founded?"))["parts"] == []


def test_a_list_under_a_sentence_is_quoted_in_full_and_in_order(library: Library) -> None:
    answer = ask(library, "Under what conditions was the mayor ready to repeat the elections?")
    assert [c.text for c in answer.claims][1:] == [
        "Belgrade does not call for a boycott.", "Local Serbs take part.", "The vote keeps to the law.",
    ]  # fmt: skip
    assert len({n for c in answer.claims for n in c.citations}) == 4


def test_a_list_under_a_heading_is_found_though_its_items_are_two_words(library: Library) -> None:
    answer = ask(library, "Who are the members of the council?")
    assert [c.text for c in answer.claims] == ["Ana Novak", "Petar Ilić", "Lea Horvat"]


def test_rows_that_hold_what_is_asked_are_listed_and_no_other(library: Library) -> None:
    answer = ask(library, "Which crossings were opened on 10 December 2012?")
    assert [c.text.split()[0] for c in answer.claims] == ["Merdare", "Jarinje", "Končulj"]


@pytest.mark.parametrize(
    "question",
    [
        "Which states recognise it?", "What are the conditions of the treaty?", "Name the members.",
        "Which five states joined?", "List all the bridges.", "Under what conditions was she ready?",
        "Who are the members of the council?", "Welche Staaten haben es anerkannt?",
    ],
)  # fmt: skip
def test_a_question_for_several_things_wants_a_list(question: str) -> None:
    assert wants_list(question)


@pytest.mark.parametrize(
    "question",
    ["Which state recognised it?", "What is the status of the treaty?", "When was it?", "Name of the mill?",
     "What was the news?", "What process is described?", "Who signed?", "Welcher Staat hat es anerkannt?"],
)  # fmt: skip
def test_a_question_for_one_thing_does_not(question: str) -> None:
    assert not wants_list(question)
