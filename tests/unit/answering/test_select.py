"""Sentences that say the same are one claim; claims are read in the order of their documents."""

from __future__ import annotations

from qa_desktop.answering.evidence import gather
from qa_desktop.answering.kinds import kind_of
from qa_desktop.answering.select import select
from tests.support.evidence import hit_of, said


def test_the_same_claim_in_two_documents_is_one_claim_with_two_sources() -> None:
    one = said("Russia withdrew its troops from the KFOR mission in July 2003.", 6.0)
    other = said("In July 2003 Russia withdrew its troops from KFOR.", 5.5, document=2)
    (group,) = select("When did Russia leave KFOR?", kind_of("When did Russia leave KFOR?"), [one, other])
    assert [m.hit.document.id for m in group.members] == [1, 2]


def test_other_figures_are_another_claim() -> None:
    one = said("The resolution was adopted on 23 September 1998.", 6.0)
    other = said("The resolution was adopted on 28 September 1998.", 5.5, document=2)
    assert (
        len(
            select(
                "When was the resolution adopted?", kind_of("When was the resolution adopted?"), [one, other]
            )
        )
        == 2
    )


def test_the_best_claim_comes_first_and_the_rest_in_the_order_of_the_text() -> None:
    best = said("Alpha troops left in one night.", 6.0, at=500)
    late = said("Beta troops stayed for years.", 5.9, at=900)
    early = said("Gamma troops came by air.", 5.5, at=100)
    groups = select("What did the troops do?", kind_of("What did the troops do?"), [best, late, early])
    assert [g.best.sentence.text.split()[0] for g in groups] == ["Alpha", "Gamma", "Beta"]


def test_what_is_far_worse_than_the_best_is_no_claim() -> None:
    best, weak = said("It began in June.", 6.0), said("Weather was fine.", 2.0)
    assert len(select("When did it begin?", kind_of("When did it begin?"), [best, weak])) == 1


def test_the_second_thing_a_question_names_gets_its_own_sentence() -> None:
    one = said("Chapter 35 demands normal relations.", 7.0)
    other = said("Chapter 31 is on foreign policy.", 3.0, at=200)
    beside = said("Talks go on.", 3.5, at=300)
    groups = select(
        "What do chapters 31 and 35 deal with?",
        kind_of("What do chapters 31 and 35 deal with?"),
        [one, beside, other],
    )
    assert [g.best.sentence.text for g in groups] == [one.sentence.text, other.sentence.text]


def test_another_side_is_a_claim_of_its_own_even_if_only_the_month_differs() -> None:
    one = said("The Russian contingent left the peacekeeping mission for good in June 2003.", 6.0)
    other = said(
        "The Russian contingent left the peacekeeping mission for good in July 2003.", 5.5, document=2
    )
    question = "When did the contingent leave the mission?"
    groups = select(question, kind_of(question), [one, other], [other])
    assert [g.best for g in groups] == [one, other]


def test_the_same_claim_in_two_copies_of_a_text_has_one_source() -> None:
    one = said("Russia withdrew its troops from the KFOR mission in July 2003.", 6.0, document=2)
    copy = said(
        "Russia withdrew its troops from the KFOR mission in July of 2003.", 5.5, document=3, copy_of=2
    )
    other = said("In July 2003 Russia withdrew its troops from KFOR.", 5.0, document=4)
    question = "When did Russia leave KFOR?"
    (group,) = select(question, kind_of(question), [one, copy, other])
    assert [m.hit.document.id for m in group.members] == [2, 4]


def test_a_sentence_is_read_in_one_of_the_copies_of_its_text() -> None:
    first = hit_of("It began in June 1999.", "It rained all day.", document=1)
    copy = hit_of("It began in June 1999.", "A later version adds this.", document=2, copy_of=1)
    other = hit_of("It began in June 1999.", document=3)
    read = [(hit.document.id, index) for hit, index in gather([], [first, copy, other])]
    assert read == [(1, 0), (1, 1), (2, 1), (3, 0)]


def test_a_row_of_the_table_that_fits_less_of_the_question_is_no_claim() -> None:
    best = said("Klaus Reinhardt Germany October 1999 April 2000", 9.0, kind="table")
    other = said("Carlo Cabigiosu Italy October 2000 April 2001", 8.5, at=60, kind="table")
    question = "Who commanded the force from October 1999 to April 2000?"
    assert len(select(question, kind_of(question), [best, other])) == 1


def test_rows_of_a_table_that_fit_alike_are_claims_each() -> None:
    one = said("Albania 18 February 2008 statement of the prime minister", 9.0, kind="table")
    other = said("United Kingdom 18 February 2008 letter", 8.8, at=60, kind="table")
    question = "Which states recognised it on 18 February 2008?"
    assert len(select(question, kind_of(question), [one, other])) == 2
