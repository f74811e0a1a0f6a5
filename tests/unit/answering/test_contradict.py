"""What may be the same is taken for the same; what cannot both be right is seen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.contradict import Told, amount, amounts_differ, contradict, names_differ, unit
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.polarity import opposed, says_no


def told(words: str, before: str = "") -> Told:
    return Told(words, before, f"{before} {words} were there.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,300", "1300"),
        ("3.5 million euros", "3500000"),
        ("twenty-three", "23"),
        ("three hundred and twelve", "312"),
        ("two thousand five hundred", "2500"),
        ("two dozen", "24"),
        ("a few", None),
        ("half", None),
    ],
)
def test_amounts_are_read_in_figures_and_in_words(text: str, number: str | None) -> None:
    assert amount(text) == (None if number is None else Decimal(number))


WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6}


@given(st.sampled_from(WORDS), st.sampled_from(list(TIMES)))
def test_words_and_figures_are_one_amount(word: str, times: str) -> None:
    assert amount(f"{word} {times}") == amount(f"{(WORDS.index(word) + 1) * TIMES[times]:,}")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (told("17"), told("Twenty-three"), True),
        (told("300"), told("312"), False),  # rounded
        (told("1,300"), told("1,312"), False),
        (told("20"), told("23"), True),
        (told("100"), told("120"), True),
        (told("100", "more than"), told("112"), False),
        (told("100", "about"), told("180"), True),
        (told("3.9 percent"), told("4 per cent"), False),
        (told("54.3 per cent"), told("58.1 %"), True),
        (told("48.2 million francs"), told("61 million francs"), True),
        (told("$5 million"), told("5,000,000 dollars"), False),
        (told("40 kilometres"), told("25 miles"), False),  # another unit: perhaps the same
        (told("a few"), told("12"), False),
    ],
)
def test_amounts_differ_where_neither_is_the_other_rounded(one: Told, other: Told, differ: bool) -> None:
    assert amounts_differ(one, other) is differ
    assert amounts_differ(other, one) is differ


def test_what_is_counted_is_told_from_how_many() -> None:
    assert unit("48.2 million francs") != unit("48.2 million euros")
    assert unit("€5") == unit("5 euros")


def test_names_differ_where_they_share_no_word_and_neither_stands_in_the_other_sentence() -> None:
    one = Told("Ivica Dačić", "", "The agreement was signed by Ivica Dačić.")
    same = Told("Minister Dacic", "", "Minister Dacic signed it.")
    other = Told("Aleksandar Vulin", "", "It was Aleksandar Vulin who signed the agreement.")
    both = Told("Aleksandar Vulin", "", "Aleksandar Vulin signed it beside Dačić.")
    assert not names_differ(one, same)
    assert names_differ(one, other)
    assert not names_differ(one, both)
    assert contradict(Kind.PERSON, one, other, "Who signed the agreement?")


@pytest.mark.parametrize(
    ("question", "sentence", "no"),
    [
        ("Did Serbia recognise Kosovo?", "Serbia has never recognised Kosovo.", True),
        ("Did Serbia recognise Kosovo?", "Serbia recognised Kosovo in the spring.", False),
        ("Did parliament ratify the treaty?", "Parliament refused to ratify the treaty.", True),
        ("Did parliament ratify the treaty?", "Parliament did not refuse to ratify the treaty.", False),
        ("Did the minister refuse to sign?", "The minister refused to sign.", False),
        ("Did he sign the treaty?", "He signed the treaty, but not the annex.", False),
        ("Did he sign the treaty?", "He signed not only the treaty but also its annex.", False),
        ("Has the mission been closed?", "The mission hasn’t been closed.", True),
    ],
)  # fmt: skip
def test_a_no_is_heard(question: str, sentence: str, no: bool) -> None:
    assert says_no(question, sentence) is no


def test_a_yes_and_a_no_are_opposed_only_about_what_is_asked() -> None:
    question = "Did Serbia recognise the passports of Kosovo?"
    yes = "Since 2011 Serbia has recognised the passports of Kosovo."
    assert opposed(question, yes, "Serbia does not recognise passports of Kosovo.")
    assert not opposed(question, yes, "Serbia recognises the passports of Kosovo at all its borders.")
    assert not opposed(question, yes, "The weather was not good.")
