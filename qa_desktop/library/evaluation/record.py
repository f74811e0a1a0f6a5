"""An evaluation as one JSON file: complete, versioned, and readable again for a comparison."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

from qa_desktop.domain import Verdict
from qa_desktop.errors import PathNotFound, UsageError
from qa_desktop.library.evaluation.certainty import Bin, Point
from qa_desktop.library.evaluation.compare import Earlier
from qa_desktop.library.evaluation.evaluate import Evaluation
from qa_desktop.library.evaluation.figures import Estimate
from qa_desktop.library.evaluation.questions import Sort
from qa_desktop.library.evaluation.scoring import CitationJudged, EvidenceFound, Outcome, Row

FORMAT = "qa-desktop evaluation"
VERSION = 1
_DIGITS = 6


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return everything that was measured as plain data."""
    compared = evaluation.comparison
    found: dict[str, Any] = _rounded(
        {
            "format": FORMAT,
            "version": VERSION,
            **evaluation.about,
            "unknown_documents": list(evaluation.unknown),
            "figures": _figures(evaluation.figures),
            "by_kind": {kind: _figures(own) for kind, own in evaluation.kinds.items()},
            "curve": [dataclasses.asdict(point) for point in evaluation.curve],
            "calibration": [dataclasses.asdict(one) for one in evaluation.bins],
            "comparison": dataclasses.asdict(compared) if compared else None,
            "rows": [dataclasses.asdict(row) for row in evaluation.rows],
        }
    )
    return found


def read_earlier(path: Path) -> Earlier:
    """Read what `to_json` gave, for a comparison.  Raises PathNotFound, and UsageError for another file."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise PathNotFound(path) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _strange(path, "It cannot be read as JSON.", str(error)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _strange(path, "It is JSON, but not an evaluation.")
    if found.get("version") != VERSION:
        raise _strange(path, f"It has version {found.get('version')}; this program reads {VERSION}.")
    try:
        rows = tuple(_row(entry) for entry in found["rows"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _strange(path, "One of its questions is not complete.", repr(error)) from error
    about = {name: value for name, value in found.items() if name != "rows"}
    return Earlier(path.name, about, rows)


def read_evaluation(path: Path) -> Evaluation:
    """Read a whole evaluation again, its comparison aside, to show it anew.  Raises as `read_earlier`."""
    earlier = read_earlier(path)
    about = earlier.about
    try:
        return Evaluation(
            about=about,
            rows=earlier.rows,
            figures={key: Estimate(**own) for key, own in about["figures"].items()},
            kinds={
                kind: {key: Estimate(**own) for key, own in figures.items()}
                for kind, figures in about["by_kind"].items()
            },
            curve=tuple(Point(**point) for point in about["curve"]),
            bins=tuple(Bin(**one) for one in about["calibration"]),
            unknown=tuple(about["unknown_documents"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _strange(path, "One of its figures is not complete.", repr(error)) from error


def _row(entry: dict[str, Any]) -> Row:
    return Row(
        **{
            **entry,
            "sort": Sort(entry["sort"]),
            "outcome": Outcome(entry["outcome"]),
            "verdict": Verdict(entry["verdict"]),
            "answers": tuple(entry["answers"]),
            "evidence": tuple(EvidenceFound(**piece) for piece in entry["evidence"]),
            "citations": tuple(CitationJudged(**citation) for citation in entry["citations"]),
            "values": {str(name): float(value) for name, value in entry["values"].items()},
        }
    )


def _figures(estimates: dict[str, Estimate]) -> dict[str, Any]:
    return {key: dataclasses.asdict(own) for key, own in estimates.items()}


def _rounded(value: Any) -> Any:
    """Return plain data with numbers cut to what they are worth; JSON has no NaN."""
    if isinstance(value, float):
        return round(value, _DIGITS) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _rounded(own) for key, own in value.items()}
    return [_rounded(own) for own in value] if isinstance(value, list | tuple) else value


def _strange(path: Path, explanation: str, details: str = "") -> UsageError:
    return UsageError(
        f"“{path}” is no evaluation to compare with",
        explanation,
        "Name a file evaluation.json that qa-desktop evaluate --out made.",
        details,
    )
