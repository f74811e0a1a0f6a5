"""Questions with known evidence, read from a file with one JSON object a line.

    {"id": "7", "question": "When …?", "answers": ["July 2003"],
     "evidence": [{"doc": "papers/kfor.pdf", "page": 5, "text": "In July 2003 the last of them left."}],
     "kind": "date"}

A line that cannot be used is named with its number and the reason; the others are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from qa_desktop.errors import PathNotFound, UsageError


class Sort(StrEnum):
    """What can be asked of a question: an answer, a refusal, or only an order of documents."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: a document by name, perhaps its page (from 1) and the text, verbatim.

    `grade` tells how relevant the document is, where a file of questions grades it.
    """

    doc: str
    page: int | None = None
    text: str = ""
    grade: float = 1.0


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and what is known of it; `answers` are accepted answers, parts of one divided by "; "."""

    id: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    kind: str = ""

    @property
    def sort(self) -> Sort:
        """With answers it has one; without answers and evidence it has none; evidence alone is ranked."""
        if self.answers:
            return Sort.ANSWERABLE
        return Sort.RANKING if self.evidence else Sort.UNANSWERABLE


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, counted from 1, that is no question, and why, as a sentence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What a file of questions holds; `sha256` is that of its bytes."""

    name: str
    sha256: str
    questions: tuple[KnownQuestion, ...]
    bad: tuple[BadLine, ...] = ()


def read_questions(path: Path) -> QuestionFile:
    """Read a file of questions.  Raises PathNotFound, and UsageError where no line can be used."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise PathNotFound(path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, f"It is not a text file in UTF-8 that can be read: {error}.") from error
    found: dict[str, tuple[int, KnownQuestion]] = {}
    bad = []
    for number, line in enumerate(text.split("\n"), start=1):  # other line breaks may stand inside strings
        if not line.strip():
            continue
        try:
            known = _question(_object(line), str(number))
            if known.id in found:
                raise ValueError(f"“{known.id}” is the “id” of line {found[known.id][0]} already")
            found[known.id] = (number, known)
        except ValueError as error:
            reason = str(error)
            bad.append(BadLine(number, f"{reason[:1].upper()}{reason[1:]}."))
    if not found:
        first = f"Line {bad[0].line}: {bad[0].reason}" if bad else "It holds no questions."
        raise _unusable(path, first)
    questions = tuple(known for _, known in found.values())
    return QuestionFile(path.name, hashlib.sha256(data).hexdigest(), questions, tuple(bad))


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("this is no JSON") from error
    if not isinstance(value, dict):
        raise ValueError("this is no JSON object")
    return value


def _question(entry: dict[str, Any], number: str) -> KnownQuestion:
    """Return the question that a line describes; ValueError says what is wrong with it."""
    identifier = entry.get("id", number)
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise ValueError("“id” is neither text nor a whole number")
    question = entry.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("there is no “question”")
    answers = entry.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(a, str) and a.strip() for a in answers):
        raise ValueError("“answers” is not a list of texts")
    evidence = entry.get("evidence", [])
    if not isinstance(evidence, list):
        raise ValueError("“evidence” is not a list")
    kind = entry.get("kind", "")
    if not isinstance(kind, str):
        raise ValueError("“kind” is not text")
    items = tuple(item for item in map(_evidence, evidence) if item.grade > 0)
    return KnownQuestion(str(identifier), question.strip(), tuple(answers), items, kind.strip())


def _evidence(entry: object) -> Evidence:
    if not isinstance(entry, dict) or not isinstance(entry.get("doc"), str) or not entry["doc"].strip():
        raise ValueError("an entry of “evidence” names no “doc”")
    page, text, grade = entry.get("page"), entry.get("text") or "", entry.get("grade", 1)
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        raise ValueError("a “page” of the evidence is not a whole number from 1 on")
    if not isinstance(text, str):
        raise ValueError("a “text” of the evidence is not text")
    if isinstance(grade, bool) or not isinstance(grade, int | float):
        raise ValueError("a “grade” of the evidence is not a number")
    return Evidence(entry["doc"], page, text, float(grade))


def _unusable(path: Path, explanation: str) -> UsageError:
    return UsageError(
        f"The questions in “{path}” cannot be used",
        explanation,
        'Write one question a line, as {"id": "1", "question": "When …?", "answers": ["2003"],'
        ' "evidence": [{"doc": "paper.pdf", "page": 5, "text": "…"}]}.',
    )
