"""ask: one question on a terminal or as JSON, or a file of questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from qa_desktop.answering.as_json import answer_to_json
from qa_desktop.cli import progress
from qa_desktop.cli.answers import answer_lines
from qa_desktop.cli.options import cancellable, json_option, library_option, library_to_read
from qa_desktop.cli.text import counted
from qa_desktop.domain import Question
from qa_desktop.domain.file_types import FILE_TYPES
from qa_desktop.errors import PathNotFound, QAError, UsageError
from qa_desktop.library import Library
from qa_desktop.progress import CancelToken
from qa_desktop.searching.asked import make_filter, understood

HITS = 10
HITS_OF_MANY = 50
"""Hits of one question, and of each in a file, which are measured by what comes first of many documents."""

_Command = TypeVar("_Command", bound=Callable[..., Any])

_EXAMPLES = """\b
Examples:
  qa-desktop ask "When did Russia leave KFOR?"
  qa-desktop ask "When did Russia leave KFOR?" --in "Papers/*" --json
  qa-desktop ask "What was agreed on number plates? type:pdf after:2021"
  qa-desktop ask --questions questions.jsonl --out answers.jsonl
"""


def _filter(name: str, metavar: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}", multiple=True, metavar=metavar, help=text)


@click.command(short_help="Answer a question with exact citations.", epilog=_EXAMPLES)
@click.argument("question", nargs=-1)
@library_option
@click.option(
    "--in",
    "within",
    multiple=True,
    metavar="GLOB",
    help="Search only documents with such a name ('*.pdf', 'Press/*'); may be given several times.",
)
@_filter("type", "KIND", f"Search only this type: {', '.join(FILE_TYPES)}, or an ending such as docx.")
@_filter("after", "DATE", "Search only documents dated after this year, month or day (2022, 2022-03 …).")
@_filter("before", "DATE", "Search only documents dated before it.")
@_filter("on", "DATE", "Search only documents of this year, month or day.")
@_filter("author", "NAME", "Search only documents by this author.")
@_filter("language", "CODE", "Search only documents in this language (sr, de, serbian …).")
@click.option(
    "--questions",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help='Answer a file of questions, one JSON object a line: {"id": …, "question": …}.',
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the answers to --questions go, one JSON object a line; by default standard output.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    help=f"How many passages to return as hits in JSON ({HITS} by default, {HITS_OF_MANY} with --questions).",
)
@json_option
def ask(
    *,
    question: tuple[str, ...],
    folder: Path | None,
    within: tuple[str, ...],
    questions: Path | None,
    out: Path | None,
    limit: int | None,
    as_json: bool,
    **given: tuple[str, ...],
) -> int:
    """Answer a QUESTION with sentences of the documents, each with its exact place.

    Filters can be typed into the question too: in:press/ type:pdf after:2022 before:2024-03 on:2023
    author:phillips language:sr, and -in:drafts/ to leave something out.  Words in "quotation marks" must
    stand in a passage exactly so.
    """
    text = " ".join(question).strip()
    if bool(text) == bool(questions):
        raise click.UsageError("Give either a question or a file of --questions.")
    if out is not None and questions is None:
        raise click.UsageError("--out goes with --questions.")
    only = tuple(make_filter(name, value) for name, values in given.items() for value in values)
    limit = limit or (HITS_OF_MANY if questions else HITS)
    asked = Question(text, within, limit=limit, only=only)
    many = _read_questions(questions, asked) if questions else []
    with cancellable() as cancel, Library.open(library_to_read(folder)) as library:
        if questions:
            return _answer_all(library, many, out, cancel)
        answer = library.ask(asked, patient=True, cancel=cancel)
        if as_json:
            click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False))
        else:
            click.echo("\n".join(answer_lines(answer)))
    return 0


def _answer_all(
    library: Library, many: Sequence[tuple[Any, Question]], out: Path | None, cancel: CancelToken
) -> int:
    """Write one answer a line, as each is there; what is written stays when it is cancelled."""
    try:
        with (
            click.open_file(str(out) if out else "-", "w", encoding="utf-8") as stream,
            progress.shown() as report,
        ):
            answers = library.ask_many([q for _, q in many], report=report, cancel=cancel)
            for (identifier, _), answer in zip(many, answers, strict=True):
                line = json.dumps(answer_to_json(answer, identifier), ensure_ascii=False)
                stream.write(line + "\n")
                stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise QAError(
            "The answers cannot be written",
            f"“{out}” does not take them: {error.strerror}.",
            "Choose another place, or free some space.",
            str(error),
        ) from error
    if out:
        click.echo(f"{counted(len(many), 'answer')} in {out}", err=True)
    return 0


def _read_questions(path: Path, like: Question) -> list[tuple[Any, Question]]:
    """Read all questions before the first is asked, each `like` this one; a line that is none is named."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise PathNotFound(path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _malformed(path, f"It is not a text file in UTF-8 that can be read: {error}.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            text = entry["question"].strip()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _malformed(path, f"Line {number} is no JSON object with a “question”.") from error
        if not text:
            raise _malformed(path, f"The question of line {number} is empty.")
        try:
            found.append((entry.get("id"), understood(replace(like, text=text))))
        except UsageError as error:
            raise _malformed(path, f"Line {number}: {error.title}. {error.explanation}") from error
    if not found:
        raise _malformed(path, "It holds no questions.")
    return found


def _malformed(path: Path, explanation: str) -> UsageError:
    return UsageError(
        f"The questions in “{path}” cannot be read",
        explanation,
        'Write one question a line, as {"id": "1", "question": "When …?"}.',
    )
