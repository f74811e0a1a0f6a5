"""Two ways of writing one word, name or figure meet in the index, in every language."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Document, Passage, Run, Sentence
from qa_desktop.indexing import words


def found(
    text: str, question: str, language: str = "en", asked: Sequence[str] = ("en",), also: Sequence[str] = ()
) -> bool:
    """Tell whether a passage of `text` is found by `question` in a real word index of `asked` languages."""
    document = Document("text", "A title", (), (), author="Ann Lee", date="2019-04", language=language)
    passage = Passage(0, "body", (), (Sentence(text, (Run(1, 0, len(text)),)),))
    columns = ", ".join(words.FIELDS)
    with sqlite3.connect(":memory:") as database:
        database.execute(
            f"CREATE VIRTUAL TABLE w USING fts5({columns},"
            " tokenize='unicode61 remove_diacritics 0 tokenchars ''-.''')"
        )
        database.execute("INSERT INTO w VALUES (?, ?, ?, ?, ?, ?)", words.index_fields(document, passage))
        match = words.match_query(question, asked, also=also)
        count: int = database.execute("SELECT count(*) FROM w WHERE w MATCH ?", (match,)).fetchone()[0]
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
        ("The with\u00addrawal began.", "withdrawal"),
    ],
)
def test_one_name_in_two_spellings_is_found(written: str, asked: str) -> None:
    assert found(written, asked)


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("de", "Die Häuser wurden verkauft.", "Haus"),
        ("de", "Die Verteidigungen brachen zusammen.", "verteidigung"),
        ("de", "Herr Müller sprach.", "Mueller"),
        ("de", "Auf großen Straßen", "grosse Strasse"),
        ("es", "Reconocieron los países.", "¿qué país reconoció?"),
        ("ru", "Войска вывели в июне.", "войсками"),
        ("sr", "Sednica u Beogradu o rekama", "седнице"),
        ("sr", "Седница у Београду", "sednicama"),
        ("hr", "Rijeka je duga.", "reke"),
        ("fr", "La force de l'homme", "hommes"),
        ("it", "La firma dell'accordo", "accordi"),
        ("pl", "W Kosowie byli żołnierze.", "żołnierza"),
        ("zh", "联合国安全理事会通过决议", "安全理事会"),
        ("uk", "Війська вийшли.", "війська"),
        ("", "The soldiers left.", "soldier"),
    ],
)
def test_inflection_follows_the_language_of_the_text(language: str, written: str, asked: str) -> None:
    assert found(written, asked, language, [language])
    assert found(written, asked, language, ["en", language, "fi"])  # in a library of several


def test_a_word_is_not_stemmed_by_the_rules_of_another_language() -> None:
    assert not found("Die Verteidigungen brachen zusammen.", "verteidigung", "de", ["en"])


def test_the_author_and_the_date_of_a_document_are_found() -> None:
    assert found("Some words.", "What did Ann Lee write?")
    assert found("Some words.", "What was said in April 2019?")
    assert not found("Some words.", "What was said in April 2020?")


def test_other_words_are_not_found() -> None:
    assert not found("Aleksandar Vučić spoke in Belgrade.", "Thaçi Pristina 1999")


def test_a_quoted_phrase_is_looked_for_as_it_stands() -> None:
    query = words.match_query('Who said "a peaceful agreement"?')
    assert '"a peac agreement"' in query


def test_a_number_is_looked_for_with_the_word_before_it() -> None:
    assert '"resolut 1244"' in words.match_query("What does Resolution 1244 say?")


def test_further_words_count_half() -> None:
    query = words.match_query("zebra", also=["horse"])
    assert query.count('"zebra"') == 2 * query.count('"hors"') + 2 * query.count('"horse"')
    assert found("A horse.", "zebra", also=["horse"])


def test_an_index_with_fewer_columns_can_be_asked() -> None:
    query = words.match_query("Thaçi on 24 September 2023", fields=("title", "headings", "body", "names"))
    assert "figures" not in query
    assert "about" not in query


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Who did what to whom in Kosovo?", ["Kosovo"]),
        ("Who was that?", ["Who", "was", "that"]),
        ("Wann hat Russland die KFOR verlassen?", ["Russland", "KFOR", "verlassen"]),
        ("¿Cuándo reconoció Surinam a Kosovo?", ["reconoció", "Surinam", "Kosovo"]),
        ("Када је Русија напустила КФОР?", ["Русија", "напустила", "КФОР"]),
        ("Kada je Rusija napustila KFOR?", ["Rusija", "napustila", "KFOR"]),
        ("War and men", ["War", "men"]),
        ("Were there 1 300 soldiers?", ["1300", "soldiers"]),
    ],
)
def test_words_that_only_ask_are_left_out(question: str, content: list[str]) -> None:
    assert words.content_words(question) == content


def test_the_language_of_the_texts_decides_where_a_question_could_be_in_two() -> None:
    assert words.content_words("Was in Berlin?", ["de"]) == ["Berlin"]
    assert words.language_by_stop_words("Was in Berlin?", ["de"]) == "de"
    assert words.language_by_stop_words("Was in Berlin?", ["en", "de"]) == "en"
    assert words.language_by_stop_words("Berlin 1999") == ""


@given(st.text(max_size=80))
def test_any_question_is_a_valid_query(question: str) -> None:
    found("Some words.", question, asked=["en", "de", "sr"]) if words.match_query(question) else None


@given(st.text(max_size=40))
def test_analysis_ignores_case_and_diacritics(text: str) -> None:
    assert words.analyse(words.fold(text)) == words.analyse(words.fold(text).upper().lower())


@given(st.text(max_size=40), st.sampled_from(["de", "es", "ru", "sr", "fr", "tr", "el", "uk", ""]))
def test_analysis_gives_words_without_blanks_or_capitals(text: str, language: str) -> None:
    for form in words.analyse(text, language):
        assert form == words.fold(form)
        assert not any(c.isspace() for c in form)
