"""An evaluation for people at a terminal, within 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from qa_desktop.cli.text import counted, plain, wrapped
from qa_desktop.library.evaluation import FIGURES, Comparison, Evaluation, Figure, Outcome, Sort
from qa_desktop.library.evaluation.report_tables import number

_NAME = 27  # columns of a figure's name
_KIND = 16
_KINDS = (
    ("good", "handled"),
    ("passage_recall@5", "found@5"),
    ("citation_precision", "cites ok"),
    ("citation_recall", "cited"),
    ("answer_contains", "says it"),
    ("decline_recall", "declined"),
)
_SHOWN = tuple(f for f in FIGURES if f.unit == "share" or f.key.endswith("_total"))
_MOST_IDS = 30


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield what was asked, every figure with its interval, kinds, outcomes, and the comparison."""
    about, rows = evaluation.about, evaluation.rows
    with_answer = sum(row.sort is Sort.ANSWERABLE for row in rows)
    without = sum(row.sort is Sort.UNANSWERABLE for row in rows)
    held = counted(about["library"]["documents"], "document")
    yield wrapped(
        f"{counted(len(rows), 'question')} of {about['questions']['file']}, {with_answer:,} with an answer,"
        f" {without:,} without, put to {held}."
    )
    yield from _figures(evaluation)
    yield from _kinds(evaluation)
    yield ""
    yield _head("What became of the questions")
    for outcome in Outcome:
        count = sum(row.outcome is outcome for row in rows)
        if count:
            yield f"  {count:>5,}  {outcome.value}"
    if evaluation.comparison:
        yield from _comparison(evaluation.comparison)


def _figures(evaluation: Evaluation) -> Iterator[str]:
    yield ""
    yield _head(f"{'':<{_NAME}}{'figure':>9}{'95 % interval':>19}{'questions':>12}")
    section = ""
    for figure in _SHOWN:
        own = evaluation.figures.get(figure.key)
        if own is None:
            continue
        if figure.section != section:
            section = figure.section
            yield section
        between = f"{number(figure, own.low)} – {number(figure, own.high)}"
        value = number(figure, own.value)
        yield f"  {_title(figure):<{_NAME - 2}}{value:>9}{between:>19}{own.questions:>12,}"


def _kinds(evaluation: Evaluation) -> Iterator[str]:
    columns = [(k, words) for k, words in _KINDS if any(k in own for own in evaluation.kinds.values())]
    if not columns:
        return
    counts = {kind: sum(row.kind == kind for row in evaluation.rows) for kind in evaluation.kinds}
    yield ""
    yield _head(f"{'Per cent, by kind':<{_KIND + 2}}{'asked':>6}" + "".join(f"{w:>9}" for _, w in columns))
    for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
        own = evaluation.kinds[kind]
        cells = (f"{100 * own[key].value:>9.0f}" if key in own else f"{'–':>9}" for key, _ in columns)
        yield f"  {plain(kind)[:_KIND]:<{_KIND}}{counts[kind]:>6,}{''.join(cells)}"


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield ""
    yield wrapped(
        f"Since {comparison.earlier} of {comparison.made[:10]}, over"
        f" {counted(comparison.questions, 'question')} that both have (* more than chance):"
    )
    if comparison.settings:
        yield wrapped(f"Not the same: {', '.join(comparison.settings)}.")
    if not comparison.changes:
        return
    yield ""
    yield _head(f"{'':<{_NAME}}{'then':>8}{'now':>8}{'difference':>13}{'95 % interval':>20}")
    for figure in _SHOWN:
        change = comparison.changes.get(figure.key)
        if change is None:
            continue
        difference = f"{'+' if change.difference > 0 else ''}{number(figure, change.difference)}"
        between = f"{number(figure, change.low)} to {number(figure, change.high)}"
        star = "*" if change.certain else " "
        yield (
            f"  {_title(figure):<{_NAME - 2}}{number(figure, change.old):>8}{number(figure, change.new):>8}"
            f"{difference:>12}{star}{between:>20}"
        )
    whole = comparison.changes.get("good")
    if whole and (whole.better or whole.worse):
        yield ""
        yield from _ids("Got better", whole.better)
        yield from _ids("Got worse", whole.worse)


def _ids(title: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        more = f" and {len(ids) - _MOST_IDS:,} more" if len(ids) > _MOST_IDS else ""
        yield wrapped(f"{title}: {', '.join(ids[:_MOST_IDS])}{more}", "    ", "")


def _title(figure: Figure) -> str:
    return f"{figure.title} (ms)" if figure.unit == "ms" and len(figure.title) < 20 else figure.title


def _head(words: str) -> str:
    return click.style(words.rstrip(), bold=True)
