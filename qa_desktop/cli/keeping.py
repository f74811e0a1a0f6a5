"""status and check."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import click

from qa_desktop.cli import progress
from qa_desktop.cli.options import (
    cancellable,
    json_option,
    library_option,
    library_to_change,
    library_to_read,
)
from qa_desktop.cli.report import (
    counted_json,
    inside_words,
    language_words,
    problem_lines,
    row,
    scanned_words,
)
from qa_desktop.cli.text import counted, plain, size, wrapped
from qa_desktop.library import Library, Status


@click.command(short_help="Say what a library holds.")
@library_option
@click.option("--documents", is_flag=True, help="List every document.")
@json_option
def status(*, folder: Path | None, documents: bool, as_json: bool) -> int:
    """Say what a library holds, and what it could not read."""
    with Library.open(library_to_read(folder)) as library:
        held = library.status()
        entries = library.documents() if documents else ()
    if as_json:
        found = counted_json(dataclasses.asdict(held))
        found["folder"] = str(held.folder)
        found["sources"] = [str(source) for source in held.sources]
        if documents:
            found["list"] = [dataclasses.asdict(entry) for entry in entries]
        click.echo(json.dumps(found, ensure_ascii=False))
        return 0
    click.echo("\n".join(_rows(held)))
    for entry in entries:
        copy = f", same text as {entry.same_text_as}" if entry.same_text_as else ""
        click.echo(plain(f"{entry.name}  ({counted(entry.pages, 'page')}, {entry.state}{copy})"))
    if held.unreadable:
        click.echo(f"\nCould not be read: {counted(len(held.unreadable), 'document')}")
        for entry in held.unreadable:
            click.echo(wrapped("\n".join(problem_lines(entry.name, entry.problems)), "    ", "  "))
    return 0


def _rows(held: Status) -> Iterator[str]:
    """Yield the lines that say what a library holds."""
    yield plain(f"Library     {held.folder}")
    for number, source in enumerate(held.sources):
        yield plain(f"{'' if number else 'Read from':<12}{source}")
    yield f"Model       {held.encoder}"
    yield f"On disk     {size(held.bytes_on_disk)}"
    yield row("Files", held.files)
    yield row("Documents", held.documents, inside_words(held.inside))
    yield row("Searchable", held.searchable, f"{held.partial:,} of them read in part" if held.partial else "")
    yield row("Pages", held.pages, scanned_words(held.scanned, held.confidence))
    yield row("Passages", held.passages)
    if held.languages:
        yield row("Languages", len(held.languages), language_words(held.languages))
    if held.duplicates:
        yield row("Same text", held.duplicates, "as another document")


@click.command(short_help="Say whether a library is sound, and repair it.")
@library_option
@json_option
def check(*, folder: Path | None, as_json: bool) -> int:
    """Say whether a library is sound, and repair what can be derived.

    The database, the place of every quotable sentence, the word index, the vectors and the models are
    looked at.  The exit status is 1 if something is not sound and could not be repaired.
    """
    with (
        cancellable() as cancel,
        Library.open(library_to_change(folder)) as library,
        progress.shown() as report,
    ):
        findings = library.check(report=report, cancel=cancel)
    if as_json:
        click.echo(json.dumps({"checks": [dataclasses.asdict(f) for f in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            detail = f": {finding.detail}" if finding.detail else ""
            click.echo(wrapped(f"{finding.state:<10}{finding.part}{detail}", " " * 10, ""))
    return 1 if any(f.state == "not sound" for f in findings) else 0
