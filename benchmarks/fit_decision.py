"""Fit the model that decides whether the evidence answers, on questions with known answers.

    python -m benchmarks.fit_decision QUESTIONS.jsonl LIBRARY [QUESTIONS.jsonl LIBRARY ...] [--write]

A question counts as answerable when it has answers; one whose evidence the search did not bring is left out,
because no decision could save it.  Prints how well the model tells both apart on questions it was not fitted
on (five folds), with the calibration there; `--write` replaces resources/answering/decision.toml.

Logistic regression by iteratively reweighted least squares with an L2 penalty (Hastie, Tibshirani and
Friedman, "The Elements of Statistical Learning", 4.4).  There are more numbers in a state than the questions
could fix one by one, so these are penalised more than the facts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w
from numpy.typing import NDArray

from qa_desktop.answering import decide
from qa_desktop.domain import Question, collapse
from qa_desktop.indexing.words import fold
from qa_desktop.library import Library
from qa_desktop.paths import bundled

Floats = NDArray[np.float64]
FACT_PENALTY = 3.0
STATE_PENALTY = 150.0
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One question: where it comes from, the facts and the state of its case, whether it has an answer."""

    source: str
    facts: dict[str, float]
    state: Floats
    reader: str
    answerable: bool


def gather(questions: Path, folder: Path) -> Iterator[Row]:
    """Yield a row for every question that can be judged."""
    with Library.open(folder, read_only=True) as library:
        for line in filter(None, questions.read_text("utf-8").splitlines()):
            entry = json.loads(line)
            case = library.weigh(Question(entry["question"]))
            if not case.evidence:
                continue
            found = [(e.hit.document.name, e.hit.passage.text) for e in case.evidence]
            if entry["answers"] and not _brought(entry, found):
                continue
            state = case.state.astype(np.float64)
            yield Row(questions.stem, dict(case.facts), state, case.reader, bool(entry["answers"]))


def _brought(entry: dict[str, Any], found: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the evidence stands in the passages that were found, given as (document, text).

    The first half of its text is enough; where only its document is named, an accepted answer in it is.
    """
    texts = {(name, fold(collapse(text))) for name, text in found}
    for item in entry["evidence"]:
        words = fold(collapse(item.get("text", ""))).split()
        half = " ".join(words[: max(5, len(words) // 2)])
        if words and any(half in text or text in " ".join(words) for _, text in texts):
            return True
        answers = [fold(collapse(part)) for answer in entry["answers"] for part in answer.split(";")]
        own = [text for name, text in texts if name == item["doc"]]
        if not words and any(answer in text for answer in answers for text in own):
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
    parser.add_argument("pairs", nargs="+", type=Path, help="question file and library, in turn")
    parser.add_argument("--write", action="store_true", help="replace the shipped model")
    options = parser.parse_args()
    pairs = zip(options.pairs[::2], options.pairs[1::2], strict=True)
    rows = [row for questions, folder in pairs for row in gather(questions, folder)]
    names = list(rows[0].facts)
    facts = np.array([[r.facts[n] for n in names] for r in rows])
    states = np.stack([r.state for r in rows])
    y = np.array([r.answerable for r in rows], dtype=np.float64)
    few = np.full(len(names), FACT_PENALTY)
    plain = fit_columns(facts, y, few)
    full = fit_columns(
        np.hstack([facts, states]), y, np.concatenate([few, np.full(states.shape[1], STATE_PENALTY)])
    )
    report("facts alone", rows, y, plain)
    report("facts and state", rows, y, full)
    if not options.write:
        return
    thresholds = decide.default_model()
    data = {
        "reader": rows[0].reader,
        "thresholds": {"answered": thresholds.answered, "partial": thresholds.partial},
        "plain": _part(plain, names),
        "full": {**_part(full, names), "state": [round(float(w), 5) for w in full.weights[len(names) :]]},
    }
    text = "# Decides whether the evidence answers; qa_desktop/answering/decide.py says what each fact is.\n"
    text += f"# Written by python -m benchmarks.fit_decision from {len(rows)} questions.\n\n"
    target = bundled("resources") / "answering" / "decision.toml"
    target.write_text(text + tomli_w.dumps(data), "utf-8")


def _part(fitted: Fitted, names: Sequence[str]) -> dict[str, Any]:
    facts = {n: round(float(w), 4) for n, w in zip(names, fitted.weights, strict=False)}
    return {"intercept": round(fitted.intercept, 4), "facts": facts}


if __name__ == "__main__":
    main()
