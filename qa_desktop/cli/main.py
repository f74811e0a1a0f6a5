"""The command line's entry: it finds the command, and turns every failure into words and an exit status.

Exit status: 0 done; 1 done, but something could not be read or was not found sound; 2 wrong usage;
3 the library or a model cannot be used; 130 cancelled.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence

import click

from qa_desktop import __version__
from qa_desktop.cli.asking import ask
from qa_desktop.cli.evaluating import evaluate_command
from qa_desktop.cli.filing import add, remove, retry, update
from qa_desktop.cli.keeping import check, status
from qa_desktop.cli.models import models
from qa_desktop.cli.text import plain, wrapped
from qa_desktop.errors import QAError
from qa_desktop.progress import Cancelled

CANCELLED = 130
_TERMINATED_PIPE = 141  # what a shell reports for a program that a closed pipe ended


@click.group(
    name="qa-desktop",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command, the window opens.  qa-desktop COMMAND --help explains a command.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Answers from your own documents, offline, in the documents' own words, with exact citations."""


for command in (add, update, retry, ask, evaluate_command, status, check, remove, models):
    commands.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Carry out a command and return the exit status; nothing that can be expected shows a traceback."""
    _prepare_streams()
    as_json = "--json" in arguments
    try:
        result = commands.main(list(arguments), prog_name="qa-desktop", standalone_mode=False)
    except (Cancelled, KeyboardInterrupt, click.Abort):
        click.echo("Cancelled. What was finished before is kept.", err=True)
        return CANCELLED
    except click.ClickException as error:
        return _usage(error, as_json=as_json)
    except QAError as error:
        return _failure(error, as_json=as_json)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _TERMINATED_PIPE
    except Exception as error:
        if os.environ.get("QA_DESKTOP_TRACEBACK"):
            raise
        return _failure(_unexpected(error), as_json=as_json)
    return result if isinstance(result, int) else 0


def _prepare_streams() -> None:
    """Write UTF-8 into files and pipes, and never fail over a letter that a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _usage(error: click.ClickException, *, as_json: bool) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "qa-desktop"
    failure = QAError(
        "This command cannot be understood", error.format_message(), f"{path} --help explains it."
    )
    failure.code, failure.exit_status = "usage", 2
    return _failure(failure, as_json=as_json)


def _failure(error: QAError, *, as_json: bool) -> int:
    if as_json:
        words = {n: getattr(error, n) for n in ("code", "title", "explanation", "remedy")}
        click.echo(json.dumps({"error": words}, ensure_ascii=False))
    else:
        click.echo(click.style(plain(error.title) + ".", bold=True), err=True)
        for sentence in (error.explanation, error.remedy):
            click.echo(wrapped(sentence), err=True)
        if error.details:
            click.echo(wrapped(f"Details: {error.details}"), err=True)
    return error.exit_status


def _unexpected(error: Exception) -> QAError:
    failure = QAError(
        "Something went wrong that should not have",
        "This is a mistake in the program. What was finished before is kept.",
        "Please report it, with what you did; QA_DESKTOP_TRACEBACK=1 before the command shows where.",
        f"{type(error).__name__}: {error}",
    )
    failure.code = "unexpected"
    return failure
