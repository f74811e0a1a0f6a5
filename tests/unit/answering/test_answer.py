"""From documents to an answer, with the real models and a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_desktop.answering.as_json import answer_to_json
from qa_desktop.domain import Question, Verdict, text_of
from qa_desktop.library import Library
from tests.support.library import library_of

TEXTS = {
    "centre.txt": "The fire station of the town was founded on 25 April 2012.",
    "seminar.txt": "In 2011 the fire station of the town was founded, as everybody knows.",
    "mission.md": """# The mission

Russian soldiers took part in the peacekeeping mission from June 1999. The Russian contingent left the
mission in July 2003.[^1] Its base stood empty for a year.

[^1]: Ministry of Defence, press release of 24 July 2003.
""",
    "digest.txt": "In July 2003 the Russian contingent left the mission. It was fine weather in Belgrade.",
    "bridge.txt": "The bridge over the river was closed on 3 March 2015. Two days later, on 5 June 2015, the "
    "mayor opened it again.",
    "fair.txt": "The trade fair of the region opened in 1957. It is about machines and not about soldiers.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(TEXTS, tmp_path_factory) as made:
        yield made


def test_the_answer_is_a_sentence_of_each_source(library: Library) -> None:
    answer = library.ask(Question("When did the Russian contingent leave the mission?"), patient=True)
    assert answer.verdict is Verdict.ANSWERED
    assert "July 2003" in answer.claims[0].text
    assert {c.document.name for c in answer.citations} == {"mission.md", "digest.txt"}
    assert len(answer.claims[0].citations) == 2, "the same from two sources is one claim"
    assert answer.short_answer == "July 2003"


def test_every_quote_can_be_cut_out_of_the_stored_text(library: Library) -> None:
    answer = library.ask(Question("When did the Russian contingent leave the mission?"), patient=True)
    for citation in answer.citations:
        assert text_of(citation.runs, library.pages(citation.document.id)) == citation.quote


def test_a_question_for_the_source_is_answered_with_the_note(library: Library) -> None:
    answer = library.ask(
        Question("What is the source for the claim that the Russian contingent left in July 2003?"),
        patient=True,
    )
    assert any(c.text.startswith("Ministry of Defence") for c in answer.claims)


def test_what_no_document_speaks_of_is_not_found(library: Library) -> None:
    answer = library.ask(Question("How deep is the Mariana Trench?"), patient=True)
    assert answer.verdict is Verdict.NOT_FOUND
    assert (answer.claims, answer.text) == ((), "")
    assert answer.hits, "the nearest passages are shown all the same"


def test_sources_that_differ_stand_side_by_side_and_none_is_preferred(library: Library) -> None:
    answer = library.ask(Question("When was the fire station of the town founded?"), patient=True)
    (difference,) = answer.differs
    assert {text for text, _ in difference.sides} == {TEXTS["centre.txt"], TEXTS["seminar.txt"]}
    assert answer.short_answer == ""


def test_the_scope_is_kept_and_said(library: Library) -> None:
    question = Question("When did the Russian contingent leave?", within=("digest.txt",))
    answer = library.ask(question, patient=True)
    assert {h.document.name for h in answer.hits} == {"digest.txt"}
    assert (answer.coverage.searched, answer.coverage.total) == (1, len(TEXTS))


def test_the_json_object_has_what_the_contract_promises(library: Library) -> None:
    data = answer_to_json(library.ask(Question("When did the contingent leave?"), patient=True), "q-1")
    assert set(data) == {
        "id", "question", "filters", "verdict", "confidence", "answer", "short_answer", "claims", "citations",
        "differs", "parts", "compared", "missing_phrases", "hits", "coverage", "read_as", "timings_ms",
    }  # fmt: skip
    assert set(data["timings_ms"]) == {"encode", "search", "rerank", "answer", "total"}
    assert data["citations"][0]["page"] is None
    assert Path(data["citations"][0]["doc"]).suffix in {".md", ".txt"}


def test_dates_that_do_not_add_up_stand_side_by_side(library: Library) -> None:
    answer = library.ask(Question("When was the bridge over the river closed?"), patient=True)
    (difference,) = answer.differs
    assert difference.about == "how the dates follow each other"
    (closed, _), (opened, _) = difference.sides
    assert "3 March 2015" in closed
    assert "5 June 2015" in opened
