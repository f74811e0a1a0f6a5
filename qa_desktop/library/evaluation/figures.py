"""The table of figures: each with its key, what it is called, what it means, and how it is computed.

Everything that shows figures (terminal, report, comparison) goes by this table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qa_desktop.library.evaluation import certainty, ways
from qa_desktop.library.evaluation.chance import Columns, Draws, Ratio, Whole, interval, value_of
from qa_desktop.library.evaluation.scoring import CUTS, Row
from qa_desktop.library.evaluation.ways import PHASES


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.  `better` is 1 where more is better, -1 where less is, 0 where neither is.

    `unit` is "share" (0 to 1) or "ms"; `how` computes it from the columns of all rows.
    """

    key: str
    section: str
    title: str
    meaning: str
    how: Ratio | Whole
    better: int = 1
    unit: str = "share"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure's value, the bounds of its 95 % interval, and the number of questions it comes from."""

    value: float
    low: float
    high: float
    questions: int


def _recalls(name: str, title: str, meaning: str) -> Iterable[Figure]:
    for k in CUTS:
        key = f"{name}_recall@{k}"
        first = "the first passage" if k == 1 else f"the first {k} passages"
        as_documents = first.replace("passage", "document").replace("documents", "different documents")
        yield Figure(
            key,
            "Finding",
            f"{title}, first {k}",
            meaning.format(first=first, as_documents=as_documents),
            ways.mean(key),
        )


def _times() -> Iterable[Figure]:
    for name, percent, title in (("median", 50, "median"), ("p95", 95, "95th percentile")):
        for phase in PHASES:
            meaning = f"Milliseconds a question, {title}: " + (
                "from question to answer." if phase == "total" else f"the part called “{phase}”."
            )
            how = ways.percentile(percent, f"ms_{phase}")
            yield Figure(f"ms_{name}_{phase}", "Time", f"{phase}, {title}", meaning, how, -1, "ms")


FIGURES: tuple[Figure, ...] = (
    Figure(
        "good",
        "All in all",
        "handled rightly",
        "Questions answered with evidence or an accepted answer, or rightly declined.",
        ways.mean("good"),
    ),
    *_recalls("doc", "documents", "Share of the documents with evidence among {as_documents}."),
    Figure(
        "doc_ndcg@10",
        "Finding",
        "documents, nDCG@10",
        "How early the documents with evidence come; 1 if all come first.",
        ways.mean("doc_ndcg@10"),
    ),
    Figure(
        "doc_mrr@10",
        "Finding",
        "documents, MRR@10",
        "1 / rank of the first document with evidence.",
        ways.mean("doc_mrr@10"),
    ),
    *_recalls(
        "passage",
        "passages",
        "Share of the evidence carried by {first}: its text, or an accepted answer.",
    ),
    *_recalls("evidence", "evidence's text", "Share of the evidence whose text is in {first}."),
    *_recalls("page", "pages", "Share of the evidence's pages among those of {first}."),
    Figure(
        "citation_precision",
        "Citing",
        "citations that are right",
        "Share of the citations that carry evidence; answerable questions.",
        ways.share("citations_right", "citations"),
    ),
    Figure(
        "citation_recall",
        "Citing",
        "evidence that is cited",
        "Share of the pieces of evidence that are cited; answerable questions.",
        ways.share("evidence_cited", "evidence"),
    ),
    Figure(
        "quotes_proven",
        "Citing",
        "quotes that are exact",
        "Share of the quotes that the stored text, cut again, says letter for letter.",
        ways.share("quotes_proven", "quotes"),
    ),
    Figure(
        "answer_contains",
        "Answering",
        "answer says it",
        "Share of an accepted answer's parts that stand in the answer word for word.",
        ways.mean("answer_contains"),
    ),
    Figure(
        "answer_f1",
        "Answering",
        "answer, F1",
        "Words in common with an accepted answer (SQuAD); low, as answers are whole sentences.",
        ways.mean("answer_f1"),
    ),
    Figure(
        "answer_exact",
        "Answering",
        "answer, exact",
        "The answer has the very words of an accepted one (SQuAD).",
        ways.mean("answer_exact"),
    ),
    Figure(
        "short_f1",
        "Answering",
        "words marked, F1",
        "The same for the words marked as the answer, where any were.",
        ways.mean("short_f1"),
    ),
    Figure(
        "short_exact",
        "Answering",
        "words marked, exact",
        "Those words are the very words of an accepted answer.",
        ways.mean("short_exact"),
    ),
    Figure(
        "short_given",
        "Answering",
        "words are marked",
        "Share of the answered questions where words were marked.",
        ways.mean("short_given"),
        0,
    ),
    Figure(
        "differs",
        "Answering",
        "sources may differ",
        "Share of the questions where sources are said to differ.",
        ways.mean("differs"),
        0,
    ),
    Figure(
        "decline_precision",
        "Declining",
        "declined and right to",
        "Share of the declined questions that the documents do not answer.",
        ways.declining("precision"),
    ),
    Figure(
        "decline_recall",
        "Declining",
        "declined as it should",
        "Share of the questions without an answer that were declined.",
        ways.declining("recall"),
    ),
    Figure(
        "decline_f1",
        "Declining",
        "declining, F1",
        "Harmonic mean of the two.",
        ways.declining("f1"),
    ),
    Figure(
        "declined_wrongly",
        "Declining",
        "declined by mistake",
        "Share of the questions with an answer that were declined.",
        ways.declining("wrongly"),
        -1,
    ),
    Figure(
        "confidence_auroc",
        "Confidence",
        "tells them apart, AUROC",
        "Chance that a question with an answer has more confidence than one without.",
        ways.confident(certainty.auroc),
    ),
    Figure(
        "confidence_ece",
        "Confidence",
        "is off by (ECE)",
        "By how much confidence and the share that has an answer differ, bin by bin.",
        ways.confident(certainty.calibration_error),
        -1,
    ),
    Figure(
        "confidence_brier",
        "Confidence",
        "Brier score",
        "Mean squared difference of confidence and truth; 0.25 for always one half.",
        ways.confident(certainty.brier),
        -1,
    ),
    Figure(
        "risk_area",
        "Confidence",
        "risk over coverage",
        "Mean share of answers to questions without one, over all coverages.",
        ways.confident(certainty.risk_area),
        -1,
    ),
    *_times(),
)
BY_KEY = {figure.key: figure for figure in FIGURES}


def estimate(rows: Sequence[Row]) -> dict[str, Estimate]:
    """Return every figure that can be computed from these rows, by key."""
    columns, draws = ways.columns_of(rows), Draws(len(rows))
    found = {}
    for figure in FIGURES:
        value = value_of(figure.how, columns)
        if not math.isnan(value):
            low, high = interval(draws.outcomes(figure.how, columns))
            found[figure.key] = Estimate(value, low, high, _questions(figure, columns))
    return found


def _questions(figure: Figure, columns: Columns) -> int:
    """Count the questions that a figure comes from."""
    if isinstance(figure.how, Ratio):
        return int((figure.how.parts(columns)[1] > 0).sum())
    return int(np.all([~np.isnan(columns[name]) for name in figure.how.names], axis=0).sum())
