"""The demonstration documents and the questions about them: complete, reproducible, and in agreement."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from corpus.make_documents import SOURCES, make_documents
from corpus.making.scan_page import picture_of
from qa_desktop.domain import BlockKind, Document, collapse, text_of
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.reading.nesting import read_file
from qa_desktop.reading.problems import Unreadable
from tests.support.project import ROOT

DOCUMENTS = ROOT / "corpus" / "documents"
NAMES = sorted(p.relative_to(DOCUMENTS).as_posix() for p in DOCUMENTS.rglob("*") if p.is_file())
SCAN = "scans/typed-page.pdf"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "corpus" / "questions.jsonl").read_text("utf-8").splitlines()
]
# Two PDF, two DOCX, three HTML, three Markdown, three texts in three encodings, two e-mails, one scan.
FORMATS = {".pdf": 3, ".docx": 2, ".html": 3, ".md": 3, ".txt": 3, ".eml": 2}


@cache
def document(name: str) -> Document:
    return read_file(DOCUMENTS / name, None)


@cache
def places(name: str) -> tuple[tuple[int, str], ...]:
    """Return (page, words) of every block that can be quoted."""
    read = document(name)
    blocks = [b for b in read.blocks if b.kind is not BlockKind.ASIDE]
    return tuple((b.runs[0].page, text_of(b.runs, read.pages)) for b in blocks)


# ------------------------------------------------------------------------------------- documents


def test_every_format_is_there() -> None:
    assert Counter(Path(name).suffix for name in NAMES) == FORMATS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("documents")
    return {path.relative_to(folder).as_posix(): path for path in make_documents(folder)}


def test_what_is_committed_is_what_the_sources_give(made: dict[str, Path]) -> None:
    differ = [
        name
        for name, path in made.items()
        if name != SCAN and path.read_bytes() != (DOCUMENTS / name).read_bytes()
    ]
    assert differ == [], "run python -m corpus.make_documents"


def test_the_scan_is_the_page_that_was_typed() -> None:
    pdf = pypdfium2.PdfDocument(DOCUMENTS / SCAN)
    try:
        (image,) = pdf[0].get_objects()
        committed = np.asarray(image.get_bitmap().to_pil().convert("L")) < 128
        assert pdf[0].get_textpage().count_chars() == 0
    finally:
        pdf.close()
    typed = picture_of((SOURCES / "scans" / "typed-page.txt").read_text("utf-8"))
    # Another version of the drawing library may set single dots otherwise.
    assert committed.shape == typed.shape
    assert np.mean(committed != typed) < 0.01


@pytest.mark.parametrize("name", [name for name in NAMES if name != SCAN])
def test_every_document_is_read_as_a_whole(name: str) -> None:
    read = document(name)
    assert read.problems == ()
    words = sum(len(text.split()) for _, text in places(name))
    assert words > 250
    assert "Written for the QA Desktop demonstration library." in collapse(read.pages[0].text) or any(
        "Written for the QA Desktop demonstration library." in text for _, text in places(name)
    )


def test_the_scan_is_named_as_a_page_without_text() -> None:
    with pytest.raises(Unreadable) as error:
        document(SCAN)
    assert error.value.problem.reason == "no_text"


def test_names_keep_their_letters_in_every_encoding() -> None:
    for name, word in {
        "notes/slatina-airfield.txt": [
            "BILJEŠKA",
            "Kovačić",
            "Niš",
            "Priština",
            "Milošević",
            "Šešelj",
            "Vučić",
        ],
        "notes/votes-on-membership.txt": ["Dečani", "Peć", "Gračanica", "Ljeviška"],
        "mail/re-sources-on-the-airfield.eml": ["Kovačić"],
        "papers/russia-and-the-kosovo-question.pdf": ["Račak", "Reçak", "Thaçi", "Dačić"],
        "papers/dialogue-agreements.docx": ["Stefanović", "Lajčák", "Thaçi"],
    }.items():
        text = " ".join(words for _, words in places(name))
        assert [w for w in word if w not in text] == []


def test_printed_page_numbers_differ_from_the_count() -> None:
    paper = document("papers/russia-and-the-kosovo-question.pdf")
    assert [page.label for page in paper.pages] == ["i", "ii", "1", "2", "3", "4", "5", "6"]


# ------------------------------------------------------------------------------------- questions


def test_there_are_enough_questions_of_every_kind() -> None:
    kinds = Counter(q["kind"] for q in QUESTIONS)
    assert set(kinds) == {
        *("factoid", "date", "number", "who-said", "why", "list", "comparison", "definition"),
        *("multi-source", "conflict", "paraphrase", "footnote", "table", "typo", "unanswerable"),
    }
    assert len(QUESTIONS) >= 48
    assert kinds["unanswerable"] >= 10
    assert [q["id"] for q in QUESTIONS] == [f"demo-{n:03}" for n in range(1, len(QUESTIONS) + 1)]


def test_fields_are_those_that_are_agreed() -> None:
    for q in QUESTIONS:
        assert {"id", "question", "answers", "evidence", "kind"} <= set(q)
        assert set(q) <= {"id", "question", "answers", "evidence", "kind", "note", "example"}
        assert (q["kind"] == "unanswerable") == (q["answers"] == []) == (q["evidence"] == [])


def test_three_examples_come_from_different_documents() -> None:
    docs = [{e["doc"] for e in q["evidence"]} for q in QUESTIONS if q.get("example")]
    assert len(docs) == 3
    assert sum(map(len, docs)) == len(set.union(*docs))


def test_every_document_with_text_is_asked_about() -> None:
    assert {e["doc"] for q in QUESTIONS for e in q["evidence"]} == set(NAMES) - {SCAN}


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q["evidence"]], ids=lambda q: q["id"])
def test_evidence_stands_where_the_question_says(question: dict[str, Any]) -> None:
    for evidence in question["evidence"]:
        assert evidence["text"] == collapse(evidence["text"])
        found = [page for page, text in places(evidence["doc"]) if evidence["text"] in text]
        assert found, evidence["text"]
        if document(evidence["doc"]).paged:
            assert evidence["page"] in found
        else:
            assert "page" not in evidence


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q["answers"]], ids=lambda q: q["id"])
def test_answers_stand_in_the_evidence(question: dict[str, Any]) -> None:
    words = " ".join(e["text"] for e in question["evidence"]).lower()
    best = question["answers"][0]
    parts = [part.strip().lower() for part in best.split(";")]
    missing = [part for part in parts if part not in words]
    assert missing == [] or question["kind"] in {"date", "number", "comparison", "multi-source", "conflict"}


# ---------------------------------------------------------------------------------------- recipe


def test_the_recipe_is_the_programs_own() -> None:
    recipe = tomllib.loads((ROOT / "index" / "recipe.toml").read_text("utf-8"))
    assert recipe["passages"] == Recipe().as_dict()
    assert set(recipe["unreadable"]) == {SCAN}
