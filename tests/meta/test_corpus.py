"""The demonstration documents and the questions about them: complete, reproducible, and in agreement."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from difflib import SequenceMatcher
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
from qa_desktop.reading.facts.complete import complete
from qa_desktop.reading.facts.language import are_close
from tests.support.project import ROOT
from tests.support.reading import named, read_with_scans

DOCUMENTS = ROOT / "corpus" / "documents"
NAMES = sorted(p.relative_to(DOCUMENTS).as_posix() for p in DOCUMENTS.rglob("*") if p.is_file())
SCAN, PICTURE = "scans/typed-page.pdf", "scans/customs-notice.png"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "corpus" / "questions.jsonl").read_text("utf-8").splitlines()
]
FORMATS = {
    ".pdf": 3, ".docx": 2, ".html": 4, ".md": 3, ".txt": 4, ".eml": 3, ".pptx": 1, ".xlsx": 1, ".odt": 1,
    ".rtf": 1, ".epub": 1, ".mhtml": 1, ".csv": 1, ".json": 1, ".zip": 1, ".png": 1,
}  # fmt: skip
LEAFLET = "mail/visa-free-travel.eml/leaflet-visa-free-travel.txt"
NOTICE = "Written for the QA Desktop demonstration library."
# Those that are not in English.
LANGUAGES = {"notes/bundeswehr-in-prizren.odt": "de", "notes/pozivni-broj.rtf": "sr"}
SHORT = 70  # words that every document has; most have several hundred


@cache
def documents() -> dict[str, Document]:
    """Return every document, also those inside others, by its name in a library."""
    found: dict[str, Document] = {}
    for name in NAMES:
        read = read_with_scans(DOCUMENTS / name)
        assert isinstance(read, Document), (name, read)
        found.update(named(name, read))
    return found


def document(name: str) -> Document:
    return documents()[name]


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
        if name not in (SCAN, PICTURE) and path.read_bytes() != (DOCUMENTS / name).read_bytes()
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


def test_every_document_is_read_as_a_whole() -> None:
    for name, read in documents().items():
        assert read.problems == (), name
        if read.kind == "zip":
            continue
        words = [text for _, text in places(name)]
        assert sum(len(text.split()) for text in words) > SHORT, name
        assert NOTICE in " ".join(words) or name == LEAFLET, name  # its message says it


def test_every_document_says_what_it_is() -> None:
    for name, read in documents().items():
        if read.kind == "zip":
            continue
        assert read.title, name
        assert dict(read.origins)["title"] != "first words", name
        assert are_close(read.language, LANGUAGES.get(name, "en")), (name, read.language)
        assert read.date == "" or "1999" <= read.date[:4] <= "2024", (name, read.date)
        assert complete(read, name) == read, name  # and nothing more is found by looking again


def test_an_attachment_is_a_document_of_its_own() -> None:
    inside = [name for name in documents() if name not in NAMES]
    assert inside == [
        "bundles/elections.zip/assembly-election-2021.md",
        "bundles/elections.zip/local-elections-2013.txt",
        "mail/minutes-of-the-reading-group.eml/minutes-2024-04-18.pdf",
        LEAFLET,
    ]


def test_the_same_report_is_there_twice() -> None:
    agency, paper = (
        {text for _, text in places(f"press/missing-persons-{name}") if len(text) > 200}
        for name in ("agency.txt", "paper.html")
    )
    assert len(agency & paper) >= 2


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
    asked = {e["doc"] for q in QUESTIONS for e in q["evidence"]}
    assert asked <= set(documents())
    assert {name for name in documents() if document(name).blocks} - asked == {LEAFLET}


def holds(text: str, evidence: str, scanned: bool) -> bool:
    """Tell whether `evidence` stands in `text`; a few signs of a scanned page may have been misread."""
    if not scanned:
        return evidence in text
    wanted, given = ("".join(filter(str.isalnum, part)).lower() for part in (evidence, text))
    matched = SequenceMatcher(None, wanted, given, autojunk=False).get_matching_blocks()
    return sum(m.size for m in matched if m.size >= 4) >= 0.95 * len(wanted)


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q["evidence"]], ids=lambda q: q["id"])
def test_evidence_stands_where_the_question_says(question: dict[str, Any]) -> None:
    for evidence in question["evidence"]:
        assert evidence["text"] == collapse(evidence["text"])
        scanned = evidence["doc"].startswith("scans/")
        found = [page for page, text in places(evidence["doc"]) if holds(text, evidence["text"], scanned)]
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
    assert recipe["unreadable"] == {}
