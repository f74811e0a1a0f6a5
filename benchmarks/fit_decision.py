"""Fit the model that decides whether the evidence answers, on questions with known answers.

    python -m benchmarks.fit_decision QUESTIONS.jsonl LIBRARY [QUESTIONS.jsonl LIBRARY ...] [--write]
    python -m benchmarks.fit_decision QUESTIONS.jsonl LIBRARY ... --head HEAD.onnx --rows ROWS.jsonl
    python -m benchmarks.fit_decision --rows ROWS.jsonl [--write]

A question counts as answerable when it has answers; one whose evidence the search did not bring is left out,
because no decision could save it.  Prints how well the model tells both apart on questions it was not fitted
on (five folds), with the calibration there; `--write` replaces resources/answering/decision.toml.

The head of the cross-encoder is surer of questions that it was trained on.  So the shipped model was fitted
on rows gathered with heads that had been trained without their source: `--head` names such a head, and
`--rows` the file to which its rows are added.

Logistic regression by iteratively reweighted least squares with an L2 penalty (Hastie, Tibshirani and
Friedman, "The Elements of Statistical Learning", 4.4).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import tomli_w
from numpy.typing import NDArray

from qa_desktop.answering import decide
from qa_desktop.domain import Hit, Question, collapse
from qa_desktop.indexing.words import fold
from qa_desktop.library import Library
from qa_desktop.models import registry
from qa_desktop.models.spec import file_sha256
from qa_desktop.paths import bundled

Floats = NDArray[np.float64]
PENALTY = 3.0
OF_THE_HEAD = ("head", "head_on_first")
"""Facts that only a cross-encoder with a head gives."""

BESIDE_THE_HEAD = ("passage", "strange_though_fitting", "strange_otherwise", "nothing_of_the_kind")
"""Facts that count where it does: the others add nothing to what it says."""

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One question: where it comes from, the facts of its case, whether it has an answer."""

    source: str
    facts: dict[str, float]
    reader: str
    answerable: bool


def gather(questions: Path, folder: Path, head: Path | None = None) -> Iterator[Row]:
    """Yield a row for every question that can be judged; `head` takes the place of the shipped one."""
    spec = registry.default_cross_encoder()
    if head is not None:
        spec = replace(spec, head=os.path.relpath(head, spec.folder.parent), head_sha256=file_sha256(head))
    with (
        patch("qa_desktop.models.registry.default_cross_encoder", return_value=spec),
        Library.open(folder, read_only=True) as library,
    ):
        for line in filter(None, questions.read_text("utf-8").splitlines()):
            entry = json.loads(line)
            case = library.weigh(Question(entry["question"]))
            if not case.evidence:
                continue
            if entry["answers"] and not brought(entry, [item.hit for item in case.evidence]):
                continue
            yield Row(questions.stem, dict(case.facts), case.reader, bool(entry["answers"]))


def digest(sentence: str) -> str:
    """Return what stands for a sentence where its text must not be kept: the same however it is set."""
    return hashlib.sha256(fold(collapse(sentence)).encode()).hexdigest()[:12]


def brought(entry: dict[str, Any], hits: Sequence[Hit]) -> bool:
    """Tell whether the evidence of a question stands in the passages that were found.

    The first half of its text is enough, or one of its sentences, given by digests; where only its document
    is named, an accepted answer in it is.
    """
    texts = {(hit.document.name, fold(collapse(hit.passage.text))) for hit in hits}
    digests = {digest(sentence.text) for hit in hits for sentence in hit.passage.sentences}
    for item in entry["evidence"]:
        if not digests.isdisjoint(item.get("sentences", ())):
            return True
        words = fold(collapse(item.get("text", ""))).split()
        half = " ".join(words[: max(5, len(words) // 2)])
        if words and any(half in text or text in " ".join(words) for _, text in texts):
            return True
        answers = [fold(collapse(part)) for answer in entry["answers"] for part in answer.split(";")]
        own = [text for name, text in texts if name == item["doc"]]
        plain = not words and "sentences" not in item
        if plain and any(answer in text for answer in answers for text in own):
            return True
    return False


def fit(x: Floats, y: Floats, penalty: Floats) -> Floats:
    """Return the weights (features + 1,), the intercept last; `penalty` has one number per feature."""
    rows = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.diag([*penalty, 1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        hessian = (rows * (p * (1 - p))[:, None]).T @ rows + ridge
        step = np.linalg.solve(hessian, rows.T @ (y - p) - ridge @ weights)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def predict(x: Floats, weights: Floats) -> Floats:
    """Return the probability (n,) that each row is answerable."""
    result: Floats = 1 / (1 + np.exp(-np.clip(x @ weights[:-1] + weights[-1], -30, 30)))
    return result


def auroc(p: Floats, y: Floats) -> float:
    """Return the chance that an answerable question scores above one that is not."""
    good, bad = p[y > 0], p[y == 0]
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights for raw features, and the probabilities of the rows when they were held out."""

    intercept: float
    weights: Floats
    held_out: Floats


def fit_columns(x: Floats, y: Floats, penalty: Floats) -> Fitted:
    """Fit on standardised columns, and once per fold without it; give the weights back for raw columns."""
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    scaled = (x - middle) / spread
    fold_of = np.random.default_rng(7).permutation(len(y)) % FOLDS
    held_out = np.zeros(len(y))
    for number in range(FOLDS):
        inside = fold_of != number
        held_out[~inside] = predict(scaled[~inside], fit(scaled[inside], y[inside], penalty))
    weights = fit(scaled, y, penalty)
    raw = weights[:-1] / spread
    return Fitted(float(weights[-1] - middle @ raw), raw, held_out)


def report(name: str, rows: Sequence[Row], y: Floats, fitted: Fitted) -> None:
    """Print how well the held-out probabilities tell answerable from unanswerable."""
    p = fitted.held_out
    print(f"{name}: {len(y)} questions, {int(y.sum())} answerable, AUROC on held-out folds {auroc(p, y):.3f}")
    for source in dict.fromkeys(r.source for r in rows):
        own = np.array([r.source == source for r in rows])
        if 0 < y[own].sum() < own.sum():
            print(f"  {source}: {auroc(p[own], y[own]):.3f} of {int(own.sum())}")
        else:
            print(f"  {source}: mean {p[own].mean():.2f} of {int(own.sum())}, all of one kind")
    for low in np.arange(0.0, 1.0, 0.2):
        own = (p >= low) & (p < low + 0.2)
        if own.any():
            print(f"  said {p[own].mean():.2f}, was {y[own].mean():.2f} of {int(own.sum())}")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        print(
            f"  below {threshold}: {(p[y == 0] < threshold).mean():.0%} of the unanswerable declined,",
            end=" ",
        )
        print(f"{(p[y > 0] < threshold).mean():.0%} of the answerable")


def main() -> None:
    """Fit, report, and write on demand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="*", type=Path, help="question file and library, in turn")
    parser.add_argument("--head", type=Path, help="another head for the cross-encoder")
    parser.add_argument("--rows", type=Path, help="add the rows to this file, or fit on those in it")
    parser.add_argument("--write", action="store_true", help="replace the shipped model")
    options = parser.parse_args()
    pairs = zip(options.pairs[::2], options.pairs[1::2], strict=True)
    rows = [row for questions, folder in pairs for row in gather(questions, folder, options.head)]
    if options.rows and rows:
        with options.rows.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(row)) + "\n" for row in rows)
        return
    if options.rows:
        rows = [Row(**json.loads(line)) for line in options.rows.read_text("utf-8").splitlines()]
    heard = [row for row in rows if row.reader]  # a question for a source is weighed without the head
    plain = _fitted("without a head", rows, [n for n in rows[0].facts if n not in OF_THE_HEAD])
    full = _fitted("with the head", heard, [*BESIDE_THE_HEAD, *OF_THE_HEAD])
    if not options.write:
        return
    thresholds = decide.default_model()
    data = {
        "reader": heard[0].reader,
        "thresholds": {"answered": thresholds.answered, "partial": thresholds.partial},
        "plain": plain,
        "full": full,
    }
    text = "# Decides whether the evidence answers; qa_desktop/answering/decide.py says what each fact is.\n"
    text += f"# Written by python -m benchmarks.fit_decision from {len(rows)} questions.\n\n"
    target = bundled("resources") / "answering" / "decision.toml"
    target.write_text(text + tomli_w.dumps(data), "utf-8")


def _fitted(title: str, rows: Sequence[Row], names: Sequence[str]) -> dict[str, Any]:
    """Fit on the facts of those `names`, report, and return the weights as they are written."""
    y = np.array([r.answerable for r in rows], dtype=np.float64)
    facts = np.array([[r.facts[n] for n in names] for r in rows])
    fitted = fit_columns(facts, y, np.full(len(names), PENALTY))
    report(title, rows, y, fitted)
    weights = {n: round(float(w), 4) for n, w in zip(names, fitted.weights, strict=True)}
    return {"intercept": round(fitted.intercept, 4), "facts": weights}


if __name__ == "__main__":
    main()
