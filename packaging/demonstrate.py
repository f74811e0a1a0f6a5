"""Answers a handful of the demonstration questions on the terminal, for set-up where there is no display.

    python packaging/demonstrate.py [HOW_MANY]

The questions are spread over corpus/questions.jsonl; one of them has no answer in the documents.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from qa_desktop import confine, paths
from qa_desktop.cli.answers import answer_lines
from qa_desktop.domain import Question
from qa_desktop.errors import QAError
from qa_desktop.library import Library


def main(arguments: list[str]) -> int:
    """Ask and print; 3 with a sentence if the demonstration library cannot be used."""
    confine.silence_telemetry()
    confine.deny_network()
    how_many = int(arguments[0]) if arguments else 5
    lines = paths.bundled("corpus/questions.jsonl").read_text(encoding="utf-8").splitlines()
    try:
        with Library.open(paths.demonstration_library(), read_only=True) as library:
            for entry in chosen([json.loads(line) for line in lines if line.strip()], how_many):
                click.secho(f"\n? {entry['question']}", fg="cyan", bold=True)
                click.echo("\n".join(answer_lines(library.ask(Question(entry["question"])))))
    except QAError as error:
        click.echo(str(error), err=True)
        return error.exit_status
    click.echo('\nAsk your own:  ./dev run ask "…" --library index/demonstration')
    click.echo("With a display, ./dev run opens the window.")
    return 0


def chosen(entries: list[dict[str, Any]], how_many: int) -> list[dict[str, Any]]:
    """Take questions evenly from those with an answer, and the first of those without as the last."""
    answerable = [entry for entry in entries if entry["answers"]]
    without = [entry for entry in entries if not entry["answers"]][:1]
    step = max(1, len(answerable) // max(1, how_many - 1))
    return answerable[::step][: how_many - 1] + without


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
