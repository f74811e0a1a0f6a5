"""The use-case: put questions with known evidence to a library, and measure what comes of it."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from qa_desktop import __version__
from qa_desktop.answering.cite import proven
from qa_desktop.domain import Answer, Citation, Page, Question
from qa_desktop.library.evaluation import certainty
from qa_desktop.library.evaluation.compare import Comparison, Earlier, compare
from qa_desktop.library.evaluation.figures import Estimate, estimate
from qa_desktop.library.evaluation.questions import KnownQuestion, QuestionFile
from qa_desktop.library.evaluation.scoring import Names, Row, score
from qa_desktop.library.library import Library
from qa_desktop.models import registry
from qa_desktop.models.spec import file_sha256
from qa_desktop.paths import bundled
from qa_desktop.progress import CancelToken, Progress, Report, ignore

HITS = 50
"""Passages asked for: measures of documents look at the first ten *different* ones."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.  `about` says of what, as plain data: questions, library, models, settings.

    `figures` and, for each kind of question, `kinds` are estimates by key; `curve` and `bins` are empty where
    not both answerable and unanswerable questions were asked.  `unknown` are documents that evidence names
    and the library has not.
    """

    about: dict[str, Any]
    rows: tuple[Row, ...]
    figures: dict[str, Estimate]
    kinds: dict[str, dict[str, Estimate]] = field(default_factory=dict)
    curve: tuple[certainty.Point, ...] = ()
    bins: tuple[certainty.Bin, ...] = ()
    unknown: tuple[str, ...] = ()
    comparison: Comparison | None = None

    @property
    def sound(self) -> bool:
        """True if every line was a question, every document known, and every quote exact."""
        exact = self.figures.get("quotes_proven")
        return not (self.about["questions"]["skipped"] or self.unknown or (exact and exact.value < 1))


Keep = Callable[[KnownQuestion, Answer], None]


def evaluate(
    library: Library,
    asked: QuestionFile,
    *,
    earlier: Earlier | None = None,
    one_by_one: bool = False,
    keep: Keep | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Ask all questions and measure the answers; compare with an `earlier` run if there is one.

    Questions are asked several at a time on all cores, patiently; `one_by_one` asks them as a person
    would, so that times are what a person waits for.  `keep` is handed each answer as it comes.  Raises what
    `Library.ask` raises, and Cancelled.
    """
    names, proofs = Names(library.documents()), _Proofs(library)
    rows = []
    answers = _answers(library, asked, report, cancel or CancelToken(), one_by_one=one_by_one)
    for known, answer in zip(asked.questions, answers, strict=True):
        if keep:
            keep(known, answer)
        rows.append(score(known, answer, names, proofs))
    named = dict.fromkeys(piece.doc for known in asked.questions for piece in known.evidence)
    return summarise(
        rows,
        _about(library, asked, one_by_one=one_by_one),
        tuple(name for name in named if names.find(name) is None),
        earlier,
    )


def summarise(
    rows: list[Row],
    about: dict[str, Any],
    unknown: tuple[str, ...] = (),
    earlier: Earlier | None = None,
) -> Evaluation:
    """Compute everything that can be computed from rows."""
    judged = [row for row in rows if "answerable" in row.values]
    confidence = np.array([row.confidence for row in judged], np.float64)
    true = np.array([row.values["answerable"] > 0 for row in judged], bool)
    both = bool(len(true)) and not true.all() and bool(true.any())
    kinds = dict.fromkeys(row.kind for row in rows if row.kind)
    return Evaluation(
        about=about,
        rows=tuple(rows),
        figures=estimate(rows),
        kinds={kind: estimate([row for row in rows if row.kind == kind]) for kind in kinds},
        curve=certainty.curve(confidence, true) if both else (),
        bins=certainty.calibration(confidence, true) if both else (),
        unknown=unknown,
        comparison=compare(earlier, rows, about) if earlier else None,
    )


def _answers(
    library: Library, asked: QuestionFile, report: Report, cancel: CancelToken, *, one_by_one: bool
) -> Iterator[Answer]:
    questions = [Question(known.question, limit=HITS) for known in asked.questions]
    if not one_by_one:
        yield from library.ask_many(questions, report=report, cancel=cancel)
        return
    library.warm_up()
    for number, question in enumerate(questions):
        cancel.check()
        report(Progress("asking", number, len(questions), question.text, "questions"))
        yield library.ask(question, cancel=cancel)
    report(Progress("asking", len(questions), len(questions), "", "questions"))


class _Proofs:
    """Cuts citations out of the stored text again; the pages of the last documents are kept."""

    _MOST = 32

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages: dict[int, tuple[Page, ...]] = {}

    def __call__(self, citation: Citation) -> bool:
        document = citation.document.id
        if document not in self._pages:
            if len(self._pages) >= self._MOST:
                self._pages.pop(next(iter(self._pages)))
            self._pages[document] = self._library.pages(document)
        return proven(citation.quote, citation.runs, self._pages[document])


def _about(library: Library, asked: QuestionFile, *, one_by_one: bool) -> dict[str, Any]:
    """Return what was evaluated, as plain data: enough to tell whether two runs can be compared."""
    status, identity = library.status(), library.identity
    reader = registry.default_cross_encoder()
    return {
        "made_by": f"qa-desktop {__version__}",
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "questions": {
            "file": asked.name,
            "sha256": asked.sha256,
            "count": len(asked.questions),
            "skipped": [{"line": bad.line, "reason": bad.reason} for bad in asked.bad],
        },
        "library": {
            "name": library.name,
            "id": identity.id.hex(),
            "format": status.format,
            "documents": status.documents,
            "passages": status.passages,
            "recipe": identity.recipe.as_dict(),
        },
        "models": {
            "encoder": {"name": identity.encoder, "sha256": identity.model_sha256},
            "cross_encoder": {"name": reader.name, "sha256": reader.model_sha256},
            "decision": {"sha256": file_sha256(bundled("resources") / "answering" / "decision.toml")},
        },
        "settings": {"hits": HITS, "asked": "one by one" if one_by_one else "several at a time"},
        "computer": {"system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count()},
    }
