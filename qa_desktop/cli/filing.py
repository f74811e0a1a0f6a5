"""add, update, remove."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import click

from qa_desktop.cli import progress
from qa_desktop.cli.options import cancellable, json_option, library_option, library_to_change
from qa_desktop.cli.text import counted, plain, wrapped
from qa_desktop.domain import FileProblem
from qa_desktop.errors import REASONS, PathNotFound
from qa_desktop.library import AddReport, Library, Outcome

_WORDS: dict[Outcome, str] = {
    "added": "added",
    "updated": "updated",
    "moved": "moved",
    "removed": "removed",
    "unchanged": "unchanged",
    "partial": "read in part",
    "failed": "could not be read",
}


@click.command(short_help="Read files and folders into a library.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@library_option
@click.option("--model", metavar="NAME", help="The encoder of a new library (qa-desktop models lists them).")
@click.option(
    "--password",
    prompt=True,
    prompt_required=False,
    hide_input=True,
    help="The password of protected files; without a value it is asked for.",
)
@json_option
def add(
    *, paths: tuple[Path, ...], folder: Path | None, model: str | None, password: str | None, as_json: bool
) -> int:
    """Read files and folders into a library, which is made if there is none.

    Folders are read with everything below them.  Files that have not changed since are skipped.  One line
    is printed for each file that could not be read, or only in part, with the reason; the exit status is
    then 1.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(path)  # before a library is made for nothing
    with (
        cancellable() as cancel,
        Library.open(library_to_change(folder), create=True, encoder=model) as library,
    ):
        with progress.shown() as report:
            result = library.add(paths, password=password or None, report=report, cancel=cancel)
        return _tell(result, library, as_json=as_json)


@click.command(short_help="Bring a library in line with its folders.")
@library_option
@json_option
def update(*, folder: Path | None, as_json: bool) -> int:
    """Bring a library in line with its folders.

    New and changed files are read, files that were moved or renamed are recognised, and documents whose
    file is gone from a folder are taken out.  A folder that is missing as a whole may be a drive that is
    not plugged in: its documents stay.
    """
    with cancellable() as cancel, Library.open(library_to_change(folder)) as library:
        with progress.shown() as report:
            result = library.update(report=report, cancel=cancel)
        return _tell(result, library, as_json=as_json)


@click.command(short_help="Take documents out of a library.")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@library_option
@json_option
def remove(*, names: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Take documents out of a library; the files themselves are not touched.

    NAME is a document's name as qa-desktop status --documents lists it, a folder's name for everything
    in it, or a pattern: * stands for any letters, so '*.pdf' fits all PDF files.
    """
    with Library.open(library_to_change(folder)) as library:
        removed = library.remove(names)
        if as_json:
            click.echo(json.dumps({"removed": [entry.name for entry in removed]}, ensure_ascii=False))
        else:
            for entry in removed:
                click.echo(plain(entry.name))
            click.echo(f"Removed {counted(len(removed), 'document')}.")
    return 0


def problem_lines(name: str, problems: tuple[FileProblem, ...]) -> list[str]:
    """Return one line per problem: name, reason code, what it means and what to do."""
    lines = []
    for problem in problems:
        reason = REASONS[problem.reason]
        part = f" ({problem.part} not read)" if problem.part else ""
        lines.append(plain(f"{name}: {problem.reason}: {reason.title}{part}. {reason.remedy}"))
    return lines


def _tell(result: AddReport, library: Library, *, as_json: bool) -> int:
    status = library.status()
    if as_json:
        found = {
            "files": [dataclasses.asdict(f) for f in result.files],
            "seconds": round(result.seconds, 2),
            "library": {
                "folder": str(status.folder),
                "documents": status.documents,
                "searchable": status.searchable,
                "passages": status.passages,
            },
        }
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for file in result.of("failed", "partial"):
            click.echo("\n".join(problem_lines(file.name, file.problems)))
        click.echo(wrapped(_summary(result)))
        click.echo(
            wrapped(
                f"{counted(status.searchable, 'document')} with {counted(status.passages, 'passage')}"
                f" can be searched in {status.folder}."
            )
        )
    return 0 if result.complete else 1


def _summary(result: AddReport) -> str:
    counts = [(len(result.of(outcome)), words) for outcome, words in _WORDS.items()]
    parts = ", ".join(f"{number:,} {words}" for number, words in counts if number)
    return f"{parts or 'No files found'} ({result.seconds:.1f} s)."
