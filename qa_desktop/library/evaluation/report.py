"""An evaluation as one HTML page that stands by itself: no script, no network, light or dark.

Whatever comes from documents, questions or names of files is escaped; the page also forbids itself, by a
content security policy, to load or run anything.
"""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from qa_desktop.library.evaluation import charts
from qa_desktop.library.evaluation.evaluate import Evaluation
from qa_desktop.library.evaluation.figures import BY_KEY, Estimate
from qa_desktop.library.evaluation.questions import Sort
from qa_desktop.library.evaluation.report_questions import question_sections
from qa_desktop.library.evaluation.report_tables import changes_table, figures_table, kinds_table
from qa_desktop.library.evaluation.scoring import Outcome
from qa_desktop.paths import bundled

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CARDS = (
    ("good", "questions handled rightly"),
    ("passage_recall@5", "of the evidence in the first 5 passages"),
    ("citation_precision", "of the citations are right"),
    ("decline_recall", "of the questions without an answer declined"),
    ("quotes_proven", "of the quotes exact, letter for letter"),
    ("doc_recall@5", "of the right documents among the first 5"),
    ("doc_recall@10", "of the right documents among the first 10"),
)
_MOST_CARDS = 5


def report(evaluation: Evaluation) -> str:
    """Return the page."""
    about = evaluation.about
    title = f"Evaluation of {about['library']['name']}"
    body = "\n".join(part for part in _sections(evaluation) if part)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _sections(evaluation: Evaluation) -> Iterator[str]:
    yield _header(evaluation)
    yield _cards(evaluation.figures)
    yield _troubles(evaluation)
    if evaluation.comparison:
        yield changes_table(evaluation.comparison)
    yield _plots(evaluation)
    yield figures_table(evaluation.figures)
    yield kinds_table(evaluation)
    yield question_sections(evaluation.rows)
    yield _colophon(evaluation.about)


def _header(evaluation: Evaluation) -> str:
    about, rows = evaluation.about, evaluation.rows
    asked = about["questions"]
    day = html.escape(str(about["made"])[:10])
    sentences = [f"{len(rows):,} questions of <b>{html.escape(asked['file'])}</b> were put to"]
    sentences[0] += (
        f" {about['library']['documents']:,} documents ({about['library']['passages']:,} passages)."
    )
    with_answer = [row for row in rows if row.sort is Sort.ANSWERABLE]
    without = [row for row in rows if row.sort is Sort.UNANSWERABLE]
    if with_answer:
        right = sum(row.outcome is Outcome.RIGHT for row in with_answer)
        sentences.append(
            f"Of {len(with_answer):,} that the documents answer, {right:,} were answered rightly."
        )
    if without:
        declined = sum(row.outcome is Outcome.DECLINED_RIGHTLY for row in without)
        sentences.append(f"Of {len(without):,} that they do not answer, {declined:,} were declined.")
    return (
        f'<header><p class="eyebrow">Evaluation · {day}</p>'
        f"<h1>{html.escape(about['library']['name'])}</h1><p class='lead'>{' '.join(sentences)}</p></header>"
    )


def _cards(figures: dict[str, Estimate]) -> str:
    cards: list[str] = []
    for key, words in _CARDS:
        if key in figures and len(cards) < _MOST_CARDS:
            own = figures[key]
            low, high = charts.percent(own.low), charts.percent(own.high)
            spread = f"{low} to {high}" if low != high else f"{own.questions:,} questions"
            state = " bad" if key == "quotes_proven" and own.value < 1 else ""
            cards.append(
                f'<div class="card{state}" title="{html.escape(BY_KEY[key].meaning)}">'
                f"<strong>{charts.percent(own.value)}</strong><span>{words}</span>"
                f"<small>{spread}</small></div>"
            )
    return f'<section class="cards">{"".join(cards)}</section>'


def _troubles(evaluation: Evaluation) -> str:
    skipped = evaluation.about["questions"]["skipped"]
    items = [f"Line {bad['line']} was left out: {html.escape(bad['reason'])}" for bad in skipped]
    items += [
        f"“{html.escape(name)}” is named as evidence, but not in the library." for name in evaluation.unknown
    ]
    if not items:
        return ""
    return f'<section class="troubles"><h2>To be mended</h2>{_list(items)}</section>'


def _plots(evaluation: Evaluation) -> str:
    rows = evaluation.rows
    drawn = (
        ("Outcome", "What became of the questions; each of them stands below.", charts.outcomes(rows)),
        (
            "Finding",
            "How much of what is relevant is among the first passages. Whiskers: 95 % interval.",
            charts.recall_bars(evaluation.figures),
        ),
        (
            "Declining",
            "What a stricter threshold would decline; the dashed line is today’s.",
            charts.declining(evaluation.curve, rows),
        ),
        (
            "Risk and coverage",
            "If only the surest questions were answered: the share of those that have no answer.",
            charts.risk(evaluation.curve, rows),
        ),
        (
            "Calibration",
            "Share of the questions that have an answer. Above the diagonal, the program is too modest.",
            charts.calibration(evaluation.bins),
        ),
        ("Time", _how_asked(evaluation.about), charts.times(rows)),
    )
    figures = [
        f"<figure><h3>{title}</h3><p>{caption}</p>{plot}</figure>" for title, caption, plot in drawn if plot
    ]
    return f'<section class="plots">{"".join(figures)}</section>'


def _how_asked(about: dict[str, Any]) -> str:
    if about["settings"]["asked"] == "one by one":
        return "Questions were asked one by one, so this is what a person waits for."
    return (
        "Several questions were asked at a time, without a limit of time, so one person alone waits less"
        " (--one-by-one measures that)."
    )


def _colophon(about: dict[str, Any]) -> str:
    models, computer = about["models"], about["computer"]
    encoder, reader = models["encoder"]["name"], models["cross_encoder"]["name"]
    items = (
        f"Encoder {encoder}, cross-encoder {reader}",
        f"Questions {about['questions']['sha256'][:16]}…, library {about['library']['id'][:16]}…",
        f"{computer['system']} {computer['machine']}, {computer['cores']} cores",
        f"Made by {about['made_by']}, {about['made']}",
        "Intervals hold 95 % of 1,000 draws of the questions with replacement",
    )
    return f"<footer>{_list(map(html.escape, items))}</footer>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _style() -> str:
    """Return the style sheet, with the program's own colours for both themes."""
    folder = bundled("resources") / "styles"
    tokens = tomllib.loads((folder / "tokens.toml").read_text("utf-8"))

    def colours(theme: str) -> str:
        return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in tokens[theme].items())

    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {colours('dark')} }} }}"
    return f":root {{ {colours('light')} }}\n{dark}\n{(folder / 'report.css').read_text('utf-8')}"
