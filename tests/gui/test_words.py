"""Numbers, dates and places read as a person would write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from qa_desktop.domain import Citation, DocumentEntry, FileProblem, Run
from qa_desktop.errors import REASONS
from qa_desktop.gui import words


def document(title: str = "", date: str = "2003-07-03") -> DocumentEntry:
    return DocumentEntry(
        1, "press/july.html", "/x", "html", title, "", date, False, 1, 1, 10, "00", "searchable"
    )


@pytest.fixture(autouse=True)
def british() -> object:
    kept = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(kept)


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2003", "2003"), ("2003-07", "July 2003"), ("2003-07-03", "3 July 2003"), ("", ""), ("s. d.", "s. d.")],
)
def test_dates_are_as_precise_as_they_are(iso: str, shown: str) -> None:
    assert words.date(iso) == shown


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "sr_Cyrl_RS", "en_US", "ja_JP", "ar_EG"])
def test_no_locale_shows_the_day_of_the_week_or_a_pattern(locale: str) -> None:
    QLocale.setDefault(QLocale(locale))
    shown = words.date("2003-07-03")
    assert shown
    assert "d" not in shown.replace("de", "")
    assert QLocale().dayName(4) not in shown


@given(st.floats(0, 1e6))
def test_every_time_to_wait_has_words(seconds: float) -> None:
    assert words.duration(seconds)
    assert "%" not in words.duration(seconds)


def test_one_document_is_not_1_documents() -> None:
    assert words.documents(1) == "1 document"
    assert words.documents(1200) == "1,200 documents"


def test_a_copied_quote_names_its_place_and_file() -> None:
    citation = Citation(1, document("Digest"), 1, "It left.", (Run(1, 0, 8),), 7, "5", "page 7")
    assert words.quote_with_citation(citation) == (
        "“It left.” (Digest, p. 7 (printed 5), 3 July 2003; press/july.html)"
    )


def test_every_reason_has_words() -> None:
    for reason in REASONS:
        assert words.problem(FileProblem(reason)) != reason
        assert words.problem_in_full(FileProblem(reason))


def test_a_share_is_rounded_but_never_up_to_the_whole() -> None:
    assert words.percent(0.966) == "97 %"
    assert words.percent(0.9999) == "99 %"
    assert words.percent(1.0) == "100 %"


def test_languages_are_called_by_their_names() -> None:
    assert words.language("de") == "German"
    assert words.language("") == ""
    assert words.language("xx") == "xx"
