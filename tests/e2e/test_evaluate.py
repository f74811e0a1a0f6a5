"""Measuring from end to end: questions about the demonstration documents, through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Program, Result
from tests.support.project import ROOT

QUESTIONS = ROOT / "corpus" / "questions.jsonl"
SOME = 8


def questions() -> list[dict[str, Any]]:
    """Return some of the questions with an answer, of different kinds, and some without."""
    known = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    kinds = {entry["kind"]: entry for entry in reversed(known) if entry["answers"]}
    return list(kinds.values())[: SOME - 3] + [entry for entry in known if not entry["answers"]][:3]


@pytest.fixture(scope="module")
def run(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """One evaluation for all tests here: what it printed, and the folder it left."""
    folder = tmp_path_factory.mktemp("evaluation")
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps(entry) + "\n" for entry in questions()), encoding="utf-8")
    out = folder / "first"
    return Program()("evaluate", file, "--library", demonstration, "--out", out, COLUMNS="80"), out


def test_the_terminal_shows_every_figure_within_eighty_columns(run: tuple[Result, Path]) -> None:
    lines = run[0].stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith(f"{SOME} questions of questions.jsonl, {SOME - 3} with an answer, 3 without")
    shown = " ".join(run[0].stdout.split())
    for words in (
        "documents, nDCG@10",
        "declined as it should",
        "is off by (ECE)",
        "quotes that are exact 1.000",
    ):
        assert words in shown
    assert "\x1b" not in run[0].stdout


def test_everything_is_kept_in_the_folder(run: tuple[Result, Path]) -> None:
    out = run[1]
    assert sorted(path.name for path in out.iterdir()) == ["answers.jsonl", "evaluation.json", "report.html"]
    found = json.loads((out / "evaluation.json").read_text("utf-8"))
    asked = questions()
    assert (found["format"], found["version"]) == ("qa-desktop evaluation", 1)
    assert [row["id"] for row in found["rows"]] == [entry["id"] for entry in asked]
    assert found["questions"]["count"] == SOME
    assert all(
        len(found["models"][name]["sha256"]) == 64 for name in ("encoder", "cross_encoder", "decision")
    )
    assert found["figures"]["quotes_proven"]["value"] == 1
    assert found["figures"]["doc_recall@10"]["value"] > 0.5
    assert all(own["low"] <= own["value"] <= own["high"] for own in found["figures"].values())
    assert set(found["by_kind"]) == {entry["kind"] for entry in asked}
    assert found["unknown_documents"] == []
    answers = [json.loads(line) for line in (out / "answers.jsonl").read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [entry["id"] for entry in asked]
    assert [answer["verdict"] for answer in answers] == [row["verdict"] for row in found["rows"]]
    page = (out / "report.html").read_text("utf-8")
    assert all(f"<code>{entry['id']}</code>" in page for entry in asked)
    assert page.count("<svg ") == 6


def test_a_later_run_is_compared_and_bad_lines_are_named(
    cli: Program, run: tuple[Result, Path], demonstration: Path, tmp_path: Path
) -> None:
    file, page = tmp_path / "few.jsonl", tmp_path / "page.html"
    few = questions()[:2]
    strange = {"id": "new", "question": "What colour has the moon?", "evidence": [{"doc": "moon.txt"}]}
    lines = [json.dumps(entry) for entry in (few[0], strange, few[1])]
    file.write_text("\n".join([lines[0], "not json", *lines[1:]]), encoding="utf-8")
    words = ("evaluate", file, "--library", demonstration, "--against", run[1] / "evaluation.json")
    result = cli(*words, "--html", page, "--json", expect=1)
    found = result.json
    assert "Line 2 was left out: This is no JSON." in result.stderr
    assert "“moon.txt” is named as evidence, but is not in the library." in result.stderr
    assert found["questions"]["skipped"] == [{"line": 2, "reason": "This is no JSON."}]
    compared = found["comparison"]
    assert (compared["questions"], compared["only_now"]) == (2, ["new"])
    assert len(compared["only_then"]) == SOME - 2
    assert compared["settings"] == ["another file of questions"]
    assert compared["changes"]["doc_ndcg@10"]["difference"] == 0
    assert "Since evaluation.json" in page.read_text("utf-8")


def test_questions_can_be_asked_as_a_person_would(cli: Program, demonstration: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(questions()[0]), encoding="utf-8")
    found = cli("evaluate", file, "--library", demonstration, "--one-by-one", "--json").json
    assert found["settings"]["asked"] == "one by one"
    assert found["figures"]["ms_median_total"]["value"] > 0
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["missing.jsonl"], 2, "path_not_found"),
        (["empty.jsonl"], 2, "usage"),
        (["good.jsonl", "--against", "missing.json"], 2, "path_not_found"),
        (["good.jsonl", "--against", "good.jsonl"], 2, "usage"),
        (["good.jsonl", "--library", "nowhere"], 3, "no_library"),
        ([], 2, "usage"),
    ],
)
def test_what_cannot_be_evaluated_is_said_in_words(
    cli: Program, tmp_path: Path, words: list[str], status: int, code: str
) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "good.jsonl").write_text('{"question": "Why?"}\n', encoding="utf-8")
    result = cli("evaluate", *words, "--json", expect=status, cwd=tmp_path)
    assert result.json["error"]["code"] == code


def test_a_place_that_takes_no_files_is_named_before_anything_is_asked(
    cli: Program, demonstration: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.jsonl").write_text('{"question": "Why?"}\n', encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    words = (
        "evaluate",
        tmp_path / "good.jsonl",
        "--library",
        demonstration,
        "--out",
        tmp_path / "file" / "x",
    )
    assert "cannot be written" in cli(*words, expect=3).stderr
