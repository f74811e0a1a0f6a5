"""Files of questions: what is read, and what is said of a line that is no question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_desktop.errors import PathNotFound, UsageError
from qa_desktop.library.evaluation.questions import Evidence, Sort, read_questions

GOOD = {
    "id": "a",
    "question": " When? ",
    "answers": ["2003"],
    "evidence": [{"doc": "a.pdf", "page": 5, "text": "In 2003."}],
    "kind": "date",
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_known_of_a_question_is_read(tmp_path: Path) -> None:
    file = read_questions(written(tmp_path, GOOD, "", {"id": 7, "question": "Why?"}, {"question": "Who?"}))
    first, second, third = file.questions
    assert (first.id, first.question, first.answers, first.kind) == ("a", "When?", ("2003",), "date")
    assert first.evidence == (Evidence("a.pdf", 5, "In 2003."),)
    assert (first.sort, second.sort) == (Sort.ANSWERABLE, Sort.UNANSWERABLE)
    assert (second.id, third.id) == ("7", "4")  # without an id, the number of the line
    assert (file.bad, len(file.sha256)) == ((), 64)


def test_evidence_alone_is_for_ranking_and_grade_nothing_is_no_evidence(tmp_path: Path) -> None:
    graded = [{"doc": "a", "grade": 3}, {"doc": "b", "grade": 0}]
    (question,) = read_questions(written(tmp_path, {"question": "x", "evidence": graded})).questions
    assert question.sort is Sort.RANKING
    assert question.evidence == (Evidence("a", grade=3.0),)


def test_a_separator_of_lines_inside_a_string_divides_nothing(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, '{"question": "Who\u2028else?"}')).questions
    assert question.question == "Who\u2028else?"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "This is no JSON."),
        ("[" * 200_000, "This is no JSON."),
        ("[1]", "This is no JSON object."),
        ({"id": "x"}, "There is no “question”."),
        ({"question": "  "}, "There is no “question”."),
        ({"question": 7}, "There is no “question”."),
        ({"id": True, "question": "?"}, "“id” is neither text nor a whole number."),
        ({"question": "?", "answers": "2003"}, "“answers” is not a list of texts."),
        ({"question": "?", "answers": [" "]}, "“answers” is not a list of texts."),
        ({"question": "?", "evidence": {}}, "“evidence” is not a list."),
        ({"question": "?", "evidence": [{"page": 1}]}, "An entry of “evidence” names no “doc”."),
        ({"question": "?", "evidence": [{"doc": "a", "page": 0}]}, "A “page” of the evidence is not"),
        ({"question": "?", "evidence": [{"doc": "a", "text": 1}]}, "A “text” of the evidence is not text."),
        ({"question": "?", "evidence": [{"doc": "a", "grade": "x"}]}, "A “grade” of the evidence is not"),
        ({"question": "?", "kind": 1}, "“kind” is not text."),
        (GOOD, "“a” is the “id” of line 1 already."),
    ],
)
def test_a_line_that_is_no_question_is_named_and_the_others_are_used(
    tmp_path: Path, line: object, reason: str
) -> None:
    file = read_questions(written(tmp_path, GOOD, line, {"id": "z", "question": "Last?"}))
    assert [q.id for q in file.questions] == ["a", "z"]
    (bad,) = file.bad
    assert bad.line == 2
    assert bad.reason.startswith(reason)


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        read_questions(tmp_path / "none.jsonl")
    for content, told in ((b"", "no questions"), (b"x", "Line 1"), (b"\xff\xfe", "UTF-8")):
        (tmp_path / "bad.jsonl").write_bytes(content)
        with pytest.raises(UsageError, match=told):
            read_questions(tmp_path / "bad.jsonl")
