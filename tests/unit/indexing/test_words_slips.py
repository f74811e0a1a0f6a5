"""Words that are nearly another: found whatever the slip, counted as everybody counts."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.indexing.words_slips import Spellings, distance, reach

WORDS = ("recognition", "recognise", "phillip", "philips", "surinam", "kosovo", "belgrade", "mail", "male")
LETTERS = st.text(alphabet="abcdeš", max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recogniton", "recognition"),  # one left out
        ("recoggnition", "recognition"),  # one too many
        ("kosvoo", "kosovo"),  # two swapped
        ("belgrede", "belgrade"),  # one for another
        ("rceogniton", "recognition"),  # two slips in a long word
        ("surinan", "surinam"),
    ],
)
def test_the_word_that_was_meant_is_the_nearest(typed: str, meant: str) -> None:
    spellings = Spellings(WORDS, [1] * len(WORDS))
    assert spellings.near(typed, reach(typed))[0][0] == meant


def test_short_words_and_figures_have_no_neighbours() -> None:
    assert reach("mal") == reach("covid19") == reach("1244") == 0
    assert reach("mali") == 1
    assert reach("recogniton") == 2
    assert Spellings(WORDS, [1] * len(WORDS)).near("bail", 1) == []  # a short word begins as it was typed


def test_the_frequent_word_comes_first_and_the_word_itself_never() -> None:
    spellings = Spellings(["mail", "maul", "male", "mall"], [5, 1, 9, 20])
    assert [w for w, _ in spellings.near("mal", 1)] == ["mall", "male", "mail", "maul"]
    assert [w for w, _ in spellings.near("mall", 1)] == ["male", "mail", "maul"]


def plainly(one: str, other: str) -> int:
    """Count slips as the definition does, the slow way."""
    if not one or not other:
        return len(one) + len(other)
    costs = [
        plainly(one[1:], other) + 1,
        plainly(one, other[1:]) + 1,
        plainly(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[:2] == other[1::-1] and len(one) > 1 and len(other) > 1:
        costs.append(plainly(one[2:], other[2:]) + 1)
    return min(costs)


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5))
def test_slips_are_counted_as_defined(one: str, other: str) -> None:
    for most in (1, 2):
        assert distance(one, other, most) == min(plainly(one, other), most + 1)


@given(LETTERS.filter(len), st.lists(LETTERS.filter(len), unique=True, max_size=20), st.integers(1, 2))
def test_no_neighbour_is_ruled_out_by_its_letters(word: str, others: list[str], most: int) -> None:
    away = {o: distance(word, o, most) for o in others if len(word) > 5 or o[0] == word[0]}
    nearest = min((d for d in away.values() if 0 < d <= most), default=0)
    expected = {o for o, d in away.items() if d == nearest and d}
    assert {o for o, _ in Spellings(others, [1] * len(others)).near(word, most, 99)} == expected


def test_a_large_vocabulary_is_searched_while_somebody_waits() -> None:
    chance = random.Random(7)
    many = {"".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 14))) for _ in range(100_000)}
    spellings = Spellings([*many, "recognit"], [1] * (len(many) + 1))
    started = time.perf_counter()
    assert spellings.near("recogniton", 2) == [("recognit", 2)]
    assert time.perf_counter() - started < 0.25  # a hundredth of it on an idle computer
