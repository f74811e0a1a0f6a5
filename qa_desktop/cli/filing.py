"""add, update, retry, remove."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from qa_desktop.cli import progress
from qa_desktop.cli.options import (
    cancellable,
    json_option,
    library_option,
    library_to_change,
    reading_options,
    recognises_scans,
)
from qa_desktop.cli.passwords import Locks, asked, can_ask
from qa_desktop.cli.report import report_json, report_lines, searchable_words
from qa_desktop.cli.text import counted, plain
from qa_desktop.errors import PathNotFound
from qa_desktop.library import AddReport, Library
from qa_desktop.progress import CancelToken

Work = Callable[..., AddReport]


@click.command(short_help="Read files and folders into a library.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@library_option
@click.option("--model", metavar="NAME", help="The encoder of a new library (qa-desktop models lists them).")
@reading_options
@json_option
def add(
    *,
    paths: tuple[Path, ...],
    folder: Path | None,
    model: str | None,
    password: str | None,
    ocr: bool | None,
    as_json: bool,
) -> int:
    """Read files and folders into a library, which is made if there is none.

    Folders are read with everything below them, files with the documents inside them: attachments, members
    of archives.  Files that have not changed since are skipped.  One line is printed for each file that could
    not be read, or only in part, with the reason; the exit status is then 1.  At a terminal, the passwords of
    protected files are asked for at the end.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(path)  # before a library is made for nothing
    with (
        cancellable() as cancel,
        Library.open(library_to_change(folder), create=True, encoder=model) as library,
    ):
        return _carry_out(library, partial(library.add, paths), password, cancel, ocr=ocr, as_json=as_json)


@click.command(short_help="Bring a library in line with its folders.")
@library_option
@reading_options
@json_option
def update(*, folder: Path | None, password: str | None, ocr: bool | None, as_json: bool) -> int:
    """Bring a library in line with its folders.

    New and changed files are read, files that were moved or renamed are recognised, and documents whose
    file is gone from a folder are taken out.  A folder that is missing as a whole may be a drive that is
    not plugged in: its documents stay.
    """
    with cancellable() as cancel, Library.open(library_to_change(folder)) as library:
        return _carry_out(library, library.update, password, cancel, ocr=ocr, as_json=as_json)


@click.command(short_help="Try again to read what could not be read.")
@click.argument("names", nargs=-1, metavar="[NAME…]")
@library_option
@reading_options
@json_option
def retry(
    *, names: tuple[str, ...], folder: Path | None, password: str | None, ocr: bool | None, as_json: bool
) -> int:
    """Try again to read files that could not be read, or only in part.

    NAME is a document's name as qa-desktop status --documents lists it, or a pattern: then these are read
    again, whatever is known of them.  A document inside a file is read again with its file.
    """
    with cancellable() as cancel, Library.open(library_to_change(folder)) as library:
        chosen = library.to_retry(names)
        return _carry_out(library, partial(library.retry, chosen), password, cancel, ocr=ocr, as_json=as_json)


@click.command(short_help="Take documents out of a library.")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@library_option
@json_option
def remove(*, names: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Take documents out of a library; the files themselves are not touched.

    NAME is a document's name as qa-desktop status --documents lists it, a folder's name for everything
    in it, or a pattern: * stands for any letters, so '*.pdf' fits all PDF files.  With a file go the
    documents inside it.
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


def _carry_out(
    library: Library,
    work: Work,
    password: str | None,
    cancel: CancelToken,
    *,
    ocr: bool | None,
    as_json: bool,
) -> int:
    """Read files by `work`, ask for the passwords that are missing, and tell what became of them."""
    scans = recognises_scans(ocr=ocr)
    with progress.shown() as report:
        result = work(password=password or None, recognise_scans=scans, report=report, cancel=cancel)
    if can_ask():

        def again(document: int, typed: str) -> AddReport:
            with progress.shown() as report:
                return library.retry(
                    [document], password=typed, recognise_scans=scans, report=report, cancel=cancel
                )

        result = Locks(again, asked).open_all(result)
    status = library.status()
    if as_json:
        click.echo(json.dumps(report_json(result, status), ensure_ascii=False))
    else:
        click.echo("\n".join(report_lines(result)))
        click.echo(searchable_words(status))
    return 0 if result.complete else 1
