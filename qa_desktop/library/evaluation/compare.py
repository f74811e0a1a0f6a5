"""Two runs over the same questions: what changed, for which questions, and whether it is more than chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa_desktop.library.evaluation.chance import Columns, Draws, Ratio, interval, value_of
from qa_desktop.library.evaluation.figures import FIGURES, Figure
from qa_desktop.library.evaluation.scoring import Row
from qa_desktop.library.evaluation.ways import columns_of

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run as it was kept: what it was about, and its rows."""

    name: str
    about: dict[str, Any]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How one figure changed: before, now, the difference with its 95 % interval (paired bootstrap).

    It is `certain`, more than chance, when the interval leaves out 0.  `better` and `worse` are the ids of
    the questions for which the figure rose or fell for the better; empty where it belongs to no single
    question.
    """

    old: float
    new: float
    difference: float
    low: float
    high: float
    certain: bool
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run, over the questions that both have: figures by key.

    `only_now` and `only_then` are ids of questions that the other run has not, or asks in other words.
    `settings` says in words what else is not the same.
    """

    earlier: str
    made: str
    questions: int
    changes: dict[str, Change]
    only_now: tuple[str, ...] = ()
    only_then: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


def compare(earlier: Earlier, rows: Sequence[Row], about: dict[str, Any]) -> Comparison:
    """Compare the questions that both runs have, word for word."""
    before = {(row.id, row.question): row for row in earlier.rows}
    pairs = [(before[row.id, row.question], row) for row in rows if (row.id, row.question) in before]
    shared = {(row.id, row.question) for _, row in pairs}
    old, new = columns_of([a for a, _ in pairs]), columns_of([b for _, b in pairs])
    draws = Draws(len(pairs))
    ids = [row.id for _, row in pairs]
    changes = {}
    for figure in FIGURES if pairs else ():
        change = _change(figure, old, new, draws, ids)
        if change is not None:
            changes[figure.key] = change
    return Comparison(
        earlier=earlier.name,
        made=str(earlier.about.get("made", "")),
        questions=len(pairs),
        changes=changes,
        only_now=tuple(row.id for row in rows if (row.id, row.question) not in shared),
        only_then=tuple(row.id for row in earlier.rows if (row.id, row.question) not in shared),
        settings=tuple(_differing(earlier.about, about)),
    )


def _change(figure: Figure, old: Columns, new: Columns, draws: Draws, ids: Sequence[str]) -> Change | None:
    before, now = value_of(figure.how, old), value_of(figure.how, new)
    if math.isnan(before) or math.isnan(now):
        return None
    low, high = interval(draws.outcomes(figure.how, new) - draws.outcomes(figure.how, old))
    better, worse = _moved(figure, old, new, ids)
    certain = low > _SAME or high < -_SAME
    return Change(before, now, now - before, low, high, certain, better, worse)


def _moved(
    figure: Figure, old: Columns, new: Columns, ids: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the questions whose own value of a figure is better, and worse, than before."""
    if not isinstance(figure.how, Ratio) or not figure.better:
        return (), ()
    before, now = figure.how.parts(old), figure.how.parts(new)
    better: list[str] = []
    worse: list[str] = []
    for name, a, b, c, d in zip(ids, *before, *now, strict=True):
        if b > 0 and d > 0 and abs(c / d - a / b) > _SAME:
            (better if (c / d - a / b) * figure.better > 0 else worse).append(name)
    return tuple(better), tuple(worse)


def _differing(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Say what besides the answers may have changed the figures."""
    pairs = (
        ("another file of questions", ("questions", "sha256")),
        ("another library", ("library", "id")),
        ("another number of passages", ("library", "passages")),
        ("another recipe for passages", ("library", "recipe")),
        ("another encoder", ("models", "encoder")),
        ("another cross-encoder", ("models", "cross_encoder")),
        ("another model for declining", ("models", "decision")),
        ("another way of asking", ("settings", "asked")),
        ("another number of passages asked for", ("settings", "hits")),
        ("another kind of computer", ("computer",)),
    )
    return [words for words, path in pairs if _at(then, path) != _at(now, path)]


def _at(value: object, path: Sequence[str]) -> object:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
