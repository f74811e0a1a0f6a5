"""Two ways of writing one word or name meet in the index."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Passage, Run, Sentence
from qa_desktop.indexing import words


def found(text: str, question: str) -> bool:
    """Tell whether a passage of `text` is found by `question` in a real word index."""
    passage = Passage(0, "body", (), (Sentence(text, (Run(1, 0, len(text)),)),))
    columns = ", ".join(words.FIELDS)
    with sqlite3.connect(":memory:") as database:
        database.execute(
            f"CREATE VIRTUAL TABLE w USING fts5({columns}, tokenize='unicode61 remove_diacritics 0')"
        )
        database.execute("INSERT INTO w VALUES (?, ?, ?, ?)", words.index_fields("A title", passage))
        hits = database.execute("SELECT count(*) FROM w WHERE w MATCH ?", (words.match_query(question),))
        count: int = hits.fetchone()[0]
    database.close()
    return count > 0


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Aleksandar Vučić spoke.", "Vucic"),
        ("Aleksandar Vucic spoke.", "Vučiċ"),
        ("Aleksandar Vučić spoke.", "Вучић"),
        ("They met in Prishtina.", "Priština"),
        ("They met in Pristina.", "prishtina"),
        ("Mariya Zakharova spoke.", "Zaharova"),
        ("Mariya Zakharova spoke.", "Захарова"),
        ("Botsan-Kharchenko spoke.", "Harchenko"),
        ("Hashim Thaçi spoke.", "Thaci"),
        ("Zoran Đinđić spoke.", "Djindjic"),
        ("A force of 3,000 men.", "3000 men"),
        ("Troops were withdrawing.", "withdraw"),
        ("Kosovo's status.", "status of Kosovo"),
    ],
)
def test_one_name_in_two_spellings_is_found(written: str, asked: str) -> None:
    assert found(written, asked)


def test_other_words_are_not_found() -> None:
    assert not found("Aleksandar Vučić spoke in Belgrade.", "Thaçi Pristina 1999")


def test_a_quoted_phrase_is_looked_for_as_it_stands() -> None:
    query = words.match_query('Who said "a peaceful agreement"?')
    assert '"a peac agreement"' in query


def test_words_that_only_ask_are_left_out() -> None:
    assert words.content_words("Who did what to whom in Kosovo?") == ["Kosovo"]
    assert words.content_words("Who was that?") == ["Who", "was", "that"]


@given(st.text(max_size=80))
def test_any_question_is_a_valid_query(question: str) -> None:
    found("Some words.", question) if words.match_query(question) else None


@given(st.text(max_size=40))
def test_analysis_ignores_case_and_diacritics(text: str) -> None:
    assert words.analyse(words.fold(text)) == words.analyse(words.fold(text).upper().lower())
