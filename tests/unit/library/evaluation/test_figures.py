"""Figures of many questions: their values, their intervals, and what two runs have in common."""

from __future__ import annotations

import dataclasses
import math
import random

import numpy as np
import pytest

from qa_desktop.domain import Verdict
from qa_desktop.library.evaluation.chance import Draws, interval, value_of
from qa_desktop.library.evaluation.compare import Comparison, Earlier, compare
from qa_desktop.library.evaluation.figures import BY_KEY, FIGURES, estimate
from qa_desktop.library.evaluation.questions import Sort
from qa_desktop.library.evaluation.scoring import Outcome, Row
from qa_desktop.library.evaluation.ways import columns_of, mean


def row(number: int, *, declined: bool = False, answerable: bool = True, **values: float) -> Row:
    good = declined is not answerable
    sort = Sort.ANSWERABLE if answerable else Sort.UNANSWERABLE
    given = {"answerable": float(answerable), "declined": float(declined), "good": float(good), **values}
    return Row(
        id=str(number),
        question=f"Question {number}?",
        kind="",
        sort=sort,
        outcome=Outcome.RIGHT,
        verdict=Verdict.NOT_FOUND if declined else Verdict.ANSWERED,
        confidence=given.setdefault("confidence", 0.5),
        answers=(),
        answer="",
        short_answer="",
        evidence=(),
        citations=(),
        differs=0,
        values=given,
    )


def found_first(number: int) -> Row:
    own = row(number)
    own.values["doc_recall@1"] = 1.0
    return own


def values(rows: list[Row]) -> dict[str, float]:
    return {key: round(own.value, 6) for key, own in estimate(rows).items()}


def test_declining_is_measured_as_finding_the_unanswerable() -> None:
    rows = [
        *(row(i, declined=True, answerable=False) for i in range(6)),
        *(row(i, declined=False, answerable=False) for i in range(6, 8)),
        *(row(i, declined=True) for i in range(8, 10)),
        *(row(i) for i in range(10, 30)),
    ]
    found = values(rows)
    assert found["decline_precision"] == found["decline_recall"] == found["decline_f1"] == 0.75
    assert found["declined_wrongly"] == pytest.approx(2 / 22, abs=1e-6)
    assert found["good"] == pytest.approx(26 / 30, abs=1e-6)


def test_what_cannot_be_computed_is_left_out() -> None:
    found = values([row(1), found_first(2)])
    assert found["doc_recall@1"] == 1
    assert not {"decline_recall", "confidence_auroc", "page_recall@1", "ms_p95_total"} & set(found)
    assert estimate([row(1), found_first(2)])["doc_recall@1"].questions == 1


def test_citations_are_counted_all_together() -> None:
    rows = [
        row(1, citations=4, citations_right=1, evidence=1, evidence_cited=1, quotes=4, quotes_proven=4),
        row(2, citations=1, citations_right=1, evidence=3, evidence_cited=0, quotes=1, quotes_proven=0),
        row(3, citations=0, citations_right=0, evidence=1, evidence_cited=0, quotes=0, quotes_proven=0),
    ]
    found = values(rows)
    assert (found["citation_precision"], found["citation_recall"], found["quotes_proven"]) == (0.4, 0.2, 0.8)
    assert estimate(rows)["citation_precision"].questions == 2


def test_every_key_is_there_once_and_every_figure_says_what_it_is() -> None:
    assert len(BY_KEY) == len(FIGURES)
    assert all(figure.meaning.endswith(".") and figure.title for figure in FIGURES)
    assert all(figure.better in (-1, 0, 1) and figure.unit in ("share", "ms") for figure in FIGURES)


def test_the_order_of_questions_changes_no_figure() -> None:
    random_ = random.Random(3)
    rows = [
        row(
            i,
            declined=random_.random() < 0.4,
            answerable=random_.random() < 0.6,
            confidence=random_.random(),
            ms_total=random_.random() * 900,
            answer_f1=random_.random(),
        )
        for i in range(40)
    ]
    assert values(rows) == pytest.approx(values(random_.sample(rows, len(rows))))


def test_the_interval_holds_the_value_shrinks_with_questions_and_is_the_same_every_time() -> None:
    widths = []
    for count in (20, 400):
        rows = [row(i, answer_f1=float(i % 2)) for i in range(count)]
        own = estimate(rows)["answer_f1"]
        assert own.low < own.value == 0.5 < own.high
        assert own == estimate(rows)["answer_f1"]
        widths.append(own.high - own.low)
    assert widths[1] == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(400), rel=0.15)  # as the normal curve has it
    assert widths[0] > 3 * widths[1]


def test_a_figure_is_drawn_as_it_is_computed() -> None:
    rows = [row(i, confidence=i / 10, answerable=i > 3, ms_total=float(i)) for i in range(10)]
    columns, draws = columns_of(rows), Draws(len(rows))
    for key in ("confidence_auroc", "ms_median_total", "good", "decline_recall"):
        figure = BY_KEY[key].how
        again = [value_of(figure, {n: c[drawn] for n, c in columns.items()}) for drawn in draws.rows[:50]]
        assert draws.outcomes(figure, columns)[:50] == pytest.approx(again, nan_ok=True)
    assert all(math.isnan(bound) for bound in interval(np.full(5, np.nan)))
    assert math.isnan(value_of(mean("answer_f1"), columns))


def compared(old: list[Row], new: list[Row]) -> Comparison:
    return compare(Earlier("before.json", {"made": "2024"}, tuple(old)), new, {"made": "2025"})


def test_a_run_compared_with_itself_has_not_changed() -> None:
    rows = [row(i, answer_f1=i / 9, ms_total=float(i)) for i in range(9)]
    found = compared(rows, rows)
    assert found.questions == 9
    assert found.changes
    assert not any(c.difference or c.certain or c.better or c.worse for c in found.changes.values())


def test_what_got_better_and_worse_is_named_and_comparing_backwards_turns_it_over() -> None:
    old = [row(i, declined=i == 0, ms_total=100.0) for i in range(30)] + [row(99, answerable=False)]
    new = [row(i, declined=i in (1, 2), ms_total=50.0) for i in range(30)] + [row(99, answerable=False)]
    there, back = compared(old, new), compared(new, old)
    assert (there.changes["good"].better, there.changes["good"].worse) == (("0",), ("1", "2"))
    assert (back.changes["good"].better, back.changes["good"].worse) == (("1", "2"), ("0",))
    assert there.changes["declined_wrongly"].worse == ("1", "2")  # less is better
    assert not there.changes["good"].certain  # one question of thirty is chance
    assert there.changes["ms_median_total"].certain
    for key, change in there.changes.items():
        assert change.difference == pytest.approx(-back.changes[key].difference)
        assert change.low == pytest.approx(-back.changes[key].high)


def test_only_questions_that_are_the_same_are_compared() -> None:
    old = [row(1), row(2), row(3)]
    new = [row(1), dataclasses.replace(row(2), question="Another?"), row(4)]
    found = compared(old, new)
    assert (found.questions, found.only_now, found.only_then) == (1, ("2", "4"), ("2", "3"))
    assert compared([row(1)], [row(2)]).changes == {}


def test_what_else_is_not_the_same_is_said() -> None:
    about = {"models": {"encoder": {"name": "a"}}, "library": {"passages": 3}}
    other = {"models": {"encoder": {"name": "b"}}, "library": {"passages": 3}}
    found = compare(Earlier("x", about, (row(1),)), [row(1)], other)
    assert found.settings == ("another encoder",)
