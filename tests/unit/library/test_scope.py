"""Asking with filters and phrases: what is searched, what is quoted, what is said where nothing is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_desktop.domain import Filter, Question, Verdict, text_of
from qa_desktop.errors import UsageError
from qa_desktop.library import Library

TEXTS = {
    "press/bridge.md": "---\nauthor: Ana Phillips\ndate: 2022-05-01\n---\n\n# The bridge\n\n"
    "The bridge of Mitrovica was blocked with gravel in June 2011. Repairs began in August 2016.\n",
    "press/drafts/bridge.txt": "The bridge of Mitrovica was blocked with sand in 2012, says this draft.\n",
    "notes.md": "---\ndate: 2021\n---\n\nNobody says the bridge of Mitrovica is a symbol. It is a bridge.\n",
}
QUESTION = "When was the bridge of Mitrovica blocked?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("scope")
    for name, text in TEXTS.items():
        path = folder / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True) as library:
        library.add([folder / "papers"])
        yield library


def searched(library: Library, typed: str, **more: object) -> set[str]:
    answer = library.ask(Question(typed, **more), patient=True)  # type: ignore[arg-type]
    return {h.document.name for h in answer.hits}


def test_filters_typed_and_given_and_ticks_hold_together(library: Library) -> None:
    ids = {e.name: e.id for e in library.documents()}
    bridge, draft, notes = "press/bridge.md", "press/drafts/bridge.txt", "notes.md"
    assert searched(library, f"{QUESTION} in:press/") == {bridge, draft}
    assert searched(library, f"in:press/ -in:press/drafts/ {QUESTION}") == {bridge}
    assert searched(library, f"{QUESTION} in:press/", within=("*.md",)) == {bridge}
    assert searched(library, f"{QUESTION} type:text", documents=frozenset([ids[notes]])) == {notes}
    assert searched(library, f"{QUESTION} after:2020", only=(Filter("before", "2022"),)) == {notes}
    assert searched(library, f"{QUESTION} in:*.txt", only=(Filter("in", "*.md"),)) == set()


def test_the_answer_tells_its_filters_and_who_was_left_out(library: Library) -> None:
    answer = library.ask(Question(f"{QUESTION} after:2021 author:phillips"), patient=True)
    assert answer.question.text == QUESTION
    assert [f.typed for f in answer.question.all_filters] == ["after:2021", "author:phillips"]
    assert (answer.coverage.searched, answer.coverage.total) == (1, 3)
    assert answer.coverage.left_out == (("date", 1),)
    assert answer.verdict is Verdict.ANSWERED
    same = library.ask(Question(QUESTION, within=("press/bridge.md",)), patient=True)
    assert [c.text for c in answer.claims] == [c.text for c in same.claims]
    assert answer.confidence == same.confidence


def test_where_no_document_fits_nothing_is_found_and_nothing_was_searched(library: Library) -> None:
    answer = library.ask(Question(f"{QUESTION} type:pdf"), patient=True)
    assert (answer.verdict, answer.hits, answer.coverage.searched) == (Verdict.NOT_FOUND, (), 0)


def test_a_mistake_is_raised_before_anything_is_searched(library: Library) -> None:
    with pytest.raises(UsageError, match="after:yesterday"):
        library.ask(Question(f"{QUESTION} after:yesterday"))


def test_only_passages_with_the_phrase_are_found(library: Library) -> None:
    answer = library.ask(Question('When was the bridge "blocked with gravel"?'), patient=True)
    assert answer.verdict is Verdict.ANSWERED
    assert {c.document.name for c in answer.citations} == {"press/bridge.md"}
    assert [answer.question.fits(h.passage) for h in answer.hits] == [True, False, False]
    assert answer.hits[0].document.name == "press/bridge.md"
    assert [h.score for h in answer.hits] == sorted((h.score for h in answer.hits), reverse=True)
    assert all(h.locator for h in answer.hits)
    assert not answer.missing
    at_once = library.ask(Question('When was the bridge "blocked with gravel"?'))
    assert {h.document.name for h in at_once.hits} == {"press/bridge.md"}


def test_a_phrase_that_stands_nowhere_is_said_and_what_is_near_is_shown(library: Library) -> None:
    answer = library.ask(Question('When was the bridge "blocked with concrete"?'), patient=True)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.missing == ("blocked with concrete",)
    assert (answer.claims, answer.citations, answer.short_answer, answer.confidence) == ((), (), "", 0.0)
    assert answer.hits


def test_a_phrase_alone_is_looked_up(library: Library) -> None:
    answer = library.ask(Question('"the BRIDGE of mitrovica"'), patient=True)
    assert answer.verdict is Verdict.ANSWERED
    assert {c.document.name for c in answer.citations} == set(TEXTS)
    for citation in answer.citations:
        assert text_of(citation.runs, library.pages(citation.document.id)) == citation.quote
        assert [citation.quote[a:b].lower() for a, b in citation.marks] == ["the bridge of mitrovica"]


def test_a_phrase_over_two_sentences_is_quoted_as_both(library: Library) -> None:
    answer = library.ask(Question("„June 2011. Repairs“"), patient=True)
    assert [c.quote for c in answer.citations] == [
        "The bridge of Mitrovica was blocked with gravel in June 2011.",
        "Repairs began in August 2016.",
    ]
    assert library.ask(Question("“June 2011. Repairers”"), patient=True).verdict is Verdict.NOT_FOUND


def test_a_phrase_in_a_heading_is_quoted_from_there(library: Library) -> None:
    answer = library.ask(Question('"The bridge" in:press/bridge.md -in:press/drafts/'), patient=True)
    assert answer.verdict is Verdict.ANSWERED
