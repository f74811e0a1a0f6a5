"""A card quotes exactly, shows a little around the quote, and the verdict never says more than is so."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Difference,
    DocumentEntry,
    Hit,
    Passage,
    Question,
    Run,
    Sentence,
    Verdict,
)
from qa_desktop.gui import excerpt
from qa_desktop.gui.examples import example_questions

letters = st.text(st.characters(categories=("L", "P", "N")), min_size=1, max_size=12)
sentences = st.lists(letters, min_size=1, max_size=40).map(" ".join)


def document(number: int) -> DocumentEntry:
    return DocumentEntry(
        number, f"{number}.txt", "", "text", f"Paper {number}", "", "", False, 1, 1, 1, "", "searchable"
    )


def citation(number: int, document_id: int, quote: str, marks: tuple[tuple[int, int], ...] = ()) -> Citation:
    return Citation(number, document(document_id), number, quote, (Run(1, 0, 1),), None, "", "", (), marks)


def hit(passage_id: int, *texts: str) -> Hit:
    passage = Passage(0, "body", (), tuple(Sentence(t, (Run(1, 0, 1),)) for t in texts), passage_id, 1)
    return Hit(passage, document(1), 1.0)


def answer(
    verdict: Verdict, claims: list[Claim], citations: list[Citation], differs: list[Difference] | None = None
) -> Answer:
    return Answer(
        Question("?"),
        verdict,
        0.5,
        tuple(claims),
        tuple(citations),
        (),
        Coverage(3, 4),
        "",
        tuple(differs or ()),
    )


@given(sentences, sentences, sentences, st.data())
def test_the_quote_stands_unaltered_between_what_surrounds_it(
    before: str, quote: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(quote)))
    end = data.draw(st.integers(start, len(quote)))
    shown = excerpt.around(citation(1, 1, quote, ((start, end),)), (hit(1, before, quote, after),))
    assert quote in shown.text
    assert shown.text[shown.marks[0][0] : shown.marks[0][1]] == quote[start:end]
    loud = list(shown.text)
    for first, last in shown.quiet:
        loud[first:last] = [""] * (last - first)
    assert "".join(loud) == quote
    assert len(shown.text) <= len(quote) + 2 * 260


def test_a_quote_whose_passage_is_not_at_hand_is_shown_alone() -> None:
    assert excerpt.around(citation(1, 1, "It left."), ()).text == "It left."


def test_sources_agree_only_where_one_claim_rests_on_several_documents() -> None:
    two = [citation(1, 1, "a"), citation(2, 2, "b")]
    together = answer(Verdict.ANSWERED, [Claim("a", (1, 2))], two)
    apart = answer(Verdict.ANSWERED, [Claim("a", (1,)), Claim("b", (2,))], two)
    same = answer(Verdict.ANSWERED, [Claim("a", (1, 2))], [citation(1, 1, "a"), citation(2, 1, "b")])
    assert excerpt.verdict(together)[0] == "Answered · 2 sources agree"
    assert excerpt.verdict(apart)[0] == "Answered · from 2 sources"
    assert excerpt.verdict(same)[0] == "Answered · from one source"


def test_partial_differing_and_missing_answers_are_called_so() -> None:
    one = [citation(1, 1, "a")]
    partial = excerpt.verdict(answer(Verdict.PARTIAL, [Claim("a", (1,))], one))[0]
    assert "Probably" in partial
    assert "only in part" in partial
    assert "Not found" in excerpt.verdict(answer(Verdict.NOT_FOUND, [], []))[0]
    differs = [Difference("the date", (("a", 1), ("b", 2)))]
    itself = excerpt.verdict(answer(Verdict.ANSWERED, [Claim("a", (1,))], one, differs))[0]
    assert itself == "Answered · the source may contradict itself"
    two = [*one, citation(2, 2, "b")]
    each_other = excerpt.verdict(
        answer(Verdict.ANSWERED, [Claim("a", (1,)), Claim("b", (2,))], two, differs)
    )[0]
    assert each_other == "Answered · the sources may differ"
    assert excerpt.coverage(answer(Verdict.NOT_FOUND, [], [])) == "Searched 3 of 4 documents."


def test_examples_have_answers_and_come_from_different_documents(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "question": "A?", "answers": ["a"], "evidence": [{"doc": "1.txt"}]},
        {"id": 2, "question": "Same?", "answers": ["a"], "evidence": [{"doc": "1.txt"}]},
        {"id": 3, "question": "None?", "answers": [], "evidence": []},
        {"id": 4, "question": "B?", "answers": ["b"], "evidence": [{"doc": "2.txt"}]},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert example_questions(path) == ("A?", "B?")
    path.write_text("no json", "utf-8")
    assert example_questions(path) == ()
    assert example_questions(tmp_path / "missing.jsonl") == ()
