"""Copies of a text: found however they are wrapped, and never where texts merely resemble each other."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Document, Page, Run
from qa_desktop.indexing.same_text import Likeness, groups, likeness_of

VOCABULARY = [f"word{n}" for n in range(3000)]


def article(seed: int, length: int = 600) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def likeness(text: str, aside: str = "") -> Likeness:
    page = Page(1, f"{aside}\n{text}\n")
    start = len(aside) + 1
    blocks = (
        Block(BlockKind.ASIDE, (Run(1, 0, len(aside)),)),
        Block(BlockKind.PARAGRAPH, (Run(1, start, start + len(text)),)),
    )
    found = likeness_of(Document("text", "", (page,), blocks))
    assert found is not None
    return found


def same(*texts: str) -> dict[int, int]:
    return groups(range(1, len(texts) + 1), [likeness(text) for text in texts])


def test_a_copy_to_the_letter_is_one_however_short_and_whatever_stands_around_it() -> None:
    short = "The bridge was closed."
    assert same(short, "Another text.", "The  bridge\nwas CLOSED") == {3: 1}
    assert groups([1, 2], [likeness(short, "Menu"), likeness(short, "Page 3 of 9")]) == {2: 1}
    assert (
        likeness_of(Document("text", "", (Page(1, "…\n"),), (Block(BlockKind.PARAGRAPH, (Run(1, 0, 1),)),)))
        is None
    )


@pytest.mark.parametrize("seed", range(5))
def test_an_article_with_other_words_around_it_or_a_few_corrections_is_one(seed: int) -> None:
    words = article(seed)
    framed = " ".join([*article(seed + 100, 30), *words, *article(seed + 200, 20)])
    corrected = list(words)
    for place in random.Random(seed).sample(range(600), 5):
        corrected[place] = "corrected"
    shorter = " ".join(words[:560])
    assert same(" ".join(words), framed, " ".join(corrected), shorter) == {2: 1, 3: 1, 4: 1}


@pytest.mark.parametrize("seed", range(5))
def test_texts_that_share_half_of_their_words_are_two(seed: int) -> None:
    words = article(seed)
    assert same(" ".join(words), " ".join([*words[:300], *article(seed + 100, 300)])) == {}
    assert same(" ".join(words), " ".join(sorted(words))) == {}


def test_being_one_text_is_handed_on_and_the_earliest_stands_for_all() -> None:
    words = article(7, 1000)
    versions = [" ".join(words[start : start + 800]) for start in (0, 50, 100, 150)]
    unrelated = " ".join(article(8))
    assert same(unrelated, *versions) == {3: 2, 4: 2, 5: 2}


@settings(max_examples=25, deadline=None)
@given(copies=st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_every_document_stands_with_the_first_of_its_text(copies: list[int]) -> None:
    texts = [" ".join(article(n, 120)) for n in range(6)]
    found = same(*(texts[n] for n in copies))
    for place, text in enumerate(copies, start=1):
        first = copies.index(text) + 1
        assert found.get(place, place) == first


def test_sketches_that_were_made_differently_are_not_compared() -> None:
    one = likeness(" ".join(article(1)))
    other = likeness(" ".join([*article(1), "more"]))
    assert groups([1, 2], [one, other]) == {2: 1}
    of_another_make = Likeness(other.key, bytes([other.sketch[0] ^ 1]) + other.sketch[1:])
    assert groups([1, 2], [one, of_another_make]) == {}
