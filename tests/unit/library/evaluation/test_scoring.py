"""One answer beside what is known: what counts as found, cited, right and declined."""

from __future__ import annotations

import math

import pytest

from qa_desktop.domain import Answer
from qa_desktop.library.evaluation.questions import Evidence, KnownQuestion
from qa_desktop.library.evaluation.scoring import Names, Outcome, Row, score
from tests.support.judged import answer, entry, hit

ONE, TWO, COPY = entry("1.txt", 1), entry("deep/2.pdf", 2), entry("copy.txt", 3, duplicate_of=1)
NAMES = Names([ONE, TWO, COPY])
FIRST = "Yesterday the cat sat quietly on a small red mat by the open door."
SECOND = "An entirely different sentence about the weather in northern Norway."
KNOWN = KnownQuestion(
    "q", "Where?", ("red mat",), (Evidence("1.txt", text=FIRST), Evidence("2.pdf", 3, SECOND)), "place"
)
UNKNOWN = KnownQuestion("u", "Why?", (), ())
OTHER = "Words about something that has nothing to do with any of this."


def judged(known: KnownQuestion, given: Answer) -> Row:
    return score(known, given, NAMES, lambda citation: "forged" not in citation.quote)


def test_a_perfect_answer_is_perfect_in_everything() -> None:
    hits = [hit(ONE, FIRST), hit(TWO, SECOND, 2, 3)]
    row = judged(KNOWN, answer(hits, [(ONE, FIRST), (TWO, SECOND)], short="the red mat"))
    values = row.values
    assert row.outcome is Outcome.RIGHT
    assert [(e.rank, e.cited) for e in row.evidence] == [(1, True), (2, True)]
    assert (values["doc_recall@1"], values["doc_recall@5"], values["doc_ndcg@10"]) == (0.5, 1, 1)
    assert (values["passage_recall@1"], values["evidence_recall@5"], values["page_recall@1"]) == (0.5, 1, 0)
    assert values["page_recall@5"] == 1  # the passage goes over to page 3
    assert (values["citations_right"], values["evidence_cited"]) == (2, 2)
    assert (values["short_exact"], values["answer_contains"], values["good"]) == (1, 1, 1)


def test_a_right_text_in_another_document_is_not_the_evidence() -> None:
    row = judged(KNOWN, answer([hit(TWO, FIRST), hit(ONE, OTHER)], [(TWO, FIRST)]))
    assert row.values["passage_recall@10"] == 0
    assert row.values["doc_recall@10"] == 1
    assert not row.citations[0].right
    assert row.outcome is Outcome.RIGHT  # for it says the accepted answer


def test_an_accepted_answer_elsewhere_in_the_document_carries_it_but_is_not_its_text() -> None:
    row = judged(KNOWN, answer([hit(ONE, "The red mat was new.")], [(ONE, "The red mat was new.")]))
    assert row.values["passage_recall@1"] == 0.5
    assert row.values["evidence_recall@10"] == 0
    assert row.citations[0].right


def test_yes_and_no_stand_in_any_text_and_carry_nothing() -> None:
    known = KnownQuestion("y", "Did it?", ("no",), (Evidence("1.txt"),))
    row = judged(known, answer([hit(ONE, "There was no cat.")], [(ONE, "There was no cat.")]))
    assert "passage_recall@1" not in row.values
    assert row.values["doc_recall@1"] == 1
    assert row.values["citations_right"] == 1  # only the document is known, and it is that


def test_where_only_a_page_is_known_the_quotation_must_be_on_it() -> None:
    for page, right in ((1, True), (2, False)):
        known = KnownQuestion("p", "Is it?", ("yes",), (Evidence("2.pdf", page),))
        row = judged(known, answer([hit(TWO, OTHER)], [(TWO, OTHER)]))
        assert (row.citations[0].right, row.evidence[0].rank) == (right, None)


def test_a_copy_counts_as_the_document() -> None:
    row = judged(KNOWN, answer([hit(COPY, FIRST), hit(ONE, FIRST)], [(COPY, FIRST)]))
    assert row.values["doc_mrr@10"] == 1
    assert row.values["doc_ndcg@10"] == pytest.approx(
        1 / (1 + 1 / math.log2(3))
    )  # one of two, not two of two
    assert row.citations[0].right


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (answer([hit(ONE, FIRST)], []), Outcome.DECLINED_WRONGLY),
        (answer([hit(ONE, FIRST)], [(ONE, OTHER)]), Outcome.OTHER_CITED),
        (answer([hit(ONE, OTHER)], [(ONE, OTHER)]), Outcome.EVIDENCE_MISSED),
        (answer([hit(ONE, FIRST)], [(ONE, FIRST)]), Outcome.RIGHT),
    ],
)
def test_what_becomes_of_an_answerable_question(given: Answer, outcome: Outcome) -> None:
    row = judged(KNOWN, given)
    assert row.outcome is outcome
    assert row.values["good"] == (outcome is Outcome.RIGHT)


def test_an_unanswerable_question_is_to_be_declined() -> None:
    declined = judged(UNKNOWN, answer([hit(ONE, OTHER)], confidence=0.1))
    invented = judged(UNKNOWN, answer([hit(ONE, OTHER)], [(ONE, OTHER)]))
    assert declined.outcome is Outcome.DECLINED_RIGHTLY
    assert invented.outcome is Outcome.INVENTED
    assert declined.values["answerable"] == invented.values["answerable"] == 0
    assert not {"answer_f1", "citations", "doc_recall@1"} & set(invented.values)


def test_evidence_without_answers_is_ranked_by_its_grades() -> None:
    known = KnownQuestion("r", "x", (), (Evidence("1.txt", grade=1), Evidence("deep/2.pdf", grade=3)))
    row = judged(known, answer([hit(ONE, OTHER), hit(TWO, OTHER)]))
    assert row.outcome is Outcome.RANKED
    assert row.values["doc_ndcg@10"] == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert not {"declined", "good", "answer_f1"} & set(row.values)


def test_a_quote_that_is_not_exact_is_counted() -> None:
    row = judged(UNKNOWN, answer([], [(ONE, "a forged quote"), (ONE, OTHER)]))
    assert (row.values["quotes"], row.values["quotes_proven"]) == (2, 1)
    assert [c.proven for c in row.citations] == [False, True]


def test_documents_are_found_by_the_end_of_their_name_where_only_one_has_it() -> None:
    assert NAMES.find("2.pdf") is TWO
    assert NAMES.find("deep\\2.pdf") is TWO
    assert NAMES.find("pdf") is None
    assert Names([entry("a/1.txt", 4), entry("b/1.txt", 5)]).find("1.txt") is None
    row = judged(
        KnownQuestion("g", "?", ("x",), (Evidence("gone.txt", text=FIRST),)), answer([hit(ONE, FIRST)])
    )
    assert row.values["doc_recall@10"] == 0
