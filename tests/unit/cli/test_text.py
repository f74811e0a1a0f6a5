"""Text for a terminal, and answers as people read them there."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.cli.answers import answer_lines
from qa_desktop.cli.text import counted, plain, size, wrapped
from qa_desktop.domain import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Difference,
    DocumentEntry,
    Question,
    Run,
    Verdict,
)

ENTRY = DocumentEntry(
    1,
    "papers/kfor.pdf",
    "/x/kfor.pdf",
    "pdf",
    "KFOR \x1b[2Jnotes",
    "",
    "2024",
    True,
    9,
    20,
    1,
    "ab",
    "searchable",
)


def citation(number: int, quote: str) -> Citation:
    return Citation(number, ENTRY, 1, quote, (Run(7, 0, len(quote)),), 7, "5", "page 7 (printed 5)")


def shown(answer: Answer) -> str:
    return click.unstyle("\n".join(answer_lines(answer)))


def test_claims_sources_and_coverage_are_shown() -> None:
    answer = Answer(
        Question("When?"),
        Verdict.ANSWERED,
        0.9,
        (Claim("They left in July 2003.", (1, 2)),),
        (citation(1, "They left in July 2003."), citation(2, "They left in July 2003.")),
        (),
        Coverage(40, 42, (("scan.pdf", "no_text"), ("mail.eml", "damaged"))),
        differs=(Difference("the year", (("in 2003", 1), ("in 2002", 2))),),
    )
    text = shown(answer)
    assert "Answered · 1 source, which may contradict itself" in text
    assert "They left in July 2003. [1] [2]" in text
    assert "[1] KFOR [2Jnotes · page 7 (printed 5) · 2024" in text
    assert "papers/kfor.pdf" in text
    assert "Searched 40 of 42 documents. 2 could not be read" in text
    assert "Sources may differ: the year" in text


def test_nothing_found_is_said_plainly() -> None:
    text = shown(Answer(Question("?"), Verdict.NOT_FOUND, 0.1, (), (), (), Coverage(3, 3)))
    assert text.splitlines()[0] == "Not found in this library."
    assert "Searched 3 of 3 documents." in text


@given(st.text())
def test_no_text_steers_the_terminal(text: str) -> None:
    shown = plain(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert "\u202e" not in shown


@given(st.text(alphabet="ab c\n", max_size=300), st.integers(40, 120))
def test_lines_keep_to_the_width_and_lose_no_word(text: str, columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        lines = wrapped(text, "  ").splitlines()
    assert all(len(line) <= max(columns, 40) or " " not in line.strip() for line in lines)
    assert "".join(lines).split() == text.replace("\n", "").split() or "".join(
        "".join(lines).split()
    ) == "".join(text.split())


def test_numbers_are_written_as_people_do() -> None:
    assert [counted(n, "document") for n in (0, 1, 1204)] == ["0 documents", "1 document", "1,204 documents"]
    assert [size(n) for n in (12, 1_300, 45_600, 7_890_000, 12_300_000_000)] == [
        "12 bytes",
        "1.3 kB",
        "46 kB",
        "7.9 MB",
        "12.3 GB",
    ]
