"""An answer as the JSON object that other programs may rely on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qa_desktop.domain import Answer, Citation, Hit, Run


def answer_to_json(answer: Answer, identifier: str | int | None = None) -> dict[str, Any]:
    """Return `answer` as plain data; `identifier` is the question's own id in a batch."""
    return {
        "id": identifier,
        "question": answer.question.as_typed,
        "filters": [
            {"name": f.name, "value": f.value, "negated": f.negated} for f in answer.question.all_filters
        ],
        "verdict": answer.verdict.value,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "claims": [
            {"text": c.text, "citations": list(c.citations), "sources": answer.sources(c.citations)}
            for c in answer.claims
        ],
        "citations": [_citation(c) for c in answer.citations],
        "differs": [
            {"about": d.about, "sides": [{"text": text, "citation": number} for text, number in d.sides]}
            for d in answer.differs
        ],
        "parts": [
            {
                "asks": p.asks,
                "verdict": p.verdict.value,
                "confidence": round(p.confidence, 4),
                "short_answer": p.short_answer,
                "claims": list(p.claims),
            }
            for p in answer.parts
        ],
        "compared": answer.compared,
        "missing_phrases": list(answer.missing),
        "hits": [
            {**_hit(h), "holds_phrases": answer.question.fits(h.passage) and not answer.missing}
            for h in answer.hits
        ],
        "coverage": {
            "searched": answer.coverage.searched,
            "total": answer.coverage.total,
            "unreadable": [{"doc": doc, "reason": reason} for doc, reason in answer.coverage.unreadable],
            "left_out": dict(answer.coverage.left_out),
        },
        "read_as": {word: list(others) for word, others in answer.trace.read_as},
        "timings_ms": {name: round(ms, 1) for name, ms in answer.trace.timings_ms},
    }


def _runs(runs: Iterable[Run]) -> list[dict[str, int]]:
    return [{"page": r.page, "start": r.start, "end": r.end} for r in runs]


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "doc": citation.document.name,
        "title": citation.document.title,
        "page": citation.page,
        "page_label": citation.page_label,
        "locator": citation.locator,
        "runs": _runs(citation.runs),
        "quote": citation.quote,
        "sha256": citation.sha256,
        "same_text_as": citation.document.same_text_as,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    document, passage = hit.document, hit.passage
    return {
        "doc": document.name,
        "page": passage.page if document.paged else None,
        "locator": hit.locator,
        "runs": _runs(passage.runs),
        "text": passage.text,
        "score": round(hit.score, 5),
        "same_text_as": document.same_text_as,
    }
