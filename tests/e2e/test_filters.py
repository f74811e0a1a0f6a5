"""Filters and phrases from the command line to the answer, on the demonstration documents."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.program import Program

PLATES = "Who mediated the agreement on number plates?"


def docs(result: dict[str, list[dict[str, str]]]) -> set[str]:
    return {hit["doc"] for hit in result["hits"]}


def test_filters_typed_and_given_are_the_same(cli: Program, demonstration: Path) -> None:
    typed = cli("ask", f"{PLATES} in:press/ type:web after:2021", "--library", demonstration, "--json").json
    assert typed["question"] == f"{PLATES} in:press/ type:web after:2021"
    assert typed["filters"] == [
        {"name": "in", "value": "press/", "negated": False},
        {"name": "type", "value": "web", "negated": False},
        {"name": "after", "value": "2021", "negated": False},
    ]
    assert "press/number-plates.html" in docs(typed)
    assert all(doc.startswith("press/") and doc.endswith("html") for doc in docs(typed))
    assert "press/humanitarian-centre-nis.html" not in docs(typed)  # of 2021
    options = ("--in", "press/", "--type", "web", "--after", "2021")
    given = cli("ask", PLATES, *options, "--library", demonstration, "--json").json
    for key in ("filters", "verdict", "confidence", "claims", "citations", "hits", "coverage"):
        assert given[key] == typed[key], key


def test_filters_are_shown_back_and_who_was_left_out(cli: Program, demonstration: Path) -> None:
    shown = cli("ask", f"{PLATES} -in:press/ after:2023-06", "--library", demonstration).stdout
    assert "Kept to: -in:press/  after:2023-06" in shown
    assert "documents without a date left out." in shown
    by_name = cli("ask", "Which bases were there? author:kovacic", "--library", demonstration, "--json").json
    assert docs(by_name) == {"notes/slatina-airfield.txt"}
    assert by_name["coverage"]["left_out"]["author"] > 3
    serbian = cli("ask", "Који је позивни број? language:sr", "--library", demonstration, "--json").json
    assert docs(serbian) == {"notes/pozivni-broj.rtf"}


def test_a_filter_that_makes_no_sense_is_wrong_usage(
    cli: Program, demonstration: Path, tmp_path: Path
) -> None:
    typed = cli("ask", "When? after:yesterday", "--library", demonstration, expect=2)
    assert "“yesterday” is no date" in " ".join(typed.stderr.split())
    given = cli("ask", "When?", "--type", "scroll", "--library", demonstration, "--json", expect=2)
    assert json.loads(given.stdout or given.stderr)["error"]["code"] == "usage"
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "When?"}\n{"question": "When? on:today"}\n', encoding="utf-8")
    many = cli("ask", "--questions", file, "--library", demonstration, expect=2)
    assert "Line 2" in many.stderr
    assert not many.stdout


def test_where_no_document_fits_that_is_said(cli: Program, demonstration: Path) -> None:
    shown = cli("ask", f"{PLATES} in:nowhere/", "--library", demonstration).stdout
    assert shown.startswith("Not found in this library.")
    assert "No document fits the filters." in shown


def test_a_phrase_is_exact_also_over_a_mended_hyphen(cli: Program, demonstration: Path) -> None:
    alone = cli("ask", '"signed an Intergovernmental agreement"', "--library", demonstration, "--json").json
    assert alone["verdict"] == "answered"
    assert all("signed an intergovernmental agreement" in c["quote"] for c in alone["citations"])
    assert "papers/energy-brief.pdf" in {c["doc"] for c in alone["citations"]}
    within = cli(
        "ask", "When was the “intergovernmental agreement” signed?", "--library", demonstration, "--json"
    )
    held = [hit for hit in within.json["hits"] if hit["holds_phrases"]]
    assert held
    assert held == within.json["hits"][: len(held)], "near misses come last"
    assert all("intergovernmental agreement" in hit["text"].lower() for hit in held)


def test_a_phrase_that_stands_nowhere_is_not_found(cli: Program, demonstration: Path) -> None:
    question = 'When was the "intergalactic agreement" signed?'
    shown = cli("ask", question, "--library", demonstration).stdout
    assert shown.startswith(
        "Not found in this library.\nNo passage holds the words “intergalactic agreement”."
    )
    assert "The nearest passages" in shown
    answer = cli("ask", question, "--library", demonstration, "--json").json
    assert answer["missing_phrases"] == ["intergalactic agreement"]
    assert (answer["claims"], answer["citations"], answer["confidence"]) == ([], [], 0)
