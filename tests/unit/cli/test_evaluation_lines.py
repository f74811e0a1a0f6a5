"""An evaluation at a terminal: within its width, and nothing from a file steers it."""

from __future__ import annotations

from typing import Any

import pytest

from qa_desktop.cli.evaluation_lines import evaluation_lines
from qa_desktop.domain import Answer
from qa_desktop.library.evaluation import Earlier, Row
from qa_desktop.library.evaluation.evaluate import summarise
from qa_desktop.library.evaluation.questions import Evidence, KnownQuestion
from qa_desktop.library.evaluation.scoring import Names, score
from tests.support.judged import answer, entry, hit

DOCUMENT = entry("a.pdf", 1)
TEXT = "In July 2003 the last of them left the country for good."
KIND = "\x1b[31ma kind with a very long name"


def rows(*given: Answer) -> list[Row]:
    names, evidence = Names([DOCUMENT]), (Evidence("a.pdf", 1, TEXT),)
    known = [
        KnownQuestion(
            f"\x1b[2Jquestion {n}", "When?", ("2003",) if n % 2 else (), evidence if n % 2 else (), KIND
        )
        for n in range(len(given))
    ]
    return [score(k, a, names, lambda _: True) for k, a in zip(known, given, strict=True)]


def about(asked: str) -> dict[str, Any]:
    return {
        "made": "2024-05-06",
        "questions": {"file": "questions.jsonl", "skipped": []},
        "library": {"documents": 12_345},
        "settings": {"asked": asked},
    }


def test_everything_fits_into_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = answer([hit(DOCUMENT, TEXT)], [(DOCUMENT, TEXT)], ms=99_999.0, short="2003")
    declined = answer([hit(DOCUMENT, TEXT)], confidence=0.1, ms=9.0)
    before = Earlier("evaluation.json", about("one by one"), tuple(rows(*[said] * 40)))
    now = rows(*[said, declined, declined, declined] * 10)
    lines = "\n".join(evaluation_lines(summarise(now, about("several at a time"), (), before))).split("\n")
    plain = [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in lines]
    assert max(map(len, plain)) <= 80
    assert not any("\x1b" in line for line in plain)
    told = " ".join(" ".join(plain).split())
    assert "Not the same: another way of asking." in told
    assert "declined as it should 0.500" in told
    assert "Got better: [2Jquestion 2," in told
    assert "declined, though the documents answer" in told
    assert told.count("*") > 3
