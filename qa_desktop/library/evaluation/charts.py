"""The plots of an evaluation: outcomes, recall, declining, risk, calibration, time; "" without data."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qa_desktop.domain import Verdict
from qa_desktop.library.evaluation.certainty import Bin, Point
from qa_desktop.library.evaluation.figures import Estimate
from qa_desktop.library.evaluation.questions import Sort
from qa_desktop.library.evaluation.scoring import CUTS, GOOD, Outcome, Row
from qa_desktop.library.evaluation.svg import Axes, picture, shares, tag, tenths, text

_SERIES = (("doc", "documents"), ("passage", "passages"), ("page", "pages"))
_WIDE = 0.8  # of the room of a group of bars
_STEPS = (1, 2, 2.5, 5, 10)  # what the width of a bar of the histogram may begin with
_BARS = 24


def outcomes(rows: Sequence[Row]) -> str:
    """Draw what became of the questions, as bars that lie."""
    judged = [row for row in rows if row.outcome is not Outcome.RANKED]
    counts = {outcome: sum(row.outcome is outcome for row in judged) for outcome in Outcome}
    shown = [(outcome, count) for outcome, count in counts.items() if count]
    most, parts = max((count for _, count in shown), default=1), []
    for place, (outcome, count) in enumerate(shown):
        top = 8 + place * 41.0
        state = "fill-2" if outcome in GOOD else "fill-4"
        parts.append(text(outcome.value, 0, top + 10, "start", "label"))
        parts.append(tag("rect", x=0, y=top + 16, width=420 * count / most, height=12, rx=2, class_=state))
        parts.append(text(f"{count:,}", 420 * count / most + 8, top + 27, "start", "label"))
    return picture("What became of the questions", *parts) if shown else ""


def recall_bars(figures: dict[str, Estimate]) -> str:
    """Draw recall at 1, 5 and 10 of documents, passages and pages, with 95 % intervals."""
    series = [(name, words) for name, words in _SERIES if f"{name}_recall@1" in figures]
    if not series:
        return ""
    axes = Axes(x_end=len(CUTS))
    wide = _WIDE / len(series)
    parts = [axes.frame("", [(i + 0.5, f"first {k}") for i, k in enumerate(CUTS)], shares())]
    for place, (name, words) in enumerate(series):
        for group, k in enumerate(CUTS):
            own = figures[f"{name}_recall@{k}"]
            left = group + (1 - _WIDE) / 2 + place * wide
            middle = left + wide * 0.46
            hint = f"{words}, first {k}: {percent(own.value)} ({percent(own.low)} to {percent(own.high)})"
            parts.append(axes.bar(left, left + wide * 0.92, own.value, f"fill-{place + 1}", hint))
            parts.append(axes.line(((middle, own.low), (middle, own.high)), "whisker"))
    parts.append(_legend([(f"fill-{i}", words) for i, (_, words) in enumerate(series, start=1)]))
    return picture("Recall among the first 1, 5 and 10", *parts)


def declining(curve: Sequence[Point], rows: Sequence[Row]) -> str:
    """Draw which share of both sorts of questions each threshold of confidence would decline."""
    if not curve:
        return ""
    axes = Axes()
    parts = [axes.frame("decline below this confidence", tenths(), shares())]
    for name, class_ in (("declined_wrongly", "line-2"), ("declined_rightly", "line-1")):
        levels = [0.0, *(point.threshold for point in curve), 1.0]
        declined = [0.0, *(getattr(point, name) for point in curve), 1.0]
        corners = zip(
            levels, declined, declined[1:], strict=False
        )  # a question is declined just above its own
        steps = [place for level, old, new in corners for place in ((level, old), (level, new))]
        parts.append(axes.line([*steps, (1.0, 1.0)], class_))
    limit = _boundary(rows)
    if limit is not None:
        parts.append(axes.line(((limit, 0), (limit, 1)), "now"))
    legend = [("stroke-1", "without an answer: rightly"), ("stroke-2", "with an answer: by mistake")]
    return picture("Share of questions declined, by threshold", *parts, _legend(legend))


def risk(curve: Sequence[Point], rows: Sequence[Row]) -> str:
    """Draw risk over coverage, with a dot where the program stands."""
    if not curve:
        return ""
    highest = max(p.risk for p in curve)
    step = _step(max(highest, 0.04) / 4)
    axes = Axes(y_end=min(1.0, step * max(1, math.ceil(highest / step))))
    levels = np.arange(0, axes.y_end + step / 2, step)
    y_ticks = [(float(level), f"{100 * level:.3g} %") for level in levels]
    parts = [axes.frame("share of questions answered", shares(), y_ticks)]
    parts.append(axes.line([(p.coverage, p.risk) for p in curve], "line-1"))
    judged = [row for row in rows if row.sort is not Sort.RANKING]
    answered = [row for row in judged if row.verdict is not Verdict.NOT_FOUND]
    if answered:
        covered = len(answered) / len(judged)
        wrong = sum(row.sort is Sort.UNANSWERABLE for row in answered) / len(answered)
        hint = f"The program answers {percent(covered)}; {percent(wrong)} of these have no answer"
        parts.append(axes.dot(covered, wrong, 6, "dot-now", hint))
        beside = covered < 0.6
        words = f"now: {percent(covered)} answered, risk {percent(wrong)}"
        x = axes.x(covered) + (11 if beside else -11)
        parts.append(text(words, x, axes.y(wrong) - 10, "start" if beside else "end", "label"))
    return picture("Risk over coverage", *parts)


def calibration(bins: Sequence[Bin]) -> str:
    """Draw the share that has an answer over confidence: on the diagonal, confidence is a probability."""
    filled = [one for one in bins if one.count]
    if not filled:
        return ""
    axes = Axes()
    most = max(one.count for one in filled)
    parts = [axes.frame("confidence", tenths(), shares()), axes.line(((0, 0), (1, 1)), "ideal")]
    parts += [
        axes.bar(one.low + 0.01, one.high - 0.01, 0.2 * one.count / most, "fill-soft", "") for one in filled
    ]
    parts.append(axes.line([(one.confidence, one.share) for one in filled], "line-1"))
    for one in filled:
        radius = 4 + 7 * math.sqrt(one.count / most)
        hint = f"{one.count} questions: confidence {one.confidence:.2f}, {percent(one.share)} with an answer"
        parts.append(axes.dot(one.confidence, one.share, radius, "dot-1", hint))
    return picture("Calibration of confidence", *parts)


def times(rows: Sequence[Row]) -> str:
    """Draw how many questions took how long, with the median and the 95th percentile."""
    taken = np.array([row.values["ms_total"] for row in rows if "ms_total" in row.values])
    if not len(taken):
        return ""
    step = _step(float(taken.max()) / _BARS)
    counts = np.bincount((taken / step).astype(int))
    top = float(math.ceil(_step(int(counts.max()) / 4, least=1.0)))
    axes = Axes(x_end=len(counts) * step, y_end=top * math.ceil(int(counts.max()) / top))
    every = max(1, math.ceil(len(counts) / 6))
    x_ticks = [(i * step, _seconds(i * step)) for i in range(0, len(counts) + 1, every)]
    levels = np.arange(0, axes.y_end + top / 2, top)
    parts = [axes.frame("from question to answer", x_ticks, [(float(y), f"{y:.0f}") for y in levels])]
    for number, count in ((n, c) for n, c in enumerate(counts) if c):
        hint = f"{count} questions: {_seconds(number * step)} to {_seconds((number + 1) * step)}"
        left, right = number * step, (number + 1) * step
        parts.append(axes.bar(left + step * 0.04, right - step * 0.04, float(count), "fill-1", hint))
    for share, words in ((50, "median"), (95, "95 %")):
        value = float(np.percentile(taken, share))
        parts.append(axes.line(((value, 0), (value, axes.y_end)), "now"))
        left_of = (share < 90 and value > axes.x_end * 0.25) or value > axes.x_end * 0.8
        x = axes.x(value) + (-5 if left_of else 5)
        parts.append(text(f"{words} {_seconds(value)}", x, 20, "end" if left_of else "start", "label"))
    return picture("Time from question to answer", *parts)


def percent(share: float) -> str:
    """Return a share as a whole number of per cent; only everything is 100 %, and only nothing 0 %."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole} %"


def _boundary(rows: Sequence[Row]) -> float | None:
    """Return the confidence that divides what was declined from what was answered, if one does."""
    declined = [r.confidence for r in rows if r.sort is not Sort.RANKING and r.verdict is Verdict.NOT_FOUND]
    answered = [
        r.confidence for r in rows if r.sort is not Sort.RANKING and r.verdict is not Verdict.NOT_FOUND
    ]
    if not declined or not answered or max(declined) > min(answered):
        return None
    return (max(declined) + min(answered)) / 2


def _legend(entries: Sequence[tuple[str, str]]) -> str:
    parts, x = [], 50.0
    for class_, words in entries:
        parts.append(tag("rect", x=x, y=0, width=11, height=9, rx=2, class_=class_))
        parts.append(text(words, x + 16, 9, "start", "label"))
        x += 30 + 6.4 * len(words)
    return "".join(parts)


def _step(about: float, least: float = 0.0) -> float:
    """Return a round number not below `about`."""
    power = 10.0 ** math.floor(math.log10(max(about, 1e-3)))
    return max(least, next(step * power for step in _STEPS if step * power >= about * 0.999))


def _seconds(ms: float) -> str:
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
