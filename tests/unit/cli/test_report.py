"""What a person reads after files were added: each number with what it is made of, in any terminal."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest

from qa_desktop.cli.passwords import Locks
from qa_desktop.cli.report import counted_json, problem_lines, report_lines
from qa_desktop.domain import FileProblem
from qa_desktop.errors import REASONS
from qa_desktop.indexing.report import AddReport, FileReport

FILES = (
    FileReport("a.pdf", "/a.pdf", "added", pages=30, passages=80, document=1, language="en"),
    FileReport(
        "b.pdf", "/b.pdf", "partial", (FileProblem("timed_out", part="page 9"),), 8, 12, 2,
        language="en", scanned=6, confidence=0.9,
    ),
    FileReport("c.pdf", "/c.pdf", "failed", (FileProblem("encrypted"),), document=3),
    FileReport("d.zip", "/d.zip", "added", document=4),
    FileReport(
        "d.zip/e\x1b[1m.txt", "/d.zip", "added", (), 1, 2, 5, "d.zip", language="de", same_text_as="a.pdf"
    ),
    FileReport("d.zip/f.tif", "/d.zip", "added", (), 2, 2, 6, "d.zip", scanned=2, confidence=0.5),
    FileReport("g.txt", "/g.txt", "removed"),
)  # fmt: skip


def lines(columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    return "\n".join(report_lines(AddReport(FILES, 12.34))).splitlines()


def test_every_number_is_there_with_what_it_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(" ".join(line.split()) for line in lines(100, monkeypatch))
    for part in (
        "Files 5 2 added, 1 removed, 1 read in part, 1 could not be read",
        "Documents 5 2 of them inside files",
        "Pages 41 8 recognised in pictures, 80 % sure",
        "Passages 96",
        "Languages 3 en 2, not known 1, de 1",
        "Not read 1 1 encrypted",
        "Read in part 1 1 timed_out",
        "Same text 1",
        "Seconds 12.3",
        "c.pdf: encrypted: ",
        "b.pdf: timed_out: ",
        "d.zip/e[1m.txt: same text as a.pdf",
    ):
        assert part in text


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_the_table_is_aligned_and_keeps_to_the_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = lines(columns, monkeypatch)
    table = table[next(i for i, line in enumerate(table) if line.startswith("Files")) :]
    assert all(len(line) <= columns for line in table)
    rows = [line for line in table if not line.startswith(" ")]
    ends = {
        row.index(number) + len(number) for row, number in zip(rows, (" 5", " 5", " 41", " 96"), strict=False)
    }
    assert len(ends) == 1  # one number stands under the other


def test_the_totals_are_plain_data() -> None:
    totals = counted_json(dataclasses.asdict(AddReport(FILES, 1).totals))
    assert json.loads(json.dumps(totals)) == {
        "files": 5, "documents": 5, "inside": 2, "pages": 41, "passages": 96, "partial": 1, "failed": 1,
        "duplicates": 1, "scanned": 8, "confidence": pytest.approx(0.8),
        "languages": {"en": 2, "": 1, "de": 1}, "reasons": {"encrypted": 1, "timed_out": 1},
    }  # fmt: skip


def test_problems_name_reason_and_remedy() -> None:
    for reason in REASONS:
        (line,) = problem_lines("a\nb.pdf", (FileProblem(reason, part="pages 3 to 9"),))
        assert line.startswith(f"ab.pdf: {reason}: ")
        assert "(pages 3 to 9 not read)" in line
        assert REASONS[reason].remedy in line


# ------------------------------------------------------------------------------------------ passwords


def locked(number: int) -> FileReport:
    return FileReport(
        f"{number}.pdf", f"/{number}.pdf", "failed", (FileProblem("encrypted"),), document=number
    )


def opening(keys: dict[int, str], tried: list[tuple[int, str]]) -> Callable[[int, str], AddReport]:
    def retry(document: int, password: str) -> AddReport:
        tried.append((document, password))
        file = locked(document)
        opened = FileReport(file.name, file.path, "updated", passages=1, document=document)
        return AddReport((opened if keys[document] == password else file,), 1.0)

    return retry


def test_passwords_are_asked_for_file_by_file_and_tried_on_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: list[tuple[int, str]] = []
    answers = iter(["wrong", "one", "three"])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    given = AddReport((locked(1), locked(2), locked(3), FILES[0]), 5.0)
    result = Locks(opening({1: "one", 2: "one", 3: "three"}, tried), ask).open_all(given)
    assert tried == [(1, "wrong"), (1, "one"), (2, "one"), (3, "one"), (3, "three")]
    assert [("1.pdf" in q, "3.pdf" in q) for q in asked] == [(True, False), (True, False), (False, True)]
    assert {f.name: f.outcome for f in result.files} == {
        "1.pdf": "updated", "2.pdf": "updated", "3.pdf": "updated", "a.pdf": "added",
    }  # fmt: skip
    assert result.complete
    assert result.seconds == 10.0
    assert "That was not it." in capsys.readouterr().err


def test_three_tries_or_an_empty_answer_leave_a_file_out(capsys: pytest.CaptureFixture[str]) -> None:
    tried: list[tuple[int, str]] = []
    answers = iter(["a", "b", "c", ""])
    given = AddReport((locked(1), locked(2)), 0)
    result = Locks(opening({1: "one", 2: "two"}, tried), lambda _: next(answers)).open_all(given)
    assert tried == [(1, "a"), (1, "b"), (1, "c")]
    assert not result.complete
    assert "left out" in capsys.readouterr().err
