"""The tables of the report: all figures, figures by kind of question, changes since an earlier run."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from qa_desktop.library.evaluation.compare import Change, Comparison
from qa_desktop.library.evaluation.evaluate import Evaluation
from qa_desktop.library.evaluation.figures import FIGURES, Estimate, Figure

KIND_COLUMNS = (
    ("good", "handled rightly"),
    ("passage_recall@5", "evidence in first 5"),
    ("citation_precision", "citations right"),
    ("citation_recall", "evidence cited"),
    ("answer_contains", "answer says it"),
    ("decline_recall", "declined"),
)


def number(figure: Figure, value: float) -> str:
    """Return a figure's value: three digits of a share, whole milliseconds."""
    said = f"{value:,.0f}" if figure.unit == "ms" else f"{value:.3f}"
    return said.replace("-", "−")


def figures_table(figures: dict[str, Estimate]) -> str:
    """Return all figures with their intervals and meanings, section by section."""
    parts = []
    for section in dict.fromkeys(f.section for f in FIGURES):
        rows = [
            f"<tr><th scope='row'>{html.escape(f.title)}</th><td class='num'>{number(f, own.value)}</td>"
            f"<td class='num soft'>{number(f, own.low)} – {number(f, own.high)}</td>"
            f"<td class='num soft'>{own.questions:,}</td>"
            f"<td class='meaning'>{html.escape(f.meaning)}</td></tr>"
            for f in FIGURES
            if f.section == section and (own := figures.get(f.key))
        ]
        if rows:
            parts.append(
                f"<tbody><tr class='part'><th colspan='5'>{section}</th></tr>{''.join(rows)}</tbody>"
            )
    head = _head(("", "figure", "95 % interval", "questions", "what it is"))
    return _section("All figures", f"<table>{head}{''.join(parts)}</table>")


def kinds_table(evaluation: Evaluation) -> str:
    """Return the main figures for each kind of question, as bars; nothing where there are no kinds."""
    columns = [(k, words) for k, words in KIND_COLUMNS if any(k in own for own in evaluation.kinds.values())]
    if not columns:
        return ""
    counts = {kind: sum(row.kind == kind for row in evaluation.rows) for kind in evaluation.kinds}
    rows = []
    for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
        cells = "".join(_bar(evaluation.kinds[kind].get(key)) for key, _ in columns)
        rows.append(
            f"<tr><th scope='row'>{html.escape(kind)}</th>"
            f"<td class='num soft'>{counts[kind]:,}</td>{cells}</tr>"
        )
    head = _head(("kind", "questions", *(words for _, words in columns)))
    return _section(
        "By kind of question", f"<table class='kinds'>{head}<tbody>{''.join(rows)}</tbody></table>"
    )


def changes_table(comparison: Comparison) -> str:
    """Return what changed since an earlier run."""
    notes = [
        f"Over {comparison.questions:,} questions that both runs have; what is coloured is more than chance."
    ]
    if comparison.settings:
        notes.append(f"Not the same: {', '.join(comparison.settings)}.")
    if comparison.only_now or comparison.only_then:
        notes.append(
            f"Left out: {len(comparison.only_now):,} that only this run has,"
            f" {len(comparison.only_then):,} that only the earlier one has."
        )
    intro = f"<p>{html.escape(' '.join(notes))}</p>"
    title = f"Since {comparison.earlier}, {comparison.made[:10]}"
    if not comparison.changes:
        return _section(title, intro)
    rows = "".join(_change(f, comparison.changes[f.key]) for f in FIGURES if f.key in comparison.changes)
    head = _head(("", "then", "now", "difference", "95 % interval", "better", "worse"))
    whole = comparison.changes.get("good")
    lists = _ids("Got better", whole.better) + _ids("Got worse", whole.worse) if whole else ""
    return _section(title, f"{intro}{lists}<table class='changes'>{head}<tbody>{rows}</tbody></table>")


def _change(figure: Figure, change: Change) -> str:
    gain = change.difference * figure.better
    state = ("up" if gain > 0 else "down" if gain < 0 else "") if change.certain else ""
    difference = ("+" if change.difference > 0 else "") + number(figure, change.difference)
    return (
        f"<tr class='{state}'><th scope='row' title='{html.escape(figure.meaning)}'>"
        f"{html.escape(figure.title)}</th>"
        f"<td class='num soft'>{number(figure, change.old)}</td>"
        f"<td class='num'>{number(figure, change.new)}</td>"
        f"<td class='num'><b>{difference}</b></td>"
        f"<td class='num soft'>{number(figure, change.low)} to {number(figure, change.high)}</td>"
        f"<td class='num soft'>{len(change.better) or ''}</td>"
        f"<td class='num soft'>{len(change.worse) or ''}</td></tr>"
    )


def _ids(title: str, ids: Sequence[str]) -> str:
    if not ids:
        return ""
    return f"<p><b>{title}:</b> {', '.join(f'<code>{html.escape(one)}</code>' for one in ids)}</p>"


def _bar(own: Estimate | None) -> str:
    if own is None:
        return "<td class='num soft'>–</td>"
    hint = f"{own.low:.2f} – {own.high:.2f}, {own.questions} questions"
    return (
        f"<td class='share' style='--share:{100 * own.value:.0f}%' title='{hint}'>"
        f"<span>{100 * own.value:.0f}</span></td>"
    )


def _head(words: Iterable[str]) -> str:
    return f"<thead><tr>{''.join(f'<th>{html.escape(word)}</th>' for word in words)}</tr></thead>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{html.escape(title)}</h2><div class='wide'>{content}</div></section>"
