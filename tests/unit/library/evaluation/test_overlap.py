"""Whether a passage is, in the main, the evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.library.evaluation.overlap import holds, overlap, words_of

EVIDENCE = "In July 2003 the last of the Russian soldiers left Kosovo for good."


def same(passage: str, evidence: str = EVIDENCE) -> bool:
    return overlap(words_of(passage), words_of(evidence))


def test_a_passage_around_the_evidence_carries_it() -> None:
    assert same(f"Much had happened before. {EVIDENCE} Others stayed, as everybody knows.")


def test_marks_line_breaks_and_a_number_of_a_note_do_not_matter() -> None:
    assert same("in JULY 2003,12 the last\nof the Russian soldiers left – Kosovo for good")


def test_a_piece_of_long_evidence_carries_it() -> None:
    long = "Nobody had expected it. " * 5 + EVIDENCE + " Talks followed, and they were long." * 5
    assert same(EVIDENCE, long)


def test_half_of_the_evidence_is_enough_and_less_is_not() -> None:
    assert same("the last of the Russian soldiers left Kosovo that year, as had been announced before")
    assert not same("the last of the Russian rulers was buried in 1918, as had been announced before")


def test_the_same_words_in_another_order_are_another_text() -> None:
    assert not same(" ".join(reversed(EVIDENCE.split())))


def test_short_texts_must_be_there_as_a_whole() -> None:
    assert same("It was founded on 25 April 2012 in Niš", "25 April 2012")
    assert not same("It was founded on 25 April 2013 in Niš", "25 April 2012")
    assert not same("Kosovo")  # a heading is no evidence
    assert not same("")
    assert not same("something", "")


def test_only_whole_words_are_held() -> None:
    assert holds(words_of("about 14 men"), words_of("14"))
    assert not holds(words_of("about 140 men"), words_of("14"))
    assert not holds(words_of("about men"), words_of(""))


@given(st.lists(st.sampled_from("one two three four five six".split()), min_size=5, max_size=30))
def test_a_text_overlaps_with_itself_and_with_whatever_is_around_it(words: list[str]) -> None:
    text = " ".join(words)
    assert same(text, text)
    assert same(f"before all that {text} and after it", text)
    assert same(text, f"before all that {text} and after it")
