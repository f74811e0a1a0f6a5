"""Sentences of different sources that give the same answer in other words are one claim."""

from __future__ import annotations

from qa_desktop.answering.agree import agreeing, same_thing
from qa_desktop.answering.contradict import Told
from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind, kind_of
from qa_desktop.indexing import words
from tests.support.evidence import said

QUESTION = "When did the contingent leave the airfield?"


def sentence(text: str, score: float, document: int, copy_of: int | None = None) -> Evidence:
    return said(text, score, document=document, question=QUESTION, copy_of=copy_of)


def found(*evidence: Evidence) -> list[int]:
    asked = words.content_words(QUESTION)
    return [e.hit.document.id for e in agreeing(kind_of(QUESTION), asked, evidence, 0)]


FIRST = sentence("The contingent left the airfield in July 2003.", 6.0, 1)


def test_another_source_with_the_same_date_agrees() -> None:
    other = sentence("On 24 July 2003 the last of the contingent was seen to leave the airfield.", 4.0, 2)
    assert found(FIRST, other) == [2]


def test_another_date_does_not_agree() -> None:
    other = sentence("The contingent was to leave the airfield in June 2003.", 5.0, 2)
    assert found(FIRST, other) == []


def test_the_same_date_of_something_else_does_not_agree() -> None:
    other = sentence("The bridge was painted in July 2003.", 5.0, 2)
    assert found(FIRST, other) == []


def test_a_copy_does_not_agree_with_its_original_nor_a_text_with_itself() -> None:
    copy = sentence("In July 2003 the contingent left the airfield, it is said.", 5.0, 2, copy_of=1)
    same = sentence("That the contingent left the airfield in July 2003 is known.", 5.0, 1)
    assert found(FIRST, copy, same) == []


def test_what_fits_far_less_does_not_agree() -> None:
    other = sentence("In July 2003 the contingent left the airfield for a day.", 2.0, 2)
    assert found(FIRST, other) == []


def same(kind: Kind, one: str, other: str) -> bool:
    return same_thing(kind, Told(one, "", one), Told(other, "", other))


def test_the_same_thing_may_be_said_more_fully() -> None:
    assert same(Kind.DATE, "9 June 1999", "9 June")
    assert not same(Kind.DATE, "9 June 1999", "1999")
    assert not same(Kind.DATE, "9 June 1999", "10 June 1999")
    assert same(Kind.PERSON, "Michael Jackson", "General Sir Michael Jackson")
    assert not same(Kind.PERSON, "Michael Jackson", "Janet Jackson")
    assert same(Kind.NUMBER, "1,300 soldiers", "1300 soldiers")
    assert not same(Kind.NUMBER, "1,300 soldiers", "1,300 euros")
