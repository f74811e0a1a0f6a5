"""The questions of the report, sorted by what became of them: what went wrong comes first, and open."""

from __future__ import annotations

import html
from collections.abc import Sequence

from qa_desktop.domain import Verdict
from qa_desktop.library.evaluation.charts import percent
from qa_desktop.library.evaluation.questions import Sort
from qa_desktop.library.evaluation.scoring import GOOD, CitationJudged, EvidenceFound, Outcome, Row

_GROUPS = (
    (Outcome.INVENTED, "Answered, though the documents do not", "Nothing in the documents answers these."),
    (Outcome.DECLINED_WRONGLY, "Declined, though the documents answer", "The evidence is there."),
    (
        Outcome.OTHER_CITED,
        "Something else was cited",
        "The evidence was found, but other sentences were quoted.",
    ),
    (Outcome.EVIDENCE_MISSED, "The evidence was not found", "It is not among the first ten passages."),
    (Outcome.RIGHT, "Answered rightly", "Evidence is cited, or an accepted answer is given."),
    (Outcome.DECLINED_RIGHTLY, "Declined rightly", "The documents do not answer these."),
    (Outcome.RANKED, "Ranked", "Only the order of documents is known for these."),
)
_VERDICTS = {Verdict.ANSWERED: "answered", Verdict.PARTIAL: "in part", Verdict.NOT_FOUND: "not found"}


def question_sections(rows: Sequence[Row]) -> str:
    """Return a section for each outcome, with every question in it."""
    parts = []
    for outcome, title, meaning in _GROUPS:
        own = [row for row in rows if row.outcome is outcome]
        if own:
            state = "good" if outcome in GOOD else "bad"
            parts.append(
                f"<details class='group {state}'><summary><h3>{title}"
                f" <span class='count'>{len(own):,}</span></h3> <span>{meaning}</span></summary>"
                f"{''.join(map(_question, own))}</details>"
            )
    return f"<section class='questions'><h2>Every question</h2>{''.join(parts)}</section>"


def _question(row: Row) -> str:
    kind = f"<span class='kind'>{html.escape(row.kind)}</span>" if row.kind else ""
    head = (
        f"<summary><code>{html.escape(row.id)}</code> <b>{html.escape(row.question)}</b> {kind}"
        f"<span class='verdict'>{_VERDICTS[row.verdict]}, {percent(row.confidence)} sure</span></summary>"
    )
    parts = []
    if row.answers:
        parts.append(f"<dt>Accepted</dt><dd>{' <i>or</i> '.join(map(html.escape, row.answers))}</dd>")
    elif row.sort is Sort.UNANSWERABLE:
        parts.append("<dt>Accepted</dt><dd><i>no answer: it is to be declined</i></dd>")
    if row.short_answer:
        parts.append(f"<dt>Marked</dt><dd><mark>{html.escape(row.short_answer)}</mark></dd>")
    if row.citations:
        parts.append(f"<dt>Said</dt><dd>{''.join(map(_citation, row.citations))}</dd>")
    if row.evidence:
        parts.append(f"<dt>Evidence</dt><dd>{''.join(map(_evidence, row.evidence))}</dd>")
    return f"<details class='question'>{head}<dl>{''.join(parts)}</dl></details>"


def _citation(citation: CitationJudged) -> str:
    state = "right" if citation.right else "other"
    words = "carries evidence" if citation.right else "carries none of the evidence"
    proven = "" if citation.proven else " <em>not what the stored text says</em>"
    place = html.escape(" · ".join(filter(None, (citation.doc, citation.locator))))
    return (
        f"<div class='said {state}' title='{words}'><p>{html.escape(citation.quote)}</p>"
        f"<small>{place}, {words}{proven}</small></div>"
    )


def _evidence(piece: EvidenceFound) -> str:
    place = html.escape(piece.doc) + (f", page {piece.page}" if piece.page else "")
    found = f"passage {piece.rank} of what was found" if piece.rank else "not among the first ten passages"
    cited = ", cited" if piece.cited else ""
    state = "right" if piece.cited else "near" if piece.rank else "other"
    text = f"<p>{html.escape(piece.text)}</p>" if piece.text else ""
    return f"<div class='said {state}'>{text}<small>{place}: {found}{cited}</small></div>"
