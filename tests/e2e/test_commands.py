"""The command line from end to end: a folder of files, a question, an answer that can be checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.nested import make_zip_of
from tests.support.program import Program

KFOR = """Notes on peace-keeping

Russia sent paratroopers to the airfield at Slatina on 12 June 1999. The contingent served beside KFOR for
four years. Russia withdrew its last soldiers from Kosovo in July 2003.
"""
BRIDGE = """The bridge of Mitrovica

The main bridge over the Ibar was blocked with gravel in 2011. Repairs began in August 2016 and were paid for
by the European Union.
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "papers"
    (folder / "press").mkdir(parents=True)
    (folder / "kfor.txt").write_text(KFOR, encoding="utf-8")
    (folder / "press" / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(papers: Path) -> Path:
    folder = papers.parent / "library"
    result = Program()("add", papers, "--library", folder)
    assert "2 added" in result.stdout
    return folder


def test_a_question_is_answered_in_the_documents_words(cli: Program, library: Path) -> None:
    result = cli("ask", "When did Russia withdraw its soldiers from Kosovo?", "--library", library)
    assert result.stdout.startswith("Answered")
    assert "Russia withdrew its last soldiers from Kosovo in July 2003. [1]" in " ".join(
        result.stdout.split()
    )
    assert "kfor.txt" in result.stdout
    assert "Searched 2 of 2 documents." in result.stdout
    assert "\x1b" not in result.stdout  # no colours in a pipe


def test_the_answer_as_json_keeps_the_contract(cli: Program, library: Path, papers: Path) -> None:
    question = "When did Russia withdraw its soldiers from Kosovo?"
    answer = cli("ask", question, "--library", library, "--json").json
    keys = ["id", "question", "filters", "verdict", "confidence", "answer", "short_answer", "claims"]
    assert list(answer) == [
        *keys,
        "citations",
        "differs",
        "parts",
        "compared",
        "missing_phrases",
        "hits",
        "coverage",
        "read_as",
        "timings_ms",
    ]
    assert answer["verdict"] == "answered"
    assert 0 <= answer["confidence"] <= 1
    first = answer["citations"][0]
    assert first["doc"] == "kfor.txt"
    assert first["quote"] == answer["claims"][0]["text"]
    text = (papers / first["doc"]).read_text(encoding="utf-8")
    cut = "".join(text[run["start"] : run["end"]] for run in first["runs"])
    assert " ".join(cut.split()) == first["quote"]
    assert set(answer["timings_ms"]) == {"encode", "search", "rerank", "answer", "total"}
    assert answer["coverage"] == {"searched": 2, "total": 2, "unreadable": [], "left_out": {}}


def test_a_question_can_be_kept_to_some_documents(cli: Program, library: Path) -> None:
    question = "When did Russia withdraw its soldiers from Kosovo?"
    answer = cli("ask", question, "--library", library, "--in", "press", "--json").json
    assert {hit["doc"] for hit in answer["hits"]} == {"press/bridge.md"}
    assert answer["coverage"]["searched"] == 1


def test_many_questions_are_answered_in_order(cli: Program, library: Path, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = [
        {"id": "b", "question": "Who paid for the repairs of the bridge?"},
        {"id": 7, "question": "When did paratroopers arrive at Slatina?"},
        {"id": "x", "question": "What is the boiling point of tungsten?"},
    ]
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text("\n".join(map(json.dumps, asked)) + "\n\n", encoding="utf-8")
    cli("ask", "--questions", questions, "--out", out, "--limit", "2", "--library", library)
    assert {len(json.loads(line)["hits"]) for line in out.read_text("utf-8").splitlines()} == {2}
    cli("ask", "--questions", questions, "--out", out, "--library", library)
    answers: list[dict[str, Any]] = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["b", 7, "x"]
    assert [a["question"] for a in answers] == [a["question"] for a in asked]
    assert answers[0]["citations"][0]["doc"] == "press/bridge.md"
    assert answers[2]["verdict"] == "not_found"
    assert answers[2]["answer"] == ""


def test_what_cannot_be_read_is_named_with_a_reason(cli: Program, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(KFOR, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    (folder / "\x1b[31mred.docx").write_bytes(b"PK\x03\x04nonsense")
    library = tmp_path / "library"
    result = cli("add", folder, "--library", library, expect=1)
    lines = result.stdout.splitlines()
    assert any(re.match(r"empty\.pdf: empty: ", line) for line in lines)
    assert any(re.match(r"cut\.pdf: damaged: ", line) for line in lines)
    assert any(re.match(r"\[31mred\.docx: damaged: ", line) for line in lines)
    assert "\x1b" not in result.stdout  # a file's name cannot steer the terminal
    assert "1 added, 3 could not be read" in result.stdout
    status = cli("status", "--library", library, "--json").json
    assert (status["documents"], status["searchable"]) == (4, 1)
    assert {e["problems"][0]["reason"] for e in status["unreadable"]} == {"empty", "damaged"}
    answer = cli("ask", "Who boils tungsten?", "--library", library, "--json").json
    assert answer["coverage"]["total"] == 4
    assert {u["doc"] for u in answer["coverage"]["unreadable"]} >= {"empty.pdf", "cut.pdf"}


def test_update_and_remove(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    (folder / "one.txt").write_text(KFOR, encoding="utf-8")
    (folder / "two.txt").write_text(BRIDGE, encoding="utf-8")
    cli("add", folder, "--library", library)
    (folder / "two.txt").unlink()
    (folder / "three.txt").write_text("Something new is written here today.\n", encoding="utf-8")
    assert "1 added, 1 removed, 1 unchanged" in cli("update", "--library", library).stdout
    assert cli("remove", "one.*", "--library", library).stdout.splitlines()[0] == "one.txt"
    assert cli("status", "--library", library, "--json").json["documents"] == 1
    assert (folder / "one.txt").exists()
    cli("remove", "one.*", "--library", library, expect=2)


def test_what_could_not_be_read_is_tried_again(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    (folder / "copy.txt").write_text(KFOR, encoding="utf-8")
    (folder / "all.zip").write_bytes(
        make_zip_of({"kfor.txt": KFOR.encode(), "cut.pdf": b"%PDF-1.7 1 0 obj <<"})
    )
    told = cli("add", folder, "--library", library, "--no-ocr", expect=1).stdout
    assert re.search(r"^all\.zip/cut\.pdf: damaged: ", told, re.MULTILINE)
    assert "all.zip/kfor.txt: same text as copy.txt" in told
    assert re.search(r"^Documents +3 +2 of them inside files$", told, re.MULTILINE)
    again = cli("retry", "--library", library, "--json", expect=1).json
    assert {f["name"]: f["outcome"] for f in again["files"]} == {
        "all.zip": "updated",
        "all.zip/cut.pdf": "failed",
        "all.zip/kfor.txt": "updated",
    }
    assert again["totals"]["reasons"] == {"damaged": 1}
    (folder / "all.zip").write_bytes(make_zip_of({"kfor.txt": KFOR.encode()}))
    assert "1 updated" in cli("retry", "all.zip", "--library", library).stdout
    assert cli("retry", "--library", library, "--json").json["files"] == []
    cli("retry", "nothing*", "--library", library, expect=2)
    status = cli("status", "--library", library, "--json").json
    assert (status["files"], status["documents"], status["inside"], status["duplicates"]) == (2, 2, 1, 1)
    assert sum(status["languages"].values()) == 2


def test_check_repairs_what_can_be_derived(cli: Program, papers: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    cli("add", papers, "--library", library)
    assert all(c["state"] == "sound" for c in cli("check", "--library", library, "--json").json["checks"])
    (library / "vectors.faiss").write_bytes(b"nothing")
    import sqlite3

    with sqlite3.connect(library / "library.sqlite") as connection:
        connection.execute("UPDATE words SET body = 'wrong'")
    connection.close()
    checks = cli("check", "--library", library, "--json").json["checks"]
    assert {c["part"] for c in checks if c["state"] == "repaired"} == {"word index", "vector file"}
    assert all(c["state"] == "sound" for c in cli("check", "--library", library, "--json").json["checks"])
    with sqlite3.connect(library / "library.sqlite") as connection:
        connection.execute("UPDATE pages SET text = replace(text, 'Russia', 'Norway')")
    connection.close()
    assert "not sound" in cli("check", "--library", library, expect=1).stdout


def test_the_models_are_listed_and_checked(cli: Program) -> None:
    assert cli("models").stdout == cli("models", "list").stdout
    listed = cli("models", "--json").json["models"]
    assert {m["role"] for m in listed if m["default"]} >= {"encoder", "cross-encoder"}
    assert "sound" in cli("models", "check").stdout
    assert all(m["sound"] for m in listed)


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["ask"], 2, "usage"),
        (["ask", "why", "--questions", "x.jsonl"], 2, "usage"),
        (["ask", "--questions", "missing.jsonl"], 2, "path_not_found"),
        (["ask", "why", "--limit", "0"], 2, "usage"),
        (["add", "missing folder", "--library", "new"], 2, "path_not_found"),
        (["status", "--library", "nowhere"], 3, "no_library"),
        (["ask", "why", "--library", "nowhere"], 3, "no_library"),
        (["update", "--library", "nowhere"], 3, "no_library"),
        (["dance"], 2, "usage"),
        (["add", ".", "--library", "new", "--model", "no such model"], 2, "model_unknown"),
    ],
)
def test_failures_have_a_code_and_three_sentences(
    cli: Program, tmp_path: Path, words: list[str], status: int, code: str
) -> None:
    result = cli(*words, "--json", expect=status, cwd=tmp_path)
    error = result.json["error"]
    assert error["code"] == code
    assert all(error[part] for part in ("title", "explanation", "remedy"))
    plain = cli(*words, expect=status, cwd=tmp_path)
    assert plain.stdout == ""
    assert error["title"] in plain.stderr
    assert list(tmp_path.iterdir()) == []


def test_questions_that_are_none_are_named_before_the_first_is_asked(
    cli: Program, library: Path, tmp_path: Path
) -> None:
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text('{"id": 1, "question": "Why?"}\nnot json\n', encoding="utf-8")
    result = cli("ask", "--questions", questions, "--out", out, "--library", library, expect=2)
    assert "Line 2" in result.stderr
    assert not out.exists()


def test_help_says_what_each_command_does(cli: Program) -> None:
    overview = cli("--help").stdout
    for command in ("add", "update", "retry", "ask", "evaluate", "status", "check", "remove", "models"):
        assert re.search(rf"^  {command} +\w", overview, re.MULTILINE)
        assert "--library" in cli(command, "--help").stdout or command == "models"
    assert re.fullmatch(r"qa-desktop \d+\.\d+\.\d+\S*\n", cli("--version").stdout)
