"""How near an answer's words are to an accepted answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.library.evaluation.wording import contains, exact, f1, plain_words

texts = st.text(alphabet="ab c.đć,THE ", max_size=30)


@pytest.mark.parametrize(
    ("answer", "accepted", "expected"),
    [
        ("The Cat!", ["cat"], 1),
        ("Vučić", ["vucic"], 1),
        ("a big cat", ["the cat", "big cat"], 1),
        ("U.S.", ["us"], 1),
        ("dog", ["cat"], 0),
        ("", ["cat"], 0),
        ("anything", [], 0),
    ],
)
def test_exact_forgives_case_articles_marks_and_diacritics(
    answer: str, accepted: list[str], expected: float
) -> None:
    assert exact(answer, accepted) == expected


def test_f1_of_words_in_common() -> None:
    assert f1("big cat", ["the cat"]) == pytest.approx(2 / 3)
    assert f1("cat cat", ["cat"]) == pytest.approx(2 / 3)  # a word said twice counts once
    assert f1("big cat", ["dog", "big cat"]) == 1
    assert f1("dog", ["cat"]) == 0
    assert f1("", ["cat"]) == 0


def test_an_answer_contains_whole_words_and_counts_the_parts() -> None:
    assert contains("It was on 12 June 1999, at night.", ["12 June 1999"]) == 1
    assert contains("There were 14 of them", ["4"]) == 0
    assert contains("Putin met him in July", ["Putin; Thaçi"]) == 0.5
    assert contains("Thaci met Putin", ["Putin; Thaçi"]) == 1
    assert contains("nothing", []) == 0


@given(texts, texts)
def test_f1_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert f1(one, [other]) == pytest.approx(f1(other, [one]))
    assert 0 <= f1(one, [other]) <= 1


@given(texts, st.lists(texts, min_size=1))
def test_exact_means_full_f1_and_more_accepted_answers_never_hurt(answer: str, accepted: list[str]) -> None:
    if exact(answer, accepted):
        assert f1(answer, accepted) == 1
    assert f1(answer, accepted) >= f1(answer, accepted[:1])
    assert f1(answer, [answer]) == 1
    assert plain_words(" ".join(plain_words(answer))) == plain_words(answer)
