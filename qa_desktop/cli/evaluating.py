"""evaluate: questions with known evidence, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qa_desktop.answering.as_json import answer_to_json
from qa_desktop.cli import progress
from qa_desktop.cli.evaluation_lines import evaluation_lines
from qa_desktop.cli.options import cancellable, json_option, library_option, library_to_read
from qa_desktop.cli.text import plain, wrapped
from qa_desktop.domain import Answer
from qa_desktop.errors import QAError
from qa_desktop.library import Library
from qa_desktop.library.evaluation import (
    KnownQuestion,
    evaluate,
    read_earlier,
    read_questions,
    to_json,
)
from qa_desktop.library.evaluation.evaluate import Keep
from qa_desktop.library.evaluation.report import report

RECORD, ANSWERS, REPORT = "evaluation.json", "answers.jsonl", "report.html"

_EXAMPLES = """\b
Examples:
  qa-desktop evaluate questions.jsonl --out today
  qa-desktop evaluate questions.jsonl --out today --against yesterday/evaluation.json
  qa-desktop evaluate questions.jsonl --one-by-one --html report.html
"""


@click.command(
    name="evaluate", short_help="Measure answers to questions with known evidence.", epilog=_EXAMPLES
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@library_option
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="EARLIER.json",
    help="Compare with an earlier run: the evaluation.json that --out left.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=f"Keep everything there: {RECORD}, {ANSWERS} and {REPORT}.",
)
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT.html",
    help="Write the report, with plots and every question, as one page for a browser.",
)
@click.option(
    "--one-by-one",
    is_flag=True,
    help="Ask as a person would, one question after the other, to measure time; slower.",
)
@json_option
def evaluate_command(
    *,
    file: Path,
    folder: Path | None,
    against: Path | None,
    out: Path | None,
    page: Path | None,
    one_by_one: bool,
    as_json: bool,
) -> int:
    """Measure how a library answers the questions in FILE, whose evidence is known.

    Each line is an object: {"id", "question", "answers": […], "evidence": [{"doc", "page", "text"}], "kind"};
    without answers and evidence, the right answer is "not found".  The exit status is 1 if a line was no
    question, evidence names a document that the library has not, or a quote is not exact.
    """
    asked = read_questions(file)
    earlier = read_earlier(against) if against else None
    with (
        cancellable() as cancel,
        Library.open(library_to_read(folder)) as library,
        progress.shown() as shown,
        _kept(out) as keep,
    ):
        result = evaluate(
            library, asked, earlier=earlier, one_by_one=one_by_one, keep=keep, report=shown, cancel=cancel
        )
    found = to_json(result)
    written = []
    if out:
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        written += [_write(out / RECORD, text), out / ANSWERS, _write(out / REPORT, report(result))]
    if page:
        written.append(_write(page, report(result)))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n".join(evaluation_lines(result)))
    for path in written:
        click.echo(plain(f"Written: {path}"), err=True)
    for bad in asked.bad:
        click.echo(wrapped(f"Line {bad.line} was left out: {bad.reason}"), err=True)
    for name in result.unknown:
        click.echo(wrapped(f"“{name}” is named as evidence, but is not in the library."), err=True)
    return 0 if result.sound else 1


@contextmanager
def _kept(folder: Path | None) -> Iterator[Keep | None]:
    """Yield what writes each answer into `folder` as it comes; what is written stays when it is cancelled."""
    if folder is None:
        yield None
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / ANSWERS).open("w", encoding="utf-8")
    except OSError as error:
        raise _not_written(folder, error) from error
    with stream:

        def keep(known: KnownQuestion, answer: Answer) -> None:
            line = json.dumps(answer_to_json(answer, known.id), ensure_ascii=False)
            try:
                stream.write(line + "\n")
                stream.flush()
            except OSError as error:
                raise _not_written(folder, error) from error

        yield keep


def _write(path: Path, text: str) -> Path:
    """Write a file wholly or not at all."""
    unfinished = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    return path


def _not_written(path: Path, error: OSError) -> QAError:
    return QAError(
        "The evaluation cannot be written",
        f"“{path}” does not take it: {error.strerror}.",
        "Choose another place, or free some space.",
        str(error),
    )
