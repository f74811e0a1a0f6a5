"""Ways to compute a figure from the columns of all questions: a mean, a share, a measure of confidence.

A column has one number for each question, NaN where the question has none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qa_desktop.library.evaluation.certainty import Measure
from qa_desktop.library.evaluation.chance import Columns, Floats, Ratio, Whole
from qa_desktop.library.evaluation.scoring import CUTS, Row

PHASES = ("total", "encode", "search", "rerank", "answer")

_NAMES = (
    *("good", "doc_ndcg@10", "doc_mrr@10", "citations", "citations_right", "evidence", "evidence_cited"),
    *("quotes", "quotes_proven", "answer_contains", "answer_f1", "answer_exact", "short_f1", "short_exact"),
    *("short_given", "differs", "declined", "answerable", "confidence"),
    *(f"{what}_recall@{k}" for what in ("doc", "passage", "evidence", "page") for k in CUTS),
    *(f"ms_{phase}" for phase in PHASES),
)


def columns_of(rows: Sequence[Row]) -> dict[str, Floats]:
    """Return the values of all rows by name, each (n,), NaN where a row has none."""
    return {name: np.array([row.values.get(name, math.nan) for row in rows]) for name in _NAMES}


def mean(name: str) -> Ratio:
    """Return the mean of what is known of a column."""

    def parts(columns: Columns) -> tuple[Floats, Floats]:
        column = columns[name]
        known = ~np.isnan(column)
        return np.where(known, column, 0.0), known.astype(np.float64)

    return Ratio(parts)


def share(top: str, bottom: str) -> Ratio:
    """Return a sum over all questions as a share of another."""
    return Ratio(lambda columns: (np.nan_to_num(columns[top]), np.nan_to_num(columns[bottom])))


def declining(kind: str) -> Ratio:
    """Return precision, recall or F1 of declining, or the share of answerable questions declined."""

    def parts(columns: Columns) -> tuple[Floats, Floats]:
        declined = np.nan_to_num(columns["declined"])
        answerable = np.nan_to_num(columns["answerable"])
        unanswerable = np.nan_to_num(1 - columns["answerable"])
        if not unanswerable.any():
            return declined * 0, declined * 0  # nothing should have been declined: no figure
        rightly = declined * unanswerable
        return {
            "precision": (rightly, declined),
            "recall": (rightly, unanswerable),
            "f1": (2 * rightly, declined + unanswerable),
            "wrongly": (declined * answerable, answerable),
        }[kind]

    return Ratio(parts)


def confident(measure: Measure) -> Whole:
    """Return a measure of confidence, where both answerable questions and others were asked."""

    def of(confidence: Floats, answerable: Floats) -> float:
        known = ~np.isnan(answerable)
        true = answerable[known] > 0
        if true.all() or not true.any():
            return math.nan
        return measure(confidence[known], true)

    return Whole(("confidence", "answerable"), of)


def percentile(percent: float, name: str) -> Whole:
    """Return a percentile of what is known of a column."""

    def of(column: Floats) -> float:
        known = column[~np.isnan(column)]
        return float(np.percentile(known, percent)) if len(known) else math.nan

    def at_once(draws: Floats) -> Floats:
        found: Floats = np.percentile(draws, percent, axis=1)
        return found

    return Whole((name,), of, at_once)
